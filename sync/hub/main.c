/*
 * main.c - motcua-hub: reads the command line, then runs the command here or
 * has the process run it that serves the same folder.
 */
#include "sync/hub/control.h"

#include "db/base/file.h"
#include "db/base/secure.h"

#include <getopt.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_TRIES = 200, LOCK_WAIT_MS = 50 };

enum { FLAGS = 5 };

static const struct option flags[FLAGS] = {
	{ "lang", required_argument, NULL, 'g' }, { "dry-run", no_argument, NULL, 'n' },
	{ "help", no_argument, NULL, 'h' },	  { "version", no_argument, NULL, 'v' },
	{ NULL, 0, NULL, 0 },
};

static void keep_option(struct args *args, int option, const char *value)
{
	for (const struct arg_text *t = arg_texts; t->name; t++)
		if (t->option == option)
			*arg_text_in(args, t) = value;
	if (option == 'g')
		args->lang = value && !strcmp(value, "en") ? LANG_EN : LANG_VI;
	if (option == 'n')
		args->dry_run = true;
}

static void print_help(enum lang lang)
{
	printf(lang == LANG_EN ? "Usage: motcua-hub COMMAND --data DIR --key-file FILE …\n"
			       : "Cách dùng: motcua-hub LỆNH --data DIR --key-file FILE …\n");
	for (const struct command *c = commands; c->name; c++)
		printf("  %s %s\n      %s\n", c->name, c->use, words_in(&c->help, lang));
}

/* -1 to go on, else the exit code. */
static int read_options(int argc, char **argv, struct args *args)
{
	struct option options[ARG_TEXTS + FLAGS];
	int option;

	for (size_t i = 0; i < ARG_TEXTS; i++)
		options[i] = (struct option){ arg_texts[i].name, required_argument, NULL,
					      arg_texts[i].option };
	memcpy(options + ARG_TEXTS, flags, sizeof(flags));
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == '?')
			return 2;
		if (option == 'v')
			puts("motcua-hub 1.0");
		if (option == 'h')
			print_help(args->lang);
		if (option == 'v' || option == 'h')
			return 0;
		keep_option(args, option, optarg);
	}
	return -1;
}

/* The path as it is seen from anywhere. Owned by the caller. */
static char *absolute(const char *path)
{
	char folder[HUB_PATH];
	size_t size = sizeof(folder) + strlen(path) + 2;
	char *out = malloc(size);

	if (!out)
		die("out of memory");
	if (path[0] == '/' || !strcmp(path, "-") || !getcwd(folder, sizeof(folder)))
		(void)snprintf(out, size, "%s", path);
	else
		(void)snprintf(out, size, "%s/%s", folder, path);
	return out;
}

/* "-" as a file: all of stdin, so that it can be read more than once. */
static enum rc take_input(struct args *args, struct buf *room, struct err *err)
{
	bool wanted = false;
	enum rc rc = RC_OK;

	for (int i = 0; i < args->count; i++)
		wanted |= !strcmp(args->words[i], "-");
	if (wanted)
		rc = file_read_fd(STDIN_FILENO, room, err);
	if (!rc)
		args->in = room->len ? fmemopen(room->data, room->len, "r") : fopen("/dev/null", "re");
	if (!rc && !args->in)
		die("out of memory");
	return rc;
}

/* One piece of the command there; what went wrong goes to *worst. */
static enum rc ask_once(const struct hub *hub, const struct command *command, const struct args *args,
			int *worst, struct err *err)
{
	int fd = control_connect(hub->dir), code = 0;
	enum rc rc = fd < 0 ? err_set(err, RC_IO, "Tiến trình đang phục vụ không còn trả lời.",
				      "The serving process no longer answers.")
			    : control_ask(fd, hub, command, args, &code, err);

	if (!rc && code)
		*worst = code;
	return rc;
}

static enum rc ask_by_word(const struct hub *hub, const struct command *command, const struct args *args,
			   int *worst, struct err *err)
{
	struct args piece = *args;
	enum rc rc = RC_OK;

	piece.count = 1;
	for (int i = 0; !rc && i < args->count; i++) {
		piece.words = args->words + i;
		rc = ask_once(hub, command, &piece, worst, err);
	}
	return rc;
}

static enum rc ask_by_unit(const struct hub *hub, const struct command *command, const struct args *args,
			   int *worst, struct err *err)
{
	struct hub_units units;
	struct args piece = *args;
	enum rc rc = hub_units(hub->dir, &units, err);

	for (size_t i = 0; !rc && i < units.count; i++) {
		piece.unit = units.unit[i];
		rc = ask_once(hub, command, &piece, worst, err);
	}
	return rc;
}

/* Another process serves this folder: the command goes there, its files by their whole names. */
static enum rc ask(const struct hub *hub, const struct command *command, struct args *args, int *worst,
		   struct err *err)
{
	char *output = args->output ? absolute(args->output) : NULL;
	char **words = calloc((size_t)args->count + 1, sizeof(*words));
	struct args there = *args;
	enum rc rc;

	if (!words)
		die("out of memory");
	for (int i = 0; i < args->count; i++)
		words[i] = command->files >= 0 && i >= command->files ? absolute(args->words[i]) : args->words[i];
	there.words = words;
	there.output = output;
	if (args->count > COMMAND_WORDS_MAX && command->way != COMMAND_BY_WORD)
		rc = err_set(err, RC_USAGE, "Quá nhiều tham số.", "Too many words.");
	else if (command->way == COMMAND_BY_WORD && args->count)
		rc = ask_by_word(hub, command, &there, worst, err);
	else if (command->way == COMMAND_BY_UNIT && !args->unit)
		rc = ask_by_unit(hub, command, &there, worst, err);
	else
		rc = ask_once(hub, command, &there, worst, err);
	for (int i = 0; i < args->count; i++)
		if (words[i] != args->words[i])
			free(words[i]);
	free(words);
	free(output);
	return rc;
}

/*
 * The folder to ourselves, or *serving: another command is over soon, one that
 * starts to serve answers soon.
 */
static enum rc take_folder(struct hub *hub, bool *serving, struct err *err)
{
	const struct timespec wait = { .tv_nsec = LOCK_WAIT_MS * 1000000L };
	enum rc rc = RC_REFUSED;

	*serving = false;
	for (int i = 0; i < LOCK_TRIES && rc == RC_REFUSED; i++) {
		int fd;

		rc = hub_lock(hub, err);
		fd = rc == RC_REFUSED ? control_connect(hub->dir) : -1;
		if (fd >= 0) {
			close(fd);
			*serving = true;
			return RC_OK;
		}
		if (rc == RC_REFUSED)
			(void)nanosleep(&wait, NULL);
	}
	return rc;
}

static enum rc run(struct hub *hub, const struct command *command, struct args *args, int *code,
		   struct err *err)
{
	bool serving;
	enum rc rc;

	if (command->way == COMMAND_BARE)
		return command->run(hub, args, err);
	rc = hub_open(hub, args->data, args->key_file, err);
	if (!rc)
		rc = take_folder(hub, &serving, err);
	if (rc)
		return rc;
	if (!serving)
		return command->run(hub, args, err);
	if (command->way == COMMAND_ALONE)
		return err_set(err, RC_REFUSED, "Thư mục dữ liệu này đang được phục vụ rồi.",
			       "This data folder is being served already.");
	return ask(hub, command, args, code, err);
}

int main(int argc, char **argv)
{
	struct args args = { .lang = LANG_VI, .out = stdout, .say = stderr };
	struct hub hub = { .lang = LANG_VI };
	struct buf input = BUF(COMMAND_INPUT_MAX);
	struct err err = { 0 };
	const struct command *command;
	int code = 0, early;
	enum rc rc;

	secure_process();
	early = read_options(argc, argv, &args);
	if (early >= 0)
		return early;
	command = optind < argc ? command_named(argv[optind]) : NULL;
	if (!command || !args.data || !args.key_file) {
		print_help(args.lang);
		return 2;
	}
	args.words = argv + optind + 1;
	args.count = argc - optind - 1;
	hub.lang = args.lang;
	if (sodium_init() < 0)
		die("libsodium does not start");
	rc = take_input(&args, &input, &err);
	if (!rc)
		rc = run(&hub, command, &args, &code, &err);
	hub_close(&hub);
	if (args.in)
		(void)fclose(args.in);
	buf_done(&input);
	if (!rc && fflush(stdout))
		rc = err_set(&err, RC_IO, "Không ghi được kết quả.", "The result cannot be written.");
	if (!rc)
		return code;
	fprintf(stderr, "motcua-hub: %s\n", err_text(&err, args.lang));
	return err_exit_code(rc);
}
