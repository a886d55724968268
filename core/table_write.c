/*
 * table_write.c - a table as text, JSON lines, CSV, and the stream for makers of documents.
 */
#include <inttypes.h>
#include <string.h>

#include "core/table.h"
#include "db/base/utf8.h"

/* Columns of a terminal a cell may take. */
enum { CELL_COLS_MAX = 48 };

static const char *text_of(const struct table *table, const struct tcell *cell)
{
	return (const char *)table->text.data + cell->num;
}

/* Numbers as programs read them. */
static void put_figure(enum column_type type, int64_t num, struct buf *out)
{
	char text[CLOCK_TEXT];
	uint64_t value = num < 0 ? 0 - (uint64_t)num : (uint64_t)num;
	size_t len;

	switch (type) {
	case COLUMN_PERCENT:
		buf_printf(out, "%s%" PRIu64 ".%02" PRIu64, num < 0 ? "-" : "", value / 100, value % 100);
		break;
	case COLUMN_DECIMAL:
		buf_printf(out, "%s%" PRIu64, num < 0 ? "-" : "", value / 1000000);
		if (!(value % 1000000))
			break;
		buf_printf(out, ".%06" PRIu64, value % 1000000);
		for (len = out->len; out->data[len - 1] == '0'; len--)
			;
		out->len = len;
		break;
	case COLUMN_BOOL:
		buf_text(out, num ? "true" : "false");
		break;
	case COLUMN_DATE:
		buf_text(out, clock_format_date((dayno)num, text));
		break;
	case COLUMN_TIME:
		buf_text(out, clock_format(num, text));
		break;
	default:
		buf_printf(out, "%" PRId64, num);
	}
}

static void json_string(const char *text, size_t len, struct buf *out)
{
	buf_byte(out, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\')
			buf_byte(out, '\\');
		if (c == '\n')
			buf_text(out, "\\n");
		else if (c < 0x20)
			buf_printf(out, "\\u%04x", c);
		else
			buf_byte(out, c);
	}
	buf_byte(out, '"');
}

static void json_texts(const char *text, struct buf *out)
{
	const char *comma = "";

	buf_byte(out, '[');
	while (*text) {
		size_t len = strcspn(text, "\n");

		buf_text(out, comma);
		comma = ",";
		json_string(text, len, out);
		text += len + (text[len] == '\n');
	}
	buf_byte(out, ']');
}

static void json_cell(const struct table *table, const struct column *column, const struct tcell *cell, struct buf *out)
{
	bool quoted = column->type == COLUMN_DATE || column->type == COLUMN_TIME;

	if (cell->kind == TCELL_NULL) {
		buf_text(out, column->type == COLUMN_TEXTS ? "[]" : "null");
	} else if (cell->kind == TCELL_NUM) {
		if (quoted)
			buf_byte(out, '"');
		put_figure(column->type, cell->num, out);
		if (quoted)
			buf_byte(out, '"');
	} else if (column->type == COLUMN_TEXTS) {
		json_texts(text_of(table, cell), out);
	} else {
		json_string(text_of(table, cell), strlen(text_of(table, cell)), out);
	}
}

static void json_row(const struct table *table, const struct table_part *part, size_t row, struct buf *out)
{
	char before = '{';

	for (size_t i = 0; i < part->columns_count; i++) {
		const struct tcell *cell = table_cell(part, row, i);

		if (cell->kind == TCELL_ABSENT || part->columns[i].flags & COLUMN_PAPER)
			continue;
		buf_byte(out, (uint8_t)before);
		before = ',';
		json_string(part->columns[i].name, strlen(part->columns[i].name), out);
		buf_byte(out, ':');
		json_cell(table, &part->columns[i], cell, out);
	}
	buf_text(out, before == '{' ? "{}\n" : "}\n");
}

void table_write_json(const struct table *table, struct buf *out)
{
	for (size_t i = 0; i < table->parts_count; i++)
		for (size_t row = 0; row < table_rows(&table->parts[i]); row++)
			json_row(table, &table->parts[i], row, out);
}

/* The names of all parts, each once; the part's column at [part][name], or -1. */
struct merged {
	const char *names[TABLE_PARTS_MAX * TABLE_COLUMNS_MAX];
	size_t count;
	int at[TABLE_PARTS_MAX][TABLE_PARTS_MAX * TABLE_COLUMNS_MAX];
};

static size_t merged_name(struct merged *merged, const char *name)
{
	size_t i = 0;

	while (i < merged->count && strcmp(merged->names[i], name) != 0)
		i++;
	if (i == merged->count)
		merged->names[merged->count++] = name;
	return i;
}

static void merge(const struct table *table, struct merged *merged)
{
	merged->count = 0;
	memset(merged->at, 0xff, sizeof(merged->at));
	for (size_t i = 0; i < table->parts_count; i++)
		for (size_t j = 0; j < table->parts[i].columns_count; j++)
			if (!(table->parts[i].columns[j].flags & COLUMN_PAPER))
				merged->at[i][merged_name(merged, table->parts[i].columns[j].name)] = (int)j;
}

static void csv_text(const char *text, struct buf *out)
{
	if (!text[strcspn(text, "\",\r\n")]) {
		buf_text(out, text);
		return;
	}
	buf_byte(out, '"');
	for (; *text; text++) {
		if (*text == '"')
			buf_byte(out, '"');
		buf_byte(out, (uint8_t)*text);
	}
	buf_byte(out, '"');
}

static void csv_cell(const struct table *table, const struct column *column, const struct tcell *cell, struct buf *out)
{
	struct buf joined = BUF(TABLE_TEXT_MAX);

	if (cell->kind == TCELL_NUM)
		put_figure(column->type, cell->num, out);
	if (cell->kind != TCELL_TEXT)
		return;
	for (const char *c = text_of(table, cell); *c; c++)
		if (*c == '\n' && column->type == COLUMN_TEXTS)
			buf_text(&joined, "; ");
		else
			buf_byte(&joined, (uint8_t)*c);
	csv_text(buf_str(&joined), out);
	buf_done(&joined);
}

void table_write_csv(const struct table *table, struct buf *out)
{
	struct merged merged;

	merge(table, &merged);
	for (size_t i = 0; i < merged.count; i++) {
		if (i)
			buf_byte(out, ',');
		csv_text(merged.names[i], out);
	}
	buf_text(out, "\r\n");
	for (size_t p = 0; p < table->parts_count; p++) {
		const struct table_part *part = &table->parts[p];

		for (size_t row = 0; row < table_rows(part); row++) {
			for (size_t i = 0; i < merged.count; i++) {
				int j = merged.at[p][i];

				if (i)
					buf_byte(out, ',');
				if (j >= 0)
					csv_cell(table, &part->columns[j], table_cell(part, row, (size_t)j), out);
			}
			buf_text(out, "\r\n");
		}
	}
}

static void stream_word(const char *text, struct buf *out)
{
	for (; *text; text++) {
		if (*text == '\t')
			buf_text(out, "\\t");
		else if (*text == '\n')
			buf_text(out, "\\n");
		else if (*text == '\\')
			buf_text(out, "\\\\");
		else
			buf_byte(out, (uint8_t)*text);
	}
}

static void stream_lines(const char *word, const struct buf *lines, struct buf *out)
{
	const char *line = buf_str(lines);

	while (*line) {
		size_t len = strcspn(line, "\n");
		struct buf one = BUF(TABLE_TEXT_MAX);

		buf_add(&one, line, len);
		buf_printf(out, "%s\t", word);
		stream_word(buf_str(&one), out);
		buf_byte(out, '\n');
		buf_done(&one);
		line += len + 1;
	}
}

static const char *const stream_types[] = {
	[COLUMN_TEXT] = "text",       [COLUMN_CODE] = "code",       [COLUMN_TEXTS] = "text", [COLUMN_INT] = "number",
	[COLUMN_VND] = "vnd",         [COLUMN_PERCENT] = "percent", [COLUMN_DECIMAL] = "decimal",
	[COLUMN_BOOL] = "bool",       [COLUMN_DATE] = "date",       [COLUMN_TIME] = "time",
};

static void stream_cell(const struct table *table, const struct table_part *part, size_t row, size_t i,
			enum lang lang, struct buf *out)
{
	const struct tcell *cell = table_cell(part, row, i);
	enum column_type type = part->columns[i].type;
	struct buf shown = BUF(TABLE_TEXT_MAX);

	buf_byte(out, '\t');
	if (cell->kind == TCELL_TEXT || cell->kind == TCELL_NULL)
		table_show(table, part, row, i, lang, &shown);
	if (shown.len) {
		buf_byte(out, 's');
		stream_word(buf_str(&shown), out);
	} else if (cell->kind == TCELL_NUM && type == COLUMN_BOOL) {
		buf_text(out, cell->num ? "b1" : "b0");
	} else if (cell->kind == TCELL_NUM) {
		buf_byte(out, type == COLUMN_DATE ? 'd' : type == COLUMN_TIME ? 't' : 'n');
		put_figure(type, cell->num, out);
	}
	buf_done(&shown);
}

static void stream_part(const struct table *table, const struct table_part *part, enum lang lang, struct buf *out)
{
	buf_printf(out, "part\t%s\t", part->name);
	stream_word(words_in(&part->title, lang), out);
	buf_byte(out, '\n');
	for (size_t i = 0; i < part->columns_count; i++) {
		const struct column *column = &part->columns[i];

		if (column->flags & COLUMN_DATA)
			continue;
		buf_printf(out, "column\t%s\t%s\t", column->name, stream_types[column->type]);
		stream_word(words_in(&column->group, lang), out);
		buf_byte(out, '\t');
		stream_word(words_in(&column->title, lang), out);
		buf_byte(out, '\n');
	}
	for (size_t row = 0; row < table_rows(part); row++) {
		buf_text(out, "row");
		for (size_t i = 0; i < part->columns_count; i++)
			if (!(part->columns[i].flags & COLUMN_DATA))
				stream_cell(table, part, row, i, lang, out);
		buf_byte(out, '\n');
	}
}

void table_write_stream(const struct table *table, enum lang lang, struct buf *out)
{
	buf_printf(out, "motcua-table\t1\t%s\n", lang == LANG_EN ? "en" : "vi");
	stream_lines("title", &table->titles, out);
	for (size_t i = 0; i < table->parts_count; i++)
		stream_part(table, &table->parts[i], lang, out);
	stream_lines("footer", &table->footers, out);
	buf_text(out, "end\n");
}

static void pad(size_t cols, struct buf *out)
{
	while (cols--)
		buf_byte(out, ' ');
}

/* `text` in `width` columns, cut with an ellipsis when it is wider. */
static void put_aligned(const char *text, size_t width, bool right, struct buf *out)
{
	size_t cols = utf8_cols(text);

	if (cols > width) {
		buf_add(out, text, utf8_cut_cols(text, width - 1));
		buf_text(out, "…");
		return;
	}
	if (right)
		pad(width - cols, out);
	buf_text(out, text);
	if (!right)
		pad(width - cols, out);
}

/* Blanks at the end of a line help nobody. */
static void end_line(struct buf *out)
{
	while (out->len && out->data[out->len - 1] == ' ')
		out->len--;
	buf_byte(out, '\n');
}

static void show_line(const struct table *table, const struct table_part *part, size_t row, size_t i,
		      enum lang lang, struct buf *one)
{
	buf_clear(one);
	table_show(table, part, row, i, lang, one);
	for (size_t k = 0; k < one->len; k++)
		if (one->data[k] < ' ')
			one->data[k] = ' ';
}

static void measure(const struct table *table, const struct table_part *part, enum lang lang, size_t *widths)
{
	struct buf one = BUF(TABLE_TEXT_MAX);

	for (size_t i = 0; i < part->columns_count; i++) {
		const struct column *column = &part->columns[i];

		widths[i] = utf8_cols(words_in(&column->title, lang));
		for (size_t row = 0; row < table_rows(part); row++) {
			size_t cols;

			show_line(table, part, row, i, lang, &one);
			cols = utf8_cols(buf_str(&one));
			widths[i] = cols > widths[i] ? cols : widths[i];
		}
		widths[i] = widths[i] > CELL_COLS_MAX ? CELL_COLS_MAX : widths[i];
	}
	buf_done(&one);
}

/* The words over several columns, each at its first one. */
static void text_groups(const struct table_part *part, enum lang lang, const size_t *widths, struct buf *out)
{
	const char *last = "";
	size_t col = 0, at = 0;
	bool any = false;

	for (size_t i = 0; i < part->columns_count; i++) {
		const char *group = words_in(&part->columns[i].group, lang);

		if (part->columns[i].flags & COLUMN_DATA)
			continue;
		if (*group && strcmp(group, last) != 0) {
			pad(at < col ? col - at : 0, out);
			buf_text(out, group);
			at = (at < col ? col : at) + utf8_cols(group);
			any = true;
		}
		last = group;
		col += widths[i] + 2;
	}
	if (any)
		end_line(out);
}

static void text_header(const struct table_part *part, enum lang lang, const size_t *widths, struct buf *out)
{
	size_t total = 0;

	text_groups(part, lang, widths, out);
	for (size_t i = 0; i < part->columns_count; i++) {
		if (part->columns[i].flags & COLUMN_DATA)
			continue;
		if (total)
			pad(2, out);
		put_aligned(words_in(&part->columns[i].title, lang), widths[i], column_right(&part->columns[i]), out);
		total += widths[i] + (total ? 2 : 0);
	}
	end_line(out);
	while (total--)
		buf_text(out, "─");
	buf_byte(out, '\n');
}

static void text_part(const struct table *table, const struct table_part *part, enum lang lang, struct buf *out)
{
	size_t widths[TABLE_COLUMNS_MAX];
	static const struct words none = T("(không có)", "(none)");
	struct buf one = BUF(TABLE_TEXT_MAX);

	measure(table, part, lang, widths);
	if (*words_in(&part->title, lang))
		buf_printf(out, "%s\n", words_in(&part->title, lang));
	text_header(part, lang, widths, out);
	for (size_t row = 0; row < table_rows(part); row++) {
		bool first = true;

		for (size_t i = 0; i < part->columns_count; i++) {
			if (part->columns[i].flags & COLUMN_DATA)
				continue;
			if (!first)
				pad(2, out);
			first = false;
			show_line(table, part, row, i, lang, &one);
			put_aligned(buf_str(&one), widths[i], column_right(&part->columns[i]), out);
		}
		end_line(out);
	}
	if (!table_rows(part))
		buf_printf(out, "%s\n", words_in(&none, lang));
	buf_done(&one);
}

void table_write_text(const struct table *table, enum lang lang, struct buf *out)
{
	buf_add(out, table->titles.data, table->titles.len);
	for (size_t i = 0; i < table->parts_count; i++) {
		if (out->len)
			buf_byte(out, '\n');
		text_part(table, &table->parts[i], lang, out);
	}
	if (table->footers.len)
		buf_byte(out, '\n');
	buf_add(out, table->footers.data, table->footers.len);
}
