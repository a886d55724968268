/*
 * paper_fill.h - what the parts of filling a template share: for core/rules/paper*.c only.
 *
 * Pure. A piece points into the template; a fill is one walk over it.
 */
#ifndef MOTCUA_PAPER_FILL_H
#define MOTCUA_PAPER_FILL_H

#include "core/rules/paper.h"

enum { PAPER_NAME_MAX = 40 }; /* bytes of a name, NUL included */

enum block_kind { BLOCK_LIST, BLOCK_IF, BLOCK_UNLESS };

struct block {
	enum block_kind kind;
	char name[PAPER_NAME_MAX];
	const char *body;   /* first line after it */
	size_t body_line;
	const struct paper_rows *rows; /* BLOCK_LIST; NULL: none */
	size_t row;         /* from 0 */
	bool shown;
};

struct fill {
	const struct paper_word *words; /* with name NULL at the end */
	const struct paper_facts *facts; /* NULL: only checking */
	const char *at, *end; /* the template */
	size_t line;
	struct block blocks[PAPER_DEPTH];
	size_t depth;
	size_t columns; /* of the table that is open; 0: none */
	bool any;       /* something was put: @paper comes too late */
	struct buf *out;
	struct err *err;
};

/* A piece of the template. */
struct piece {
	const char *text;
	size_t len;
};

/* RC_INPUT, naming the line of the template that is being read. */
enum rc paper_say_wrong(struct fill *f, const char *vi, const char *en);
struct piece paper_trim(struct piece p);
/* The name at the front of `p`, copied; 0 when there is none or it is too long. */
size_t paper_take_name(struct piece p, char out[PAPER_NAME_MAX]);
/* What is known by a name: in the rows around it, innermost first, then of the paper. False: no such name. */
bool paper_look_up(const struct fill *f, const char *name, char number[24], const char **out);
bool paper_knows_list(const struct fill *f, const char *list);
/* NULL when the list has no rows. */
const struct paper_rows *paper_rows_of(const struct fill *f, const char *list);
/* "20", ">20" ..: false when it is no format. */
bool paper_format(struct piece p, char *how, size_t *width);
/* Text with its holes filled, added to `out`. */
enum rc paper_fill_text(struct fill *f, struct piece p, struct buf *out) MUST_CHECK;

/* The sheet, when the template did not begin by naming it. */
void paper_head(struct fill *f);
/* A line that begins with @. */
enum rc paper_directive(struct fill *f, struct piece line) MUST_CHECK;
enum rc paper_paragraph(struct fill *f, size_t indent, struct piece text) MUST_CHECK;

#endif
