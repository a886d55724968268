/*
 * dlines.h - dossiers as lines of a list: worklists and search hits look alike.
 */
#ifndef MOTCUA_TUI_DLINES_H
#define MOTCUA_TUI_DLINES_H

#include "core/query.h"
#include "tui/list.h"

enum { DLINES_MAX = 10000, DLINES_COLS = 8 };

/* Orders: as the query gave them (by due date), or by what stands in a column. */
enum dlines_order { ORDER_GIVEN, ORDER_NAME, ORDER_CODE, ORDER_RECEIVED, ORDER_FIELD, ORDERS };

struct dline {
	size_t nth; /* as the query gave it */
	char code[44], name[204], procedure[404], field_name[84];
	char why[48];            /* of a search: which field met it */
	int state, level;
	msec received_at, due_at;
	int64_t days_left;
	bool paused;
};

/* Where a clerk was: kept over a reload, another order, another filter, and from visit to visit. */
struct dlines_place {
	char code[44]; /* under the cursor; "" none */
	size_t at, top;
};

struct dlines {
	struct dline *line;
	size_t count, room;
	struct list list;
	struct list_col cols[DLINES_COLS]; /* as wide as the codes and the room ask for */
	enum dlines_order order;
	bool reversed;
	enum lang lang;
	bool wide;  /* room for the procedure and the state */
	bool found; /* of a search: why each came stands in place of its field */
	struct dlines_place place;
	char (*kept)[44]; /* ticked before the reload, by code */
	size_t kept_count;
};

void dlines_init(struct dlines *lines, enum lang lang);
void dlines_done(struct dlines *lines);
/*
 * Cursor, first row shown and ticks stay with their dossiers; where one has gone, the cursor stays on its row.
 * Empty it, then give dlines_add to a query with `lines` as its ctx, then dlines_ready. */
void dlines_clear(struct dlines *lines);
query_visit dlines_add;
void dlines_ready(struct dlines *lines);
/* Where the clerk is now; and go there (after dlines_ready). */
void dlines_where(const struct dlines *lines, struct dlines_place *out);
void dlines_go(struct dlines *lines, const struct dlines_place *place);
/* Tick these and no others; dossiers that are not in the list are passed over. */
void dlines_tick(struct dlines *lines, const char *const *codes, size_t count);
/* The first shown row from the cursor on, and round, whose code ends with `digits`; false when there is none. */
bool dlines_jump(struct dlines *lines, const char *digits);
/* Another order, names as people are listed here (given name first); the order stays over a reload. */
void dlines_sort(struct dlines *lines, enum dlines_order order, bool reversed);
const struct words *dlines_order_words(enum dlines_order order);
/* The line under the cursor, NULL when there is none. */
const struct dline *dlines_at(const struct dlines *lines);
/* The list, and in the last row the whole procedure of the one under the cursor. */
void dlines_draw(struct dlines *lines, struct canvas *canvas, struct area area, bool focused);
/* "trễ 3", "hôm nay", "còn 2", or what it waits for. */
const char *dlines_when(const struct dline *line, enum lang lang, char *out, size_t size, enum style *style);

#endif
