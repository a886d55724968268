/* t_fold.c - the same set of events in any order gives one record and one list of clashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/fold.h"
#include "db/rec_fields.h"

#include <stdlib.h>
#include <string.h>

enum { A = 1, B = 2 };

static struct event made(unsigned device, uint64_t seq, uint32_t rev, msec clock)
{
	struct event event;

	event_init(&event);
	event.id.device[7] = (uint8_t)device;
	event.id.epoch = 1;
	event.id.seq = seq;
	event.rev = rev;
	event.clock = clock;
	event.verb = VERB_CORRECT;
	event.set.kind = REC_DOSSIER;
	return event;
}

static void follows(struct event *event, const struct event *parent)
{
	event->parents[event->parents_count++] = parent->id;
	if (event->parents_count == 2 && id_compare(&event->parents[0], &event->parents[1]) > 0) {
		struct id swap = event->parents[0];

		event->parents[0] = event->parents[1];
		event->parents[1] = swap;
	}
}

static void fold(struct event *events, size_t count, struct folded *out)
{
	const struct event *list[64];

	for (size_t i = 0; i < count; i++)
		list[i] = &events[i];
	folded_init(out);
	fold_events(list, count, NULL, out);
}

static void release(struct event *events, size_t count)
{
	for (size_t i = 0; i < count; i++)
		event_done(&events[i]);
}

static void causality_beats_the_clock(void **state)
{
	struct event e[2] = { made(A, 1, 1, 5000), made(B, 1, 2, 10) };
	struct folded out;

	(void)state;
	follows(&e[1], &e[0]);
	rec_put_text(&e[0].set, DOSSIER_NOTE, "first");
	rec_put_text(&e[1].set, DOSSIER_NOTE, "later, by a clock in the past");
	fold(e, 2, &out);
	assert_string_equal(rec_text(&out.rec, DOSSIER_NOTE), "later, by a clock in the past");
	assert_int_equal(out.clashes_count, 0);
	assert_int_equal(out.heads_count, 1);
	assert_int_equal(out.rev, 2);
	folded_done(&out);
	release(e, 2);
}

/* Two counters edit one dossier: what differs clashes, what is equal or apart does not. */
static void only_differing_values_clash(void **state)
{
	struct event e[3] = { made(A, 1, 1, 1), made(A, 2, 2, 10), made(B, 1, 2, 20) };
	struct folded out;

	(void)state;
	follows(&e[1], &e[0]);
	follows(&e[2], &e[0]);
	rec_put_text(&e[0].set, DOSSIER_NOTE, "base");
	rec_put_text(&e[1].set, DOSSIER_NOTE, "counter 1");
	rec_put_text(&e[2].set, DOSSIER_NOTE, "counter 2");
	rec_put_text(&e[1].set, DOSSIER_RESULT_NO, "12/TLKS");
	rec_put_text(&e[2].set, DOSSIER_RESULT_NO, "12/TLKS");
	rec_put_num(&e[1].set, DOSSIER_RATING, 5);
	fold(e, 3, &out);
	assert_string_equal(rec_text(&out.rec, DOSSIER_NOTE), "counter 2");
	assert_int_equal(rec_num(&out.rec, DOSSIER_RATING), 5);
	assert_int_equal(out.clashes_count, 1);
	assert_int_equal(out.clashes[0].path.tag, DOSSIER_NOTE);
	assert_int_equal(id_compare(&out.clashes[0].b, &e[1].id), 0);
	assert_int_equal(out.heads_count, 2);
	folded_done(&out);
	release(e, 3);
}

static void a_decision_that_knows_both_ends_the_clash(void **state)
{
	struct event e[4] = { made(A, 1, 1, 1), made(A, 2, 2, 10), made(B, 1, 2, 20), made(A, 3, 3, 5) };
	struct folded out;

	(void)state;
	follows(&e[1], &e[0]);
	follows(&e[2], &e[0]);
	follows(&e[3], &e[1]);
	follows(&e[3], &e[2]);
	rec_put_text(&e[1].set, DOSSIER_NOTE, "counter 1");
	rec_put_text(&e[2].set, DOSSIER_NOTE, "counter 2");
	rec_put_text(&e[3].set, DOSSIER_NOTE, "counter 1");
	fold(e, 4, &out);
	assert_string_equal(rec_text(&out.rec, DOSSIER_NOTE), "counter 1");
	assert_int_equal(out.clashes_count, 0);
	assert_int_equal(out.heads_count, 1);
	folded_done(&out);
	release(e, 4);
}

static bool never_twice(const struct rec *so_far, const struct event *event)
{
	return !(rec_has(so_far, DOSSIER_STATE) && event->verb == VERB_RETURN);
}

static void a_misfit_is_kept_and_marked(void **state)
{
	static const struct fold_rules rules = { never_twice, DOSSIER_STATE };
	struct event e[3] = { made(A, 1, 1, 1), made(A, 2, 2, 10), made(B, 1, 2, 20) };
	const struct event *list[3] = { &e[0], &e[1], &e[2] };
	struct folded out;

	(void)state;
	follows(&e[1], &e[0]);
	follows(&e[2], &e[0]);
	rec_put_num(&e[1].set, DOSSIER_STATE, STATE_RETURNED);
	rec_put_num(&e[2].set, DOSSIER_STATE, STATE_RETURNED);
	e[2].verb = VERB_RETURN;
	folded_init(&out);
	fold_events(list, 3, &rules, &out);
	assert_int_equal(rec_num(&out.rec, DOSSIER_STATE), STATE_RETURNED);
	assert_int_equal(out.clashes_count, 1);
	folded_done(&out);
	release(e, 3);
}

static uint64_t lcg(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *seed >> 33;
}

static int compare_clashes(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(((struct clash *)0)->id));
}

static void assert_same_fold(struct folded *a, struct folded *b)
{
	assert_true(rec_equal(&a->rec, &b->rec));
	assert_int_equal(a->rev, b->rev);
	assert_int_equal(a->heads_count, b->heads_count);
	assert_int_equal(a->clashes_count, b->clashes_count);
	if (!a->clashes_count)
		return;
	qsort(a->clashes, a->clashes_count, sizeof(*a->clashes), compare_clashes);
	qsort(b->clashes, b->clashes_count, sizeof(*b->clashes), compare_clashes);
	for (size_t i = 0; i < a->clashes_count; i++)
		assert_memory_equal(a->clashes[i].id, b->clashes[i].id, sizeof(a->clashes[i].id));
}

/* A random history: each event follows one or two earlier ones. */
static size_t random_history(struct event *events, uint64_t *seed)
{
	size_t count = 2 + lcg(seed) % 24;
	uint64_t seqs[4] = { 0 };

	for (size_t i = 0; i < count; i++) {
		unsigned device = 1 + (unsigned)(lcg(seed) % 3);
		size_t p = i ? lcg(seed) % i : 0, q = i ? lcg(seed) % i : 0;

		events[i] = made(device, ++seqs[device], 1, (msec)(lcg(seed) % 50));
		if (i) {
			follows(&events[i], &events[p]);
			if (q != p)
				follows(&events[i], &events[q]);
			events[i].rev = 1 + (events[p].rev > events[q].rev ? events[p].rev : events[q].rev);
		}
		rec_put_num(&events[i].set, (unsigned)(37 + lcg(seed) % 2), (int64_t)(lcg(seed) % 3) + 1);
	}
	return count;
}

static void any_arrival_order_gives_the_same(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 1000; seed++) {
		struct event events[32];
		const struct event *list[32];
		struct folded straight, shuffled;
		uint64_t random = seed;
		size_t count = random_history(events, &random);

		fold(events, count, &straight);
		for (size_t i = 0; i < count; i++)
			list[i] = &events[i];
		for (size_t i = count; i > 1; i--) {
			size_t j = lcg(&random) % i;
			const struct event *swap = list[i - 1];

			list[i - 1] = list[j];
			list[j] = swap;
		}
		folded_init(&shuffled);
		fold_events(list, count, NULL, &shuffled);
		assert_same_fold(&straight, &shuffled);
		folded_done(&straight);
		folded_done(&shuffled);
		release(events, count);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(causality_beats_the_clock),
		cmocka_unit_test(only_differing_values_clash),
		cmocka_unit_test(a_decision_that_knows_both_ends_the_clash),
		cmocka_unit_test(a_misfit_is_kept_and_marked),
		cmocka_unit_test(any_arrival_order_gives_the_same),
	};

	return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
