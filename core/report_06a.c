/*
 * report_06a.c - form II.06a: what came in, was resolved, and is open, by level and field.
 */
#include "core/report_run.h"
#include "db/rec_fields.h"

#include <stdlib.h>

enum {
	ONLINE,
	DIRECT,
	CARRIED_IN,
	WAS_EARLY,
	WAS_ON_TIME,
	WAS_LATE,
	IN_TIME,
	OVERDUE,
	COUNTS
};

static const struct column columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), NULL },
	{ "level", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Cấp", "Level"), level_shown },
	{ "field_name", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Lĩnh vực", "Field"), NULL },
	{ "number", COLUMN_TEXT, COLUMN_PAPER, T("", ""), T("STT (1)", "No. (1)"), NULL },
	{ "label", COLUMN_TEXT, COLUMN_PAPER, T("", ""), T("Lĩnh vực theo cấp (2)", "Field by level (2)"), NULL },
	{ "received_total", COLUMN_INT, 0, T("Tiếp nhận", "Received"), T("Tổng (3)", "Total (3)"), NULL },
	{ "received_online", COLUMN_INT, 0, T("Tiếp nhận", "Received"), T("Trực tuyến (4)", "Online (4)"), NULL },
	{ "received_direct", COLUMN_INT, 0, T("Tiếp nhận", "Received"), T("Trực tiếp, BC (5)", "Direct, post (5)"), NULL },
	{ "carried_in", COLUMN_INT, 0, T("Tiếp nhận", "Received"), T("Kỳ trước (6)", "Carried (6)"), NULL },
	{ "resolved_total", COLUMN_INT, 0, T("Đã giải quyết", "Resolved"), T("Tổng (7)", "Total (7)"), NULL },
	{ "resolved_early", COLUMN_INT, 0, T("Đã giải quyết", "Resolved"), T("Trước hạn (8)", "Early (8)"), NULL },
	{ "resolved_on_time", COLUMN_INT, 0, T("Đã giải quyết", "Resolved"), T("Đúng hạn (9)", "On time (9)"), NULL },
	{ "resolved_late", COLUMN_INT, 0, T("Đã giải quyết", "Resolved"), T("Quá hạn (10)", "Late (10)"), NULL },
	{ "open_total", COLUMN_INT, 0, T("Đang giải quyết", "Open"), T("Tổng (11)", "Total (11)"), NULL },
	{ "open_in_time", COLUMN_INT, 0, T("Đang giải quyết", "Open"), T("Trong hạn (12)", "In time (12)"), NULL },
	{ "open_overdue", COLUMN_INT, 0, T("Đang giải quyết", "Open"), T("Quá hạn (13)", "Overdue (13)"), NULL },
};

static void count(const struct judged *judged, int channel, int64_t *counts)
{
	if (judged->received)
		counts[channel == CHANNEL_ONLINE ? ONLINE : DIRECT]++;
	if (judged->carried_in)
		counts[CARRIED_IN]++;
	if (judged->resolved)
		counts[WAS_EARLY + (int)judged->timeliness]++;
	if (judged->open)
		counts[judged->overdue ? OVERDUE : IN_TIME]++;
}

static enum rc count_dossier(void *ctx, const struct met *met, struct err *err)
{
	struct tally *tally = ctx;
	int level = report_level(met);

	(void)err;
	count(&met->judged, met->fact->channel, tally_at(tally, report_field(met), level));
	return RC_OK;
}

static void sum(int64_t *into, const int64_t *counts)
{
	for (int i = 0; counts && i < COUNTS; i++)
		into[i] += counts[i];
}

static int64_t received_of(const int64_t *c)
{
	return c[ONLINE] + c[DIRECT] + c[CARRIED_IN];
}

static int64_t resolved_of(const int64_t *c)
{
	return c[WAS_EARLY] + c[WAS_ON_TIME] + c[WAS_LATE];
}

static void put_figures(struct table *out, const int64_t *c)
{
	table_num(out, received_of(c));
	table_num(out, c[ONLINE]);
	table_num(out, c[DIRECT]);
	table_num(out, c[CARRIED_IN]);
	table_num(out, resolved_of(c));
	table_num(out, c[WAS_EARLY]);
	table_num(out, c[WAS_ON_TIME]);
	table_num(out, c[WAS_LATE]);
	table_num(out, c[IN_TIME] + c[OVERDUE]);
	table_num(out, c[IN_TIME]);
	table_num(out, c[OVERDUE]);
}

static void put_row(struct report *report, const char *row, const char *level, const char *field, const char *number,
		    const char *label, const int64_t *counts)
{
	table_text(report->out, row);
	table_text(report->out, level);
	table_text(report->out, field);
	table_text(report->out, number);
	table_text(report->out, label);
	put_figures(report->out, counts);
}

static void put_fields(struct report *report, const struct tally *tally, const int64_t *order, int level)
{
	struct buf number = BUF(32);
	unsigned n = 0;

	/* Number 0 is a dossier whose field nobody said: last. */
	for (size_t i = 0; i <= report->names.count; i++) {
		int64_t field = i < report->names.count ? order[i] : 0;
		const int64_t *counts = tally_seen(tally, field, level);
		const char *name = names_text(&report->names, field);

		if (!counts)
			continue;
		buf_clear(&number);
		buf_printf(&number, "%u", ++n);
		put_row(report, "field", level_word(level), name, buf_str(&number),
			*name ? name : report_say(report, "(không rõ lĩnh vực)", "(no field)"), counts);
	}
	buf_done(&number);
}

static void check(struct report *report, const int64_t *total)
{
	int64_t open = total[IN_TIME] + total[OVERDUE];

	report_check(report, "(3) = (7) + (11)", received_of(total), resolved_of(total) + open);
	report_check(report, "(3) = (8) + (9) + (10) + (12) + (13)", received_of(total),
		     total[WAS_EARLY] + total[WAS_ON_TIME] + total[WAS_LATE] + total[IN_TIME] + total[OVERDUE]);
}

static void put_levels(struct report *report, const struct tally *tally, int64_t *total)
{
	static const char *const letters[] = { "A", "B", "C" };
	int64_t *order;
	size_t letter = 0;

	names_order(&report->names, &order);
	for (size_t i = 0; i < ARRAY_LEN(level_order); i++) {
		int level = level_order[i];
		int64_t counts[COUNTS] = { 0 };

		for (size_t word = 0; word < tally->words; word++)
			sum(counts, tally_seen(tally, (int64_t)word, level));
		if (!received_of(counts))
			continue;
		put_row(report, "level", level_word(level), NULL, letters[letter++],
			words_in(&level_shown[i].words, report->lang), counts);
		put_fields(report, tally, order, level);
		sum(total, counts);
	}
	free(order);
}

static const char *share(const struct report *report, struct ratio ratio, char out[FIGURE_TEXT])
{
	int64_t percent;

	return ratio_percent(ratio, report->truncate, &percent) ? figure_percent(percent, report->lang, out) : "-";
}

/* The ward's own share beside that of everything received, never instead of it. */
static void put_rates(struct report *report, const struct tally *tally, const int64_t *total)
{
	int64_t ward[COUNTS] = { 0 };
	struct ratio ours, all = { total[WAS_EARLY] + total[WAS_ON_TIME], resolved_of(total) };
	char a[FIGURE_TEXT], b[FIGURE_TEXT];

	for (size_t word = 0; word < tally->words; word++)
		sum(ward, tally_seen(tally, (int64_t)word, LEVEL_WARD));
	ours = (struct ratio){ ward[WAS_EARLY] + ward[WAS_ON_TIME], resolved_of(ward) };
	table_say_footer(report->out, report->lang, "Giải quyết đúng và trước hạn: cấp xã %s, mọi cấp %s",
			 "Resolved in time: ward %s, all levels %s", share(report, ours, a), share(report, all, b));
}

enum rc report_fill_06a(struct report *report, struct err *err)
{
	struct tally tally = { NULL, 0, COUNTS };
	int64_t total[COUNTS] = { 0 };
	enum rc rc = report_dossiers(report, count_dossier, &tally, err);

	if (!rc) {
		table_say_title(report->out, report->lang, "Đơn vị nhận báo cáo:", "Receiving unit:");
		table_say_title(report->out, report->lang, "Biểu số II.06a/VPCP/KSTT. Đơn vị tính: Số hồ sơ TTHC",
				"Form II.06a/VPCP/KSTT. Unit: dossiers");
		table_part(report->out, "06a", columns, ARRAY_LEN(columns), (struct words)T("", ""));
		put_levels(report, &tally, total);
		put_row(report, "total", NULL, NULL, NULL, report_say(report, "Tổng số", "Total"), total);
		put_rates(report, &tally, total);
		check(report, total);
	}
	tally_done(&tally);
	return rc;
}
