/*
 * t_converge.c - five devices edit offline and exchange in any order, with drops and
 * duplicates: identical rows everywhere, nothing dropped, every chain verifies.
 */
#include "core/commit.h"
#include "core/project.h"
#include "db/journal.h"
#include "db/rec_fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { DEVICES = 5, ROUNDS = 24, SEEDS = 1000 };

static uint64_t next(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *seed >> 33;
}

static void open_device(struct app *app, unsigned number)
{
	struct err err = { 0 };

	memset(app, 0, sizeof(*app));
	app->role = ROLE_ADMIN;
	app->epoch = 1;
	app->device[DEVICE_ID - 1] = (uint8_t)number;
	snprintf(app->user, sizeof(app->user), "cb%02u", number);
	assert_int_equal(db_open_plain(":memory:", &app->db, &err), RC_OK);
}

static void forget(struct app *app)
{
	struct err err = { 0 };

	/* As commit_rebuild of an empty journal would leave it, without making the tables anew. */
	assert_int_equal(
		db_script(app->db,
			  "DELETE FROM event; DELETE FROM chain; DELETE FROM device; DELETE FROM rec;"
			  "DELETE FROM rec_event; DELETE FROM fact; DELETE FROM clash; DELETE FROM tail;"
			  "DELETE FROM orphan; DELETE FROM refused;"
			  "INSERT INTO search (search) VALUES ('delete-all');",
			  &err),
		RC_OK);
}

/* A new dossier, or a change of any field of one that this device has heard of. */
static void edit(struct app *app, uint64_t *seed, unsigned *made)
{
	struct rec set;
	struct change change = { .verb = VERB_CORRECT, .kind = REC_DOSSIER, .set = &set };
	char text[48];
	struct err err = { 0 };
	int64_t count = row_count(app->db, REC_DOSSIER);

	clock_set_test(INT64_C(1764000000000) + (msec)(next(seed) % 100000) * 1000);
	rec_init(&set, REC_DOSSIER);
	if (!count || next(seed) % 4 == 0) {
		change.verb = VERB_IMPORT;
		/* Two devices may receive the same file: then one code has two beginnings. */
		snprintf(text, sizeof(text), "H11.25-251124-%04u", 101 + (next(seed) % 3 ? (*made)++ : 0));
		rec_put_text(&set, DOSSIER_CODE, text);
		rec_put_text(&set, DOSSIER_PROCEDURE_CODE, "1.001193");
		rec_put_text(&set, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
		rec_put_num(&set, DOSSIER_STATE, STATE_RECEIVED);
	} else {
		change.rec = 1 + (int64_t)(next(seed) % (uint64_t)count);
		snprintf(text, sizeof(text), "ghi %u", (unsigned)(next(seed) % 3));
		rec_put_text(&set, next(seed) % 2 ? DOSSIER_NOTE : DOSSIER_RESULT_NO, text);
		if (next(seed) % 3 == 0)
			rec_put_num(&set, DOSSIER_STATE, (int64_t)(STATE_PROCESSING + next(seed) % 5));
	}
	if (commit_change(app, &change, NULL, NULL, &err))
		assert_string_equal(err.en, "This record exists already.");
	rec_done(&set);
}

struct transfer {
	struct app *to;
	uint64_t *seed;
	bool lossy;
	bool cut;
};

static enum rc carry(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	struct transfer *t = ctx;
	enum rc rc;

	(void)n;
	(void)id;
	if (t->lossy && next(t->seed) % 9 == 0)
		t->cut = true;
	if (t->cut)
		return RC_OK;
	rc = commit_foreign(t->to, bytes, err);
	if (!rc && next(t->seed) % 5 == 0)
		rc = commit_foreign(t->to, bytes, err);
	return rc == RC_NONE ? RC_OK : rc;
}

/* What `from` holds of every device, in the order of each chain, perhaps cut off. */
static void exchange(struct app *from, struct app *to, uint64_t *seed, bool lossy)
{
	unsigned first = (unsigned)(next(seed) % DEVICES);

	for (unsigned i = 0; i < DEVICES; i++) {
		struct transfer t = { .to = to, .seed = seed, .lossy = lossy };
		uint8_t device[DEVICE_ID] = { 0 };
		struct err err = { 0 };

		device[DEVICE_ID - 1] = (uint8_t)(1 + (first + i) % DEVICES);
		assert_int_equal(journal_slice(from->db, device, 1, 1, INT64_MAX, carry, &t, &err), RC_OK);
	}
}

struct rows {
	struct buf text;
};

static enum rc add_row(void *ctx, const struct row *row, struct err *err)
{
	struct rows *rows = ctx;

	(void)err;
	wire_put_uint(&rows->text, row->kind);
	wire_put_uint(&rows->text, row->rev);
	for (size_t i = 0; i < row->heads_count; i++) {
		uint8_t id[ID_BYTES];

		id_put(&row->heads[i], id);
		buf_add(&rows->text, id, sizeof(id));
	}
	rec_pack(&row->body, &rows->text);
	return RC_OK;
}

static void add_clashes(struct app *app, struct rows *rows)
{
	static const char sql[] = "SELECT id, a, b FROM clash ORDER BY id";
	struct stmt *s = stmt_use(app->db, sql);

	while (!stmt_row(s, NULL))
		for (int column = 0; column < 3; column++) {
			struct span span = stmt_blob(s, column);

			buf_add(&rows->text, span.data, span.len);
		}
	stmt_done(s);
}

/* Every row and clash of a device, in an order that does not depend on arrival. */
static void take_rows(struct app *app, struct rows *rows)
{
	struct err err = { 0 };

	buf_clear(&rows->text);
	assert_int_equal(row_walk(app->db, REC_DOSSIER, add_row, rows, &err), RC_OK);
	add_clashes(app, rows);
}

/* How many events a device holds; `whole`: recompute chains, fold, rows and pages too. */
static int64_t events_of(struct app *app, bool whole)
{
	static const char sql[] = "SELECT count(*) FROM event";
	struct stmt *s = stmt_use(app->db, sql);
	struct err err = { 0 };
	int64_t events = stmt_row(s, &err) ? -1 : stmt_int(s, 0);
	enum rc rc;

	stmt_done(s);
	if (!whole)
		return events;
	rc = commit_verify(app, &events, &err);

	if (rc)
		print_message("verify: %s\n", err.en);
	assert_int_equal(rc, RC_OK);
	return events;
}

static void one_seed(struct app apps[DEVICES], uint64_t seed)
{
	struct rows first = { BUF(1 << 20) }, other = { BUF(1 << 20) };
	bool whole = seed % 10 == 0;
	unsigned made = 1;
	int64_t events;

	for (unsigned round = 0; round < ROUNDS; round++) {
		edit(&apps[next(&seed) % DEVICES], &seed, &made);
		if (next(&seed) % 3 == 0)
			exchange(&apps[next(&seed) % DEVICES], &apps[next(&seed) % DEVICES], &seed, true);
	}
	for (unsigned i = 0; i < DEVICES; i++)
		exchange(&apps[i], &apps[0], &seed, false);
	for (unsigned i = 1; i < DEVICES; i++)
		exchange(&apps[0], &apps[i], &seed, false);
	take_rows(&apps[0], &first);
	events = events_of(&apps[0], whole);
	for (unsigned i = 1; i < DEVICES; i++) {
		take_rows(&apps[i], &other);
		assert_int_equal(first.text.len, other.text.len);
		assert_memory_equal(first.text.data, other.text.data, first.text.len);
		assert_int_equal(events_of(&apps[i], whole), events);
	}
	buf_done(&first.text);
	buf_done(&other.text);
}

static void five_devices_end_up_with_the_same_rows(void **state)
{
	static struct app apps[DEVICES];

	(void)state;
	for (unsigned i = 0; i < DEVICES; i++)
		open_device(&apps[i], i + 1);
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		for (unsigned i = 0; i < DEVICES; i++)
			forget(&apps[i]);
		one_seed(apps, seed);
	}
	for (unsigned i = 0; i < DEVICES; i++)
		app_close(&apps[i]);
	clock_set_test(MSEC_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_devices_end_up_with_the_same_rows),
	};

	return cmocka_run_group_tests_name("converge", tests, NULL, NULL);
}
