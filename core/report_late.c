/*
 * report_late.c - levels, late, causes: whose lateness, which dossiers, and why.
 */
#include "core/report_late.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/mem.h"
#include "db/rec_fields.h"

static struct late *add_late(struct late_list *list)
{
	list->items = mem_room(list->items, list->count, &list->cap, sizeof(*list->items));
	return &list->items[list->count++];
}

static bool extended_by(const struct fact *fact, msec end)
{
	struct packed at = packed_on(fact->extensions);
	struct extension_fact extension;

	while (packed_extension(&at, &extension))
		if (extension.at < end)
			return true;
	return false;
}

/* What only the whole record says. */
static enum rc read_late(const struct met *met, struct late *late, struct err *err)
{
	struct rec rec;
	enum rc rc;

	rec_init(&rec, REC_DOSSIER);
	rc = source_rec(met->source, late->rec, &rec, err);
	if (!rc) {
		snprintf(late->code, sizeof(late->code), "%s", rec_text(&rec, DOSSIER_CODE));
		late->reason = names_ix(&met->report->names, rec_text(&rec, DOSSIER_LATE_REASON));
	}
	rec_done(&rec);
	return rc;
}

static enum rc gather(void *ctx, const struct met *met, struct err *err)
{
	struct buf room = BUF(REC_TEXT_MAX);
	struct late *late;
	struct span steps;
	enum rc rc;

	if (!met->judged.days_late)
		return RC_OK;
	late = add_late(ctx);
	*late = (struct late){ .source = met->source, .rec = met->fact->rec, .fact = *met->fact };
	late->judged = met->judged;
	late->level = report_level(met);
	late->field = report_field(met);
	late->apology = extended_by(met->fact, met->report->period.end);
	rc = source_steps(met->source, met->fact->rec, &room, &steps, err);
	if (!rc)
		blame(steps, met->fact, &met->judged, &met->report->period, late->level, &late->blame);
	if (!rc)
		rc = read_late(met, late, err);
	late->fact.pauses = late->fact.extensions = (struct span){ NULL, 0 };
	buf_done(&room);
	return rc;
}

static int by_due(const void *a, const void *b)
{
	const struct late *x = a, *y = b;

	if (x->judged.due != y->judged.due)
		return x->judged.due < y->judged.due ? -1 : 1;
	return strcmp(x->code, y->code);
}

enum rc late_gather(struct report *report, struct late_list *out, struct err *err)
{
	enum rc rc;

	*out = (struct late_list){ NULL, 0, 0 };
	rc = report_dossiers(report, gather, out, err);
	if (!rc && out->count)
		qsort(out->items, out->count, sizeof(*out->items), by_due);
	return rc;
}

void late_done(struct late_list *list)
{
	free(list->items);
	*list = (struct late_list){ NULL, 0, 0 };
}

/* One more line, unless it stands there already. */
static void add_once(struct buf *lines, const char *line)
{
	size_t len = strlen(line);

	for (const char *at = buf_str(lines); *at; at += strcspn(at, "\n"), at += *at == '\n')
		if (!strncmp(at, line, len) && (at[len] == '\n' || !at[len]))
			return;
	if (lines->len)
		buf_byte(lines, '\n');
	buf_text(lines, line);
}

enum rc late_units(struct report *report, const struct late *late, bool persons, struct buf *out, struct err *err)
{
	struct buf room = BUF(REC_TEXT_MAX);
	struct step_fact step;
	struct packed at;
	struct span steps;
	enum rc rc = source_steps(late->source, late->rec, &room, &steps, err);

	if (!rc) {
		at = packed_on(steps);
		for (unsigned n = 0; n < 64 && packed_step(&at, &step); n++) {
			int64_t word = source_name(late->source, persons ? step.person : step.unit);

			if (late->blame.steps >> n & 1 && word)
				add_once(out, names_text(&report->names, word));
		}
	}
	buf_done(&room);
	return rc;
}

/* The words of the levels to blame, a line each, in the order of the form. */
static void late_levels(const struct late *late, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(level_order); i++)
		if (late->blame.levels >> level_order[i] & 1)
			add_once(out, level_word(level_order[i]));
}

static const struct column level_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "level", COLUMN_TEXT, 0, T("", ""), T("Cấp", "Level"), level_shown },
	{ "late_resolved", COLUMN_INT, 0, T("", ""), T("Giải quyết trễ", "Resolved late"), NULL },
	{ "overdue_open", COLUMN_INT, 0, T("", ""), T("Đang quá hạn", "Open, overdue"), NULL },
};

static const struct column blame_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "ward", COLUMN_INT, 0, T("", ""), T("Trễ ở phường, xã", "Late at the ward"), NULL },
	{ "elsewhere", COLUMN_INT, 0, T("", ""), T("Trễ ở nơi khác", "Late elsewhere"), NULL },
};

static const struct column dossier_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "code", COLUMN_CODE, 0, T("", ""), T("Mã hồ sơ", "Code"), NULL },
	{ "procedure_code", COLUMN_CODE, 0, T("", ""), T("Thủ tục", "Procedure"), NULL },
	{ "field_name", COLUMN_TEXT, 0, T("", ""), T("Lĩnh vực", "Field"), NULL },
	{ "due_at", COLUMN_TIME, 0, T("", ""), T("Hẹn trả", "Due"), NULL },
	{ "finished_at", COLUMN_TIME, 0, T("", ""), T("Xong", "Finished"), NULL },
	{ "days_late", COLUMN_INT, 0, T("", ""), T("Số ngày trễ", "Days late"), NULL },
	{ "levels", COLUMN_TEXTS, 0, T("", ""), T("Cấp trễ", "Late levels"), level_shown },
	{ "units", COLUMN_TEXTS, 0, T("", ""), T("Đơn vị trễ", "Late units"), NULL },
	{ "persons", COLUMN_TEXTS, 0, T("", ""), T("Người giữ", "Held by"), NULL },
	{ "late_reason", COLUMN_TEXT, 0, T("", ""), T("Lý do", "Reason"), NULL },
	{ "apology", COLUMN_BOOL, 0, T("", ""), T("Xin lỗi", "Apology"), NULL },
};

static enum rc put_dossier(struct report *report, const struct late *late, struct err *err)
{
	struct buf levels = BUF(256), units = BUF(REC_TEXT_MAX), persons = BUF(REC_TEXT_MAX);
	struct table *out = report->out;
	enum rc rc = late_units(report, late, false, &units, err);

	if (!rc)
		rc = late_units(report, late, true, &persons, err);
	if (rc)
		goto out;
	late_levels(late, &levels);
	table_text(out, "dossier");
	table_text(out, late->code);
	table_text(out, names_text(&report->names, late->fact.procedure));
	table_text(out, names_text(&report->names, late->field));
	table_num(out, late->judged.due);
	table_num(out, late->judged.resolved ? late->fact.finished_at : MSEC_NONE);
	table_num(out, late->judged.days_late);
	table_text(out, buf_str(&levels));
	table_text(out, buf_str(&units));
	table_text(out, buf_str(&persons));
	table_text(out, names_text(&report->names, late->reason));
	table_bool(out, late->apology);
out:
	buf_done(&levels);
	buf_done(&units);
	buf_done(&persons);
	return rc;
}

static enum rc put_dossiers(struct report *report, const struct late_list *list, struct err *err)
{
	enum rc rc = RC_OK;

	table_part(report->out, "dossier", dossier_columns, ARRAY_LEN(dossier_columns),
		   (struct words)T("Từng hồ sơ", "Dossiers"));
	for (size_t i = 0; !rc && i < list->count; i++)
		rc = put_dossier(report, &list->items[i], err);
	return rc;
}

enum rc report_fill_levels(struct report *report, struct err *err)
{
	int64_t counts[4][2] = { { 0 } }, ward = 0;
	struct late_list list;
	enum rc rc = late_gather(report, &list, err);

	if (rc)
		goto out;
	for (size_t i = 0; i < list.count; i++) {
		for (int level = 1; level < 4; level++)
			counts[level][list.items[i].judged.open] += list.items[i].blame.levels >> level & 1;
		ward += list.items[i].blame.levels >> LEVEL_WARD & 1;
	}
	table_part(report->out, "level", level_columns, ARRAY_LEN(level_columns),
		   (struct words)T("Theo cấp làm trễ", "By the level that was late"));
	for (size_t i = 0; i < ARRAY_LEN(level_order); i++) {
		table_text(report->out, "level");
		table_text(report->out, level_word(level_order[i]));
		table_num(report->out, counts[level_order[i]][0]);
		table_num(report->out, counts[level_order[i]][1]);
	}
	table_part(report->out, "blame", blame_columns, ARRAY_LEN(blame_columns), (struct words)T("", ""));
	table_text(report->out, "blame");
	table_num(report->out, ward);
	table_num(report->out, (int64_t)list.count - ward);
	rc = put_dossiers(report, &list, err);
out:
	late_done(&list);
	return rc;
}

static const struct column person_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "person", COLUMN_TEXT, 0, T("", ""), T("Người giữ", "Person"), NULL },
	{ "late_resolved", COLUMN_INT, 0, T("", ""), T("Giải quyết trễ", "Resolved late"), NULL },
	{ "overdue_open", COLUMN_INT, 0, T("", ""), T("Đang quá hạn", "Open, overdue"), NULL },
};

static const struct column total_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "late_resolved", COLUMN_INT, 0, T("", ""), T("Giải quyết trễ", "Resolved late"), NULL },
	{ "overdue_open", COLUMN_INT, 0, T("", ""), T("Đang quá hạn", "Open, overdue"), NULL },
};

/* Each late dossier once for every person whose step is to blame. */
static enum rc count_persons(struct report *report, const struct late_list *list, struct tally *tally, struct err *err)
{
	struct buf persons = BUF(REC_TEXT_MAX), one = BUF(4096);
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < list->count; i++) {
		const char *at;

		buf_clear(&persons);
		rc = late_units(report, &list->items[i], true, &persons, err);
		for (at = buf_str(&persons); !rc && *at; at += strcspn(at, "\n"), at += *at == '\n') {
			buf_clear(&one);
			buf_add(&one, at, strcspn(at, "\n"));
			tally_at(tally, names_ix(&report->names, buf_str(&one)), 0)[list->items[i].judged.open]++;
		}
	}
	buf_done(&persons);
	buf_done(&one);
	return rc;
}

static void put_persons(struct report *report, const struct tally *tally)
{
	int64_t *order;

	names_order(&report->names, &order);
	table_part(report->out, "person", person_columns, ARRAY_LEN(person_columns),
		   (struct words)T("Theo người", "By person"));
	for (size_t i = 0; i < report->names.count; i++) {
		const int64_t *counts = tally_seen(tally, order[i], 0);

		if (!counts)
			continue;
		table_text(report->out, "person");
		table_text(report->out, names_text(&report->names, order[i]));
		table_num(report->out, counts[0]);
		table_num(report->out, counts[1]);
	}
	free(order);
}

enum rc report_fill_late(struct report *report, struct err *err)
{
	struct tally tally = { NULL, 0, 2 };
	int64_t counts[2] = { 0, 0 };
	struct late_list list;
	enum rc rc = late_gather(report, &list, err);

	if (!rc)
		rc = put_dossiers(report, &list, err);
	if (!rc)
		rc = count_persons(report, &list, &tally, err);
	if (rc)
		goto out;
	put_persons(report, &tally);
	for (size_t i = 0; i < list.count; i++)
		counts[list.items[i].judged.open]++;
	table_part(report->out, "total", total_columns, ARRAY_LEN(total_columns), (struct words)T("Cộng", "Total"));
	table_text(report->out, "total");
	table_num(report->out, counts[0]);
	table_num(report->out, counts[1]);
out:
	tally_done(&tally);
	late_done(&list);
	return rc;
}

static const struct shown reason_shown[] = {
	{ "a", T("hồ sơ phức tạp", "complexity") },
	{ "b", T("thiếu người", "staff") },
	{ "c", T("thiết bị, mạng", "equipment, network") },
	{ "d", T("đơn vị phối hợp", "coordinating unit") },
	{ "e", T("quy định chưa rõ", "unclear rule") },
	{ "f", T("do người nộp", "applicant") },
	{ "g", T("khác", "other") },
	{ NULL, T("", "") },
};

static const struct column cause_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "level", COLUMN_TEXT, 0, T("", ""), T("Cấp", "Level"), level_shown },
	{ "field_name", COLUMN_TEXT, 0, T("", ""), T("Lĩnh vực (2)", "Field (2)"), NULL },
	{ "dossiers", COLUMN_INT, 0, T("", ""), T("Số lượng quá hạn (3)", "Late (3)"), NULL },
	{ "late_reason", COLUMN_TEXT, 0, T("", ""), T("Nguyên nhân quá hạn (4)", "Cause (4)"), reason_shown },
};

/* A cause is a level, a field and a reason. */
struct cause {
	int level_place; /* in level_order */
	int64_t field_place, reason; /* place in the alphabet; word */
	int64_t field;
};

static int by_cause(const void *a, const void *b)
{
	const struct cause *x = a, *y = b;

	if (x->level_place != y->level_place)
		return x->level_place < y->level_place ? -1 : 1;
	if (x->field_place != y->field_place)
		return x->field_place < y->field_place ? -1 : 1;
	return x->reason < y->reason ? -1 : x->reason > y->reason;
}

static int level_place(int level)
{
	int place = 0;

	while (level_order[place] != level)
		place++;
	return place;
}

static void put_causes(struct report *report, struct cause *causes, size_t count)
{
	if (count)
		qsort(causes, count, sizeof(*causes), by_cause);
	for (size_t i = 0, next; i < count; i = next) {
		for (next = i + 1; next < count && !by_cause(&causes[i], &causes[next]); next++)
			;
		table_text(report->out, "cause");
		table_text(report->out, level_word(level_order[causes[i].level_place]));
		table_text(report->out, names_text(&report->names, causes[i].field));
		table_num(report->out, (int64_t)(next - i));
		table_text(report->out, names_text(&report->names, causes[i].reason));
	}
}

static void find_causes(struct report *report, const struct late_list *list, struct cause *causes)
{
	int64_t *order, *place = calloc(report->names.count + 1, sizeof(*place));

	if (!place)
		die("out of memory");
	names_order(&report->names, &order);
	for (size_t i = 0; i < report->names.count; i++)
		place[order[i]] = (int64_t)i;
	for (size_t i = 0; i < list->count; i++) {
		const struct late *late = &list->items[i];

		causes[i] = (struct cause){ level_place(late->level), late->field ? place[late->field] : INT64_MAX,
					    late->reason, late->field };
	}
	free(order);
	free(place);
}

enum rc report_fill_causes(struct report *report, struct err *err)
{
	struct cause *causes = NULL;
	struct late_list list;
	enum rc rc = late_gather(report, &list, err);

	if (rc)
		goto out;
	causes = calloc(list.count + 1, sizeof(*causes));
	if (!causes)
		die("out of memory");
	find_causes(report, &list, causes);
	table_say_title(report->out, report->lang, "Biểu số II.07a/VPCP/KSTT", "Form II.07a/VPCP/KSTT");
	table_part(report->out, "causes", cause_columns, ARRAY_LEN(cause_columns), (struct words)T("", ""));
	put_causes(report, causes, list.count);
	table_text(report->out, "total");
	table_null(report->out);
	table_null(report->out);
	table_num(report->out, (int64_t)list.count);
	table_null(report->out);
out:
	free(causes);
	late_done(&list);
	return rc;
}
