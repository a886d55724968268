/* t_session.c - users, passphrases, recovery; copies of a store and back. Real sealed stores: Argon2id is slow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/session.h"
#include "core/store.h"
#include "db/rec_fields.h"

#define PASS "mot-cua-demo"

static char folder[] = "/tmp/motcua-session-XXXXXX";
static char store[64], copy[64], other[64], recovery[DB_RECOVERY_TEXT];

static int make(void **state)
{
	const struct app_make ward = { "H11.25", "Phường Bình Hưng", "admin", PASS, 1, true };

	(void)state;
	if (!mkdtemp(folder))
		return -1;
	(void)snprintf(store, sizeof(store), "%s/w.motcua", folder);
	(void)snprintf(copy, sizeof(copy), "%s/copy.motcua", folder);
	(void)snprintf(other, sizeof(other), "%s/other.motcua", folder);
	return app_make(store, &ward, recovery, NULL) ? -1 : 0;
}

static int clean(void **state)
{
	char command[80];

	(void)state;
	(void)unlink(store);
	(void)unlink(copy);
	(void)unlink(other);
	(void)snprintf(command, sizeof(command), "%s", folder);
	return rmdir(command);
}

static struct app signed_in(const char *user, const char *passphrase)
{
	struct app app = { .db = NULL };
	struct err err = { .rc = RC_OK };

	if (app_open(&app, store, user, passphrase, &err))
		fail_msg("%s", err.en);
	return app;
}

static enum rc try(const char *user, const char *passphrase)
{
	struct app app = { .db = NULL };
	enum rc rc = app_open(&app, store, user, passphrase, NULL);

	app_close(&app);
	return rc;
}

static enum rc count_user(void *ctx, const struct session_user *user, struct err *err)
{
	int *count = ctx;

	(void)err;
	count[0]++;
	count[1] += user->slot;
	count[2] += user->disabled;
	return RC_OK;
}

static void users_come_and_go(void **state)
{
	struct app app = signed_in("", PASS); /* one user: the name may be left out */
	int count[3] = { 0 };

	(void)state;
	assert_string_equal(app.user, "admin");
	assert_int_equal(session_add(&app, "lan", ROLE_CLERK, "ngan", NULL), RC_REFUSED); /* too short */
	assert_int_equal(session_add(&app, "la n", ROLE_CLERK, "lan-lan-lan", NULL), RC_INPUT);
	assert_int_equal(session_add(&app, "lan", ROLE_NONE, "lan-lan-lan", NULL), RC_INPUT);
	assert_int_equal(session_add(&app, "lan", ROLE_CLERK, "lan-lan-lan", NULL), RC_OK);
	assert_int_equal(session_add(&app, "LAN", ROLE_CLERK, "lan-lan-lan", NULL), RC_INPUT); /* there is one */
	assert_int_equal(session_disable(&app, "admin", NULL), RC_REFUSED);
	assert_int_equal(session_disable(&app, "nobody", NULL), RC_NONE);
	assert_int_equal(db_slot_drop(app.db, "lan", NULL), RC_OK); /* as if the name had travelled here */
	assert_int_equal(session_add(&app, "lan", ROLE_NONE, "lan-lan-hai", NULL), RC_OK);
	app_close(&app);

	assert_int_equal(try("lan", "sai-mat-khau"), RC_REFUSED);
	app = signed_in("lan", "lan-lan-hai");
	assert_int_equal(app.role, ROLE_CLERK);
	assert_int_equal(session_add(&app, "x", ROLE_ADMIN, "xxxxxxxxx", NULL), RC_REFUSED);
	assert_int_equal(session_passwd(&app, "admin", "xxxxxxxxx", NULL), RC_REFUSED);
	assert_int_equal(session_passwd(&app, "", "lan-lan-ba", NULL), RC_OK);
	assert_int_equal(session_check(&app, "lan-lan-ba", NULL), RC_OK);
	assert_int_equal(session_check(&app, "lan-lan-hai", NULL), RC_REFUSED);
	app_close(&app);

	app = signed_in("admin", PASS);
	assert_int_equal(session_disable(&app, "lan", NULL), RC_OK);
	assert_int_equal(session_list(&app, count_user, count, NULL), RC_OK);
	assert_int_equal(count[0], 2);
	assert_int_equal(count[1], 1);
	assert_int_equal(count[2], 1);
	app_close(&app);
	assert_int_equal(try("lan", "lan-lan-ba"), RC_REFUSED);
	assert_int_equal(try("admin", PASS), RC_OK); /* under the new data key */
}

static void the_recovery_code_opens(void **state)
{
	(void)state;
	assert_int_equal(session_recover(store, "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "admin", "moi-moi-moi",
					 NULL),
			 RC_REFUSED);
	assert_int_equal(session_recover(store, recovery, "nobody", "moi-moi-moi", NULL), RC_NONE);
	assert_int_equal(session_recover(store, recovery, "admin", "moi-moi-moi", NULL), RC_OK);
	assert_int_equal(try("admin", PASS), RC_REFUSED);
	assert_int_equal(session_recover(store, recovery, "admin", PASS, NULL), RC_OK);
	assert_int_equal(try("admin", PASS), RC_OK);
}

static void a_copy_comes_back_under_the_next_epoch(void **state)
{
	struct store_restore restore = { copy, other, "admin", PASS, false };
	struct app app = signed_in("admin", PASS);
	char aside[200];
	int64_t events = 0;

	(void)state;
	assert_int_equal(app.epoch, 1);
	assert_int_equal(store_backup(&app, copy, NULL), RC_OK);
	assert_int_not_equal(store_backup(&app, copy, NULL), RC_OK); /* it is there already */
	app_close(&app);
	assert_int_equal(store_restore(&restore, aside, sizeof(aside), &events, NULL), RC_OK);
	assert_true(events > 0);
	assert_string_equal(aside, "");
	assert_int_equal(store_restore(&restore, aside, sizeof(aside), &events, NULL), RC_REFUSED);
	restore.passphrase = "sai-mat-khau";
	restore.replace = true;
	assert_int_equal(store_restore(&restore, aside, sizeof(aside), &events, NULL), RC_REFUSED);
	assert_int_equal(access(other, F_OK), 0); /* untouched */
	restore.passphrase = PASS;
	assert_int_equal(store_restore(&restore, aside, sizeof(aside), &events, NULL), RC_OK);
	assert_int_equal(unlink(aside), 0);
	app = (struct app){ .db = NULL };
	assert_int_equal(app_open(&app, other, "admin", PASS, NULL), RC_OK);
	assert_int_equal(app.epoch, 2);
	assert_int_equal(local_int(app.db, "restored_on", 0), dayno_of(app_now(&app)));
	app_close(&app);
	restore.from = folder;
	assert_int_not_equal(store_restore(&restore, aside, sizeof(aside), &events, NULL), RC_OK);
	restore.from = "/nowhere/at/all";
	assert_int_equal(store_restore(&restore, aside, sizeof(aside), &events, NULL), RC_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(users_come_and_go),
		cmocka_unit_test(the_recovery_code_opens),
		cmocka_unit_test(a_copy_comes_back_under_the_next_epoch),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
