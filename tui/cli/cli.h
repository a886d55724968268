/*
 * cli.h - the commands of motcua as tables, and what runs them.
 *
 * A family of commands is one file, cli_<family>.c, that ends in one array
 * `const struct cli_command cli_<family>[]` closed by an empty row; cli.c lists
 * the arrays. Help, the option parser and the refusals walk the same rows.
 *
 * cli.c parses, signs in when the row says CLI_STORE, calls `run`, reports the
 * error in the chosen language on stderr and turns enum rc into the exit code
 * of the contract. A run function writes data to cli_out (stdout or --output)
 * and messages with cli_say; it never prints its own error, unless it lists
 * many by line: then it calls cli_reported and returns the rc that fits.
 */
#ifndef MOTCUA_CLI_H
#define MOTCUA_CLI_H

#include <stdio.h>

#include "core/app.h"
#include "core/table.h"

#define MOTCUA_VERSION "1.0.0"

enum { CLI_ARGS_MAX = 4096 }; /* words on one command line */

enum cli_flag {
	CLI_STORE = 1 << 0, /* opens --store and signs in before `run` */
	CLI_MAKES = 1 << 1, /* makes a store itself: --now is judged by `run` */
	CLI_JSON = 1 << 2,  /* JSON lines unless --format says otherwise; else a table */
};

enum cli_format { FORMAT_TABLE, FORMAT_JSON, FORMAT_CSV, FORMAT_XLSX, FORMAT_PDF };

struct cli_option {
	const char *name; /* "from" for --from; NULL ends a list */
	const char *arg;  /* "DATE"; "[=NAME]" when it may be left out; NULL for a switch */
	struct words help;
};

struct cli;

struct cli_command {
	const char *name; /* "user"; NULL ends a family */
	const char *sub;  /* "add", or NULL */
	const char *args; /* what stands behind, for help: "CODE VERB" */
	unsigned min_args, max_args;
	unsigned flags;
	const struct cli_option *options; /* NULL when only the global ones */
	enum rc (*run)(struct cli *cli, struct err *err);
	struct words help; /* one line */
};
#define CLI_END { NULL, NULL, NULL, 0, 0, 0, NULL, NULL, T("", "") }
#define CLI_OPTIONS_END { NULL, NULL, T("", "") }

struct cli_given {
	const struct cli_option *option;
	const char *value; /* "" for a switch */
};

struct cli {
	struct app app;   /* open when the row says CLI_STORE */
	enum lang lang;
	enum cli_format format; /* --format, or the row's own */
	msec now;         /* --now, MSEC_NONE without */
	const struct cli_command *command;
	const char **args; /* what stands behind the command's name */
	size_t args_count;
	struct cli_given *given; /* in the order of the line, global ones too */
	size_t given_count;
	FILE *out;        /* cli_out's; NULL until asked for */
	char out_tmp[4200]; /* the file behind --output until it is whole */
	bool failed_said; /* cli_reported */
	unsigned json_fields; /* written since cli_json_open */
};

/* Everything: parse, run, report. The exit code. */
int cli_main(int argc, char **argv);

/* The value of --name, NULL when it was not given ("" for a switch); the last one if given twice. */
const char *cli_opt(const struct cli *cli, const char *name);
/* The n-th (from 0) --name; NULL past the last. */
const char *cli_opt_at(const struct cli *cli, const char *name, size_t n);
/* --name as a moment or a date; RC_USAGE names the option. `*out` stays as it is when not given. */
enum rc cli_opt_time(const struct cli *cli, const char *name, msec *out, struct err *err) MUST_CHECK;
enum rc cli_opt_date(const struct cli *cli, const char *name, dayno *out, struct err *err) MUST_CHECK;
/* --name as a number in lo..hi. */
enum rc cli_opt_int(const struct cli *cli, const char *name, int64_t lo, int64_t hi, int64_t *out,
		    struct err *err) MUST_CHECK;

/* Where data goes: stdout, or a new file beside --output that takes its name when the command went well. */
FILE *cli_out(struct cli *cli);
/* One line on stderr in the chosen language. */
void cli_say(const struct cli *cli, const char *vi, const char *en, ...) PRINTF_LIKE(2, 4) PRINTF_LIKE(3, 4);
/* Errors went out line by line already: cli.c says no more. */
void cli_reported(struct cli *cli);
/* "line N: FIELD: reason" of an err that came with a line, on stderr. */
void cli_say_line(const struct cli *cli, unsigned long line, const struct err *err);
/* The same of what an import notes; `ctx` is the struct cli. */
void cli_say_note(void *ctx, size_t line, bool is_warning, const struct err *why);

/* A file of input, "-" is stdin (what --passphrase-file - left of it). RC_NONE: no such file. */
enum rc cli_in_open(struct cli *cli, const char *path, FILE **in, struct err *err) MUST_CHECK;
void cli_in_close(FILE *in);
/* All of it, at most the buffer's ceiling. */
enum rc cli_in_all(struct cli *cli, const char *path, struct buf *out, struct err *err) MUST_CHECK;

/*
 * Rows of a small list in the format asked for (core/table.h does the writing).
 * Cells are given from left to right, one call a cell; the row ends by itself.
 * An absent text is null in JSON and empty elsewhere.
 */
struct cli_column {
	const char *name;   /* in JSON and CSV */
	struct words label; /* on a terminal, in XLSX and PDF */
};
enum { CLI_COLUMNS_MAX = 64 };
struct cli_rows {
	struct cli *cli;
	struct table table;
	struct column columns[CLI_COLUMNS_MAX];
	size_t columns_count;
	size_t at; /* next cell's column */
};
void cli_rows_open(struct cli_rows *rows, struct cli *cli, const struct cli_column *columns, size_t count);
void cli_cell_text(struct cli_rows *rows, const char *text);
/* A word of ours: `code` for programs (JSON, CSV), `words` (NULL: none are known) for people. */
void cli_cell_word(struct cli_rows *rows, const char *code, const struct words *words);
/* A choice of an enum field, in the same way. */
void cli_cell_choice(struct cli_rows *rows, const struct field *field, int64_t value);
void cli_cell_int(struct cli_rows *rows, int64_t value);
void cli_cell_bool(struct cli_rows *rows, bool value);
/* MSEC_NONE is absent. */
void cli_cell_time(struct cli_rows *rows, msec at);
/* Print what came. Frees; also safe after an error, with `print` false. */
enum rc cli_rows_close(struct cli_rows *rows, bool print, struct err *err);

/* {"a":1,"b":"text",...} on one line: a name, then a value, as often as needed. */
void cli_json_open(struct cli *cli);
void cli_json_int(struct cli *cli, const char *name, int64_t value);
void cli_json_text(struct cli *cli, const char *name, const char *value);
void cli_json_bool(struct cli *cli, const char *name, bool value);
void cli_json_close(struct cli *cli);

/*
 * A new passphrase: --new-passphrase-file, or (`either`) --passphrase-file,
 * else asked twice without echo. At least 8 letters. Wipe with buf_wipe_done.
 */
enum rc cli_new_passphrase(struct cli *cli, bool either, struct buf *out, struct err *err) MUST_CHECK;
/* The passphrase of who signs in: --passphrase-file, else asked without echo. */
enum rc cli_passphrase(struct cli *cli, struct buf *out, struct err *err) MUST_CHECK;

/* --store, or $XDG_DATA_HOME/motcua/ward.motcua; its folder is made when `make`. */
enum rc cli_store_path(const struct cli *cli, bool make, char *out, size_t size, struct err *err) MUST_CHECK;

#endif
