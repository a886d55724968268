/*
 * csv.h - rows of a CSV file as records, by the field tables.
 *
 * RFC 4180, UTF-8, with or without a byte order mark, LF or CR LF. The first
 * row names fields of the kind, in any order; a file whose first row has
 * semicolons and no comma is read with semicolons, as spreadsheets here write
 * them. Cells are what core/value.h reads. Faults are told by line and never
 * hold what a cell said. No store, no I/O.
 */
#ifndef MOTCUA_CSV_H
#define MOTCUA_CSV_H

#include "db/rec.h"

enum { CSV_FILE_MAX = 64 << 20, CSV_COLUMNS_MAX = 64 };

struct csv_reader {
	enum rec_kind kind;
	void *ctx;
	/*
	 * A row: cells set, and CELL_UNSET where a column is there and its cell is empty. What is
	 * required is set. An RC_INPUT answer is a fault of this row, anything else ends the walk.
	 */
	enum rc (*row)(void *ctx, size_t line, const struct rec *rec, struct err *err);
	/* A fault; the walk goes on behind it. */
	void (*fault)(void *ctx, size_t line, const struct err *err);
};

/*
 * Walk all rows. RC_INPUT when there was a fault (each was told already): an unknown, doubled or
 * missing column, a bad quote, a wrong number of cells, a value its field does not take.
 */
enum rc csv_read(const struct csv_reader *reader, const char *data, size_t len, struct err *err) MUST_CHECK;

#endif
