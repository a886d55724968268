/* cli_admin.c - settings, clashes, the audit. */
#include <string.h>

#include "core/audit.h"
#include "core/clash.h"
#include "core/rules/dossier.h"
#include "core/session.h"
#include "core/setting.h"
#include "tui/cli/families.h"

static const struct cli_column setting_columns[] = {
	{ "name", T("Tên", "Name") },
	{ "value", T("Giá trị", "Value") },
	{ "default", T("Mặc định", "Default") },
	{ "words", T("Ý nghĩa", "Meaning") },
};

static void put_setting(struct cli_rows *rows, const struct setting *setting)
{
	struct buf value = BUF(8192);

	setting_get(&rows->cli->app, setting->name, &value);
	cli_cell_text(rows, setting->name);
	cli_cell_text(rows, buf_str(&value));
	cli_cell_text(rows, setting->otherwise);
	cli_cell_text(rows, words_in(&setting->label, rows->cli->lang));
	buf_done(&value);
}

/* One by name prints its value alone. */
static enum rc run_setting_get(struct cli *cli, struct err *err)
{
	const struct setting *one = cli->args_count ? setting_named(cli->args[0]) : NULL;
	struct buf value = BUF(8192);
	struct cli_rows rows;
	enum rc rc = app_may(&cli->app, MAY_READ, err);

	if (!rc && cli->args_count && !one)
		rc = err_set(err, RC_NONE, "không có thiết lập %.60s", "there is no setting %.60s", cli->args[0]);
	if (rc)
		return rc;
	if (one && cli->format == FORMAT_TABLE) {
		setting_get(&cli->app, one->name, &value);
		(void)fprintf(cli_out(cli), "%s\n", buf_str(&value));
		buf_done(&value);
		return RC_OK;
	}
	cli_rows_open(&rows, cli, setting_columns, ARRAY_LEN(setting_columns));
	for (const struct setting *setting = settings; setting->name; setting++)
		if (!one || one == setting)
			put_setting(&rows, setting);
	return cli_rows_close(&rows, true, err);
}

static enum rc run_setting_set(struct cli *cli, struct err *err)
{
	return setting_set(&cli->app, cli->args[0], cli->args[1], err);
}

static const struct cli_column clash_columns[] = {
	{ "id", T("Số", "Id") },
	{ "kind", T("Loại", "Kind") },
	{ "key", T("Mã", "Key") },
	{ "field", T("Trường", "Field") },
	{ "a", T("Đang giữ (a)", "Stands (a)") },
	{ "a_actor", T("Ai (a)", "Who (a)") },
	{ "a_at", T("Lúc (a)", "At (a)") },
	{ "b", T("Bị thay (b)", "Kept aside (b)") },
	{ "b_actor", T("Ai (b)", "Who (b)") },
	{ "b_at", T("Lúc (b)", "At (b)") },
};

static enum rc print_clash(void *ctx, const struct clash_view *view, struct err *err)
{
	const struct field *field = field_named(rec_type(view->kind)->fields, view->field);
	struct cli_rows *rows = ctx;

	(void)err;
	cli_cell_text(rows, view->id);
	cli_cell_word(rows, rec_type(view->kind)->name, &rec_type(view->kind)->label);
	cli_cell_text(rows, view->key);
	cli_cell_word(rows, view->field, field ? &field->label : NULL);
	cli_cell_text(rows, view->a.value);
	cli_cell_text(rows, view->a.actor);
	cli_cell_time(rows, view->a.at);
	cli_cell_text(rows, view->b.value);
	cli_cell_text(rows, view->b.actor);
	cli_cell_time(rows, view->b.at);
	return RC_OK;
}

static enum rc run_clash_list(struct cli *cli, struct err *err)
{
	struct cli_rows rows;
	enum rc rc, closed;

	cli_rows_open(&rows, cli, clash_columns, ARRAY_LEN(clash_columns));
	rc = clash_list(&cli->app, print_clash, &rows, err);
	closed = cli_rows_close(&rows, !rc, err);
	return rc ? rc : closed;
}

static const struct cli_option resolve_options[] = {
	{ "keep", "a|b", T("giữ giá trị đang đứng (a) hay giá trị bị thay (b)", "the value that stands (a) or the other (b)") },
	CLI_OPTIONS_END,
};

static enum rc run_clash_resolve(struct cli *cli, struct err *err)
{
	const char *keep = cli_opt(cli, "keep");

	if (!keep || (strcmp(keep, "a") && strcmp(keep, "b")))
		return err_set(err, RC_USAGE, "--keep là a hoặc b", "--keep is a or b");
	return clash_resolve(&cli->app, cli->args[0], *keep == 'b', err);
}

static const struct cli_column audit_columns[] = {
	{ "at", T("Lúc", "At") },
	{ "actor", T("Ai", "Who") },
	{ "what", T("Việc", "What") },
	{ "kind", T("Loại", "Kind") },
	{ "key", T("Mã", "Key") },
	{ "note", T("Lý do", "Why") },
	{ "device", T("Máy", "Device") },
};

static enum rc print_audit(void *ctx, const struct audit_row *row, struct err *err)
{
	struct cli_rows *rows = ctx;

	(void)err;
	cli_cell_time(rows, row->at);
	cli_cell_text(rows, row->actor);
	cli_cell_word(rows, row->what, audit_what_words(row->what));
	cli_cell_word(rows, row->kind, audit_kind_words(row->kind));
	cli_cell_text(rows, row->key);
	cli_cell_text(rows, row->note);
	cli_cell_text(rows, row->device);
	return RC_OK;
}

static const struct cli_option audit_options[] = {
	{ "by", "NAME", T("chỉ của người này", "of this user only") },
	{ "from", "DATE", T("từ ngày", "from this day") },
	{ "to", "DATE", T("đến hết ngày", "to the end of this day") },
	{ "kind", "KIND", T("chỉ loại này: dossier, user, ...; signin: đăng nhập, sao lưu",
			    "of this kind only: dossier, user, ...; signin: signing in, backups") },
	CLI_OPTIONS_END,
};

static enum rc run_audit(struct cli *cli, struct err *err)
{
	const char *kind = cli_opt(cli, "kind");
	struct audit_filter filter = { cli_opt(cli, "by"), DAYNO_NONE, DAYNO_NONE,
				       kind && !strcmp(kind, "signin") ? "" : kind };
	struct cli_rows rows;
	enum rc rc = cli_opt_date(cli, "from", &filter.from, err), closed;

	if (!rc && filter.kind && *filter.kind && rec_kind_named(filter.kind) == REC_NONE)
		rc = err_set(err, RC_USAGE, "không có loại %.40s", "there is no kind %.40s", kind);

	if (!rc)
		rc = cli_opt_date(cli, "to", &filter.to, err);
	if (rc)
		return rc;
	cli_rows_open(&rows, cli, audit_columns, ARRAY_LEN(audit_columns));
	rc = audit_walk(&cli->app, &filter, print_audit, &rows, err);
	closed = cli_rows_close(&rows, !rc, err);
	return rc ? rc : closed;
}

const struct cli_command cli_admin[] = {
	{ "setting", "get", "[NAME]", 0, 1, CLI_STORE, NULL, run_setting_get, T("xem thiết lập", "the settings") },
	{ "setting", "set", "NAME VALUE", 2, 2, CLI_STORE, NULL, run_setting_set, T("đổi một thiết lập", "change a setting") },
	{ "clash", "list", "", 0, 0, CLI_STORE, NULL, run_clash_list,
	  T("những chỗ hai người sửa khác nhau", "where two people disagree") },
	{ "clash", "resolve", "ID --keep a|b", 1, 1, CLI_STORE, resolve_options, run_clash_resolve,
	  T("chọn một giá trị", "choose one value") },
	{ "audit", NULL, "[--by NAME] [--from D] [--to D]", 0, 0, CLI_STORE, audit_options, run_audit,
	  T("ai đã làm gì", "who did what") },
	CLI_END,
};
