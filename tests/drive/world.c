#include "tests/drive/world.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/drive/pty.h"

static bool complain(const char *what, const char *about)
{
	(void)fprintf(stderr, "%s: ", about);
	perror(what);
	return false;
}

static void set_env(struct world *world, size_t i, const char *name, const char *value)
{
	(void)snprintf(world->env_text[i], sizeof(world->env_text[i]), "%s=%s", name, value);
	world->env[i] = world->env_text[i];
}

static void fill_env(struct world *world, const char *term)
{
	char data[WORLD_PATH + 8], path[WORLD_PATH * 2];
	const char *asan = getenv("ASAN_OPTIONS");
	size_t n = 0;

	(void)snprintf(data, sizeof(data), "%s/data", world->top);
	(void)snprintf(path, sizeof(path), "%s/bin:/usr/local/bin:/usr/bin:/bin", world->top);
	set_env(world, n++, "HOME", world->desk);
	set_env(world, n++, "PATH", path);
	set_env(world, n++, "TERM", term);
	set_env(world, n++, "LC_ALL", "C.UTF-8");
	set_env(world, n++, "TZ", "UTC");
	set_env(world, n++, "XDG_DATA_HOME", data);
	set_env(world, n++, "MOTCUA_BUILD", world->build);
	if (!strncmp(term, "linux", 5))
		set_env(world, n++, "NO_COLOR", "1");
	if (asan)
		set_env(world, n++, "ASAN_OPTIONS", asan);
	world->env[n] = NULL;
}

bool world_open(struct world *world, const char *term)
{
	static const char *const folders[] = { "desk", "data", "data/motcua", "bin" };
	const char *tmp = getenv("TMPDIR"), *build = getenv("MOTCUA_BUILD");
	char *absolute;

	*world = (struct world){ 0 };
	absolute = realpath(build ? build : "build/release", NULL);
	if (!absolute)
		return complain("build folder", build ? build : "build/release");
	(void)snprintf(world->build, sizeof(world->build), "%s", absolute);
	free(absolute);
	(void)snprintf(world->top, sizeof(world->top), "%s/motcua-story-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(world->top)) {
		world->top[0] = '\0';
		return complain("mkdtemp", "story");
	}
	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		char path[WORLD_PATH * 2];

		(void)snprintf(path, sizeof(path), "%s/%s", world->top, folders[i]);
		if (mkdir(path, 0700))
			return complain("mkdir", path);
	}
	(void)snprintf(world->desk, sizeof(world->desk), "%.*s/desk", WORLD_PATH - 8, world->top);
	fill_env(world, term);
	return world_wrap(world);
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
	(void)stat;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void world_close(struct world *world)
{
	for (unsigned i = 0; i < world->backgrounds; i++) {
		(void)kill(-world->background[i], SIGTERM);
		(void)waitpid(world->background[i], NULL, 0);
		(void)kill(-world->background[i], SIGKILL);
	}
	world->backgrounds = 0;
	if (!world->top[0])
		return;
	if (getenv("KEEP"))
		(void)fprintf(stderr, "kept: %s\n", world->top);
	else
		(void)nftw(world->top, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	world->top[0] = '\0';
}

static bool write_script(const struct world *world, const char *program, const char *options)
{
	char path[WORLD_PATH * 2];
	FILE *out;

	(void)snprintf(path, sizeof(path), "%s/bin/%s", world->top, program);
	out = fopen(path, "w");
	if (!out)
		return complain("fopen", path);
	(void)fprintf(out, "#!/bin/sh\nexec %s/%s%s \"$@\"\n", world->build, program, options);
	if (fclose(out) || chmod(path, 0700))
		return complain("write", path);
	return true;
}

bool world_wrap(struct world *world)
{
	char options[128] = "";
	size_t len = 0;

	if (world->now[0])
		len = (size_t)snprintf(options, sizeof(options), " --now %s", world->now);
	if (world->lang[0])
		(void)snprintf(options + len, sizeof(options) - len, " --lang %s", world->lang);
	return write_script(world, "motcua", options) && write_script(world, "motcua-hub", "");
}

bool world_ward(struct world *world)
{
	return world_exec(world,
			  "cp \"$MOTCUA_BUILD/ward/ward.motcua\" \"$XDG_DATA_HOME/motcua/ward.motcua\" && "
			  "cp \"$MOTCUA_BUILD/ward/pass\" pass", 10000) == 0;
}

/* A shell at the desk in a process group of its own. */
static pid_t start_shell(const struct world *world, const char *command, const char *out, const char *err)
{
	char shell[] = "/bin/sh", option[] = "-c", *text = strdup(command);
	char *argv[] = { shell, option, text, NULL };
	pid_t pid = text ? fork() : -1;

	if (!pid) {
		int in = open("/dev/null", O_RDONLY);
		int to = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		int errors = open(err, O_WRONLY | O_CREAT | O_APPEND, 0600);

		if (setpgid(0, 0) || dup2(in, 0) < 0 || dup2(to, 1) < 0 || dup2(errors, 2) < 0 || chdir(world->desk))
			_exit(126);
		(void)execve(argv[0], argv, world->env);
		_exit(127);
	}
	if (pid > 0)
		(void)setpgid(pid, pid); /* as the child does: whoever is first */
	free(text);
	return pid;
}

int world_exec(struct world *world, const char *command, int wait_ms)
{
	const struct timespec moment = { .tv_nsec = 2000000 };
	char out[WORLD_PATH + 8], err[WORLD_PATH + 8];
	double until = pty_now_ms() + wait_ms;
	int status = 0;
	pid_t pid;

	(void)snprintf(out, sizeof(out), "%s/out", world->top);
	(void)snprintf(err, sizeof(err), "%s/err", world->top);
	(void)unlink(err);
	pid = start_shell(world, command, out, err);
	if (pid < 0)
		return -1;
	while (waitpid(pid, &status, WNOHANG) != pid) {
		if (pty_now_ms() > until) {
			(void)kill(-pid, SIGKILL);
			(void)waitpid(pid, &status, 0);
			return -1;
		}
		(void)nanosleep(&moment, NULL);
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool world_background(struct world *world, const char *command)
{
	char log[WORLD_PATH + 32];
	pid_t pid;

	if (world->backgrounds == WORLD_BACKGROUND)
		return false;
	(void)snprintf(log, sizeof(log), "%s/background.log", world->desk);
	pid = start_shell(world, command, log, log);
	if (pid < 0)
		return false;
	world->background[world->backgrounds++] = pid;
	return true;
}

void world_output(const struct world *world, const char *which, struct buf *text)
{
	char path[WORLD_PATH + 8], bytes[4096];
	size_t got;
	FILE *in;

	(void)snprintf(path, sizeof(path), "%s/%s", world->top, which);
	in = fopen(path, "rb");
	if (!in)
		return;
	while ((got = fread(bytes, 1, sizeof(bytes), in)) > 0)
		buf_add(text, bytes, got);
	(void)fclose(in);
}

int world_files(const struct world *world, const char *folder)
{
	char path[WORLD_PATH * 2];
	const struct dirent *entry;
	int count = 0;
	DIR *dir;

	(void)snprintf(path, sizeof(path), "%s/%s", world->desk, folder);
	dir = opendir(path);
	if (!dir)
		return -1;
	while ((entry = readdir(dir)))
		count += entry->d_name[0] != '.';
	(void)closedir(dir);
	return count;
}
