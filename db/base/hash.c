#include "db/base/hash.h"

#include <sodium/utils.h>
#include <string.h>

void hash_start(struct hash_state *state, size_t size)
{
	state->size = size;
	(void)crypto_generichash_init(&state->blake, NULL, 0, size);
}

void hash_more(struct hash_state *state, const void *data, size_t len)
{
	(void)crypto_generichash_update(&state->blake, data, len);
}

void hash_end(struct hash_state *state, uint8_t *out)
{
	(void)crypto_generichash_final(&state->blake, out, state->size);
}

void hash_of(const void *data, size_t len, uint8_t *out, size_t size)
{
	(void)crypto_generichash(out, size, data, len, NULL, 0);
}

void hex_of(const void *data, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *bytes = data;

	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * len] = '\0';
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool hex_parse(const char *text, uint8_t *out, size_t len)
{
	if (strlen(text) != 2 * len)
		return false;
	for (size_t i = 0; i < len; i++) {
		int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

void base64_of(const void *data, size_t len, char *out, size_t size)
{
	out[0] = '\0';
	if (size >= sodium_base64_ENCODED_LEN(len, sodium_base64_VARIANT_ORIGINAL))
		sodium_bin2base64(out, size, data, len, sodium_base64_VARIANT_ORIGINAL);
}

bool base64_parse(const char *text, struct buf *out)
{
	size_t room = strlen(text) / 4 * 3 + 3, len = 0;
	uint8_t *to = buf_room(out, room);

	if (!to || sodium_base642bin(to, room, text, strlen(text), NULL, &len, NULL, sodium_base64_VARIANT_ORIGINAL))
		return false;
	out->len += len;
	return true;
}
