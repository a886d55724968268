/* xlsx.c - a table (core/table.h) as a workbook: a sheet a part, ids and codes as text. */
#define _GNU_SOURCE /* memfd_create */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "db/base/clock.h"
#include "db/base/file.h"
#include "db/base/stream.h"
#include "db/base/utf8.h"
#include "tui/media/run.h"

enum {
	COLUMNS_MAX = 64,
	ROWS_MAX = LXW_ROW_MAX - 64,
	SHEETS_MAX = 64,
	NAME_LETTERS = 31,
	CELL_LETTERS = 32000,
	WIDTH_MIN = 6,
	WIDTH_MAX = 60,
	SAMPLE_ROWS = 2000, /* rows that decide how wide a column is */
};

enum shape { PLAIN, CODE, WHOLE, DECIMAL, PERCENT, DATE, TIME, HEAD, TITLE, SHAPES };

struct book {
	lxw_workbook *workbook;
	lxw_worksheet *sheet;
	lxw_format *formats[SHAPES];
	struct buf titles;            /* lines, each with its NUL */
	enum shape shapes[COLUMNS_MAX];
	char groups[COLUMNS_MAX][200], heads[COLUMNS_MAX][200];
	size_t widths[COLUMNS_MAX];
	size_t columns, sheets;
	lxw_row_t row;                /* the next one */
	size_t rows;                  /* of this sheet */
	bool english, headed;
	enum media_fault fault;
};

static void note(struct book *b, lxw_error error)
{
	if (error && !b->fault)
		b->fault = error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE ? MEDIA_FAULT_TOO_BIG : MEDIA_FAULT_FAILED;
}

static void make_formats(struct book *b)
{
	static const char *const shown[SHAPES] = {
		[CODE] = "@", [WHOLE] = "#,##0", [DECIMAL] = "0.##", [PERCENT] = "0.00%", [DATE] = "dd/mm/yyyy",
		[TIME] = "hh:mm dd/mm/yyyy",
	};

	for (int i = PLAIN + 1; i < SHAPES; i++) { /* PLAIN is none, which the library writes faster */
		b->formats[i] = workbook_add_format(b->workbook);
		if (shown[i])
			format_set_num_format(b->formats[i], shown[i]);
	}
	format_set_bold(b->formats[TITLE]);
	format_set_bold(b->formats[HEAD]);
	format_set_text_wrap(b->formats[HEAD]);
	format_set_align(b->formats[HEAD], LXW_ALIGN_CENTER);
	format_set_align(b->formats[HEAD], LXW_ALIGN_VERTICAL_CENTER);
	format_set_border(b->formats[HEAD], LXW_BORDER_THIN);
}

/* A text no longer than a cell may hold. */
static void put_string(struct book *b, lxw_col_t col, const char *text, enum shape shape)
{
	char *cut;

	if (utf8_letters(text) <= CELL_LETTERS) {
		note(b, worksheet_write_string(b->sheet, b->row, col, text, b->formats[shape]));
		return;
	}
	cut = strndup(text, utf8_cut_letters(text, CELL_LETTERS));
	if (!cut)
		die("out of memory");
	note(b, worksheet_write_string(b->sheet, b->row, col, cut, b->formats[shape]));
	free(cut);
}

/* What sheets may be called: no []:*?/\, at most 31 letters, each name once. */
static void sheet_name(struct book *b, const char *title, char out[NAME_LETTERS * 4 + 8])
{
	char bare[NAME_LETTERS * 4 + 1];
	size_t len = utf8_cut_letters(title, NAME_LETTERS - 4);

	if (len >= sizeof(bare))
		len = 0;
	memcpy(bare, title, len);
	bare[len] = '\0';
	for (char *c = bare; *c; c++)
		if (strchr("[]:*?/\\'\n", *c))
			*c = ' ';
	if (b->sheets)
		(void)snprintf(out, NAME_LETTERS * 4 + 8, "%zu %s", b->sheets + 1, bare);
	else
		(void)snprintf(out, NAME_LETTERS * 4 + 8, "%s", *bare ? bare : "1");
}

static void close_sheet(struct book *b)
{
	if (!b->sheet)
		return;
	for (size_t i = 0; i < b->columns; i++) {
		size_t width = b->widths[i] + 2;

		width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
		note(b, worksheet_set_column(b->sheet, (lxw_col_t)i, (lxw_col_t)i, (double)width, NULL));
	}
}

static void open_part(struct book *b, const struct stream *line)
{
	const char *title = *stream_word(line, 2) ? stream_word(line, 2) : stream_word(line, 1);
	char name[NAME_LETTERS * 4 + 8];

	close_sheet(b);
	if (b->sheets == SHEETS_MAX) {
		b->fault = MEDIA_FAULT_TOO_BIG;
		return;
	}
	sheet_name(b, title, name);
	b->sheet = workbook_add_worksheet(b->workbook, name);
	if (!b->sheet) {
		b->fault = MEDIA_FAULT_FAILED;
		return;
	}
	b->sheets++;
	b->columns = b->rows = 0;
	b->row = 0;
	b->headed = false;
	memset(b->widths, 0, sizeof(b->widths));
	if (b->sheets == 1)
		for (size_t at = 0; at < b->titles.len; at += strlen((const char *)b->titles.data + at) + 1, b->row++)
			put_string(b, 0, (const char *)b->titles.data + at, TITLE);
	if (*stream_word(line, 2)) {
		put_string(b, 0, stream_word(line, 2), TITLE);
		b->row++;
	}
}

static enum shape shape_of(const char *type)
{
	static const struct {
		const char *type;
		enum shape shape;
	} shapes[] = {
		{ "code", CODE },    { "number", WHOLE }, { "vnd", WHOLE }, { "percent", PERCENT }, { "decimal", DECIMAL },
		{ "date", DATE },    { "time", TIME },
	};

	for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
		if (!strcmp(shapes[i].type, type))
			return shapes[i].shape;
	return PLAIN;
}

static void take_column(struct book *b, const struct stream *line)
{
	if (!b->sheet || b->headed || b->columns == COLUMNS_MAX) {
		b->fault = MEDIA_FAULT_STREAM;
		return;
	}
	b->shapes[b->columns] = shape_of(stream_word(line, 2));
	(void)snprintf(b->groups[b->columns], sizeof(b->groups[0]), "%s", stream_word(line, 3));
	(void)snprintf(b->heads[b->columns], sizeof(b->heads[0]), "%s", stream_word(line, 4));
	b->widths[b->columns] = utf8_cols(b->heads[b->columns]) / 2;
	b->columns++;
}

/* Words over several columns, each over all of its own. */
static void put_groups(struct book *b)
{
	bool any = false;

	for (size_t i = 0; i < b->columns; i++)
		any = any || *b->groups[i];
	if (!any)
		return;
	for (size_t i = 0; i < b->columns;) {
		size_t to = i + 1;

		while (*b->groups[i] && to < b->columns && !strcmp(b->groups[to], b->groups[i]))
			to++;
		if (to - i > 1)
			note(b, worksheet_merge_range(b->sheet, b->row, (lxw_col_t)i, b->row, (lxw_col_t)(to - 1),
						      b->groups[i], b->formats[HEAD]));
		else
			put_string(b, (lxw_col_t)i, b->groups[i], HEAD);
		i = to;
	}
	b->row++;
}

static void put_heads(struct book *b)
{
	if (b->headed || !b->sheet)
		return;
	put_groups(b);
	for (size_t i = 0; i < b->columns; i++)
		put_string(b, (lxw_col_t)i, b->heads[i], HEAD);
	b->row++;
	worksheet_freeze_panes(b->sheet, b->row, 0);
	b->headed = true;
}

static lxw_datetime moment(struct civil c, bool with_time)
{
	return (lxw_datetime){ c.year, c.month, c.day, with_time ? c.hour : 0, with_time ? c.minute : 0,
			       with_time ? c.second : 0 };
}

static void put_moment(struct book *b, lxw_col_t col, const char *value, bool with_time)
{
	lxw_datetime at;
	dayno day;
	msec time;

	if (with_time && !clock_parse(value, &time, NULL))
		at = moment(clock_civil(time), true);
	else if (!with_time && !clock_parse_date(value, &day, NULL))
		at = moment(dayno_civil(day), false);
	else {
		put_string(b, col, value, PLAIN);
		return;
	}
	if (at.year < 1900) /* sheets have no earlier days */
		put_string(b, col, value, PLAIN);
	else
		note(b, worksheet_write_datetime(b->sheet, b->row, col, &at, b->formats[with_time ? TIME : DATE]));
}

static void put_number(struct book *b, lxw_col_t col, const char *value, enum shape shape)
{
	char *end;
	double number = strtod(value, &end);

	if (!*value || *end || strspn(value, "0123456789.-") != strlen(value))
		put_string(b, col, value, PLAIN);
	else
		note(b, worksheet_write_number(b->sheet, b->row, col, shape == PERCENT ? number / 100 : number,
					       b->formats[shape]));
}

static size_t put_cell(struct book *b, size_t i, const char *word)
{
	lxw_col_t col = (lxw_col_t)i;
	const char *value = *word ? word + 1 : word;

	switch (*word) {
	case '\0':
		return 0;
	case 'n':
		put_number(b, col, value, b->shapes[i]);
		return strlen(value) * 4 / 3;
	case 'd':
		put_moment(b, col, value, false);
		return 10;
	case 't':
		put_moment(b, col, value, true);
		return 16;
	case 'b':
		value = *value == '1' ? (b->english ? "yes" : "có") : (b->english ? "no" : "không");
		put_string(b, col, value, PLAIN);
		return utf8_cols(value);
	case 's':
		put_string(b, col, value, b->shapes[i] == CODE ? CODE : PLAIN);
		return b->rows < SAMPLE_ROWS ? utf8_cols(value) : 0;
	default:
		b->fault = MEDIA_FAULT_STREAM;
		return 0;
	}
}

static void put_row(struct book *b, const struct stream *line)
{
	if (!b->sheet || line->count - 1 != b->columns) {
		b->fault = MEDIA_FAULT_STREAM;
		return;
	}
	put_heads(b);
	if (b->row >= ROWS_MAX) {
		b->fault = MEDIA_FAULT_TOO_BIG;
		return;
	}
	for (size_t i = 0; i < b->columns; i++) {
		size_t cols = put_cell(b, i, stream_word(line, 1 + i));

		b->widths[i] = cols > b->widths[i] ? cols : b->widths[i];
	}
	b->row++;
	b->rows++;
}

static void put_footer(struct book *b, const char *text)
{
	if (!b->sheet) {
		b->fault = MEDIA_FAULT_STREAM;
		return;
	}
	put_heads(b);
	b->row++;
	put_string(b, 0, text, PLAIN);
}

static void put_line(struct book *b, const struct stream *line)
{
	const char *word = stream_word(line, 0);

	if (!strcmp(word, "row")) {
		put_row(b, line);
	} else if (!strcmp(word, "column")) {
		take_column(b, line);
	} else if (!strcmp(word, "part")) {
		put_heads(b);
		open_part(b, line);
	} else if (!strcmp(word, "title")) {
		buf_text(&b->titles, stream_word(line, 1));
		buf_byte(&b->titles, 0);
	} else if (!strcmp(word, "footer")) {
		put_footer(b, stream_word(line, 1));
	} else {
		b->fault = MEDIA_FAULT_STREAM;
	}
}

static void put_stream(struct book *b, const struct buf *in)
{
	struct stream line;
	bool ended = false;

	stream_init(&line, in->data, in->len);
	if (!stream_next(&line) || strcmp(stream_word(&line, 0), "motcua-table") || strcmp(stream_word(&line, 1), "1"))
		b->fault = MEDIA_FAULT_STREAM;
	b->english = !strcmp(stream_word(&line, 2), "en");
	while (!b->fault && !ended && stream_next(&line)) {
		ended = !strcmp(stream_word(&line, 0), "end");
		if (!ended)
			put_line(b, &line);
	}
	if (!b->fault && (!ended || !b->sheet))
		b->fault = MEDIA_FAULT_STREAM;
	put_heads(b);
	close_sheet(b);
	stream_done(&line);
}

/* The library wants a file: one that lives in memory. */
static enum media_fault read_back(int fd, struct buf *out)
{
	return lseek(fd, 0, SEEK_SET) == 0 && !file_read_fd(fd, out, NULL) ? MEDIA_FINE : MEDIA_FAULT_TOO_BIG;
}

enum media_fault run_xlsx(const struct buf *in, struct buf *out)
{
	static char shm[] = "/dev/shm";
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = access(shm, W_OK) ? NULL : shm };
	struct book *b = calloc(1, sizeof(*b));
	char path[64];
	int fd = memfd_create("workbook", MFD_CLOEXEC);
	enum media_fault fault = MEDIA_FAULT_FAILED;

	if (!b)
		die("out of memory");
	b->titles = (struct buf)BUF(1 << 20);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (fd >= 0)
		b->workbook = workbook_new_opt(path, &options);
	if (b->workbook) {
		make_formats(b);
		put_stream(b, in);
		note(b, workbook_close(b->workbook));
		fault = b->fault ? b->fault : read_back(fd, out);
	}
	if (fd >= 0)
		(void)close(fd);
	buf_done(&b->titles);
	free(b);
	return fault;
}
