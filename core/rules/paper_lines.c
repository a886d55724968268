/* paper_lines.c - lines of a template as lines of a paper: @directives and paragraphs. */
#include "core/rules/paper_fill.h"

#include <string.h>

#include "db/base/stream.h"

enum { GAP_MAX = 40 };

/* A tab, then the text as one word. */
static enum rc put_word(struct fill *f, struct piece p)
{
	struct buf text = BUF(PAPER_OUT_MAX);
	enum rc rc = paper_fill_text(f, p, &text);

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
		p = paper_trim((struct piece){ p.text + 1, p.len - 1 });
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
	*cell = paper_trim(*cell);
	return true;
}

static enum rc do_two(struct fill *f, struct piece rest)
{
	struct piece left, right;
	bool more = true;
	enum rc rc;

	if (!next_cell(&rest, &left, &more) || !next_cell(&rest, &right, &more) || more)
		return paper_say_wrong(f, "@two cần hai phần cách nhau bằng |",
				       "@two takes two parts with a | between them");
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
		return paper_say_wrong(f, "@line đứng một mình", "@line stands alone");
	buf_text(f->out, "line");
	return RC_OK;
}

static enum rc do_page(struct fill *f, struct piece rest)
{
	if (rest.len)
		return paper_say_wrong(f, "@page đứng một mình", "@page stands alone");
	buf_text(f->out, "page");
	return RC_OK;
}

static enum rc do_gap(struct fill *f, struct piece rest)
{
	char how;
	size_t lines;

	if (!paper_format(rest, &how, &lines) || how != '<' || lines > GAP_MAX)
		return paper_say_wrong(f, "@gap cần số dòng trống, 1 đến 40", "@gap takes a number of lines, 1 to 40");
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
	struct piece title = paper_trim((struct piece){ cell.text + width.len, cell.len - width.len });
	bool right = width.len && *width.text == '>';
	size_t letters = 0;
	char how;

	if (right) {
		width.text++;
		width.len--;
	}
	if (!(width.len == 1 && *width.text == '*') && (!paper_format(width, &how, &letters) || how != '<'))
		return paper_say_wrong(f, "@columns: mỗi cột bắt đầu bằng bề rộng, ví dụ 10 hoặc *",
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
							    : paper_say_wrong(f, "quá nhiều cột", "too many columns");

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
		rc = paper_say_wrong(f, "@row phải có đúng số cột của @columns ở trên",
			   "@row has as many cells as @columns above it");
	return rc;
}

static enum rc do_paper(struct fill *f, struct piece rest)
{
	bool known = (rest.len == 2 && (!memcmp(rest.text, "A5", 2) || !memcmp(rest.text, "A4", 2))) ||
		     (rest.len == 3 && !memcmp(rest.text, "A4L", 3));

	if (!known || f->any)
		return paper_say_wrong(f, "@paper A5, A4 hoặc A4L, một lần, trước mọi dòng khác",
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

void paper_head(struct fill *f)
{
	if (!f->any)
		buf_text(f->out, "motcua-paper\t1\tA5\n");
	f->any = true;
}

enum rc paper_directive(struct fill *f, struct piece line)
{
	char name[PAPER_NAME_MAX];
	size_t len = paper_take_name((struct piece){ line.text + 1, line.len - 1 }, name);

	for (size_t i = 0; len && i < ARRAY_LEN(directives); i++) {
		enum rc rc;

		if (strcmp(directives[i].name, name))
			continue;
		if (directives[i].run != do_paper)
			paper_head(f);
		if (!directives[i].in_table)
			f->columns = 0;
		rc = directives[i].run(f, paper_trim((struct piece){ line.text + 1 + len, line.len - 1 - len }));
		buf_byte(f->out, '\n');
		f->any = true;
		return rc;
	}
	return paper_say_wrong(f, "không có lệnh này", "there is no such directive");
}

enum rc paper_paragraph(struct fill *f, size_t indent, struct piece text)
{
	enum rc rc;
	bool bold = text.len && *text.text == '*';

	paper_head(f);
	f->columns = 0;
	if (!text.len) {
		buf_text(f->out, "gap\t1\n");
		return RC_OK;
	}
	buf_printf(f->out, "text\t%s\t%zu", bold ? "b" : "n", indent);
	if (bold)
		text = paper_trim((struct piece){ text.text + 1, text.len - 1 });
	rc = put_word(f, text);
	buf_byte(f->out, '\n');
	return rc;
}
