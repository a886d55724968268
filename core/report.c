#include "core/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/report_run.h"
#include "db/base/utf8.h"
#include "db/journal.h"
#include "db/rec_fields.h"

const struct report_type report_types[] = {
#define X(id, name, right, title, help) { name, right, title, help },
	REPORT_LIST(X)
#undef X
	{ NULL, MAY_REPORT, T("", ""), T("", "") },
};

static report_fill *const fills[] = {
#define X(id, name, right, title, help) report_fill_##id,
	REPORT_LIST(X)
#undef X
};

const struct report_type *report_type(const char *name)
{
	for (const struct report_type *type = report_types; type->name; type++)
		if (!strcmp(type->name, name))
			return type;
	return NULL;
}

/* Who reports, on what, for which days. */
static void title_lines(struct report *report)
{
	struct table *out = report->out;
	const struct app *app = report->sources[0].app;
	char from[CLOCK_DATE_TEXT], to[CLOCK_DATE_TEXT], label[PERIOD_TEXT];
	const char *where = app->unit_name;
	struct buf title = BUF(1024);

	if (report->sources_count > 1)
		where = report_say(report, "tất cả đơn vị", "all units");
	utf8_upper(words_in(&report->type->title, report->lang), &title);
	table_say_title(out, report->lang, "%s (tại %s)", "%s (%s)", buf_str(&title), where);
	buf_done(&title);
	if (report->query->period.kind != PERIOD_RANGE)
		table_say_title(out, report->lang, "Kỳ báo cáo: %s", "Period: %s",
				period_label(&report->query->period, report->lang, label));
	table_say_title(out, report->lang, "Từ ngày %s đến ngày %s", "From %s to %s",
			clock_format_dmy(report->period.from, from), clock_format_dmy(report->period.to, to));
	table_say_title(out, report->lang, "Đơn vị báo cáo: %s (%s)", "Reporting unit: %s (%s)", app->unit_name,
			app->unit);
}

static enum rc footer_lines(struct report *report, struct err *err)
{
	char known[CLOCK_TEXT], head[17];
	uint8_t digest[DB_HEAD_SIZE];

	for (size_t i = 0; i < report->sources_count; i++) {
		const struct app *app = report->sources[i].app;
		enum rc rc = journal_digest(app->db, digest, err);

		if (rc)
			return rc;
		for (size_t k = 0; k < 8; k++) {
			head[2 * k] = "0123456789abcdef"[digest[k] >> 4];
			head[2 * k + 1] = "0123456789abcdef"[digest[k] & 15];
		}
		head[16] = '\0';
		table_say_footer(report->out, report->lang, "Nhật ký của %s: %s", "Journal of %s: %s", app->unit, head);
	}
	if (report->query->as_known != MSEC_NONE)
		table_say_footer(report->out, report->lang, "Theo những gì đã ghi đến %s", "As it was known at %s",
				 clock_format(report->query->as_known, known));
	return RC_OK;
}

/* What the ward had set, at the moment the report is asked about. */
static enum rc read_setting(void *ctx, int64_t rec, const struct rec *now, struct err *err)
{
	struct report *report = ctx;
	const char *name = rec_text(now, SETTING_NAME), *value = rec_text(now, SETTING_VALUE);

	(void)rec;
	(void)err;
	if (!strcmp(name, "lateness_basis"))
		report->basis = !strcmp(value, "extended") ? BASIS_EXTENDED : BASIS_ORIGINAL;
	else if (!strcmp(name, "truncate"))
		report->truncate = !strcmp(value, "true");
	return RC_OK;
}

/* Whose assists a team member may see: those in his name, as he signs in or in full. */
static void read_member(struct report *report)
{
	struct app *app = report->sources[0].app;
	struct row row;

	report->only_member = report->only_member_full = -1;
	if (app->role != ROLE_TEAM_MEMBER)
		return;
	report->only_member = report->only_member_full = names_ix(&report->names, app->user);
	row_init(&row);
	if (!row_get(app->db, REC_USER, app->user, &row, NULL) && rec_has(&row.body, USER_FULL_NAME))
		report->only_member_full = names_ix(&report->names, rec_text(&row.body, USER_FULL_NAME));
	row_done(&row);
}

static enum rc open_sources(struct report *report, struct app *const *apps, size_t count, struct err *err)
{
	enum rc rc = RC_OK;

	report->sources = calloc(count, sizeof(*report->sources));
	if (!report->sources)
		die("out of memory");
	for (size_t i = 0; !rc && i < count; i++) {
		rc = source_open(&report->sources[i], apps[i], &report->names, report->query->as_known, err);
		report->sources_count = i + 1;
	}
	return rc;
}

static void close_report(struct report *report)
{
	for (size_t i = 0; i < report->sources_count; i++)
		source_close(&report->sources[i]);
	free(report->sources);
	free(report->procedures);
	names_done(&report->names);
}

enum rc report_run_over(struct app *const *apps, size_t count, const struct report_query *query, struct table *out,
			struct err *err)
{
	struct report report = { .query = query, .type = report_type(query->name), .lang = apps[0]->lang };
	struct table made;
	enum rc rc;

	if (!report.type)
		return err_set(err, RC_USAGE, "Không có báo cáo này.", "There is no such report.");
	report.period = period_days(query->period.from, query->period.to);
	report.out = &made;
	table_init(&made);
	names_init(&report.names);
	rc = open_sources(&report, apps, count, err);
	if (rc)
		goto out;
	rc = source_recs(&report.sources[0], REC_SETTING, read_setting, &report, err);
	if (rc)
		goto out;
	read_member(&report);
	title_lines(&report);
	rc = fills[report.type - report_types](&report, err);
	if (!rc)
		rc = footer_lines(&report, err);
out:
	close_report(&report);
	if (rc) {
		table_done(&made);
		return rc;
	}
	table_done(out);
	*out = made;
	return RC_OK;
}

enum rc report_run(struct app *app, const struct report_query *query, struct table *out, struct err *err)
{
	const struct report_type *type = report_type(query->name);
	enum rc rc = type ? app_may(app, type->right, err) : RC_OK;

	return rc ? rc : report_run_over(&app, 1, query, out, err);
}
