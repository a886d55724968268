/* t_session.c - users, passphrases, recovery; copies of a store and back. Real sealed stores: Argon2id is slow. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
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

static const char *full_name_of(struct app *app, const char *user)
{
	static char name[200];
	struct row row;

	row_init(&row);
	assert_int_equal(row_get(app->db, REC_USER, user, &row, NULL), RC_OK);
	(void)snprintf(name, sizeof(name), "%s", rec_text(&row.body, USER_FULL_NAME));
	row_done(&row);
	return name;
}

static void a_role_changes_but_an_admin_stays(void **state)
{
	struct app app = signed_in("admin", PASS);

	(void)state;
	assert_int_equal(session_add(&app, "hanh", ROLE_CLERK, "hanh-hanh", NULL), RC_OK);
	assert_int_equal(session_role(&app, "hanh", ROLE_NONE, NULL), RC_INPUT);
	assert_int_equal(session_role(&app, "nobody", ROLE_CLERK, NULL), RC_NONE);
	assert_int_equal(session_role(&app, "admin", ROLE_CLERK, NULL), RC_REFUSED); /* the last one */
	assert_int_equal(session_role(&app, "HANH", ROLE_ADMIN, NULL), RC_OK);
	assert_int_equal(session_full_name(&app, "hanh", "Lê Thị Hạnh", NULL), RC_OK);
	assert_string_equal(full_name_of(&app, "hanh"), "Lê Thị Hạnh");
	assert_int_equal(session_full_name(&app, "hanh", "a\nb", NULL), RC_INPUT);
	assert_int_equal(session_full_name(&app, "nobody", "A", NULL), RC_NONE);
	assert_int_equal(session_full_name(&app, "hanh", "", NULL), RC_OK);
	assert_string_equal(full_name_of(&app, "hanh"), "");
	assert_int_equal(session_role(&app, "admin", ROLE_SUPERVISOR, NULL), RC_OK);
	app_close(&app);
	app = signed_in("admin", PASS);
	assert_int_equal(app.role, ROLE_SUPERVISOR);
	assert_int_equal(session_role(&app, "admin", ROLE_ADMIN, NULL), RC_REFUSED); /* not one's own */
	app_close(&app);
	app = signed_in("hanh", "hanh-hanh");
	assert_int_equal(session_role(&app, "admin", ROLE_ADMIN, NULL), RC_OK);
	assert_int_equal(session_role(&app, "hanh", ROLE_CLERK, NULL), RC_OK);
	app_close(&app);
}

/* Asked to stop at the n-th telling. */
struct stopping {
	uint64_t left, told;
};

static bool stop_later(void *ctx, const struct words *what, uint64_t done, uint64_t total)
{
	struct stopping *stopping = ctx;

	assert_non_null(what->vi);
	assert_true(!total || done <= total);
	stopping->told++;
	return stopping->left-- > 0;
}

static void what_is_stopped_leaves_nothing(void **state)
{
	struct stopping stopping = { UINT64_MAX, 0 };
	const struct watch watch = { stop_later, &stopping };
	struct store_restore restore = { copy, store, "admin", PASS, true, &watch };
	struct app app = signed_in("admin", PASS);
	char aside[200], ready[100];
	struct err err = { 0 };
	int64_t events = 0;
	uint64_t tellings;

	(void)state;
	unlink(copy);
	assert_int_equal(store_backup(&app, copy, &watch, NULL), RC_OK);
	assert_true(stopping.told > 3);
	tellings = stopping.told;
	for (uint64_t at = 0; at < tellings; at += 1 + tellings / 7) {
		unlink(copy);
		stopping.left = at;
		assert_int_equal(store_backup(&app, copy, &watch, &err), RC_FAILED);
		assert_non_null(strstr(err.en, "Stopped"));
		assert_int_not_equal(access(copy, F_OK), 0);
	}
	stopping.left = UINT64_MAX;
	assert_int_equal(store_backup(&app, copy, &watch, NULL), RC_OK);
	assert_int_equal(store_verify(&app, &watch, &events, NULL), RC_OK);
	stopping.left = 0;
	assert_int_equal(store_verify(&app, &watch, &events, NULL), RC_FAILED);
	app_close(&app);

	snprintf(ready, sizeof(ready), "%s.restoring", store);
	for (uint64_t at = 0; at < 4; at++) {
		stopping.left = at;
		assert_int_equal(store_restore(&restore, aside, sizeof(aside), &events, NULL), RC_FAILED);
		assert_string_equal(aside, "");
		assert_int_not_equal(access(ready, F_OK), 0);
	}
	assert_int_equal(try("admin", PASS), RC_OK);
	unlink(copy);
}

/* A disk of 64 kB: a copy that does not fit leaves no file, and a store beside it goes on. */
static void a_full_disk_takes_nothing(void **state)
{
	struct store_restore restore = { store, NULL, "admin", PASS, false, NULL };
	char disk[80], there[120], left[140], aside[200];
	struct app app;
	struct err err;
	int64_t events;

	(void)state;
	snprintf(disk, sizeof(disk), "%s/disk", folder);
	snprintf(there, sizeof(there), "%s/copy.motcua", disk);
	snprintf(left, sizeof(left), "%s.restoring", there);
	assert_int_equal(mkdir(disk, 0700), 0);
	if (mount("none", disk, "tmpfs", 0, "size=64k")) { /* not everybody may */
		rmdir(disk);
		skip();
	}
	app = signed_in("admin", PASS);
	assert_int_equal(store_backup(&app, there, NULL, &err), RC_FULL);
	assert_non_null(strstr(err.en, "full"));
	assert_int_not_equal(access(there, F_OK), 0);
	app_close(&app);
	restore.to = there;
	assert_int_equal(store_restore(&restore, aside, sizeof(aside), &events, &err), RC_FULL);
	assert_int_not_equal(access(there, F_OK), 0);
	assert_int_not_equal(access(left, F_OK), 0);
	assert_int_equal(umount(disk), 0);
	assert_int_equal(rmdir(disk), 0);
}

static void a_damaged_copy_is_not_put_back(void **state)
{
	struct store_restore restore = { copy, store, "admin", PASS, true, NULL };
	struct app app = signed_in("admin", PASS);
	char aside[200], ready[100];
	int64_t events = 0;
	struct err err;
	int fd;

	(void)state;
	assert_int_equal(store_backup(&app, copy, NULL, NULL), RC_OK);
	app_close(&app);
	fd = open(copy, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, "other", 5, lseek(fd, 0, SEEK_END) / 2), 5);
	close(fd);
	assert_int_equal(store_restore(&restore, aside, sizeof(aside), &events, &err), RC_DAMAGED);
	assert_string_equal(aside, "");
	snprintf(ready, sizeof(ready), "%s.restoring", store);
	assert_int_not_equal(access(ready, F_OK), 0);
	assert_int_equal(try("admin", PASS), RC_OK);
	unlink(copy);
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
	struct store_restore restore = { copy, other, "admin", PASS, false, NULL };
	struct app app = signed_in("admin", PASS);
	char aside[200];
	int64_t events = 0;

	(void)state;
	assert_int_equal(app.epoch, 1);
	assert_int_equal(store_backup(&app, copy, NULL, NULL), RC_OK);
	assert_int_not_equal(store_backup(&app, copy, NULL, NULL), RC_OK); /* it is there already */
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
		cmocka_unit_test(a_role_changes_but_an_admin_stays),
		cmocka_unit_test(what_is_stopped_leaves_nothing),
		cmocka_unit_test(a_damaged_copy_is_not_put_back),
		cmocka_unit_test(a_copy_comes_back_under_the_next_epoch),
		cmocka_unit_test(a_full_disk_takes_nothing),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
