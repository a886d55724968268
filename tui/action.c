/* action.c - see action.h. */
#include "tui/action.h"

#include <stdio.h>
#include <string.h>

#include "db/base/utf8.h"

static const struct action_info infos[UI_COUNT] = {
	[UI_NONE] = { "", "", T("", ""), T("", "") },
#define X(id, action_name, action_keys, action_hint, action_help) \
	[UI_##id] = { action_name, action_keys, action_hint, action_help },
	ACTION_LIST(X)
#undef X
};

/* Names of the keys that are no single letter. */
static const struct {
	const char *text;
	enum key_name name;
} key_names[] = {
	{ "Enter", K_ENTER }, { "Tab", K_TAB }, { "S-Tab", K_BACKTAB }, { "Backspace", K_BACKSPACE },
	{ "Esc", K_ESC }, { "Up", K_UP }, { "Down", K_DOWN }, { "Left", K_LEFT }, { "Right", K_RIGHT },
	{ "Home", K_HOME }, { "End", K_END }, { "PgUp", K_PAGE_UP }, { "PgDn", K_PAGE_DOWN },
	{ "Insert", K_INSERT }, { "Delete", K_DELETE }, { "F1", K_F1 }, { "F2", K_F2 }, { "F3", K_F3 },
	{ "F4", K_F4 }, { "F5", K_F5 }, { "F6", K_F6 }, { "F7", K_F7 }, { "F8", K_F8 }, { "F9", K_F9 },
	{ "F10", K_F10 }, { "F11", K_F11 }, { "F12", K_F12 },
};

const struct action_info *action_info(enum ui_action action)
{
	return &infos[action > UI_NONE && action < UI_COUNT ? action : UI_NONE];
}

enum ui_action action_named(const char *name)
{
	for (int i = UI_NONE + 1; i < UI_COUNT; i++)
		if (!strcmp(infos[i].name, name))
			return (enum ui_action)i;
	return UI_NONE;
}

bool key_parse(const char *text, size_t len, struct key *out)
{
	const char *at = text;
	int32_t cp;

	for (size_t i = 0; i < ARRAY_LEN(key_names); i++) {
		if (strlen(key_names[i].text) == len && !memcmp(key_names[i].text, text, len)) {
			*out = (struct key){ .name = key_names[i].name };
			return true;
		}
	}
	if (len == 5 && !memcmp(text, "Space", 5)) {
		*out = (struct key){ .name = K_TEXT, .ch = ' ' };
		return true;
	}
	/* ^H ^I ^J ^M ^[ are Backspace, Tab, Enter and Esc: no terminal can tell them apart. */
	if (len == 2 && text[0] == '^' && text[1] >= '@' && text[1] <= '_' && !strchr("HIJM[", text[1])) {
		*out = (struct key){ .name = K_CTRL, .ch = (uint32_t)text[1] };
		return true;
	}
	if (!len)
		return false;
	cp = utf8_get(&at, text + len);
	if (cp <= ' ' || at != text + len)
		return false;
	*out = (struct key){ .name = K_TEXT, .ch = (uint32_t)cp };
	return true;
}

const char *key_text(const struct key *key, char out[ACTION_KEY_TEXT])
{
	struct buf letter = BUF(8);

	out[0] = '\0';
	if (key->name == K_CTRL) {
		snprintf(out, ACTION_KEY_TEXT, "^%c", (char)key->ch);
	} else if (key->name == K_TEXT && key->ch == ' ') {
		snprintf(out, ACTION_KEY_TEXT, "Space");
	} else if (key->name == K_TEXT) {
		utf8_put(&letter, (int32_t)key->ch);
		snprintf(out, ACTION_KEY_TEXT, "%s", buf_str(&letter));
	}
	for (size_t i = 0; i < ARRAY_LEN(key_names); i++)
		if (key_names[i].name == key->name)
			snprintf(out, ACTION_KEY_TEXT, "%s", key_names[i].text);
	buf_done(&letter);
	return out;
}

/* Put the keys of `text` (separated by spaces) in place of the action's; false at an unknown key. */
static bool bind_keys(struct bindings *bindings, enum ui_action action, const char *text, size_t len)
{
	struct key keys[ACTION_KEYS] = { { .name = K_NONE } };
	size_t count = 0, at = 0;

	while (at < len) {
		size_t end = at;

		while (end < len && text[end] != ' ' && text[end] != '\t')
			end++;
		if (end > at && (count == ACTION_KEYS || !key_parse(text + at, end - at, &keys[count++])))
			return false;
		at = end + 1;
	}
	memcpy(bindings->keys[action], keys, sizeof(keys));
	return true;
}

void bindings_init(struct bindings *bindings)
{
	memset(bindings, 0, sizeof(*bindings));
	for (int i = UI_NONE + 1; i < UI_COUNT; i++)
		if (!bind_keys(bindings, (enum ui_action)i, infos[i].keys, strlen(infos[i].keys)))
			die("ACTION_LIST names an unknown key");
}

static bool same_key(const struct key *a, const struct key *b)
{
	return a->name == b->name && a->ch == b->ch;
}

/* A key means one thing: what `action` has now, no other action has. */
static void take_away(struct bindings *bindings, enum ui_action action)
{
	for (int i = UI_NONE + 1; i < UI_COUNT; i++) {
		size_t kept = 0;

		for (size_t k = 0; i != (int)action && k < ACTION_KEYS; k++) {
			struct key key = bindings->keys[i][k];
			bool taken = !key.name;

			for (size_t own = 0; own < ACTION_KEYS; own++)
				taken = taken || same_key(&key, &bindings->keys[action][own]);
			bindings->keys[i][k] = (struct key){ .name = K_NONE };
			if (!taken)
				bindings->keys[i][kept++] = key;
		}
	}
}

/* One line of a binding file, without its end. */
static bool read_line(struct bindings *bindings, const char *line, size_t len)
{
	const char *equals = memchr(line, '=', len);
	char name[32];
	size_t name_len;
	enum ui_action action;

	while (len && (line[len - 1] == ' ' || line[len - 1] == '\t' || line[len - 1] == '\r'))
		len--;
	while (len && (*line == ' ' || *line == '\t')) {
		line++;
		len--;
	}
	if (!len || *line == '#')
		return true;
	if (!equals || equals < line)
		return false;
	name_len = (size_t)(equals - line);
	while (name_len && (line[name_len - 1] == ' ' || line[name_len - 1] == '\t'))
		name_len--;
	if (name_len >= sizeof(name))
		return false;
	memcpy(name, line, name_len);
	name[name_len] = '\0';
	action = action_named(name);
	if (!action || !bind_keys(bindings, action, equals + 1, len - (size_t)(equals + 1 - line)))
		return false;
	take_away(bindings, action);
	return true;
}

enum rc bindings_read(struct bindings *bindings, const char *text, size_t len, struct err *err)
{
	unsigned line = 1;

	if (len > 65536)
		return err_set(err, RC_INPUT, "Tệp phím quá lớn.", "The key file is too large.");
	for (size_t at = 0; at < len; line++) {
		const char *end = memchr(text + at, '\n', len - at);
		size_t line_len = end ? (size_t)(end - (text + at)) : len - at;

		if (!read_line(bindings, text + at, line_len))
			return err_set(err, RC_INPUT, "Tệp phím, dòng %u: cần `tên = phím`.",
				       "Key file, line %u: must read `name = keys`.", line);
		at += line_len + 1;
	}
	return RC_OK;
}

enum ui_action bindings_action(const struct bindings *bindings, const struct key *key, bool in_text)
{
	if (key->name == K_NONE || key->pasted || (in_text && key->name == K_TEXT))
		return UI_NONE;
	for (int i = UI_NONE + 1; i < UI_COUNT; i++)
		for (size_t k = 0; k < ACTION_KEYS; k++)
			if (bindings->keys[i][k].name == key->name && bindings->keys[i][k].ch == key->ch)
				return (enum ui_action)i;
	return UI_NONE;
}

const char *bindings_key_text(const struct bindings *bindings, enum ui_action action, char out[ACTION_KEY_TEXT])
{
	if (action <= UI_NONE || action >= UI_COUNT) {
		out[0] = '\0';
		return out;
	}
	return key_text(&bindings->keys[action][0], out);
}

/* The Esc-digit twin of an F-key, "" for other keys. */
static void markdown_keys(struct buf *out, const struct key *keys)
{
	char text[ACTION_KEY_TEXT];

	for (size_t i = 0; i < ACTION_KEYS && keys[i].name; i++) {
		buf_printf(out, "%s`%s`", i ? " " : "", key_text(&keys[i], text));
		if (keys[i].name >= K_F1 && keys[i].name <= K_F10)
			buf_printf(out, " `Esc %d`", (int)(keys[i].name - K_F1 + 1) % 10);
	}
}

void action_markdown(struct buf *out)
{
	struct bindings bindings;

	bindings_init(&bindings);
	buf_text(out, "# Keys\n\n"
		      "Generated from `ACTION_LIST` in tui/action.h; a unit test fails when this file is stale\n"
		      "(`UPDATE=1 build/release/unit/t_tui_keys` writes it again).\n\n"
		      "A printable letter is a command outside text fields only. Esc acts after 400 ms of silence,\n"
		      "or at once if the next byte is no digit. A binding file has lines `name = keys`.\n\n"
		      "| name | keys | Vietnamese | English |\n|---|---|---|---|\n");
	for (int i = UI_NONE + 1; i < UI_COUNT; i++) {
		buf_printf(out, "| %s | ", infos[i].name);
		markdown_keys(out, bindings.keys[i]);
		buf_printf(out, " | %s | %s |\n", infos[i].help.vi, infos[i].help.en);
	}
}
