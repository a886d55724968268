#include "core/rules/dossier.h"

#include <string.h>

#include "core/rules/person.h"

#define FIELDS_END { 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") }
#define REASON_FIELD(flags) \
	{ VERB_FIELD_REASON, "reason", FIELD_TEXT, (flags) | FIELD_LINES | FIELD_PERSONAL, 2000, NULL, NULL, \
	  T("Lý do", "Reason") }
#define AMOUNT_FIELD(flags) \
	{ VERB_FIELD_AMOUNT_VND, "amount_vnd", FIELD_INT, flags, INT64_C(1000000000000), NULL, NULL, \
	  T("Số tiền", "Amount") }

static const struct field accept_fields[] = {
	{ VERB_FIELD_RECEIVED_AT, "received_at", FIELD_TIME, 0, 0, NULL, NULL, T("Tiếp nhận lúc", "Received at") },
	{ VERB_FIELD_DUE_AT, "due_at", FIELD_TIME, 0, 0, NULL, NULL, T("Hẹn trả", "Due at") },
	FIELDS_END,
};

static const struct field forward_fields[] = {
	{ VERB_FIELD_UNIT, "unit", FIELD_TEXT, 0, 200, NULL, NULL, T("Đơn vị nhận", "To unit") },
	{ VERB_FIELD_LEVEL, "level", FIELD_ENUM, 0, 0, "ward|province|other", NULL, T("Cấp", "Level") },
	{ VERB_FIELD_PERSON, "person", FIELD_TEXT, 0, 100, NULL, NULL, T("Người nhận", "Person") },
	{ VERB_FIELD_ALLOTTED_DAYS, "allotted_days", FIELD_DEC, 0, 0, NULL, NULL, T("Số ngày", "Days allotted") },
	FIELDS_END,
};

static const struct field done_fields[] = {
	{ VERB_FIELD_RESULT_NO, "result_no", FIELD_TEXT, 0, 100, NULL, NULL, T("Số kết quả", "Result number") },
	{ VERB_FIELD_ELECTRONIC_RESULT, "electronic_result", FIELD_BOOL, 0, 0, NULL, NULL,
	  T("Kết quả điện tử", "Electronic result") },
	{ VERB_FIELD_LATE_REASON, "late_reason", FIELD_TEXT, FIELD_LINES, 500, NULL, NULL, T("Lý do trễ", "Late reason") },
	FIELDS_END,
};

static const struct field supplement_fields[] = {
	{ VERB_FIELD_ITEMS, "items", FIELD_TEXTS, 0, 500, NULL, NULL, T("Giấy tờ cần bổ sung", "Papers to bring") },
	REASON_FIELD(0),
	{ VERB_FIELD_REPLY_BEFORE, "reply_before", FIELD_DATE, 0, 0, NULL, NULL, T("Bổ sung trước", "Reply before") },
	FIELDS_END,
};

static const struct field finance_fields[] = { AMOUNT_FIELD(FIELD_REQUIRED), FIELDS_END };

static const struct field stop_fields[] = {
	REASON_FIELD(FIELD_REQUIRED),
	{ VERB_FIELD_LEGAL_BASIS, "legal_basis", FIELD_TEXT, FIELD_LINES, 500, NULL, NULL, T("Căn cứ", "Legal basis") },
	{ VERB_FIELD_FINAL, "final", FIELD_BOOL, 0, 0, NULL, NULL, T("Dừng hẳn", "Final") },
	FIELDS_END,
};

static const struct field extend_fields[] = {
	{ VERB_FIELD_NEW_DUE_AT, "new_due_at", FIELD_TIME, FIELD_REQUIRED, 0, NULL, NULL, T("Hẹn mới", "New due") },
	REASON_FIELD(FIELD_REQUIRED),
	FIELDS_END,
};

static const struct field refuse_fields[] = {
	REASON_FIELD(FIELD_REQUIRED),
	{ VERB_FIELD_REASON_CODE, "reason_code", FIELD_TEXT, 0, 40, NULL, NULL, T("Mã lý do", "Reason code") },
	FIELDS_END,
};

static const struct field withdraw_fields[] = { REASON_FIELD(0), FIELDS_END };

static const struct field return_fields[] = {
	{ VERB_FIELD_METHOD, "method", FIELD_ENUM, 0, 0, "counter|post|online", NULL, T("Cách trả", "How") },
	{ VERB_FIELD_COLLECTED_BY, "collected_by", FIELD_TEXT, FIELD_PERSONAL, 200, NULL, NULL,
	  T("Người nhận", "Collected by") },
	FIELDS_END,
};

static const struct field rate_fields[] = {
	{ VERB_FIELD_VALUE, "value", FIELD_INT, FIELD_REQUIRED, 5, NULL, NULL, T("Hài lòng (1-5)", "Rating (1-5)") },
	FIELDS_END,
};

static const struct field pay_fields[] = {
	{ VERB_FIELD_NAME, "name", FIELD_TEXT, 0, 200, NULL, NULL, T("Khoản thu", "Fee") },
	AMOUNT_FIELD(0),
	{ VERB_FIELD_METHOD, "method", FIELD_ENUM, 0, 0, "cash|online|transfer", NULL, T("Hình thức", "Method") },
	{ VERB_FIELD_RECEIPT_NO, "receipt_no", FIELD_TEXT, 0, 40, NULL, NULL, T("Số biên lai", "Receipt number") },
	FIELDS_END,
};

#define REGISTERED STATE_BIT(STATE_REGISTERED)
#define RECEIVED STATE_BIT(STATE_RECEIVED)
#define PROCESSING STATE_BIT(STATE_PROCESSING)
#define SUPPLEMENT STATE_BIT(STATE_SUPPLEMENT)
#define FINANCE STATE_BIT(STATE_FINANCE)
#define STOPPED STATE_BIT(STATE_STOPPED)
#define DONE STATE_BIT(STATE_DONE)
#define RETURNED STATE_BIT(STATE_RETURNED)

const struct words dossier_fee = T("Lệ phí", "Fee");
const struct words dossier_finance_fee = T("Nghĩa vụ tài chính", "Financial duty");

const struct dossier_verb dossier_verbs[] = {
	{ VERB_ACCEPT, "accept", REGISTERED, STATE_RECEIVED, MAY_ACCEPT, accept_fields, "receipt",
	  T("tiếp nhận", "accept"), T("tiếp nhận hồ sơ trực tuyến", "accepted") },
	{ VERB_FORWARD, "forward", RECEIVED | PROCESSING, STATE_PROCESSING, MAY_FORWARD, forward_fields, "control",
	  T("chuyển bước", "forward"), T("chuyển bước", "forwarded") },
	{ VERB_DONE, "done", PROCESSING, STATE_DONE, MAY_DONE, done_fields, NULL,
	  T("kết thúc xử lý", "finish"), T("có kết quả", "finished") },
	{ VERB_SUPPLEMENT, "supplement", REGISTERED | PROCESSING, STATE_SUPPLEMENT, MAY_SUPPLEMENT, supplement_fields,
	  "supplement", T("yêu cầu bổ sung", "ask for papers"), T("yêu cầu bổ sung", "asked for papers") },
	{ VERB_RESUME, "resume", SUPPLEMENT | FINANCE | STOPPED, 0, MAY_RESUME, NULL, NULL,
	  T("tiếp tục xử lý", "resume"), T("tiếp tục xử lý", "resumed") },
	{ VERB_FINANCE, "finance", PROCESSING, STATE_FINANCE, MAY_FINANCE, finance_fields, NULL,
	  T("yêu cầu nghĩa vụ tài chính", "ask for a payment"), T("yêu cầu nghĩa vụ tài chính", "asked for a payment") },
	{ VERB_STOP, "stop", PROCESSING | SUPPLEMENT, STATE_STOPPED, MAY_STOP, stop_fields, "stop",
	  T("dừng xử lý", "stop"), T("dừng xử lý", "stopped") },
	{ VERB_EXTEND, "extend", PROCESSING, STATE_PROCESSING, MAY_EXTEND, extend_fields, "apology",
	  T("gia hạn", "extend"), T("gia hạn", "extended") },
	{ VERB_REFUSE, "refuse", STATES_OPEN, 0, MAY_REFUSE_RECEPTION, refuse_fields, "refusal",
	  T("từ chối", "refuse"), T("từ chối", "refused") },
	{ VERB_WITHDRAW, "withdraw", STATES_OPEN, STATE_WITHDRAWN, MAY_WITHDRAW, withdraw_fields, NULL,
	  T("rút hồ sơ", "withdraw"), T("rút hồ sơ", "withdrawn") },
	{ VERB_RETURN, "return", DONE, STATE_RETURNED, MAY_RETURN, return_fields, NULL,
	  T("trả kết quả", "return the result"), T("trả kết quả", "returned") },
	{ VERB_RATE, "rate", DONE | RETURNED, 0, MAY_RATE, rate_fields, NULL,
	  T("ghi mức hài lòng", "rate"), T("ghi mức hài lòng", "rated") },
	{ VERB_PAY, "pay", STATES_ANY, 0, MAY_PAY, pay_fields, NULL,
	  T("thu phí, lệ phí", "take a fee"), T("thu phí, lệ phí", "paid") },
	{ VERB_CORRECT, "correct", STATES_ANY, 0, MAY_CORRECT_OPEN, NULL, NULL,
	  T("sửa", "correct"), T("sửa", "corrected") },
	{ VERB_UNDO, "undo", STATES_ANY, 0, MAY_UNDO, NULL, NULL, T("hoàn tác", "undo"), T("hoàn tác", "undone") },
	{ VERB_NONE, NULL, 0, 0, MAY_READ, NULL, NULL, T("", ""), T("", "") },
};

/* Verbs of the journal that `act` does not take. */
static const struct {
	enum verb verb;
	const char *name;
	struct words words;
} other_verbs[] = {
	{ VERB_IMPORT, "import", T("nhập từ tệp", "imported") },
	{ VERB_RECEIVE, "receive", T("tiếp nhận", "received") },
	{ VERB_SCAN, "scan", T("quét giấy tờ", "scanned") },
	{ VERB_ADD, "add", T("thêm", "added") },
	{ VERB_CHANGE, "change", T("đổi", "changed") },
	{ VERB_RESOLVE, "resolve", T("xử lý xung đột", "resolved a clash") },
	{ VERB_RECALC, "recalc", T("tính lại hẹn trả", "recomputed the due date") },
	{ VERB_PRINT, "print", T("in giấy tiếp nhận", "printed the receipt") },
};

static const struct words states[] = {
	[STATE_REGISTERED] = T("Mới đăng ký", "registered"),
	[STATE_RECEIVED] = T("Được tiếp nhận", "received"),
	[STATE_PROCESSING] = T("Đang xử lý", "processing"),
	[STATE_SUPPLEMENT] = T("Yêu cầu bổ sung giấy tờ", "waiting for papers"),
	[STATE_FINANCE] = T("Yêu cầu thực hiện nghĩa vụ tài chính", "waiting for a payment"),
	[STATE_STOPPED] = T("Dừng xử lý", "stopped"),
	[STATE_DONE] = T("Đã xử lý xong", "done"),
	[STATE_RETURNED] = T("Đã trả kết quả", "returned"),
	[STATE_WITHDRAWN] = T("Công dân yêu cầu rút hồ sơ", "withdrawn"),
	[STATE_NOT_RECEIVED] = T("Không được tiếp nhận", "not received"),
};

const struct dossier_verb *dossier_verb(enum verb verb)
{
	for (const struct dossier_verb *row = dossier_verbs; row->verb; row++)
		if (row->verb == verb)
			return row;
	return NULL;
}

const struct dossier_verb *dossier_verb_named(const char *name)
{
	for (const struct dossier_verb *row = dossier_verbs; row->verb; row++)
		if (!strcmp(row->name, name))
			return row;
	return NULL;
}

const struct words *verb_words(enum verb verb)
{
	static const struct words unknown = T("việc không rõ", "an unknown verb");
	const struct dossier_verb *row = dossier_verb(verb);

	if (row)
		return &row->done;
	for (size_t i = 0; i < ARRAY_LEN(other_verbs); i++)
		if (other_verbs[i].verb == verb)
			return &other_verbs[i].words;
	return &unknown;
}

const char *verb_name(enum verb verb)
{
	const struct dossier_verb *row = dossier_verb(verb);

	if (row)
		return row->name;
	for (size_t i = 0; i < ARRAY_LEN(other_verbs); i++)
		if (other_verbs[i].verb == verb)
			return other_verbs[i].name;
	return "unknown";
}

const struct words *state_words(int64_t state)
{
	static const struct words unknown = T("không rõ", "unknown");

	return state >= STATE_REGISTERED && state <= STATE_NOT_RECEIVED ? &states[state] : &unknown;
}

int dossier_state(const struct rec *dossier)
{
	int64_t state = rec_num_or(dossier, DOSSIER_STATE, 0);

	if (state >= STATE_REGISTERED && state <= STATE_NOT_RECEIVED)
		return (int)state;
	return rec_has(dossier, DOSSIER_RECEIVED_AT) ? STATE_RECEIVED : STATE_REGISTERED;
}

bool dossier_is_open(const struct rec *dossier)
{
	int state = dossier_state(dossier);

	return STATE_BIT(state) & STATES_OPEN && !(state == STATE_STOPPED && rec_has(dossier, DOSSIER_FINISHED_AT));
}

bool dossier_is_paused(const struct rec *dossier)
{
	struct element el = { 0 };

	while (rec_each(dossier, DOSSIER_PAUSES, &el))
		if (el_num(dossier, &el, PAUSE_EL_TO) == MSEC_NONE)
			return true;
	return false;
}

static void later(msec *last, msec at)
{
	if (at != MSEC_NONE && (*last == MSEC_NONE || at > *last))
		*last = at;
}

msec dossier_last_fact(const struct rec *dossier)
{
	static const struct {
		unsigned tag, sub;
	} facts[] = {
		{ DOSSIER_RECEIVED_AT, 0 },
		{ DOSSIER_FINISHED_AT, 0 },
		{ DOSSIER_RETURNED_AT, 0 },
		{ DOSSIER_STEPS, STEP_EL_GIVEN_AT },
		{ DOSSIER_STEPS, STEP_EL_DONE_AT },
		{ DOSSIER_PAUSES, PAUSE_EL_FROM },
		{ DOSSIER_PAUSES, PAUSE_EL_TO },
		{ DOSSIER_EXTENSIONS, EXTENSION_EL_AT },
		{ DOSSIER_FEES, FEE_EL_PAID_AT },
	};
	msec last = MSEC_NONE;

	for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
		struct element el = { 0 };

		if (!facts[i].sub)
			later(&last, rec_num(dossier, facts[i].tag));
		while (facts[i].sub && rec_each(dossier, facts[i].tag, &el))
			later(&last, el_num(dossier, &el, facts[i].sub));
	}
	return last;
}

/* The time for bringing papers is over. */
static bool supplement_ran_out(const struct rec *dossier, msec at)
{
	int64_t day = rec_num(dossier, DOSSIER_REPLY_BEFORE);

	return day != MSEC_NONE && dayno_of(at) > (dayno)day;
}

static int refused_to(const struct rec *dossier, int state, msec at)
{
	if (!rec_has(dossier, DOSSIER_RECEIVED_AT) || state == STATE_REGISTERED)
		return STATE_NOT_RECEIVED;
	return state == STATE_SUPPLEMENT && supplement_ran_out(dossier, at) ? STATE_NOT_RECEIVED : STATE_DONE;
}

/* The stop cut into a request for papers: that goes on afterwards. */
static bool stopped_in_supplement(const struct rec *dossier)
{
	struct element el = { 0 };
	msec from = MSEC_NONE;

	while (rec_each(dossier, DOSSIER_PAUSES, &el))
		if (el_num(dossier, &el, PAUSE_EL_KIND) == PAUSE_STOP && el_num(dossier, &el, PAUSE_EL_TO) == MSEC_NONE)
			from = el_num(dossier, &el, PAUSE_EL_FROM);
	el = (struct element){ 0 };
	while (from != MSEC_NONE && rec_each(dossier, DOSSIER_PAUSES, &el))
		if (el_num(dossier, &el, PAUSE_EL_KIND) == PAUSE_SUPPLEMENT &&
		    el_num(dossier, &el, PAUSE_EL_TO) == from)
			return true;
	return false;
}

/* Where a pause leads back to. */
static int resumed_to(const struct rec *dossier, int state)
{
	if (state == STATE_STOPPED && stopped_in_supplement(dossier))
		return STATE_SUPPLEMENT;
	return rec_has(dossier, DOSSIER_RECEIVED_AT) ? STATE_PROCESSING : STATE_REGISTERED;
}

enum rc dossier_allows(const struct rec *dossier, enum verb verb, msec at, int *to, struct err *err)
{
	const struct dossier_verb *row = dossier_verb(verb);
	int state = dossier_state(dossier), next;
	bool final = state == STATE_STOPPED && rec_has(dossier, DOSSIER_FINISHED_AT);

	if (!row)
		return reason_refuse(err, "", REASON_UNKNOWN_VERB, NULL, NULL);
	if (final && verb == VERB_RESUME)
		return reason_refuse(err, "", REASON_STOP_FINAL, NULL, NULL);
	if (!(row->from & STATE_BIT(state)) || (final && row->from != STATES_ANY))
		return reason_refuse(err, "", REASON_STATE, state_words(state), &row->label);
	next = row->to ? row->to : state;
	if (verb == VERB_REFUSE)
		next = refused_to(dossier, state, at);
	if (verb == VERB_RESUME)
		next = resumed_to(dossier, state);
	if (to)
		*to = next;
	return RC_OK;
}

enum right dossier_right(const struct rec *dossier, enum verb verb, msec at)
{
	const struct dossier_verb *row = dossier_verb(verb);

	if (verb == VERB_REFUSE && refused_to(dossier, dossier_state(dossier), at) == STATE_DONE)
		return MAY_REFUSE_SUBSTANCE;
	if (verb == VERB_CORRECT && !dossier_is_open(dossier))
		return MAY_CORRECT_CLOSED;
	return row ? row->right : MAY_UNDO;
}

void dossier_tidy_phones(struct rec *dossier)
{
	static const uint16_t phones[] = { DOSSIER_APPLICANT_PHONE, DOSSIER_SUBMITTER_PHONE };
	char e164[PERSON_PHONE_TEXT];

	for (size_t i = 0; i < ARRAY_LEN(phones); i++)
		if (rec_has(dossier, phones[i]) && !person_phone(rec_text(dossier, phones[i]), e164, NULL))
			rec_put_text(dossier, phones[i], e164);
}

bool dossier_fits(const struct rec *so_far, const struct event *event)
{
	const struct dossier_verb *row = dossier_verb(event->verb);

	return !row || row->from == STATES_ANY || !dossier_allows(so_far, event->verb, event->clock, NULL, NULL);
}
