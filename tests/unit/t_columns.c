/* t_columns.c - any run of events comes back byte for byte; what is no run is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "db/base/clock.h"
#include "db/base/hash.h"
#include "db/rec_fields.h"
#include "sync/columns.h"
#include "sync/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/case.h"

#define UNIT "H11.25"
enum { MANY = 600 };

/* A run of events being made, and what comes back. */
struct run {
	struct buf bytes;
	size_t at[MANY + 1], count, seen;
	uint64_t random;
};

static void run_init(struct run *run, uint64_t seed)
{
	memset(run, 0, sizeof(*run));
	run->bytes = (struct buf)BUF(64 << 20);
	run->random = seed * 2 + 1;
}

static uint32_t any(struct run *run, uint32_t below)
{
	run->random = run->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((run->random >> 33) % below);
}

static void add(struct run *run, const struct event *event)
{
	struct err err;

	assert_true(run->count < MANY);
	assert_int_equal(event_pack(event, &run->bytes, &err), RC_OK);
	run->at[++run->count] = run->bytes.len;
}

static void start(struct run *run, struct event *event, enum verb verb, enum rec_kind kind)
{
	event_init(event);
	event->id = (struct id){ { 9, 8, 7, 6, 5, 4, 3, 2 }, 3, 100 + run->count };
	event->subject = event->id;
	event->rev = 1;
	event->clock = 1729818226123 + (msec)run->count * 61001;
	event->verb = verb;
	event->set.kind = kind;
	snprintf(event->actor, sizeof(event->actor), "lan");
}

static struct span event_at(const struct run *run, size_t i)
{
	return (struct span){ run->bytes.data + run->at[i], run->at[i + 1] - run->at[i] };
}

static enum rc pack(const struct run *run, uint8_t dictionary, struct buf *out, struct err *err)
{
	static struct event_bytes events[MANY];

	for (size_t i = 0; i < run->count; i++)
		events[i].bytes = event_at(run, i);
	return columns_pack(events, run->count, &(struct columns_base){ dictionary, UNIT }, out, err);
}

static struct columns packed_as(const struct run *run, const struct buf *packed, uint8_t dictionary)
{
	return (struct columns){ { packed->data, packed->len },
				 { dictionary, UNIT },
				 { { 9, 8, 7, 6, 5, 4, 3, 2 }, 3, 100 },
				 run->count };
}

static enum rc compare(void *ctx, struct span bytes, struct err *err)
{
	struct run *run = ctx;
	struct span want = event_at(run, run->seen);

	(void)err;
	assert_true(run->seen < run->count);
	assert_int_equal(bytes.len, want.len);
	assert_memory_equal(bytes.data, want.data, want.len);
	run->seen++;
	return RC_OK;
}

/* There and back; as columns, not as the plain bytes that stand in when columns fail. Returns the bytes it
 * took. */
static size_t there_and_back(struct run *run, uint8_t dictionary)
{
	struct buf packed = BUF(64 << 20);
	struct columns columns;
	struct err err = { 0 };
	size_t len;

	if (pack(run, dictionary, &packed, &err))
		fail_msg("%s", err.en);
	columns = packed_as(run, &packed, dictionary);
	assert_int_not_equal(packed.data[0], 0xff);
	run->seen = 0;
	if (columns_unpack(&columns, compare, run, &err))
		fail_msg("%s", err.en);
	assert_int_equal(run->seen, run->count);
	len = packed.len;
	buf_done(&packed);
	return len;
}

/* Texts, numbers and paths such as nobody would write. */
static void odd_text(struct run *run, char *out, size_t size)
{
	static const char *const texts[] = {
		" ",
		"  ",
		"a  b",
		" a",
		"a ",
		"0",
		"00",
		"012",
		"12/",
		"/3",
		"12/3",
		"12/03",
		"999999",
		"1000000",
		"5,",
		"05,",
		",",
		"H11.25-241025-0101",
		"H11.25-241025-1",
		"H11.25-241025-0000000001",
		"-241025-0101",
		"H11.25-241332-0101",
		"+84377305234",
		"0377305234",
		"060190012345",
		"06019001234",
		"\xff\xfe\x80",
		"x\x01y",
		"Nguyễn Thị Bình",
		"Nguyễn",
		"12 Võ Thị Sáu, khu phố 8, Phường Bình Hưng",
		"khu phố 7,",
	};

	snprintf(out, size, "%s", texts[any(run, ARRAY_LEN(texts))]);
	if (!any(run, 8)) {
		/* One draw a statement: C does not say in which order arguments are taken. */
		uint32_t first = any(run, 1000);

		snprintf(out, size, "%u %u", first, any(run, 100000000));
	}
}

static int64_t odd_number(struct run *run)
{
	static const int64_t numbers[] = { 0,
					   1,
					   -1,
					   6,
					   7,
					   8,
					   255,
					   1984,
					   INT64_MAX,
					   INT64_MIN,
					   INT64_MIN + 1,
					   86400000,
					   1729818226000,
					   1729818226123,
					   -1729818226000,
					   450000,
					   INT64_C(1) << 40 };

	if (!any(run, 3)) {
		uint64_t number = any(run, UINT32_MAX);

		return (int64_t)(number << any(run, 32));
	}
	if (!any(run, 2))
		return 1729800000000 + (int64_t)any(run, 100000000) * 1000;
	return numbers[any(run, ARRAY_LEN(numbers))];
}

static void odd_cell(struct run *run, struct rec *rec)
{
	static const uint16_t tags[] = { 1,  2,	 4,  6,	 8,  9,	 11, 13, 14,  21,   23,
					 24, 25, 25, 25, 26, 28, 36, 48, 999, 65535 };
	unsigned tag = tags[any(run, ARRAY_LEN(tags))];
	struct path path = path_of(tag);
	uint8_t key[KEY_MAX];
	char text[200];

	if (any(run, 2)) {
		unsigned index = any(run, 4) ? any(run, 4) : any(run, 0x8000);
		unsigned sub = any(run, 9) ? 9 : 60000;

		path = path_at(tag, index, 1 + any(run, sub));
	}
	if (!any(run, 12)) {
		size_t key_len = 1 + any(run, KEY_MAX);

		for (size_t i = 0; i < sizeof(key); i++)
			key[i] = (uint8_t)any(run, 256);
		path = path_key(tag, key, key_len, 1 + any(run, 9));
	}
	odd_text(run, text, sizeof(text));
	switch (any(run, 5)) {
	case 0:
		rec_set_unset(rec, &path);
		break;
	case 1:
	case 2:
		rec_set_num(rec, &path, odd_number(run));
		break;
	default:
		rec_set_bytes(rec, &path, text, strlen(text));
	}
}

static void odd_parents(struct run *run, struct event *event)
{
	event->parents_count = 1 + any(run, 3);
	event->rev = 2 + any(run, any(run, 4) ? 3 : UINT32_MAX - 2);
	event->subject.seq =
		any(run, 2) && run->count ? 100 + any(run, (uint32_t)run->count) : 1 + any(run, 99);
	if (!any(run, 5))
		event->subject.device[0] = (uint8_t)any(run, 4);
	for (size_t i = 0; i < event->parents_count; i++)
		event->parents[i] = (struct id){ { 1, (uint8_t)i }, 1, 1 + any(run, 5) };
	if (any(run, 2)) {
		event->parents_count = 1;
		event->parents[0] = event->subject;
	}
}

static void odd_event(struct run *run)
{
	struct event event;
	unsigned cells = any(run, 30);
	uint32_t verb = any(run, any(run, 10) ? 24 : 65535);
	uint32_t kind = any(run, any(run, 10) ? 5 : 65535);

	start(run, &event, (enum verb)(1 + verb), (enum rec_kind)(1 + kind));
	if (!any(run, 3))
		odd_parents(run, &event);
	if (!any(run, 3))
		event.clock = odd_number(run);
	if (!any(run, 3))
		odd_text(run, event.actor, sizeof(event.actor));
	if (!any(run, 3))
		odd_text(run, event.note, sizeof(event.note));
	while (cells--)
		odd_cell(run, &event.set);
	add(run, &event);
	event_done(&event);
}

static void odd_events_come_back(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct run run;
		char name[40];

		snprintf(name, sizeof(name), "seed %u", (unsigned)seed);
		case_name(name);
		run_init(&run, seed);
		for (size_t i = 0; i < 40; i++)
			odd_event(&run);
		there_and_back(&run, seed % 2 ? pack_dictionary() : 0);
		buf_done(&run.bytes);
	}
}

/* A dossier as the office has them, its papers, and the steps it takes; and what the same takes under
 * deflate. */
static void put(struct rec *rec, unsigned tag, unsigned index, unsigned sub, int64_t value)
{
	struct path path = path_at(tag, index, sub);

	rec_set_num(rec, &path, value);
}

static void receive(struct run *run, unsigned n, msec at)
{
	struct event event;
	char text[80];

	start(run, &event, VERB_RECEIVE, REC_DOSSIER);
	event.clock = at + 123;
	(void)snprintf(text, sizeof(text), "H11.25-241025-%04u", 101 + n);
	rec_put_text(&event.set, DOSSIER_CODE, text);
	rec_put_text(&event.set, DOSSIER_PROCEDURE_CODE, n % 3 ? "1.001193" : "1.004873");
	rec_put_text(&event.set, DOSSIER_FIELD_NAME, "Hộ tịch");
	rec_put_text(&event.set, DOSSIER_APPLICANT_NAME, n % 2 ? "Nguyễn Thị Bình" : "Trần Văn Bình");
	rec_put_num(&event.set, DOSSIER_APPLICANT_SEX, n % 2 ? SEX_F : SEX_M);
	rec_put_num(&event.set, DOSSIER_APPLICANT_BIRTH_YEAR, 1990);
	(void)snprintf(text, sizeof(text), "060%u90%06u", n % 2, any(run, 1000000));
	rec_put_text(&event.set, DOSSIER_APPLICANT_ID_NO, text);
	(void)snprintf(text, sizeof(text), "+8491%07u", any(run, 10000000));
	rec_put_text(&event.set, DOSSIER_APPLICANT_PHONE, text);
	(void)snprintf(text, sizeof(text), "%u Võ Thị Sáu, khu phố 8, Phường Bình Hưng", 1 + any(run, 300));
	rec_put_text(&event.set, DOSSIER_APPLICANT_ADDRESS, text);
	rec_put_num(&event.set, DOSSIER_NEIGHBOURHOOD, 8);
	rec_put_num(&event.set, DOSSIER_RECEIVED_AT, at);
	rec_put_num(&event.set, DOSSIER_DUE_AT, at + 3 * DAY_MS);
	for (unsigned i = 0; i < 3; i++) {
		put(&event.set, DOSSIER_STEPS, i, STEP_EL_SEQ, i + 1);
		put(&event.set, DOSSIER_STEPS, i, STEP_EL_ALLOTTED_DAYS, 500000);
	}
	put(&event.set, DOSSIER_STEPS, 0, STEP_EL_GIVEN_AT, at);
	put(&event.set, DOSSIER_STEPS, 0, STEP_EL_DUE_AT, at + 4 * HOUR_MS);
	rec_put_num(&event.set, DOSSIER_STATE, STATE_RECEIVED);
	add(run, &event);
	event_done(&event);
}

static void forward(struct run *run, unsigned n, unsigned step, msec at)
{
	struct event event;

	start(run, &event, VERB_FORWARD, REC_DOSSIER);
	event.clock = at + 456;
	event.subject.seq = 100 + n;
	event.parents_count = 1;
	event.parents[0] = event.id;
	event.parents[0].seq = step ? event.id.seq - 20 : event.subject.seq;
	event.rev = step + 2;
	put(&event.set, DOSSIER_STEPS, step, STEP_EL_DONE_AT, at);
	put(&event.set, DOSSIER_STEPS, step + 1, STEP_EL_GIVEN_AT, at);
	put(&event.set, DOSSIER_STEPS, step + 1, STEP_EL_DUE_AT, at + 4 * HOUR_MS);
	rec_put_num(&event.set, DOSSIER_STATE, STATE_PROCESSING);
	add(run, &event);
	event_done(&event);
}

static void a_day_is_small_and_comes_back(void **state)
{
	struct buf plain = BUF(1 << 20);
	struct run run;
	struct err err;
	size_t len;

	(void)state;
	run_init(&run, 5);
	for (unsigned n = 0; n < 20; n++)
		receive(&run, n, 1729818226000 + (msec)n * 300000);
	for (unsigned step = 0; step < 2; step++)
		for (unsigned n = 0; n < 20; n++)
			forward(&run, n, step, 1729841226000 + (msec)(20 * step + n) * 120000);
	assert_int_equal(pack_deflate((struct span){ run.bytes.data, run.bytes.len },
				      (struct span){ NULL, 0 }, &plain, &err),
			 RC_OK);
	len = there_and_back(&run, pack_dictionary());
	assert_true(len * 2 < plain.len);
	buf_done(&plain);
	buf_done(&run.bytes);
}

/* Values at the edges of what is guessed: clocks, hours, holidays, people, codes. */
static void edges_come_back(void **state)
{
	static const int64_t times[] = { INT64_MIN,
					 -1,
					 0,
					 1,
					 999,
					 1000,
					 25200000,
					 1729818226000,
					 1729818226001,
					 1729824600000,
					 1729828800000,
					 1729911600000,
					 253402300799999,
					 253402300800000,
					 INT64_MAX };
	static const uint16_t tags[] = {
		DOSSIER_RECEIVED_AT,	      DOSSIER_DUE_AT,	     DOSSIER_FINISHED_AT,
		DOSSIER_RETURNED_AT,	      DOSSIER_SUBMITTED_AT,  DOSSIER_APPLICANT_BIRTH_YEAR,
		DOSSIER_APPLICANT_BIRTH_DATE, DOSSIER_NEIGHBOURHOOD, DOSSIER_CHANNEL
	};
	struct run run;

	(void)state;
	run_init(&run, 3);
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		for (size_t j = 0; j < ARRAY_LEN(times); j++) {
			struct event event;

			start(&run, &event, VERB_IMPORT, REC_DOSSIER);
			event.clock = times[i];
			for (size_t t = 0; t < ARRAY_LEN(tags); t++)
				rec_put_num(&event.set, tags[t], times[(i + j * (t + 1)) % ARRAY_LEN(times)]);
			for (unsigned step = 0; step < 2; step++)
				for (unsigned sub = STEP_EL_SEQ; sub <= STEP_EL_DONE_AT; sub++)
					put(&event.set, DOSSIER_STEPS, step, sub,
					    times[(i * sub + j + step) % ARRAY_LEN(times)]);
			add(&run, &event);
			event_done(&event);
		}
	}
	there_and_back(&run, 0);
	buf_done(&run.bytes);
}

static void long_texts_and_many_cells_come_back(void **state)
{
	static char text[70001];
	struct event event;
	struct run run;

	(void)state;
	run_init(&run, 4);
	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = "nguyễn văn a, 12/3 ắ"[any(&run, 24)];
	for (int again = 0; again < 3; again++) {
		start(&run, &event, VERB_CORRECT, REC_DOSSIER);
		rec_put_text(&event.set, DOSSIER_APPLICANT_NAME, text);
		rec_put_text(&event.set, DOSSIER_APPLICANT_ADDRESS, text);
		rec_put_text(&event.set, DOSSIER_NOTE, text);
		rec_put_text(&event.set, DOSSIER_CODE, text);
		(void)snprintf(event.note, sizeof(event.note), "%.2000s", text);
		for (unsigned i = 0; i < 3000; i++)
			put(&event.set, DOSSIER_COMPONENTS, i * (1 + (unsigned)again), COMPONENT_EL_HELD,
			    i % 2);
		add(&run, &event);
		event_done(&event);
	}
	there_and_back(&run, 0);
	buf_done(&run.bytes);
}

static void what_is_no_run_is_refused(void **state)
{
	struct event_bytes events[2];
	struct buf packed = BUF(1 << 20);
	const struct columns_base base = { 0, UNIT };
	struct event event;
	struct run run;
	struct err err;

	(void)state;
	run_init(&run, 6);
	odd_event(&run);
	start(&run, &event, VERB_ADD, REC_USER);
	event.id.seq = 105;
	event.subject = event.id;
	add(&run, &event);
	event_done(&event);
	assert_int_equal(pack(&run, 0, &packed, &err), RC_INPUT);
	events[0].bytes = events[1].bytes = event_at(&run, 0);
	assert_int_equal(columns_pack(events, 2, &base, &packed, &err), RC_INPUT);
	assert_int_equal(columns_pack(events, 0, &base, &packed, &err), RC_INPUT);
	events[0].bytes.len--;
	assert_int_not_equal(columns_pack(events, 1, &base, &packed, &err), RC_OK);
	buf_done(&packed);
	buf_done(&run.bytes);
}

static enum rc count_only(void *ctx, struct span bytes, struct err *err)
{
	struct event event;
	enum rc rc;

	event_init(&event);
	rc = event_unpack(&event, bytes.data, bytes.len, err);
	event_done(&event);
	(*(size_t *)ctx)++;
	return rc;
}

/* Cut or changed: refused, or other events, but always events. */
static void changed_bytes_give_events_or_a_refusal(void **state)
{
	struct buf packed = BUF(1 << 20);
	struct columns columns;
	struct run run;
	struct err err;
	size_t refused = 0;

	(void)state;
	run_init(&run, 8);
	for (size_t i = 0; i < 6; i++)
		odd_event(&run);
	receive(&run, 6, 1729818226000);
	assert_int_equal(pack(&run, 0, &packed, &err), RC_OK);
	for (size_t i = 0; i < packed.len; i++) {
		size_t seen = 0;

		columns = packed_as(&run, &packed, 0);
		columns.bytes.len = i;
		assert_int_equal(columns_unpack(&columns, count_only, &seen, &err), RC_INPUT);
		packed.data[i] ^= 0x41;
		columns = packed_as(&run, &packed, 0);
		refused += columns_unpack(&columns, count_only, &seen, &err) == RC_INPUT;
		packed.data[i] ^= 0x41;
		assert_true(seen <= run.count);
	}
	assert_true(refused > packed.len / 2);
	buf_done(&packed);
	buf_done(&run.bytes);
}

static enum rc stop_at_second(void *ctx, struct span bytes, struct err *err)
{
	(void)bytes;
	return ++*(size_t *)ctx == 2 ? err_set(err, RC_REFUSED, "thôi", "enough") : RC_OK;
}

static void the_visitor_may_end_it(void **state)
{
	struct buf packed = BUF(1 << 20);
	struct columns columns;
	struct run run;
	struct err err;
	size_t seen = 0;

	(void)state;
	run_init(&run, 9);
	for (size_t i = 0; i < 5; i++)
		odd_event(&run);
	assert_int_equal(pack(&run, 0, &packed, &err), RC_OK);
	columns = packed_as(&run, &packed, 0);
	assert_int_equal(columns_unpack(&columns, stop_at_second, &seen, &err), RC_REFUSED);
	assert_int_equal(seen, 2);
	buf_done(&packed);
	buf_done(&run.bytes);
}

/* The decisions of a known run, byte for byte: whoever changes this changes the format (sync/FORMAT.md). */
static void the_format_stands(void **state)
{
	static const char want[] = "eb87f7f5d5ecd5b496c2772415e13a18";
	struct buf packed = BUF(1 << 20);
	struct reader r;
	struct run run;
	struct err err;
	uint8_t digest[HASH_SHORT];
	char name[2 * HASH_SHORT + 1];

	(void)state;
	run_init(&run, 42);
	for (unsigned n = 0; n < 10; n++)
		receive(&run, n, 1729818226000 + (msec)n * 300000);
	for (unsigned n = 0; n < 10; n++)
		forward(&run, n, 0, 1729841226000 + (msec)n * 120000);
	for (size_t i = 0; i < 20; i++)
		odd_event(&run);
	assert_int_equal(pack(&run, 0, &packed, &err), RC_OK);
	r = reader_on(packed.data, packed.len);
	(void)wire_byte(&r);
	(void)wire_uint(&r);
	(void)wire_bytes(&r);
	(void)wire_bytes(&r);
	assert_false(r.bad);
	hash_of(packed.data, (size_t)(r.at - packed.data), digest, sizeof(digest));
	hex_of(digest, sizeof(digest), name);
	assert_string_equal(name, want);
	buf_done(&packed);
	buf_done(&run.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_format_stands),
		cmocka_unit_test(odd_events_come_back),
		cmocka_unit_test(a_day_is_small_and_comes_back),
		cmocka_unit_test(edges_come_back),
		cmocka_unit_test(long_texts_and_many_cells_come_back),
		cmocka_unit_test(what_is_no_run_is_refused),
		cmocka_unit_test(changed_bytes_give_events_or_a_refusal),
		cmocka_unit_test(the_visitor_may_end_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
