#include "core/import_check.h"

#include <stdio.h>
#include <string.h>

#include "core/catalog.h"
#include "core/rules/code.h"
#include "core/rules/person.h"
#include "db/rec_fields.h"

static bool is_before(msec a, msec b)
{
	return a != MSEC_NONE && b != MSEC_NONE && a < b;
}

/* Refused */

static enum rc refuse_times(const struct rec *rec, struct err *err)
{
	msec received = rec_num(rec, DOSSIER_RECEIVED_AT), due = rec_num(rec, DOSSIER_DUE_AT);

	if (is_before(rec_num(rec, DOSSIER_FINISHED_AT), received))
		return err_field(err, "finished_at", "xong trước khi tiếp nhận",
				 "finished before it was received");
	if (is_before(rec_num(rec, DOSSIER_RETURNED_AT), received))
		return err_field(err, "returned_at", "trả trước khi tiếp nhận",
				 "returned before it was received");
	if (due != MSEC_NONE && received != MSEC_NONE && dayno_of(due) < dayno_of(received))
		return err_field(err, "due_at", "ngày hẹn trước ngày tiếp nhận",
				 "due before the day it was received");
	return RC_OK;
}

static enum rc refuse_steps(const struct rec *rec, struct err *err)
{
	msec received = rec_num(rec, DOSSIER_RECEIVED_AT);
	struct element el = { 0 };

	for (unsigned n = 1; rec_each(rec, DOSSIER_STEPS, &el); n++) {
		msec done = el_num(rec, &el, STEP_EL_DONE_AT);

		if (is_before(done, el_num(rec, &el, STEP_EL_GIVEN_AT)))
			return err_field(err, "done_at", "steps, mục %u: xong trước khi được giao",
					 "steps, item %u: done before it was given", n);
		if (is_before(done, received))
			return err_field(err, "done_at", "steps, mục %u: xong trước khi tiếp nhận",
					 "steps, item %u: done before the dossier was received", n);
	}
	return RC_OK;
}

static enum rc refuse_pauses(const struct rec *rec, struct err *err)
{
	msec finished = rec_num(rec, DOSSIER_FINISHED_AT);
	struct element el = { 0 };

	for (unsigned n = 1; rec_each(rec, DOSSIER_PAUSES, &el); n++)
		if (is_before(finished, el_num(rec, &el, PAUSE_EL_TO)))
			return err_field(err, "finished_at", "xong trước khi hết tạm dừng (pauses, mục %u)",
					 "finished before a pause ended (pauses, item %u)", n);
	return RC_OK;
}

static enum rc refuse_fees(const struct rec *rec, struct err *err)
{
	struct element el = { 0 };

	for (unsigned n = 1; rec_each(rec, DOSSIER_FEES, &el); n++)
		if (el_num(rec, &el, FEE_EL_STATUS) == FEE_UNPAID && el_find(rec, &el, FEE_EL_PAID_AT))
			return err_field(err, "paid_at", "fees, mục %u: chưa thu (unpaid) mà có giờ thu",
					 "fees, item %u: unpaid, yet with a time of payment", n);
	return RC_OK;
}

static enum rc refuse_dossier(struct app *app, const struct rec *rec, struct err *err)
{
	enum rc rc;

	if (!catalog_knows_procedure(app, rec_text(rec, DOSSIER_PROCEDURE_CODE)))
		return err_field(err, "procedure_code", "thủ tục không có trong danh mục",
				 "no such procedure in the catalogue");
	rc = refuse_times(rec, err);
	if (!rc)
		rc = refuse_steps(rec, err);
	if (!rc)
		rc = refuse_pauses(rec, err);
	return rc ? rc : refuse_fees(rec, err);
}

enum rc import_refuse(struct app *app, const struct rec *rec, struct err *err)
{
	switch (rec->kind) {
	case REC_WARD:
		if (!strcmp(rec_text(rec, WARD_UNIT), app->unit))
			return RC_OK;
		return err_field(err, "unit", "tệp của đơn vị khác; kho này của %s",
				 "a file of another unit; this store is %s's", app->unit);
	case REC_DOSSIER:
		return refuse_dossier(app, rec, err);
	case REC_ASSIST:
		if (catalog_knows_category(app, rec_text(rec, ASSIST_CATEGORY)))
			return RC_OK;
		return err_field(err, "category", "loại hỗ trợ không có trong danh mục",
				 "no such category in the catalogue");
	default:
		return RC_OK;
	}
}

/* Doubts */

struct doubts {
	struct app *app;
	const struct rec *rec;
	import_doubt *doubt;
	void *ctx;
	msec now;
};

static void warn(const struct doubts *d, const char *field, const char *vi, const char *en)
{
	struct err why = { 0 };

	(void)err_field(&why, field, "%s", "%s", vi);
	(void)snprintf(why.en, sizeof(why.en), "%s", en);
	d->doubt(d->ctx, &why);
}

static void warn_if(const struct doubts *d, bool so, const char *field, const char *vi, const char *en)
{
	if (so)
		warn(d, field, vi, en);
}

static void doubt_id(const struct doubts *d, const char *field, const char *id, int64_t sex,
		     int64_t birth_year)
{
	struct person_id read;

	if (!*id ||
	    person_id_check(id,
			    sex == SEX_M   ? 'M'
			    : sex == SEX_F ? 'F'
					   : 0,
			    birth_year > 0 ? (int)birth_year : 0, clock_civil(d->now).year, &read, NULL))
		return;
	for (unsigned bit = PERSON_PROVINCE; bit <= PERSON_UNBORN; bit <<= 1)
		if (read.doubts & bit) {
			const struct words *words = person_doubt_words((enum person_doubt)bit);

			warn(d, field, words->vi, words->en);
		}
}

static bool is_open(int64_t state)
{
	return state >= STATE_REGISTERED && state <= STATE_STOPPED;
}

static void doubt_state(const struct doubts *d)
{
	int64_t state = rec_num(d->rec, DOSSIER_STATE);
	bool finished = rec_has(d->rec, DOSSIER_FINISHED_AT), returned = rec_has(d->rec, DOSSIER_RETURNED_AT);

	warn_if(d, state == MSEC_NONE, "state", "không ghi trạng thái; suy ra từ các thời điểm",
		"no state is given; it is taken from the times");
	warn_if(d, is_open(state) && state != STATE_STOPPED && finished, "state",
		"đang giải quyết mà đã có giờ xong", "open, yet with a time it was finished");
	warn_if(d, (state == STATE_DONE || state == STATE_RETURNED) && !finished, "finished_at",
		"đã xong mà không có giờ xong", "done, yet without a time it was finished");
	warn_if(d, state == STATE_RETURNED && !returned, "returned_at", "đã trả mà không có giờ trả",
		"returned, yet without a time it was returned");
	warn_if(d, state != STATE_RETURNED && state != MSEC_NONE && returned, "state",
		"có giờ trả mà chưa ghi là đã trả", "with a time it was returned, yet not returned");
	warn_if(d, is_before(rec_num(d->rec, DOSSIER_RETURNED_AT), rec_num(d->rec, DOSSIER_FINISHED_AT)),
		"returned_at", "trả trước khi xong", "returned before it was finished");
	warn_if(d,
		state > STATE_REGISTERED && state < STATE_WITHDRAWN && !rec_has(d->rec, DOSSIER_RECEIVED_AT),
		"received_at", "đã tiếp nhận mà không có giờ tiếp nhận",
		"received, yet without a time of reception");
	warn_if(d,
		rec_has(d->rec, DOSSIER_RECEIVED_AT) && !rec_has(d->rec, DOSSIER_DUE_AT) &&
			state < STATE_WITHDRAWN,
		"due_at", "không có ngày hẹn trả", "no due date");
	warn_if(d, rec_has(d->rec, DOSSIER_RATING) && !rec_num(d->rec, DOSSIER_RATING), "rating",
		"đánh giá phải từ 1 đến 5", "a rating is 1 to 5");
	warn_if(d, rec_has(d->rec, DOSSIER_RATING) && !finished, "rating", "chưa xong mà đã có đánh giá",
		"rated before it was finished");
}

static void doubt_dossier_times(const struct doubts *d)
{
	msec received = rec_num(d->rec, DOSSIER_RECEIVED_AT);
	struct code_parts code;

	warn_if(d, is_before(d->now, received), "received_at", "giờ tiếp nhận ở tương lai",
		"received in the future");
	warn_if(d, is_before(d->now, rec_num(d->rec, DOSSIER_FINISHED_AT)), "finished_at",
		"giờ xong ở tương lai", "finished in the future");
	warn_if(d, is_before(received, rec_num(d->rec, DOSSIER_SUBMITTED_AT)), "submitted_at",
		"nộp sau khi tiếp nhận", "submitted after it was received");
	if (code_parse(rec_text(d->rec, DOSSIER_CODE), &code, NULL))
		return;
	warn_if(d, received != MSEC_NONE && code.day != dayno_of(received), "code",
		"ngày trong mã khác ngày tiếp nhận", "the date in the code is not that of reception");
	warn_if(d, strcmp(code.unit, d->app->unit) != 0, "code", "mã của đơn vị khác",
		"the code of another unit");
}

static void doubt_lists(const struct doubts *d)
{
	msec received = rec_num(d->rec, DOSSIER_RECEIVED_AT);
	int64_t state = rec_num(d->rec, DOSSIER_STATE);
	struct element el = { 0 };
	bool paused = false;

	while (rec_each(d->rec, DOSSIER_STEPS, &el))
		warn_if(d, is_before(el_num(d->rec, &el, STEP_EL_GIVEN_AT), received), "given_at",
			"một bước được giao trước khi tiếp nhận",
			"a step was given before the dossier was received");
	el = (struct element){ 0 };
	while (rec_each(d->rec, DOSSIER_PAUSES, &el)) {
		paused = paused || !el_find(d->rec, &el, PAUSE_EL_TO);
		warn_if(d, is_before(el_num(d->rec, &el, PAUSE_EL_TO), el_num(d->rec, &el, PAUSE_EL_FROM)),
			"to", "một lần tạm dừng kết thúc trước khi bắt đầu", "a pause ends before it begins");
	}
	warn_if(d, paused && state != STATE_SUPPLEMENT && state != STATE_FINANCE && state != STATE_STOPPED,
		"pauses", "một lần tạm dừng chưa hết mà hồ sơ không tạm dừng",
		"a pause has no end, yet the dossier is not paused");
	warn_if(d, !paused && (state == STATE_SUPPLEMENT || state == STATE_FINANCE), "pauses",
		"đang tạm dừng mà không có lần tạm dừng nào chưa hết",
		"paused, yet no pause is without an end");
	el = (struct element){ 0 };
	while (rec_each(d->rec, DOSSIER_EXTENSIONS, &el))
		warn_if(d,
			is_before(el_num(d->rec, &el, EXTENSION_EL_NEW_DUE_AT),
				  el_num(d->rec, &el, EXTENSION_EL_OLD_DUE_AT)),
			"new_due_at", "hẹn mới trước hẹn cũ", "the new promise is before the old one");
	el = (struct element){ 0 };
	while (rec_each(d->rec, DOSSIER_FEES, &el))
		warn_if(d,
			el_num(d->rec, &el, FEE_EL_STATUS) == FEE_PAID &&
				!el_find(d->rec, &el, FEE_EL_PAID_AT),
			"paid_at", "đã thu mà không có giờ thu", "paid, yet without a time of payment");
}

static void doubt_dossier(const struct doubts *d)
{
	const struct rec *rec = d->rec;
	int64_t born = rec_num(rec, DOSSIER_APPLICANT_BIRTH_DATE),
		year = rec_num(rec, DOSSIER_APPLICANT_BIRTH_YEAR);
	const char *phone = rec_text(rec, DOSSIER_APPLICANT_PHONE);
	char e164[PERSON_PHONE_TEXT];

	if (born != MSEC_NONE) {
		warn_if(d, year != MSEC_NONE && year != dayno_civil((dayno)born).year, "applicant_birth_year",
			"năm sinh khác ngày sinh", "the birth year is not that of the birth date");
		year = dayno_civil((dayno)born).year;
	}
	doubt_id(d, "applicant_id_no", rec_text(rec, DOSSIER_APPLICANT_ID_NO),
		 rec_num(rec, DOSSIER_APPLICANT_SEX), year);
	doubt_id(d, "submitter_id_no", rec_text(rec, DOSSIER_SUBMITTER_ID_NO), 0, 0);
	warn_if(d, *phone && person_phone(phone, e164, NULL) != RC_OK, "applicant_phone",
		"không giống số điện thoại", "does not look like a phone number");
	doubt_state(d);
	doubt_dossier_times(d);
	doubt_lists(d);
}

static void doubt_assist(const struct doubts *d)
{
	const struct rec *rec = d->rec;

	doubt_id(d, "person_id_no", rec_text(rec, ASSIST_PERSON_ID_NO), rec_num(rec, ASSIST_PERSON_SEX),
		 rec_num(rec, ASSIST_PERSON_BIRTH_YEAR));
	warn_if(d, is_before(d->now, rec_num(rec, ASSIST_AT)), "at", "giờ hỗ trợ ở tương lai",
		"helped in the future");
	warn_if(d, !rec_has(rec, ASSIST_OUTCOME), "outcome", "không ghi kết quả", "no outcome is given");
	warn_if(d,
		rec_has(rec, ASSIST_PERSON_NAME) && rec_has(rec, ASSIST_CONSENT) &&
			!rec_true(rec, ASSIST_CONSENT),
		"consent", "không đồng ý mà có ghi tên", "no consent, yet a name is given");
}

static void doubt_household(const struct doubts *d)
{
	int64_t members = rec_num(d->rec, HOUSEHOLD_MEMBERS), adults = rec_num(d->rec, HOUSEHOLD_ADULTS);

	warn_if(d, members != MSEC_NONE && adults > members, "adults", "người lớn nhiều hơn số người",
		"more adults than members");
}

void import_doubts(struct app *app, const struct rec *rec, import_doubt *doubt, void *ctx)
{
	struct doubts d = { app, rec, doubt, ctx, app_now(app) };

	if (rec->kind == REC_DOSSIER)
		doubt_dossier(&d);
	else if (rec->kind == REC_ASSIST)
		doubt_assist(&d);
	else if (rec->kind == REC_HOUSEHOLD)
		doubt_household(&d);
	else if (rec->kind == REC_SCAN)
		warn_if(&d, rec_has(rec, SCAN_PAGES) && !rec_num(rec, SCAN_PAGES), "pages",
			"bản quét không có trang nào", "a scan without pages");
}
