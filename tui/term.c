/* term.c - see term.h. */
#define NCURSES_WIDECHAR 1
#include "tui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "db/base/utf8.h"
#include "tui/glyphs.h"
#include "tui/theme.h"

#include <term.h> /* last: it defines words like `lines` */

/* The one terminal of the process. */
static struct {
	bool started, plain, linear, color, small, gone;
	enum lang lang;
	SCREEN *screen;
	struct termios before;
	struct canvas shown; /* what curses has been told */
	int rows, cols;      /* of the window as it is */
	struct keys keys;
	uint8_t in[4096];
	size_t in_at, in_len;
	int64_t idle_ms;     /* since when nothing is there to be read; -1: something was */
	int64_t fresh_ms, silence_ms; /* before the bytes read last, before the last key */
	int wake[2];         /* signal handlers write here */
	const struct words *note;
	const struct theme *theme;
	bool theme_fixed; /* by the environment or the terminal: a setting does not change it */
	bool plain_fixed; /* by an option or the environment */
	bool plain_found; /* the terminal cannot show the letters */
} term = { .idle_ms = -1, .wake = { -1, -1 } };

static volatile sig_atomic_t signal_quit, signal_resize;

static const char PASTE_ON[] = "\033[?2004h";
static const char PASTE_OFF[] = "\033[?2004l";

int64_t term_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void put_raw(const char *bytes, size_t len)
{
	while (len) {
		ssize_t put = write(STDOUT_FILENO, bytes, len);

		if (put < 0 && errno != EINTR)
			return;
		if (put > 0) {
			bytes += put;
			len -= (size_t)put;
		}
	}
}

static void on_signal(int number)
{
	int keep = errno;

	if (number == SIGWINCH)
		signal_resize = 1;
	else
		signal_quit = 1;
	if (write(term.wake[1], "", 1) < 0)
		errno = 0; /* a full pipe has woken the loop already */
	errno = keep;
}

static void catch_signals(void)
{
	static const int numbers[] = { SIGTERM, SIGHUP, SIGINT, SIGWINCH };
	struct sigaction action;

	if (pipe(term.wake))
		die("no pipe for signals");
	for (int i = 0; i < 2; i++) {
		fcntl(term.wake[i], F_SETFL, O_NONBLOCK);
		fcntl(term.wake[i], F_SETFD, FD_CLOEXEC);
	}
	memset(&action, 0, sizeof(action));
	action.sa_handler = on_signal;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		sigaction(numbers[i], &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

/* A locale in which letters are UTF-8, whatever the environment names; numbers stay in "C". */
static void start_locale(void)
{
	if (!setlocale(LC_ALL, "") || strcmp(nl_langinfo(CODESET), "UTF-8"))
		setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
}

static void choose_plain(const struct term_options *options)
{
	const char *plain = getenv("MOTCUA_PLAIN");

	term.plain_found = glyphs_missing(STDOUT_FILENO);
	term.plain_fixed = options->plain || (plain && *plain);
	term.plain = term.plain_found;
	if (term.plain_fixed)
		term.plain = options->plain || strcmp(plain, "0") != 0;
}

static void learn_keys(void)
{
	static const struct {
		const char *capability;
		enum key_name name;
	} known[] = {
		{ "kcuu1", K_UP }, { "kcud1", K_DOWN }, { "kcub1", K_LEFT }, { "kcuf1", K_RIGHT },
		{ "khome", K_HOME }, { "kend", K_END }, { "kpp", K_PAGE_UP }, { "knp", K_PAGE_DOWN },
		{ "kich1", K_INSERT }, { "kdch1", K_DELETE }, { "kcbt", K_BACKTAB }, { "kent", K_ENTER },
		{ "kf1", K_F1 }, { "kf2", K_F2 }, { "kf3", K_F3 }, { "kf4", K_F4 }, { "kf5", K_F5 },
		{ "kf6", K_F6 }, { "kf7", K_F7 }, { "kf8", K_F8 }, { "kf9", K_F9 }, { "kf10", K_F10 },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		char name[8];
		const char *seq;

		snprintf(name, sizeof(name), "%s", known[i].capability);
		seq = tigetstr(name);
		if (seq && seq != (const char *)-1)
			keys_learn(&term.keys, seq, known[i].name);
	}
}

/* Asked first: a newterm that fails leaves memory behind. */
static bool is_known(const char *type)
{
	int result = 0;
	bool known = setupterm(type, STDOUT_FILENO, &result) == OK;

	if (cur_term)
		del_curterm(cur_term);
	return known;
}

/* The terminal's own type first, then the two that nearly everything understands. */
static bool open_screen(void)
{
	static const char *const types[] = { NULL, "xterm", "vt100" };
	static const struct words other = T("Không biết loại màn hình này (TERM); dùng xterm/vt100.",
					    "This terminal type (TERM) is unknown; using xterm/vt100.");

	const char *own = getenv("TERM");

	for (size_t i = 0; i < ARRAY_LEN(types) && !term.screen; i++) {
		if ((!types[i] && (!own || !*own)) || !is_known(types[i] ? types[i] : own))
			continue;
		term.screen = newterm(types[i], stdout, stdin);
		if (term.screen && types[i])
			term.note = &other;
	}
	return term.screen != NULL;
}

/* One pair a style; a terminal that refuses one keeps the plain pair 0 for it. */
static void set_pairs(void)
{
	for (short i = 0; term.color && term.theme->color && i < STYLE_COUNT; i++)
		init_pair((short)(i + 1), term.theme->looks[i].fg, term.theme->looks[i].bg);
}

static void start_colors(void)
{
	const char *no_color = getenv("NO_COLOR"), *own = getenv("MOTCUA_THEME");
	const struct theme *theme = own ? theme_named(own) : NULL;

	term.theme = theme ? theme : &themes[0];
	term.theme_fixed = theme != NULL;
	if ((no_color && *no_color) || !has_colors() || start_color() == ERR || use_default_colors() == ERR ||
	    COLOR_PAIRS <= STYLE_COUNT) {
		term.theme = theme_mono();
		term.theme_fixed = true;
		return;
	}
	term.color = true;
	set_pairs();
}

void term_set_theme(const char *name)
{
	const struct theme *theme = theme_named(name);

	if (!theme || theme == term.theme || term.theme_fixed || term.linear)
		return;
	term.theme = theme;
	set_pairs();
	term_redraw();
}

static void read_size(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col)
		size = (struct winsize){ .ws_row = FRAME_ROWS, .ws_col = FRAME_COLS };
	term.rows = size.ws_row > CANVAS_ROWS ? CANVAS_ROWS : size.ws_row;
	term.cols = size.ws_col > CANVAS_COLS ? CANVAS_COLS : size.ws_col;
	if (term.linear) {
		term.rows = TERM_LINEAR_ROWS;
		term.cols = FRAME_COLS;
	}
	term.small = term.rows < FRAME_ROWS || term.cols < FRAME_COLS;
}

/* Bytes as they come, one at a time, no echo, no signals from keys, no frozen output. */
static void start_linear(void)
{
	struct termios raw = term.before;

	raw.c_lflag &= (tcflag_t) ~(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_iflag &= (tcflag_t) ~(IXON | BRKINT | ICRNL | INLCR | ISTRIP);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

static enum rc start_curses(struct err *err)
{
	if (!open_screen())
		return err_set(err, RC_FAILED, "Không mở được màn hình; đặt TERM=xterm hoặc vt100 rồi chạy lại.",
			       "The terminal cannot be opened; set TERM=xterm or vt100 and try again.");
	raw();
	noecho();
	nonl();
	typeahead(-1);
	intrflush(stdscr, FALSE);
	start_colors();
	learn_keys();
	put_raw(PASTE_ON, strlen(PASTE_ON));
	return RC_OK;
}

enum rc term_start(const struct term_options *options, struct err *err)
{
	enum rc rc = RC_OK;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &term.before))
		return err_set(err, RC_USAGE, "Cần một màn hình (terminal); xem `motcua --help` cho dòng lệnh.",
			       "A terminal is needed; see `motcua --help` for commands.");
	term.theme = theme_mono();
	choose_plain(options);
	term.linear = options->linear;
	term.lang = options->lang;
	start_locale();
	keys_init(&term.keys);
	canvas_init(&term.shown);
	if (term.wake[0] < 0) {
		catch_signals();
		atexit(term_stop);
	}
	if (term.linear)
		start_linear();
	else
		rc = start_curses(err);
	if (rc)
		return rc;
	term.started = true;
	read_size();
	return RC_OK;
}

void term_stop(void)
{
	if (!term.started)
		return;
	term.started = false;
	if (!term.linear) {
		put_raw(PASTE_OFF, strlen(PASTE_OFF));
		if (!term.gone)
			endwin();
		delscreen(term.screen);
		term.screen = NULL;
	} else {
		put_raw("\r\n", 2);
	}
	tcsetattr(STDIN_FILENO, TCSADRAIN, &term.before);
	canvas_done(&term.shown);
}

const struct words *term_note(void)
{
	return term.note;
}

/* Bytes from the terminal into `in`, waiting at most `wait_ms`. False: nothing came. */
static bool read_bytes(int wait_ms)
{
	struct pollfd fds[2] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = term.wake[0], .events = POLLIN } };
	char drain[64];
	ssize_t got;

	if (poll(fds, ARRAY_LEN(fds), wait_ms) < 0)
		return false;
	if (fds[1].revents)
		while (read(term.wake[0], drain, sizeof(drain)) > 0)
			;
	if (!fds[0].revents)
		return false;
	got = read(STDIN_FILENO, term.in, sizeof(term.in));
	if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) {
		term.gone = true;
		signal_quit = 1;
	}
	term.in_at = 0;
	term.in_len = got > 0 ? (size_t)got : 0;
	term.fresh_ms = term.idle_ms < 0 ? 0 : term_now_ms() - term.idle_ms;
	term.idle_ms = -1;
	return got > 0;
}

/* A key out of the bytes at hand, without counting any silence. */
static bool key_at_hand(struct key *out)
{
	int64_t fed = term.keys.last_ms;

	for (;;) {
		if (keys_take(&term.keys, fed, out))
			return true;
		if (term.in_at == term.in_len)
			return false;
		fed = term_now_ms();
		if (!keys_feed(&term.keys, term.in[term.in_at], fed))
			term.keys.len = 0; /* cannot happen: a full decoder always gives a key */
		else
			term.in_at++;
	}
}

/* Follow the window's new size; what was shown is drawn anew. */
static void follow_size(void)
{
	signal_resize = 0;
	read_size();
	if (!term.linear) {
		resizeterm(term.rows, term.cols);
		term_redraw();
	}
}

enum term_event term_wait(int timeout_ms, struct key *out)
{
	int64_t end = timeout_ms < 0 ? INT64_MAX : term_now_ms() + timeout_ms;

	for (;;) {
		int64_t now;
		int wait, keys_wait;

		if (key_at_hand(out)) {
			term.silence_ms = term.fresh_ms;
			term.fresh_ms = 0;
			return TERM_KEY;
		}
		if (signal_quit)
			return TERM_QUIT;
		if (signal_resize) {
			follow_size();
			return TERM_RESIZE;
		}
		if (read_bytes(0))
			continue;
		now = term_now_ms();
		if (term.idle_ms < 0)
			term.idle_ms = now;
		if (keys_take(&term.keys, now, out))
			return TERM_KEY;
		if (now >= end)
			return TERM_SILENCE;
		wait = end - now > INT32_MAX ? -1 : (int)(end - now);
		keys_wait = keys_wait_ms(&term.keys, now);
		if (keys_wait >= 0 && (wait < 0 || keys_wait < wait))
			wait = keys_wait;
		read_bytes(wait);
	}
}

int64_t term_silence_ms(void)
{
	return term.silence_ms;
}

void term_size(int *rows, int *cols)
{
	*rows = term.rows < FRAME_ROWS ? FRAME_ROWS : term.rows;
	*cols = term.cols < FRAME_COLS ? FRAME_COLS : term.cols;
}

/* How a style looks: reverse, bold and underline carry it, colour only adds. */
static attr_t style_attr(uint8_t style, short *pair)
{
	const struct look *look = &term.theme->looks[style < STYLE_COUNT ? style : STYLE_TEXT];
	bool own = look->fg < 0 && look->bg < 0;

	*pair = term.color && term.theme->color && !own ? (short)(look - term.theme->looks + 1) : 0;
	return (look->attr & LOOK_BOLD ? A_BOLD : A_NORMAL) | (look->attr & LOOK_UNDERLINE ? A_UNDERLINE : A_NORMAL) |
	       (look->attr & LOOK_REVERSE ? A_REVERSE : A_NORMAL);
}

/* The terminal's own line for one of draw.h's, NULL for other letters. */
static const cchar_t *line_cell(const char *text)
{
	static const char *const ours[] = { LINE_H, LINE_V, LINE_TL, LINE_TR, LINE_BL, LINE_BR };
	const cchar_t *own[] = { WACS_HLINE, WACS_VLINE, WACS_ULCORNER, WACS_URCORNER, WACS_LLCORNER, WACS_LRCORNER };

	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		if (!strcmp(text, ours[i]))
			return own[i];
	return NULL;
}

static void wide_letter(const char *text, wchar_t out[GLYPH_BYTES])
{
	const char *end = text + strlen(text);
	size_t count = 0;

	while (text < end && count < GLYPH_BYTES - 1) {
		int32_t cp = utf8_get(&text, end);

		out[count++] = cp < 0 ? L'?' : (wchar_t)cp;
	}
	out[count] = L'\0';
}

static void put_cell(int row, int col, const struct glyph *cell)
{
	const cchar_t *line = term.plain ? NULL : line_cell(cell->text);
	wchar_t letter[GLYPH_BYTES] = { 0 };
	cchar_t out;
	attr_t attr;
	short pair;

	if (!cell->text[0]) /* the right half of a wide letter */
		return;
	attr = style_attr(cell->style, &pair);
	if (line) {
		attr_set(attr, pair, NULL);
		mvadd_wch(row, col, line);
		attr_set(A_NORMAL, 0, NULL);
		return;
	}
	if (term.plain && (unsigned char)cell->text[0] >= 0x80)
		letter[0] = (wchar_t)glyphs_plain(cell->text);
	else
		wide_letter(cell->text, letter);
	if (setcchar(&out, letter, attr, pair, NULL) == OK)
		mvadd_wch(row, col, &out);
}

static void show_small(void)
{
	static const struct words small = T("Cửa sổ quá nhỏ (cần 80x24)", "Window too small (80x24 needed)");
	struct canvas line;

	canvas_init(&line);
	canvas_size(&line, 1, term.cols);
	draw_text(&line, 0, 0, term.cols, STYLE_TEXT, words_in(&small, term.lang));
	erase();
	for (int col = 0; col < line.cols; col++)
		put_cell(0, col, canvas_at(&line, 0, col));
	move(0, 0);
	refresh();
	canvas_done(&line);
	canvas_done(&term.shown);
}

/* Blanks in the colours of text. */
static void set_ground(void)
{
	cchar_t blank;
	short pair;
	attr_t attr = style_attr(STYLE_TEXT, &pair);

	if (setcchar(&blank, L" ", attr, pair, NULL) == OK)
		bkgrndset(&blank);
}

static void show_curses(const struct canvas *canvas)
{
	if (canvas->rows != term.shown.rows || canvas->cols != term.shown.cols) {
		canvas_size(&term.shown, canvas->rows, canvas->cols);
		set_ground();
		erase();
	}
	for (int row = 0; row < canvas->rows; row++) {
		for (int col = 0; col < canvas->cols; col++) {
			const struct glyph *now = canvas_at(canvas, row, col);
			struct glyph *was = canvas_at(&term.shown, row, col);

			if (!strcmp(now->text, was->text) && now->style == was->style)
				continue;
			put_cell(row, col, now);
			*was = *now;
		}
	}
	if (canvas->cursor_row >= 0)
		move(canvas->cursor_row, canvas->cursor_col < canvas->cols ? canvas->cursor_col : canvas->cols - 1);
	else
		move(canvas->rows - 2, 0);
	refresh();
}

void term_show(const struct canvas *canvas)
{
	if (!term.started || term.gone)
		return;
	if (term.linear)
		return;
	if (term.small)
		show_small();
	else
		show_curses(canvas);
}

void term_redraw(void)
{
	if (!term.started)
		return;
	canvas_done(&term.shown);
	if (!term.linear)
		clearok(curscr, TRUE);
}

void term_beep(void)
{
	put_raw("\a", 1);
}

void term_put(const char *bytes, size_t len)
{
	if (term.started && term.linear && !term.gone)
		put_raw(bytes, len);
}

void term_set_lang(enum lang lang)
{
	term.lang = lang;
}

void term_set_marks(enum term_marks marks)
{
	bool plain = marks == MARKS_PLAIN || (marks == MARKS_AUTO && term.plain_found);

	if (term.plain_fixed || plain == term.plain)
		return;
	term.plain = plain;
	term_redraw();
}

bool term_is_plain(void)
{
	return term.plain;
}

bool term_is_linear(void)
{
	return term.linear;
}
