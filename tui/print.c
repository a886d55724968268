#define _GNU_SOURCE /* pipe2 */
#include "tui/print.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "db/base/utf8.h"

enum { SAID_MAX = 200 };

static int64_t now_ms(void)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static enum rc not_printed(const char *printer, const char *said, struct err *err)
{
	const char *name = *printer ? printer : "lp";

	if (*said)
		return err_set(err, RC_FAILED, "Máy in %.100s không nhận: %.200s. Dữ liệu vẫn nguyên, in lại sau được.",
			       "The printer %.100s did not take it: %.200s. Nothing is lost; print again later.", name,
			       said);
	return err_set(err, RC_FAILED, "Không in được ra %.100s. Dữ liệu vẫn nguyên, in lại sau được.",
		       "Printing on %.100s failed. Nothing is lost; print again later.", name);
}

/* All of it before `until`; false when nobody takes it. */
static bool write_until(int fd, const uint8_t *data, size_t len, int64_t until)
{
	while (len) {
		struct pollfd wait = { .fd = fd, .events = POLLOUT };
		int64_t left = until - now_ms();
		ssize_t done;

		if (left <= 0 || poll(&wait, 1, (int)left) <= 0)
			return false;
		done = write(fd, data, len);
		if (done < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (done <= 0)
			return false;
		data += done;
		len -= (size_t)done;
	}
	return true;
}

static enum rc to_device(const struct print_job *job, const void *data, size_t len, struct err *err)
{
	int fd = open(job->printer, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;
	bool good;

	if (fd < 0)
		return not_printed(job->printer, strerror(errno), err);
	if (fstat(fd, &st) || !S_ISCHR(st.st_mode)) {
		(void)close(fd);
		return err_set(err, RC_USAGE, "%.100s không phải máy in", "%.100s is not a printer", job->printer);
	}
	good = write_until(fd, data, len, now_ms() + INT64_C(1000) * PRINT_SECONDS);
	if (close(fd))
		good = false;
	return good ? RC_OK : not_printed(job->printer, "", err);
}

/* What the spooler had to say, on one clean line. */
static void read_said(int fd, char out[SAID_MAX])
{
	size_t len = 0;
	ssize_t got;

	while (len < SAID_MAX - 1 && (got = read(fd, out + len, SAID_MAX - 1 - len)) > 0)
		len += (size_t)got;
	out[len] = '\0';
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)out[i] < 0x20 || out[i] == 0x7f)
			out[i] = ' ';
	while (len && out[len - 1] == ' ')
		out[--len] = '\0';
	if (!utf8_valid(out, len))
		out[0] = '\0';
}

/* Its exit code; -1 when it had to be killed. */
static int wait_for(pid_t pid, int64_t until)
{
	const struct timespec pause = { 0, 10 * 1000 * 1000 };
	int status = 0;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (now_ms() >= until) {
			(void)kill(pid, SIGKILL);
			(void)waitpid(pid, &status, 0);
			return -1;
		}
		(void)nanosleep(&pause, NULL);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct spooler {
	pid_t pid;
	int in, said; /* our ends of its stdin and stderr */
};

static bool start_lp(const char *const argv[], struct spooler *lp)
{
	int in[2], said[2];
	posix_spawn_file_actions_t files;
	char *words[16];
	size_t count = 0;
	bool good;

	for (; argv[count] && count + 1 < ARRAY_LEN(words); count++)
		words[count] = (char *)(uintptr_t)argv[count];
	words[count] = NULL;
	if (pipe2(in, O_CLOEXEC))
		return false;
	if (pipe2(said, O_CLOEXEC)) {
		(void)close(in[0]);
		(void)close(in[1]);
		return false;
	}
	good = !posix_spawn_file_actions_init(&files);
	if (good) {
		good = !posix_spawn_file_actions_adddup2(&files, in[0], STDIN_FILENO) &&
		       !posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) &&
		       !posix_spawn_file_actions_adddup2(&files, said[1], STDERR_FILENO) &&
		       !posix_spawnp(&lp->pid, "lp", &files, NULL, words, environ);
		(void)posix_spawn_file_actions_destroy(&files);
	}
	(void)close(in[0]);
	(void)close(said[1]);
	(void)fcntl(in[1], F_SETFL, O_NONBLOCK);
	(void)fcntl(said[0], F_SETFL, O_NONBLOCK); /* whoever else may hold it is not waited for */
	lp->in = in[1];
	lp->said = said[0];
	if (!good) {
		(void)close(lp->in);
		(void)close(lp->said);
	}
	return good;
}

static enum rc to_spooler(const struct print_job *job, const void *data, size_t len, struct err *err)
{
	static const char *const options[] = { [PRINT_TEXT] = "document-format=text/plain",
					       [PRINT_PDF] = "fit-to-page", [PRINT_RAW] = "raw" };
	char copies[16], said[SAID_MAX] = "";
	const char *argv[16] = { "lp", "-s", "-t", job->title, "-n", copies, "-o", options[job->kind] };
	size_t at = 8;
	int64_t until = now_ms() + INT64_C(1000) * PRINT_SECONDS;
	struct spooler lp;
	bool good;
	int code;

	(void)snprintf(copies, sizeof(copies), "%u", job->copies ? job->copies : 1);
	if (job->kind == PRINT_PDF) {
		argv[at++] = "-o";
		argv[at++] = job->a5 ? "media=A5" : "media=A4";
	}
	if (*job->printer) {
		argv[at++] = "-d";
		argv[at++] = job->printer;
	}
	argv[at] = NULL;
	if (!start_lp(argv, &lp))
		return err_set(err, RC_FAILED,
			       "Không có lệnh in lp (gói cups-client). Dữ liệu vẫn nguyên; --output ghi ra tệp.",
			       "There is no print command lp (package cups-client). Nothing is lost; see --output.");
	good = write_until(lp.in, data, len, until);
	(void)close(lp.in);
	code = wait_for(lp.pid, until);
	if (code >= 0)
		read_said(lp.said, said);
	(void)close(lp.said);
	return good && code == 0 ? RC_OK : not_printed(job->printer, said, err);
}

enum rc print_send(const struct print_job *job, const void *data, size_t len, struct err *err)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	enum rc rc;

	if (*job->printer == '-')
		return err_set(err, RC_USAGE, "không có máy in tên như vậy", "no printer has such a name");
	(void)sigemptyset(&ignore.sa_mask);
	(void)sigaction(SIGPIPE, &ignore, &before); /* a spooler that stops listening is no reason to die */
	rc = *job->printer == '/' ? to_device(job, data, len, err) : to_spooler(job, data, len, err);
	(void)sigaction(SIGPIPE, &before, NULL);
	return rc;
}
