/* cli_dossier.c - dossiers: receive, find, show, history, due, act. */
#include <string.h>

#include "core/act.h"
#include "core/exchange.h"
#include "core/history.h"
#include "core/intake.h"
#include "core/office.h"
#include "core/search.h"
#include "db/base/hash.h"
#include "db/base/utf8.h"
#include "tui/cli/families.h"

enum { FIND_LIMIT = 50, FIND_MOST = 10000 };

static void say_doubts(const struct cli *cli, const struct explain *doubts)
{
	for (size_t i = 0; i < doubts->count; i++)
		cli_say(cli, "lưu ý: %s", "note: %s", explain_text(doubts, i, cli->lang));
}

/* What came on one line: an error names the line. */
static enum rc by_line(struct cli *cli, enum rc rc, const struct err *err)
{
	if (rc == RC_INPUT) {
		cli_say_line(cli, 1, err);
		cli_reported(cli);
	}
	return rc;
}

static size_t trimmed(const struct buf *text)
{
	size_t len = text->len;

	while (len && strchr(" \t\r\n", text->data[len - 1]))
		len--;
	return len;
}

static enum rc run_receive(struct cli *cli, struct err *err)
{
	struct buf text = BUF(EXCHANGE_LINE_MAX);
	struct intake_result result;
	struct rec dossier;
	char due[CLOCK_TEXT];
	enum rc rc = app_may(&cli->app, MAY_RECEIVE, err);

	rec_init(&dossier, REC_DOSSIER);
	if (!rc)
		rc = cli_in_all(cli, "-", &text, err);
	if (!rc)
		rc = by_line(cli, exchange_parse_part(REC_DOSSIER, buf_str(&text), trimmed(&text), &dossier, err), err);
	if (!rc)
		rc = by_line(cli, intake_receive(&cli->app, &dossier, &result, err), err);
	if (!rc) {
		say_doubts(cli, &result.doubts);
		cli_json_open(cli);
		cli_json_text(cli, "code", result.code);
		cli_json_text(cli, "due_at", clock_format(result.due_at, due));
		cli_json_close(cli);
	}
	rec_done(&dossier);
	buf_wipe_done(&text);
	return rc;
}

/* Records as lines, or a short table of dossiers. */
static const struct cli_column dossier_columns[] = {
	{ "code", T("Mã hồ sơ", "Code") },
	{ "applicant_name", T("Họ và tên", "Full name") },
	{ "procedure_code", T("Thủ tục", "Procedure") },
	{ "state", T("Trạng thái", "State") },
	{ "received_at", T("Tiếp nhận lúc", "Received at") },
	{ "due_at", T("Hẹn trả", "Due at") },
};

static void put_dossier_row(struct cli_rows *rows, const struct rec *rec)
{
	cli_cell_text(rows, rec_text(rec, DOSSIER_CODE));
	cli_cell_text(rows, rec_text(rec, DOSSIER_APPLICANT_NAME));
	cli_cell_text(rows, rec_text(rec, DOSSIER_PROCEDURE_CODE));
	cli_cell_text(rows, words_in(state_words(dossier_state(rec)), rows->cli->lang));
	cli_cell_time(rows, rec_num(rec, DOSSIER_RECEIVED_AT));
	cli_cell_time(rows, rec_num(rec, DOSSIER_DUE_AT));
}

static enum rc print_records(struct cli *cli, enum rec_kind kind, const int64_t *recs, size_t count, struct err *err)
{
	bool lines = cli->format == FORMAT_JSON || kind != REC_DOSSIER;
	struct buf text = BUF(EXCHANGE_LINE_MAX);
	struct cli_rows rows;
	struct row row;
	enum rc rc = RC_OK, closed;

	row_init(&row);
	cli_rows_open(&rows, cli, dossier_columns, ARRAY_LEN(dossier_columns));
	for (size_t i = 0; !rc && i < count; i++) {
		rc = row_read(cli->app.db, recs[i], &row, err);
		if (!rc && lines) {
			buf_clear(&text);
			exchange_format(&row.body, &text);
			(void)fprintf(cli_out(cli), "%s\n", buf_str(&text));
		} else if (!rc) {
			put_dossier_row(&rows, &row.body);
		}
	}
	closed = cli_rows_close(&rows, !rc && !lines, err);
	row_done(&row);
	buf_wipe_done(&text);
	return rc ? rc : closed;
}

/* Personal data need not stand on the command line: "-" reads the words from stdin. */
static enum rc find_words(struct cli *cli, struct buf *words, struct err *err)
{
	struct buf raw = BUF(65536);
	enum rc rc = RC_OK;

	if (cli->args_count == 1 && !strcmp(cli->args[0], "-")) {
		rc = cli_in_all(cli, "-", &raw, err);
	} else {
		for (size_t i = 0; i < cli->args_count; i++)
			buf_printf(&raw, "%s%s", i ? " " : "", cli->args[i]);
	}
	if (!rc && utf8_clean_lines(buf_str(&raw), raw.len, words, NULL))
		rc = err_set(err, RC_INPUT, "chữ cần tìm có ký tự không hợp lệ",
			     "the words to find have odd characters");
	utf8_collapse(words);
	buf_wipe_done(&raw);
	return rc;
}

static const struct cli_option find_options[] = {
	{ "limit", "N", T("nhiều nhất bao nhiêu", "how many at most") },
	{ "kind", "dossier|household", T("tìm hồ sơ hay hộ dân", "dossiers or households") },
	CLI_OPTIONS_END,
};

static enum rc run_find(struct cli *cli, struct err *err)
{
	static int64_t recs[FIND_MOST];
	const char *word = cli_opt(cli, "kind");
	enum rec_kind kind = word ? rec_kind_named(word) : REC_DOSSIER;
	struct buf words = BUF(65536);
	int64_t limit = FIND_LIMIT;
	size_t count = 0;
	enum rc rc = app_may(&cli->app, MAY_READ, err);

	if (!rc && kind != REC_DOSSIER && kind != REC_HOUSEHOLD)
		rc = err_set(err, RC_USAGE, "--kind là dossier hoặc household", "--kind is dossier or household");
	if (!rc)
		rc = cli_opt_int(cli, "limit", 1, FIND_MOST, &limit, err);
	if (!rc)
		rc = find_words(cli, &words, err);
	if (!rc)
		rc = search_find(&cli->app, kind, buf_str(&words), recs, (size_t)limit, &count, err);
	if (!rc)
		rc = print_records(cli, kind, recs, count, err);
	buf_wipe_done(&words);
	return rc;
}

static enum rc no_dossier(const char *code, struct err *err)
{
	return err_set(err, RC_NONE, "không có hồ sơ %.40s", "there is no dossier %.40s", code);
}

static enum rc run_show(struct cli *cli, struct err *err)
{
	int64_t rec;
	enum rc rc = app_may(&cli->app, MAY_READ, err);

	if (!rc)
		rc = row_find(cli->app.db, REC_DOSSIER, cli->args[0], &rec, err);
	if (rc == RC_NONE)
		return no_dossier(cli->args[0], err);
	return rc ? rc : print_records(cli, REC_DOSSIER, &rec, 1, err);
}

static const struct cli_column history_columns[] = {
	{ "at", T("Lúc", "At") },
	{ "actor", T("Ai", "Who") },
	{ "verb", T("Việc", "What") },
	{ "field", T("Trường", "Field") },
	{ "value", T("Giá trị", "Value") },
	{ "lost", T("Bị thay", "Lost") },
	{ "note", T("Lý do", "Why") },
	{ "device", T("Máy", "Device") },
	{ "event", T("Sự kiện", "Event") },
};

static enum rc print_history(void *ctx, const struct history_row *row, struct err *err)
{
	struct cli_rows *rows = ctx;
	const struct field *field = field_named(rec_type(REC_DOSSIER)->fields, row->field ? row->field : "");
	char event[ID_TEXT];

	(void)err;
	id_format(&row->event, event);
	cli_cell_time(rows, row->at);
	cli_cell_text(rows, row->actor);
	cli_cell_word(rows, verb_name(row->verb), verb_words(row->verb));
	cli_cell_word(rows, row->field, field ? &field->label : NULL);
	cli_cell_text(rows, row->removed ? NULL : row->value);
	cli_cell_bool(rows, row->lost);
	cli_cell_text(rows, row->note);
	cli_cell_text(rows, row->device);
	cli_cell_text(rows, event);
	return RC_OK;
}

static enum rc run_history(struct cli *cli, struct err *err)
{
	struct cli_rows rows;
	enum rc rc, closed;

	cli_rows_open(&rows, cli, history_columns, ARRAY_LEN(history_columns));
	rc = history_walk(&cli->app, REC_DOSSIER, cli->args[0], print_history, &rows, err);
	if (rc == RC_NONE)
		rc = no_dossier(cli->args[0], err);
	closed = cli_rows_close(&rows, !rc, err);
	return rc ? rc : closed;
}

static const struct cli_option due_options[] = {
	{ "explain", NULL, T("giải thích từng dòng", "say why, line by line") },
	CLI_OPTIONS_END,
};

static void print_due_json(struct cli *cli, const struct office_due *due, bool why)
{
	FILE *out = cli_out(cli);
	char text[CLOCK_TEXT];

	cli_json_open(cli);
	cli_json_text(cli, "code", cli->args[0]);
	cli_json_text(cli, "due_at", due->due_at == MSEC_NONE ? NULL : clock_format(due->due_at, text));
	cli_json_bool(cli, "provisional", due->provisional);
	if (why) {
		struct buf line = BUF(2 * EXPLAIN_TEXT * 6);

		(void)fputs(",\"lines\":[", out);
		for (size_t i = 0; i < due->why.count; i++) {
			const char *words = explain_text(&due->why, i, cli->lang);

			buf_clear(&line);
			exchange_quote(words, strlen(words), &line);
			(void)fprintf(out, "%s%s", i ? "," : "", buf_str(&line));
		}
		(void)fputs("]", out);
		buf_done(&line);
	}
	cli_json_close(cli);
}

static enum rc run_due(struct cli *cli, struct err *err)
{
	struct office_due due;
	bool why = cli_opt(cli, "explain") != NULL;
	char text[CLOCK_TEXT];
	enum rc rc = office_explain(&cli->app, cli->args[0], &due, err);

	if (rc)
		return rc;
	if (cli->format == FORMAT_JSON) {
		print_due_json(cli, &due, why);
		return RC_OK;
	}
	(void)fprintf(cli_out(cli), "%s\n", due.due_at == MSEC_NONE ? "-" : clock_format(due.due_at, text));
	for (size_t i = 0; why && i < due.why.count; i++)
		(void)fprintf(cli_out(cli), "%s\n", explain_text(&due.why, i, cli->lang));
	return RC_OK;
}

static const struct cli_option act_options[] = {
	{ "at", "TIME", T("lúc xảy ra (mặc định bây giờ)", "when it happened (default now)") },
	{ "note", "TEXT", T("lý do, ghi chú", "why, a note") },
	{ "field", "name=value", T("một trường của việc; lặp lại được", "a field of the verb; may be repeated") },
	CLI_OPTIONS_END,
};

static enum rc put_option_field(struct act_input *input, enum verb verb, const char *pair, struct err *err)
{
	const char *equals = strchr(pair, '=');
	char name[64];

	if (!equals || (size_t)(equals - pair) >= sizeof(name))
		return err_set(err, RC_USAGE, "--field có dạng tên=giá trị", "--field is name=value");
	memcpy(name, pair, (size_t)(equals - pair));
	name[equals - pair] = '\0';
	return act_input_put(input, verb, name, equals + 1, err);
}

static enum rc input_from_options(struct cli *cli, enum verb verb, struct act_input *input, struct err *err)
{
	const char *note = cli_opt(cli, "note"), *pair;
	struct buf clean = BUF(sizeof(input->note) - 1);
	enum rc rc = cli_opt_time(cli, "at", &input->at, err);

	if (!rc && note && (utf8_clean_lines(note, strlen(note), &clean, NULL) || clean.full))
		rc = err_field(err, "note", "ghi chú quá dài hoặc có ký tự lạ",
			       "the note is too long or has odd characters");
	if (!rc && clean.len)
		memcpy(input->note, clean.data, clean.len + 1);
	for (size_t i = 0; !rc && (pair = cli_opt_at(cli, "field", i)); i++)
		rc = put_option_field(input, verb, pair, err);
	buf_wipe_done(&clean);
	return rc;
}

static enum rc read_input(struct cli *cli, enum verb verb, struct act_input *input, struct err *err)
{
	struct buf text = BUF(EXCHANGE_LINE_MAX);
	enum rc rc = input_from_options(cli, verb, input, err);

	if (!rc && cli->args_count == 3 && strcmp(cli->args[2], "-"))
		rc = err_set(err, RC_USAGE, "sau tên việc chỉ có thể là -", "only - may stand behind the verb");
	if (!rc && cli->args_count == 3)
		rc = cli_in_all(cli, "-", &text, err);
	if (!rc && cli->args_count == 3)
		rc = act_input_json(input, verb, buf_str(&text), trimmed(&text), err);
	buf_wipe_done(&text);
	return rc;
}

static void print_act(struct cli *cli, const struct act_result *result)
{
	const struct field *field = field_tagged(rec_type(REC_DOSSIER)->fields, DOSSIER_STATE);
	char state[24], due[CLOCK_TEXT];

	enum_word(field, result->state, state, sizeof(state));
	say_doubts(cli, &result->doubts);
	cli_json_open(cli);
	cli_json_text(cli, "code", cli->args[0]);
	cli_json_text(cli, "state", state);
	cli_json_text(cli, "due_at", result->due_at == MSEC_NONE ? NULL : clock_format(result->due_at, due));
	cli_json_close(cli);
}

static enum rc run_act(struct cli *cli, struct err *err)
{
	const struct dossier_verb *verb = dossier_verb_named(cli->args[1]);
	struct act_input input;
	struct act_result result;
	enum rc rc;

	if (!verb)
		return err_set(err, RC_USAGE, "không có việc \"%.40s\"", "there is no verb \"%.40s\"", cli->args[1]);
	act_input_init(&input, verb->verb);
	rc = read_input(cli, verb->verb, &input, err);
	if (!rc)
		rc = act_run(&cli->app, cli->args[0], verb->verb, &input, &result, err);
	if (!rc)
		print_act(cli, &result);
	act_input_done(&input);
	return rc;
}

const struct cli_command cli_dossier[] = {
	{ "receive", NULL, "", 0, 0, CLI_STORE | CLI_JSON, NULL, run_receive,
	  T("tiếp nhận một hồ sơ (JSON ở đầu vào)", "receive a dossier (JSON on stdin)") },
	{ "find", NULL, "TEXT|-", 1, CLI_ARGS_MAX, CLI_STORE | CLI_JSON, find_options, run_find,
	  T("tìm hồ sơ theo tên, mã, số giấy tờ", "find dossiers by name, code, numbers") },
	{ "show", NULL, "CODE", 1, 1, CLI_STORE | CLI_JSON, NULL, run_show, T("một hồ sơ", "one dossier") },
	{ "history", NULL, "CODE", 1, 1, CLI_STORE, NULL, run_history,
	  T("mọi giá trị từng ghi của hồ sơ", "every value a dossier ever had") },
	{ "due", NULL, "CODE [--explain]", 1, 1, CLI_STORE, due_options, run_due,
	  T("hẹn trả và vì sao", "the promise and why") },
	{ "act", NULL, "CODE VERB [-]", 2, 3, CLI_STORE | CLI_JSON, act_options, run_act,
	  T("làm một việc với hồ sơ", "do something to a dossier") },
	CLI_END,
};
