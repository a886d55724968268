#include "tui/cli/parse.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"

const struct cli_option cli_global_options[] = {
	{ "store", "PATH", T("tệp dữ liệu (mặc định $XDG_DATA_HOME/motcua/ward.motcua)",
			     "the store (default $XDG_DATA_HOME/motcua/ward.motcua)") },
	{ "user", "NAME", T("người dùng; bỏ được khi chỉ có một", "who signs in; may be left out when there is one") },
	{ "passphrase-file", "FILE", T("mật khẩu ở dòng đầu của tệp; - là dòng đầu của đầu vào chuẩn",
				       "the passphrase is the first line of FILE; -: of stdin") },
	{ "lang", "vi|en", T("ngôn ngữ của thông báo", "language of messages") },
	{ "format", "table|json|csv|xlsx|pdf", T("dạng kết quả", "how results are written") },
	{ "output", "FILE", T("ghi kết quả vào tệp", "write results to FILE") },
	{ "now", "TIME", T("coi như bây giờ là lúc đó (chỉ kho dùng thử)", "pretend it is TIME (demo stores only)") },
	{ "linear", NULL, T("màn hình từng dòng, cho máy đọc màn hình", "the screens line by line, for screen readers") },
	{ "version", NULL, T("phiên bản", "the version") },
	{ "help", NULL, T("trợ giúp", "this help") },
	CLI_OPTIONS_END,
};

static const char *const format_names[] = { "table", "json", "csv", "xlsx", "pdf" };

static const struct cli_option *option_named(const struct cli_option *options, const char *name, size_t len)
{
	for (; options && options->name; options++)
		if (strlen(options->name) == len && !memcmp(options->name, name, len))
			return options;
	return NULL;
}

const struct cli_command *parse_find(const struct cli_command *const *families, const char *name, const char *sub)
{
	for (; *families; families++)
		for (const struct cli_command *c = *families; c->name; c++)
			if (!strcmp(c->name, name) && (!c->sub || (sub && !strcmp(c->sub, sub))))
				return c;
	return NULL;
}

static bool name_exists(const struct cli_command *const *families, const char *name)
{
	for (; *families; families++)
		for (const struct cli_command *c = *families; c->name; c++)
			if (!strcmp(c->name, name))
				return true;
	return false;
}

/* "add, list" of `name`. */
static void list_subs(const struct cli_command *const *families, const char *name, struct buf *out)
{
	for (; *families; families++)
		for (const struct cli_command *c = *families; c->name; c++)
			if (!strcmp(c->name, name) && c->sub)
				buf_printf(out, "%s%s", out->len ? ", " : "", c->sub);
}

/* What the walk along argv carries. */
struct walk {
	const struct cli_command *const *families;
	int argc, at;
	char **argv;
	const char *name; /* the first word, until it is a command */
	bool options_over;
};

static enum rc take_word(struct cli *cli, struct walk *w, const char *word, struct err *err)
{
	struct buf subs = BUF(1000);
	enum rc rc = RC_OK;

	if (cli->command) {
		cli->args[cli->args_count++] = word;
		return RC_OK;
	}
	if (!w->name) {
		w->name = word;
		cli->command = parse_find(w->families, word, NULL);
		if (!cli->command && !name_exists(w->families, word))
			rc = err_set(err, RC_USAGE, "không có lệnh \"%.60s\"; xem motcua --help",
				     "no command \"%.60s\"; see motcua --help", word);
		return rc;
	}
	cli->command = parse_find(w->families, w->name, word);
	if (!cli->command) {
		list_subs(w->families, w->name, &subs);
		rc = err_set(err, RC_USAGE, "%s không có \"%.60s\"; có: %s", "%s has no \"%.60s\"; there is: %s",
			     w->name,
			     word, buf_str(&subs));
	}
	buf_done(&subs);
	return rc;
}

static enum rc take_option(struct cli *cli, struct walk *w, const char *word, struct err *err)
{
	const char *name = word + 2, *equals = strchr(name, '=');
	size_t len = equals ? (size_t)(equals - name) : strlen(name);
	const struct cli_option *option = option_named(cli_global_options, name, len);
	const char *value = "";

	if (!option && cli->command)
		option = option_named(cli->command->options, name, len);
	if (!option)
		return err_set(err, RC_USAGE, "không có tùy chọn --%.*s; xem --help", "no option --%.*s; see --help",
			       (int)(len < 60 ? len : 60), name);
	if (!option->arg && equals)
		return err_set(err, RC_USAGE, "--%s không nhận giá trị", "--%s takes no value", option->name);
	if (option->arg && option->arg[0] == '[') { /* --name or --name=value */
		value = equals ? equals + 1 : "";
	} else if (option->arg) {
		if (!equals && w->at + 1 >= w->argc)
			return err_set(err, RC_USAGE, "--%s cần một giá trị: %s", "--%s needs a value: %s",
				       option->name,
				       option->arg);
		value = equals ? equals + 1 : w->argv[++w->at];
	}
	cli->given[cli->given_count++] = (struct cli_given){ option, value };
	return RC_OK;
}

static enum rc take_all(struct cli *cli, struct walk *w, struct err *err)
{
	for (w->at = 1; w->at < w->argc; w->at++) {
		const char *word = w->argv[w->at];
		enum rc rc;

		if (!utf8_valid(word, strlen(word)))
			return err_set(err, RC_USAGE, "dòng lệnh không phải UTF-8", "the command line is not UTF-8");
		if (!w->options_over && !strcmp(word, "--")) {
			w->options_over = true;
			continue;
		}
		if (!w->options_over && word[0] == '-' && word[1] == '-')
			rc = take_option(cli, w, word, err);
		else if (!w->options_over && word[0] == '-' && word[1])
			rc = err_set(err, RC_USAGE, "không có tùy chọn %.60s; tùy chọn bắt đầu bằng --",
				     "no option %.60s; options start with --", word);
		else
			rc = take_word(cli, w, word, err);
		if (rc)
			return rc;
	}
	return RC_OK;
}

/* --lang first of all, so that even a usage error is told in the language asked for. */
static void peek_lang(struct cli *cli, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const char *value = !strncmp(argv[i], "--lang=", 7) ? argv[i] + 7 :
				    !strcmp(argv[i], "--lang") && i + 1 < argc ? argv[i + 1] : "";

		if (!strcmp(value, "en"))
			cli->lang = LANG_EN;
	}
}

static enum rc read_globals(struct cli *cli, struct err *err)
{
	const char *lang = cli_opt(cli, "lang"), *format = cli_opt(cli, "format");

	if (lang && strcmp(lang, "vi") && strcmp(lang, "en"))
		return err_set(err, RC_USAGE, "--lang là vi hoặc en", "--lang is vi or en");
	if (lang)
		cli->lang = strcmp(lang, "en") ? LANG_VI : LANG_EN;
	cli->format = cli->command && cli->command->flags & CLI_JSON ? FORMAT_JSON : FORMAT_TABLE;
	if (format) {
		size_t i = 0;

		while (i < ARRAY_LEN(format_names) && strcmp(format, format_names[i]))
			i++;
		if (i == ARRAY_LEN(format_names))
			return err_set(err, RC_USAGE, "--format là một trong table, json, csv, xlsx, pdf",
				       "--format is one of table, json, csv, xlsx, pdf");
		cli->format = (enum cli_format)i;
	}
	return cli_opt_time(cli, "now", &cli->now, err);
}

static enum rc check_args(const struct cli *cli, struct err *err)
{
	const struct cli_command *c = cli->command;

	if (cli->args_count < c->min_args || cli->args_count > c->max_args)
		return err_set(err, RC_USAGE, "cách dùng: motcua %s%s%s %s", "usage: motcua %s%s%s %s", c->name,
			       c->sub ? " " : "", c->sub ? c->sub : "", c->args);
	return RC_OK;
}

enum rc parse_line(struct cli *cli, const struct cli_command *const *families, int argc, char **argv,
		   struct err *err)
{
	struct walk w = { .families = families, .argc = argc, .argv = argv };
	struct buf subs = BUF(1000);
	enum rc rc;

	cli->now = MSEC_NONE;
	if (argc > CLI_ARGS_MAX)
		return err_set(err, RC_USAGE, "dòng lệnh quá dài", "the command line is too long");
	cli->args = calloc((size_t)argc + 1, sizeof(*cli->args));
	cli->given = calloc((size_t)argc + 1, sizeof(*cli->given));
	if (!cli->args || !cli->given)
		die("out of memory");
	peek_lang(cli, argc, argv);
	rc = take_all(cli, &w, err);
	if (!rc)
		rc = read_globals(cli, err);
	if (!rc && !cli_opt(cli, "help") && !cli_opt(cli, "version")) {
		if (cli->command) {
			rc = check_args(cli, err);
		} else if (w.name) {
			list_subs(families, w.name, &subs);
			rc = err_set(err, RC_USAGE, "motcua %s cần thêm một từ: %s",
				     "motcua %s needs one more word: %s",
				     w.name, buf_str(&subs));
		}
	}
	buf_done(&subs);
	return rc;
}

void parse_done(struct cli *cli)
{
	free(cli->args);
	free(cli->given);
	cli->args = NULL;
	cli->given = NULL;
	cli->args_count = cli->given_count = 0;
}

const char *cli_opt_at(const struct cli *cli, const char *name, size_t n)
{
	for (size_t i = 0; i < cli->given_count; i++)
		if (!strcmp(cli->given[i].option->name, name) && n-- == 0)
			return cli->given[i].value;
	return NULL;
}

const char *cli_opt(const struct cli *cli, const char *name)
{
	for (size_t i = cli->given_count; i-- > 0;)
		if (!strcmp(cli->given[i].option->name, name))
			return cli->given[i].value;
	return NULL;
}

enum rc cli_opt_time(const struct cli *cli, const char *name, msec *out, struct err *err)
{
	const char *value = cli_opt(cli, name);

	if (!value || !clock_parse_typed(value, out, err))
		return RC_OK;
	(void)err_in(err, "--%s", "--%s", name);
	if (err)
		err->rc = RC_USAGE;
	return RC_USAGE;
}

enum rc cli_opt_date(const struct cli *cli, const char *name, dayno *out, struct err *err)
{
	const char *value = cli_opt(cli, name);

	if (!value || !clock_parse_typed_date(value, out, err))
		return RC_OK;
	(void)err_in(err, "--%s", "--%s", name);
	if (err)
		err->rc = RC_USAGE;
	return RC_USAGE;
}

enum rc cli_opt_int(const struct cli *cli, const char *name, int64_t lo, int64_t hi, int64_t *out, struct err *err)
{
	const char *value = cli_opt(cli, name);
	char *end = NULL;
	long long number;

	if (!value)
		return RC_OK;
	number = strtoll(value, &end, 10);
	if (!*value || *end || number < lo || number > hi)
		return err_set(err, RC_USAGE, "--%s là số từ %lld đến %lld", "--%s is a number from %lld to %lld", name,
			       (long long)lo, (long long)hi);
	*out = number;
	return RC_OK;
}

static void help_options(const struct cli_option *options, enum lang lang, FILE *out)
{
	for (; options && options->name; options++) {
		char left[64];

		(void)snprintf(left, sizeof(left), "--%s%s%s", options->name,
			       options->arg && options->arg[0] != '[' ? " " : "", options->arg ? options->arg : "");
		(void)fprintf(out, "  %-34s %s\n", left, words_in(&options->help, lang));
	}
}

static void help_line(const struct cli_command *c, enum lang lang, FILE *out)
{
	char left[100];

	(void)snprintf(left, sizeof(left), "%s%s%s %s", c->name, c->sub ? " " : "", c->sub ? c->sub : "", c->args);
	(void)fprintf(out, "  %-34s %s\n", left, words_in(&c->help, lang));
}

void parse_help(const struct cli_command *const *families, const struct cli_command *command, enum lang lang,
		FILE *out)
{
	static const struct words usage = T("Cách dùng: motcua [TÙY CHỌN] LỆNH …; không có lệnh thì mở màn hình làm việc.",
					    "Usage: motcua [OPTION] COMMAND …; without a command the screen opens.");
	static const struct words global = T("Tùy chọn chung, trước hay sau lệnh:",
					     "Options of every command, before or after it:");
	static const struct words own = T("Tùy chọn:", "Options:");

	if (command) {
		(void)fprintf(out, "motcua");
		help_line(command, lang, out);
		if (command->options && command->options->name) {
			(void)fprintf(out, "%s\n", words_in(&own, lang));
			help_options(command->options, lang, out);
		}
	} else {
		(void)fprintf(out, "%s\n", words_in(&usage, lang));
		for (; *families; families++)
			for (const struct cli_command *c = *families; c->name; c++)
				help_line(c, lang, out);
	}
	(void)fprintf(out, "%s\n", words_in(&global, lang));
	help_options(cli_global_options, lang, out);
}
