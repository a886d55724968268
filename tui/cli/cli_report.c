/* cli_report.c - figures for a period; the end of a day. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/day.h"
#include "core/report.h"
#include "tui/cli/cli_table.h"
#include "tui/cli/families.h"
#include "tui/papers.h"
#include "tui/sync_line.h"

enum { OUTPUT_MAX = 1 << 30, PAGE_MAX = 16 << 20 };

/* XLSX or PDF, by the helper program. */
static enum rc made_of(struct cli *cli, const struct table *table, struct buf *out, struct err *err)
{
	struct buf stream = BUF(OUTPUT_MAX);
	enum rc rc = RC_OK;

	if (isatty(fileno(cli_out(cli))))
		return err_set(err, RC_USAGE, "dạng này cần --output TỆP", "this format needs --output FILE");
	table_write_stream(table, cli->lang, &stream);
	if (stream.full)
		out->full = true;
	else
		rc = papers_make(cli->format == FORMAT_XLSX ? MEDIA_XLSX : MEDIA_TABLE_PDF, 0, stream.data, stream.len,
				 out, err);
	buf_wipe_done(&stream);
	return rc;
}

enum rc cli_table(struct cli *cli, const struct table *table, struct err *err)
{
	struct buf text = BUF(OUTPUT_MAX);
	enum rc rc = RC_OK;

	if (cli->format == FORMAT_JSON)
		table_write_json(table, &text);
	else if (cli->format == FORMAT_CSV)
		table_write_csv(table, &text);
	else if (cli->format == FORMAT_TABLE)
		table_write_text(table, cli->lang, &text);
	else
		rc = made_of(cli, table, &text, err);
	if (!rc && text.full)
		rc = err_set(err, RC_FULL, "Kết quả quá lớn; hãy chọn kỳ ngắn hơn.",
			     "The result is too large; choose a shorter period.");
	if (!rc && fwrite(text.data, 1, text.len, cli_out(cli)) != text.len)
		rc = err_set(err, RC_IO, "Không ghi được kết quả.", "The result cannot be written.");
	buf_wipe_done(&text);
	return rc;
}

static const struct cli_option report_options[] = {
	{ "period", "PERIOD",
	  T("2024, 2024-Q3, 2024-H1, 2024-9M, 2024-M10", "2024, 2024-Q3, 2024-H1, 2024-9M, 2024-M10") },
	{ "from", "DATE", T("từ ngày", "first day") },
	{ "to", "DATE", T("đến ngày", "last day") },
	{ "as-known", "TIME", T("chỉ tính những gì đã ghi đến lúc ấy", "only what was recorded by then") },
	CLI_OPTIONS_END
};

static enum rc no_such_report(const char *name, struct err *err)
{
	struct buf names = BUF(1024);

	for (const struct report_type *type = report_types; type->name; type++)
		buf_printf(&names, "%s%s", type == report_types ? "" : ", ", type->name);
	(void)err_set(err, RC_USAGE, "Không có báo cáo %.40s. Có: %s.", "There is no report %.40s. There are: %s.",
		      name, buf_str(&names));
	buf_done(&names);
	return RC_USAGE;
}

static enum rc run_report(struct cli *cli, struct err *err)
{
	struct report_query query = { .name = cli->args[0], .as_known = MSEC_NONE };
	struct table table;
	enum rc rc;

	if (!report_type(query.name))
		return no_such_report(query.name, err);
	rc = period_choose(cli_opt(cli, "period"), cli_opt(cli, "from"), cli_opt(cli, "to"), &query.period, err);
	if (!rc)
		rc = cli_opt_time(cli, "as-known", &query.as_known, err);
	if (rc)
		return rc;
	table_init(&table);
	rc = report_run(&cli->app, &query, &table, err);
	if (!rc && query.period.to > dayno_of(app_now(&cli->app)))
		cli_say(cli, "Kỳ này chưa hết: hồ sơ được xét như vào ngày cuối kỳ.",
			"This period is not over: dossiers are judged as of its last day.");
	if (!rc)
		rc = cli_table(cli, &table, err);
	table_done(&table);
	return rc;
}

static const struct cli_option day_options[] = {
	{ "date", "DATE", T("ngày cần chốt; để trống: hôm nay", "the day to close; today without") },
	{ "cash", "VND", T("tiền mặt đếm được", "cash counted") },
	{ "online", "VND", T("thu trực tuyến đối chiếu được", "online payments checked") },
	{ "transfer", "VND", T("chuyển khoản đối chiếu được", "transfers checked") },
	{ "note", "TEXT", T("ghi chú", "a note") },
	CLI_OPTIONS_END
};

static enum rc run_day_close(struct cli *cli, struct err *err)
{
	struct day_close close = { .date = dayno_of(app_now(&cli->app)), .cash_vnd = MSEC_NONE,
				   .online_vnd = MSEC_NONE, .transfer_vnd = MSEC_NONE,
				   .note = cli_opt(cli, "note") };
	struct day_closed closed;
	char date[CLOCK_DATE_TEXT];
	enum rc rc = cli_opt_date(cli, "date", &close.date, err);

	if (!rc)
		rc = cli_opt_int(cli, "cash", 0, INT64_C(1000000000000), &close.cash_vnd, err);
	if (!rc)
		rc = cli_opt_int(cli, "online", 0, INT64_C(1000000000000), &close.online_vnd, err);
	if (!rc)
		rc = cli_opt_int(cli, "transfer", 0, INT64_C(1000000000000), &close.transfer_vnd, err);
	if (!rc)
		rc = day_close(&cli->app, &close, &closed, err);
	if (rc)
		return rc;
	cli_json_open(cli);
	cli_json_text(cli, "date", clock_format_date(close.date, date));
	cli_json_text(cli, "closed_by", cli->app.user);
	cli_json_int(cli, "received", closed.received);
	cli_json_int(cli, "finished", closed.finished);
	cli_json_int(cli, "returned", closed.returned);
	cli_json_int(cli, "expected_vnd", closed.expected_vnd);
	if (close.cash_vnd != MSEC_NONE)
		cli_json_int(cli, "cash_vnd", close.cash_vnd);
	cli_json_int(cli, "expected_online_vnd", closed.expected_online_vnd);
	cli_json_int(cli, "expected_transfer_vnd", closed.expected_transfer_vnd);
	cli_json_close(cli);
	if (close.cash_vnd != MSEC_NONE && close.cash_vnd != closed.expected_vnd)
		cli_say(cli, "Tiền mặt đếm được khác với sổ.", "The cash counted differs from the book.");
	return RC_OK;
}

static const struct cli_option page_options[] = {
	{ "date", "DATE", T("ngày nào; để trống: hôm nay", "which day; today without") },
	{ "print", "[=PRINTER]", T("ra máy in", "to the printer") },
	CLI_OPTIONS_END
};

/* The page the screen shows and prints: as text, as a PDF, or to the printer as the ward prints its papers. */
static enum rc run_day_page(struct cli *cli, struct err *err)
{
	const char *printer = cli_opt(cli, "print");
	enum papers_as as = printer ? papers_as_set(&cli->app) : cli->format == FORMAT_PDF ? PAPERS_PDF : PAPERS_TEXT;
	struct buf lines = BUF(PAGE_MAX), bytes = BUF(PAGE_MAX);
	dayno date = dayno_of(app_now(&cli->app));
	char unsent[SYNC_LINE];
	enum rc rc = cli_opt_date(cli, "date", &date, err);

	sync_line(&cli->app, cli->lang, unsent, sizeof(unsent));
	if (!rc)
		rc = day_page(&cli->app, date, unsent, true, &lines, err);
	if (!rc)
		rc = papers_render(&cli->app, as, &lines, &bytes, err);
	if (!rc && printer)
		rc = papers_send(&cli->app, printer, as, false, "day", &bytes, err);
	else if (!rc && fwrite(bytes.data, 1, bytes.len, cli_out(cli)) != bytes.len)
		rc = err_set(err, RC_IO, "không ghi được", "cannot be written");
	buf_done(&lines);
	buf_done(&bytes);
	return rc;
}

const struct cli_command cli_report[] = {
	{ "report", NULL, "NAME", 1, 1, CLI_STORE, report_options, run_report,
	  T("lập báo cáo của một kỳ: 06a, levels, kpi, ...", "figures for a period: 06a, levels, kpi, ...") },
	{ "day", "close", "", 0, 0, CLI_STORE, day_options, run_day_close,
	  T("chốt ngày, ghi số tiền đếm được", "close the day, with the money counted") },
	{ "day", "page", "", 0, 0, CLI_STORE, page_options, run_day_page,
	  T("tờ cuối ngày, như in ra", "the page of a day, as printed") },
	CLI_END
};
