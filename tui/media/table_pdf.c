/*
 * table_pdf.c - a table (core/table.h) on sheets of A4, on their side when it is wide.
 *
 * Two walks over the stream: one measures the columns of every part, one draws.
 */
#include <stdlib.h>
#include <string.h>

#include "db/base/clock.h"
#include "db/base/stream.h"
#include "db/base/utf8.h"
#include "tui/media/pdf.h"
#include "tui/media/run.h"

#define MM 2.834646F
#define MARGIN (12 * MM)
#define LEADING 1.35F
#define PAD 2.5F
#define COLUMN_LEAST 22.0F

enum {
	PARTS_MAX = 16,
	COLUMNS_MAX = 64,
	SAMPLE_ROWS = 400,
	CELL_TEXT = 4096,
};

struct pcolumn {
	char group[200], head[200];
	bool right;
	float natural, least, width; /* least: its longest word */
};

struct part {
	char title[400];
	struct pcolumn *columns;
	size_t count, rows;
};

struct maker {
	struct pdf pdf;
	struct part parts[PARTS_MAX];
	size_t parts_count, at; /* `at`: the part being drawn */
	float size;
	bool english, headed;
	char *cells[COLUMNS_MAX];
	enum media_fault fault;
};

/* A cell's word as people read it. */
static void cell_text(const struct maker *m, const char *word, char out[CELL_TEXT])
{
	const char *value = *word ? word + 1 : word;
	char text[CLOCK_TEXT];
	size_t len;
	dayno day;
	msec at;

	if (*word == 'd' && !clock_parse_date(value, &day, NULL))
		value = clock_format_dmy(day, text);
	else if (*word == 't' && !clock_parse(value, &at, NULL))
		value = clock_format_short(at, text);
	else if (*word == 'b')
		value = *value == '1' ? (m->english ? "yes" : "có") : (m->english ? "no" : "không");
	len = utf8_cut_letters(value, CELL_TEXT / 4 - 1);
	memcpy(out, value, len);
	out[len] = '\0';
}

/* "1234567" as "1.234.567", the decimal point a comma: as papers here have it. */
static void group_digits(const struct maker *m, char text[CELL_TEXT])
{
	char out[64];
	size_t len = strlen(text), whole = strspn(text, "0123456789-"), at = 0;

	if (m->english || !len || len > 24 || strspn(text, "0123456789.-") != len)
		return;
	for (size_t i = 0; i < len; i++) {
		if (i && i < whole && (whole - i) % 3 == 0 && text[i - 1] != '-')
			out[at++] = '.';
		out[at++] = text[i] == '.' ? ',' : text[i];
	}
	memcpy(text, out, at);
	text[at] = '\0';
}

static void read_cell(const struct maker *m, const char *word, char out[CELL_TEXT])
{
	cell_text(m, word, out);
	if (*word == 'n')
		group_digits(m, out);
}

static float longest_word(const struct maker *m, const char *text, bool bold)
{
	float most = 0;

	while (*text) {
		size_t len = strcspn(text, " \n");
		float width = pdf_text_width(&m->pdf, text, len, bold, m->size);

		most = width > most ? width : most;
		text += len + (text[len] != '\0');
	}
	return most;
}

static void measure_column(struct maker *m, const struct stream *line)
{
	struct part *part = &m->parts[m->parts_count ? m->parts_count - 1 : 0];
	const char *type = stream_word(line, 2);
	struct pcolumn *column;
	size_t len;

	if (!m->parts_count || part->count == COLUMNS_MAX) {
		m->fault = MEDIA_FAULT_STREAM;
		return;
	}
	column = &part->columns[part->count++];
	*column = (struct pcolumn){ .right = strcmp(type, "text") && strcmp(type, "code") && strcmp(type, "date") &&
					     strcmp(type, "time") && strcmp(type, "bool") };
	len = utf8_cut_letters(stream_word(line, 3), sizeof(column->group) / 4 - 1);
	memcpy(column->group, stream_word(line, 3), len);
	len = utf8_cut_letters(stream_word(line, 4), sizeof(column->head) / 4 - 1);
	memcpy(column->head, stream_word(line, 4), len);
	column->least = longest_word(m, column->head, true);
	column->natural = column->least;
}

static void measure_row(struct maker *m, const struct stream *line)
{
	struct part *part = &m->parts[m->parts_count ? m->parts_count - 1 : 0];
	char text[CELL_TEXT];

	if (!m->parts_count || line->count - 1 != part->count) {
		m->fault = MEDIA_FAULT_STREAM;
		return;
	}
	for (size_t i = 0; i < part->count && part->rows < SAMPLE_ROWS; i++) {
		struct pcolumn *column = &part->columns[i];
		float width, word;

		read_cell(m, stream_word(line, 1 + i), text);
		width = pdf_text_width(&m->pdf, text, strlen(text), false, m->size);
		word = longest_word(m, text, false);
		column->natural = width > column->natural ? width : column->natural;
		column->least = word > column->least ? word : column->least;
	}
	part->rows++;
}

static void measure_line(struct maker *m, const struct stream *line)
{
	const char *word = stream_word(line, 0);
	struct part *part = &m->parts[m->parts_count];
	size_t len;

	if (!strcmp(word, "column")) {
		measure_column(m, line);
	} else if (!strcmp(word, "row")) {
		measure_row(m, line);
	} else if (!strcmp(word, "part")) {
		if (m->parts_count == PARTS_MAX) {
			m->fault = MEDIA_FAULT_TOO_BIG;
			return;
		}
		m->parts_count++;
		part->columns = calloc(COLUMNS_MAX, sizeof(*part->columns));
		if (!part->columns)
			die("out of memory");
		len = utf8_cut_letters(stream_word(line, 2), sizeof(part->title) / 4 - 1);
		memcpy(part->title, stream_word(line, 2), len);
	} else if (strcmp(word, "title") && strcmp(word, "footer")) {
		m->fault = MEDIA_FAULT_STREAM;
	}
}

/* Give every column what it wants, or its longest word and a share of the rest. */
static void settle_widths(struct part *part, float across)
{
	float natural = 0, least = 0, wish = 0, spare;

	for (size_t i = 0; i < part->count; i++) {
		struct pcolumn *column = &part->columns[i];

		column->natural += 2 * PAD;
		column->least += 2 * PAD;
		if (column->natural < COLUMN_LEAST)
			column->natural = COLUMN_LEAST;
		if (column->least > column->natural)
			column->least = column->natural;
		natural += column->natural;
		least += column->least;
		wish += column->natural - column->least;
	}
	spare = across - least;
	for (size_t i = 0; i < part->count; i++) {
		struct pcolumn *column = &part->columns[i];

		if (natural <= across)
			column->width = column->natural;
		else if (spare > 0 && wish > 0)
			column->width = column->least + spare * (column->natural - column->least) / wish;
		else
			column->width = column->least * across / least;
	}
}

/* Room for `height` more; true when a new page had to be begun. */
static bool need(struct maker *m, float height)
{
	if (m->pdf.y + height <= pdf_floor(&m->pdf) || m->pdf.y <= m->pdf.top)
		return false;
	pdf_page(&m->pdf);
	return true;
}

static void put_text(struct maker *m, const char *text, bool bold, float size, enum pdf_align align)
{
	do {
		size_t pass, len = pdf_line(&m->pdf, text, pdf_across(&m->pdf), bold, size, &pass);

		(void)need(m, size * LEADING);
		pdf_put(&m->pdf, text, len, m->pdf.left, m->pdf.y, pdf_across(&m->pdf), align, bold, size);
		m->pdf.y += size * LEADING;
		text += pass;
	} while (*text);
}

/* One framed cell from column `from` on, over `over` columns. */
static void put_cell(struct maker *m, const struct part *part, size_t from, size_t over, const char *text, float height,
		     bool head)
{
	float x = m->pdf.left, y = m->pdf.y + PAD / 2, width = 0;

	for (size_t i = 0; i < from; i++)
		x += part->columns[i].width;
	for (size_t i = from; i < from + over; i++)
		width += part->columns[i].width;
	while (*text && y < pdf_floor(&m->pdf)) {
		size_t pass, len = pdf_line(&m->pdf, text, width - 2 * PAD, head, m->size, &pass);

		pdf_put(&m->pdf, text, len, x + PAD, y, width - 2 * PAD,
			head ? PDF_CENTER : part->columns[from].right ? PDF_RIGHT : PDF_LEFT, head, m->size);
		y += m->size * LEADING;
		text += pass;
	}
	pdf_rule(&m->pdf, x, m->pdf.y, x + width, m->pdf.y);
	pdf_rule(&m->pdf, x, m->pdf.y + height, x + width, m->pdf.y + height);
	pdf_rule(&m->pdf, x, m->pdf.y, x, m->pdf.y + height);
	pdf_rule(&m->pdf, x + width, m->pdf.y, x + width, m->pdf.y + height);
}

static float cell_height(const struct maker *m, const char *text, float width, bool bold)
{
	return (float)pdf_lines(&m->pdf, text, width - 2 * PAD, bold, m->size) * m->size * LEADING + PAD;
}

/* The words over several columns. */
static void put_groups(struct maker *m, const struct part *part)
{
	float height = m->size * LEADING + PAD;
	bool any = false;

	for (size_t i = 0; i < part->count; i++)
		any = any || *part->columns[i].group;
	if (!any)
		return;
	for (size_t i = 0, to; i < part->count; i = to) {
		float width = part->columns[i].width, here;

		for (to = i + 1; *part->columns[i].group && to < part->count &&
				 !strcmp(part->columns[to].group, part->columns[i].group); to++)
			width += part->columns[to].width;
		here = cell_height(m, part->columns[i].group, width, true);
		height = here > height ? here : height;
	}
	for (size_t i = 0, to; i < part->count; i = to) {
		for (to = i + 1; *part->columns[i].group && to < part->count &&
				 !strcmp(part->columns[to].group, part->columns[i].group); to++)
			;
		put_cell(m, part, i, to - i, part->columns[i].group, height, true);
	}
	m->pdf.y += height;
}

static void put_heads(struct maker *m, const struct part *part)
{
	float height = 0;

	for (size_t i = 0; i < part->count; i++) {
		float here = cell_height(m, part->columns[i].head, part->columns[i].width, true);

		height = here > height ? here : height;
	}
	(void)need(m, 4 * height);
	put_groups(m, part);
	for (size_t i = 0; i < part->count; i++)
		put_cell(m, part, i, 1, part->columns[i].head, height, true);
	m->pdf.y += height;
	m->headed = true;
}

static void draw_row(struct maker *m, const struct stream *line)
{
	const struct part *part = &m->parts[m->at - 1];
	float height = 0;

	if (!m->headed)
		put_heads(m, part);
	for (size_t i = 0; i < part->count; i++) {
		float here;

		read_cell(m, stream_word(line, 1 + i), m->cells[i]);
		here = cell_height(m, m->cells[i], part->columns[i].width, false);
		height = here > height ? here : height;
	}
	if (need(m, height))
		put_heads(m, part);
	for (size_t i = 0; i < part->count; i++)
		put_cell(m, part, i, 1, m->cells[i], height, false);
	m->pdf.y += height;
}

static void draw_line(struct maker *m, const struct stream *line)
{
	const char *word = stream_word(line, 0);

	if (!strcmp(word, "title")) {
		put_text(m, stream_word(line, 1), true, m->size * 1.4F, PDF_CENTER);
	} else if (!strcmp(word, "footer")) {
		if (m->at && !m->headed)
			put_heads(m, &m->parts[m->at - 1]);
		if (m->headed)
			m->pdf.y += m->size / 2;
		put_text(m, stream_word(line, 1), false, m->size, PDF_LEFT);
	} else if (!strcmp(word, "part")) {
		if (m->at && !m->headed)
			put_heads(m, &m->parts[m->at - 1]);
		m->headed = false;
		m->pdf.y += m->size;
		if (*m->parts[m->at].title)
			put_text(m, m->parts[m->at].title, true, m->size * 1.1F, PDF_LEFT);
		m->at++;
	} else if (!strcmp(word, "row")) {
		draw_row(m, line);
	}
}

/* Walk the stream; false when it is none. */
static void walk(struct maker *m, const struct buf *in, void (*each)(struct maker *m, const struct stream *line))
{
	struct stream line;
	bool ended = false;

	stream_init(&line, in->data, in->len);
	if (!stream_next(&line) || strcmp(stream_word(&line, 0), "motcua-table") || strcmp(stream_word(&line, 1), "1"))
		m->fault = MEDIA_FAULT_STREAM;
	m->english = !strcmp(stream_word(&line, 2), "en");
	while (!m->fault && !ended && stream_next(&line)) {
		ended = !strcmp(stream_word(&line, 0), "end");
		if (!ended)
			each(m, &line);
		if (!m->fault)
			m->fault = m->pdf.fault;
	}
	if (!m->fault && !ended)
		m->fault = MEDIA_FAULT_STREAM;
	stream_done(&line);
}

/* Upright when every part fits so; else on its side, in smaller letters if it must be. */
static void choose_sheet(struct maker *m)
{
	float most = 0;

	for (size_t p = 0; p < m->parts_count; p++) {
		float natural = 0;

		for (size_t i = 0; i < m->parts[p].count; i++)
			natural += m->parts[p].columns[i].natural + 2 * PAD;
		most = natural > most ? natural : most;
	}
	if (most > pdf_across(&m->pdf)) {
		m->pdf.width = 297 * MM;
		m->pdf.height = 210 * MM;
	}
	for (size_t p = 0; p < m->parts_count; p++)
		settle_widths(&m->parts[p], pdf_across(&m->pdf));
}

enum media_fault run_table_pdf(const struct buf *in, struct buf *out)
{
	struct maker *m = calloc(1, sizeof(*m));
	enum media_fault fault;

	if (!m)
		die("out of memory");
	for (size_t i = 0; i < COLUMNS_MAX; i++) {
		m->cells[i] = calloc(1, CELL_TEXT);
		if (!m->cells[i])
			die("out of memory");
	}
	m->size = 7.5F;
	m->fault = pdf_begin(&m->pdf, 210 * MM, 297 * MM, MARGIN);
	if (!m->fault)
		walk(m, in, measure_line);
	if (!m->fault) {
		choose_sheet(m);
		pdf_page(&m->pdf);
		walk(m, in, draw_line);
		if (m->at && !m->headed)
			put_heads(m, &m->parts[m->at - 1]);
	}
	if (m->fault)
		m->pdf.fault = m->fault;
	fault = pdf_end(&m->pdf, out);
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		free(m->cells[i]);
	for (size_t i = 0; i < m->parts_count; i++)
		free(m->parts[i].columns);
	free(m);
	return fault;
}
