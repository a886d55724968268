/* edit.c - see edit.h. */
#include "tui/edit.h"

#include <stdio.h>
#include <string.h>

#include "db/base/utf8.h"

void edit_init(struct edit *edit)
{
	memset(edit, 0, sizeof(*edit));
	telex_init(&edit->telex, TELEX_TELEX, TELEX_OLD, true);
}

void edit_wipe(struct edit *edit)
{
	volatile unsigned char *at = (volatile unsigned char *)edit;

	for (size_t i = 0; i < sizeof(*edit); i++)
		at[i] = 0;
}

/* The word being typed is over: what stands there stays. */
static void end_word(struct edit *edit)
{
	telex_drop(&edit->telex);
	edit->word = edit->at;
}

void edit_set(struct edit *edit, const char *text)
{
	struct buf clean = BUF(EDIT_BYTES * 2);
	size_t len;

	if (utf8_clean(text, strlen(text), &clean, NULL))
		buf_clear(&clean);
	for (len = 0; len < clean.len;) {
		size_t next = utf8_next(buf_str(&clean), len);

		if (next >= EDIT_BYTES)
			break;
		len = next;
	}
	memcpy(edit->text, buf_str(&clean), len);
	edit->text[len] = '\0';
	edit->len = edit->at = len;
	edit->left = 0;
	edit->fillers = 0;
	end_word(edit);
	buf_done(&clean);
}

/* Letters that stand beside each other now may make one, as Hangul does: the text stays NFC. */
static void settle(struct edit *edit)
{
	struct buf clean = BUF(EDIT_BYTES * 2);
	size_t tail = edit->len - edit->at;

	if (utf8_clean(edit->text, edit->len, &clean, NULL) == RC_OK && clean.len < EDIT_BYTES &&
	    strcmp(buf_str(&clean), edit->text)) {
		memcpy(edit->text, buf_str(&clean), clean.len + 1);
		edit->len = clean.len;
		edit->at = clean.len > tail ? clean.len - tail : 0;
		while (edit->at > 0 && ((unsigned char)edit->text[edit->at] & 0xc0) == 0x80)
			edit->at--;
		end_word(edit);
	}
	buf_done(&clean);
}

/* Put `with` in place of the bytes from..to; the cursor goes behind it. False: no room. */
static bool replace(struct edit *edit, const struct edit_rules *rules, size_t from, size_t to, const char *with)
{
	size_t with_len = strlen(with), tail = edit->len - to, letters;
	char old[EDIT_BYTES];

	if (from + with_len + tail >= EDIT_BYTES)
		return false;
	memcpy(old, edit->text, edit->len + 1);
	memmove(edit->text + from + with_len, edit->text + to, tail + 1);
	memcpy(edit->text + from, with, with_len);
	letters = utf8_letters(edit->text);
	if (rules->max_letters && letters > rules->max_letters && letters > utf8_letters(old)) {
		memcpy(edit->text, old, edit->len + 1);
		return false;
	}
	edit->len = from + with_len + tail;
	edit->at = from + with_len;
	settle(edit);
	return true;
}

/* Another input method is at work in the word: it counts its own letters, so none of ours may be composed. */
static void outside(struct edit *edit, const struct edit_rules *rules)
{
	char shown[TELEX_TEXT_MAX];
	bool word = edit->telex.word.key_count;

	telex_outside(&edit->telex, shown);
	if (word)
		replace(edit, rules, edit->word, edit->at, shown);
	edit->word = edit->at;
}

/* A mark from an input method that sends it apart joins the letter before it. */
static enum edit_result insert_mark(struct edit *edit, const struct edit_rules *rules, int32_t mark)
{
	struct buf letter = BUF(64), clean = BUF(64);
	bool done = false;
	size_t before;

	outside(edit, rules);
	before = edit->at ? utf8_prev(edit->text, edit->at) : 0;
	if (edit->at) {
		buf_add(&letter, edit->text + before, edit->at - before);
		utf8_put(&letter, mark);
		if (utf8_clean(buf_str(&letter), letter.len, &clean, NULL) == RC_OK)
			done = replace(edit, rules, before, edit->at, buf_str(&clean));
	}
	edit->word = edit->at;
	buf_done(&letter);
	buf_done(&clean);
	return done ? EDIT_CHANGED : EDIT_FULL;
}

/* A letter as it is. */
static enum edit_result insert_literal(struct edit *edit, const struct edit_rules *rules, int32_t cp)
{
	struct buf letter = BUF(16), clean = BUF(16);
	enum edit_result result = EDIT_FULL;

	utf8_put(&letter, cp);
	if (utf8_clean(buf_str(&letter), letter.len, &clean, NULL) == RC_OK &&
	    replace(edit, rules, edit->at, edit->at, buf_str(&clean)))
		result = EDIT_CHANGED;
	end_word(edit);
	buf_done(&letter);
	buf_done(&clean);
	return result;
}

static enum edit_result erase(struct edit *edit, const struct edit_rules *rules, size_t from, size_t to)
{
	if (from == to)
		return EDIT_TAKEN;
	replace(edit, rules, from, to, "");
	end_word(edit);
	return EDIT_CHANGED;
}

/* The letter before the cursor; a word that another input method corrects stays its own. */
static enum edit_result erase_back(struct edit *edit, const struct edit_rules *rules)
{
	if (!edit->at)
		return EDIT_TAKEN;
	replace(edit, rules, utf8_prev(edit->text, edit->at), edit->at, "");
	edit->telex.word = (struct telex_word){ 0 };
	edit->word = edit->at;
	return EDIT_CHANGED;
}

static void draw_secret(struct edit *edit, struct canvas *canvas, int row, int col, int width, bool focused)
{
	int letters = (int)utf8_letters(edit->text), shown = letters < width - 1 ? letters : width - 1;

	draw_pad(canvas, row, col, width, focused ? STYLE_FIELD : STYLE_TEXT, "");
	for (int i = 0; i < shown; i++)
		draw_text(canvas, row, col + i, 1, focused ? STYLE_FIELD : STYLE_TEXT, "*");
	if (focused)
		draw_cursor(canvas, row, col + shown);
}

/* The columns between two places of the text. */
static int cols_between(const struct edit *edit, size_t from, size_t to)
{
	char piece[EDIT_BYTES];

	snprintf(piece, sizeof(piece), "%.*s", (int)(to - from), edit->text + from);
	return (int)utf8_cols(piece);
}

void edit_draw(struct edit *edit, const struct edit_rules *rules, struct canvas *canvas, int row, int col,
	       int width, bool focused)
{
	char piece[EDIT_BYTES];

	if (rules->secret) {
		draw_secret(edit, canvas, row, col, width, focused);
		return;
	}
	if (!focused) {
		draw_text(canvas, row, col, width, STYLE_TEXT, edit->text);
		return;
	}
	if (edit->left > edit->at)
		edit->left = edit->at;
	while (edit->left < edit->at && cols_between(edit, edit->left, edit->at) > width - 1)
		edit->left = utf8_next(edit->text, edit->left);
	while (edit->left > 0 && cols_between(edit, utf8_prev(edit->text, edit->left), edit->len) < width)
		edit->left = utf8_prev(edit->text, edit->left);
	snprintf(piece, sizeof(piece), "%.*s", (int)utf8_cut_cols(edit->text + edit->left, (size_t)width),
		 edit->text + edit->left);
	draw_pad(canvas, row, col, width, STYLE_FIELD, piece);
	canvas->spoken.edit = edit;
	draw_cursor(canvas, row, col + cols_between(edit, edit->left, edit->at));
}

static bool composes(const struct edit_rules *rules, const struct typing *typing)
{
	return rules->compose && typing->method != TYPING_OFF;
}

/* The word's state follows how the clerk types now. */
static void follow_typing(struct edit *edit, const struct typing *typing)
{
	enum telex_method method = typing->method == TYPING_VNI ? TELEX_VNI : TELEX_TELEX;
	enum telex_style style = typing->new_style ? TELEX_NEW : TELEX_OLD;

	if (edit->telex.method == method && edit->telex.style == style &&
	    edit->telex.spelling == !typing->free_spelling)
		return;
	telex_init(&edit->telex, method, style, !typing->free_spelling);
	edit->word = edit->at;
}

/* Put what the word looks like now in its place; if there is no room, nothing has happened. */
static enum edit_result show_word(struct edit *edit, const struct edit_rules *rules, const struct telex *before,
				  const char *shown)
{
	if (replace(edit, rules, edit->word, edit->at, shown))
		return EDIT_CHANGED;
	edit->telex = *before;
	return EDIT_FULL;
}

static enum edit_result compose_key(struct edit *edit, const struct edit_rules *rules, const struct typing *typing,
				    int32_t cp)
{
	char shown[TELEX_TEXT_MAX];
	struct telex before;
	enum edit_result result;
	bool goes_on;

	follow_typing(edit, typing);
	before = edit->telex;
	goes_on = telex_key(&edit->telex, cp, shown);
	result = show_word(edit, rules, &before, shown);
	if (result == EDIT_CHANGED && !goes_on)
		edit->word = edit->at;
	return result;
}

/* Backspace in a word that composes; false when there is no such word. */
static bool compose_back(struct edit *edit, const struct edit_rules *rules, const struct typing *typing)
{
	char shown[TELEX_TEXT_MAX];
	struct telex before;

	follow_typing(edit, typing);
	before = edit->telex;
	return telex_backspace(&edit->telex, shown) && show_word(edit, rules, &before, shown) == EDIT_CHANGED;
}

static enum edit_result raw_keys(struct edit *edit, const struct edit_rules *rules)
{
	char shown[TELEX_TEXT_MAX];
	struct telex before = edit->telex;

	if (!edit->telex.word.key_count)
		return EDIT_TAKEN;
	telex_restore(&edit->telex, shown);
	return show_word(edit, rules, &before, shown);
}

enum edit_result edit_leave(struct edit *edit, const struct edit_rules *rules, const struct typing *typing)
{
	char shown[TELEX_TEXT_MAX];
	struct telex before = edit->telex;
	enum edit_result result = EDIT_TAKEN;

	if (composes(rules, typing) && edit->telex.word.key_count) {
		telex_end(&edit->telex, shown);
		result = show_word(edit, rules, &before, shown);
	}
	end_word(edit);
	return result;
}

/* The letter as it may stand, -1 for what no text holds: controls, directions, a byte that was no UTF-8. */
static int32_t clean_letter(int32_t cp)
{
	struct buf letter = BUF(16), clean = BUF(16);
	int32_t stands = -1;
	const char *at;

	utf8_put(&letter, cp);
	if (cp != 0xfffd && utf8_clean(buf_str(&letter), letter.len, &clean, NULL) == RC_OK && clean.len) {
		at = buf_str(&clean);
		stands = utf8_get(&at, at + clean.len);
		if (at != buf_str(&clean) + clean.len) /* more than one: as it is, and cleaned when it goes in */
			stands = cp;
	}
	buf_done(&letter);
	buf_done(&clean);
	return stands;
}

/*
 * OpenKey and its kind send an empty letter and one Backspace more before they correct a word, for programs that
 * complete words by themselves. It is no text, and its Backspace takes nothing of ours.
 */
static bool is_filler(int32_t cp)
{
	return cp == 0x202f || (cp >= 0x200b && cp <= 0x200d) || cp == 0xfeff;
}

static enum edit_result text_key(struct edit *edit, const struct edit_rules *rules, const struct typing *typing,
				 const struct key *key)
{
	int32_t cp = key->pasted && key->ch == '\n' ? ' ' : (int32_t)key->ch;

	if (!key->pasted && is_filler(cp)) {
		outside(edit, rules);
		edit->fillers++;
		return EDIT_CHANGED;
	}
	edit->fillers = 0;
	if (utf8_is_mark(cp))
		return insert_mark(edit, rules, cp);
	cp = clean_letter(cp);
	if (cp < 0)
		return EDIT_FULL;
	if (!key->pasted && composes(rules, typing))
		return compose_key(edit, rules, typing, cp);
	return insert_literal(edit, rules, cp);
}

enum edit_result edit_key(struct edit *edit, const struct edit_rules *rules, const struct typing *typing,
			  const struct key *key)
{
	switch (key->name) {
	case K_TEXT:
		return text_key(edit, rules, typing, key);
	case K_BACKSPACE:
		if (edit->fillers) {
			edit->fillers--;
			return EDIT_TAKEN;
		}
		if (composes(rules, typing) && compose_back(edit, rules, typing))
			return EDIT_CHANGED;
		return erase_back(edit, rules);
	case K_DELETE:
		edit->fillers = 0;
		return edit->at < edit->len ? erase(edit, rules, edit->at, utf8_next(edit->text, edit->at))
					    : EDIT_TAKEN;
	default:
		return EDIT_IGNORED;
	}
}

static enum edit_result move(struct edit *edit, size_t at)
{
	edit->at = at;
	end_word(edit);
	return EDIT_TAKEN;
}

enum edit_result edit_action(struct edit *edit, const struct edit_rules *rules, enum ui_action action)
{
	edit->fillers = 0;
	switch (action) {
	case UI_LEFT:
		return move(edit, edit->at ? utf8_prev(edit->text, edit->at) : 0);
	case UI_RIGHT:
		return move(edit, edit->at < edit->len ? utf8_next(edit->text, edit->at) : edit->len);
	case UI_HOME:
		return move(edit, 0);
	case UI_END:
		return move(edit, edit->len);
	case UI_CLEAR:
		return erase(edit, rules, 0, edit->len);
	case UI_RAWKEYS:
		return raw_keys(edit, rules);
	default:
		return EDIT_IGNORED;
	}
}
