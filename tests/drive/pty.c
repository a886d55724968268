#include "tests/drive/pty.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

enum { QUIET_MS = 30, CHUNK = 64 * 1024 };

double pty_now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

_Noreturn static void run_child(const struct pty_start *start, int master, int slave)
{
	(void)close(master);
	if (login_tty(slave) || chdir(start->folder))
		_exit(126);
	(void)execve(start->argv[0], start->argv, start->env);
	_exit(127);
}

bool pty_start(struct pty *pty, const struct pty_start *start)
{
	struct winsize size = { .ws_row = (unsigned short)start->rows, .ws_col = (unsigned short)start->cols };

	pty_done(pty);
	if (openpty(&pty->master, &pty->slave, NULL, NULL, &size))
		return false;
	(void)fcntl(pty->master, F_SETFD, FD_CLOEXEC);
	(void)fcntl(pty->slave, F_SETFD, FD_CLOEXEC);
	pty->held_len = 0;
	pty->vt = vt_open(start->rows, start->cols, start->console);
	pty->pid = fork();
	if (pty->pid < 0) {
		pty->pid = 0;
		return false;
	}
	if (!pty->pid)
		run_child(start, pty->master, pty->slave);
	return true;
}

/* What the terminal has to say is said, or held back. */
static void take_answer(struct pty *pty)
{
	char *to = pty->held + pty->held_len;
	size_t len = vt_answer(pty->vt, to, sizeof(pty->held) - pty->held_len);

	if (pty->answers == PTY_AT_ONCE && len)
		pty_send(pty, to, len);
	else
		pty->held_len += len;
}

bool pty_answer_now(struct pty *pty)
{
	size_t len = pty->held_len;

	pty->held_len = 0;
	pty_send(pty, pty->held, len);
	return len > 0;
}

size_t pty_pump(struct pty *pty, int wait_ms)
{
	struct pollfd fd = { .fd = pty->master, .events = POLLIN };
	char bytes[4096];
	size_t taken = 0;

	if (pty->master < 0)
		return 0;
	while (taken < CHUNK && poll(&fd, 1, taken ? 0 : wait_ms) == 1 && (fd.revents & POLLIN)) {
		ssize_t got = read(pty->master, bytes, sizeof(bytes));

		if (got <= 0)
			break;
		vt_feed(pty->vt, bytes, (size_t)got);
		taken += (size_t)got;
		pty->bytes += (uint64_t)got;
		take_answer(pty);
	}
	return taken;
}

void pty_send(struct pty *pty, const void *bytes, size_t len)
{
	const char *at = bytes;
	double until = pty_now_ms() + 5000;

	while (len && pty->master >= 0 && pty_now_ms() < until) {
		/* A terminal's input queue is 4 KiB: give the program time to take what is there. */
		size_t part = len > 1024 ? 1024 : len;
		ssize_t sent = write(pty->master, at, part);

		if (sent <= 0)
			return;
		at += sent;
		len -= (size_t)sent;
		if (len)
			(void)pty_settle(pty, 200);
	}
}

bool pty_running(struct pty *pty)
{
	if (pty->pid && waitpid(pty->pid, &pty->status, WNOHANG) == pty->pid)
		pty->pid = 0;
	return pty->pid != 0;
}

/* True when the program sleeps and has taken all its keys. */
static bool waits_for_keys(const struct pty *pty)
{
	char path[64], line[512] = "";
	const char *state;
	int waiting = 0;
	FILE *in;

	if (ioctl(pty->slave, FIONREAD, &waiting) || waiting > 0)
		return false;
	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pty->pid);
	in = fopen(path, "r");
	if (!in)
		return false;
	if (!fgets(line, sizeof(line), in))
		line[0] = '\0';
	(void)fclose(in);
	state = strrchr(line, ')');
	return state && state[1] == ' ' && state[2] == 'S';
}

bool pty_settle(struct pty *pty, int wait_ms)
{
	double until = pty_now_ms() + wait_ms;

	while (pty_now_ms() < until) {
		if (pty_pump(pty, 1))
			continue;
		if (!pty_running(pty))
			return false;
		/* Twice, a moment apart: between two system calls a busy program may look idle. */
		if (waits_for_keys(pty) && !pty_pump(pty, QUIET_MS) && waits_for_keys(pty))
			return true;
	}
	return false;
}

bool pty_taken(struct pty *pty, int wait_ms)
{
	double until = pty_now_ms() + wait_ms;

	while (pty_now_ms() < until && pty_running(pty)) {
		(void)pty_pump(pty, 1);
		if (waits_for_keys(pty))
			return true;
	}
	return false;
}

void pty_hangup(struct pty *pty)
{
	if (pty->slave >= 0)
		(void)close(pty->slave);
	if (pty->master >= 0)
		(void)close(pty->master);
	pty->master = pty->slave = -1;
}

double pty_answer_ms(struct pty *pty, const void *bytes, size_t len, int wait_ms)
{
	double sent = pty_now_ms();

	pty_send(pty, bytes, len);
	return pty_pump(pty, wait_ms) ? pty_now_ms() - sent : -1;
}

void pty_resize(struct pty *pty, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	vt_resize(pty->vt, rows, cols);
	(void)ioctl(pty->master, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *pty, int signal)
{
	/* A child that has not yet made its session has no group either. */
	if (pty->pid && kill(-pty->pid, signal))
		(void)kill(pty->pid, signal);
}

int pty_wait(struct pty *pty, int wait_ms)
{
	double until = pty_now_ms() + wait_ms;

	while (pty_running(pty) && pty_now_ms() < until)
		if (!pty_pump(pty, 5) && pty->master < 0)
			(void)usleep(5000);
	if (pty->pid)
		return -1;
	while (pty_pump(pty, 0))
		;
	if (WIFSIGNALED(pty->status))
		return 128 + WTERMSIG(pty->status);
	return WEXITSTATUS(pty->status);
}

void pty_done(struct pty *pty)
{
	if (pty->pid) {
		pty_signal(pty, SIGKILL);
		(void)waitpid(pty->pid, &pty->status, 0);
	}
	if (pty->master >= 0)
		(void)close(pty->master);
	if (pty->slave >= 0)
		(void)close(pty->slave);
	vt_close(pty->vt);
	pty->master = pty->slave = -1;
	pty->pid = 0;
	pty->vt = NULL;
}
