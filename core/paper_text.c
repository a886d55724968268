#include "core/paper_text.h"

#include <stdlib.h>
#include <string.h>

#include "core/rules/paper.h"
#include "db/base/stream.h"
#include "db/base/utf8.h"
#include "db/base/vn.h"

enum { GAP = 1, COLUMN_MIN = 3 }; /* blanks between columns; the least a column is pressed to */

struct column {
	size_t width;
	bool right;
};

struct layout {
	struct buf *out;
	size_t width;
	struct column columns[PAPER_COLUMNS_MAX];
	size_t columns_count; /* of the table that is open */
};

static void blanks(struct buf *out, size_t count)
{
	while (count--)
		buf_byte(out, ' ');
}

static void end_line(struct buf *out)
{
	while (out->len && out->data[out->len - 1] == ' ')
		out->len--;
	buf_byte(out, '\n');
}

/*
 * The next line of a wrapped text: how many bytes of it go on this line, and how many to pass over in all (the
 * blank or line end it broke at). Breaks at blanks; a word that is too long is cut.
 */
static size_t line_of(const char *text, size_t width, size_t *pass)
{
	size_t newline = strcspn(text, "\n"), fits = utf8_cut_cols(text, width), at;

	if (newline <= fits) {
		*pass = newline + (text[newline] == '\n');
		return newline;
	}
	if (!text[fits]) {
		*pass = fits;
		return fits;
	}
	for (at = fits; at > 0 && text[at] != ' '; at--)
		;
	if (!at) {
		*pass = fits ? fits : utf8_next(text, 0);
		return *pass;
	}
	*pass = at;
	while (text[*pass] == ' ')
		++*pass;
	while (at > 0 && text[at - 1] == ' ')
		at--;
	return at;
}

static void put_text(struct layout *l, size_t indent, const char *text)
{
	indent = indent < l->width / 2 ? indent : l->width / 2;
	do {
		size_t pass = 0, len = line_of(text, l->width - indent, &pass);

		blanks(l->out, indent);
		buf_add(l->out, text, len);
		end_line(l->out);
		text += pass;
	} while (*text);
}

/* One line of `text` in `width` columns, moved past it. */
static void put_part(struct layout *l, const char **text, size_t width, char how)
{
	size_t pass, len = line_of(*text, width, &pass), cols, left;
	struct buf one = BUF(PAPER_WIDTH_MAX * 8);

	buf_add(&one, *text, len);
	cols = utf8_cols(buf_str(&one));
	left = cols < width ? width - cols : 0;
	blanks(l->out, how == '>' ? left : how == '^' ? left / 2 : 0);
	buf_text(l->out, buf_str(&one));
	blanks(l->out, how == '>' ? 0 : how == '^' ? left - left / 2 : left);
	*text += pass;
	buf_done(&one);
}

static void put_two(struct layout *l, const char *left, const char *right)
{
	size_t half = (l->width - GAP) / 2;

	do {
		put_part(l, &left, half, '^');
		blanks(l->out, l->width - 2 * half);
		put_part(l, &right, half, '^');
		end_line(l->out);
	} while (*left || *right);
}

static void put_center(struct layout *l, const char *text)
{
	do {
		put_part(l, &text, l->width, '^');
		end_line(l->out);
	} while (*text);
}

static void put_rule(struct layout *l)
{
	for (size_t i = 0; i < l->width; i++)
		buf_byte(l->out, '-');
	buf_byte(l->out, '\n');
}

static void put_cells(struct layout *l, const char *cells[PAPER_COLUMNS_MAX])
{
	bool more;

	do {
		more = false;
		for (size_t i = 0; i < l->columns_count; i++) {
			const struct column *column = &l->columns[i];

			if (i)
				blanks(l->out, GAP);
			put_part(l, &cells[i], column->width, column->right ? '>' : '<');
			more = more || *cells[i];
		}
		end_line(l->out);
	} while (more);
}

/* Columns of 0 share what the others leave; when that is too little, all are pressed together. */
static void settle_widths(struct layout *l)
{
	size_t gaps = GAP * (l->columns_count - 1), fixed = 0, open = 0, room, used = 0;

	for (size_t i = 0; i < l->columns_count; i++) {
		fixed += l->columns[i].width;
		open += l->columns[i].width == 0;
	}
	room = l->width > gaps ? l->width - gaps : 0;
	for (size_t i = 0; i < l->columns_count; i++) {
		struct column *column = &l->columns[i];
		size_t least = open * 2 * COLUMN_MIN;

		if (!column->width)
			continue;
		if (fixed + least > room)
			column->width = column->width * (room > least ? room - least : 1) / fixed;
		if (column->width < COLUMN_MIN)
			column->width = COLUMN_MIN;
		used += column->width;
	}
	for (size_t i = 0; i < l->columns_count; i++)
		if (!l->columns[i].width) {
			l->columns[i].width = room > used ? (room - used) / open : COLUMN_MIN;
			if (l->columns[i].width < COLUMN_MIN)
				l->columns[i].width = COLUMN_MIN;
			used += l->columns[i].width;
			open--;
		}
}

static bool put_columns(struct layout *l, const struct stream *line)
{
	const char *titles[PAPER_COLUMNS_MAX];

	l->columns_count = (line->count - 1) / 2;
	if (!l->columns_count || l->columns_count > PAPER_COLUMNS_MAX)
		return false;
	for (size_t i = 0; i < l->columns_count; i++) {
		const char *width = stream_word(line, 1 + 2 * i);

		l->columns[i].right = *width == '>';
		l->columns[i].width = (size_t)strtoul(width + (*width == '>'), NULL, 10);
		if (l->columns[i].width > PAPER_WIDTH_MAX)
			return false;
	}
	for (size_t i = 0; i < PAPER_COLUMNS_MAX; i++)
		titles[i] = stream_word(line, 2 + 2 * i);
	settle_widths(l);
	put_rule(l);
	put_cells(l, titles);
	put_rule(l);
	return true;
}

static bool put_row(struct layout *l, const struct stream *line)
{
	const char *cells[PAPER_COLUMNS_MAX];

	if (line->count - 1 != l->columns_count)
		return false;
	for (size_t i = 0; i < PAPER_COLUMNS_MAX; i++)
		cells[i] = stream_word(line, 1 + i);
	put_cells(l, cells);
	return true;
}

/* Everything but tables. */
static bool put_plain(struct layout *l, const struct stream *line)
{
	const char *word = stream_word(line, 0);

	if (!strcmp(word, "text"))
		put_text(l, (size_t)strtoul(stream_word(line, 2), NULL, 10), stream_word(line, 3));
	else if (!strcmp(word, "two"))
		put_two(l, stream_word(line, 2), stream_word(line, 4));
	else if (!strcmp(word, "center"))
		put_center(l, stream_word(line, 2));
	else if (!strcmp(word, "line"))
		put_rule(l);
	else if (!strcmp(word, "page"))
		buf_byte(l->out, '\f');
	else if (!strcmp(word, "gap"))
		for (size_t i = strtoul(stream_word(line, 1), NULL, 10) % 100; i > 0; i--)
			buf_byte(l->out, '\n');
	else
		return !strcmp(word, "code");
	return true;
}

static bool put_line(struct layout *l, const struct stream *line)
{
	const char *word = stream_word(line, 0);

	if (!strcmp(word, "row"))
		return put_row(l, line);
	if (l->columns_count)
		put_rule(l);
	l->columns_count = 0;
	return !strcmp(word, "columns") ? put_columns(l, line) : put_plain(l, line);
}

/* Blanks that did not break are blanks to a printer. */
static void plain_blanks(struct buf *out, size_t from)
{
	size_t to = from;

	for (size_t i = from; i < out->len; i++)
		if (i + 1 < out->len && out->data[i] == 0xC2 && out->data[i + 1] == 0xA0) {
			out->data[to++] = ' ';
			i++;
		} else {
			out->data[to++] = out->data[i];
		}
	out->len = to;
	if (out->data)
		out->data[to] = 0;
}

enum rc paper_text(const void *data, size_t len, size_t width, struct buf *out, struct err *err)
{
	struct layout l = { .out = out, .width = width };
	struct stream line;
	size_t from = out->len;
	bool good, ended = false;

	if (l.width < PAPER_WIDTH_MIN || l.width > PAPER_WIDTH_MAX)
		l.width = PAPER_WIDTH;
	stream_init(&line, data, len);
	good = stream_next(&line) && !strcmp(stream_word(&line, 0), "motcua-paper");
	while (good && !ended && !out->full && stream_next(&line)) {
		ended = !strcmp(stream_word(&line, 0), "end");
		good = ended || put_line(&l, &line);
	}
	if (good && ended && l.columns_count)
		put_rule(&l);
	stream_done(&line);
	plain_blanks(out, from);
	if (out->full)
		return err_set(err, RC_FULL, "Giấy quá dài.", "The paper is too long.");
	if (!good || !ended)
		return err_set(err, RC_DAMAGED, "Giấy không đúng dạng.", "The paper is not in its form.");
	return RC_OK;
}

void paper_plain(struct buf *text)
{
	struct buf plain = BUF(text->max);

	vn_plain(buf_str(text), &plain);
	buf_wipe_done(text);
	*text = plain;
}
