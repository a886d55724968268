/*
 * columns_text.c - texts with something inside: names, addresses, numbers of
 * people and telephones, codes of dossiers.
 */
#include "sync/columns_state.h"

#include <stdio.h>
#include <string.h>

/* Words are parted by single blanks. A token is the end, a new word, a figure "12", "12/3" or "12,", or a
 * known word. */
enum token { TOKEN_END, TOKEN_NEW, TOKEN_FIGURE, TOKEN_PAIR, TOKEN_COMMA, TOKEN_WORD };
enum { FIGURE_DIGITS = 6 };

struct token_value {
	uint64_t kind; /* TOKEN_WORD and more: known word number kind - TOKEN_WORD */
	uint32_t figure[2];
	struct span word;
};

/* Digits without a zero before them. */
static bool take_figure(struct reader *r, uint32_t *figure)
{
	const uint8_t *start = r->at;

	*figure = 0;
	while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && r->at - start < FIGURE_DIGITS)
		*figure = *figure * 10 + (*r->at++ - '0');
	return r->at > start && *start != '0';
}

static struct token_value token_of(const struct state *s, unsigned pool, struct span word)
{
	struct token_value t = { .kind = TOKEN_NEW, .word = word };
	struct reader r = reader_on(word.data, word.len);
	uint32_t found;

	if (word.len && take_figure(&r, &t.figure[0])) {
		if (r.at == r.end)
			t.kind = TOKEN_FIGURE;
		else if (*r.at == ',' && r.at + 1 == r.end)
			t.kind = TOKEN_COMMA;
		else if (*r.at++ == '/' && take_figure(&r, &t.figure[1]) && r.at == r.end)
			t.kind = TOKEN_PAIR;
	}
	if (t.kind != TOKEN_NEW)
		return t;
	found = pool_find(s->memory, pool, word);
	if (found != NOT_KNOWN)
		t.kind = TOKEN_WORD + found;
	return t;
}

/* Where in a phrase we are: the two tokens before. */
struct phrase {
	uint32_t before[2];
	unsigned position;
};

/* Names depend on the place and the word before; what is in a phrase, on the two tokens before. */
static struct decision at_token(const struct column *column, const struct phrase *p, enum role role,
				unsigned part)
{
	uint32_t alone, far;

	if (column->rule->how == HOW_PHRASE) {
		alone = context_with(column->hash, part << 8 | (p->position < 3 ? p->position : 3));
		far = context_with(context_with(column->hash, part), p->before[0]);
		return (struct decision){ role, { alone, far, context_with(far, p->before[1]) } };
	}
	alone = context_with(column->rule->pool, part);
	far = context_with(alone, p->position < 4 ? p->position : 4);
	return (struct decision){ role, { alone, far, context_with(far, p->before[0]) } };
}

static void code_figure(struct state *s, const struct column *column, const struct phrase *p, unsigned part,
			uint32_t *figure)
{
	struct decision d = at_token(column, p, ROLE_FIGURE, part);
	uint64_t value = coder_number(&s->coder, &d, 4, *figure);

	if (value > UINT32_MAX)
		s->coder.bad = true;
	*figure = (uint32_t)value;
}

static void code_word(struct state *s, const struct column *column, struct token_value *t)
{
	unsigned pool = column->rule->pool;

	if (t->kind == TOKEN_NEW) {
		code_literal(s, column, &t->word);
		pool_add(s->memory, pool, t->word);
	} else if (s->reading) {
		t->word = pool_get(s->memory, pool, t->kind - TOKEN_WORD);
		if (!t->word.len)
			s->coder.bad = true;
	}
}

/* In phrases, the token is mostly the one that followed these two before. */
static void code_token_kind(struct state *s, const struct column *column, const struct phrase *p,
			    struct token_value *t)
{
	struct decision d = at_token(column, p, ROLE_TOKEN, PART_TOKEN_SAME);
	uint32_t memo = context_with(d.context[2], PART_TOKEN);
	int64_t last;

	if (column->rule->how == HOW_PHRASE && memo_get(s->memory, memo, &last) && last != TOKEN_NEW) {
		d.context[0] = context_with(d.context[0], (uint64_t)last);
		if (coder_bit(&s->coder, &d, (int64_t)t->kind == last)) {
			t->kind = (uint64_t)last;
			return;
		}
	}
	d = at_token(column, p, ROLE_WORD, PART_WORD);
	t->kind = coder_number(&s->coder, &d, 16, t->kind);
	if (column->rule->how == HOW_PHRASE)
		memo_set(s->memory, memo, (int64_t)t->kind);
}

static uint32_t token_hash(const struct token_value *t)
{
	return t->kind > TOKEN_NEW && t->kind < TOKEN_WORD ? (uint32_t)t->kind
							   : hash_bytes(t->word.data, t->word.len);
}

static void code_token(struct state *s, struct column *column, struct phrase *p, struct token_value *t)
{
	code_token_kind(s, column, p, t);
	if (t->kind == TOKEN_END)
		return;
	if (t->kind > TOKEN_NEW && t->kind < TOKEN_WORD) {
		code_figure(s, column, p, PART_FIGURE, &t->figure[0]);
		if (t->kind == TOKEN_PAIR)
			code_figure(s, column, p, PART_FIGURE2, &t->figure[1]);
		s->reg[REG_NUMBER] = t->figure[0];
	} else {
		code_word(s, column, t);
	}
	p->before[1] = p->before[0];
	p->before[0] = token_hash(t);
	s->words[1] = p->before[0];
	if (p->position++ == 1)
		s->words[0] = p->before[0];
}

static void put_token(struct state *s, const struct token_value *t, bool first)
{
	char text[40] = "";

	if (!first)
		buf_byte(&s->value, ' ');
	if (t->kind == TOKEN_FIGURE)
		snprintf(text, sizeof(text), "%u", (unsigned)t->figure[0]);
	else if (t->kind == TOKEN_COMMA)
		snprintf(text, sizeof(text), "%u,", (unsigned)t->figure[0]);
	else if (t->kind == TOKEN_PAIR)
		snprintf(text, sizeof(text), "%u/%u", (unsigned)t->figure[0], (unsigned)t->figure[1]);
	else
		buf_add(&s->value, t->word.data, t->word.len);
	buf_text(&s->value, text);
}

static void write_phrase(struct state *s, struct column *column, struct span value)
{
	struct phrase p = { .position = 0 };
	struct token_value end = { .kind = TOKEN_END };
	const uint8_t *at = value.data, *stop = value.data + value.len;

	for (;;) {
		const uint8_t *blank = at < stop ? memchr(at, ' ', (size_t)(stop - at)) : NULL;
		struct span word = { at, (size_t)((blank ? blank : stop) - at) };
		struct token_value t = token_of(s, column->rule->pool, word);

		code_token(s, column, &p, &t);
		if (!blank)
			break;
		at = blank + 1;
	}
	code_token(s, column, &p, &end);
}

static void read_phrase(struct state *s, struct column *column, struct span *value)
{
	struct phrase p = { .position = 0 };
	struct buf whole = BUF(EVENT_MAX);

	for (bool first = true; !s->coder.bad; first = false) {
		struct token_value t = { .kind = TOKEN_END };

		code_token(s, column, &p, &t);
		if (t.kind == TOKEN_END) {
			s->coder.bad = s->coder.bad || first;
			break;
		}
		if (t.kind == TOKEN_NEW) {
			/* The word lies in s->value itself. */
			buf_add(&whole, first ? "" : " ", first ? 0 : 1);
			buf_add(&whole, t.word.data, t.word.len);
			continue;
		}
		buf_clear(&s->value);
		put_token(s, &t, first);
		buf_add(&whole, s->value.data, s->value.len);
		if (whole.full)
			s->coder.bad = true;
	}
	buf_clear(&s->value);
	buf_add(&s->value, whole.data, whole.len);
	buf_wipe_done(&whole);
	*value = (struct span){ s->value.data, s->value.len };
}

void code_phrase(struct state *s, struct column *column, struct span *value)
{
	s->words[0] = s->words[1] = 0;
	if (s->reading)
		read_phrase(s, column, value);
	else
		write_phrase(s, column, *value);
}

/* A person known as a whole, or a new one by words. */
void code_person(struct state *s, struct column *column, struct span *value)
{
	uint32_t found = s->reading ? NOT_KNOWN : pool_find(s->memory, POOL_MEMBER, *value);
	struct decision d = decide(s, column, ROLE_PICK, PART_PERSON);
	uint64_t number = coder_number(&s->coder, &d, 16, found == NOT_KNOWN ? 0 : found + 1);

	if (!number) {
		code_phrase(s, column, value);
		pool_add(s->memory, POOL_MEMBER, *value);
	} else if (s->reading) {
		*value = pool_get(s->memory, POOL_MEMBER, number - 1);
		if (!value->len)
			s->coder.bad = true;
		keep_value(s, value);
	}
}

/* `count` digits, three by three, all alike. */
static void code_even_digits(struct state *s, char *digits, size_t count)
{
	while (count) {
		size_t part = count < 3 ? count : 3;
		uint32_t total = part == 3 ? 1000 : part == 2 ? 100 : 10, value = 0;

		for (size_t i = 0; i < part; i++)
			value = value * 10 + (uint32_t)(digits[i] - '0');
		value = coder_even(&s->coder, total, s->reading ? 0 : value);
		for (size_t i = part; i-- > 0; value /= 10)
			digits[i] = (char)('0' + value % 10);
		digits += part;
		count -= part;
	}
}

static bool all_digits(const uint8_t *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return true;
}

enum { TAIL_MIN = 7, TAIL_MAX = 7 };

/* A telephone number: what stands before the last seven digits is known, they are not. */
void code_digits(struct state *s, struct column *column, struct span *value)
{
	char tail[TAIL_MAX + 1] = "0000000";
	size_t len = value->len;
	bool fits = !s->reading && len > TAIL_MAX && all_digits(value->data + len - TAIL_MAX, TAIL_MAX);
	struct span front = { value->data, fits ? len - TAIL_MAX : 0 };

	if (!code_flag(s, column, PART_DIGITS, fits)) {
		code_known(s, column, value, false);
		return;
	}
	if (fits)
		memcpy(tail, value->data + len - TAIL_MAX, TAIL_MAX);
	code_known(s, column, &front, false);
	code_even_digits(s, tail, TAIL_MAX);
	if (!s->reading)
		return;
	buf_add(&s->value, tail, TAIL_MAX);
	*value = (struct span){ s->value.data, s->value.len };
}

enum { ID_DIGITS = 12, PROVINCE = 3, CENTURY = 3, YEAR = 4, SERIAL = 6, SERIAL_DIGITS = 6 };

/* The digit of sex and century, and the year's two, as they follow from what is known of the person. */
static void guess_person(const struct state *s, char guess[3])
{
	int64_t year = s->reg[REG_BIRTH_YEAR], sex = s->reg[REG_SEX];

	if (year < 1900 || year > 2399)
		year = 1900;
	guess[0] = (char)('0' + (year / 100 - 19) * 2 + (sex == 2));
	guess[1] = (char)('0' + year / 10 % 10);
	guess[2] = (char)('0' + year % 10);
}

/* 12 digits: province as known, sex, century and year as guessed or even, six even digits. */
void code_id_number(struct state *s, struct column *column, struct span *value)
{
	bool fits = !s->reading && value->len == ID_DIGITS && all_digits(value->data, ID_DIGITS);
	char id[ID_DIGITS + 1] = "000000000000", guess[3];
	struct span province = { value->data, PROVINCE };

	if (!code_flag(s, column, PART_ODD, fits)) {
		code_known(s, column, value, false);
		return;
	}
	if (fits)
		memcpy(id, value->data, ID_DIGITS);
	code_known(s, column, &province, true);
	guess_person(s, guess);
	if (code_flag(s, column, PART_CENTURY, id[CENTURY] == guess[0]))
		id[CENTURY] = guess[0];
	else
		code_even_digits(s, id + CENTURY, 1);
	if (code_flag(s, column, PART_YEAR, !memcmp(id + YEAR, guess + 1, 2)))
		memcpy(id + YEAR, guess + 1, 2);
	else
		code_even_digits(s, id + YEAR, 2);
	code_even_digits(s, id + SERIAL, SERIAL_DIGITS);
	if (!s->reading)
		return;
	buf_add(&s->value, id + PROVINCE, ID_DIGITS - PROVINCE);
	*value = (struct span){ s->value.data, s->value.len };
}

/* A code taken apart: unit, day, ordinal. */
struct code_parts {
	struct span unit;
	int64_t day, ordinal, width;
};

static int64_t digits_value(const uint8_t *at, size_t count)
{
	int64_t value = 0;

	while (count-- > 0)
		value = value * 10 + (*at++ - '0');
	return value;
}

static void put_day_and_ordinal(const struct code_parts *c, struct buf *out)
{
	struct civil civil = dayno_civil((dayno)c->day);

	buf_printf(out, "-%02d%02d%02d-%0*d", civil.year % 100, civil.month, civil.day, (int)c->width,
		   (int)c->ordinal);
}

/* UNIT-YYMMDD-N as put_day_and_ordinal ends it; false for anything else. */
static bool take_code(struct span code, struct code_parts *out)
{
	size_t width = 0, at;
	dayno day;

	while (width < code.len && code.data[code.len - 1 - width] != '-')
		width++;
	if (width < 1 || width > 9 || code.len < width + 9)
		return false;
	at = code.len - width - 8;
	if (code.data[at] != '-' || !all_digits(code.data + at + 1, 6) ||
	    !all_digits(code.data + at + 8, width) ||
	    !dayno_from_ymd((int)digits_value(code.data + at + 1, 2) + 2000,
			    (int)digits_value(code.data + at + 3, 2),
			    (int)digits_value(code.data + at + 5, 2), &day))
		return false;
	*out = (struct code_parts){ .unit = { code.data, at },
				    .day = day,
				    .width = (int64_t)width,
				    .ordinal = digits_value(code.data + at + 8, width) };
	return at > 0;
}

enum { ORDINAL_BITS = 30 };

/* The ordinal that would follow: one more the same day, the first of the last day on another. */
static int64_t next_ordinal(const struct state *s, const struct column *column, int64_t day)
{
	int64_t first;

	if (day == column->last_num >> ORDINAL_BITS)
		return (column->last_num & ((1 << ORDINAL_BITS) - 1)) + 1;
	return memo_get(s->memory, context_with(column->hash, PART_ORDINAL), &first) ? first : 1;
}

/* Known, the same day or a later one, the next number: all predicted, seldom otherwise. */
static bool code_code_parts(struct state *s, struct column *column, struct code_parts *c)
{
	int64_t last_day = column->last_num >> ORDINAL_BITS, next;
	struct decision d;

	code_known(s, column, &c->unit, true);
	d = decide(s, column, ROLE_CODE, PART_FORM);
	c->width = coder_signed(&s->coder, &d, 4, c->width);
	d = decide(s, column, ROLE_DAYS, PART_DAY);
	c->day = plus(last_day, coder_signed(&s->coder, &d, 8, c->day - last_day));
	next = next_ordinal(s, column, c->day);
	d = decide(s, column, ROLE_CODE, PART_ORDINAL);
	c->ordinal = plus(next, coder_signed(&s->coder, &d, 4, c->ordinal - next));
	if (c->width < 1 || c->width > 9 || c->ordinal < 0 || c->ordinal > 999999999 || c->day < 0 ||
	    c->day > 1 << 20)
		return false;
	if (c->day != last_day)
		memo_set(s->memory, context_with(column->hash, PART_ORDINAL), c->ordinal);
	column->last_num = c->day << ORDINAL_BITS | c->ordinal;
	s->day = (dayno)c->day;
	return true;
}

/* The code itself, which may be that of no dossier met yet. */
static void code_code_text(struct state *s, struct column *column, struct span *value)
{
	struct code_parts c = { .width = 0 };
	bool fits = !s->reading && take_code(*value, &c);

	if (!code_flag(s, column, PART_ODD, fits)) {
		code_known(s, column, value, false);
		return;
	}
	if (!code_code_parts(s, column, &c))
		s->coder.bad = true;
	if (!s->reading || s->coder.bad)
		return;
	/* The unit stands in s->value already. */
	put_day_and_ordinal(&c, &s->value);
	*value = (struct span){ s->value.data, s->value.len };
}

void code_dossier_code(struct state *s, struct column *column, struct span *value)
{
	code_code_text(s, column, value);
	s->dossier = dossier_find(s->memory, *value);
	if (s->dossier == NOT_KNOWN && value->len)
		s->dossier = dossier_add(s->memory, *value);
}

/* The registers say what is known of the dossier referred to. */
static void look_at_dossier(struct state *s)
{
	const struct dossier *d = &s->memory->dossiers[s->dossier];
	bool again = s->scan_dossier == s->dossier && s->event.set.kind == REC_SCAN;

	s->reg[REG_PROCEDURE] = d->procedure;
	s->reg[REG_PERSON] = d->person;
	s->reg[REG_RECEIVED] = d->received_at;
	s->reg[REG_BEFORE] = again ? s->scan_at : d->received_at;
	s->reg[REG_ORDINAL] = again ? s->scan_seq + 1 : 1;
}

/* The number of a dossier met: the newest one, or counted from the one this column referred to last. */
static uint32_t code_dossier_number(struct state *s, const struct column *column, uint32_t number,
				    uint32_t newest)
{
	struct decision d;

	if (code_flag(s, column, PART_NEWEST, number == newest))
		return newest;
	d = decide(s, column, ROLE_CODE, PART_BACK);
	return column->dossier +
	       (uint32_t)coder_signed(&s->coder, &d, 8, (int32_t)(number - column->dossier));
}

/* A dossier met in this batch by its number, or a code. */
void code_dossier_ref(struct state *s, struct column *column, struct span *value)
{
	struct memory *m = s->memory;
	uint32_t number = s->reading ? NOT_KNOWN : dossier_find(m, *value), count = m->dossiers_count;

	if (!count || !code_flag(s, column, PART_KNOWN, number != NOT_KNOWN)) {
		code_dossier_code(s, column, value);
	} else {
		number = code_dossier_number(s, column, number, count - 1);
		if (number >= count) {
			s->coder.bad = true;
			return;
		}
		*value = dossier_code(m, number);
		s->dossier = number;
		if (s->reading)
			keep_value(s, value);
	}
	if (s->dossier == NOT_KNOWN)
		return;
	column->dossier = s->dossier;
	look_at_dossier(s);
}
