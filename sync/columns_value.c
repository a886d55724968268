#include "sync/columns_state.h"

#include <string.h>

/* What a feature is now. */
static uint64_t feature(const struct state *s, const struct column *column, uint32_t which)
{
	switch (which) {
	case F_PROCEDURE:
		return (uint64_t)s->reg[REG_PROCEDURE];
	case F_INDEX:
		return s->index;
	case F_LAST:
		return column->last;
	case F_LAST2:
		return column->last_but_one;
	case F_VERB:
		return s->verb_kind[0];
	case F_CELL:
		return s->cells[0];
	case F_CELL2:
		return s->cells[1];
	case F_CELL3:
		return s->cells[2];
	case F_PATH:
		return (uint64_t)s->path.tag << 16 | s->path.sub;
	case F_WORD:
		return s->words[0];
	case F_FINAL:
		return s->words[1];
	case F_CHANNEL:
		return (uint64_t)s->reg[REG_CHANNEL];
	case F_TEAM:
		return (uint64_t)s->reg[REG_TEAM];
	case F_CATEGORY:
		return (uint64_t)s->reg[REG_CATEGORY];
	case F_FORMAT:
		return (uint64_t)s->reg[REG_FORMAT];
	case F_PERSON:
		return (uint64_t)s->reg[REG_PERSON];
	case F_GAP:
		return s->gap;
	case F_ACTOR:
		return s->actor;
	case F_BUCKET:
		return s->bucket;
	default:
		return 0;
	}
}

static uint32_t context_of(const struct state *s, const struct column *column, uint32_t mask)
{
	uint32_t context = context_with(column->hash, mask);

	for (; mask; mask &= mask - 1)
		context = context_with(context, feature(s, column, mask & -mask));
	return context;
}

void look_at(struct state *s, const struct column *column)
{
	s->near = context_of(s, column, column->rule->near);
	s->far = context_of(s, column, column->rule->far);
}

struct decision decide(const struct state *s, const struct column *column, enum role role, unsigned part)
{
	return (struct decision){
		.role = role,
		.context = { context_with(column->hash, part), context_with(s->far, part),
			     context_with(s->near, part) },
	};
}

bool code_flag(struct state *s, const struct column *column, unsigned part, bool flag)
{
	struct decision d = decide(s, column, ROLE_FLAG, part);

	return coder_bit(&s->coder, &d, flag);
}

void keep_value(struct state *s, struct span *value)
{
	struct span from = *value;

	if (from.data == s->value.data)
		return;
	buf_clear(&s->value);
	buf_add(&s->value, from.data, from.len);
	*value = (struct span){ s->value.data, s->value.len };
}

static void code_side(struct state *s, const struct column *column, struct side *side, struct span *value)
{
	struct decision d = decide(s, column, ROLE_LENGTH, PART_LITERAL);
	uint64_t len = coder_number(&s->coder, &d, 16, value->len);

	if (!s->reading) {
		buf_add(&side->to, value->data, value->len);
		return;
	}
	if (side->blank) {
		static const uint8_t zeros[64];

		side->from = reader_on(zeros, len < sizeof(zeros) ? (size_t)len : sizeof(zeros));
	}
	if (len > (uint64_t)(side->from.end - side->from.at))
		s->coder.bad = true;
	*value = wire_take(&side->from, s->coder.bad ? 0 : (size_t)len);
	keep_value(s, value);
}

void code_literal(struct state *s, const struct column *column, struct span *value)
{
	code_side(s, column, &s->text, value);
}

void code_raw(struct state *s, struct column *column, struct span *value)
{
	code_side(s, column, &s->raw, value);
}

/* Is it as last time in this context? *number is what it was then. */
static bool code_as_last(struct state *s, const struct column *column, enum part part, int64_t last,
			 int64_t *number)
{
	struct decision d = decide(s, column, ROLE_SAME, part);

	d.context[0] = context_with(d.context[0], (uint64_t)last);
	if (!coder_bit(&s->coder, &d, *number == last))
		return false;
	*number = last;
	return true;
}

static void remember(struct state *s, int64_t number)
{
	memo_set(s->memory, context_with(s->far, PART_SAME), number);
	memo_set(s->memory, context_with(s->near, PART_SAME), number);
}

/* As last time in the near or in the far context; if not, *number stands. */
static bool code_remembered(struct state *s, const struct column *column, int64_t *number)
{
	int64_t near, far;
	bool known = memo_get(s->memory, context_with(s->near, PART_SAME), &near);

	if (known && code_as_last(s, column, PART_SAME, near, number))
		return true;
	if (!memo_get(s->memory, context_with(s->far, PART_SAME), &far) || (known && far == near))
		return false;
	return code_as_last(s, column, PART_SAME_FAR, far, number);
}

/* A value of a pool: its number plus 1, or 0 and then literally. */
void code_known(struct state *s, struct column *column, struct span *value, bool memo)
{
	unsigned pool = column->rule->pool;
	uint32_t found = s->reading ? NOT_KNOWN : pool_find(s->memory, pool, *value);
	int64_t number = found == NOT_KNOWN ? -1 : (int64_t)found;

	if (!memo || !code_remembered(s, column, &number)) {
		struct decision d = decide(s, column, ROLE_PICK, PART_VALUE);

		number = (int64_t)coder_number(&s->coder, &d, column->rule->learnt, (uint64_t)(number + 1)) -
			 1;
	}
	if (number < 0) {
		code_literal(s, column, value);
		pool_add(s->memory, pool, *value);
	} else if (s->reading) {
		*value = pool_get(s->memory, pool, (uint64_t)number);
		if (!value->len)
			s->coder.bad = true;
		keep_value(s, value);
	}
	if (memo)
		remember(s, number);
}

/* A whole number of a pool. */
static void code_known_int(struct state *s, struct column *column, int64_t *num)
{
	uint8_t bytes[8];
	struct span value = { bytes, sizeof(bytes) };
	uint32_t found;
	int64_t number;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)((uint64_t)*num >> (8 * i));
	found = s->reading ? NOT_KNOWN : pool_find(s->memory, column->rule->pool, value);
	number = found == NOT_KNOWN ? -1 : (int64_t)found;
	if (column->rule->how != HOW_KNOWN || !code_remembered(s, column, &number)) {
		struct decision d = decide(s, column, ROLE_PICK, PART_VALUE);

		number = (int64_t)coder_number(&s->coder, &d, column->rule->learnt, (uint64_t)(number + 1)) -
			 1;
	}
	if (number < 0) {
		struct decision d = decide(s, column, ROLE_NUMBER, PART_LITERAL);

		*num = coder_signed(&s->coder, &d, 4, *num);
		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = (uint8_t)((uint64_t)*num >> (8 * i));
		pool_add(s->memory, column->rule->pool, value);
	} else if (s->reading) {
		uint64_t raw = 0;

		value = pool_get(s->memory, column->rule->pool, (uint64_t)number);
		if (value.len != sizeof(bytes))
			s->coder.bad = true;
		for (size_t i = 0; i < value.len && i < 8; i++)
			raw |= (uint64_t)value.data[i] << (8 * i);
		*num = (int64_t)raw;
	}
	remember(s, number);
}

static void code_plain(struct state *s, struct column *column, enum part part, int64_t *num)
{
	struct decision d = decide(s, column, ROLE_NUMBER, part);

	*num = coder_signed(&s->coder, &d, column->rule->learnt, *num);
}

enum { SMALL = 7 };

static void code_small(struct state *s, struct column *column, int64_t *num)
{
	struct decision d = decide(s, column, ROLE_NUMBER, PART_VALUE);
	unsigned small = coder_small(&s->coder, &d, *num >= 0 && *num < SMALL ? (unsigned)*num : SMALL);

	if (small < SMALL)
		*num = small;
	else
		code_plain(s, column, PART_BIG, num);
}

static void code_same(struct state *s, struct column *column, int64_t *num)
{
	if (!code_remembered(s, column, num))
		code_small(s, column, num);
	remember(s, *num);
}

static void code_guess(struct state *s, struct column *column, int64_t *num)
{
	int64_t guess = s->reg[column->rule->from];

	if (guess != MSEC_NONE && code_flag(s, column, PART_GUESS, *num == guess))
		*num = guess;
	else
		code_plain(s, column, PART_VALUE, num);
}

static void code_year(struct state *s, struct column *column, int64_t *num)
{
	dayno day = s->day == DAYNO_NONE ? dayno_of(s->clock) : s->day;
	int64_t back = minus(dayno_civil(day).year, *num);

	code_plain(s, column, PART_VALUE, &back);
	*num = minus(dayno_civil(day).year, back);
}

/* A number of a column without a rule: as last time, small, or a moment not far from the clock. */
static void code_any_int(struct state *s, struct column *column, int64_t *num)
{
	bool big = *num > INT64_C(1) << 36 || *num < -(INT64_C(1) << 36);
	int64_t base;

	if (code_remembered(s, column, num))
		goto out;
	big = code_flag(s, column, PART_BIG, big);
	base = big ? s->clock : 0;
	*num = minus(*num, base);
	code_plain(s, column, PART_VALUE, num);
	*num = plus(*num, base);
out:
	remember(s, *num);
}

void code_int(struct state *s, struct column *column, int64_t *num)
{
	switch (column->rule->how) {
	case HOW_KNOWN:
	case HOW_PICK:
		if (column->rule->pool == POOL_NUMBER)
			code_known_int(s, column, num);
		else
			code_any_int(s, column, num);
		break;
	case HOW_NUMBER:
		code_plain(s, column, PART_VALUE, num);
		break;
	case HOW_SMALL:
		code_small(s, column, num);
		break;
	case HOW_SAME:
		code_same(s, column, num);
		break;
	case HOW_GUESS:
		code_guess(s, column, num);
		break;
	case HOW_YEAR:
		code_year(s, column, num);
		break;
	case HOW_TIME:
	case HOW_DAYTIME:
	case HOW_DUE:
	case HOW_STEP_DUE:
		code_time(s, column, num);
		break;
	case HOW_DATE:
		code_date(s, column, num);
		break;
	default:
		code_any_int(s, column, num);
	}
}

void code_bytes(struct state *s, struct column *column, struct span *value)
{
	switch (column->rule->how) {
	case HOW_PICK:
		code_known(s, column, value, false);
		break;
	case HOW_PERSON:
		code_person(s, column, value);
		break;
	case HOW_NAME:
	case HOW_PHRASE:
		code_phrase(s, column, value);
		break;
	case HOW_ID:
		code_id_number(s, column, value);
		break;
	case HOW_DIGITS:
		code_digits(s, column, value);
		break;
	case HOW_CODE:
		code_dossier_code(s, column, value);
		break;
	case HOW_REF:
		code_dossier_ref(s, column, value);
		break;
	case HOW_RAW:
		code_raw(s, column, value);
		break;
	default:
		code_known(s, column, value, true);
	}
	if (!value->len)
		s->coder.bad = true;
}
