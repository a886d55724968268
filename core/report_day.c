/*
 * report_day.c - the end of a day: what came in and went out, what must not wait, what the drawer should hold.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/report_run.h"
#include "db/base/mem.h"
#include "db/rec_fields.h"

/* The first group counts only; dossiers of the second are listed. */
enum what {
	RECEIVED,
	FINISHED,
	RETURNED,
	OPEN,
	PAUSED,
	WAITING_RETURN,
	NOT_HANDED_OVER,
	UNSCANNED,
	OVERDUE,
	DUE_TODAY,
	DUE_NEXT,
	RETURN_NEXT,
	WHATS
};

static const struct shown what_shown[WHATS + 1] = {
	[RECEIVED] = { "received", T("Tiếp nhận trong kỳ", "Received") },
	[FINISHED] = { "finished", T("Giải quyết xong trong kỳ", "Finished") },
	[RETURNED] = { "returned", T("Trả kết quả trong kỳ", "Returned") },
	[OPEN] = { "open", T("Đang giải quyết", "Open") },
	[PAUSED] = { "paused", T("Đang tạm dừng", "Paused") },
	[WAITING_RETURN] = { "waiting_return", T("Có kết quả, chưa trả", "Result waits at the counter") },
	[NOT_HANDED_OVER] = { "not_handed_over", T("Chưa chuyển xử lý", "Not handed on") },
	[UNSCANNED] = { "unscanned", T("Nhận tại quầy, chưa quét", "At the counter, not scanned") },
	[OVERDUE] = { "overdue", T("Quá hạn", "Overdue") },
	[DUE_TODAY] = { "due_today", T("Đến hạn hôm nay", "Due today") },
	[DUE_NEXT] = { "due_next", T("Đến hạn ngày làm việc tới", "Due next working day") },
	[RETURN_NEXT] = { "return_next",
			  T("Có kết quả, hẹn ngày tới", "Ready, due next working day") },
	[WHATS] = { NULL, T("", "") },
};

struct listed {
	char code[44];
	enum what what;
	msec due;
	int64_t procedure, field, person;
};

struct day {
	struct report *report;
	dayno next; /* working day */
	int64_t counts[WHATS];
	struct listed *listed;
	size_t listed_count, listed_cap;
	int64_t cash[4][2]; /* by method: payments, dong */
};

/* The first step is where the counter keeps it; `person` is who holds the open step. */
static enum rc look_at_steps(const struct met *met, bool *handed_over, int64_t *person, struct err *err)
{
	struct buf room = BUF(REC_TEXT_MAX);
	struct step_fact step;
	struct packed at;
	struct span steps;
	enum rc rc = source_steps(met->source, met->fact->rec, &room, &steps, err);

	*handed_over = met->fact->state != STATE_RECEIVED;
	*person = 0;
	if (!rc) {
		msec end = met->report->period.end;

		at = packed_on(steps);
		for (size_t n = 0; packed_step(&at, &step); n++) {
			bool done = step.done_at != MSEC_NONE && step.done_at < end;

			if (!n)
				*handed_over = done;
			if (!done && step.given_at != MSEC_NONE && step.given_at < end)
				*person = source_name(met->source, step.person);
		}
	}
	buf_done(&room);
	return rc;
}

static enum rc list(struct day *day, const struct met *met, enum what what, int64_t person, struct err *err)
{
	struct listed *listed;
	struct rec rec;
	enum rc rc;

	day->listed = mem_room(day->listed, day->listed_count, &day->listed_cap, sizeof(*day->listed));
	listed = &day->listed[day->listed_count++];
	*listed = (struct listed){ "", what, met->judged.due, met->fact->procedure, report_field(met), person };
	day->counts[what]++;
	rec_init(&rec, REC_DOSSIER);
	rc = source_rec(met->source, met->fact->rec, &rec, err);
	if (!rc)
		snprintf(listed->code, sizeof(listed->code), "%s", rec_text(&rec, DOSSIER_CODE));
	rec_done(&rec);
	return rc;
}

static enum rc look_at_open(struct day *day, const struct met *met, struct err *err)
{
	const struct period_days *period = &day->report->period;
	dayno due = met->judged.due == MSEC_NONE ? DAYNO_NONE : dayno_of(met->judged.due);
	bool handed_over;
	int64_t person;
	enum rc rc;

	day->counts[OPEN]++;
	day->counts[PAUSED] += met->judged.paused;
	if (met->judged.paused || (due > day->next && !met->judged.received))
		return RC_OK;
	rc = look_at_steps(met, &handed_over, &person, err);
	if (rc)
		return rc;
	if (met->judged.received && !handed_over)
		rc = list(day, met, NOT_HANDED_OVER, person, err);
	if (rc)
		return rc;
	if (met->judged.overdue)
		return list(day, met, OVERDUE, person, err);
	if (due == period->to)
		return list(day, met, DUE_TODAY, person, err);
	if (due != DAYNO_NONE && due > period->to && due <= day->next)
		return list(day, met, DUE_NEXT, person, err);
	return RC_OK;
}

/* The result is here and nobody has fetched it. */
static enum rc look_at_waiting(struct day *day, const struct met *met, struct err *err)
{
	dayno due = met->judged.due == MSEC_NONE ? DAYNO_NONE : dayno_of(met->judged.due);

	day->counts[WAITING_RETURN]++;
	if (due > day->report->period.to && due <= day->next)
		return list(day, met, RETURN_NEXT, 0, err);
	return RC_OK;
}

static bool is_unscanned(const struct met *met)
{
	return met->judged.received && met->fact->channel != CHANNEL_ONLINE &&
	       (met->fact->scanned_at == MSEC_NONE || met->fact->scanned_at >= met->report->period.end);
}

static enum rc look(void *ctx, const struct met *met, struct err *err)
{
	struct day *day = ctx;
	const struct fact *fact = met->fact;
	const struct period_days *period = &day->report->period;
	enum rc rc = RC_OK;

	day->counts[RECEIVED] += met->judged.received;
	day->counts[FINISHED] += met->judged.resolved;
	day->counts[RETURNED] += period_has(period, fact->returned_at);
	if (fact->finished_at != MSEC_NONE && fact->finished_at < period->end && fact->state >= STATE_DONE &&
	    fact->state <= STATE_RETURNED && (fact->returned_at == MSEC_NONE || fact->returned_at >= period->end))
		rc = look_at_waiting(day, met, err);
	if (!rc && is_unscanned(met))
		rc = list(day, met, UNSCANNED, 0, err);
	return !rc && met->judged.open ? look_at_open(day, met, err) : rc;
}

static enum rc count_fee(void *ctx, const struct fact_fee *fee, struct err *err)
{
	struct day *day = ctx;
	int method = fee->method > 0 && fee->method < 4 ? fee->method : 0;

	(void)err;
	if (fee->status == FEE_PAID && period_has(&day->report->period, fee->paid_at)) {
		day->cash[method][0]++;
		day->cash[method][1] += fee->amount;
	}
	return RC_OK;
}

static const struct column count_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "what", COLUMN_TEXT, 0, T("", ""), T("Việc", "What"), what_shown },
	{ "dossiers", COLUMN_INT, 0, T("", ""), T("Số hồ sơ", "Dossiers"), NULL },
};

static const struct shown method_shown[] = {
	{ "cash", T("Tiền mặt", "Cash") },
	{ "online", T("Trực tuyến", "Online") },
	{ "transfer", T("Chuyển khoản", "Transfer") },
	{ NULL, T("", "") },
};

static const struct column cash_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "method", COLUMN_TEXT, 0, T("", ""), T("Đã thu", "Taken"), method_shown },
	{ "payments", COLUMN_INT, 0, T("", ""), T("Lượt thu", "Payments"), NULL },
	{ "paid_vnd", COLUMN_VND, 0, T("", ""), T("Số tiền (đ)", "Amount (VND)"), NULL },
};

static const struct column dossier_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "what", COLUMN_TEXT, 0, T("", ""), T("Việc", "What"), what_shown },
	{ "code", COLUMN_CODE, 0, T("", ""), T("Mã hồ sơ", "Code"), NULL },
	{ "procedure_code", COLUMN_CODE, 0, T("", ""), T("Thủ tục", "Procedure"), NULL },
	{ "field_name", COLUMN_TEXT, 0, T("", ""), T("Lĩnh vực", "Field"), NULL },
	{ "due_at", COLUMN_TIME, 0, T("", ""), T("Hẹn trả", "Due"), NULL },
	{ "person", COLUMN_TEXT, 0, T("", ""), T("Người giữ", "Held by"), NULL },
};

static int by_what(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	if (x->what != y->what)
		return x->what < y->what ? -1 : 1;
	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	return strcmp(x->code, y->code);
}

static void put_listed(struct report *report, struct day *day)
{
	table_part(report->out, "dossiers", dossier_columns, ARRAY_LEN(dossier_columns),
		   (struct words)T("Hồ sơ cần để ý", "Dossiers to look after"));
	if (day->listed_count)
		qsort(day->listed, day->listed_count, sizeof(*day->listed), by_what);
	for (size_t i = 0; i < day->listed_count; i++) {
		const struct listed *one = &day->listed[i];

		table_text(report->out, "dossier");
		table_text(report->out, what_shown[one->what].value);
		table_text(report->out, one->code);
		table_text(report->out, names_text(&report->names, one->procedure));
		table_text(report->out, names_text(&report->names, one->field));
		table_num(report->out, one->due);
		table_text(report->out, names_text(&report->names, one->person));
	}
}

static void put_counts(struct report *report, const struct day *day)
{
	table_part(report->out, "counts", count_columns, ARRAY_LEN(count_columns), (struct words)T("", ""));
	for (int i = 0; i < WHATS; i++) {
		table_text(report->out, "count");
		table_text(report->out, what_shown[i].value);
		table_num(report->out, day->counts[i]);
	}
	table_part(report->out, "cash", cash_columns, ARRAY_LEN(cash_columns), (struct words)T("", ""));
	for (int i = 1; i <= 4; i++) {
		if (i == 4 && !day->cash[0][0])
			continue;
		table_text(report->out, "cash");
		table_text(report->out, i < 4 ? method_shown[i - 1].value : NULL);
		table_num(report->out, day->cash[i % 4][0]);
		table_num(report->out, day->cash[i % 4][1]);
	}
}

enum rc report_fill_day(struct report *report, struct err *err)
{
	struct day day = { .report = report };
	const struct calendar *calendar;
	enum rc rc = catalog_calendar(report->sources[0].app, &calendar, err);

	if (rc)
		return rc;
	day.next = calendar_working_from(calendar, report->period.to + 1);
	rc = report_all(report, look, &day, err);
	for (size_t i = 0; !rc && i < report->sources_count; i++)
		rc = source_fees(&report->sources[i], count_fee, &day, err);
	if (!rc) {
		put_counts(report, &day);
		put_listed(report, &day);
	}
	free(day.listed);
	return rc;
}
