/* slip_facts.c - what a ward and a dossier answer to the names that templates use. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/office.h"
#include "core/setting.h"
#include "core/slip.h"
#include "db/base/utf8.h"

/* Papers are Vietnamese; the English is for whoever reads this. */
static const struct words fee_words[] = {
	T("", ""), T("đã thu", "paid"), T("chưa thu", "unpaid"), T("được miễn", "exempt"),
};
static const struct words electronic = T("bản điện tử", "electronic");
static const struct words fee_mixed = T("còn khoản chưa thu", "some are unpaid");
static const struct words timely_words[] = {
	T("Trước hạn", "early"), T("Đúng hạn", "on time"), T("Quá hạn", "overdue"),
};
static const struct words return_words[] = {
	T("nơi tiếp nhận hồ sơ", "where it was received"), T("nơi tiếp nhận hồ sơ", "where it was received"),
	T("qua dịch vụ bưu chính công ích", "by post"), T("trực tuyến", "online"),
};
static const struct words parent_default = T("Ủy ban nhân dân", "People's Committee");
static const struct words office_defaults[] = {
	T("Trung tâm Phục vụ hành chính công", "Public administration service centre"),
	T("Bộ phận Tiếp nhận và Trả kết quả", "Reception and results desk"),
};
static const struct words citizen = T("Người nộp hồ sơ", "the applicant");
static const struct words phone_words[] = { T("điện thoại ", "phone "), T(", điện thoại ", ", phone ") };
static const struct words unit_kinds[] = {
	T("Phường ", "ward "),	   T("Xã ", "commune "), T("Thị trấn ", "town "),
	T("Đặc khu ", "special zone "), T("phường ", "ward "), T("xã ", "commune "),
};

/* "25/10/2024"; nothing for MSEC_NONE. */
static void put_date(struct paper_facts *facts, const char *name, msec at)
{
	char text[CLOCK_DATE_TEXT];

	if (at != MSEC_NONE)
		paper_put(facts, name, clock_format_dmy(dayno_of(at), text));
}

/*
 * "ngày 05 tháng 02 năm 2024": two digits for days under 10 and for January and February. Its blanks do not break
 * (U+00A0); what lays out the paper makes plain ones of them.
 */
#define NBSP "\xc2\xa0"
static void day_words(msec at, char *out, size_t size)
{
	struct civil c = clock_civil(at);

	(void)snprintf(out, size, "ngày" NBSP "%02d" NBSP "tháng" NBSP "%0*d" NBSP "năm" NBSP "%d", c.day,
		       c.month < 3 ? 2 : 1, c.month, c.year);
}

/* "8 giờ 05 phút, ngày 25 tháng 10 năm 2024"; nothing for MSEC_NONE. */
static void put_long(struct paper_facts *facts, const char *name, msec at)
{
	struct civil c = clock_civil(at);
	char day[64], text[100];

	if (at == MSEC_NONE)
		return;
	day_words(at, day, sizeof(day));
	(void)snprintf(text, sizeof(text), "%d" NBSP "giờ" NBSP "%02d" NBSP "phút, %s", c.hour, c.minute, day);
	paper_put(facts, name, text);
}

const char *slip_money(int64_t vnd, char out[48])
{
	char digits[32];
	size_t len = (size_t)snprintf(digits, sizeof(digits), "%" PRId64, vnd), at = 0;

	for (size_t i = 0; i < len; i++) {
		if (i && digits[i - 1] != '-' && (len - i) % 3 == 0)
			out[at++] = '.';
		out[at++] = digits[i];
	}
	(void)snprintf(out + at, 48 - at, " đồng");
	return out;
}

const char *slip_phone(const char *phone, char out[24])
{
	if (!strncmp(phone, "+84", 3))
		(void)snprintf(out, 24, "0%s", phone + 3);
	else
		(void)snprintf(out, 24, "%s", phone);
	return out;
}

/* Who a user is on paper: the full name, else the name. Appended. */
static void whole_name(struct app *app, const char *user, struct buf *out)
{
	struct row row;

	row_init(&row);
	if (*user && !row_get(app->db, REC_USER, user, &row, NULL) && rec_has(&row.body, USER_FULL_NAME))
		buf_text(out, rec_text(&row.body, USER_FULL_NAME));
	else
		buf_text(out, user);
	row_done(&row);
}

static void put_person(struct app *app, struct paper_facts *facts, const char *name, const char *user)
{
	struct buf text = BUF(1024);

	whole_name(app, user, &text);
	paper_put(facts, name, buf_str(&text));
	buf_wipe_done(&text);
}

/* Under `name`, and in capitals under `upper`. */
static void put_both(struct paper_facts *facts, const char *name, const char *upper, const char *text)
{
	struct buf capitals = BUF(4096);

	utf8_upper(text, &capitals);
	paper_put(facts, name, text);
	paper_put(facts, upper, buf_str(&capitals));
	buf_done(&capitals);
}

/* A setting, or `otherwise` while it is empty; lives until the next call. */
static const char *setting_or(struct app *app, const char *name, const char *otherwise, struct buf *room)
{
	buf_clear(room);
	setting_get(app, name, room);
	return room->len ? buf_str(room) : otherwise;
}

/* "Bình Hưng" of "Phường Bình Hưng": what stands before a date. */
static const char *bare_place(const char *unit)
{
	for (size_t i = 0; i < ARRAY_LEN(unit_kinds); i++)
		if (!strncmp(unit, unit_kinds[i].vi, strlen(unit_kinds[i].vi)))
			return unit + strlen(unit_kinds[i].vi);
	return unit;
}

void slip_ward_facts(struct app *app, struct paper_facts *facts)
{
	bool is_2018 = setting_is(app, "form_set", "2018");
	struct buf room = BUF(8192), contact = BUF(8192);
	char today[64];

	put_both(facts, "parent", "parent_upper", setting_or(app, "parent_name", parent_default.vi, &room));
	put_both(facts, "unit_name", "unit_upper", app->unit_name);
	put_both(facts, "office", "office_upper",
		 setting_or(app, "office_name", office_defaults[is_2018].vi, &room));
	paper_put(facts, "place", setting_or(app, "place_name", bare_place(app->unit_name), &room));
	paper_put(facts, "leader_name", setting_or(app, "leader_name", "", &room));
	buf_text(&contact, setting_or(app, "office_address", "", &room));
	paper_put(facts, "office_address", buf_str(&room));
	(void)setting_or(app, "office_phone", "", &room);
	paper_put(facts, "office_phone", buf_str(&room));
	if (room.len)
		buf_printf(&contact, "%s%s", phone_words[contact.len > 0].vi, buf_str(&room));
	paper_put(facts, "office_contact", buf_str(&contact));
	day_words(app_now(app), today, sizeof(today));
	paper_put(facts, "today", today);
	put_person(app, facts, "clerk", app->user);
	buf_done(&room);
	buf_done(&contact);
}

/* The name of a component: the catalogue's by its number, else what the record calls it. */
struct naming {
	const char *component;
	struct buf *out;
};

static enum rc match_component(void *ctx, const struct rec *row, struct err *err)
{
	struct naming *naming = ctx;
	char number[24];

	(void)err;
	(void)snprintf(number, sizeof(number), "%02" PRId64, rec_num_or(row, DOCUMENT_SEQ, 0));
	if (strcmp(number, naming->component))
		return RC_OK;
	buf_text(naming->out, rec_text(row, DOCUMENT_DOCUMENT_NAME));
	return RC_NONE;
}

static void component_name(struct app *app, const struct rec *dossier, const char *component, struct buf *out)
{
	struct naming naming = { component, out };
	msec received = rec_num(dossier, DOSSIER_RECEIVED_AT);
	dayno day = dayno_of(received == MSEC_NONE ? app_now(app) : received);

	buf_clear(out);
	/* A catalogue that cannot be read leaves the number, which is the truth. */
	(void)!catalog_components(app, rec_text(dossier, DOSSIER_PROCEDURE_CODE), day, match_component, &naming, NULL);
	if (!out->len)
		buf_text(out, component);
}

static void put_count(struct paper_facts *facts, const char *name, int64_t count)
{
	char text[24] = "";

	if (count > 0)
		(void)snprintf(text, sizeof(text), "%" PRId64, count);
	paper_put_row(facts, name, text);
}

/* The papers that are held, or (`missing`) those that are not, as what is asked for. */
static void put_components(struct app *app, const struct rec *dossier, bool missing, struct paper_facts *facts)
{
	struct element el = { 0 };
	struct buf name = BUF(8192);

	while (rec_each(dossier, DOSSIER_COMPONENTS, &el)) {
		if (el_true(dossier, &el, COMPONENT_EL_HELD) == missing)
			continue;
		component_name(app, dossier, el_text(dossier, &el, COMPONENT_EL_COMPONENT), &name);
		if (!missing && el_true(dossier, &el, COMPONENT_EL_ELECTRONIC))
			buf_printf(&name, " (%s)", electronic.vi);
		paper_row(facts, missing ? "items" : "components");
		paper_put_row(facts, "name", buf_str(&name));
		if (missing)
			continue;
		put_count(facts, "originals", el_num(dossier, &el, COMPONENT_EL_ORIGINALS));
		put_count(facts, "copies", el_num(dossier, &el, COMPONENT_EL_COPIES));
		put_count(facts, "certified", el_num(dossier, &el, COMPONENT_EL_CERTIFIED));
	}
	buf_done(&name);
}

static void put_fees(const struct rec *dossier, struct paper_facts *facts)
{
	struct element el = { 0 };
	int64_t total = 0;
	bool unpaid = false, any = false, paid = false;
	struct buf receipts = BUF(4096);
	char text[48];

	while (rec_each(dossier, DOSSIER_FEES, &el)) {
		int64_t amount = el_num(dossier, &el, FEE_EL_AMOUNT_VND);
		int64_t status = el_num(dossier, &el, FEE_EL_STATUS);

		if (amount == MSEC_NONE)
			amount = 0;
		if (status < FEE_PAID || status > FEE_EXEMPT)
			status = 0;
		paper_row(facts, "fees");
		paper_put_row(facts, "name", el_text(dossier, &el, FEE_EL_NAME));
		paper_put_row(facts, "amount", slip_money(amount, text));
		paper_put_row(facts, "status", fee_words[status].vi);
		any = true;
		total += status == FEE_EXEMPT ? 0 : amount;
		unpaid = unpaid || (status != FEE_PAID && status != FEE_EXEMPT && amount > 0);
		paid = paid || status == FEE_PAID;
		if (*el_text(dossier, &el, FEE_EL_RECEIPT_NO))
			buf_printf(&receipts, "%s%s", receipts.len ? ", " : "",
				   el_text(dossier, &el, FEE_EL_RECEIPT_NO));
	}
	paper_put(facts, "fee_receipt", buf_str(&receipts));
	buf_done(&receipts);
	if (!any)
		return;
	paper_put(facts, "fee_total", slip_money(total, text));
	if (unpaid && paid)
		paper_put(facts, "fee_status", fee_mixed.vi);
	else
		paper_put(facts, "fee_status", fee_words[unpaid ? FEE_UNPAID : paid ? FEE_PAID : FEE_EXEMPT].vi);
}

const char *slip_deciding(const struct rec *dossier)
{
	struct element el = { 0 };
	const char *unit = "";

	while (rec_each(dossier, DOSSIER_STEPS, &el))
		if (strcmp(el_text(dossier, &el, STEP_EL_ROLE), "result"))
			unit = el_text(dossier, &el, STEP_EL_UNIT);
	return unit;
}

static const char *holder(const struct rec *dossier)
{
	struct element el = { 0 };
	const char *unit = "";

	while (rec_each(dossier, DOSSIER_STEPS, &el))
		if (el_num(dossier, &el, STEP_EL_GIVEN_AT) != MSEC_NONE &&
		    el_num(dossier, &el, STEP_EL_DONE_AT) == MSEC_NONE)
			unit = el_text(dossier, &el, STEP_EL_UNIT);
	return unit;
}

/* The step that follows another on paper: by when it was given, those never given last, by their number. */
struct order {
	msec given;
	int64_t seq;
	struct element el;
};

static int by_giving(const void *a, const void *b)
{
	const struct order *x = a, *y = b;

	if (x->given != y->given)
		return x->given < y->given ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static void put_row_time(struct paper_facts *facts, const char *name, msec at)
{
	char text[CLOCK_LONG_TEXT];

	paper_put_row(facts, name, at == MSEC_NONE ? "" : clock_format_long(at, LANG_VI, text));
}

static void put_step(struct app *app, const struct rec *dossier, const struct element *from, const struct element *el,
		     struct paper_facts *facts)
{
	msec due = el_num(dossier, el, STEP_EL_DUE_AT), done = el_num(dossier, el, STEP_EL_DONE_AT);
	struct buf person = BUF(1024);

	paper_row(facts, "steps");
	paper_put_row(facts, "unit", el_text(dossier, el, STEP_EL_UNIT));
	paper_put_row(facts, "from_unit", from ? el_text(dossier, from, STEP_EL_UNIT) : citizen.vi);
	whole_name(app, el_text(dossier, el, STEP_EL_PERSON), &person);
	paper_put_row(facts, "person", buf_str(&person));
	buf_clear(&person);
	if (from)
		whole_name(app, el_text(dossier, from, STEP_EL_PERSON), &person);
	else
		buf_text(&person, rec_text(dossier, rec_has(dossier, DOSSIER_SUBMITTER_NAME) ? DOSSIER_SUBMITTER_NAME :
											     DOSSIER_APPLICANT_NAME));
	paper_put_row(facts, "from_person", buf_str(&person));
	put_row_time(facts, "given", el_num(dossier, el, STEP_EL_GIVEN_AT));
	put_row_time(facts, "due", due);
	put_row_time(facts, "done", done);
	if (done != MSEC_NONE && due != MSEC_NONE)
		paper_put_row(facts, "timeliness", timely_words[deadline_timeliness(due, done, false)].vi);
	buf_wipe_done(&person);
}

static void put_steps(struct app *app, const struct rec *dossier, struct paper_facts *facts)
{
	size_t count = rec_elements(dossier, DOSSIER_STEPS), at = 0;
	struct order *order = calloc(count + 1, sizeof(*order));
	struct element el = { 0 };
	struct buf units = BUF(65536);

	if (!order)
		die("out of memory");
	while (at < count && rec_each(dossier, DOSSIER_STEPS, &el)) {
		msec given = el_num(dossier, &el, STEP_EL_GIVEN_AT);

		order[at++] = (struct order){ given == MSEC_NONE ? INT64_MAX : given,
					      el_num(dossier, &el, STEP_EL_SEQ), el };
	}
	qsort(order, at, sizeof(*order), by_giving);
	for (size_t i = 0; i < at; i++) {
		const char *unit = el_text(dossier, &order[i].el, STEP_EL_UNIT);

		put_step(app, dossier, i ? &order[i - 1].el : NULL, &order[i].el, facts);
		if (*unit && strcmp(unit, slip_deciding(dossier)) && !strstr(buf_str(&units), unit))
			buf_printf(&units, "%s%s", units.len ? ", " : "", unit);
	}
	paper_put(facts, "units", buf_str(&units));
	buf_done(&units);
	free(order);
}

static void put_people(struct app *app, const struct rec *dossier, struct paper_facts *facts)
{
	const char *submitter = rec_text(dossier, DOSSIER_SUBMITTER_NAME);
	char phone[24];

	paper_put(facts, "applicant_name", rec_text(dossier, DOSSIER_APPLICANT_NAME));
	paper_put(facts, "applicant_id_no", rec_text(dossier, DOSSIER_APPLICANT_ID_NO));
	paper_put(facts, "applicant_address", rec_text(dossier, DOSSIER_APPLICANT_ADDRESS));
	paper_put(facts, "applicant_phone", slip_phone(rec_text(dossier, DOSSIER_APPLICANT_PHONE), phone));
	paper_put(facts, "applicant_email", rec_text(dossier, DOSSIER_APPLICANT_EMAIL));
	paper_put(facts, "submitter_name", submitter);
	paper_put(facts, "submitter_paper", rec_text(dossier, DOSSIER_SUBMITTER_PAPER));
	paper_put(facts, "submitter", *submitter ? submitter : rec_text(dossier, DOSSIER_APPLICANT_NAME));
	put_person(app, facts, "received_by",
		   rec_has(dossier, DOSSIER_RECEIVED_BY) ? rec_text(dossier, DOSSIER_RECEIVED_BY) : app->user);
}

/* "Quyển số 2024, số thứ tự 0101": a book a year, a line a code. */
static void put_book(const struct rec *dossier, struct paper_facts *facts)
{
	const char *code = rec_text(dossier, DOSSIER_CODE), *dash = strrchr(code, '-');
	msec received = rec_num(dossier, DOSSIER_RECEIVED_AT);
	char year[24];

	if (received == MSEC_NONE)
		return;
	(void)snprintf(year, sizeof(year), "%d", clock_civil(received).year);
	paper_put(facts, "book_no", year);
	paper_put(facts, "book_line", dash ? dash + 1 : code);
}

static const char *return_place(const struct rec *dossier)
{
	int64_t method = rec_num_or(dossier, DOSSIER_RETURN_METHOD, RETURN_COUNTER);

	if (rec_has(dossier, DOSSIER_RETURN_PLACE))
		return rec_text(dossier, DOSSIER_RETURN_PLACE);
	return return_words[method > 0 && method < (int64_t)ARRAY_LEN(return_words) ? method : 0].vi;
}

static enum rc put_procedure(struct app *app, const struct rec *dossier, struct paper_facts *facts, struct err *err)
{
	const char *code = rec_text(dossier, DOSSIER_PROCEDURE_CODE);
	char time[ALLOWANCE_TEXT];
	struct office office;
	enum rc rc;

	office_init(&office);
	rc = office_load(app, dossier, &office, err);
	if (!rc) {
		paper_put(facts, "procedure", rec_has(&office.procedure, PROCEDURE_NAME) ?
						      rec_text(&office.procedure, PROCEDURE_NAME) : code);
		paper_put(facts, "procedure_code", code);
		paper_put(facts, "field_name", rec_text(dossier, DOSSIER_FIELD_NAME));
		paper_put(facts, "time", allowance_format(&office.allowance, LANG_VI, time));
	}
	office_done(&office);
	return rc;
}

static void put_times(const struct rec *dossier, struct paper_facts *facts)
{
	put_long(facts, "received", rec_num(dossier, DOSSIER_RECEIVED_AT));
	put_date(facts, "received_on", rec_num(dossier, DOSSIER_RECEIVED_AT));
	put_long(facts, "due", rec_num(dossier, DOSSIER_DUE_AT));
	put_date(facts, "due_on", rec_num(dossier, DOSSIER_DUE_AT));
	paper_put(facts, "provisional", rec_true(dossier, DOSSIER_PROVISIONAL) ? "1" : "");
}

/* The last pause of a kind; false when there never was one. */
static bool last_pause(const struct rec *dossier, int kind, struct element *found)
{
	struct element el = { 0 };
	bool any = false;

	while (rec_each(dossier, DOSSIER_PAUSES, &el))
		if (el_num(dossier, &el, PAUSE_EL_KIND) == kind) {
			*found = el;
			any = true;
		}
	return any;
}

static enum rc put_supplement(struct app *app, const struct rec *dossier, struct paper_facts *facts, struct err *err)
{
	struct element el;
	const char *items;
	struct buf item = BUF(8192);

	put_person(app, facts, "asked_by", app->user);
	if (rec_has(dossier, DOSSIER_REPLY_BEFORE))
		put_date(facts, "reply_before", dayno_start((dayno)rec_num(dossier, DOSSIER_REPLY_BEFORE)));
	if (!last_pause(dossier, PAUSE_SUPPLEMENT, &el)) {
		put_components(app, dossier, true, facts);
		return facts->lists_count && !strcmp(facts->lists[facts->lists_count - 1].list, "items") ? RC_OK :
		       err_set(err, RC_INPUT, "Hồ sơ chưa có yêu cầu bổ sung và không thiếu giấy tờ nào.",
			       "The dossier has no request for papers, and no paper is missing.");
	}
	paper_put(facts, "reason", el_text(dossier, &el, PAUSE_EL_REASON));
	if (el_num(dossier, &el, PAUSE_EL_TO) == MSEC_NONE && rec_has(dossier, DOSSIER_RECEIVED_AT))
		paper_put(facts, "waits", "1");
	for (items = el_text(dossier, &el, PAUSE_EL_ITEMS); *items; items += items[strcspn(items, "\n")] == '\n') {
		size_t len = strcspn(items, "\n");

		buf_clear(&item);
		buf_add(&item, items, len);
		paper_row(facts, "items");
		paper_put_row(facts, "name", buf_str(&item));
		items += len;
	}
	buf_done(&item);
	return RC_OK;
}

static enum rc put_refusal(const struct rec *dossier, struct paper_facts *facts, struct err *err)
{
	if (!rec_true(dossier, DOSSIER_REFUSED) && dossier_state(dossier) != STATE_NOT_RECEIVED)
		return err_set(err, RC_INPUT, "Hồ sơ không bị từ chối: ghi việc từ chối trước khi in phiếu.",
			       "The dossier was not refused: record the refusal before its paper.");
	paper_put(facts, "reason", rec_text(dossier, DOSSIER_REASON));
	paper_put(facts, "reason_code", rec_text(dossier, DOSSIER_REASON_CODE));
	paper_put(facts, "legal_basis", rec_text(dossier, DOSSIER_LEGAL_BASIS));
	return RC_OK;
}

static enum rc put_apology(struct app *app, const struct rec *dossier, struct paper_facts *facts, struct err *err)
{
	struct element el = { 0 }, last = { 0 };
	msec due = rec_num(dossier, DOSSIER_DUE_AT), finished = rec_num(dossier, DOSSIER_FINISHED_AT);
	bool any = false;

	while (rec_each(dossier, DOSSIER_EXTENSIONS, &el)) {
		last = el;
		any = true;
	}
	if (!any && deadline_timeliness(due, finished == MSEC_NONE ? app_now(app) : finished, false) != TIMELY_LATE)
		return err_set(err, RC_INPUT, "Hồ sơ chưa gia hạn và chưa quá hẹn: không có gì để xin lỗi.",
			       "The dossier is neither extended nor overdue: there is nothing to apologise for.");
	put_long(facts, "old_due", any ? el_num(dossier, &last, EXTENSION_EL_OLD_DUE_AT) : due);
	if (any)
		put_long(facts, "new_due", el_num(dossier, &last, EXTENSION_EL_NEW_DUE_AT));
	paper_put(facts, "reason", any ? el_text(dossier, &last, EXTENSION_EL_REASON) :
					 rec_text(dossier, DOSSIER_LATE_REASON));
	return RC_OK;
}

static enum rc put_stop(const struct rec *dossier, struct paper_facts *facts, struct err *err)
{
	struct element el;

	if (!last_pause(dossier, PAUSE_STOP, &el))
		return err_set(err, RC_INPUT, "Hồ sơ chưa bị dừng: ghi việc dừng trước khi in thông báo.",
			       "The dossier was not stopped: record the stop before its notice.");
	paper_put(facts, "reason", el_text(dossier, &el, PAUSE_EL_REASON));
	paper_put(facts, "legal_basis", rec_text(dossier, DOSSIER_LEGAL_BASIS));
	put_long(facts, "stopped", el_num(dossier, &el, PAUSE_EL_FROM));
	paper_put(facts, "final", rec_has(dossier, DOSSIER_FINISHED_AT) ? "1" : "");
	return RC_OK;
}

enum rc slip_dossier_facts(struct app *app, enum slip_form form, const struct rec *dossier,
			   struct paper_facts *facts, struct err *err)
{
	enum rc rc = put_procedure(app, dossier, facts, err);

	if (rc)
		return rc;
	paper_put(facts, "code", rec_text(dossier, DOSSIER_CODE));
	paper_put(facts, "state", state_words(dossier_state(dossier))->vi);
	paper_put(facts, "holder", holder(dossier));
	paper_put(facts, "deciding_unit", slip_deciding(dossier));
	paper_put(facts, "sets", "01"); /* the record counts papers (components), not sets: a dossier is one */
	paper_put(facts, "return_place", return_place(dossier));
	put_people(app, dossier, facts);
	put_times(dossier, facts);
	put_book(dossier, facts);
	put_fees(dossier, facts);
	put_steps(app, dossier, facts);
	put_components(app, dossier, false, facts);
	switch (form) {
	case SLIP_RECEIPT:
		if (!rec_has(dossier, DOSSIER_RECEIVED_AT))
			return err_set(err, RC_INPUT, "Hồ sơ chưa được tiếp nhận: chưa có giấy hẹn.",
				       "The dossier has not been received: there is no receipt yet.");
		return RC_OK;
	case SLIP_SUPPLEMENT:
		return put_supplement(app, dossier, facts, err);
	case SLIP_REFUSAL:
		return put_refusal(dossier, facts, err);
	case SLIP_APOLOGY:
		return put_apology(app, dossier, facts, err);
	case SLIP_STOP:
		return put_stop(dossier, facts, err);
	default:
		return RC_OK;
	}
}
