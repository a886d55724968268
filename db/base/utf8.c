#include "db/base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

bool utf8_valid(const char *s, size_t len)
{
	const char *at = s, *end = len ? s + len : s; /* NULL may stand for no bytes */

	while (at < end)
		if (utf8_get(&at, end) < 0)
			return false;
	return true;
}

int32_t utf8_get(const char **at, const char *end)
{
	utf8proc_int32_t cp;
	utf8proc_ssize_t used;

	if ((unsigned char)**at < 0x80)
		return (unsigned char)*(*at)++;
	used = utf8proc_iterate((const utf8proc_uint8_t *)*at, end - *at, &cp);
	if (used < 1) {
		++*at;
		return -1;
	}
	*at += used;
	return cp;
}

size_t utf8_encode(int32_t cp, char out[4])
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t len = utf8proc_encode_char(cp, bytes);

	if (len <= 0)
		return 0;
	memcpy(out, bytes, (size_t)len);
	return (size_t)len;
}

void utf8_put(struct buf *out, int32_t cp)
{
	char bytes[4];

	buf_add(out, bytes, utf8_encode(cp, bytes));
}

bool utf8_is_letter(int32_t cp)
{
	utf8proc_category_t category = utf8proc_category(cp);

	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_mark(int32_t cp)
{
	utf8proc_category_t category;

	if (cp < 0x300)
		return false;
	category = utf8proc_category(cp);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* The doors */

enum kind { KIND_FINE, KIND_CONTROL, KIND_UNSEEN };

static const struct range {
	int32_t from, to;
	enum kind kind;
} refused[] = {
	{ 0x0000, 0x001F, KIND_CONTROL }, /* C0 */
	{ 0x007F, 0x009F, KIND_CONTROL }, /* DEL, C1 */
	{ 0x00AD, 0x00AD, KIND_UNSEEN },  /* soft hyphen */
	{ 0x034F, 0x034F, KIND_UNSEEN },  /* combining grapheme joiner */
	{ 0x061C, 0x061C, KIND_UNSEEN },  /* Arabic letter mark */
	{ 0x180E, 0x180E, KIND_UNSEEN },  /* Mongolian vowel separator */
	{ 0x200B, 0x200F, KIND_UNSEEN },  /* zero width, direction marks */
	{ 0x2028, 0x2029, KIND_CONTROL }, /* line and paragraph separators */
	{ 0x202A, 0x202E, KIND_UNSEEN },  /* embeddings and overrides of direction */
	{ 0x2060, 0x206F, KIND_UNSEEN },  /* word joiner, isolates, old format controls */
	{ 0xFEFF, 0xFEFF, KIND_UNSEEN },  /* byte order mark */
	{ 0xFFF9, 0xFFFB, KIND_UNSEEN },  /* interlinear annotation */
	{ 0xE0000, 0xE007F, KIND_UNSEEN }, /* tags */
};

static enum kind kind_of(int32_t cp)
{
	if (cp >= 0x20 && cp < 0x7F)
		return KIND_FINE;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		if (cp >= refused[i].from && cp <= refused[i].to)
			return refused[i].kind;
	return KIND_FINE;
}

static int32_t look_alike(int32_t cp)
{
	switch (cp) {
	case 0x00A0: /* no-break space, and the two narrow ones */
	case 0x2007:
	case 0x202F:
		return ' ';
	case 0x00D0:
	case 0x0189:
		return 0x0110;
	case 0x00F0:
	case 0x0256:
		return 0x0111;
	default:
		return cp;
	}
}

/* Every code point below is its own NFC; Vietnamese text needs nothing more. */
static bool is_nfc_alone(int32_t cp)
{
	return cp < 0x300 || (cp >= 0x1E00 && cp <= 0x1EFF);
}

static enum rc refuse(int32_t cp, enum kind kind, struct err *err)
{
	if (cp < 0)
		return err_set(err, RC_INPUT,
		               "chữ không đúng bảng mã UTF-8; hãy gõ lại hoặc lưu tệp dạng UTF-8",
		               "the text is not valid UTF-8; type it again or save the file as UTF-8");
	if (kind == KIND_CONTROL)
		return err_set(err, RC_INPUT, "có ký tự điều khiển U+%04X; hãy xóa rồi gõ lại",
		               "there is a control character U+%04X; delete it and type again", (unsigned)cp);
	return err_set(err, RC_INPUT, "có ký tự ẩn hoặc đổi chiều chữ U+%04X; hãy xóa rồi gõ lại",
	               "there is an invisible or direction character U+%04X; delete it and type again",
	               (unsigned)cp);
}

/* Put the end of `out` from byte `from` on into the normal form of `option`. */
static void normalise_tail(struct buf *out, size_t from, utf8proc_option_t option)
{
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t len;

	len = utf8proc_map(out->data + from, (utf8proc_ssize_t)(out->len - from), &nfc,
	                   UTF8PROC_STABLE | option);
	if (len < 0 || !nfc)
		die("out of memory");
	out->len = from;
	buf_add(out, nfc, (size_t)len);
	free(nfc);
}

static void cut_back(struct buf *out, size_t len)
{
	out->len = len;
	if (out->data)
		out->data[len] = '\0';
}

static enum rc clean(const char *in, size_t len, bool lines, struct buf *out, struct err *err)
{
	const char *at = in, *end = len ? in + len : in;
	size_t start = out->len;
	bool composed = true;
	enum rc rc = RC_OK;

	while (at < end && !rc) {
		int32_t cp = utf8_get(&at, end);
		enum kind kind = KIND_FINE;

		if (lines && cp == '\r') {
			if (at < end && *at == '\n')
				at++;
			cp = '\n';
		}
		if (cp >= 0 && !(lines && (cp == '\n' || cp == '\t')))
			kind = kind_of(cp);
		if (cp < 0 || kind != KIND_FINE) {
			rc = refuse(cp, kind, err);
		} else if (cp < 0x80) {
			buf_byte(out, (uint8_t)cp);
		} else {
			composed = composed && is_nfc_alone(cp);
			utf8_put(out, look_alike(cp));
		}
	}
	if (!rc && !composed && !out->full)
		normalise_tail(out, start, UTF8PROC_COMPOSE);
	if (!rc && out->full)
		rc = err_set(err, RC_FULL, "chữ quá dài", "the text is too long");
	if (rc)
		cut_back(out, start);
	return rc;
}

enum rc utf8_clean(const char *in, size_t len, struct buf *out, struct err *err)
{
	return clean(in, len, false, out, err);
}

enum rc utf8_clean_lines(const char *in, size_t len, struct buf *out, struct err *err)
{
	return clean(in, len, true, out, err);
}

static void normalise(const char *s, utf8proc_option_t option, struct buf *out)
{
	const char *end = s + strlen(s);
	size_t start = out->len;
	bool settled = true;

	while (s < end) {
		int32_t cp = utf8_get(&s, end);

		settled = settled && cp >= 0 && (option == UTF8PROC_COMPOSE ? is_nfc_alone(cp) : cp < 0x80);
		utf8_put(out, cp < 0 ? 0xFFFD : cp);
	}
	if (!settled && !out->full)
		normalise_tail(out, start, option);
}

void utf8_nfc(const char *s, struct buf *out)
{
	normalise(s, UTF8PROC_COMPOSE, out);
}

void utf8_nfd(const char *s, struct buf *out)
{
	normalise(s, UTF8PROC_DECOMPOSE, out);
}

void utf8_collapse(struct buf *text)
{
	size_t to = 0;
	bool space = false;

	for (size_t i = 0; i < text->len; i++) {
		uint8_t c = text->data[i];

		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			space = to > 0;
			continue;
		}
		if (space)
			text->data[to++] = ' ';
		space = false;
		text->data[to++] = c;
	}
	cut_back(text, to);
}

/* Measures */

static size_t width_of(int32_t cp)
{
	if (cp < 0)
		return 1;
	return cp < 0x300 ? 1 : (size_t)utf8proc_charwidth(cp);
}

size_t utf8_cols(const char *s)
{
	const char *end = s + strlen(s);
	size_t cols = 0;

	while (s < end)
		cols += width_of(utf8_get(&s, end));
	return cols;
}

size_t utf8_next(const char *s, size_t at)
{
	size_t len = strlen(s);
	const char *p = s + at, *end = s + len, *next;

	if (at >= len)
		return len;
	(void)utf8_get(&p, end);
	for (next = p; next < end; p = next)
		if (!utf8_is_mark(utf8_get(&next, end)))
			break;
	return (size_t)(p - s);
}

/* The start of the code point that ends before byte `at`; a malformed byte is one by itself. */
static size_t code_point_before(const char *s, size_t at)
{
	size_t start = at - 1;

	while (start > 0 && at - start < 4 && ((unsigned char)s[start] & 0xC0) == 0x80)
		start--;
	return utf8_valid(s + start, at - start) ? start : at - 1;
}

size_t utf8_prev(const char *s, size_t at)
{
	size_t len = strlen(s);

	if (at > len)
		at = len;
	while (at > 0) {
		const char *p;
		size_t end = at;

		at = code_point_before(s, at);
		p = s + at;
		if (!utf8_is_mark(utf8_get(&p, s + end)))
			break;
	}
	return at;
}

size_t utf8_letters(const char *s)
{
	const char *end = s + strlen(s);
	size_t letters = 0;

	for (const char *at = s; at < end;) {
		bool first = at == s;

		if (!utf8_is_mark(utf8_get(&at, end)) || first)
			letters++;
	}
	return letters;
}

size_t utf8_cut_cols(const char *s, size_t cols)
{
	const char *at = s, *end = s + strlen(s), *fits = s;
	size_t used = 0;

	while (at < end) {
		used += width_of(utf8_get(&at, end));
		if (used > cols)
			break;
		fits = at;
	}
	return (size_t)(fits - s);
}

size_t utf8_cut_letters(const char *s, size_t letters)
{
	const char *at = s, *end = s + strlen(s), *next = s;
	size_t seen = 0;

	for (; at < end; at = next) {
		bool mark = utf8_is_mark(utf8_get(&next, end)) && at > s;

		if (!mark && ++seen > letters)
			break;
	}
	return (size_t)(at - s);
}

/* Case */

static void map_case(const char *s, utf8proc_int32_t (*map)(utf8proc_int32_t), struct buf *out)
{
	const char *end = s + strlen(s);

	while (s < end) {
		const char *start = s;
		int32_t cp = utf8_get(&s, end);

		if (cp < 0)
			buf_byte(out, (uint8_t)*start);
		else
			utf8_put(out, map(cp));
	}
}

void utf8_upper(const char *s, struct buf *out)
{
	map_case(s, utf8proc_toupper, out);
}

void utf8_lower(const char *s, struct buf *out)
{
	map_case(s, utf8proc_tolower, out);
}
