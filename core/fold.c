#include "core/fold.h"

#include "db/base/hash.h"
#include "db/base/mem.h"

#include <stdlib.h>
#include <string.h>

void folded_init(struct folded *folded)
{
	memset(folded, 0, sizeof(*folded));
	rec_init(&folded->rec, REC_NONE);
}

void folded_done(struct folded *folded)
{
	rec_done(&folded->rec);
	free(folded->clashes);
	folded->clashes = NULL;
}

int fold_order(const struct event *a, const struct event *b)
{
	if (a->rev != b->rev)
		return a->rev < b->rev ? -1 : 1;
	if (a->clock != b->clock)
		return a->clock < b->clock ? -1 : 1;
	return id_compare(&a->id, &b->id);
}

static int compare_events(const void *a, const void *b)
{
	return fold_order(*(const struct event *const *)a, *(const struct event *const *)b);
}

/*
 * Who descends from whom: one bit row an event, bit p set when p is an
 * ancestor. Parents that are missing, or do not stand earlier in the order (a
 * lying rev), count as unrelated. Limits: FOLD_MAX events a record.
 */
enum { FOLD_MAX = 1 << 14 };

struct ancestry {
	uint64_t *bits;
	size_t words;
	bool *has_child;
	bool linear; /* each event's one parent is the event before it */
};

/* Where an event stands, to be found by its id. */
struct place {
	struct id id;
	size_t at;
};

static int compare_places(const void *a, const void *b)
{
	return id_compare(&((const struct place *)a)->id, &((const struct place *)b)->id);
}

/* The position of event `id` before `end`; -1 when it is not there. */
static ptrdiff_t position_of(const struct place *places, size_t count, size_t end, const struct id *id)
{
	const struct place wanted = { .id = *id };
	const struct place *found = bsearch(&wanted, places, count, sizeof(*places), compare_places);

	return found && found->at < end ? (ptrdiff_t)found->at : -1;
}

static struct place *places_of(const struct event **events, size_t count)
{
	struct place *places = mem_zeroed(count, sizeof(*places));

	for (size_t i = 0; i < count; i++)
		places[i] = (struct place){ events[i]->id, i };
	qsort(places, count, sizeof(*places), compare_places);
	return places;
}

static bool is_linear(const struct event **events, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (events[i]->parents_count != (i ? 1 : 0))
			return false;
		if (i && id_compare(&events[i]->parents[0], &events[i - 1]->id))
			return false;
	}
	return true;
}

static void inherit(struct ancestry *a, size_t child, size_t parent)
{
	uint64_t *to = a->bits + child * a->words;
	const uint64_t *from = a->bits + parent * a->words;

	for (size_t w = 0; w < a->words; w++)
		to[w] |= from[w];
	to[parent / 64] |= UINT64_C(1) << (parent % 64);
	a->has_child[parent] = true;
}

static void ancestry_init(struct ancestry *a, const struct event **events, size_t count)
{
	struct place *places;

	a->bits = NULL;
	a->has_child = mem_zeroed(count, sizeof(*a->has_child));
	a->linear = is_linear(events, count);
	if (a->linear) {
		for (size_t i = 0; i + 1 < count; i++)
			a->has_child[i] = true;
		return;
	}
	a->words = (count + 63) / 64;
	a->bits = mem_zeroed(count * a->words, sizeof(*a->bits));
	places = places_of(events, count);
	for (size_t i = 0; i < count; i++)
		for (size_t p = 0; p < events[i]->parents_count; p++) {
			ptrdiff_t at = position_of(places, count, i, &events[i]->parents[p]);

			if (at >= 0)
				inherit(a, i, (size_t)at);
		}
	free(places);
}

static void ancestry_done(struct ancestry *a)
{
	free(a->bits);
	free(a->has_child);
}

static bool is_ancestor(const struct ancestry *a, size_t older, size_t younger)
{
	if (a->linear)
		return older < younger;
	return a->bits[younger * a->words + older / 64] >> (older % 64) & 1;
}

static void clash_id(struct clash *clash)
{
	uint8_t bytes[2 * ID_BYTES], digest[HASH_SHORT];
	struct hash_state state;
	/* Which of the two won depends on what else is known: the id does not. */
	bool swap = id_compare(&clash->a, &clash->b) > 0;

	id_put(swap ? &clash->b : &clash->a, bytes);
	id_put(swap ? &clash->a : &clash->b, bytes + ID_BYTES);
	hash_start(&state, HASH_SHORT);
	hash_more(&state, bytes, sizeof(bytes));
	bytes[0] = (uint8_t)(clash->path.tag >> 8);
	bytes[1] = (uint8_t)clash->path.tag;
	bytes[2] = (uint8_t)(clash->path.sub >> 8);
	bytes[3] = (uint8_t)clash->path.sub;
	hash_more(&state, bytes, 4);
	hash_more(&state, clash->path.key, clash->path.key_len);
	hash_end(&state, digest);
	memcpy(clash->id, digest, sizeof(clash->id));
}

/* Unless it is among the first `others`, where alone it can be already. */
static void add_clash(struct folded *out, size_t others, const struct path *path, const struct id *a,
		      const struct id *b)
{
	struct clash clash = { .path = *path, .a = *a, .b = *b };

	clash_id(&clash);
	for (size_t i = 0; i < others; i++)
		if (!memcmp(out->clashes[i].id, clash.id, sizeof(clash.id)))
			return;
	out->clashes = mem_room(out->clashes, out->clashes_count, &out->clashes_cap, sizeof(*out->clashes));
	out->clashes[out->clashes_count++] = clash;
}

/* One path set by one event: the setters of a path stand together, in fold order. */
struct setting {
	const struct path *path;
	size_t event;
	const struct cell *cell;
	bool superseded; /* a descendant has set the path again */
};

static int compare_settings(const void *a, const void *b)
{
	const struct setting *x = a, *y = b;
	int order = path_compare(x->path, y->path);

	if (order)
		return order;
	return x->event < y->event ? -1 : x->event > y->event;
}

static bool same_setting(const struct event **events, const struct setting *x, const struct setting *y)
{
	const struct rec *a = &events[x->event]->set, *b = &events[y->event]->set;

	if (x->cell->shape != y->cell->shape)
		return false;
	if (x->cell->shape != CELL_BYTES)
		return x->cell->shape == CELL_UNSET || x->cell->num == y->cell->num;
	return x->cell->len == y->cell->len &&
	       !memcmp(a->text.data + x->cell->off, b->text.data + y->cell->off, x->cell->len);
}

/* The setters of one path: what no descendant has set again, and differs from the last, clashes with it. */
static void clash_path(const struct event **events, const struct ancestry *a, struct setting *settings,
		       size_t count, size_t others, struct folded *out)
{
	struct setting *winner = &settings[count - 1];

	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count && !settings[i].superseded; j++)
			settings[i].superseded = is_ancestor(a, settings[i].event, settings[j].event);
	for (size_t i = 0; i + 1 < count; i++)
		if (!settings[i].superseded && !same_setting(events, &settings[i], winner))
			add_clash(out, others, winner->path, &events[winner->event]->id,
				  &events[settings[i].event]->id);
}

static void find_clashes(const struct event **events, size_t count, const struct ancestry *a,
			 struct folded *out)
{
	struct setting *settings;
	size_t total = 0, from = 0, at = 0, misfits = out->clashes_count;

	for (size_t i = 0; i < count; i++)
		total += events[i]->set.count;
	settings = mem_zeroed(total, sizeof(*settings));
	for (size_t i = 0; i < count; i++)
		for (size_t c = 0; c < events[i]->set.count; c++) {
			const struct cell *cell = &events[i]->set.cells[c];

			settings[at++] = (struct setting){ .path = &cell->path, .event = i, .cell = cell };
		}
	qsort(settings, total, sizeof(*settings), compare_settings);
	for (at = 1; at <= total; at++) {
		if (at < total && !path_compare(settings[at].path, settings[from].path))
			continue;
		clash_path(events, a, settings + from, at - from, misfits, out);
		from = at;
	}
	free(settings);
}

/*
 * Event `at` does not fit what stood before it: list it against the last event
 * before it that set `path`, unless somebody who knew both has set it again.
 */
static void add_misfit(const struct event **events, size_t count, const struct ancestry *a, size_t at,
		       const struct path *path, struct folded *out)
{
	size_t before = at;

	while (before > 0 && !rec_find(&events[before - 1]->set, path))
		before--;
	if (!before--)
		return;
	for (size_t i = at + 1; i < count; i++)
		if (is_ancestor(a, at, i) && is_ancestor(a, before, i) && rec_find(&events[i]->set, path))
			return;
	add_clash(out, out->clashes_count, path, &events[at]->id, &events[before]->id);
}

static void apply_all(const struct event **events, size_t count, const struct ancestry *a,
		      const struct fold_rules *rules, struct folded *out)
{
	const struct path path = path_of(rules ? rules->misfit_tag : 0);

	for (size_t i = 0; i < count; i++) {
		if (i && rules && !a->linear && !rules->allows(&out->rec, events[i]))
			add_misfit(events, count, a, i, &path, out);
		rec_apply(&out->rec, &events[i]->set);
		if (events[i]->rev > out->rev)
			out->rev = events[i]->rev;
	}
}

static void collect_heads(const struct event **events, size_t count, const struct ancestry *a,
			  struct folded *out)
{
	out->heads_count = 0;
	for (size_t i = count; i-- > 0 && out->heads_count < EVENT_PARENTS_MAX;) {
		size_t at;

		if (a->has_child[i])
			continue;
		for (at = out->heads_count++; at > 0 && id_compare(&out->heads[at - 1], &events[i]->id) > 0;
		     at--)
			out->heads[at] = out->heads[at - 1];
		out->heads[at] = events[i]->id;
	}
}

void fold_events(const struct event **events, size_t count, const struct fold_rules *rules,
		 struct folded *out)
{
	struct ancestry ancestry = { 0 };

	if (count > 1)
		qsort(events, count, sizeof(*events), compare_events);
	if (count > FOLD_MAX)
		count = FOLD_MAX;
	rec_clear(&out->rec, count ? events[0]->set.kind : REC_NONE);
	out->rev = 0;
	out->clashes_count = 0;
	ancestry_init(&ancestry, events, count);
	apply_all(events, count, &ancestry, rules, out);
	if (!ancestry.linear)
		find_clashes(events, count, &ancestry, out);
	collect_heads(events, count, &ancestry, out);
	ancestry_done(&ancestry);
}
