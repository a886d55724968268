#include "core/text_filter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"
#include "db/base/vn.h"

#define LINE_MAX_BYTES ((size_t)1 << 20)
/* Two digits for a byte of key, under two bytes of key for a letter and three for a word. */
#define OUT_MAX_BYTES (16 * LINE_MAX_BYTES)

struct filter {
	enum telex_method method;
	enum telex_style style;
	void (*line)(const struct filter *f, const char *line, struct buf *out);
};

static void compose(const struct filter *f, const char *line, struct buf *out)
{
	struct buf nfc = BUF(2 * LINE_MAX_BYTES);

	utf8_nfc(line, &nfc);
	telex_compose_line(f->method, f->style, buf_str(&nfc), out);
	buf_done(&nfc);
}

static void fold(const struct filter *f, const char *line, struct buf *out)
{
	(void)f;
	vn_fold(line, out);
}

static void sortkey(const struct filter *f, const char *line, struct buf *out)
{
	static const char digits[] = "0123456789abcdef";
	struct buf key = BUF(OUT_MAX_BYTES);

	(void)f;
	vn_sort_key(line, &key);
	for (size_t i = 0; i < key.len; i++) {
		buf_byte(out, (uint8_t)digits[key.data[i] >> 4]);
		buf_byte(out, (uint8_t)digits[key.data[i] & 0xF]);
	}
	buf_done(&key);
}

/* The next line without its end. RC_NONE after the last. */
static enum rc read_line(FILE *in, struct buf *line, struct err *err)
{
	int c;

	buf_clear(line);
	while ((c = getc_unlocked(in)) != EOF && c != '\n') {
		buf_byte(line, (uint8_t)c);
		if (line->full)
			return err_set(err, RC_INPUT, "dòng dài quá 1 MiB", "the line is longer than 1 MiB");
	}
	if (ferror(in))
		return err_set(err, RC_IO, "không đọc được: %s", "cannot read: %s", strerror(errno));
	if (c == EOF && !line->len)
		return RC_NONE;
	if (line->len && line->data[line->len - 1] == '\r')
		line->data[--line->len] = '\0';
	if (!utf8_valid(buf_str(line), line->len) || strlen(buf_str(line)) != line->len)
		return err_set(err, RC_INPUT, "chữ không đúng bảng mã UTF-8", "the text is not valid UTF-8");
	return RC_OK;
}

static enum rc cannot_write(struct err *err)
{
	return err_set(err, RC_IO, "không ghi được: %s", "cannot write: %s", strerror(errno));
}

static enum rc run(const struct filter *f, FILE *in, FILE *out, struct err *err)
{
	struct buf line = BUF(LINE_MAX_BYTES), result = BUF(OUT_MAX_BYTES);
	unsigned long number = 0;
	enum rc rc;

	for (;;) {
		number++;
		rc = read_line(in, &line, err);
		if (rc)
			break;
		buf_clear(&result);
		f->line(f, buf_str(&line), &result);
		if (result.full) {
			rc = err_set(err, RC_INPUT, "dòng quá dài", "the line is too long");
			break;
		}
		buf_byte(&result, '\n');
		if (fwrite(result.data, 1, result.len, out) != result.len) {
			rc = cannot_write(err);
			break;
		}
	}
	if (rc == RC_INPUT)
		rc = err_in(err, "dòng %lu", "line %lu", number);
	if (rc == RC_NONE)
		rc = fflush(out) ? cannot_write(err) : RC_OK;
	buf_done(&line);
	buf_done(&result);
	return rc;
}

enum rc text_filter_compose(FILE *in, FILE *out, enum telex_method method, enum telex_style style,
			    struct err *err)
{
	const struct filter filter = { method, style, compose };

	return run(&filter, in, out, err);
}

enum rc text_filter_fold(FILE *in, FILE *out, struct err *err)
{
	const struct filter filter = { .line = fold };

	return run(&filter, in, out, err);
}

enum rc text_filter_sortkey(FILE *in, FILE *out, struct err *err)
{
	const struct filter filter = { .line = sortkey };

	return run(&filter, in, out, err);
}
