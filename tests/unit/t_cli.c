/* t_cli.c - command lines: what is understood, what is not, and help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/unit/case.h"
#include "tui/cli/parse.h"

static enum rc nothing(struct cli *cli, struct err *err)
{
	(void)cli;
	(void)err;
	return RC_OK;
}

static const struct cli_option eat_options[] = {
	{ "with", "TOOL", T("bằng gì", "with what") },
	{ "fast", NULL, T("nhanh", "fast") },
	{ "warm", "[=OVEN]", T("hâm nóng", "warmed up") },
	CLI_OPTIONS_END,
};
static const struct cli_command food[] = {
	{ "eat", NULL, "DISH [DISH]", 1, 2, 0, eat_options, nothing, T("ăn", "eat") },
	{ "cook", "rice", "", 0, 0, CLI_JSON, NULL, nothing, T("nấu cơm", "cook rice") },
	{ "cook", "soup", "", 0, 0, 0, NULL, nothing, T("nấu canh", "cook soup") },
	CLI_END,
};
static const struct cli_command *const families[] = { food, NULL };

#define WORDS 8

static enum rc parse(struct cli *cli, const char *const *words, struct err *err)
{
	static char room[WORDS + 1][64];
	char *argv[WORDS + 2] = { room[WORDS] };
	int argc = 1;

	for (; words[argc - 1]; argc++) {
		(void)snprintf(room[argc - 1], sizeof(room[0]), "%s", words[argc - 1]);
		argv[argc] = room[argc - 1];
	}
	*cli = (struct cli){ .lang = LANG_VI };
	return parse_line(cli, families, argc, argv, err);
}

static const struct {
	const char *what;
	const char *words[WORDS];
	enum rc rc;
	const char *name, *sub; /* the command found */
	size_t args;
	const char *option, *value; /* one option and what it must be */
} lines[] = {
	{ "nothing", { NULL }, RC_OK, NULL, NULL, 0, NULL, NULL },
	{ "a command", { "eat", "rice" }, RC_OK, "eat", NULL, 1, "with", NULL },
	{ "its options behind it", { "eat", "rice", "--with", "spoon" }, RC_OK, "eat", NULL, 1, "with", "spoon" },
	{ "with an equals sign", { "eat", "--with=", "rice" }, RC_OK, "eat", NULL, 1, "with", "" },
	{ "a switch", { "eat", "--fast", "rice" }, RC_OK, "eat", NULL, 1, "fast", "" },
	{ "a value left out", { "eat", "--warm", "rice" }, RC_OK, "eat", NULL, 1, "warm", "" },
	{ "or given", { "eat", "--warm=gas", "rice" }, RC_OK, "eat", NULL, 1, "warm", "gas" },
	{ "the last of two", { "eat", "x", "--with=a", "--with=b" }, RC_OK, "eat", NULL, 1, "with", "b" },
	{ "global options before", { "--store", "s", "eat", "x" }, RC_OK, "eat", NULL, 1, "store", "s" },
	{ "and behind", { "eat", "x", "--store=s" }, RC_OK, "eat", NULL, 1, "store", "s" },
	{ "a value that looks like stdin", { "eat", "-", "--with", "-" }, RC_OK, "eat", NULL, 1, "with", "-" },
	{ "words after --", { "eat", "--", "--fast" }, RC_OK, "eat", NULL, 1, "fast", NULL },
	{ "two words of a name", { "cook", "rice" }, RC_OK, "cook", "rice", 0, NULL, NULL },
	{ "an option between them", { "cook", "--lang", "en", "soup" }, RC_OK, "cook", "soup", 0, "lang", "en" },
	{ "help needs no arguments", { "eat", "--help" }, RC_OK, "eat", NULL, 0, "help", "" },
	{ "half a name", { "cook" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "half a name that is none", { "cook", "stone" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "no such command", { "sleep" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "too few arguments", { "eat" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "too many", { "eat", "a", "b", "c" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "no such option", { "eat", "a", "--raw" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "a command's option before it", { "--fast", "eat", "a" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "an option without its value", { "eat", "a", "--with" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "a switch with a value", { "eat", "a", "--fast=1" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "a single dash", { "eat", "a", "-f" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "another language", { "eat", "a", "--lang", "fr" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "another format", { "eat", "a", "--format", "doc" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "a date for a time", { "eat", "a", "--now", "2024-10-25" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
	{ "no UTF-8", { "eat", "\xff" }, RC_USAGE, NULL, NULL, 0, NULL, NULL },
};

static void lines_are_understood_or_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct err err = { .rc = RC_OK };
		struct cli cli;

		case_name(lines[i].what);
		assert_int_equal(parse(&cli, lines[i].words, &err), lines[i].rc);
		if (lines[i].rc) {
			assert_int_equal(err_exit_code(err.rc), 2);
			assert_true(err.vi[0] && err.en[0]);
		} else {
			assert_ptr_equal(cli.command, lines[i].name ? parse_find(families, lines[i].name,
										 lines[i].sub) : NULL);
			assert_int_equal(cli.args_count, lines[i].args);
		}
		if (!lines[i].rc && lines[i].option && lines[i].value)
			assert_string_equal(cli_opt(&cli, lines[i].option), lines[i].value);
		else if (!lines[i].rc && lines[i].option)
			assert_null(cli_opt(&cli, lines[i].option));
		parse_done(&cli);
	}
}

static void options_have_types(void **state)
{
	static const char *const words[] = { "eat", "x", "--now", "2024-10-25T02:00:00Z", "--with=7", "--format=csv",
					    NULL };
	struct err err = { .rc = RC_OK };
	struct cli cli;
	int64_t number = 0;
	dayno day = 0;

	(void)state;
	assert_int_equal(parse(&cli, words, &err), RC_OK);
	assert_int_equal(cli.now, INT64_C(1729821600000));
	assert_int_equal(cli.format, FORMAT_CSV);
	assert_int_equal(cli_opt_int(&cli, "with", 1, 9, &number, &err), RC_OK);
	assert_int_equal(number, 7);
	assert_int_equal(cli_opt_int(&cli, "with", 1, 5, &number, &err), RC_USAGE);
	assert_int_equal(cli_opt_date(&cli, "with", &day, &err), RC_USAGE);
	assert_int_equal(cli_opt_date(&cli, "user", &day, &err), RC_OK); /* not given: stays */
	assert_string_equal(cli_opt_at(&cli, "with", 0), "7");
	assert_null(cli_opt_at(&cli, "with", 1));
	parse_done(&cli);
}

static void help_names_every_command(void **state)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	assert_non_null(out);
	parse_help(families, NULL, LANG_EN, out);
	parse_help(families, &food[0], LANG_VI, out);
	assert_int_equal(fclose(out), 0);
	assert_non_null(strstr(text, "eat DISH [DISH]"));
	assert_non_null(strstr(text, "cook soup"));
	assert_non_null(strstr(text, "--passphrase-file FILE"));
	assert_non_null(strstr(text, "--with TOOL"));
	assert_non_null(strstr(text, "bằng gì"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_understood_or_refused),
		cmocka_unit_test(options_have_types),
		cmocka_unit_test(help_names_every_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
