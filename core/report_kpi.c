/*
 * report_kpi.c - the service indicators: shares of counts, against the targets of the year.
 */
#include <string.h>

#include "core/report_run.h"
#include "db/rec_fields.h"

enum indicator { FILING, DIGITISED, REUSED, PAYMENT, ELECTRONIC, IN_TIME, SATISFACTION, INDICATORS };

static const struct shown indicator_shown[INDICATORS + 1] = {
	[FILING] = { "online_filing", T("Nộp hồ sơ trực tuyến", "Filed online") },
	[DIGITISED] = { "digitised", T("Hồ sơ được số hóa", "Digitised") },
	[REUSED] = { "reused", T("Khai thác, sử dụng lại giấy tờ", "Papers re-used") },
	[PAYMENT] = { "online_payment", T("Thanh toán trực tuyến", "Paid online") },
	[ELECTRONIC] = { "electronic_result", T("Trả kết quả điện tử", "Electronic result") },
	[IN_TIME] = { "on_time", T("Giải quyết đúng hạn", "Resolved in time") },
	[SATISFACTION] = { "satisfaction", T("Mức độ hài lòng", "Satisfaction") },
	[INDICATORS] = { NULL, T("", "") },
};

static const struct column columns[] = {
	{ "indicator", COLUMN_TEXT, 0, T("", ""), T("Chỉ số", "Indicator"), indicator_shown },
	{ "numerator", COLUMN_INT, 0, T("", ""), T("Tử số", "Count"), NULL },
	{ "denominator", COLUMN_INT, 0, T("", ""), T("Mẫu số", "Of"), NULL },
	{ "percent", COLUMN_PERCENT, 0, T("", ""), T("Tỷ lệ", "Share"), NULL },
	{ "target", COLUMN_DECIMAL, 0, T("", ""), T("Mức phấn đấu", "Target"), NULL },
	{ "met", COLUMN_BOOL, 0, T("", ""), T("Đạt", "Met"), NULL },
};

static bool by_end(const struct met *met, msec at)
{
	return at != MSEC_NONE && at < met->report->period.end;
}

static void add(struct ratio *ratio, bool counts)
{
	ratio->denominator++;
	ratio->numerator += counts;
}

static enum rc count(void *ctx, const struct met *met, struct err *err)
{
	struct ratio *ratios = ctx;
	const struct fact *fact = met->fact;

	(void)err;
	if (met->judged.received) {
		add(&ratios[FILING], fact->channel == CHANNEL_ONLINE);
		add(&ratios[DIGITISED], by_end(met, fact->scanned_at));
		add(&ratios[REUSED], by_end(met, fact->reused_at));
		if (fact->flags & FACT_FEE_DUE)
			add(&ratios[PAYMENT], fact->flags & FACT_PAID_ONLINE);
	}
	if (met->judged.resolved) {
		add(&ratios[IN_TIME], met->judged.timeliness != TIMELY_LATE);
		add(&ratios[ELECTRONIC], fact->flags & FACT_ELECTRONIC);
	}
	/* A result may go home in a later period than the one that made it. */
	if (fact->rating && period_has(&met->report->period, fact->returned_at) && fact->state != STATE_REGISTERED &&
	    fact->state != STATE_NOT_RECEIVED)
		add(&ratios[SATISFACTION], fact->rating >= 4);
	return RC_OK;
}

/* The targets of one year, as they were known. */
struct targets {
	int year;
	int64_t value[INDICATORS]; /* MSEC_NONE: none is set */
};

static enum rc read_target(void *ctx, int64_t rec, const struct rec *now, struct err *err)
{
	struct targets *targets = ctx;

	(void)rec;
	(void)err;
	for (int i = 0; i < INDICATORS; i++)
		if (rec_num(now, TARGET_YEAR) == targets->year &&
		    !strcmp(rec_text(now, TARGET_INDICATOR), indicator_shown[i].value))
			targets->value[i] = rec_num(now, TARGET_VALUE);
	return RC_OK;
}

static void put(struct report *report, const char *indicator, struct ratio ratio, int64_t target)
{
	bool set = target != MSEC_NONE;

	table_text(report->out, indicator);
	table_num(report->out, ratio.numerator);
	table_num(report->out, ratio.denominator);
	report_percent(report, ratio.numerator, ratio.denominator);
	table_num(report->out, target);
	if (set && ratio.denominator) /* nothing to measure is neither met nor missed */
		table_bool(report->out, ratio_meets(ratio, target));
	else
		table_null(report->out);
}

enum rc report_fill_kpi(struct report *report, struct err *err)
{
	struct ratio ratios[INDICATORS] = { { 0, 0 } };
	struct targets targets = { .year = dayno_civil(report->period.to).year };
	enum rc rc = report_all(report, count, ratios, err);

	for (int i = 0; i < INDICATORS; i++)
		targets.value[i] = MSEC_NONE;
	if (!rc)
		rc = source_recs(&report->sources[0], REC_TARGET, read_target, &targets, err);
	if (rc)
		return rc;
	table_part(report->out, "kpi", columns, ARRAY_LEN(columns), (struct words)T("", ""));
	for (int i = 0; i < INDICATORS; i++)
		put(report, indicator_shown[i].value, ratios[i], targets.value[i]);
	return RC_OK;
}
