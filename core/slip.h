/*
 * slip.h - the papers of the one-stop office: receipt, supplement request,
 * refusal, apology, stop notice, control slip, register.
 *
 * What a paper says comes from the store; how it looks from a template
 * (core/rules/paper.h): a file the ward put into the folder `papers` beside
 * its store, else the one the program carries, for the set of forms that the
 * setting form_set names. Papers are official: Vietnamese whatever the
 * screen's language, nothing masked. Making one writes nothing; that a receipt
 * left the office is act_printed's (core/act.h).
 */
#ifndef MOTCUA_SLIP_H
#define MOTCUA_SLIP_H

#include "core/app.h"
#include "core/rules/explain.h"
#include "core/rules/paper.h"

/*  id          name          2018 2025  title */
#define SLIP_LIST(X) \
	X(RECEIPT,    "receipt",    "01", "01", T("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt and appointment")) \
	X(SUPPLEMENT, "supplement", "02", "02", T("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request for papers")) \
	X(REFUSAL,    "refusal",    "03", "03", T("Phiếu từ chối tiếp nhận, giải quyết hồ sơ", "Refusal")) \
	X(APOLOGY,    "apology",    "04", "04", T("Xin lỗi và hẹn lại ngày trả kết quả", "Apology and new date")) \
	X(STOP,       "stop",       "",   "05", T("Thông báo dừng giải quyết hồ sơ", "Stop notice")) \
	X(CONTROL,    "control",    "05", "06", T("Phiếu kiểm soát quá trình giải quyết hồ sơ", "Control slip")) \
	X(REGISTER,   "register",   "06", "07", T("Sổ theo dõi hồ sơ", "Register of dossiers"))

enum slip_form {
#define X(id, name, in2018, in2025, title) SLIP_##id,
	SLIP_LIST(X)
#undef X
	SLIP_FORMS
};
/* SLIP_FORMS when there is none of that name. */
enum slip_form slip_named(const char *name);
const char *slip_name(enum slip_form form);
const struct words *slip_title(enum slip_form form);
/* Every name a template may use, for help and checks; ends with name NULL. */
extern const struct paper_word slip_words[];

struct slip_ask {
	enum slip_form form;
	const char *code;  /* the dossier; SLIP_REGISTER: its line of the book, or NULL */
	dayno from, to;    /* SLIP_REGISTER without a code: received on these days */
	unsigned copies;   /* of a receipt: 1, or 2, one for the office; 0 is 1 */
	bool pdf;          /* laid out for a sheet, not for lines of letters */
};

/*
 * The lines of the paper, appended to `out`. What is odd (a ward's template that cannot be used) goes to
 * `doubts`, which may be NULL, and the paper is made all the same. Needs MAY_SLIP. RC_NONE: no such dossier.
 * RC_INPUT: the dossier has nothing to say on this form, or the set of forms has no such paper.
 */
enum rc slip_make(struct app *app, const struct slip_ask *ask, struct buf *out, struct explain *doubts,
		  struct err *err) MUST_CHECK;

/* The template as it would be used now, to copy into `papers` and edit. */
enum rc slip_template(struct app *app, enum slip_form form, struct buf *out, struct explain *doubts,
		      struct err *err) MUST_CHECK;

/* For slip.c: what is known of the ward, of a dossier, of the book's lines. */
void slip_ward_facts(struct app *app, struct paper_facts *facts);
enum rc slip_dossier_facts(struct app *app, enum slip_form form, const struct rec *dossier,
			   struct paper_facts *facts, struct err *err) MUST_CHECK;
enum rc slip_register_facts(struct app *app, const struct slip_ask *ask, struct paper_facts *facts,
			    struct err *err) MUST_CHECK;
/* "12.000 đồng". */
const char *slip_money(int64_t vnd, char out[48]);
const char *slip_phone(const char *phone, char out[24]);
/* The unit of the last step: who decides. */
const char *slip_deciding(const struct rec *dossier);

#endif
