/*
 * report_desk.c - the office's people and papers: officers, digitisation, the register.
 */
#include <stdlib.h>
#include <string.h>

#include "core/report_run.h"
#include "core/rules/code.h"
#include "db/base/mem.h"
#include "db/rec_fields.h"

enum { TOOK_IN, STEPS_DONE, STEPS_LATE, STEPS_OPEN, STEPS_OVERDUE, OFFICER_COUNTS };

static void count_step(const struct met *met, const struct step_fact *step, int64_t *counts)
{
	const struct period_days *period = &met->report->period;
	bool late = step_overran(step, met->fact, period);

	if (period_has(period, step->done_at)) {
		counts[STEPS_DONE]++;
		counts[STEPS_LATE] += late;
	} else if (met->judged.open && step->given_at != MSEC_NONE && step->given_at < period->end &&
		   (step->done_at == MSEC_NONE || step->done_at >= period->end)) {
		counts[STEPS_OPEN]++;
		counts[STEPS_OVERDUE] += late && !met->judged.paused;
	}
}

static enum rc count_officers(void *ctx, const struct met *met, struct err *err)
{
	struct tally *officers = ctx;
	int64_t clerk = met->fact->clerk;
	struct step_fact step;
	struct packed at;
	struct span steps;
	enum rc rc = source_steps_along(met->source, met->fact->rec, &steps, err);

	if (rc)
		return rc;
	for (at = packed_on(steps); packed_step(&at, &step);) {
		int64_t person = source_name(met->source, step.person);

		/* Who took it in, where the record does not say: whose the first step is. */
		if (!clerk)
			clerk = person;
		count_step(met, &step, tally_at(officers, person, 0));
	}
	if (met->judged.received)
		tally_at(officers, clerk, 0)[TOOK_IN]++;
	return RC_OK;
}

static const struct column officer_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "person", COLUMN_TEXT, 0, T("", ""), T("Cán bộ", "Person"), NULL },
	{ "received", COLUMN_INT, 0, T("", ""), T("Tiếp nhận", "Received"), NULL },
	{ "steps_done", COLUMN_INT, 0, T("", ""), T("Bước đã xong", "Steps done"), NULL },
	{ "steps_late", COLUMN_INT, 0, T("", ""), T("Trong đó trễ", "Of them late"), NULL },
	{ "steps_open", COLUMN_INT, 0, T("", ""), T("Bước đang giữ", "Steps held"), NULL },
	{ "steps_overdue", COLUMN_INT, 0, T("", ""), T("Trong đó quá hạn", "Of them overdue"), NULL },
	{ "percent", COLUMN_PERCENT, 0, T("", ""), T("Bước đúng hạn", "Steps in time"), NULL },
};

/* A row's word and whose it is, then its counts. */
static void put_counts(struct report *report, const char *row, const char *whose, const int64_t *counts, size_t width)
{
	table_text(report->out, row);
	table_text(report->out, whose);
	for (size_t i = 0; i < width; i++)
		table_num(report->out, counts[i]);
}

static void put_officer(struct report *report, const char *row, const char *person, const int64_t *counts)
{
	put_counts(report, row, person, counts, OFFICER_COUNTS);
	report_percent(report, counts[STEPS_DONE] - counts[STEPS_LATE], counts[STEPS_DONE]);
}

enum rc report_fill_officers(struct report *report, struct err *err)
{
	struct tally officers = { NULL, 0, OFFICER_COUNTS };
	int64_t *order, total[OFFICER_COUNTS] = { 0 };
	enum rc rc = report_dossiers_and_steps(report, count_officers, &officers, err);

	if (rc)
		goto out;
	names_order(&report->names, &order);
	table_part(report->out, "officers", officer_columns, ARRAY_LEN(officer_columns), (struct words)T("", ""));
	for (size_t i = 0; i <= report->names.count; i++) {
		int64_t person = i < report->names.count ? order[i] : 0;
		const int64_t *counts = tally_seen(&officers, person, 0);

		if (!counts)
			continue;
		put_officer(report, "officer", names_text(&report->names, person), counts);
		for (int k = 0; k < OFFICER_COUNTS; k++)
			total[k] += counts[k];
	}
	put_officer(report, "total", NULL, total);
	free(order);
out:
	tally_done(&officers);
	return rc;
}

enum { CAME_IN, DIGITISED, REUSED, FIELD_COUNTS };
enum { SCANS, PAGES, BYTES, REUSED_SCANS, SIGNED, COARSE, PERSON_COUNTS };

struct digitised {
	struct report *report;
	struct tally fields, persons;
};

static enum rc count_field(void *ctx, const struct met *met, struct err *err)
{
	struct digitised *digitised = ctx;
	msec end = met->report->period.end;
	int64_t *counts;

	(void)err;
	if (!met->judged.received)
		return RC_OK;
	counts = tally_at(&digitised->fields, report_field(met), 0);
	counts[CAME_IN]++;
	counts[DIGITISED] += met->fact->scanned_at != MSEC_NONE && met->fact->scanned_at < end;
	counts[REUSED] += met->fact->reused_at != MSEC_NONE && met->fact->reused_at < end;
	return RC_OK;
}

static enum rc count_scan(void *ctx, const struct fact_scan *scan, struct err *err)
{
	struct digitised *digitised = ctx;
	int64_t *counts;

	(void)err;
	if (!period_has(&digitised->report->period, scan->at))
		return RC_OK;
	counts = tally_at(&digitised->persons, scan->person, 0);
	counts[SCANS]++;
	counts[PAGES] += scan->pages;
	counts[BYTES] += scan->bytes;
	counts[REUSED_SCANS] += (scan->flags & SCAN_FACT_REUSED) != 0;
	counts[SIGNED] += (scan->flags & SCAN_FACT_SIGNED) != 0;
	counts[COARSE] += (scan->flags & SCAN_FACT_COARSE) != 0;
	return RC_OK;
}

static const struct column field_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "field_name", COLUMN_TEXT, 0, T("", ""), T("Lĩnh vực", "Field"), NULL },
	{ "received", COLUMN_INT, 0, T("", ""), T("Tiếp nhận", "Received"), NULL },
	{ "digitised", COLUMN_INT, 0, T("", ""), T("Có số hóa", "Digitised"), NULL },
	{ "reused", COLUMN_INT, 0, T("", ""), T("Có dùng lại", "Re-used"), NULL },
	{ "percent", COLUMN_PERCENT, 0, T("", ""), T("Tỷ lệ số hóa", "Digitised"), NULL },
};

static const struct column person_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "person", COLUMN_TEXT, 0, T("", ""), T("Người quét", "Scanned by"), NULL },
	{ "scans", COLUMN_INT, 0, T("", ""), T("Số bản", "Scans"), NULL },
	{ "pages", COLUMN_INT, 0, T("", ""), T("Số trang", "Pages"), NULL },
	{ "bytes", COLUMN_INT, 0, T("", ""), T("Dung lượng", "Bytes"), NULL },
	{ "reused", COLUMN_INT, 0, T("", ""), T("Dùng lại", "Re-used"), NULL },
	{ "signed", COLUMN_INT, 0, T("", ""), T("Đã ký số", "Signed"), NULL },
	{ "coarse", COLUMN_INT, 0, T("", ""), T("Dưới 200 dpi", "Below 200 dpi"), NULL },
};

static void put_field(struct report *report, const char *row, const char *name, const int64_t *counts)
{
	put_counts(report, row, name, counts, FIELD_COUNTS);
	report_percent(report, counts[DIGITISED], counts[CAME_IN]);
}

static void put_person(struct report *report, const char *row, const char *name, const int64_t *counts)
{
	put_counts(report, row, name, counts, PERSON_COUNTS);
}

/* The rows of one tally by name, those without one last, then their sum. */
static void put_tally(struct report *report, const struct tally *tally, const char *row, const char *total_row,
		      void (*put)(struct report *, const char *, const char *, const int64_t *))
{
	int64_t *order, total[PERSON_COUNTS] = { 0 };

	names_order(&report->names, &order);
	for (size_t i = 0; i <= report->names.count; i++) {
		int64_t word = i < report->names.count ? order[i] : 0;
		const int64_t *counts = tally_seen(tally, word, 0);

		if (!counts)
			continue;
		put(report, row, names_text(&report->names, word), counts);
		for (size_t k = 0; k < tally->width; k++)
			total[k] += counts[k];
	}
	put(report, total_row, NULL, total);
	free(order);
}

enum rc report_fill_digitisation(struct report *report, struct err *err)
{
	struct digitised digitised = { report, { NULL, 0, FIELD_COUNTS }, { NULL, 0, PERSON_COUNTS } };
	enum rc rc = report_dossiers(report, count_field, &digitised, err);

	for (size_t i = 0; !rc && i < report->sources_count; i++)
		rc = source_scans(&report->sources[i], count_scan, &digitised, err);
	if (!rc) {
		table_part(report->out, "fields", field_columns, ARRAY_LEN(field_columns), (struct words)T("", ""));
		put_tally(report, &digitised.fields, "field", "total", put_field);
		table_part(report->out, "persons", person_columns, ARRAY_LEN(person_columns),
			   (struct words)T("Theo người quét", "By person"));
		put_tally(report, &digitised.persons, "person", "scans", put_person);
	}
	tally_done(&digitised.fields);
	tally_done(&digitised.persons);
	return rc;
}

/* A line of the book; what was turned away has a number too, and no line. */
struct entry {
	struct source *source;
	int64_t rec;
	msec received_at;
	bool line;
};

struct entries {
	struct entry *items;
	size_t count, cap;
};

static enum rc enter(void *ctx, const struct met *met, struct err *err)
{
	struct entries *entries = ctx;
	bool uncounted = met->fact->state == STATE_REGISTERED || met->fact->state == STATE_NOT_RECEIVED;

	(void)err;
	if (!met->judged.received && !uncounted)
		return RC_OK;
	entries->items = mem_room(entries->items, entries->count, &entries->cap, sizeof(*entries->items));
	entries->items[entries->count++] = (struct entry){ met->source, met->fact->rec, met->fact->received_at,
								   met->judged.received };
	return RC_OK;
}

static int by_reception(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->received_at != y->received_at)
		return x->received_at < y->received_at ? -1 : 1;
	return x->rec < y->rec ? -1 : x->rec > y->rec;
}

static const struct shown return_shown[] = {
	{ "counter", T("tại quầy", "counter") },
	{ "post", T("bưu chính", "post") },
	{ "online", T("trực tuyến", "online") },
	{ NULL, T("", "") },
};

static const struct column register_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "number", COLUMN_INT, 0, T("", ""), T("STT (1)", "No. (1)"), NULL },
	{ "code", COLUMN_CODE, 0, T("", ""), T("Mã hồ sơ (2)", "Code (2)"), NULL },
	{ "procedure_code", COLUMN_CODE, 0, T("", ""), T("Thủ tục (3)", "Procedure (3)"), NULL },
	{ "applicant_name", COLUMN_TEXT, 0, T("", ""), T("Cá nhân, tổ chức (5)", "Applicant (5)"), NULL },
	{ "applicant_address", COLUMN_TEXT, 0, T("", ""), T("Địa chỉ (6)", "Address (6)"), NULL },
	{ "applicant_phone", COLUMN_CODE, 0, T("", ""), T("Điện thoại (6)", "Phone (6)"), NULL },
	{ "unit", COLUMN_TEXT, 0, T("", ""), T("Cơ quan giải quyết (7)", "Decided by (7)"), NULL },
	{ "received_at", COLUMN_TIME, 0, T("", ""), T("Ngày nhận (8)", "Received (8)"), NULL },
	{ "due_at", COLUMN_TIME, 0, T("", ""), T("Hẹn trả (9)", "Due (9)"), NULL },
	{ "returned_at", COLUMN_TIME, 0, T("", ""), T("Ngày trả (10)", "Returned (10)"), NULL },
	{ "return_method", COLUMN_TEXT, 0, T("", ""), T("Cách trả (11)", "Method (11)"), return_shown },
	{ "collected_by", COLUMN_TEXT, 0, T("", ""), T("Ký nhận (12)", "Collected by (12)"), NULL },
	{ "note", COLUMN_TEXT, 0, T("", ""), T("Ghi chú (13)", "Note (13)"), NULL },
};

/* The unit of the last step: who decides. */
static const char *deciding_unit(const struct rec *rec)
{
	struct element el = { 0 };
	const char *unit = "";

	while (rec_each(rec, DOSSIER_STEPS, &el))
		unit = el_text(rec, &el, STEP_EL_UNIT);
	return unit;
}

static void put_entry(struct report *report, int64_t number, const struct rec *rec)
{
	struct table *out = report->out;
	msec returned = rec_num(rec, DOSSIER_RETURNED_AT);
	bool gone = returned != MSEC_NONE && returned < report->period.end;
	char word[64];

	table_text(out, "dossier");
	table_num(out, number);
	table_text(out, rec_text(rec, DOSSIER_CODE));
	table_text(out, rec_text(rec, DOSSIER_PROCEDURE_CODE));
	table_text(out, rec_text(rec, DOSSIER_APPLICANT_NAME));
	table_text(out, rec_text(rec, DOSSIER_APPLICANT_ADDRESS));
	table_text(out, rec_text(rec, DOSSIER_APPLICANT_PHONE));
	table_text(out, deciding_unit(rec));
	table_num(out, rec_num(rec, DOSSIER_RECEIVED_AT));
	table_num(out, rec_num(rec, DOSSIER_DUE_AT));
	table_num(out, gone ? returned : MSEC_NONE);
	table_text(out, gone ? report_word(REC_DOSSIER, DOSSIER_RETURN_METHOD, 0,
					   (int)rec_num_or(rec, DOSSIER_RETURN_METHOD, 0), word, sizeof(word)) :
			       NULL);
	table_text(out, gone ? rec_text(rec, DOSSIER_COLLECTED_BY) : NULL);
	table_text(out, rec_text(rec, DOSSIER_NOTE));
}

static const struct column gap_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "code", COLUMN_CODE, 0, T("", ""), T("Số bỏ trống", "Number skipped"), NULL },
	{ "to", COLUMN_CODE, 0, T("", ""), T("đến", "to"), NULL },
	{ "reason", COLUMN_TEXT, 0, T("", ""), T("Lý do", "Reason"), NULL },
};

static int by_code(const void *a, const void *b)
{
	const struct code_parts *x = a, *y = b;
	int unit = strcmp(x->unit, y->unit);

	if (unit)
		return unit;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

static void put_gap(struct report *report, const struct code_parts *after, uint32_t from, uint32_t to)
{
	struct code_parts parts = *after;
	char code[CODE_TEXT], last[CODE_TEXT];

	parts.ordinal = from;
	if (code_build(&parts, code, NULL))
		return;
	parts.ordinal = to;
	if (code_build(&parts, last, NULL))
		return;
	table_text(report->out, "gap");
	table_text(report->out, code);
	table_text(report->out, last);
	table_text(report->out, report_say(report, "đã hoàn tác khi chưa in phiếu; không dùng lại",
					   "taken back before its slip was printed; never used again"));
}

static bool same_block(const struct code_parts *a, const struct code_parts *b)
{
	return !strcmp(a->unit, b->unit) && a->day == b->day && code_slot(a->ordinal) == code_slot(b->ordinal) &&
	       (a->ordinal < 10000) == (b->ordinal < 10000);
}

/*
 * Numbers a block skipped before one it gave out. A block is a device's numbers of one day
 * (core/rules/code.h); the small one begins with slot * 100 + 1.
 */
static void put_gaps(struct report *report, struct code_parts *codes, size_t count)
{
	table_part(report->out, "gaps", gap_columns, ARRAY_LEN(gap_columns),
		   (struct words)T("Số bị bỏ trống", "Numbers skipped"));
	if (count)
		qsort(codes, count, sizeof(*codes), by_code);
	for (size_t i = 0; i < count; i++) {
		uint32_t from = code_slot(codes[i].ordinal) * 100 + 1;

		if (i && same_block(&codes[i - 1], &codes[i]))
			from = codes[i - 1].ordinal + 1;
		else if (!code_slot(codes[i].ordinal) || codes[i].ordinal >= 10000)
			continue;
		if (from < codes[i].ordinal)
			put_gap(report, &codes[i], from, codes[i].ordinal - 1);
	}
}

/* The entries' lines, and the codes of all of them that are of these days. */
static enum rc put_entries(struct report *report, const struct entries *entries, struct code_parts *codes,
			   size_t *codes_count, struct err *err)
{
	int64_t number = 0;
	struct rec rec;
	enum rc rc = RC_OK;

	rec_init(&rec, REC_DOSSIER);
	for (size_t i = 0; !rc && i < entries->count; i++) {
		struct code_parts *code = &codes[*codes_count];

		rc = source_rec(entries->items[i].source, entries->items[i].rec, &rec, err);
		if (rc)
			break;
		if (entries->items[i].line)
			put_entry(report, ++number, &rec);
		if (!code_parse(rec_text(&rec, DOSSIER_CODE), code, NULL) && code->day >= report->period.from &&
		    code->day <= report->period.to)
			++*codes_count;
	}
	rec_done(&rec);
	return rc;
}

enum rc report_fill_register(struct report *report, struct err *err)
{
	struct entries entries = { NULL, 0, 0 };
	struct code_parts *codes = NULL;
	size_t codes_count = 0;
	enum rc rc = report_all(report, enter, &entries, err);

	if (rc)
		goto out;
	codes = calloc(entries.count + 1, sizeof(*codes));
	if (!codes)
		die("out of memory");
	if (entries.count)
		qsort(entries.items, entries.count, sizeof(*entries.items), by_reception);
	table_part(report->out, "register", register_columns, ARRAY_LEN(register_columns), (struct words)T("", ""));
	rc = put_entries(report, &entries, codes, &codes_count, err);
	if (!rc)
		put_gaps(report, codes, codes_count);
out:
	free(codes);
	free(entries.items);
	return rc;
}
