#include "core/table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/rules/ratio.h"
#include "db/base/mem.h"

enum { LINES_MAX = 1 << 20 };

void table_init(struct table *table)
{
	*table = (struct table){ .text = BUF(TABLE_TEXT_MAX), .titles = BUF(LINES_MAX), .footers = BUF(LINES_MAX) };
	/* Offset 0 is nobody's text. */
	buf_byte(&table->text, 0);
}

void table_done(struct table *table)
{
	for (size_t i = 0; i < table->parts_count; i++)
		free(table->parts[i].cells);
	buf_done(&table->text);
	buf_done(&table->titles);
	buf_done(&table->footers);
	table_init(table);
	buf_done(&table->text);
}

static void add_line(struct buf *lines, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
static void add_line(struct buf *lines, const char *format, va_list args)
{
	char line[1024];

	vsnprintf(line, sizeof(line), format, args);
	buf_text(lines, line);
	buf_byte(lines, '\n');
}

void table_say_title(struct table *table, enum lang lang, const char *vi, const char *en, ...)
{
	va_list args;

	va_start(args, en);
	add_line(&table->titles, lang == LANG_EN ? en : vi, args);
	va_end(args);
}

void table_say_footer(struct table *table, enum lang lang, const char *vi, const char *en, ...)
{
	va_list args;

	va_start(args, en);
	add_line(&table->footers, lang == LANG_EN ? en : vi, args);
	va_end(args);
}

void table_part(struct table *table, const char *name, const struct column *columns, size_t count, struct words title)
{
	if (table->parts_count == TABLE_PARTS_MAX || count > TABLE_COLUMNS_MAX)
		die("a table has more parts or columns than it may");
	table->parts[table->parts_count++] =
		(struct table_part){ .name = name, .title = title, .columns = columns, .columns_count = count };
}

static void add(struct table *table, enum tcell_kind kind, int64_t num)
{
	struct table_part *part = &table->parts[table->parts_count - 1];

	part->cells = mem_room(part->cells, part->cells_count, &part->cells_cap, sizeof(*part->cells));
	part->cells[part->cells_count++] = (struct tcell){ .num = num, .kind = (uint8_t)kind };
}

void table_num(struct table *table, int64_t value)
{
	add(table, value == MSEC_NONE ? TCELL_NULL : TCELL_NUM, value);
}

void table_day(struct table *table, dayno day)
{
	add(table, day == DAYNO_NONE ? TCELL_NULL : TCELL_NUM, day);
}

void table_bool(struct table *table, bool value)
{
	add(table, TCELL_NUM, value);
}

void table_text(struct table *table, const char *text)
{
	size_t at = table->text.len;

	if (!text || !*text) {
		table_null(table);
		return;
	}
	buf_add(&table->text, text, strlen(text) + 1);
	if (table->text.full)
		die("a table is larger than it may be");
	add(table, TCELL_TEXT, (int64_t)at);
}

void table_null(struct table *table)
{
	add(table, TCELL_NULL, 0);
}

void table_absent(struct table *table)
{
	add(table, TCELL_ABSENT, 0);
}

void table_row_end(struct table *table)
{
	const struct table_part *part = &table->parts[table->parts_count - 1];

	while (part->cells_count % part->columns_count)
		table_absent(table);
}

size_t table_rows(const struct table_part *part)
{
	return part->cells_count / part->columns_count;
}

const struct tcell *table_cell(const struct table_part *part, size_t row, size_t column)
{
	return &part->cells[row * part->columns_count + column];
}

bool column_right(const struct column *column)
{
	return column->type == COLUMN_INT || column->type == COLUMN_VND || column->type == COLUMN_PERCENT ||
	       column->type == COLUMN_DECIMAL;
}

static void show_num(enum column_type type, int64_t num, enum lang lang, struct buf *out)
{
	char text[FIGURE_TEXT + CLOCK_LONG_TEXT];

	switch (type) {
	case COLUMN_PERCENT:
		buf_text(out, figure_percent(num, lang, text));
		break;
	case COLUMN_DECIMAL:
		buf_text(out, figure_decimal(num, lang, text));
		break;
	case COLUMN_BOOL:
		buf_text(out, num ? "x" : "");
		break;
	case COLUMN_DATE:
		buf_text(out, clock_format_dmy((dayno)num, text));
		break;
	case COLUMN_TIME:
		buf_text(out, clock_format_short(num, text));
		break;
	default:
		buf_text(out, figure_int(num, lang, text));
	}
}

static const char *shown_for(const struct shown *shown, const char *text, enum lang lang)
{
	for (; shown && shown->value; shown++)
		if (!strcmp(shown->value, text))
			return words_in(&shown->words, lang);
	return text;
}

/* Texts of a list stand in one text with line ends between. */
static void show_texts(const struct column *column, const char *text, enum lang lang, struct buf *out)
{
	struct buf one = BUF(TABLE_TEXT_MAX);
	bool first = true;

	while (*text) {
		size_t len = strcspn(text, "\n");

		buf_clear(&one);
		buf_add(&one, text, len);
		if (!first)
			buf_text(out, ", ");
		first = false;
		buf_text(out, shown_for(column->shown, buf_str(&one), lang));
		text += len + (text[len] == '\n');
	}
	buf_done(&one);
}

/* "Tổng số": what the row's own word, which only programs see, says in the first column that people see. */
static const char *row_label(const struct table *table, const struct table_part *part, size_t row, size_t column,
			     enum lang lang)
{
	const struct tcell *word = table_cell(part, row, 0);
	const char *text;

	if (column == 0 || word->kind != TCELL_TEXT || !part->columns[0].shown)
		return NULL;
	for (size_t i = 0; i < column; i++)
		if (!(part->columns[i].flags & COLUMN_DATA))
			return NULL;
	text = (const char *)table->text.data + word->num;
	for (const struct shown *shown = part->columns[0].shown; shown->value; shown++)
		if (!strcmp(shown->value, text))
			return words_in(&shown->words, lang);
	return NULL;
}

void table_show(const struct table *table, const struct table_part *part, size_t row, size_t column, enum lang lang,
		struct buf *out)
{
	const struct tcell *cell = table_cell(part, row, column);
	const struct column *about = &part->columns[column];
	const char *text = (const char *)table->text.data + (cell->kind == TCELL_TEXT ? cell->num : 0);
	const char *label = cell->kind == TCELL_NULL ? row_label(table, part, row, column, lang) : NULL;

	if (label) {
		buf_text(out, label);
		return;
	}
	if (cell->kind == TCELL_NUM)
		show_num(about->type, cell->num, lang, out);
	else if (cell->kind == TCELL_TEXT && about->type == COLUMN_TEXTS)
		show_texts(about, text, lang, out);
	else if (cell->kind == TCELL_TEXT)
		buf_text(out, shown_for(about->shown, text, lang));
	else if (cell->kind == TCELL_NULL && column_right(about))
		buf_text(out, "-");
}
