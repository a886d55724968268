/* cli_text.c - filters over lines; no store is needed. */
#include <string.h>

#include "core/text_filter.h"
#include "tui/cli/families.h"

static const struct cli_option compose_options[] = {
	{ "method", "telex|vni", T("kiểu gõ", "how it is typed") },
	{ "style", "old|new", T("đặt dấu hòa (old) hay hoà (new)", "marks as in hòa (old) or hoà (new)") },
	CLI_OPTIONS_END,
};

static enum rc run_compose(struct cli *cli, struct err *err)
{
	const char *method = cli_opt(cli, "method"), *style = cli_opt(cli, "style");

	if (!method || (strcmp(method, "telex") && strcmp(method, "vni")))
		return err_set(err, RC_USAGE, "--method là telex hoặc vni", "--method is telex or vni");
	if (style && strcmp(style, "old") && strcmp(style, "new"))
		return err_set(err, RC_USAGE, "--style là old hoặc new", "--style is old or new");
	return text_filter_compose(stdin, cli_out(cli), strcmp(method, "vni") ? TELEX_TELEX : TELEX_VNI,
				   style && !strcmp(style, "new") ? TELEX_NEW : TELEX_OLD, err);
}

static enum rc run_fold(struct cli *cli, struct err *err)
{
	return text_filter_fold(stdin, cli_out(cli), err);
}

static enum rc run_sortkey(struct cli *cli, struct err *err)
{
	return text_filter_sortkey(stdin, cli_out(cli), err);
}

const struct cli_command cli_text[] = {
	{ "compose", NULL, "--method telex|vni [--style old|new]", 0, 0, 0, compose_options, run_compose,
	  T("phím gõ thành chữ Việt", "typed keys to Vietnamese") },
	{ "fold", NULL, "", 0, 0, 0, NULL, run_fold, T("bỏ dấu, chữ thường", "as the search sees it") },
	{ "sortkey", NULL, "", 0, 0, 0, NULL, run_sortkey,
	  T("khóa sắp xếp tên người", "keys that sort people's names") },
	CLI_END,
};
