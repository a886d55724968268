/* Records as cells: one spelling as bytes, changes that lead from one to the other. */
#include "db/rec.h"
#include "db/rec_fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { ROUNDS = 400 };

/* A small generator of its own, so that a failure can be had again. */
static uint32_t dice;

static unsigned roll(unsigned sides)
{
	dice = dice * 1664525u + 1013904223u;
	return (dice >> 8) % sides;
}

static void random_path(struct path *path)
{
	static const uint8_t born[2][KEY_MAX] = { { 0x80, 1 }, { 0x80, 2 } };

	if (roll(3)) {
		*path = path_of(1 + roll(45));
		return;
	}
	*path = path_at(1 + roll(4), roll(3), 1 + roll(5));
	if (!roll(4))
		*path = path_key(path->tag, born[roll(2)], KEY_MAX, path->sub);
}

/* Up to 60 cells, some of them set again or taken away; with `unset`, of all three shapes. */
static void random_rec(struct rec *rec, bool unset)
{
	static const char letters[] = "Đăng ký khai sinh";

	rec_clear(rec, REC_DOSSIER);
	for (unsigned i = roll(60); i > 0; i--) {
		struct path path;

		random_path(&path);
		switch (roll(unset ? 4 : 3)) {
		case 0:
			rec_set_num(rec, &path, (int64_t)roll(1u << 24) - (1 << 20));
			break;
		case 1:
			rec_set_bytes(rec, &path, letters, roll(sizeof(letters)));
			break;
		case 2:
			if (!roll(3))
				rec_unset(rec, &path);
			break;
		default:
			rec_set_unset(rec, &path);
			break;
		}
	}
}

static void paths_rise(const struct rec *rec)
{
	for (size_t i = 1; i < rec->count; i++)
		assert_true(path_compare(&rec->cells[i - 1].path, &rec->cells[i].path) < 0);
}

static void bytes_come_back_as_they_were(void **state)
{
	struct buf bytes = BUF(1 << 20), again = BUF(1 << 20);
	struct rec rec, back;

	(void)state;
	rec_init(&rec, REC_DOSSIER);
	rec_init(&back, REC_NONE);
	for (unsigned round = 0; round < ROUNDS; round++) {
		dice = round;
		random_rec(&rec, round % 2);
		paths_rise(&rec);
		buf_clear(&bytes);
		buf_clear(&again);
		rec_pack(&rec, &bytes);
		assert_int_equal(rec_unpack(&back, REC_DOSSIER, bytes.data, bytes.len, NULL), RC_OK);
		assert_true(rec_equal(&rec, &back));
		rec_pack(&back, &again);
		assert_int_equal(bytes.len, again.len);
		assert_memory_equal(buf_str(&bytes), buf_str(&again), bytes.len);
	}
	rec_done(&rec);
	rec_done(&back);
	buf_done(&bytes);
	buf_done(&again);
}

/* Whatever is read is what would have been written: flipped bytes never get a second spelling in. */
static void other_bytes_are_refused(void **state)
{
	struct buf bytes = BUF(1 << 20), again = BUF(1 << 20);
	struct rec rec, back;
	unsigned refused = 0;

	(void)state;
	rec_init(&rec, REC_DOSSIER);
	rec_init(&back, REC_NONE);
	for (unsigned round = 0; round < 4 * ROUNDS; round++) {
		dice = round;
		random_rec(&rec, false);
		buf_clear(&bytes);
		rec_pack(&rec, &bytes);
		if (!bytes.len)
			continue;
		bytes.data[roll((unsigned)bytes.len)] ^= (uint8_t)(1u << roll(8));
		if (rec_unpack(&back, REC_DOSSIER, bytes.data, bytes.len, NULL)) {
			assert_int_equal(back.count, 0);
			refused++;
			continue;
		}
		buf_clear(&again);
		rec_pack(&back, &again);
		assert_int_equal(bytes.len, again.len);
		assert_memory_equal(buf_str(&bytes), buf_str(&again), bytes.len);
	}
	assert_true(refused > ROUNDS / 2);
	rec_done(&rec);
	rec_done(&back);
	buf_done(&bytes);
	buf_done(&again);
}

static void a_difference_leads_there(void **state)
{
	struct rec from, to, diff, twice;

	(void)state;
	rec_init(&from, REC_DOSSIER);
	rec_init(&to, REC_DOSSIER);
	rec_init(&diff, REC_DOSSIER);
	rec_init(&twice, REC_DOSSIER);
	for (unsigned round = 0; round < ROUNDS; round++) {
		dice = round;
		random_rec(&from, false);
		rec_copy(&to, &from);
		assert_true(rec_equal(&from, &to));
		if (round % 2)
			random_rec(&to, false);
		rec_diff(&from, &to, &diff);
		assert_int_equal(diff.count == 0, rec_equal(&from, &to));
		rec_apply(&from, &diff);
		assert_true(rec_equal(&from, &to));
		rec_apply(&from, &diff);
		assert_true(rec_equal(&from, &to));
		rec_diff(&from, &to, &twice);
		assert_int_equal(twice.count, 0);
	}
	rec_done(&from);
	rec_done(&to);
	rec_done(&diff);
	rec_done(&twice);
}

static void elements_come_in_the_order_of_their_keys(void **state)
{
	static const uint8_t born[KEY_MAX] = { 0x80, 7 };
	struct path path = path_key(DOSSIER_FEES, born, sizeof(born), FEE_EL_AMOUNT_VND);
	struct element el = { 0 };
	struct rec rec;
	int64_t amounts[3] = { 0 };
	size_t count = 0;

	(void)state;
	rec_init(&rec, REC_DOSSIER);
	rec_set_num(&rec, &path, 3);
	path = path_at(DOSSIER_FEES, 300, FEE_EL_AMOUNT_VND);
	rec_set_num(&rec, &path, 2);
	path = path_at(DOSSIER_FEES, 2, FEE_EL_AMOUNT_VND);
	rec_set_num(&rec, &path, 1);
	assert_int_equal(rec_elements(&rec, DOSSIER_FEES), 3);
	assert_int_equal(rec_elements(&rec, DOSSIER_STEPS), 0);
	while (rec_each(&rec, DOSSIER_FEES, &el) && count < 3)
		amounts[count++] = el_num(&rec, &el, FEE_EL_AMOUNT_VND);
	assert_int_equal(count, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(amounts[i], i + 1);
	rec_done(&rec);
}

static void empty_is_absent(void **state)
{
	struct rec rec;

	(void)state;
	rec_init(&rec, REC_DOSSIER);
	rec_put_text(&rec, DOSSIER_NOTE, "x");
	assert_true(rec_has(&rec, DOSSIER_NOTE));
	rec_put_text(&rec, DOSSIER_NOTE, "");
	assert_false(rec_has(&rec, DOSSIER_NOTE));
	assert_string_equal(rec_text(&rec, DOSSIER_NOTE), "");
	assert_true(rec_num(&rec, DOSSIER_RATING) == MSEC_NONE);
	assert_int_equal(rec_num_or(&rec, DOSSIER_RATING, 4), 4);
	rec_put_num(&rec, DOSSIER_REFUSED, 0);
	assert_true(rec_has(&rec, DOSSIER_REFUSED));
	assert_false(rec_true(&rec, DOSSIER_REFUSED));
	rec_done(&rec);
}

/* Tables: tags rise, names are unique, choices can be read both ways. */
static void check_table(const struct field *fields)
{
	char word[64];

	for (const struct field *f = fields; f && f->tag; f++) {
		assert_ptr_equal(field_named(fields, f->name), f);
		assert_ptr_equal(field_tagged(fields, f->tag), f);
		assert_int_equal(f->type == FIELD_LIST, f->sub != NULL);
		assert_int_equal(f->type == FIELD_ENUM, f->choices != NULL);
		if (f->sub)
			check_table(f->sub);
		if (!f->choices)
			continue;
		enum_word(f, 1, word, sizeof(word));
		assert_int_equal(enum_value(f, word), 1);
		enum_word(f, 0, word, sizeof(word));
		assert_string_equal(word, "");
		enum_word(f, 99, word, sizeof(word));
		assert_string_equal(word, "");
		assert_int_equal(enum_value(f, ""), 0);
		assert_int_equal(enum_value(f, "no such word"), 0);
	}
}

static void the_tables_are_sound(void **state)
{
	(void)state;
	for (enum rec_kind kind = REC_WARD; kind < REC_KINDS; kind++) {
		assert_int_equal(rec_type(kind)->kind, kind);
		assert_int_equal(rec_kind_named(rec_type(kind)->name), kind);
		check_table(rec_type(kind)->fields);
	}
	assert_int_equal(rec_kind_named("no such kind"), REC_NONE);
	assert_ptr_equal(rec_type(REC_KINDS), rec_type(REC_NONE));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_come_back_as_they_were),
		cmocka_unit_test(other_bytes_are_refused),
		cmocka_unit_test(a_difference_leads_there),
		cmocka_unit_test(elements_come_in_the_order_of_their_keys),
		cmocka_unit_test(empty_is_absent),
		cmocka_unit_test(the_tables_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
