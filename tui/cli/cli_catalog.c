/* cli_catalog.c - CSV files of a supervisor: the catalogue, households, the team; figures typed in. */
#include <string.h>

#include "core/catalog.h"
#include "core/csv_import.h"
#include "core/exchange.h"
#include "core/indicator.h"
#include "core/value.h"
#include "tui/cli/families.h"

static const struct {
	const char *name;
	enum rec_kind kind;
} lists[] = {
	{ "procedures", REC_PROCEDURE }, { "documents", REC_DOCUMENT }, { "steps", REC_STEP },
	{ "fields", REC_FIELD },	 { "holidays", REC_HOLIDAY },	{ "categories", REC_CATEGORY },
	{ "targets", REC_TARGET },
};

static enum rc import_csv(struct cli *cli, enum rec_kind kind, const char *path, struct err *err)
{
	struct csv_import_options options = { .note = cli_say_note, .ctx = cli };
	struct csv_import_result result = { 0 };
	FILE *in;
	enum rc rc = cli_in_open(cli, path, &in, err);

	if (rc)
		return rc;
	options.dry_run = cli_opt(cli, "dry-run");
	rc = csv_import(&cli->app, kind, in, &options, &result, err);
	if (!rc || rc == RC_INPUT) {
		cli_json_open(cli);
		cli_json_int(cli, "read", result.read);
		cli_json_int(cli, "new", result.made);
		cli_json_int(cli, "changed", result.changed);
		cli_json_int(cli, "same", result.same);
		cli_json_int(cli, "refused", result.refused);
		cli_json_int(cli, "warnings", result.warnings);
		if (kind == REC_HOLIDAY)
			cli_json_int(cli, "recounted", result.recounted);
		cli_json_close(cli);
	}
	if (rc == RC_INPUT)
		cli_reported(cli);
	cli_in_close(in);
	return rc;
}

static enum rc refuse_list(struct err *err)
{
	return err_set(err, RC_USAGE,
		       "danh mục là procedures, documents, steps, fields, holidays, categories hoặc targets",
		       "a list is procedures, documents, steps, fields, holidays, categories or targets");
}

static enum rc run_import(struct cli *cli, struct err *err)
{
	enum rec_kind kind = csv_import_named(cli->args[0]);

	return kind == REC_NONE ? refuse_list(err) : import_csv(cli, kind, cli->args[1], err);
}

static enum rc run_household(struct cli *cli, struct err *err)
{
	return import_csv(cli, REC_HOUSEHOLD, cli->args[0], err);
}

static enum rc run_team(struct cli *cli, struct err *err)
{
	return import_csv(cli, REC_MEMBER, cli->args[0], err);
}

static enum rc count_row(void *ctx, const struct rec *row, struct err *err)
{
	(void)row;
	(void)err;
	++*(int64_t *)ctx;
	return RC_OK;
}

static const struct cli_column count_columns[] = {
	{ "list", T("Danh mục", "List") },
	{ "rows", T("Số dòng", "Rows") },
};

static enum rc list_counts(struct cli *cli, struct err *err)
{
	struct cli_rows rows;
	enum rc rc = RC_OK, closed;

	cli_rows_open(&rows, cli, count_columns, ARRAY_LEN(count_columns));
	for (size_t i = 0; !rc && i < ARRAY_LEN(lists); i++) {
		int64_t count = 0;

		rc = catalog_walk(&cli->app, lists[i].kind, count_row, &count, err);
		if (rc)
			break;
		cli_cell_text(&rows, lists[i].name);
		cli_cell_int(&rows, count);
	}
	closed = cli_rows_close(&rows, !rc, err);
	return rc ? rc : closed;
}

static enum rc print_row(void *ctx, const struct rec *row, struct err *err)
{
	struct buf text = BUF(REC_TEXT_MAX);

	(void)err;
	for (const struct field *field = rec_type(row->kind)->fields; field->tag; field++) {
		const struct path path = path_of(field->tag);
		const struct cell *cell = rec_find(row, &path);

		if (field->flags & FIELD_INNER)
			continue;
		buf_clear(&text);
		value_format(field, row, cell, &text);
		if (cell && field->type == FIELD_INT)
			cli_cell_int(ctx, cell->num);
		else if (cell && field->type == FIELD_BOOL)
			cli_cell_bool(ctx, cell->num > 0);
		else if (cell && field->type == FIELD_ENUM)
			cli_cell_choice(ctx, field, cell->num);
		else
			cli_cell_text(ctx, cell ? buf_str(&text) : NULL);
	}
	buf_done(&text);
	return RC_OK;
}

static enum rc print_json(void *ctx, const struct rec *row, struct err *err)
{
	struct buf line = BUF(REC_TEXT_MAX);
	const char *fields;

	(void)err;
	exchange_format(row, &line);
	/* Less the kind of record: the list is known, and some lists have a field of that name. */
	fields = strchr(buf_str(&line), ',');
	(void)fprintf(cli_out(ctx), "{%s\n", fields ? fields + 1 : "}");
	buf_done(&line);
	return RC_OK;
}

static enum rc run_list(struct cli *cli, struct err *err)
{
	struct cli_column columns[64];
	enum rec_kind kind = cli->args_count ? csv_import_named(cli->args[0]) : REC_NONE;
	struct cli_rows rows;
	size_t count = 0;
	enum rc rc = app_may(&cli->app, MAY_READ, err), closed;

	if (rc)
		return rc;
	if (!cli->args_count)
		return list_counts(cli, err);
	if (kind == REC_NONE)
		return refuse_list(err);
	if (cli->format == FORMAT_JSON)
		return catalog_walk(&cli->app, kind, print_json, cli, err);
	for (const struct field *field = rec_type(kind)->fields; field->tag && count < ARRAY_LEN(columns);
	     field++)
		if (!(field->flags & FIELD_INNER))
			columns[count++] = (struct cli_column){ field->name, field->label };
	cli_rows_open(&rows, cli, columns, count);
	rc = catalog_walk(&cli->app, kind, print_row, &rows, err);
	closed = cli_rows_close(&rows, !rc, err);
	return rc ? rc : closed;
}

static void say_refused(void *ctx, size_t line, const struct err *why)
{
	cli_say_line(ctx, line, why);
}

static enum rc run_indicator(struct cli *cli, struct err *err)
{
	struct indicator_result result;
	FILE *in;
	enum rc rc = cli_in_open(cli, "-", &in, err);

	if (rc)
		return rc;
	rc = indicator_add_lines(&cli->app, in, say_refused, cli, &result, err);
	if (!rc || rc == RC_INPUT) {
		cli_json_open(cli);
		cli_json_int(cli, "read", result.read);
		cli_json_int(cli, "new", result.done[INDICATOR_MADE]);
		cli_json_int(cli, "changed", result.done[INDICATOR_CHANGED]);
		cli_json_int(cli, "same", result.done[INDICATOR_SAME]);
		cli_json_int(cli, "refused", result.refused);
		cli_json_close(cli);
	}
	if (rc == RC_INPUT)
		cli_reported(cli);
	cli_in_close(in);
	return rc;
}

static const struct cli_option csv_options[] = {
	{ "dry-run", NULL, T("chỉ kiểm tra, không ghi gì", "check only, change nothing") },
	CLI_OPTIONS_END,
};

const struct cli_command cli_catalog[] = {
	{ "catalog", "import", "LIST FILE.csv [--dry-run]", 2, 2, CLI_STORE | CLI_JSON, csv_options,
	  run_import, T("nhập danh mục từ tệp CSV", "take a list of the catalogue from a CSV file") },
	{ "catalog", "list", "[LIST]", 0, 1, CLI_STORE, NULL, run_list, T("xem danh mục", "the catalogue") },
	{ "household", "import", "FILE.csv [--dry-run]", 1, 1, CLI_STORE | CLI_JSON, csv_options,
	  run_household, T("nhập sổ hộ dân từ tệp CSV", "take in the household register from CSV") },
	{ "team", "import", "FILE.csv [--dry-run]", 1, 1, CLI_STORE | CLI_JSON, csv_options, run_team,
	  T("nhập danh sách tổ công nghệ số từ tệp CSV", "take in the team roster from CSV") },
	{ "indicator", "add", "", 0, 0, CLI_STORE | CLI_JSON, NULL, run_indicator,
	  T("nhập chỉ tiêu, mỗi dòng một bản ghi JSON", "enter figures, one JSON record a line") },
	CLI_END,
};
