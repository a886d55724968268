/*
 * form.h - rows of labelled fields.
 *
 * The label stands left of its field on the same line and ends in `:`. Fields
 * check nothing while typing: values are read and judged at save, and what
 * failed is listed by number, each error leading to its field (form_fail).
 * What a field's text means is shown beside it while typing (hooks->live).
 * Values proposed for a field of free text (F4) narrow as letters are typed;
 * when none holds them, or Esc closes the list, what was typed stands.
 * A card scanned into a field gives it what it takes: the number or the name.
 * Names of rows are those of the exchange format, so err->field finds a row.
 * The form owns its memory (form_done wipes and frees it).
 */
#ifndef MOTCUA_TUI_FORM_H
#define MOTCUA_TUI_FORM_H

#include "tui/burst.h"
#include "tui/edit.h"
#include "tui/list.h"

/* What a field takes; only the first three ever compose. */
enum form_kind {
	W_LINE,   /* free text */
	W_NAME,   /* a person's name */
	W_PICK,   /* one of many: type a part, Enter takes the first that matches, F4 shows all */
	W_CHOICE, /* one of few: first letter, Space, Left and Right; F4 shows all */
	W_ID,
	W_PHONE,
	W_DATE,
	W_TIME,
	W_MONEY,
	W_NUMBER,
	W_CODE,
	W_EMAIL,
	W_SECRET,
	W_KINDS
};

enum {
	FORM_ROWS = 32,
	FORM_ERRORS = 16,
	FORM_ERROR_TEXT = 512,
	FORM_LIST = 8, /* matches shown under a W_PICK field */
	FORM_ITEM = LIST_CELL,
};

struct form_row {
	const char *name;
	enum form_kind kind;
	struct words label; /* without the colon */
	struct words hint;  /* shown beside the empty focused field; may be "" */
	int width;          /* columns; 0: as wide as there is room */
	unsigned letters;   /* limit; 0: what fits */
};

/* The owner's part; every one may be NULL. */
struct form_hooks {
	/* How many items: of W_PICK and W_CHOICE those there are, of others those F4 proposes. */
	size_t (*count)(void *ctx, size_t row);
	void (*item)(void *ctx, size_t row, size_t item, char *out, size_t size);
	/* What a proposal puts into its field; NULL: its words. */
	void (*value)(void *ctx, size_t row, size_t item, char *out, size_t size);
	/* The field takes several values with `;` between: a proposal goes behind them. NULL: one. */
	bool (*several)(void *ctx, size_t row);
	/* W_PICK: how well an item fits what was typed (folded); 0 not at all. NULL: by the item's words. */
	unsigned (*rank)(void *ctx, size_t row, size_t item, const char *folded);
	void (*live)(void *ctx, size_t row, char *out, size_t size, enum style *style);
	bool (*hidden)(void *ctx, size_t row);
};

struct form_error {
	size_t row; /* FORM_ROWS: about no field */
	char text[FORM_ERROR_TEXT];
};

struct form {
	const struct form_row *rows;
	size_t count, at;
	const struct form_hooks *hooks;
	void *ctx;
	struct edit *edits;      /* one a row */
	long chosen[FORM_ROWS];  /* W_PICK, W_CHOICE: the item, -1 none */
	struct form_error errors[FORM_ERRORS];
	size_t error_count, error_at;
	size_t top;              /* first row drawn */
	bool open;               /* the matches, or the values, of the focused row are shown */
	struct list matches;
	enum lang lang;
	struct burst burst;      /* a card scanned into a field */
	bool dirty;              /* changed since the owner last looked */
};

enum form_result {
	FORM_IGNORED,
	FORM_TAKEN,
	FORM_CHANGED, /* row `at` (or the one just left) has another value */
	FORM_BEFORE,  /* wants to leave upwards from the first row */
	FORM_AFTER,   /* wants to leave downwards from the last row */
};

void form_init(struct form *form, const struct form_row *rows, size_t count, const struct form_hooks *hooks,
	       void *ctx, enum lang lang);
void form_done(struct form *form);

/* The row of a name; FORM_ROWS when there is none. */
size_t form_row_named(const struct form *form, const char *name);
const char *form_text(const struct form *form, const char *name); /* "" when there is none */
long form_choice(const struct form *form, const char *name);      /* -1 */
void form_put(struct form *form, const char *name, const char *text);
void form_choose(struct form *form, const char *name, long item);
void form_go(struct form *form, size_t row);

bool form_in_text(const struct form *form);
enum form_result form_key(struct form *form, const struct typing *typing, const struct key *key);
enum form_result form_action(struct form *form, const struct typing *typing, enum ui_action action);
/* The focus goes elsewhere: the word being typed is settled. */
void form_leave(struct form *form, const struct typing *typing);

/* The focused field shows its matches or values again, from `top` on, the cursor at `at` (an opened draft). */
void form_reopen(struct form *form, size_t top, size_t at);

/* Errors: forget them; add one about a field (an unknown name is about no field); go to the first. */
void form_errors_clear(struct form *form);
void form_fail(struct form *form, const char *name, const char *text);
void form_first_error(struct form *form);

/* Draw; rows scroll so that the focused one is seen. Returns the rows used. */
int form_draw(struct form *form, struct canvas *canvas, struct area area, bool focused);
/* Lines the error list takes in `cols` columns. */
int form_error_rows(const struct form *form, int cols);
/* The error list, `1. label: text`, at most `area.rows` lines. */
int form_draw_errors(const struct form *form, struct canvas *canvas, struct area area);

/* The rules of a kind. */
struct edit_rules form_rules(const struct form_row *row);

#endif
