/*
 * intake.h - one reception under way: the form, the papers, the scanner, the draft.
 *
 * Shared by the files of the intake screens (scr_intake.c draws and answers
 * keys, intake.c knows the office). Owned by the intake screen.
 */
#ifndef MOTCUA_TUI_INTAKE_H
#define MOTCUA_TUI_INTAKE_H

#include "core/intake.h"
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
	bool untimed;                          /* no statutory time: the promise is typed */
};

struct intake_paper {
	char component[44], name[404];
	int originals, copies;
	bool required, held;
};

struct intake {
	struct ui *ui;
	struct form form;
	struct intake_procedure *procedures;
	size_t procedure_count;
	struct intake_paper papers[INTAKE_PAPERS];
	size_t paper_count, paper_at, paper_top;
	char papers_of[44];      /* the procedure whose papers these are */
	bool in_papers;          /* the focus is on the papers */
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

/* Load the catalogue's procedures and start the form. */
enum rc intake_start(struct intake *intake, struct ui *ui, struct err *err) MUST_CHECK;
void intake_free(struct intake *intake);

/* The procedure, channel or promise has changed: other papers, another due date. */
void intake_replan(struct intake *intake);
/* Who has this id number: duplicates and a known person, into `notice`. */
void intake_look_up(struct intake *intake);
/* Take name, birth, sex, address of the known person (the id number is in the form). */
bool intake_take_known(struct intake *intake);
/* Fill the form from a scanned card. False: it was no card; the text goes into the field. */
bool intake_card(struct intake *intake, const char *text, size_t len);
/* Copy the focused field from the dossier received last. */
void intake_ditto(struct intake *intake);
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
