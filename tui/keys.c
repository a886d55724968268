/* keys.c - see keys.h. */
#include "tui/keys.h"

#include <string.h>

/* Final bytes and numbers of the sequences every terminal of our list sends. */
static const struct {
	char final;
	enum key_name name;
} finals[] = {
	{ 'A', K_UP }, { 'B', K_DOWN }, { 'C', K_RIGHT }, { 'D', K_LEFT }, { 'H', K_HOME }, { 'F', K_END },
	{ 'Z', K_BACKTAB }, { 'P', K_F1 }, { 'Q', K_F2 }, { 'R', K_F3 }, { 'S', K_F4 }, { 'M', K_ENTER },
};

static const struct {
	unsigned number;
	enum key_name name;
} tildes[] = {
	{ 1, K_HOME }, { 2, K_INSERT }, { 3, K_DELETE }, { 4, K_END }, { 5, K_PAGE_UP }, { 6, K_PAGE_DOWN },
	{ 7, K_HOME }, { 8, K_END }, { 11, K_F1 }, { 12, K_F2 }, { 13, K_F3 }, { 14, K_F4 }, { 15, K_F5 },
	{ 17, K_F6 }, { 18, K_F7 }, { 19, K_F8 }, { 20, K_F9 }, { 21, K_F10 }, { 23, K_F11 }, { 24, K_F12 },
	{ 200, K_PASTE_ON }, { 201, K_PASTE_OFF },
};

void keys_init(struct keys *keys)
{
	memset(keys, 0, sizeof(*keys));
}

void keys_learn(struct keys *keys, const char *seq, enum key_name name)
{
	size_t len = seq ? strlen(seq) : 0;

	if (len < 2 || len > KEYS_SEQ_MAX || seq[0] != 0x1b || keys->extra_count == KEYS_EXTRA)
		return;
	memcpy(keys->extra[keys->extra_count].seq, seq, len + 1);
	keys->extra[keys->extra_count++].name = name;
}

bool keys_feed(struct keys *keys, uint8_t byte, int64_t now_ms)
{
	if (keys->len == KEYS_PENDING)
		return false;
	keys->pending[keys->len++] = byte;
	keys->last_ms = now_ms;
	return true;
}

static void eat(struct keys *keys, size_t count)
{
	keys->len -= count;
	memmove(keys->pending, keys->pending + count, keys->len);
}

static struct key named(enum key_name name)
{
	return (struct key){ .name = name };
}

/* A control byte or DEL as a key. */
static struct key control(uint8_t byte)
{
	switch (byte) {
	case '\r':
	case '\n':
		return named(K_ENTER);
	case '\t':
		return named(K_TAB);
	case 0x08:
	case 0x7f:
		return named(K_BACKSPACE);
	default:
		return (struct key){ .name = K_CTRL, .ch = (uint32_t)(byte | 0x40) };
	}
}

/* Bytes a UTF-8 letter starting with `lead` has; 0 when nothing starts so. */
static size_t letter_len(uint8_t lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 4;
	return 0;
}

/* What the pending bytes are so far. */
struct found {
	size_t used;    /* 0: more bytes are needed */
	struct key key;
};

static struct found bad_byte(uint8_t byte)
{
	return (struct found){ 1, { .name = K_TEXT, .ch = 0xfffd, .raw = byte } };
}

/* A letter of two bytes or more; a byte that cannot belong is one U+FFFD. */
static struct found find_letter(const uint8_t *at, size_t len, bool silent)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t need = letter_len(at[0]);
	uint32_t ch;

	if (!need)
		return bad_byte(at[0]);
	ch = (uint32_t)(at[0] & (0xff >> (need + 1)));
	for (size_t i = 1; i < need; i++) {
		if (i == len)
			return silent ? bad_byte(at[0]) : (struct found){ 0, named(K_NONE) };
		if ((at[i] & 0xc0) != 0x80)
			return bad_byte(at[0]);
		ch = ch << 6 | (uint32_t)(at[i] & 0x3f);
	}
	if (ch < least[need] || ch > 0x10ffff || (ch >= 0xd800 && ch <= 0xdfff))
		return bad_byte(at[0]);
	return (struct found){ need, { .name = K_TEXT, .ch = ch } };
}

/* The key of a whole CSI sequence: its first number and final byte decide; modifiers do not. */
static enum key_name csi_key(const uint8_t *params, size_t len, uint8_t final)
{
	unsigned number = 0;

	for (size_t i = 0; i < len && params[i] >= '0' && params[i] <= '9' && number < 10000; i++)
		number = number * 10 + (unsigned)(params[i] - '0');
	if (len && params[0] == '[')  /* the Linux console: Esc [ [ A is F1 */
		return final >= 'A' && final <= 'E' ? (enum key_name)(K_F1 + (final - 'A')) : K_SWALLOW;
	if (len && (params[0] < '0' || params[0] > ';'))
		return K_SWALLOW;
	if (final == '~') {
		for (size_t i = 0; i < ARRAY_LEN(tildes); i++)
			if (tildes[i].number == number)
				return tildes[i].name;
		return K_SWALLOW;
	}
	if (final == 'M' || (final == 'R' && len))  /* mouse and cursor reports, not Enter and F3 */
		return K_SWALLOW;
	for (size_t i = 0; i < ARRAY_LEN(finals); i++)
		if (finals[i].final == (char)final)
			return finals[i].name;
	return K_SWALLOW;
}

/* Esc [ ...: parameters, then one final byte. */
static struct found find_csi(const uint8_t *at, size_t len)
{
	size_t i = 2;

	if (i < len && at[i] == '[')  /* the Linux console's own */
		i++;
	while (i < len && at[i] >= 0x20 && at[i] <= 0x3f)
		i++;
	if (i == len)
		return (struct found){ len == KEYS_PENDING ? len : 0, named(K_SWALLOW) };
	if (at[i] < 0x40 || at[i] > 0x7e)  /* broken off by something else */
		return (struct found){ i, named(K_SWALLOW) };
	return (struct found){ i + 1, named(csi_key(at + 2, i - 2, at[i])) };
}

/* Esc O x, the keypad in application mode. */
static struct found find_ss3(const uint8_t *at, size_t len)
{
	if (len < 3)
		return (struct found){ 0, named(K_NONE) };
	for (size_t i = 0; i < ARRAY_LEN(finals); i++)
		if (finals[i].final == (char)at[2])
			return (struct found){ 3, named(finals[i].name) };
	if (at[2] >= 'j' && at[2] <= 'y')  /* keypad * + , - . / and digits */
		return (struct found){ 3, { .name = K_TEXT, .ch = (uint32_t)(at[2] - 'j' + '*') } };
	return (struct found){ 1, named(K_ESC) };
}

/* How an answer in a string begins: ESC ] and a number (colours), ESC P and the mark of what was asked. */
enum answer { ANSWER_NO, ANSWER_MAYBE, ANSWER_BEGINS };

static enum answer find_answer(const uint8_t *at, size_t len)
{
	static const char *const marks[] = { "1+r", "0+r", "1$r", "0$r", ">|", "!|" };
	size_t digits = 0;

	if (at[1] == ']') {
		while (2 + digits < len && at[2 + digits] >= '0' && at[2 + digits] <= '9')
			digits++;
		if (2 + digits == len)
			return digits < 4 ? ANSWER_MAYBE : ANSWER_NO;
		return digits && at[2 + digits] == ';' ? ANSWER_BEGINS : ANSWER_NO;
	}
	for (size_t i = 0; at[1] == 'P' && i < ARRAY_LEN(marks); i++) {
		size_t mark = strlen(marks[i]), have = len - 2 < mark ? len - 2 : mark;

		if (!memcmp(at + 2, marks[i], have))
			return have == mark ? ANSWER_BEGINS : ANSWER_MAYBE;
	}
	return ANSWER_NO;
}

/* Inside such an answer: eat what belongs to it. False when more bytes are needed. */
static bool eat_answer(struct keys *keys, int64_t silent_ms)
{
	while (keys->answer && keys->len) {
		uint8_t byte = keys->pending[0];
		bool escape = byte == 0x1b;

		if (escape && keys->len == 1 && silent_ms < KEYS_SEQ_MS)
			return false;
		keys->answer = byte >= 0x20 && byte < 0x7f;
		if (keys->answer || byte == '\a')
			eat(keys, 1);
		else if (escape && keys->len > 1 && keys->pending[1] == '\\')
			eat(keys, 2);
	}
	if (silent_ms >= KEYS_SEQ_MS) /* one that never ends */
		keys->answer = false;
	return true;
}

/* A sequence learnt from terminfo: its key when whole, 0 used when it may still come. */
static bool find_learnt(const struct keys *keys, struct found *out)
{
	bool may_come = false;

	for (size_t i = 0; i < keys->extra_count; i++) {
		size_t len = strlen(keys->extra[i].seq);

		if (keys->len >= len && !memcmp(keys->pending, keys->extra[i].seq, len)) {
			*out = (struct found){ len, named(keys->extra[i].name) };
			return true;
		}
		if (keys->len < len && keys->len > 1 && !memcmp(keys->pending, keys->extra[i].seq, keys->len))
			may_come = true;
	}
	*out = (struct found){ 0, named(K_NONE) };
	return may_come;
}

static struct found find_escape(const struct keys *keys, int64_t silent_ms)
{
	const uint8_t *at = keys->pending;
	const struct found alone = { 1, { .name = K_ESC } };
	struct found found;
	enum answer answer;

	if (keys->len == 1)
		return silent_ms >= (keys->pasting ? KEYS_SEQ_MS : KEYS_ESC_MS) ? alone :
										    (struct found){ 0, named(K_NONE) };
	if (find_learnt(keys, &found)) {
		if (found.used || silent_ms < KEYS_SEQ_MS)
			return found;
	}
	answer = keys->pasting ? ANSWER_NO : find_answer(at, keys->len);
	if (answer != ANSWER_NO)
		found = (struct found){ answer == ANSWER_BEGINS ? 2 : 0, named(K_ANSWER) };
	else if (at[1] == '[')
		found = find_csi(at, keys->len);
	else if (at[1] == 'O')
		found = find_ss3(at, keys->len);
	else if (at[1] >= '0' && at[1] <= '9' && !keys->pasting)
		return (struct found){ 2, named(at[1] == '0' ? K_F10 : (enum key_name)(K_F1 + (at[1] - '1'))) };
	else
		return alone;
	if (!found.used && silent_ms >= KEYS_SEQ_MS)
		return alone;
	return found;
}

static struct found find_key(const struct keys *keys, int64_t silent_ms)
{
	uint8_t byte = keys->pending[0];

	if (byte == 0x1b)
		return find_escape(keys, silent_ms);
	if (byte < 0x20 || byte == 0x7f)
		return (struct found){ 1, control(byte) };
	if (byte < 0x80)
		return (struct found){ 1, { .name = K_TEXT, .ch = byte } };
	return find_letter(keys->pending, keys->len, silent_ms >= KEYS_SEQ_MS);
}

/* Inside a paste everything is data: line ends stay, other control keys vanish. */
static bool as_pasted(struct key *key)
{
	key->pasted = true;
	if (key->name == K_TEXT)
		return true;
	if (key->name == K_TAB)
		key->ch = ' ';
	else if (key->name == K_ENTER)
		key->ch = '\n';
	else
		return false;
	key->name = K_TEXT;
	return true;
}

bool keys_take(struct keys *keys, int64_t now_ms, struct key *out)
{
	if (keys->pasting && !keys->len && now_ms - keys->last_ms >= KEYS_PASTE_MS)
		keys->pasting = false;
	if (!eat_answer(keys, now_ms - keys->last_ms))
		return false;
	while (keys->len) {
		struct found found = find_key(keys, now_ms - keys->last_ms);
		uint8_t first = keys->pending[0];
		bool one_end = keys->pasting && keys->after_cr && first == '\n'; /* CR LF is one line end */

		if (!found.used)
			return false;
		eat(keys, found.used);
		keys->after_cr = first == '\r';
		if (one_end)
			continue;
		if (found.key.name == K_PASTE_ON || found.key.name == K_PASTE_OFF) {
			keys->pasting = found.key.name == K_PASTE_ON;
			continue;
		}
		if (found.key.name == K_ANSWER) {
			keys->answer = true;
			if (!eat_answer(keys, now_ms - keys->last_ms))
				return false;
			continue;
		}
		if (found.key.name == K_SWALLOW || (keys->pasting && !as_pasted(&found.key)))
			continue;
		*out = found.key;
		return true;
	}
	return false;
}

int keys_wait_ms(const struct keys *keys, int64_t now_ms)
{
	int64_t limit = KEYS_SEQ_MS, left;

	if (!keys->len && !keys->pasting && !keys->answer)
		return -1;
	if (!keys->len && keys->pasting)
		limit = KEYS_PASTE_MS;
	else if (keys->len == 1 && keys->pending[0] == 0x1b && !keys->pasting && !keys->answer)
		limit = KEYS_ESC_MS;
	left = keys->last_ms + limit - now_ms;
	return left < 0 ? 0 : (int)left;
}
