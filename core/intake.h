/*
 * intake.h - receiving a dossier: what the clerk left open is filled in, the code is minted, one event is made.
 *
 * Times are msec UTC. A printed receipt is final: code, date and promise are
 * decided here, whatever the line is doing.
 */
#ifndef MOTCUA_INTAKE_H
#define MOTCUA_INTAKE_H

#include "core/app.h"
#include "core/rules/code.h"
#include "core/rules/dossier.h"

struct intake_result {
	char code[CODE_TEXT];
	msec due_at;
	struct explain doubts; /* missing papers, a second open dossier, a provisional date */
};

/*
 * Receive. `dossier` needs procedure_code and applicant_name; absent are filled in: channel direct,
 * received_at now, received_by, state, code, field_name, the required components, fees, steps, due_at.
 * On RC_OK it is the record as stored. RC_INPUT names the field; RC_REFUSED: the role;
 * RC_FULL: no code is left for the day. On any error nothing has changed.
 */
enum rc intake_receive(struct app *app, struct rec *dossier, struct intake_result *result, struct err *err) MUST_CHECK;

/* The same without making anything: what the check page shows. The code stays empty. */
enum rc intake_preview(struct app *app, struct rec *dossier, struct intake_result *result, struct err *err) MUST_CHECK;

/* Fill `components` with what the procedure requires, all held; they replace what is there. */
enum rc intake_components(struct app *app, struct rec *dossier, struct err *err) MUST_CHECK;

/* The codes of open dossiers of this id number and procedure, joined by ", "; empty when there is none. */
enum rc intake_duplicates(struct app *app, const char *id_no, const char *procedure_code, struct buf *codes,
			  struct err *err) MUST_CHECK;

/*
 * Who was here before under this id number: the personal fields of their newest dossier, laid into `out`
 * (initialised). RC_NONE: nobody.
 */
enum rc intake_known(struct app *app, const char *id_no, struct rec *out, struct err *err) MUST_CHECK;

#endif
