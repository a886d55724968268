#include "tests/unit/ward.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/catalog.h"
#include "core/commit.h"
#include "core/rules/dossier.h"
#include "db/rec_fields.h"

static void add(struct app *app, enum rec_kind kind, unsigned tag, const char *text)
{
	struct rec rec;
	struct change change = { .verb = VERB_ADD, .kind = kind, .set = &rec };

	rec_init(&rec, kind);
	rec_put_text(&rec, tag, text);
	if (kind == REC_USER)
		rec_put_num(&rec, USER_ROLE, ROLE_ADMIN);
	assert_int_equal(commit_change(app, &change, NULL, NULL, NULL), RC_OK);
	rec_done(&rec);
}

void ward_open(struct app *app)
{
	ward_open_device(app, 1);
}

static void begin(struct app *app, unsigned number)
{
	app->role = ROLE_ADMIN;
	app->epoch = 1;
	app->slot = number;
	app->device[DEVICE_ID - 1] = (uint8_t)number;
	(void)snprintf(app->user, sizeof(app->user), "admin");
	(void)snprintf(app->unit, sizeof(app->unit), "H11.25");
	(void)snprintf(app->unit_name, sizeof(app->unit_name), "Phường Bình Hưng");
	clock_set_test(INT64_C(1729818000000));
	add(app, REC_CATALOG, CATALOG_VERSION, catalog_shipped_version());
	add(app, REC_USER, USER_NAME, "admin");
}

void ward_open_memory(struct app *app, unsigned number)
{
	memset(app, 0, sizeof(*app));
	assert_int_equal(db_open_plain(":memory:", &app->db, NULL), RC_OK);
	begin(app, number);
}

void ward_open_device(struct app *app, unsigned number)
{
	char folder[] = "/tmp/motcua-test-XXXXXX", path[64];

	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/ward.motcua", folder);
	memset(app, 0, sizeof(*app));
	assert_int_equal(db_open_plain(path, &app->db, NULL), RC_OK);
	/* The open handle keeps the file; nothing stays behind when a test fails. */
	(void)unlink(path);
	begin(app, number);
}

void ward_close(struct app *app)
{
	char folder[64], log[80], *slash;

	(void)snprintf(folder, sizeof(folder), "%s", db_path(app->db));
	(void)snprintf(log, sizeof(log), "%s-wal", folder);
	slash = strrchr(folder, '/');
	catalog_forget(app);
	db_close(app->db);
	if (slash) {
		*slash = '\0';
		(void)unlink(log);
		(void)rmdir(folder);
	}
	clock_set_test(MSEC_NONE);
	memset(app, 0, sizeof(*app));
}

int ward_state(struct app *app, const char *code)
{
	struct row row;
	int state;

	row_init(&row);
	assert_int_equal(row_get(app->db, REC_DOSSIER, code, &row, NULL), RC_OK);
	state = dossier_state(&row.body);
	row_done(&row);
	return state;
}
