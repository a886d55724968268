/*
 * list.h - rows in columns: moving, filtering, tagging.
 *
 * The rows are the owner's: the list asks for a cell's text when it draws or
 * filters. It owns only which rows are shown and tagged (list_done). A filter
 * folds both sides (vn_fold): every word of it must stand in the row. The
 * position is kept by row number; when rows change, the owner says where.
 */
#ifndef MOTCUA_TUI_LIST_H
#define MOTCUA_TUI_LIST_H

#include "db/base/buf.h"
#include "tui/action.h"
#include "tui/draw.h"

enum {
	LIST_CELL = 256,     /* bytes of a cell's text, NUL included */
	LIST_COLS = 10,
	LIST_ROWS = 100000,
	LIST_FIRST = 10,     /* linear mode: one digit is a command, rows count from here */
	LIST_SPOKEN = 14,    /* linear mode: rows at once */
};

struct list_col {
	struct words title;
	int width;  /* columns; 0: what is left (one column only) */
	bool right; /* numbers */
};

/* The text of a cell; *style may be set to something else than STYLE_TEXT. */
typedef void list_cell_fn(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style);

struct list {
	const struct list_col *cols;
	size_t col_count, filter_cols; /* drawn; looked at by the filter */
	list_cell_fn *cell;
	void *ctx;
	size_t count;          /* rows there are */
	size_t *shown;         /* rows that pass the filter */
	size_t shown_count;
	size_t top, at;        /* among the shown */
	uint8_t *tags;         /* one a row, NULL until the first */
	size_t tag_count;
	char filter[128];
	unsigned first;        /* linear mode: the number of the first row; 0: LIST_FIRST */
	int page;              /* rows drawn last time */
};

void list_init(struct list *list, const struct list_col *cols, size_t col_count, list_cell_fn *cell, void *ctx);
/* The rows are others now: tags are forgotten, the filter is applied again, the cursor kept if it can. */
void list_rows(struct list *list, size_t count);
void list_done(struct list *list);
/* Show only rows that hold every word of `filter`, folded; "" shows all. */
void list_filter(struct list *list, const char *filter);
/* The row under the cursor; false when nothing is shown. */
bool list_row(const struct list *list, size_t *row);
void list_go(struct list *list, size_t row);
/* Linear mode: the number of the first row. */
unsigned list_first(const struct list *list);
bool list_tagged(const struct list *list, size_t row);
void list_tag(struct list *list, size_t row, bool on);
/* Where `row` stands among the shown; false when the filter hides it. */
bool list_place_of(const struct list *list, size_t row, size_t *at);
/* The cursor and the first row drawn, both among the shown; what is past the end is put right. */
void list_place(struct list *list, size_t at, size_t top);

/* Moves and tags: NEXT PREV PAGEUP PAGEDOWN HOME END TOGGLE ALL. False: not ours. */
bool list_action(struct list *list, enum ui_action action);
/* Header and rows; the cursor goes to the selected row when focused. */
void list_draw(struct list *list, struct canvas *canvas, struct area area, enum lang lang, bool focused);

/* Cut a text that is wider than `width` columns behind a whole word: "Liên thông…". A code is left as it is. */
void list_fit(char *text, size_t size, int width);
/* Does `text` hold every word of the folded `filter`? */
bool list_matches(const char *folded_filter, const char *text);

#endif
