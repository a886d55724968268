/*
 * act.h - doing a verb to a dossier: role, state, times, then one event.
 *
 * What happened may be told later than it happened: `at` lies between the
 * dossier's last fact and now. Times are msec UTC.
 */
#ifndef MOTCUA_ACT_H
#define MOTCUA_ACT_H

#include "core/app.h"
#include "core/rules/dossier.h"

/* What a verb is told. Fields by enum verb_field; for `correct` the dossier's own cells, CELL_UNSET removes. */
struct act_input {
	msec at; /* MSEC_NONE: now */
	char note[2048];
	struct rec fields;
};
void act_input_init(struct act_input *input, enum verb verb);
void act_input_done(struct act_input *input);
/* One field by name, as text; "" takes it away (`correct`) or leaves it out. RC_INPUT names the field. */
enum rc act_input_put(struct act_input *input, enum verb verb, const char *name, const char *value,
		      struct err *err) MUST_CHECK;
/* {"at":...,"note":...,"fields":{...}}: all parts may be absent, others are refused. */
enum rc act_input_json(struct act_input *input, enum verb verb, const char *text, size_t len,
		       struct err *err) MUST_CHECK;

struct act_result {
	int state;
	msec due_at;           /* MSEC_NONE when there is none */
	char holder[204];      /* the unit that has it then; "" when none does */
	struct explain doubts; /* what the clerk should hear */
};

/*
 * RC_NONE: no such dossier. RC_REFUSED: the role may not. RC_INPUT: the state, a time or a field.
 * `result` may be NULL. On any error nothing has changed.
 */
enum rc act_run(struct app *app, const char *code, enum verb verb, const struct act_input *input,
		struct act_result *result, struct err *err) MUST_CHECK;

/* All that act_run asks, and nothing is written. `result` is what would come of it; its state is 0 for VERB_UNDO. */
enum rc act_check(struct app *app, const char *code, enum verb verb, const struct act_input *input,
		  struct act_result *result, struct err *err) MUST_CHECK;

/* May the signed-in user do it now? RC_REFUSED, RC_INPUT (the state) or RC_OK: what a menu shows. */
enum rc act_may(struct app *app, const struct rec *dossier, enum verb verb, struct err *err) MUST_CHECK;

/* The receipt of `code` left the printer: from here on its reception cannot be undone. */
enum rc act_printed(struct app *app, const char *code, struct err *err) MUST_CHECK;

/* For act.c: the inverse of the last event of `row`, in act_undo.c; without `keep` only asked, not done. */
enum rc act_undo(struct app *app, const struct row *row, const char *note, bool keep, struct err *err) MUST_CHECK;

#endif
