/* paper_hole.c - {name} in a template: what stands between braces, and what is known by it. */
#include "core/rules/paper_fill.h"

#include <stdio.h>
#include <string.h>

#include "db/base/utf8.h"

enum { WIDTH_MAX = 200 };

enum rc paper_say_wrong(struct fill *f, const char *vi, const char *en)
{
	if (!f->err)
		return RC_INPUT;
	(void)err_set(f->err, RC_INPUT, " ", " ");
	(void)snprintf(f->err->vi, sizeof(f->err->vi), "%s", vi);
	(void)snprintf(f->err->en, sizeof(f->err->en), "%s", en);
	return err_in(f->err, "mẫu giấy, dòng %zu", "template, line %zu", f->line);
}

struct piece paper_trim(struct piece p)
{
	while (p.len && (*p.text == ' ' || *p.text == '\t')) {
		p.text++;
		p.len--;
	}
	while (p.len && (p.text[p.len - 1] == ' ' || p.text[p.len - 1] == '\t' || p.text[p.len - 1] == '\r'))
		p.len--;
	return p;
}

static bool is_name_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

size_t paper_take_name(struct piece p, char out[PAPER_NAME_MAX])
{
	size_t len = 0;

	while (len < p.len && is_name_letter(p.text[len]))
		len++;
	if (!len || len >= PAPER_NAME_MAX)
		return 0;
	memcpy(out, p.text, len);
	out[len] = '\0';
	return len;
}

/* Both none, or of one name. */
static bool same_list(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool knows(const struct fill *f, const char *list, const char *name, size_t *word)
{
	for (size_t i = 0; f->words[i].name; i++) {
		if (same_list(f->words[i].list, list) && !strcmp(f->words[i].name, name)) {
			*word = i;
			return true;
		}
	}
	return false;
}

bool paper_knows_list(const struct fill *f, const char *list)
{
	for (size_t i = 0; f->words[i].name; i++)
		if (f->words[i].list && !strcmp(f->words[i].list, list))
			return true;
	return false;
}

const struct paper_rows *paper_rows_of(const struct fill *f, const char *list)
{
	for (size_t i = 0; f->facts && i < f->facts->lists_count; i++)
		if (!strcmp(f->facts->lists[i].list, list))
			return &f->facts->lists[i];
	return NULL;
}

static const char *text_at(const struct paper_facts *facts, uint32_t off)
{
	return (const char *)facts->text.data + off;
}

bool paper_look_up(const struct fill *f, const char *name, char number[24], const char **out)
{
	size_t word;

	*out = "";
	for (size_t i = f->depth; i-- > 0;) {
		const struct block *block = &f->blocks[i];

		if (block->kind != BLOCK_LIST)
			continue;
		if (!strcmp(name, "n")) {
			(void)snprintf(number, 24, "%zu", block->row + 1);
			*out = number;
			return true;
		}
		if (knows(f, block->name, name, &word)) {
			if (f->facts && block->rows)
				*out = text_at(f->facts, f->facts->cells[(block->rows->first + block->row) *
									 f->facts->words_count + word]);
			return true;
		}
	}
	if (!knows(f, NULL, name, &word))
		return false;
	if (f->facts)
		*out = text_at(f->facts, f->facts->globals[word]);
	return true;
}

static void blanks(struct buf *out, size_t count)
{
	while (count--)
		buf_byte(out, ' ');
}

/* In `width` columns, on one line. */
static void put_aligned(const char *text, char how, size_t width, struct buf *out)
{
	size_t cut = utf8_cut_cols(text, width), cols, left;
	struct buf one = BUF(PAPER_LINE_MAX * 4);

	buf_add(&one, text, cut);
	for (size_t i = 0; i < one.len; i++)
		if (one.data[i] == '\n')
			one.data[i] = ' ';
	cols = utf8_cols(buf_str(&one));
	left = cols < width ? width - cols : 0;
	blanks(out, how == '>' ? left : how == '^' ? left / 2 : 0);
	buf_text(out, buf_str(&one));
	blanks(out, how == '>' ? 0 : how == '^' ? left - left / 2 : left);
	buf_done(&one);
}

bool paper_format(struct piece p, char *how, size_t *width)
{
	*how = '<';
	if (p.len && strchr("<>^.", *p.text)) {
		*how = *p.text++;
		p.len--;
	}
	*width = 0;
	for (; p.len; p.text++, p.len--) {
		if (*p.text < '0' || *p.text > '9')
			return false;
		*width = *width * 10 + (size_t)(*p.text - '0');
		if (*width > WIDTH_MAX)
			return false;
	}
	return *width > 0;
}

/* What stands between braces. */
static enum rc fill_hole(struct fill *f, struct piece inside, struct buf *out)
{
	char name[PAPER_NAME_MAX], number[24], how = 0;
	const char *text;
	size_t len = paper_take_name(inside, name), width = 0;

	if (!len)
		return paper_say_wrong(f, "{ } phải chứa tên một ô; muốn in ngoặc thì viết {{ hoặc }}",
			     "{ } holds the name of a hole; for a brace itself write {{ or }}");
	if (len < inside.len &&
	    (inside.text[len] != ':' ||
	     !paper_format((struct piece){ inside.text + len + 1, inside.len - len - 1 }, &how, &width)))
		return paper_say_wrong(f, "sau tên ô chỉ có thể là :20, :>20, :^20 hoặc :.20",
			     "behind a name only :20, :>20, :^20 or :.20 can stand");
	if (!paper_look_up(f, name, number, &text)) {
		(void)err_set(f->err, RC_INPUT, "mẫu giấy, dòng %zu: không có ô {%s}",
			      "template, line %zu: there is no hole {%s}", f->line, name);
		return RC_INPUT;
	}
	if (how == '.' && !*text)
		while (width--)
			buf_byte(out, '.');
	else if (how && how != '.')
		put_aligned(text, how, width, out);
	else
		buf_text(out, text);
	return RC_OK;
}

enum rc paper_fill_text(struct fill *f, struct piece p, struct buf *out)
{
	const char *end = p.text + p.len;

	while (p.text < end) {
		char c = *p.text++;
		const char *close;
		enum rc rc;

		if ((c == '{' || c == '}') && p.text < end && *p.text == c) {
			buf_byte(out, (uint8_t)c);
			p.text++;
			continue;
		}
		if (c == '}')
			return paper_say_wrong(f, "thừa dấu }", "a } too many");
		if (c != '{') {
			buf_byte(out, (uint8_t)c);
			continue;
		}
		close = memchr(p.text, '}', (size_t)(end - p.text));
		if (!close)
			return paper_say_wrong(f, "thiếu dấu }", "a } is missing");
		rc = fill_hole(f, (struct piece){ p.text, (size_t)(close - p.text) }, out);
		if (rc)
			return rc;
		p.text = close + 1;
	}
	return RC_OK;
}
