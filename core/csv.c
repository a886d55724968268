/*
 * csv.c - libcsv splits, the field tables read. libcsv gets one line of the
 * file at a time, so that a row knows on which line it began.
 */
#include "core/csv.h"

#include <csv.h>
#include <stdio.h>
#include <string.h>

#include "core/value.h"

enum { CELLS_MAX = 1 << 20 };

struct walk {
	const struct csv_reader *reader;
	struct buf cells;	    /* texts of the row being read, a NUL after each */
	size_t at[CSV_COLUMNS_MAX]; /* where each begins */
	size_t count;		    /* cells of this row, also past the last that fits */
	bool has_nul;
	const struct field *columns[CSV_COLUMNS_MAX];
	size_t columns_count;  /* 0 until the first row */
	size_t line, row_line; /* being fed; where the row began */
	bool open, ended;      /* a row goes on over a line end; a row ended in this line */
	struct rec rec, whole;
	bool faulty;
	enum rc stop; /* not RC_OK: the walk ends with it */
	struct err *err;
};

static void fault(struct walk *walk, const struct err *why)
{
	walk->faulty = true;
	walk->reader->fault(walk->reader->ctx, walk->row_line, why);
}

static void on_cell(void *text, size_t len, void *ctx)
{
	struct walk *walk = ctx;

	if (walk->count < CSV_COLUMNS_MAX) {
		walk->at[walk->count] = walk->cells.len;
		buf_add(&walk->cells, text, len);
		buf_byte(&walk->cells, 0);
		walk->has_nul = walk->has_nul || (len && memchr(text, 0, len));
	}
	walk->count++;
}

static const char *cell_at(const struct walk *walk, size_t column)
{
	return (const char *)walk->cells.data + walk->at[column];
}

/* A name that may be printed. */
static void safe_name(const char *name, char out[48])
{
	size_t len = 0;

	for (; len < 47 && name[len]; len++)
		out[len] = name[len] > ' ' && name[len] < 0x7f ? name[len] : '?';
	out[len] = '\0';
}

static bool has_column(const struct walk *walk, const struct field *field)
{
	for (size_t i = 0; i < walk->columns_count; i++)
		if (walk->columns[i] == field)
			return true;
	return false;
}

static enum rc read_column(struct walk *walk, const char *name, struct err *why)
{
	const struct field *field = field_named(rec_type(walk->reader->kind)->fields, name);
	char safe[48];

	safe_name(name, safe);
	if (!field || field->type == FIELD_LIST)
		return err_field(why, *safe ? safe : "?", "không có cột này", "there is no such column");
	if (has_column(walk, field))
		return err_field(why, safe, "cột này có hai lần", "this column stands twice");
	walk->columns[walk->columns_count++] = field;
	return RC_OK;
}

static enum rc read_header(struct walk *walk, struct err *why)
{
	if (walk->count > CSV_COLUMNS_MAX || walk->cells.full || walk->has_nul)
		return err_field(why, "?", "dòng đầu không phải tên cột",
				 "the first line does not name columns");
	for (size_t i = 0; i < walk->count; i++)
		if (read_column(walk, cell_at(walk, i), why))
			return RC_INPUT;
	for (const struct field *field = rec_type(walk->reader->kind)->fields; field->tag; field++)
		if (field->flags & FIELD_REQUIRED && !has_column(walk, field))
			return err_field(why, field->name, "thiếu cột này", "this column is missing");
	return RC_OK;
}

static enum rc fill(struct walk *walk, struct err *why)
{
	rec_clear(&walk->rec, walk->reader->kind);
	for (size_t i = 0; i < walk->columns_count; i++) {
		const struct path path = path_of(walk->columns[i]->tag);
		const char *text = cell_at(walk, i);

		if (!*text)
			rec_set_unset(&walk->rec, &path);
		else if (value_parse(walk->columns[i], text, &walk->rec, &path, why))
			return RC_INPUT;
	}
	rec_clear(&walk->whole, walk->reader->kind);
	rec_apply(&walk->whole, &walk->rec);
	return rec_check(&walk->whole, false, why);
}

static enum rc read_row(struct walk *walk, struct err *why)
{
	if (walk->count != walk->columns_count)
		return err_field(why, "?", "dòng có %zu ô, dòng đầu có %zu cột",
				 "%zu cells under %zu columns", walk->count, walk->columns_count);
	if (walk->cells.full || walk->has_nul)
		return err_field(why, "?", "dòng quá dài hoặc có ký tự NUL",
				 "the line is too long or holds a NUL");
	return fill(walk, why);
}

static void on_row(int end, void *ctx)
{
	struct walk *walk = ctx;
	struct err why = { 0 };
	bool is_header = !walk->columns_count;
	enum rc rc;

	(void)end;
	if (!walk->stop) {
		rc = is_header ? read_header(walk, &why) : read_row(walk, &why);
		if (!rc && !is_header)
			rc = walk->reader->row(walk->reader->ctx, walk->row_line, &walk->rec, &why);
		if (rc == RC_INPUT)
			fault(walk, &why);
		if (rc && (is_header || rc != RC_INPUT)) {
			walk->stop = rc;
			if (walk->err)
				*walk->err = why;
		}
	}
	buf_clear(&walk->cells);
	walk->count = 0;
	walk->has_nul = false;
	walk->ended = true;
}

/* Semicolons in the first row and no comma. */
static unsigned char delimiter_of(const char *data, size_t len)
{
	const char *end = memchr(data, '\n', len);
	size_t first = end ? (size_t)(end - data) : len;

	return len && memchr(data, ';', first) && !memchr(data, ',', first) ? ';' : ',';
}

static bool is_blank(const char *data, size_t len)
{
	while (len && (data[len - 1] == '\n' || data[len - 1] == '\r' || data[len - 1] == ' ' ||
		       data[len - 1] == '\t'))
		len--;
	return !len;
}

static enum rc feed(struct walk *walk, struct csv_parser *parser, const char *data, size_t len)
{
	while (len && !walk->stop) {
		const char *end = memchr(data, '\n', len);
		size_t take = end ? (size_t)(end - data) + 1 : len;

		walk->line++;
		if (!walk->open)
			walk->row_line = walk->line;
		walk->ended = false;
		if (csv_parse(parser, data, take, on_cell, on_row, walk) != take)
			return RC_INPUT;
		walk->open = !walk->ended && (walk->open || !is_blank(data, take));
		data += take;
		len -= take;
	}
	return csv_fini(parser, on_cell, on_row, walk) ? RC_INPUT : RC_OK;
}

enum rc csv_read(const struct csv_reader *reader, const char *data, size_t len, struct err *err)
{
	struct walk walk = { .reader = reader, .cells = BUF(CELLS_MAX), .err = err };
	struct csv_parser parser;
	struct err why;

	if (len >= 3 && !memcmp(data, "\xef\xbb\xbf", 3)) {
		data += 3;
		len -= 3;
	}
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL))
		die("out of memory");
	csv_set_delim(&parser, delimiter_of(data, len));
	rec_init(&walk.rec, reader->kind);
	rec_init(&walk.whole, reader->kind);
	if (feed(&walk, &parser, data, len)) {
		(void)err_field(&why, "?", "dấu ngoặc kép không đúng chỗ hoặc không đóng",
				"a quote that is misplaced or never closed");
		fault(&walk, &why);
	} else if (!walk.columns_count && !walk.faulty) {
		walk.row_line = 1;
		(void)err_field(&why, "?", "tệp trống", "the file is empty");
		fault(&walk, &why);
	}
	csv_free(&parser);
	rec_done(&walk.rec);
	rec_done(&walk.whole);
	buf_wipe_done(&walk.cells);
	if (walk.stop && walk.stop != RC_INPUT)
		return walk.stop;
	if (walk.faulty)
		return err_set(err, RC_INPUT, "Tệp có dòng sai; chưa có gì thay đổi.",
			       "The file has faulty lines; nothing was changed.");
	return RC_OK;
}
