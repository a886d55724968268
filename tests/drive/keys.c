#include "tests/drive/keys.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

static const struct {
	const char *name, *capability, *bytes; /* bytes: when terminfo is not asked */
} keys[] = {
	{ "ENTER", NULL, "\r" },      { "TAB", NULL, "\t" },        { "ESC", NULL, "\033" },
	{ "SPACE", NULL, " " },       { "BACKSPACE", "kbs", NULL }, { "BTAB", "kcbt", NULL },
	{ "UP", "kcuu1", NULL },      { "DOWN", "kcud1", NULL },    { "LEFT", "kcub1", NULL },
	{ "RIGHT", "kcuf1", NULL },   { "HOME", "khome", NULL },    { "END", "kend", NULL },
	{ "PGUP", "kpp", NULL },      { "PGDN", "knp", NULL },      { "INS", "kich1", NULL },
	{ "DEL", "kdch1", NULL },     { "F1", "kf1", NULL },        { "F2", "kf2", NULL },
	{ "F3", "kf3", NULL },        { "F4", "kf4", NULL },        { "F5", "kf5", NULL },
	{ "F6", "kf6", NULL },        { "F7", "kf7", NULL },        { "F8", "kf8", NULL },
	{ "F9", "kf9", NULL },        { "F10", "kf10", NULL },      { "F11", "kf11", NULL },
	{ "F12", "kf12", NULL },
};

bool keys_term(const char *term)
{
	int result = 0;

	/* Each description is the caller's to free, says curses. */
	if (cur_term)
		(void)del_curterm(cur_term);
	return setupterm(term, STDOUT_FILENO, &result) == OK;
}

static bool add_capability(const char *capability, struct buf *out)
{
	char name[16];
	const char *bytes;

	(void)snprintf(name, sizeof(name), "%s", capability);
	bytes = tigetstr(name);
	if (!bytes || bytes == (const char *)-1)
		return false;
	buf_text(out, bytes);
	return true;
}

bool keys_bytes(const char *name, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (!strcmp(name, keys[i].name)) {
			if (keys[i].capability)
				return add_capability(keys[i].capability, out);
			buf_text(out, keys[i].bytes);
			return true;
		}
	if (name[0] == '^' && name[1] && !name[2]) {
		buf_byte(out, (uint8_t)(name[1] & 0x1F));
		return true;
	}
	if (!strncmp(name, "M-", 2) && name[2] && !name[3]) {
		buf_byte(out, 0x1B);
		buf_byte(out, (uint8_t)name[2]);
		return true;
	}
	/* One letter, of any length in bytes. */
	if (name[0] && (!name[1] || ((name[0] & 0x80) && strlen(name) <= 4))) {
		buf_text(out, name);
		return true;
	}
	return false;
}
