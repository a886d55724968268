/* cli_exchange.c - files of records in and out. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/exchange.h"
#include "core/export.h"
#include "core/import.h"
#include "tui/cli/families.h"

/* Refused lines are people's data: nobody else reads the file. */
static enum rc open_rejects(const char *path, FILE **out, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	*out = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (*out)
		return RC_OK;
	if (fd >= 0)
		(void)close(fd);
	return err_set(err, RC_IO, "không tạo được tệp %.200s", "cannot create %.200s", path);
}

static void print_result(struct cli *cli, const struct import_result *result)
{
	cli_json_open(cli);
	cli_json_int(cli, "read", result->read);
	cli_json_int(cli, "new", result->made);
	cli_json_int(cli, "same", result->same);
	cli_json_int(cli, "refused", result->refused);
	cli_json_int(cli, "warnings", result->warnings);
	cli_json_close(cli);
}

static const struct cli_option import_options[] = {
	{ "dry-run", NULL, T("chỉ kiểm tra, không ghi gì", "check only, change nothing") },
	{ "keep-going", NULL, T("nhận dòng đúng, bỏ dòng sai", "take the good lines, leave the bad") },
	{ "rejects", "FILE", T("ghi các dòng bị từ chối vào tệp này", "write refused lines to this file") },
	CLI_OPTIONS_END,
};

static enum rc run_import(struct cli *cli, struct err *err)
{
	struct import_options options = { .note = cli_say_note, .ctx = cli };
	const char *rejects = cli_opt(cli, "rejects");
	struct import_result result = { 0 };
	FILE *in = NULL;
	enum rc rc;

	options.dry_run = cli_opt(cli, "dry-run");
	options.keep_going = cli_opt(cli, "keep-going");
	rc = cli_in_open(cli, cli->args[0], &in, err);
	if (!rc && rejects)
		rc = open_rejects(rejects, &options.rejects, err);
	if (rc)
		goto out;
	rc = import_file(&cli->app, in, &options, &result, err);
	if (!rc || rc == RC_INPUT)
		print_result(cli, &result);
	if (rc == RC_INPUT)
		cli_reported(cli);
out:
	if (options.rejects && fclose(options.rejects) && !rc)
		rc = err_set(err, RC_IO, "không ghi được tệp %.200s", "cannot write %.200s", rejects);
	if (in)
		cli_in_close(in);
	return rc;
}

static const struct cli_option export_options[] = {
	{ "kind", "KIND", T("chỉ một loại: dossier, scan, assist, household, indicator", "one kind: dossier, scan, assist, household, indicator") },
	{ "from", "DATE", T("từ ngày", "from this day") },
	{ "to", "DATE", T("đến hết ngày", "to the end of this day") },
	CLI_OPTIONS_END,
};

static enum rc run_export(struct cli *cli, struct err *err)
{
	struct export_filter filter = { REC_NONE, DAYNO_NONE, DAYNO_NONE };
	const char *kind = cli_opt(cli, "kind");
	enum rc rc = cli_opt_date(cli, "from", &filter.from, err);

	if (!rc)
		rc = cli_opt_date(cli, "to", &filter.to, err);
	if (rc)
		return rc;
	if (kind)
		filter.kind = rec_kind_named(kind);
	if (kind && !exchange_has_kind(filter.kind))
		return err_set(err, RC_USAGE, "--kind là ward, dossier, scan, assist, household hoặc indicator",
			       "--kind is ward, dossier, scan, assist, household or indicator");
	rc = app_may(&cli->app, MAY_EXPORT, err);
	return rc ? rc : export_records(&cli->app, cli_out(cli), &filter, NULL, err);
}

const struct cli_command cli_exchange[] = {
	{ "import", NULL, "FILE.jsonl [--dry-run] [--keep-going] [--rejects FILE]", 1, 1, CLI_STORE | CLI_JSON,
	  import_options, run_import, T("nhập tệp hồ sơ", "take in a file of records") },
	{ "export", NULL, "[--kind K] [--from D] [--to D]", 0, 0, CLI_STORE | CLI_JSON, export_options, run_export,
	  T("xuất hồ sơ ra tệp", "give the records back") },
	CLI_END,
};
