#include "core/app.h"

#include "core/catalog.h"
#include "core/commit.h"
#include "core/rules/code.h"
#include "db/base/file.h"
#include "db/base/hash.h"
#include "db/base/random.h"
#include "db/journal.h"
#include "db/migrate.h"
#include "db/rec_fields.h"

#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

msec app_now(const struct app *app)
{
	(void)app;
	return clock_now();
}

enum rc app_may(const struct app *app, enum right right, struct err *err)
{
	return access_check(app->role, right, err);
}

const char *app_setting(struct app *app, const char *name, const char *otherwise, struct buf *room)
{
	struct row row;
	const char *value = otherwise;

	row_init(&row);
	if (!row_get(app->db, REC_SETTING, name, &row, NULL) && rec_has(&row.body, SETTING_VALUE)) {
		buf_clear(room);
		buf_text(room, rec_text(&row.body, SETTING_VALUE));
		value = buf_str(room);
	}
	row_done(&row);
	return value;
}

/* One record of `kind` by name and value, as a new event. */
static enum rc add_pair(struct app *app, enum rec_kind kind, const char *name, const char *value,
			struct err *err)
{
	struct rec rec;
	struct change change = { .verb = VERB_ADD, .kind = kind, .set = &rec };
	enum rc rc;

	rec_init(&rec, kind);
	rec_put_text(&rec, 1, name);
	if (value)
		rec_put_text(&rec, SETTING_VALUE, value);
	rc = commit_change(app, &change, NULL, NULL, err);
	rec_done(&rec);
	return rc;
}

static enum rc add_admin(struct app *app, struct err *err)
{
	struct rec rec;
	struct change change = { .verb = VERB_ADD, .kind = REC_USER, .set = &rec };
	enum rc rc;

	rec_init(&rec, REC_USER);
	rec_put_text(&rec, USER_NAME, app->user);
	rec_put_num(&rec, USER_ROLE, ROLE_ADMIN);
	rc = commit_change(app, &change, NULL, NULL, err);
	rec_done(&rec);
	return rc;
}

/* The device's identity and place: local, as a restore or a clone must be able to change it. */
static enum rc write_identity(struct app *app, struct err *err)
{
	enum rc rc = local_set(app->db, "device", app->device, DEVICE_ID, err);

	if (!rc)
		rc = local_set_int(app->db, "epoch", app->epoch, err);
	if (!rc)
		rc = local_set_int(app->db, "slot", app->slot, err);
	if (!rc)
		rc = local_set_int(app->db, "demo", app->demo, err);
	if (!rc)
		rc = local_set(app->db, "unit", app->unit, strlen(app->unit), err);
	if (!rc)
		rc = local_set(app->db, "unit_name", app->unit_name, strlen(app->unit_name), err);
	return rc;
}

static enum rc write_first_events(struct app *app, struct err *err)
{
	enum rc rc = db_begin(app->db, err);

	if (!rc)
		rc = write_identity(app, err);
	if (!rc)
		rc = add_pair(app, REC_CATALOG, catalog_shipped_version(), NULL, err);
	if (!rc)
		rc = add_admin(app, err);
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc)
		db_rollback(app->db);
	return rc;
}

static enum rc check_make(const struct app_make *make, struct err *err)
{
	if (!code_unit_valid(make->unit))
		return err_field(err, "unit", "Mã đơn vị không hợp lệ (ví dụ H11.25).",
				 "Not a unit code (such as H11.25).");
	if (make->slot < 1 || make->slot > 99)
		return err_field(err, "slot", "Số máy phải từ 1 đến 99.", "The slot must be 1 to 99.");
	if (!*make->unit_name || strlen(make->unit_name) >= sizeof(((struct app *)0)->unit_name))
		return err_field(err, "unit_name", "Thiếu tên đơn vị, hoặc tên quá dài.",
				 "The unit's name is missing or too long.");
	if (!*make->admin || strlen(make->admin) > DB_USER_MAX)
		return err_field(err, "admin", "Thiếu tên người quản trị, hoặc tên quá dài.",
				 "The admin's name is missing or too long.");
	return RC_OK;
}

enum rc app_make(const char *path, const struct app_make *make, char recovery[DB_RECOVERY_TEXT],
		 struct err *err)
{
	struct app app = { .role = ROLE_ADMIN, .epoch = 1, .slot = make->slot, .demo = make->demo };
	enum rc rc = check_make(make, err);

	if (rc)
		return rc;
	snprintf(app.unit, sizeof(app.unit), "%s", make->unit);
	snprintf(app.unit_name, sizeof(app.unit_name), "%s", make->unit_name);
	snprintf(app.user, sizeof(app.user), "%s", make->admin);
	random_bytes(app.device, sizeof(app.device));
	rc = db_create(path, make->admin, make->passphrase, recovery, &app.db, err);
	if (rc)
		return rc;
	rc = write_first_events(&app, err);
	app_close(&app);
	if (rc)
		unlink(path);
	return rc;
}

static void read_text(struct db *db, const char *name, char *out, size_t size)
{
	struct buf value = BUF(1024);

	if (!local_get(db, name, &value, NULL))
		snprintf(out, size, "%s", buf_str(&value));
	buf_done(&value);
}

static enum rc read_identity(struct app *app, struct err *err)
{
	struct buf device = BUF(64);
	enum rc rc = local_get(app->db, "device", &device, err);

	if (!rc && device.len == DEVICE_ID)
		memcpy(app->device, device.data, DEVICE_ID);
	else if (!rc || rc == RC_NONE)
		rc = err_set(err, RC_DAMAGED, "Kho thiếu mã thiết bị.", "The store lacks its device id.");
	buf_done(&device);
	app->epoch = (uint16_t)local_int(app->db, "epoch", 1);
	app->slot = (unsigned)local_int(app->db, "slot", 1);
	app->demo = local_int(app->db, "demo", 0) > 0;
	app->team = local_int(app->db, "team", 0) > 0;
	read_text(app->db, "unit", app->unit, sizeof(app->unit));
	read_text(app->db, "unit_name", app->unit_name, sizeof(app->unit_name));
	return rc;
}

static enum rc sign_in(struct app *app, struct err *err)
{
	struct row row;
	enum rc rc;

	row_init(&row);
	rc = row_get(app->db, REC_USER, app->user, &row, err);
	if (!rc) {
		app->role = (enum role)rec_num_or(&row.body, USER_ROLE, ROLE_NONE);
		if (rec_true(&row.body, USER_DISABLED))
			rc = err_set(err, RC_REFUSED, "Tài khoản này đã bị khóa.",
				     "This account is disabled.");
	} else if (rc == RC_NONE) {
		rc = err_set(err, RC_REFUSED, "Tài khoản này không còn trong kho.",
			     "This account is not in the store.");
	}
	row_done(&row);
	return rc;
}

static enum rc check_after_crash(struct app *app, struct err *err)
{
	int64_t events;
	uint8_t digest[DB_HEAD_SIZE];
	static const uint8_t none[DB_HEAD_SIZE];
	enum rc rc;

	if (db_was_dirty(app->db))
		return commit_verify(app, &events, err);
	rc = journal_digest(app->db, digest, err);
	if (!rc && memcmp(db_closed_head(app->db), none, sizeof(none)) != 0 &&
	    memcmp(db_closed_head(app->db), digest, sizeof(digest)) != 0)
		rc = err_set(err, RC_DAMAGED,
			     "Nhật ký không phải bản đã đóng lần trước: có tệp cũ bị trả về. Giữ nguyên và "
			     "báo quản trị.",
			     "The journal is not the one last closed: an older file was put back. Leave it "
			     "and tell the admin.");
	return rc;
}

/* What is true of every opened store, whoever opened it. */
static enum rc check_opened(struct app *app, struct err *err)
{
	enum rc rc = read_identity(app, err);

	if (!rc && db_rows_stale(app->db))
		rc = commit_rebuild(app, NULL, NULL, err);
	return rc ? rc : check_after_crash(app, err);
}

static enum rc write_epoch(struct app *app, uint16_t epoch, struct err *err)
{
	static const uint8_t nowhere[sizeof(app->home)];
	enum rc rc = local_set_int(app->db, "epoch", epoch, err);

	if (!rc)
		rc = local_set_int(app->db, "acknowledged_to", 0, err);
	if (!rc)
		rc = local_set_int(app->db, "restored_on", dayno_of(app_now(app)), err);
	if (!rc && memcmp(app->home, nowhere, sizeof(nowhere)) != 0)
		rc = local_set(app->db, "home", app->home, sizeof(app->home), err);
	return rc;
}

static enum rc begin_epoch(struct app *app, unsigned step, struct err *err)
{
	bool own = !db_in_transaction(app->db);
	enum rc rc;

	if (app->epoch > UINT16_MAX - step)
		return err_set(err, RC_FULL, "đã khôi phục quá nhiều lần", "restored too many times");
	rc = own ? db_begin(app->db, err) : RC_OK;
	if (!rc)
		rc = write_epoch(app, (uint16_t)(app->epoch + step), err);
	if (!rc && own)
		rc = db_commit(app->db, err);
	if (rc && own)
		db_rollback(app->db);
	if (rc)
		return rc;
	app->epoch = (uint16_t)(app->epoch + step);
	app->copied = false;
	return RC_OK;
}

enum rc app_next_epoch(struct app *app, struct err *err)
{
	return begin_epoch(app, 1, err);
}

/* Two copies, or a copy and a restored backup, know nothing of each other: chance keeps their epochs apart. */
enum rc app_before_event(struct app *app, struct err *err)
{
	uint8_t chance;

	if (!app->copied)
		return RC_OK;
	random_bytes(&chance, 1);
	return begin_epoch(app, 2 + chance % 8U, err);
}

static bool numbers_mean_something(unsigned long disk_type)
{
	static const unsigned long made_up[] = { MSDOS_SUPER_MAGIC, EXFAT_SUPER_MAGIC, SMB_SUPER_MAGIC,
						 SMB2_SUPER_MAGIC,  CIFS_SUPER_MAGIC,  FUSE_SUPER_MAGIC,
						 NFS_SUPER_MAGIC };

	for (size_t i = 0; i < ARRAY_LEN(made_up); i++)
		if ((uint32_t)disk_type == (uint32_t)made_up[i])
			return false;
	return true;
}

/*
 * Where the store lives: this machine, and the file where its number means
 * something (FAT and network shares make numbers up). Another home is a copy:
 * both may go on working.
 */
static void home_of(const char *path, uint8_t out[16])
{
	struct buf text = BUF(256);
	struct statfs disk;
	struct stat file;

	if (file_read("/etc/machine-id", &text, NULL))
		buf_clear(&text);
	if (!statfs(path, &disk) && numbers_mean_something((unsigned long)disk.f_type) && !stat(path, &file))
		buf_printf(&text, "%llu", (unsigned long long)file.st_ino);
	hash_of(buf_str(&text), text.len, out, 16);
	buf_done(&text);
}

/* A copy of an enrolled store is told; one that is not enrolled meets nobody. */
static enum rc check_home(struct app *app, struct err *err)
{
	struct buf known = BUF(64), enrolment = BUF(1);
	bool moved;
	enum rc rc = RC_OK;

	home_of(db_path(app->db), app->home);
	moved = local_get(app->db, "home", &known, NULL) != RC_OK || known.len != sizeof(app->home) ||
		memcmp(known.data, app->home, sizeof(app->home)) != 0;
	if (moved && known.len)
		app->copied = !local_get(app->db, "enrolment", &enrolment, NULL) || enrolment.full;
	if (moved && !app->copied)
		rc = local_set(app->db, "home", app->home, sizeof(app->home), err);
	buf_done(&known);
	buf_done(&enrolment);
	return rc;
}

enum rc app_rekey(struct app *app, struct err *err)
{
	enum rc rc = db_rekey(app->db, err);

	if (rc || app->copied)
		return rc;
	home_of(db_path(app->db), app->home);
	return local_set(app->db, "home", app->home, sizeof(app->home), err);
}

enum rc app_open(struct app *app, const char *path, const char *user, const char *passphrase, struct err *err)
{
	enum lang lang = app->lang;
	enum rc rc;

	memset(app, 0, sizeof(*app));
	app->lang = lang;
	rc = db_open(path, user, passphrase, &app->db, err);
	if (rc)
		return rc;
	snprintf(app->user, sizeof(app->user), "%s", db_user(app->db));
	rc = check_opened(app, err);
	if (!rc)
		rc = sign_in(app, err);
	if (!rc)
		clock_set_offset(local_int(app->db, "clock_offset", 0));
	if (!rc)
		rc = check_home(app, err);
	if (rc)
		app_close(app);
	return rc;
}

static const char HUB_USER[] = "hub";

static enum rc make_hub_store(struct app *app, const struct app_make *make, struct err *err)
{
	app->epoch = 1;
	app->role = ROLE_ADMIN;
	snprintf(app->unit, sizeof(app->unit), "%s", make->unit);
	snprintf(app->unit_name, sizeof(app->unit_name), "%s", make->unit_name);
	random_bytes(app->device, sizeof(app->device));
	return write_first_events(app, err);
}

enum rc app_open_key(struct app *app, const char *path, const uint8_t key[32], const struct app_make *make,
		     struct err *err)
{
	enum lang lang = app->lang;
	bool missing = access(path, F_OK) != 0;
	enum rc rc;

	if (missing && !make)
		return RC_NONE;
	memset(app, 0, sizeof(*app));
	app->lang = lang;
	snprintf(app->user, sizeof(app->user), "%s", HUB_USER);
	rc = db_open_key(path, key, missing, &app->db, err);
	if (rc)
		return rc;
	rc = missing ? make_hub_store(app, make, err) : check_opened(app, err);
	if (rc) {
		app_close(app);
		if (missing)
			unlink(path);
		return rc;
	}
	app->role = ROLE_ADMIN;
	return RC_OK;
}

void app_close(struct app *app)
{
	uint8_t digest[DB_HEAD_SIZE];

	if (app->db) {
		db_rollback(app->db);
		if (!journal_digest(app->db, digest, NULL))
			db_set_head(app->db, digest);
		catalog_forget(app);
		db_close(app->db);
	}
	memset(app, 0, sizeof(*app));
}
