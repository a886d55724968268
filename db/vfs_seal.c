#include "db/vfs_seal.h"

#include <sodium.h>
#include <string.h>

enum { TAG = 16, CONTEXT = 40, NUMBER = 8 };

static const char SQLITE_MAGIC[PAGE_ID_SIZE] = "SQLite format 3";
static const uint8_t PAGE_MAGIC[] = { 'M', 'C', 'U', '1', 1 };
static const uint8_t NO_SALTS[WAL_SALTS];

_Static_assert(SEAL_RESERVE == KEY_NONCE_SIZE + TAG, "nonce and tag fill the reserve");

/* domain letter, 7 zeros | number, little-endian | file id | salts */
static void make_context(uint8_t ad[CONTEXT], char domain, uint64_t number, const uint8_t id[PAGE_ID_SIZE],
			 const uint8_t salts[WAL_SALTS])
{
	memset(ad, 0, 8);
	ad[0] = (uint8_t)domain;
	for (unsigned i = 0; i < NUMBER; i++)
		ad[8 + i] = (uint8_t)(number >> (8 * i));
	memcpy(ad + 16, id, PAGE_ID_SIZE);
	memcpy(ad + 32, salts, WAL_SALTS);
}

/* `len` plain bytes become len + SEAL_RESERVE: ciphertext, nonce, tag. */
static void seal(uint8_t *out, const uint8_t *plain, size_t len, const uint8_t ad[CONTEXT],
		 const uint8_t *key)
{
	uint8_t *nonce = out + len;

	randombytes_buf(nonce, KEY_NONCE_SIZE);
	crypto_aead_xchacha20poly1305_ietf_encrypt_detached(out, nonce + KEY_NONCE_SIZE, NULL, plain, len, ad,
							    CONTEXT, NULL, nonce, key);
}

/* In place; nonce and tag become zeros, as SQLite knows its reserved bytes. */
static bool unseal(uint8_t *data, size_t len, const uint8_t ad[CONTEXT], const uint8_t *key)
{
	uint8_t *nonce = data + len;

	if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached(data, NULL, data, len, nonce + KEY_NONCE_SIZE,
								ad, CONTEXT, nonce, key))
		return false;
	memset(nonce, 0, SEAL_RESERVE);
	return true;
}

void seal_page(const struct sealer *s, uint64_t number, const uint8_t *page, uint8_t *out)
{
	uint8_t ad[CONTEXT];
	size_t clear = number == 1 ? PAGE_ID_SIZE : 0;

	make_context(ad, 'P', number, s->id, NO_SALTS);
	memcpy(out, s->id, clear);
	seal(out + clear, page + clear, s->page_size - SEAL_RESERVE - clear, ad, s->ring->page);
}

bool open_page(const struct sealer *s, uint64_t number, uint8_t *page)
{
	uint8_t ad[CONTEXT];
	size_t clear = number == 1 ? PAGE_ID_SIZE : 0;

	make_context(ad, 'P', number, s->id, NO_SALTS);
	if (memcmp(page, s->id, clear) != 0 ||
	    !unseal(page + clear, s->page_size - SEAL_RESERVE - clear, ad, s->ring->page))
		return false;
	memcpy(page, SQLITE_MAGIC, clear);
	return true;
}

void seal_frame(const struct sealer *s, const uint8_t salts[WAL_SALTS], uint64_t offset, const uint8_t *frame,
		uint8_t *out)
{
	uint8_t ad[CONTEXT];

	make_context(ad, 'W', offset, s->id, salts);
	seal(out, frame, WAL_FRAME_HEADER + s->page_size - SEAL_RESERVE, ad, s->ring->wal);
}

bool open_frame(const struct sealer *s, const uint8_t salts[WAL_SALTS], uint64_t offset, uint8_t *frame)
{
	uint8_t ad[CONTEXT];

	make_context(ad, 'W', offset, s->id, salts);
	return unseal(frame, WAL_FRAME_HEADER + s->page_size - SEAL_RESERVE, ad, s->ring->wal);
}

/*
 * A record's checksum stands after the page, behind the reserved bytes, where
 * it would stay in clear; sealed, it moves between number and page.
 */
void seal_record(const struct sealer *s, uint64_t offset, const uint8_t *record, uint8_t *out)
{
	uint8_t ad[CONTEXT];
	size_t page = s->page_size - SEAL_RESERVE, len = JOURNAL_RECORD_EXTRA + page;

	make_context(ad, 'J', offset, s->id, NO_SALTS);
	memcpy(out, record, 4);
	memcpy(out + 4, record + 4 + s->page_size, 4);
	memcpy(out + 8, record + 4, page);
	seal(out, out, len, ad, s->ring->journal);
}

bool open_record(const struct sealer *s, uint64_t offset, uint8_t *record)
{
	uint8_t ad[CONTEXT], checksum[4];
	size_t page = s->page_size - SEAL_RESERVE, len = JOURNAL_RECORD_EXTRA + page;

	make_context(ad, 'J', offset, s->id, NO_SALTS);
	if (!unseal(record, len, ad, s->ring->journal))
		return false;
	memcpy(checksum, record + 4, 4);
	memmove(record + 4, record + 8, page);
	memset(record + 4 + page, 0, SEAL_RESERVE);
	memcpy(record + 4 + s->page_size, checksum, 4);
	return true;
}

bool page_reserve_is_zero(const struct sealer *s, const uint8_t *page)
{
	static const uint8_t zeros[SEAL_RESERVE];

	return memcmp(page + s->page_size - SEAL_RESERVE, zeros, SEAL_RESERVE) == 0;
}

bool page_id_read(const uint8_t id[PAGE_ID_SIZE], uint32_t *page_size)
{
	unsigned bits = id[sizeof(PAGE_MAGIC)];

	if (memcmp(id, PAGE_MAGIC, sizeof(PAGE_MAGIC)) != 0 || bits < 10 || bits > 16)
		return false;
	*page_size = UINT32_C(1) << bits;
	return true;
}

void page_id_draw(uint8_t id[PAGE_ID_SIZE], uint32_t page_size)
{
	unsigned bits = 0;

	while (page_size >> bits > 1)
		bits++;
	memcpy(id, PAGE_MAGIC, sizeof(PAGE_MAGIC));
	id[sizeof(PAGE_MAGIC)] = (uint8_t)bits;
	randombytes_buf(id + sizeof(PAGE_MAGIC) + 1, PAGE_ID_SIZE - sizeof(PAGE_MAGIC) - 1);
}

_Static_assert(SEAL_PAGE_MIN == 1 << 10 && SEAL_PAGE_MAX == 1 << 16, "page_id_read's range");
