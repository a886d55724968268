/*
 * screen.h - the screen stack, and the one loop that feeds it.
 *
 * A screen is a table (struct screen_ops) and a state the screen owns. The
 * loop takes one event, gives it to the screen on top, and when no input
 * waits lets every screen keep its draft (on_idle), then shows the frame: what
 * has been shown has been kept, or is on its way to the disk (ui_kept). A modal (ui_modal) runs the same loop until
 * its screen has left, so pickers and questions are plain calls.
 *
 * Messages stand on the message line until the next key that does something;
 * a long one takes rows of the body, and nothing ever waits for an OK.
 */
#ifndef MOTCUA_TUI_SCREEN_H
#define MOTCUA_TUI_SCREEN_H

#include "db/base/err.h"
#include "tui/action.h"
#include "tui/draw.h"
#include "tui/edit.h"
#include "tui/gate.h"
#include "tui/hint.h"
#include "tui/tui.h"

struct app;
struct ditto;
struct linear;
struct work_memory;
struct ui;
struct screen;

enum {
	UI_DEPTH = 24,        /* screens on the stack */
	UI_FRAME_MS = 100,    /* under steady input, a frame at least this often */
	UI_AHEAD = 256,       /* keys kept while something long runs */
	UI_LINEAR_MS = 5000,  /* linear mode tells about something long this often */
};

struct screen_ops {
	const char *name;              /* "intake" */
	struct words title;
	const enum ui_action *actions; /* what it answers to, most used first; ends with UI_NONE */
	const struct hint_words *hints; /* what they mean here; NULL: the general words */
	bool popup;                    /* the screen below stays visible */
	/* All may be NULL. on_key and on_action say whether they took it. */
	void (*draw)(struct ui *ui, struct screen *screen, struct area area);
	bool (*in_text)(struct ui *ui, struct screen *screen); /* printable keys are text now */
	bool (*on_key)(struct ui *ui, struct screen *screen, const struct key *key);
	bool (*on_action)(struct ui *ui, struct screen *screen, enum ui_action action);
	bool (*on_number)(struct ui *ui, struct screen *screen, unsigned number); /* linear mode: a number was typed */
	bool (*offers)(struct ui *ui, struct screen *screen, enum ui_action action); /* now; for the hint bar */
	void (*on_idle)(struct ui *ui, struct screen *screen);  /* no input waits: keep the draft */
	int (*wait_ms)(struct ui *ui, struct screen *screen);   /* wants on_silence after this; -1 not */
	void (*on_silence)(struct ui *ui, struct screen *screen);
	/* A card was scanned where keys are commands; NULL: a new reception, or a word to close the popup first. */
	void (*on_card)(struct ui *ui, struct screen *screen, const char *text, size_t len);
	bool scans;                    /* has a scanner's ear of its own */
	void (*on_show)(struct ui *ui, struct screen *screen);  /* came to the top again */
	void (*on_close)(struct ui *ui, struct screen *screen); /* frees its state */
};

struct screen {
	const struct screen_ops *ops;
	void *state;
	unsigned serial; /* no two screens of a run have the same */
};

/* One line of the palette that is no action of the screen: a screen of the menu. */
struct command_entry {
	const char *name; /* "sync" */
	struct words words;
	int digit;        /* on the home menu; -1 when it is not there */
	void (*run)(struct ui *ui);
};

/* Who took the seat at a locked screen; wiped and freed by tui_run. */
struct next_user {
	char name[80], passphrase[1024];
};

struct ui {
	struct app *app; /* NULL until a store is open */
	const struct tui_options *options;
	enum lang lang;
	struct bindings bindings;
	struct typing typing;
	struct canvas canvas;
	struct screen stack[UI_DEPTH];
	size_t depth;
	unsigned serial;        /* of the screen pushed last */
	struct linear *linear;  /* NULL: a full screen */
	char unit[256], user[80];
	char message[1024];
	enum style message_style;
	int64_t lock_after_ms; /* idle lock; 0 never */
	int64_t last_key_ms, last_frame_ms;
	int64_t owed_ms; /* since when a frame is owed; 0 none */
	struct ditto *ditto; /* the dossier received last (intake.h) */
	struct work_memory *work; /* where the clerk was in each worklist (scr_work.c) */
	struct key ahead[UI_AHEAD]; /* typed while something long ran: taken before what comes next */
	size_t ahead_count, ahead_at;
	struct gate gate; /* a card scanned where keys are commands */
	bool given;       /* the key under way has been through the gate */
	char sync[256]; /* what has not been sent, shown when there is no message; "" when nothing is to be said */
	enum style sync_style;
	bool sync_stale;
	bool dirty; /* a frame is owed */
	bool waiting; /* the frame under way is the last before a key is waited for */
	bool framed; /* the frame under way has been shown */
	bool quit, locked;
	struct next_user *next; /* the end of this session is the start of another's (scr_lock); NULL: of none */
	int exit_code;
};

/* Start the screens; the terminal has been started. */
void ui_init(struct ui *ui, const struct tui_options *options);
void ui_done(struct ui *ui);
/* Run until the stack is empty or the program ends. */
void ui_run(struct ui *ui);

/* The stack. `state` is the screen's; on_close frees it. */
void ui_push(struct ui *ui, const struct screen_ops *ops, void *state);
void ui_pop(struct ui *ui);
/* Push and run until it has been popped; false when the program ends instead. */
bool ui_modal(struct ui *ui, const struct screen_ops *ops, void *state);
/* Pop down to the lowest screen. */
void ui_home(struct ui *ui);
/* Take every screen down, none shown on the way: the store behind them is gone. Push another at once. */
void ui_leave_all(struct ui *ui);

/* The message line. */
void ui_say(struct ui *ui, enum style style, const char *text);
void ui_say_words(struct ui *ui, enum style style, const struct words *words);
void ui_say_err(struct ui *ui, const struct err *err); /* beeps */
void ui_format(struct ui *ui, enum style style, const char *format, ...) PRINTF_LIKE(3, 4);
/* A wording in the language of the screen. */
const char *ui_words(const struct ui *ui, const struct words *words);
#define UI_T(ui, vi_text, en_text) ((ui)->lang == LANG_EN ? (en_text) : (vi_text))
/* Keep the drafts, then show a frame now: before something long. */
void ui_show(struct ui *ui);
/* Draw the frame into the canvas, and show nothing. */
void ui_draw(struct ui *ui);
/* The same, before a key is waited for: linear mode ends it with a prompt. */
void ui_show_waiting(struct ui *ui);
/*
 * Something long runs: show a frame if one is due, and say whether the clerk wants it to stop (Esc, or the
 * end of the program). Other keys typed meanwhile are kept for afterwards.
 */
bool ui_poll_cancel(struct ui *ui);
/*
 * The draft behind the frame is in the store (draft_save_then): the frame may be shown while the disk confirms.
 * `ctx` is the struct ui.
 */
void ui_kept(void *ctx);

/* How keys are named now, for hint bar, help and palette. */
struct hint_style ui_hint_style(const struct ui *ui);

/* Do what an action means on the screen on top: for the palette. */
void ui_act(struct ui *ui, enum ui_action action);
/* Lock: nothing is shown until the passphrase has been typed; every draft and place is kept. */
void ui_lock(struct ui *ui);
/* Receive a dossier of whoever's card this is. */
void ui_card(struct ui *ui, const char *text, size_t len);
/* The find screen. */
void ui_find(struct ui *ui);
/* Every screen there is, for help, KEYS.md and tests; ends with NULL. screens.c has both tables. */
extern const struct screen_ops *const ui_screens[];
/* The screens of the menu, one line each; ends with a NULL name. */
extern const struct command_entry ui_commands[];

#endif
