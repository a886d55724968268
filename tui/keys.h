/*
 * keys.h - bytes from a terminal become keys, one at a time, in order.
 *
 * Pure: no terminal, no clock; the caller feeds bytes with the time they were
 * read (milliseconds of any steady clock) and takes keys until none is ready.
 * Every byte counts by itself: a burst (input method, scanner, paste) gives
 * the same keys as slow typing, and nothing is dropped or merged.
 *
 * An Esc waits: for a digit it is the F-key of that digit (0 is F10); for `[`,
 * `O`, `]` or `P` it may be a sequence; for any other byte it acts at once; after
 * KEYS_ESC_MS of silence it acts alone. Unknown but well-formed sequences
 * (a terminal's answers) are swallowed, and so are answers in strings: Esc ]
 * number ; and Esc P with the mark of an answer, to their end. Between the paste
 * markers every character comes as K_TEXT with `pasted` set, line ends as '\n'.
 */
#ifndef MOTCUA_TUI_KEYS_H
#define MOTCUA_TUI_KEYS_H

#include "db/base/base.h"

enum {
	KEYS_ESC_MS = 400,    /* silence after which Esc stands alone */
	KEYS_SEQ_MS = 150,    /* longest gap inside a sequence or a letter's bytes */
	KEYS_PASTE_MS = 1000, /* a paste whose end marker never comes */
	KEYS_PENDING = 64,    /* longest sequence kept */
	KEYS_EXTRA = 48,      /* sequences learnt from terminfo */
	KEYS_SEQ_MAX = 15,    /* bytes of one learnt sequence */
};

enum key_name {
	K_NONE,
	K_TEXT, /* .ch is the code point */
	K_CTRL, /* .ch is 'A'..'Z' or one of [ \ ] ^ _ @ */
	K_ENTER,
	K_TAB,
	K_BACKTAB,
	K_BACKSPACE,
	K_ESC,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_INSERT,
	K_DELETE,
	K_F1,
	K_F2,
	K_F3,
	K_F4,
	K_F5,
	K_F6,
	K_F7,
	K_F8,
	K_F9,
	K_F10,
	K_F11,
	K_F12,
	K_PASTE_ON, /* never leave the decoder */
	K_PASTE_OFF,
	K_SWALLOW,
	K_ANSWER,
	K_COUNT
};

struct key {
	enum key_name name;
	uint32_t ch;   /* K_TEXT, K_CTRL; U+FFFD for a byte that is no UTF-8 */
	uint8_t raw;   /* that byte, else 0 */
	bool pasted;   /* data, never a command */
};

struct keys {
	uint8_t pending[KEYS_PENDING];
	size_t len;
	int64_t last_ms; /* when the newest pending byte came */
	bool pasting;
	bool answer;   /* inside a terminal's answer in a string, up to its end */
	bool after_cr; /* the byte before was CR */
	struct {
		char seq[KEYS_SEQ_MAX + 1];
		enum key_name name;
	} extra[KEYS_EXTRA];
	size_t extra_count;
};

/* An empty decoder that knows the common sequences; terminfo's are added with keys_learn. */
void keys_init(struct keys *keys);
/* One more sequence (longer than one byte, starting with Esc); others are ignored. */
void keys_learn(struct keys *keys, const char *seq, enum key_name name);
/* Add one byte. False when there is no room: take keys first. */
bool keys_feed(struct keys *keys, uint8_t byte, int64_t now_ms);
/* The next key that is certain at `now_ms`; false when more bytes or more silence are needed. */
bool keys_take(struct keys *keys, int64_t now_ms, struct key *out);
/* Milliseconds until keys_take may say more without new bytes; -1 when nothing waits. */
int keys_wait_ms(const struct keys *keys, int64_t now_ms);

#endif
