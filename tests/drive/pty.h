/*
 * pty.h - a program on a terminal of its own.
 *
 * The program runs in a session of its own on a pseudo-terminal; what it writes is fed to a
 * screen (vt.h) and counted. Nothing sleeps for a fixed time: pty_settle waits until the
 * program has taken every byte it was sent, has nothing left to draw, and is itself waiting.
 * One program at a time in a struct pty; times are milliseconds.
 */
#ifndef MOTCUA_TESTS_PTY_H
#define MOTCUA_TESTS_PTY_H

#include <sys/types.h>

#include "tests/drive/vt.h"

/* What the terminal does when it is asked something (its kind, where the cursor stands). */
enum pty_answers { PTY_AT_ONCE, PTY_LATE, PTY_NEVER };
enum { PTY_HELD = 1024 };

struct pty {
	int master, slave;  /* -1 when nothing was started */
	pid_t pid;          /* 0 when nothing runs */
	int status;         /* as of waitpid, once it ended */
	struct vt *vt;
	uint64_t bytes;     /* from the program to the terminal, so far */
	enum pty_answers answers;
	char held[PTY_HELD]; /* answers of this program's terminal not given yet, or never */
	size_t held_len;
};
#define PTY_NONE { .master = -1, .slave = -1 }

/* How the program starts: argv and env end in NULL. */
struct pty_start {
	char *const *argv, *const *env;
	const char *folder;
	int rows, cols;
	bool console; /* the Linux console's habits, see vt.h */
};

/* Start a program; the screen before it is forgotten, the byte count goes on. False: no pseudo-terminal. */
bool pty_start(struct pty *pty, const struct pty_start *start);
/* Take what the program wrote, waiting at most `wait_ms` for the first byte; the bytes taken. */
size_t pty_pump(struct pty *pty, int wait_ms);
/* Keys to the program. */
void pty_send(struct pty *pty, const void *bytes, size_t len);
/* Give the answers that were held back, as they were asked for; false when there are none. */
bool pty_answer_now(struct pty *pty);
/* Wait until the program waits for keys and draws nothing more; false after `wait_ms`, or when it ended. */
bool pty_settle(struct pty *pty, int wait_ms);
/* Wait until the program has taken every key and sleeps: enough before the next one is typed. */
bool pty_taken(struct pty *pty, int wait_ms);
/* The terminal vanishes: a window closed, a line gone. */
void pty_hangup(struct pty *pty);
/* Milliseconds from sending `bytes` to the first byte drawn, or -1 when `wait_ms` passed. */
double pty_answer_ms(struct pty *pty, const void *bytes, size_t len, int wait_ms);
void pty_resize(struct pty *pty, int rows, int cols);
/* Send a signal to the program and its children. */
void pty_signal(struct pty *pty, int signal);
bool pty_running(struct pty *pty);
/* Wait for the end: its exit code, 128 + the signal that ended it, or -1 when it still runs after `wait_ms`. */
int pty_wait(struct pty *pty, int wait_ms);
/* Kill what still runs and forget the terminal. Safe on PTY_NONE. */
void pty_done(struct pty *pty);
/* A clock for waiting that no test can set. */
double pty_now_ms(void);

#endif
