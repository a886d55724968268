#include "core/rules/paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/stream.h"
#include "db/base/utf8.h"

enum { WIDTH_MAX = 200, GAP_MAX = 40, NAME_MAX_BYTES = 40 };

enum block_kind { BLOCK_LIST, BLOCK_IF, BLOCK_UNLESS };

struct block {
	enum block_kind kind;
	char name[NAME_MAX_BYTES];
	const char *body;   /* first line after it */
	size_t body_line;
	const struct paper_rows *rows; /* BLOCK_LIST; NULL: none */
	size_t row;         /* from 0 */
	bool shown;
};

struct fill {
	const struct paper_word *words; /* with name NULL at the end */
	const struct paper_facts *facts; /* NULL: only checking */
	const char *at, *end; /* the template */
	size_t line;
	struct block blocks[PAPER_DEPTH];
	size_t depth;
	size_t columns; /* of the table that is open; 0: none */
	bool any;       /* something was put: @paper comes too late */
	struct buf *out;
	struct err *err;
};

/* A piece of the template. */
struct piece {
	const char *text;
	size_t len;
};

static enum rc wrong(struct fill *f, const char *vi, const char *en)
{
	if (!f->err)
		return RC_INPUT;
	(void)err_set(f->err, RC_INPUT, " ", " ");
	(void)snprintf(f->err->vi, sizeof(f->err->vi), "mẫu giấy, dòng %zu: %s", f->line, vi);
	(void)snprintf(f->err->en, sizeof(f->err->en), "template, line %zu: %s", f->line, en);
	return RC_INPUT;
}

static struct piece trim(struct piece p)
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

/* The name at the front of `p`, copied; 0 when there is none or it is too long. */
static size_t take_name(struct piece p, char out[NAME_MAX_BYTES])
{
	size_t len = 0;

	while (len < p.len && is_name_letter(p.text[len]))
		len++;
	if (!len || len >= NAME_MAX_BYTES)
		return 0;
	memcpy(out, p.text, len);
	out[len] = '\0';
	return len;
}

static bool shown(const struct fill *f)
{
	return !f->depth || f->blocks[f->depth - 1].shown;
}

static bool knows(const struct fill *f, const char *list, const char *name, size_t *word)
{
	for (size_t i = 0; f->words[i].name; i++) {
		const char *of = f->words[i].list;

		if ((list ? of && !strcmp(of, list) : !of) && !strcmp(f->words[i].name, name)) {
			*word = i;
			return true;
		}
	}
	return false;
}

static bool knows_list(const struct fill *f, const char *list)
{
	for (size_t i = 0; f->words[i].name; i++)
		if (f->words[i].list && !strcmp(f->words[i].list, list))
			return true;
	return false;
}

static const struct paper_rows *rows_of(const struct fill *f, const char *list)
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

/* What is known by a name: in the rows around it, innermost first, then of the paper. False: no such name. */
static bool look_up(const struct fill *f, const char *name, char number[24], const char **out)
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

/* "20", ">20" ..: false when it is no format. */
static bool read_format(struct piece p, char *how, size_t *width)
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
	char name[NAME_MAX_BYTES], number[24], how = 0;
	const char *text;
	size_t len = take_name(inside, name), width = 0;

	if (!len)
		return wrong(f, "{ } phải chứa tên một ô; muốn in ngoặc thì viết {{ hoặc }}",
			     "{ } holds the name of a hole; for a brace itself write {{ or }}");
	if (len < inside.len &&
	    (inside.text[len] != ':' ||
	     !read_format((struct piece){ inside.text + len + 1, inside.len - len - 1 }, &how, &width)))
		return wrong(f, "sau tên ô chỉ có thể là :20, :>20, :^20 hoặc :.20",
			     "behind a name only :20, :>20, :^20 or :.20 can stand");
	if (!look_up(f, name, number, &text)) {
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

/* Text with its holes filled, added to `out`. */
static enum rc fill_text(struct fill *f, struct piece p, struct buf *out)
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
			return wrong(f, "thừa dấu }", "a } too many");
		if (c != '{') {
			buf_byte(out, (uint8_t)c);
			continue;
		}
		close = memchr(p.text, '}', (size_t)(end - p.text));
		if (!close)
			return wrong(f, "thiếu dấu }", "a } is missing");
		rc = fill_hole(f, (struct piece){ p.text, (size_t)(close - p.text) }, out);
		if (rc)
			return rc;
		p.text = close + 1;
	}
	return RC_OK;
}

/* A tab, then the text as one word. */
static enum rc put_word(struct fill *f, struct piece p)
{
	struct buf text = BUF(PAPER_OUT_MAX);
	enum rc rc = fill_text(f, p, &text);

	if (!rc) {
		buf_byte(f->out, '\t');
		stream_put(f->out, buf_str(&text));
	}
	buf_wipe_done(&text);
	return rc;
}

/* "*text" is bold: a tab, b or n, a tab, the text. */
static enum rc put_styled(struct fill *f, struct piece p)
{
	bool bold = p.len && *p.text == '*';

	if (bold)
		p = trim((struct piece){ p.text + 1, p.len - 1 });
	buf_text(f->out, bold ? "\tb" : "\tn");
	return put_word(f, p);
}

/* What stands before the next | goes to `cell`; false when nothing is left. */
static bool next_cell(struct piece *rest, struct piece *cell, bool *more)
{
	const char *bar;

	if (!*more)
		return false;
	bar = memchr(rest->text, '|', rest->len);
	cell->text = rest->text;
	cell->len = bar ? (size_t)(bar - rest->text) : rest->len;
	*more = bar != NULL;
	rest->len -= cell->len + (bar ? 1 : 0);
	rest->text += cell->len + (bar ? 1 : 0);
	*cell = trim(*cell);
	return true;
}

static enum rc do_two(struct fill *f, struct piece rest)
{
	struct piece left, right;
	bool more = true;
	enum rc rc;

	if (!next_cell(&rest, &left, &more) || !next_cell(&rest, &right, &more) || more)
		return wrong(f, "@two cần hai phần cách nhau bằng |", "@two takes two parts with a | between them");
	buf_text(f->out, "two");
	rc = put_styled(f, left);
	return rc ? rc : put_styled(f, right);
}

static enum rc do_center(struct fill *f, struct piece rest)
{
	buf_text(f->out, "center");
	return put_styled(f, rest);
}

static enum rc do_line(struct fill *f, struct piece rest)
{
	if (rest.len)
		return wrong(f, "@line đứng một mình", "@line stands alone");
	buf_text(f->out, "line");
	return RC_OK;
}

static enum rc do_page(struct fill *f, struct piece rest)
{
	if (rest.len)
		return wrong(f, "@page đứng một mình", "@page stands alone");
	buf_text(f->out, "page");
	return RC_OK;
}

static enum rc do_gap(struct fill *f, struct piece rest)
{
	char how;
	size_t lines;

	if (!read_format(rest, &how, &lines) || how != '<' || lines > GAP_MAX)
		return wrong(f, "@gap cần số dòng trống, 1 đến 40", "@gap takes a number of lines, 1 to 40");
	buf_printf(f->out, "gap\t%zu", lines);
	return RC_OK;
}

static enum rc do_code(struct fill *f, struct piece rest)
{
	buf_text(f->out, "code");
	return put_word(f, rest);
}

/* "W TITLE", "* TITLE": the width as the lines have it. */
static enum rc do_column(struct fill *f, struct piece cell)
{
	const char *blank = memchr(cell.text, ' ', cell.len);
	struct piece width = { cell.text, blank ? (size_t)(blank - cell.text) : cell.len };
	struct piece title = trim((struct piece){ cell.text + width.len, cell.len - width.len });
	bool right = width.len && *width.text == '>';
	size_t letters = 0;
	char how;

	if (right) {
		width.text++;
		width.len--;
	}
	if (!(width.len == 1 && *width.text == '*') && (!read_format(width, &how, &letters) || how != '<'))
		return wrong(f, "@columns: mỗi cột bắt đầu bằng bề rộng, ví dụ 10 hoặc *",
			     "@columns: every column begins with its width, such as 10 or *");
	buf_printf(f->out, "\t%s%zu", right ? ">" : "", letters);
	return put_word(f, title);
}

static enum rc do_columns(struct fill *f, struct piece rest)
{
	struct piece cell;
	bool more = true;

	buf_text(f->out, "columns");
	for (f->columns = 0; next_cell(&rest, &cell, &more); f->columns++) {
		enum rc rc = f->columns < PAPER_COLUMNS_MAX ? do_column(f, cell)
							    : wrong(f, "quá nhiều cột", "too many columns");

		if (rc)
			return rc;
	}
	return RC_OK;
}

static enum rc do_row(struct fill *f, struct piece rest)
{
	struct piece cell;
	size_t count = 0;
	bool more = true;
	enum rc rc = RC_OK;

	buf_text(f->out, "row");
	while (!rc && next_cell(&rest, &cell, &more)) {
		rc = put_word(f, cell);
		count++;
	}
	if (!rc && count != f->columns)
		rc = wrong(f, "@row phải có đúng số cột của @columns ở trên",
			   "@row has as many cells as @columns above it");
	return rc;
}

static enum rc do_paper(struct fill *f, struct piece rest)
{
	bool known = (rest.len == 2 && (!memcmp(rest.text, "A5", 2) || !memcmp(rest.text, "A4", 2))) ||
		     (rest.len == 3 && !memcmp(rest.text, "A4L", 3));

	if (!known || f->any)
		return wrong(f, "@paper A5, A4 hoặc A4L, một lần, trước mọi dòng khác",
			     "@paper A5, A4 or A4L, once, before any other line");
	buf_printf(f->out, "motcua-paper\t1\t%.*s", (int)rest.len, rest.text);
	return RC_OK;
}

static const struct directive {
	const char *name;
	enum rc (*run)(struct fill *f, struct piece rest);
	bool in_table; /* leaves the table open */
} directives[] = {
	{ "paper", do_paper, false }, { "two", do_two, false },	      { "center", do_center, false },
	{ "line", do_line, false },   { "gap", do_gap, false },	      { "code", do_code, false },
	{ "page", do_page, false },   { "columns", do_columns, true }, { "row", do_row, true },
};

/* The sheet, when the template did not begin by naming it. */
static void put_head(struct fill *f)
{
	if (!f->any)
		buf_text(f->out, "motcua-paper\t1\tA5\n");
	f->any = true;
}

static enum rc run_directive(struct fill *f, struct piece line)
{
	char name[NAME_MAX_BYTES];
	size_t len = take_name((struct piece){ line.text + 1, line.len - 1 }, name);

	for (size_t i = 0; len && i < ARRAY_LEN(directives); i++) {
		enum rc rc;

		if (strcmp(directives[i].name, name))
			continue;
		if (directives[i].run != do_paper)
			put_head(f);
		if (!directives[i].in_table)
			f->columns = 0;
		rc = directives[i].run(f, trim((struct piece){ line.text + 1 + len, line.len - 1 - len }));
		buf_byte(f->out, '\n');
		f->any = true;
		return rc;
	}
	return wrong(f, "không có lệnh này", "there is no such directive");
}

static enum rc put_paragraph(struct fill *f, size_t indent, struct piece text)
{
	enum rc rc;
	bool bold = text.len && *text.text == '*';

	put_head(f);
	f->columns = 0;
	if (!text.len) {
		buf_text(f->out, "gap\t1\n");
		return RC_OK;
	}
	buf_printf(f->out, "text\t%s\t%zu", bold ? "b" : "n", indent);
	if (bold)
		text = trim((struct piece){ text.text + 1, text.len - 1 });
	rc = put_word(f, text);
	buf_byte(f->out, '\n');
	return rc;
}

/* Is something known by that name, or does the list have rows? */
static enum rc is_known(struct fill *f, const char *name, bool *known)
{
	const struct paper_rows *rows = rows_of(f, name);
	char number[24];
	const char *text;

	if (look_up(f, name, number, &text))
		*known = *text != '\0';
	else if (knows_list(f, name))
		*known = rows && rows->count;
	else
		return wrong(f, "không có ô hay danh sách mang tên này", "there is no hole or list of that name");
	return RC_OK;
}

static enum rc open_block(struct fill *f, char sign, const char *name)
{
	struct block *block = &f->blocks[f->depth];
	bool known = false;
	enum rc rc = RC_OK;

	if (f->depth == PAPER_DEPTH)
		return wrong(f, "các khối lồng nhau quá sâu", "blocks stand too deep in one another");
	*block = (struct block){ .kind = sign == '#' ? BLOCK_LIST : sign == '?' ? BLOCK_IF : BLOCK_UNLESS,
				 .body = f->at, .body_line = f->line };
	(void)snprintf(block->name, sizeof(block->name), "%s", name);
	if (sign != '#') {
		rc = is_known(f, name, &known);
		block->shown = !f->facts || known == (sign == '?');
	} else if (!knows_list(f, name)) {
		rc = wrong(f, "không có danh sách này", "there is no such list");
	} else {
		block->rows = rows_of(f, name);
		block->shown = !f->facts || (block->rows && block->rows->count);
	}
	if (!f->facts)
		block->rows = NULL;
	block->shown = block->shown && shown(f);
	f->depth++;
	return rc;
}

static enum rc close_block(struct fill *f, const char *name)
{
	struct block *block = f->depth ? &f->blocks[f->depth - 1] : NULL;

	if (!block || strcmp(block->name, name))
		return wrong(f, "khối đóng ở đây không phải khối đang mở",
			     "the block that ends here is not the one that is open");
	if (block->kind == BLOCK_LIST && block->shown && block->rows && block->row + 1 < block->rows->count) {
		block->row++;
		f->at = block->body;
		f->line = block->body_line;
		return RC_OK;
	}
	f->depth--;
	return RC_OK;
}

/*
 * {#x} {/x} {?x} {!x} at the front of `line`. *took: bytes of it, 0 when there is none. A condition with text
 * behind it opens no block: *skip says the line is left out.
 */
static enum rc take_block(struct fill *f, struct piece line, size_t *took, bool *skip)
{
	char name[NAME_MAX_BYTES];
	size_t len;
	bool known = false, alone;
	enum rc rc;

	*took = 0;
	*skip = false;
	if (line.len < 4 || line.text[0] != '{' || !strchr("#/?!", line.text[1]))
		return RC_OK;
	len = take_name((struct piece){ line.text + 2, line.len - 2 }, name);
	if (!len || 2 + len >= line.len || line.text[2 + len] != '}')
		return wrong(f, "khối viết {#tên}, {?tên}, {!tên} hoặc {/tên}",
			     "a block is written {#name}, {?name}, {!name} or {/name}");
	*took = len + 3;
	alone = *took == line.len;
	if (line.text[1] == '/' && alone)
		return close_block(f, name);
	if (alone)
		return open_block(f, line.text[1], name);
	if (line.text[1] == '#' || line.text[1] == '/')
		return wrong(f, "{#tên} và {/tên} đứng một mình trên dòng", "{#name} and {/name} stand alone on a line");
	if (!shown(f))
		return RC_OK;
	rc = is_known(f, name, &known);
	*skip = f->facts && known != (line.text[1] == '?');
	return rc;
}

static enum rc run_line(struct fill *f, struct piece line)
{
	struct piece bare = trim(line);
	size_t took, indent = (size_t)(bare.text - line.text);
	bool skip;

	if (bare.len && *bare.text == '#')
		return RC_OK;
	for (;;) {
		enum rc rc = take_block(f, bare, &took, &skip);

		if (rc || skip || (took && took == bare.len))
			return rc;
		if (!took)
			break;
		bare = trim((struct piece){ bare.text + took, bare.len - took });
	}
	if (!shown(f))
		return RC_OK;
	if (bare.len && *bare.text == '@')
		return run_directive(f, bare);
	return put_paragraph(f, indent, bare);
}

static enum rc run(struct fill *f)
{
	while (f->at < f->end) {
		const char *eol = memchr(f->at, '\n', (size_t)(f->end - f->at));
		struct piece line = { f->at, (size_t)((eol ? eol : f->end) - f->at) };
		enum rc rc;

		f->line++;
		f->at = eol ? eol + 1 : f->end;
		if (line.len > PAPER_LINE_MAX)
			return wrong(f, "dòng quá dài", "the line is too long");
		rc = run_line(f, line);
		if (rc)
			return rc;
		if (f->out->full)
			return err_set(f->err, RC_FULL, "Giấy quá dài; hãy chọn kỳ ngắn hơn.",
				       "The paper is too long; choose a shorter period.");
	}
	if (f->depth) {
		f->line = f->blocks[f->depth - 1].body_line;
		return wrong(f, "khối mở ở đây không được đóng", "the block that begins here does not end");
	}
	put_head(f);
	buf_text(f->out, "end\n");
	return RC_OK;
}

static enum rc start(const char *text, size_t len, struct fill *f)
{
	struct buf clean = BUF(2 * PAPER_TEMPLATE_MAX);
	struct err why = { .rc = RC_OK };
	enum rc rc;

	if (len > PAPER_TEMPLATE_MAX)
		return err_set(f->err, RC_INPUT, "mẫu giấy quá lớn", "the template is too large");
	if (len >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) {
		text += 3;
		len -= 3;
	}
	rc = utf8_clean_lines(text, len, &clean, &why);
	if (rc) {
		rc = wrong(f, why.vi, why.en);
	} else {
		f->at = buf_str(&clean);
		f->end = f->at + clean.len;
		rc = run(f);
	}
	buf_done(&clean);
	return rc;
}

enum rc paper_check(const char *text, size_t len, const struct paper_word *words, struct err *err)
{
	struct buf out = BUF(PAPER_OUT_MAX);
	struct fill f = { .words = words, .out = &out, .err = err };
	enum rc rc = start(text, len, &f);

	buf_done(&out);
	return rc;
}

enum rc paper_fill(const char *text, size_t len, const struct paper_facts *facts, struct buf *out, struct err *err)
{
	struct fill f = { .words = facts->words, .facts = facts, .out = out, .err = err };

	return start(text, len, &f);
}
