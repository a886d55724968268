/*
 * paper.h - from a template and facts to a paper, as lines that a text
 * printer and a PDF maker lay out.
 *
 * A template is a text file a ward may edit. A line of it is
 *
 *   # ...                     a remark
 *   @paper A5|A4|A4L          the sheet (A4L: on its side); A5 without; once, before any text
 *   @two LEFT | RIGHT         two halves of the sheet, each centred
 *   @center TEXT              centred
 *   @line                     a rule
 *   @gap N                    N empty lines, for a hand to sign
 *   @code TEXT                TEXT as a QR code in the corner (nothing in plain text)
 *   @columns W TITLE | ...    begins a table; W letters wide, * the rest; >W sets it on the right
 *   @row CELL | CELL          a row of it
 *   @page                     a new sheet
 *   anything else             a paragraph; blanks before it are its indent, an empty line is one
 *
 * A * before the text of a half, a centred line or a paragraph makes it bold. In the text
 *
 *   {name}                    what is known by that name, nothing when nothing is
 *   {name:20} {name:>20} {name:^20}   in 20 columns, cut or filled up: left, right, centred
 *   {name:.20}                20 dots when nothing is known, to be written by hand
 *   {{ }}                     braces
 *
 * and on a line of its own, up to its {/name} and at most PAPER_DEPTH deep
 *
 *   {#list}                   the lines once for every row of a list; {n} counts them from 1
 *   {?name} {!name}           the lines only if something is (not) known by that name, or the list has rows
 *
 * {?name} and {!name} may also stand before the text of one line. Facts are data: whatever
 * they hold, they never become directives. Pure but for memory; no recursion.
 *
 * The lines that come out are tab-separated words (db/base/stream.h):
 *   motcua-paper 1 SIZE
 *   two STYLE LEFT STYLE RIGHT     STYLE: b bold, n not
 *   center STYLE TEXT
 *   text STYLE INDENT TEXT
 *   line / gap N / code TEXT / page
 *   columns WIDTH TITLE ...        WIDTH: digits (0: the rest), > before them: right
 *   row CELL ...
 *   end
 */
#ifndef MOTCUA_PAPER_H
#define MOTCUA_PAPER_H

#include "db/base/buf.h"

enum {
	PAPER_TEMPLATE_MAX = 64 << 10, /* bytes of one */
	PAPER_LINE_MAX = 4096,         /* bytes of one line of it */
	PAPER_DEPTH = 8,
	PAPER_COLUMNS_MAX = 20,
	PAPER_ROWS_MAX = 100000,   /* of all lists together */
	PAPER_OUT_MAX = 128 << 20, /* bytes that come out */
};

/* A name a template may use: of the paper, or of the rows of `list`. */
struct paper_word {
	const char *name, *list; /* list NULL: of the paper; name NULL ends the table */
	struct words meaning;
};

struct paper_facts {
	const struct paper_word *words;
	size_t words_count;
	struct buf text;     /* what is known, each with its NUL; 0 is "" */
	uint32_t *globals;   /* by word */
	struct paper_rows {
		const char *list;
		size_t first, count; /* rows */
	} lists[16];
	size_t lists_count;
	uint32_t *cells;     /* row by row, by word */
	size_t rows, rows_cap;
};

void paper_facts_init(struct paper_facts *facts, const struct paper_word *words);
void paper_facts_done(struct paper_facts *facts);
/* Say what is known by a name of the table; the text is copied. */
void paper_put(struct paper_facts *facts, const char *name, const char *text);
/* A row of a list; rows of one list come one after the other. Past PAPER_ROWS_MAX nothing is kept. */
void paper_row(struct paper_facts *facts, const char *list);
/* In the row begun last. */
void paper_put_row(struct paper_facts *facts, const char *name, const char *text);

/* RC_INPUT with the line of the template that cannot be understood, whatever the facts are. */
enum rc paper_check(const char *text, size_t len, const struct paper_word *words, struct err *err) MUST_CHECK;
/* Append the lines. RC_INPUT as paper_check, RC_FULL: more than `out` takes. */
enum rc paper_fill(const char *text, size_t len, const struct paper_facts *facts, struct buf *out,
		   struct err *err) MUST_CHECK;

#endif
