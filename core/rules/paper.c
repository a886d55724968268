#include "core/rules/paper_fill.h"

#include <stdio.h>
#include <string.h>

#include "db/base/utf8.h"

static bool shown(const struct fill *f)
{
	return !f->depth || f->blocks[f->depth - 1].shown;
}

/* Is something known by that name, or does the list have rows? */
static enum rc is_known(struct fill *f, const char *name, bool *known)
{
	const struct paper_rows *rows = paper_rows_of(f, name);
	char number[24];
	const char *text;

	if (paper_look_up(f, name, number, &text))
		*known = *text != '\0';
	else if (paper_knows_list(f, name))
		*known = rows && rows->count;
	else
		return paper_say_wrong(f, "không có ô hay danh sách mang tên này",
				       "there is no hole or list of that name");
	return RC_OK;
}

static enum rc open_block(struct fill *f, char sign, const char *name)
{
	struct block *block = &f->blocks[f->depth];
	bool known = false;
	enum rc rc = RC_OK;

	if (f->depth == PAPER_DEPTH)
		return paper_say_wrong(f, "các khối lồng nhau quá sâu", "blocks stand too deep in one another");
	*block = (struct block){ .kind = sign == '#' ? BLOCK_LIST : sign == '?' ? BLOCK_IF : BLOCK_UNLESS,
				 .body = f->at, .body_line = f->line };
	(void)snprintf(block->name, sizeof(block->name), "%s", name);
	if (sign != '#') {
		rc = is_known(f, name, &known);
		block->shown = !f->facts || known == (sign == '?');
	} else if (!paper_knows_list(f, name)) {
		rc = paper_say_wrong(f, "không có danh sách này", "there is no such list");
	} else {
		block->rows = paper_rows_of(f, name);
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
		return paper_say_wrong(f, "khối đóng ở đây không phải khối đang mở",
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
	char name[PAPER_NAME_MAX];
	size_t len;
	bool known = false, alone;
	enum rc rc;

	*took = 0;
	*skip = false;
	if (line.len < 4 || line.text[0] != '{' || !strchr("#/?!", line.text[1]))
		return RC_OK;
	len = paper_take_name((struct piece){ line.text + 2, line.len - 2 }, name);
	if (!len || 2 + len >= line.len || line.text[2 + len] != '}')
		return paper_say_wrong(f, "khối viết {#tên}, {?tên}, {!tên} hoặc {/tên}",
			     "a block is written {#name}, {?name}, {!name} or {/name}");
	*took = len + 3;
	alone = *took == line.len;
	if (line.text[1] == '/' && alone)
		return close_block(f, name);
	if (alone)
		return open_block(f, line.text[1], name);
	if (line.text[1] == '#' || line.text[1] == '/')
		return paper_say_wrong(f, "{#tên} và {/tên} đứng một mình trên dòng",
				       "{#name} and {/name} stand alone on a line");
	if (!shown(f))
		return RC_OK;
	rc = is_known(f, name, &known);
	*skip = f->facts && known != (line.text[1] == '?');
	return rc;
}

static enum rc run_line(struct fill *f, struct piece line)
{
	struct piece bare = paper_trim(line);
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
		bare = paper_trim((struct piece){ bare.text + took, bare.len - took });
	}
	if (!shown(f))
		return RC_OK;
	if (bare.len && *bare.text == '@')
		return paper_directive(f, bare);
	return paper_paragraph(f, indent, bare);
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
			return paper_say_wrong(f, "dòng quá dài", "the line is too long");
		rc = run_line(f, line);
		if (rc)
			return rc;
		if (f->out->full)
			return err_set(f->err, RC_FULL, "Giấy quá dài; hãy chọn kỳ ngắn hơn.",
				       "The paper is too long; choose a shorter period.");
	}
	if (f->depth) {
		f->line = f->blocks[f->depth - 1].body_line;
		return paper_say_wrong(f, "khối mở ở đây không được đóng", "the block that begins here does not end");
	}
	paper_head(f);
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
		rc = paper_say_wrong(f, why.vi, why.en);
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
