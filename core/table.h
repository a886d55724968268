/*
 * table.h - what a report gives: parts of rows of typed cells, and the
 * writers that put it on a terminal, into JSON lines, CSV, or a stream for a
 * program that makes XLSX or PDF of it.
 *
 * Pure but for memory; out of memory is die(). A table owns its texts; column
 * descriptions are static. A cell is a value, null, or absent (the row has no
 * such thing: JSON leaves the name out, the rest is empty). Numbers are kept
 * in the unit of their column and shown only at the end.
 *
 * The stream (table_write_stream) is lines of tab-separated words, in which
 * \t, \n and \\ stand for tab, line end and backslash:
 *   motcua-table 1 LANG
 *   title TEXT                    lines over the table, from the top
 *   part NAME TITLE
 *   column NAME TYPE GROUP TITLE  TYPE: text code number vnd percent decimal bool date time
 *   row CELL...                   one word a column: "" nothing, else a letter and the value:
 *                                 s text, n number (percent: of a hundred, so 90.21), d date, t time, b 0 or 1
 *   footer TEXT                   lines under the table
 *   end
 * A reader refuses a stream without `end`. Cells of type code stay text, however they look.
 */
#ifndef MOTCUA_TABLE_H
#define MOTCUA_TABLE_H

#include "db/base/clock.h"
#include "db/base/wire.h"

enum column_type {
	COLUMN_TEXT,
	COLUMN_CODE,    /* text that may look like a number: ids, phones, codes */
	COLUMN_TEXTS,   /* several short texts */
	COLUMN_INT,
	COLUMN_VND,
	COLUMN_PERCENT, /* hundredths of a percent */
	COLUMN_DECIMAL, /* millionths */
	COLUMN_BOOL,
	COLUMN_DATE,    /* dayno */
	COLUMN_TIME,    /* msec */
};

enum column_flag {
	COLUMN_DATA = 1 << 0,  /* for programs only: JSON, CSV */
	COLUMN_PAPER = 1 << 1, /* for people only: terminal, stream, screens */
};

/* What people read for a value of a column of words; ends with value NULL. */
struct shown {
	const char *value;
	struct words words;
};

struct column {
	const char *name;
	enum column_type type;
	unsigned flags;
	struct words group; /* over several columns; "" for none */
	struct words title;
	/* NULL: as it is. What it shows for the first column of a row, if that is data, labels the row on paper. */
	const struct shown *shown;
};

struct tcell {
	int64_t num; /* or where its text begins */
	uint8_t kind; /* enum tcell_kind */
};
enum tcell_kind { TCELL_ABSENT, TCELL_NULL, TCELL_NUM, TCELL_TEXT };

struct table_part {
	const char *name;
	struct words title; /* "" for none */
	const struct column *columns;
	size_t columns_count;
	struct tcell *cells; /* row by row */
	size_t cells_count, cells_cap;
};

enum {
	TABLE_PARTS_MAX = 12,
	TABLE_COLUMNS_MAX = 64,
	TABLE_TEXT_MAX = 1 << 30, /* bytes of all texts together */
};

struct table {
	struct table_part parts[TABLE_PARTS_MAX];
	size_t parts_count;
	struct buf text;
	struct buf titles, footers; /* lines, each with its line end */
};

void table_init(struct table *table);
void table_done(struct table *table);
/* One more line over or under the table, in `lang`; both sentences take the same arguments. */
void table_say_title(struct table *table, enum lang lang, const char *vi, const char *en, ...)
	PRINTF_LIKE(3, 5) PRINTF_LIKE(4, 5);
void table_say_footer(struct table *table, enum lang lang, const char *vi, const char *en, ...)
	PRINTF_LIKE(3, 5) PRINTF_LIKE(4, 5);

/* A new part; cells are then given from left to right, row after row. */
void table_part(struct table *table, const char *name, const struct column *columns, size_t count,
		struct words title);
void table_num(struct table *table, int64_t value); /* MSEC_NONE: null */
void table_day(struct table *table, dayno day);     /* DAYNO_NONE: null */
void table_bool(struct table *table, bool value);
void table_text(struct table *table, const char *text); /* NULL or "": null */
void table_null(struct table *table);
void table_absent(struct table *table);
/* As many absent cells as the row still wants. */
void table_row_end(struct table *table);

size_t table_rows(const struct table_part *part);
const struct tcell *table_cell(const struct table_part *part, size_t row, size_t column);
/* Append the cell as people read it; nothing for absent, "-" for a null figure. */
void table_show(const struct table *table, const struct table_part *part, size_t row, size_t column,
		enum lang lang, struct buf *out);
/* Is the column of figures, to be set on the right? */
bool column_right(const struct column *column);

/* Writers append to `out`; past its ceiling `out` is full. */
void table_write_text(const struct table *table, enum lang lang, struct buf *out);
void table_write_json(const struct table *table, struct buf *out);
/* One header over all parts: the names in the order they first occur. RFC 4180, UTF-8. */
void table_write_csv(const struct table *table, struct buf *out);
void table_write_stream(const struct table *table, enum lang lang, struct buf *out);

#endif
