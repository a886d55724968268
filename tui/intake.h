/*
 * intake.h - one reception under way: the form, the papers, the scanner, the draft.
 *
 * Shared by the files of the intake screens (scr_intake.c draws and answers
 * keys, intake.c knows the office). Owned by the intake screen.
 */
#ifndef MOTCUA_TUI_INTAKE_H
#define MOTCUA_TUI_INTAKE_H

#include "core/intake.h"
#include "core/offer.h"
#include "tui/burst.h"
#include "tui/draft.h"
#include "tui/form.h"
#include "tui/screen.h"

enum {
	INTAKE_PROCEDURES = 4000,
	INTAKE_PAPERS = 64,
	INTAKE_NOTICE = 600,
};

struct intake_procedure {
	char code[44], name[404], folded[820]; /* folded: code, name and field, for the picker */
	int64_t fee, fee_online;               /* VND; 0 none */
	bool local_fee;                        /* somebody else sets one */
	bool untimed;                          /* no statutory time: the promise is typed */
};

struct intake_paper {
	char component[44], name[404];
	int originals, copies, certified;
	bool required, held, electronic;
};

/* What a clerk can say of a paper, from left to right. */
enum intake_cell { CELL_TICK, CELL_ORIGINALS, CELL_COPIES, CELL_CERTIFIED, CELL_ELECTRONIC, CELL_KINDS };

struct intake {
	struct ui *ui;
	struct form form;
	struct intake_procedure *procedures;
	size_t procedure_count;
	struct intake_paper papers[INTAKE_PAPERS];
	size_t paper_count, paper_at, paper_top;
	char papers_of[44];      /* the procedure whose papers these are */
	bool in_papers;          /* the focus is on the papers */
	enum intake_cell cell;   /* of the paper under the cursor */
	bool counting;           /* the next digit goes behind the one before */
	bool carded;             /* a card filled the person: the procedure leads on to the phone */
	int64_t usual_fee;       /* what stands in the fee's field because the catalogue says so; -1 nothing */
	struct offers places;    /* neighbourhoods, once F4 has asked for them */
	bool places_known;
	struct burst burst;
	struct edit before;      /* the field as it was before a scanner began typing into it */
	size_t before_row;
	int64_t draft;           /* 0: none yet */
	bool owed;               /* changed since the draft was kept */
	char due[160];           /* the promise as it would be now, in words */
	char notice[INTAKE_NOTICE]; /* duplicates, a card's doubts, a known person */
	enum style notice_style;
};

extern const struct form_row intake_rows[];
extern const size_t intake_row_count;
extern const struct form_hooks intake_hooks;

/* The field of a row: the dossier's, or a fee's. */
const struct field *intake_field(const char *name);
/* The one that is chosen, or NULL. */
const struct intake_procedure *intake_procedure(const struct intake *intake);

/* Load the catalogue's procedures and start the form. */
enum rc intake_start(struct intake *intake, struct ui *ui, struct err *err) MUST_CHECK;
void intake_free(struct intake *intake);

/* The procedure, channel or promise has changed: other papers, another due date. */
void intake_replan(struct intake *intake);
/* Who has this id number: duplicates and a known person, into `notice`. */
void intake_look_up(struct intake *intake);
/* Take name, birth, sex, address of the known person (the id number is in the form). */
bool intake_take_known(struct intake *intake);
/* The name with capitals where names have them, when it was typed without or all in capitals; else false. */
bool intake_proper_name(const char *text, char out[EDIT_BYTES]);
/* Take it, when the focused field is a name; false when nothing is to be done. */
bool intake_take_proper(struct intake *intake);
/* Fill the form from a scanned card. False: it was no card; the text goes into the field. */
bool intake_card(struct intake *intake, const char *text, size_t len);
/* Copy the focused field from the dossier received last. */
void intake_ditto(struct intake *intake);
/* The same household comes again: what families share, from the dossier received last. */
void intake_household(struct intake *intake);

/* The rows about the fee. */
bool intake_is_fee(const char *name);
bool intake_fee_hidden(const struct intake *intake, const char *name);
/* The catalogue's fee into its field, unless the clerk has typed another. */
void intake_fee_usual(struct intake *intake);
void intake_fee_read(struct intake *intake, struct rec *out);

/* The papers by keyboard: a digit or Space in the cell under the cursor. */
void intake_paper_digit(struct intake *intake, int digit);
void intake_paper_toggle(struct intake *intake);
void intake_paper_all(struct intake *intake);
void intake_draw_papers(struct ui *ui, struct intake *intake, struct area area);

/* Read everything into `out` (initialised); errors go to the form. */
enum rc intake_read(struct intake *intake, struct rec *out) MUST_CHECK;

/* The draft: keep it if something changed, open one, forget it. */
void intake_keep(struct intake *intake);
bool intake_open_draft(struct intake *intake, int64_t draft);
void intake_forget_draft(struct intake *intake);
/* Remember what was received for ditto, until the program ends. */
void intake_remember(struct intake *intake);
void intake_ditto_free(struct ui *ui);

/* The check page over a filled form; on save the code is shown and the form is over. */
void scr_check(struct ui *ui, struct intake *intake);

#endif
