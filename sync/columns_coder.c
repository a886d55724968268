#include "sync/columns_coder.h"

#include <string.h>

enum {
	RANGE_TOP = 1 << 24,
	PAST_END_MAX = 4,      /* zeros the writer left out at most */
	SLOT_RESERVE = 0x8000, /* nothing is known: one in two */
	SEEN_MAX = 255,
	TRUST = 110, /* hundredths: what weights begin with in all */
	LEARN_BITS = 10,
	SURE_SEEN = 20,
	SURE = 1 << 12,
};

/*
 * The probability whose logarithm of odds is x / 256, in 4096ths: 4096 / (1 + e^(-x / 256)), exact at every
 * half of a unit of log odds (x = -2048, -1920, ... 2048) as the largest whole number below it, and on
 * straight lines between these points.
 */
enum { SQUASH_POINTS = 33, SQUASH_STEP = 128 };

static void squash_points(int16_t points[SQUASH_POINTS])
{
	static const double start = 0.00033546262790251185; /* e^-8, the odds at x = -2048 */
	static const double growth = 1.6487212707001282;    /* e^(1/2), from one point to the next */
	static const double below = 1e-6; /* 2048 in the middle becomes 2047; no other is so near */
	double odds = start;

	for (size_t i = 0; i < SQUASH_POINTS; i++) {
		points[i] = (int16_t)(4096 * odds / (1 + odds) - below);
		odds *= growth;
	}
}

static int squash(const int16_t points[SQUASH_POINTS], int x)
{
	unsigned from = (unsigned)(x + 2048), at = from / SQUASH_STEP, part = from % SQUASH_STEP;

	if (x > 2047)
		return 4095;
	if (x < -2047)
		return 0;
	return (int)(((unsigned)points[at] * (SQUASH_STEP - part) + (unsigned)points[at + 1] * part +
		      SQUASH_STEP / 2) /
		     SQUASH_STEP);
}

static void make_tables(struct coder *c)
{
	int16_t points[SQUASH_POINTS];
	int next = 0;

	squash_points(points);
	for (int x = -2047; x <= 2047; x++) {
		int p = squash(points, x);

		for (; next <= p; next++)
			c->stretch[next] = (int16_t)x;
	}
	for (; next < 4096; next++)
		c->stretch[next] = 2047;
	for (int x = 0; x < 4096; x++) {
		int p = squash(points, x - 2048);

		c->squash[x] = (int16_t)(p < 1 ? 1 : p > 4094 ? 4094 : p);
	}
	for (int seen = 0; seen < 256; seen++)
		c->rate[seen] = (uint16_t)(65536 * 2 / (2 * seen + 3));
	for (int seen = 0; seen < 256; seen++)
		c->classes[seen] = (uint8_t)(seen < 3 ? seen : seen < 6 ? 3 : seen < 20 ? 4 : 5);
}

/* Weights to begin with: a narrow context the more the more it has seen, the wide ones what is left. */
static void trust(int32_t weights[CONTEXTS], size_t far_class, size_t near_class)
{
	static const int32_t hundredths[SEEN_CLASSES] = { 0, 20, 35, 50, 60, 70 };
	int32_t near = hundredths[near_class], far = hundredths[far_class] * (TRUST - near) / 100;

	weights[2] = near * 65536 / 100;
	weights[1] = far * 65536 / 100;
	weights[0] = (TRUST - near - far) * 65536 / 100;
}

void coder_forget(struct coder *c)
{
	memset(c, 0, sizeof(*c));
	make_tables(c);
	for (size_t i = 0; i < ARRAY_LEN(c->slots); i++)
		c->slots[i].yes = SLOT_RESERVE;
	for (size_t i = 0; i < ARRAY_LEN(c->weights); i++)
		trust(c->weights[i], i / SEEN_CLASSES % SEEN_CLASSES, i % SEEN_CLASSES);
}

void coder_write(struct coder *c, struct buf *to)
{
	c->reading = c->bad = false;
	c->to = to;
	c->low = 0;
	c->range = UINT32_MAX;
	c->cache = 0;
	c->pending = 0;
	c->started = false;
}

static uint8_t next_byte(struct coder *c)
{
	if (c->from.at < c->from.end)
		return *c->from.at++;
	if (++c->past_end > PAST_END_MAX)
		c->bad = true;
	return 0;
}

void coder_read(struct coder *c, const void *data, size_t len)
{
	c->reading = true;
	c->bad = false;
	c->from = reader_on(data, len);
	c->past_end = 0;
	c->range = UINT32_MAX;
	c->code = 0;
	for (int i = 0; i < 4; i++)
		c->code = c->code << 8 | next_byte(c);
}

/* One byte out of `low`; 0xff waits for a carry that may turn it over. The first, always 0, is left out. */
static void shift_low(struct coder *c)
{
	if (c->low < UINT32_C(0xff000000) || c->low >> 32) {
		uint8_t carry = (uint8_t)(c->low >> 32);

		if (c->started)
			buf_byte(c->to, (uint8_t)(c->cache + carry));
		for (; c->pending; c->pending--)
			buf_byte(c->to, (uint8_t)(0xff + carry));
		c->started = true;
		c->cache = (uint8_t)(c->low >> 24);
	} else {
		c->pending++;
	}
	c->low = (c->low & 0xffffff) << 8;
}

/* The shortest bytes inside the range; zeros at the end are left out. */
void coder_flush(struct coder *c)
{
	uint64_t high = c->low + c->range - 1;

	for (int keep = 24; keep >= 0; keep -= 8) {
		uint64_t value = high >> keep << keep;

		if (value >= c->low) {
			c->low = value;
			break;
		}
	}
	for (int i = 0; i < 5; i++)
		shift_low(c);
	for (int i = 0; i < PAST_END_MAX && c->to->len && !c->to->data[c->to->len - 1]; i++)
		c->to->len--;
}

static void more_bytes(struct coder *c)
{
	do {
		c->range <<= 8;
		if (c->reading)
			c->code = c->code << 8 | next_byte(c);
		else
			shift_low(c);
	} while (c->range < RANGE_TOP);
}

static inline void normalise(struct coder *c)
{
	if (c->range < RANGE_TOP)
		more_bytes(c);
}

/* `yes` of 4096, 1 to 4095. */
static inline bool code_bit(struct coder *c, uint32_t yes, bool bit)
{
	uint32_t bound = (c->range >> 12) * yes;

	if (c->reading) {
		bit = c->code < bound;
		c->code -= bit ? 0 : bound;
	} else {
		c->low += bit ? 0 : bound;
	}
	c->range = bit ? bound : c->range - bound;
	normalise(c);
	return bit;
}

uint32_t coder_even(struct coder *c, uint32_t total, uint32_t value)
{
	uint32_t part = c->range / total;

	if (c->reading) {
		value = c->code / part;
		if (value >= total)
			value = total - 1;
		c->code -= value * part;
	} else {
		c->low += (uint64_t)value * part;
	}
	c->range = part;
	normalise(c);
	return value;
}

/* Towards what came, by less the more was seen. */
static inline void learn(const struct coder *c, struct slot *slot, bool bit)
{
	uint32_t rate = c->rate[slot->seen], yes = slot->yes;

	slot->yes = (uint16_t)(bit ? yes + ((65535 - yes) * rate >> 16) : yes - (yes * rate >> 16));
	slot->seen = (uint8_t)(slot->seen + (slot->seen < SEEN_MAX));
}

/* x / 2^bits, rounded down, whatever the sign. */
static inline int64_t shifted(int64_t x, unsigned bits)
{
	const uint64_t bias = UINT64_C(1) << 62;

	return (int64_t)(((uint64_t)x + bias) >> bits) - (int64_t)(bias >> bits);
}

/* Weights move by what their input had to do with the error. */
static inline void move(int32_t *weight, int input, int error)
{
	int64_t by = shifted((int64_t)input * error + (1 << (LEARN_BITS - 1)), LEARN_BITS);

	*weight = (int32_t)((uint32_t)*weight + (uint32_t)by);
}

/* The slot of a context; a tree's are side by side. Of two places the one that has seen less is given up. */
static inline struct slot *slot_at(struct coder *c, const struct decision *at, uint32_t i, unsigned node)
{
	uint32_t context = at->context[i] + i * UINT32_C(0x51ed270b);
	uint32_t mask = ((1 << SLOT_BITS) - 1) & (node ? ~(uint32_t)(GROUP - 1) : UINT32_MAX);
	uint32_t place = (context & mask) + node;
	struct slot *one = &c->slots[place], *other = &c->slots[place ^ GROUP];
	uint8_t check = (uint8_t)(context >> 24);

	if (one->check == check)
		return one;
	if (other->check == check)
		return other;
	if (other->seen < one->seen)
		one = other;
	*one = (struct slot){ .yes = SLOT_RESERVE, .check = check };
	return one;
}

/* A context that has seen enough and is nearly sure decides alone: quicker, and as good. */
static inline bool is_sure(const struct slot *near)
{
	return near->seen >= SURE_SEEN && (uint16_t)(near->yes + SURE) < 2 * SURE;
}

static bool code_sure(struct coder *c, struct slot *near, bool bit)
{
	uint32_t p = near->yes >> 4;

	bit = code_bit(c, p < 1 ? 1 : p > 4094 ? 4094 : p, bit);
	learn(c, near, bit);
	return bit;
}

/* A decision by itself (node 0) or one of a tree (1 to 7). */
static bool code_node(struct coder *c, const struct decision *at, unsigned node, bool bit)
{
	struct slot *alone, *far, *near = slot_at(c, at, 2, node);
	int32_t *weight;
	int64_t dot;
	int a, f, n, p, error;

	if (is_sure(near))
		return code_sure(c, near, bit);
	alone = slot_at(c, at, 0, node);
	far = slot_at(c, at, 1, node);
	a = c->stretch[alone->yes >> 4];
	f = c->stretch[far->yes >> 4];
	n = c->stretch[near->yes >> 4];
	weight = c->weights[(at->role * SEEN_CLASSES + c->classes[far->seen]) * SEEN_CLASSES +
			    c->classes[near->seen]];
	dot = shifted((int64_t)a * weight[0] + (int64_t)f * weight[1] + (int64_t)n * weight[2], 16);
	p = c->squash[(dot > 2047 ? 2047 : dot < -2047 ? -2047 : (int)dot) + 2048];
	bit = code_bit(c, (uint32_t)p, bit);
	error = (bit ? 4096 : 0) - p;
	move(&weight[0], a, error);
	move(&weight[1], f, error);
	move(&weight[2], n, error);
	learn(c, alone, bit);
	learn(c, far, bit);
	learn(c, near, bit);
	return bit;
}

bool coder_bit(struct coder *c, const struct decision *at, bool bit)
{
	return code_node(c, at, 0, bit);
}

/* Up to three bits as a path through a tree. */
static unsigned code_three(struct coder *c, const struct decision *at, unsigned bits, unsigned value)
{
	unsigned node = 1;

	while (bits-- > 0)
		node = node << 1 | code_node(c, at, node, value >> bits & 1);
	return node;
}

unsigned coder_small(struct coder *c, const struct decision *at, unsigned value)
{
	return code_three(c, at, 3, value) - 8;
}

/* The same decision one step further down. */
static struct decision below(const struct decision *at, uint64_t node)
{
	struct decision d = { .role = at->role };

	for (size_t i = 0; i < CONTEXTS; i++)
		d.context[i] = context_with(at->context[i], node);
	return d;
}

static unsigned length_of(uint64_t value)
{
	unsigned length = 0;

	for (; value; value >>= 1)
		length++;
	return length;
}

enum { SHORT = 7, NODE_SIGN = 1, NODE_LENGTH = 1 << 8, NODE_VALUE = 1 << 16 };

/* The length: below 7 in three bits, 7 and more in six more. */
static unsigned code_length(struct coder *c, const struct decision *at, unsigned length)
{
	unsigned short_length = code_three(c, at, 3, length < SHORT ? length : SHORT) - 8, high;
	struct decision d;

	if (short_length < SHORT)
		return short_length;
	d = below(at, NODE_LENGTH);
	high = code_three(c, &d, 3, (length - SHORT) >> 3) - 8;
	d = below(at, NODE_LENGTH + 1 + high);
	return (high << 3 | (code_three(c, &d, 3, (length - SHORT) & 7) - 8)) + SHORT;
}

uint64_t coder_number(struct coder *c, const struct decision *at, unsigned learnt, uint64_t value)
{
	unsigned length = code_length(c, at, length_of(value)), left;
	uint64_t out = 1;

	if (length > 64) {
		c->bad = true;
		length = 0;
	}
	if (length < 2)
		return length;
	for (left = length - 1; left && learnt;) {
		unsigned bits = left < 3 ? left : 3;
		struct decision d;

		bits = bits < learnt ? bits : learnt;
		left -= bits;
		learnt -= bits;
		d = below(at, NODE_VALUE * length + out);
		out = out << bits | (code_three(c, &d, bits, (unsigned)(value >> left & ((1U << bits) - 1))) -
				     (1U << bits));
	}
	for (; left >= 8; left -= 8)
		out = out << 8 | coder_even(c, 256, (uint32_t)(value >> (left - 8) & 255));
	if (left)
		out = out << left | coder_even(c, 1U << left, (uint32_t)(value & ((1U << left) - 1)));
	return out;
}

int64_t coder_signed(struct coder *c, const struct decision *at, unsigned learnt, int64_t value)
{
	struct decision d = below(at, NODE_SIGN);
	bool negative = coder_bit(c, &d, value < 0);
	uint64_t size = coder_number(c, at, learnt, (uint64_t)(negative ? ~value : value));

	return (int64_t)(negative ? ~size : size);
}
