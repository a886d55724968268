/* cli_assist.c - the teams' work: assists. */
#include <string.h>

#include "core/assist.h"
#include "core/exchange.h"
#include "tui/cli/families.h"

/* One record of `kind` from stdin; a fault is told by line. */
static enum rc read_record(struct cli *cli, enum rec_kind kind, struct rec *out, struct err *err)
{
	struct buf text = BUF(EXCHANGE_LINE_MAX);
	size_t len;
	enum rc rc = cli_in_all(cli, "-", &text, err);

	for (len = text.len; len && strchr(" \t\r\n", text.data[len - 1]); len--)
		;
	if (!rc)
		rc = exchange_parse_part(kind, buf_str(&text), len, out, err);
	buf_wipe_done(&text);
	return rc;
}

static enum rc by_line(struct cli *cli, enum rc rc, const struct err *err)
{
	if (rc == RC_INPUT) {
		cli_say_line(cli, 1, err);
		cli_reported(cli);
	}
	return rc;
}

static enum rc run_assist_add(struct cli *cli, struct err *err)
{
	struct explain doubts = { .count = 0 };
	struct buf line = BUF(EXCHANGE_LINE_MAX);
	struct rec assist;
	enum rc rc = app_may(&cli->app, MAY_ASSIST, err);

	rec_init(&assist, REC_ASSIST);
	if (!rc)
		rc = by_line(cli, read_record(cli, REC_ASSIST, &assist, err), err);
	if (!rc)
		rc = by_line(cli, assist_add(&cli->app, &assist, &doubts, err), err);
	for (size_t i = 0; !rc && i < doubts.count; i++)
		cli_say(cli, "lưu ý: %s", "note: %s", explain_text(&doubts, i, cli->lang));
	if (!rc) {
		exchange_format(&assist, &line);
		(void)fprintf(cli_out(cli), "%s\n", buf_str(&line));
	}
	buf_wipe_done(&line);
	rec_done(&assist);
	return rc;
}

static enum rc print_line(void *ctx, const struct rec *assist, struct err *err)
{
	struct cli *cli = ctx;
	struct buf line = BUF(EXCHANGE_LINE_MAX);

	(void)err;
	exchange_format(assist, &line);
	(void)fprintf(cli_out(cli), "%s\n", buf_str(&line));
	buf_wipe_done(&line);
	return RC_OK;
}

static const struct cli_column assist_columns[] = {
	{ "at", T("Lúc", "At") },
	{ "team", T("Tổ", "Team") },
	{ "member", T("Thành viên", "Member") },
	{ "category", T("Loại hỗ trợ", "Category") },
	{ "person_name", T("Họ và tên", "Name") },
	{ "outcome", T("Kết quả", "Outcome") },
	{ "minutes", T("Số phút", "Minutes") },
};

static enum rc print_row(void *ctx, const struct rec *assist, struct err *err)
{
	struct cli_rows *rows = ctx;

	(void)err;
	cli_cell_time(rows, rec_num(assist, ASSIST_AT));
	cli_cell_int(rows, rec_num_or(assist, ASSIST_TEAM, 0));
	cli_cell_text(rows, rec_text(assist, ASSIST_MEMBER));
	cli_cell_text(rows, rec_text(assist, ASSIST_CATEGORY));
	cli_cell_text(rows, rec_text(assist, ASSIST_PERSON_NAME));
	cli_cell_choice(rows, field_tagged(rec_type(REC_ASSIST)->fields, ASSIST_OUTCOME),
			rec_num(assist, ASSIST_OUTCOME));
	cli_cell_int(rows, rec_num_or(assist, ASSIST_MINUTES, 0));
	return RC_OK;
}

static const struct cli_option list_options[] = {
	{ "from", "DATE", T("từ ngày", "from this day") },
	{ "to", "DATE", T("đến hết ngày", "to the end of this day") },
	CLI_OPTIONS_END,
};

static enum rc run_assist_list(struct cli *cli, struct err *err)
{
	dayno from = DAYNO_NONE, to = DAYNO_NONE;
	struct cli_rows rows;
	enum rc rc = cli_opt_date(cli, "from", &from, err), closed;

	if (!rc)
		rc = cli_opt_date(cli, "to", &to, err);
	if (rc)
		return rc;
	if (cli->format == FORMAT_JSON)
		return assist_list(&cli->app, from, to, print_line, cli, err);
	cli_rows_open(&rows, cli, assist_columns, ARRAY_LEN(assist_columns));
	rc = assist_list(&cli->app, from, to, print_row, &rows, err);
	closed = cli_rows_close(&rows, !rc, err);
	return rc ? rc : closed;
}

const struct cli_command cli_assist[] = {
	{ "assist", "add", "", 0, 0, CLI_STORE | CLI_JSON, NULL, run_assist_add,
	  T("ghi một lượt hỗ trợ (JSON ở đầu vào)", "record an assist (JSON on stdin)") },
	{ "assist", "list", "[--from D] [--to D]", 0, 0, CLI_STORE | CLI_JSON, list_options, run_assist_list,
	  T("các lượt hỗ trợ", "the assists") },
	CLI_END,
};
