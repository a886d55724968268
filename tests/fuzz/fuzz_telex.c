/* fuzz_telex.c - any keys in any order: no key is lost on the way to plain text, no text malformed. */
#include <stdlib.h>
#include <string.h>

#include "core/rules/telex.h"
#include "db/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
	if (!truth)
		abort();
}

static int32_t key_of(uint8_t byte)
{
	static const int32_t odd[] = { 0x1EBF, 0x111, 0x2013, 0x1F600, '[', ']', ' ', '\'' };

	return byte < 0x80 ? byte : odd[byte % ARRAY_LEN(odd)];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct telex t;
	char shown[TELEX_TEXT_MAX];
	struct buf line = BUF(1 << 16), out = BUF(1 << 20);

	if (size < 2 || size > 4096)
		return 0;
	telex_init(&t, (enum telex_method)(data[0] % 3), (enum telex_style)(data[0] / 3 % 2), data[0] & 0x40);
	for (size_t i = 1; i < size; i++) {
		if (data[i] >= 0xF8)
			(void)telex_backspace(&t, shown);
		else if (data[i] == 0xF7)
			telex_restore(&t, shown);
		else if (data[i] == 0xF6)
			telex_end(&t, shown);
		else if (data[i] == 0xF5)
			telex_drop(&t);
		else if (data[i])
			must(telex_key(&t, key_of(data[i]), shown) || *shown);
		telex_shown(&t, shown);
		must(utf8_valid(shown, strlen(shown)) && strlen(shown) < TELEX_TEXT_MAX);
	}
	buf_add(&line, data + 1, size - 1);
	telex_compose_line((enum telex_method)(data[0] % 3), TELEX_NEW, buf_str(&line), &out);
	must(utf8_valid(buf_str(&out), out.len));
	buf_done(&line);
	buf_done(&out);
	return 0;
}
