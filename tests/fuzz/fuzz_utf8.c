/* fuzz_utf8.c - the doors of text, and what folds and orders it: any bytes. */
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"
#include "db/base/vn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
	if (!truth)
		abort();
}

static void measure(const char *s)
{
	size_t len = strlen(s), at = 0, letters = 0;

	while (at < len) {
		size_t next = utf8_next(s, at);

		must(next > at && next <= len && utf8_prev(s, next) == at);
		at = next;
		letters++;
	}
	must(letters == utf8_letters(s));
	must(utf8_cut_cols(s, utf8_cols(s)) == len);
	must(utf8_cut_letters(s, letters) == len);
}

static void rework(const char *s)
{
	struct buf once = BUF(1 << 22), twice = BUF(1 << 22);

	vn_fold(s, &once);
	must(utf8_valid(buf_str(&once), once.len));
	vn_fold(buf_str(&once), &twice);
	must(strcmp(buf_str(&once), buf_str(&twice)) == 0);
	buf_clear(&once);
	vn_plain(s, &once);
	vn_sort_key(s, &once);
	vn_sort_key_text(s, &once);
	utf8_upper(s, &once);
	utf8_lower(s, &once);
	must(vn_compare(s, s) == 0);
	buf_done(&once);
	buf_done(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf clean = BUF(1 << 20), again = BUF(1 << 20), raw = BUF(1 << 20);
	struct err err = { 0 };

	if (size > 1 << 16)
		return 0;
	buf_add(&raw, data, size);
	rework(buf_str(&raw));
	(void)vn_has_accent(buf_str(&raw));
	(void)utf8_cols(buf_str(&raw));
	if (!utf8_clean_lines((const char *)raw.data, raw.len, &clean, &err) ||
	    !utf8_clean((const char *)raw.data, raw.len, &clean, &err)) {
		must(utf8_valid(buf_str(&clean), clean.len) && strlen(buf_str(&clean)) == clean.len);
		must(!utf8_clean_lines(buf_str(&clean), clean.len, &again, &err));
		must(strcmp(buf_str(&clean), buf_str(&again)) == 0);
		measure(buf_str(&clean));
		utf8_collapse(&clean);
	}
	buf_done(&clean);
	buf_done(&again);
	buf_done(&raw);
	return 0;
}
