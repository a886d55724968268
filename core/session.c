#include "core/session.h"

#include <stdio.h>
#include <string.h>

#include "core/commit.h"
#include "core/setting.h"
#include "db/base/utf8.h"
#include "db/rec_fields.h"
#include "db/signin.h"

static enum rc check_name(const char *name, struct err *err)
{
	if (!*name || strlen(name) > DB_USER_MAX || !utf8_valid(name, strlen(name)))
		return err_field(err, "name", "tên dài 1 đến %d byte", "a name has 1 to %d bytes", DB_USER_MAX);
	for (const char *at = name; *at; at++)
		if ((unsigned char)*at <= ' ' || strchr("/\\\"'`|<>*?:;,()[]{}$&%=+!~^#@", *at) || *at == 0x7f)
			return err_field(err, "name", "tên chỉ gồm chữ, số, dấu chấm, gạch",
					 "a name has letters, digits, dots and dashes only");
	return RC_OK;
}

/* A user by name whatever its case. */
struct search {
	struct buf folded; /* of the name asked for */
	struct row *found;
	bool any;
};

static void copy_row(struct row *to, const struct row *from)
{
	to->rec = from->rec;
	to->kind = from->kind;
	rec_copy(&to->body, &from->body);
}

static enum rc compare_name(void *ctx, const struct row *row, struct err *err)
{
	struct search *search = ctx;
	struct buf folded = BUF(1024);

	(void)err;
	utf8_lower(rec_text(&row->body, USER_NAME), &folded);
	if (!strcmp(buf_str(&folded), buf_str(&search->folded))) {
		copy_row(search->found, row);
		search->any = true;
	}
	buf_done(&folded);
	return RC_OK;
}

/* RC_NONE when there is no such user. `row` is initialised. */
static enum rc find_user(struct db *db, const char *name, struct row *row, struct err *err)
{
	struct search search = { .folded = BUF(1024), .found = row };
	enum rc rc;

	utf8_lower(name, &search.folded);
	rc = row_walk(db, REC_USER, compare_name, &search, err);
	buf_done(&search.folded);
	if (!rc && !search.any)
		return err_set(err, RC_NONE, "không có người dùng này", "there is no such user");
	return rc;
}

static enum rc check_length(struct app *app, const char *passphrase, struct err *err)
{
	int64_t least = setting_int(app, "passphrase_min");

	if ((int64_t)utf8_letters(passphrase) < least)
		return err_set(err, RC_REFUSED, "mật khẩu cần ít nhất %d ký tự",
			       "a passphrase has at least %d characters",
			       (int)least);
	return RC_OK;
}

/* What the user's record becomes; nothing when it is that already. */
static enum rc write_user(struct app *app, const struct row *row, const char *name, enum role role, bool disabled,
			  struct err *err)
{
	struct rec rec, set;
	struct change change = { .verb = VERB_CHANGE, .kind = REC_USER, .rec = row->rec, .set = &set };
	struct path path = path_of(USER_DISABLED);
	enum rc rc = RC_OK;

	rec_init(&rec, REC_USER);
	rec_init(&set, REC_USER);
	if (row->rec) {
		rec_copy(&rec, &row->body);
	} else {
		change.verb = VERB_ADD;
		rec_put_text(&rec, USER_NAME, name);
	}
	if (role != ROLE_NONE)
		rec_put_num(&rec, USER_ROLE, role);
	if (disabled)
		rec_put_num(&rec, USER_DISABLED, 1);
	else
		rec_unset(&rec, &path);
	rec_diff(&row->body, &rec, &set);
	if (set.count)
		rc = commit_change(app, &change, NULL, NULL, err);
	rec_done(&set);
	rec_done(&rec);
	return rc;
}

static enum rc add_record_and_slot(struct app *app, const struct row *row, const char *name, enum role role,
				   const char *passphrase, struct err *err)
{
	enum rc rc;

	/* The slot first: it is in the header, which no rollback reaches. */
	rc = db_slot_set(app->db, name, passphrase, err);
	if (rc)
		return rc;
	rc = write_user(app, row, name, role, false, err);
	if (rc && db_slot_drop(app->db, name, NULL))
		(void)err_in(err, "khóa của người dùng còn lại, hãy thử lại",
			     "the user's slot is left over, try again");
	return rc;
}

enum rc session_add(struct app *app, const char *name, enum role role, const char *passphrase, struct err *err)
{
	struct row row;
	char stored[DB_USER_MAX + 1];
	enum rc rc = app_may(app, MAY_USER, err);

	if (!rc)
		rc = check_name(name, err);
	if (!rc)
		rc = check_length(app, passphrase, err);
	if (rc)
		return rc;
	row_init(&row);
	rc = find_user(app->db, name, &row, err);
	(void)snprintf(stored, sizeof(stored), "%s", rc ? name : rec_text(&row.body, USER_NAME));
	if (rc == RC_NONE)
		rc = role == ROLE_NONE ? err_field(err, "role", "cần vai trò", "a role is needed") : RC_OK;
	else if (!rc && !rec_true(&row.body, USER_DISABLED) && db_slot_exists(app->db, stored))
		rc = err_field(err, "name", "đã có người dùng này", "there is such a user already");
	if (!rc)
		rc = add_record_and_slot(app, &row, stored, role, passphrase, err);
	row_done(&row);
	return rc;
}

struct list {
	struct app *app;
	session_visit *each;
	void *ctx;
};

static enum rc list_one(void *ctx, const struct row *row, struct err *err)
{
	struct list *list = ctx;
	const struct session_user user = {
		.name = rec_text(&row->body, USER_NAME),
		.full_name = rec_text(&row->body, USER_FULL_NAME),
		.role = (enum role)rec_num_or(&row->body, USER_ROLE, ROLE_NONE),
		.disabled = rec_true(&row->body, USER_DISABLED),
		.slot = db_slot_exists(list->app->db, rec_text(&row->body, USER_NAME)),
	};

	return list->each(list->ctx, &user, err);
}

enum rc session_list(struct app *app, session_visit *each, void *ctx, struct err *err)
{
	struct list list = { app, each, ctx };
	enum rc rc = app_may(app, MAY_READ, err);

	return rc ? rc : row_walk(app->db, REC_USER, list_one, &list, err);
}

enum rc session_passwd(struct app *app, const char *name, const char *passphrase, struct err *err)
{
	bool own = !*name || !strcmp(name, app->user);
	const char *whose = own ? app->user : name;
	enum rc rc = app_may(app, own ? MAY_PASSWD : MAY_USER, err);

	if (!rc)
		rc = check_length(app, passphrase, err);
	if (!rc && !db_slot_exists(app->db, whose))
		return err_set(err, RC_NONE, "người này không đăng nhập được trên máy này",
			       "no such user signs in on this PC");
	if (!rc)
		rc = db_slot_set(app->db, whose, passphrase, err);
	if (!rc)
		session_note(app, own ? "passwd" : "passwd-other");
	return rc;
}

static enum rc count_admin(void *ctx, const struct row *row, struct err *err)
{
	unsigned *count = ctx;

	(void)err;
	*count += rec_num_or(&row->body, USER_ROLE, 0) == ROLE_ADMIN && !rec_true(&row->body, USER_DISABLED);
	return RC_OK;
}

/* Somebody must be left who can let others in. */
static enum rc not_the_last(struct app *app, const struct row *row, struct err *err)
{
	unsigned admins = 0;
	enum rc rc = row_walk(app->db, REC_USER, count_admin, &admins, err);

	if (!rc && rec_num_or(&row->body, USER_ROLE, 0) == ROLE_ADMIN && !rec_true(&row->body, USER_DISABLED) &&
	    admins <= 1)
		rc = err_set(err, RC_REFUSED, "đây là quản trị cuối cùng: hãy thêm quản trị khác trước",
			     "this is the last admin: add another first");
	return rc;
}

static enum rc may_disable(struct app *app, const struct row *row, struct err *err)
{
	enum rc rc = not_the_last(app, row, err);

	if (!rc && !strcmp(rec_text(&row->body, USER_NAME), app->user))
		rc = err_set(err, RC_REFUSED, "không tự khóa chính mình được", "nobody disables themselves");
	return rc;
}

enum rc session_full_name(struct app *app, const char *name, const char *full_name, struct err *err)
{
	struct rec set;
	struct row row;
	struct change change = { .verb = VERB_CHANGE, .kind = REC_USER, .set = &set };
	struct buf clean = BUF(4096);
	const struct path path = path_of(USER_FULL_NAME);
	enum rc rc = app_may(app, MAY_USER, err);

	row_init(&row);
	rec_init(&set, REC_USER);
	if (!rc && utf8_clean(full_name, strlen(full_name), &clean, NULL))
		rc = err_field(err, "full_name", "có ký tự lạ", "has odd characters");
	if (!rc)
		rc = find_user(app->db, name, &row, err);
	if (!rc && strcmp(buf_str(&clean), rec_text(&row.body, USER_FULL_NAME)) != 0) {
		change.rec = row.rec;
		if (clean.len)
			rec_put_text(&set, USER_FULL_NAME, buf_str(&clean));
		else
			rec_set_unset(&set, &path);
		rc = commit_change(app, &change, NULL, NULL, err);
	}
	rec_done(&set);
	row_done(&row);
	buf_done(&clean);
	return rc;
}

enum rc session_role(struct app *app, const char *name, enum role role, struct err *err)
{
	struct row row;
	enum rc rc = app_may(app, MAY_USER, err);

	if (!rc && (role <= ROLE_NONE || role >= ROLE_COUNT))
		rc = err_field(err, "role", "cần vai trò", "a role is needed");
	if (rc)
		return rc;
	row_init(&row);
	rc = find_user(app->db, name, &row, err);
	if (!rc && role != ROLE_ADMIN)
		rc = not_the_last(app, &row, err);
	if (!rc)
		rc = write_user(app, &row, name, role, rec_true(&row.body, USER_DISABLED), err);
	row_done(&row);
	return rc;
}

enum rc session_disable(struct app *app, const char *name, struct err *err)
{
	struct row row;
	char stored[DB_USER_MAX + 1];
	enum rc rc = app_may(app, MAY_USER, err);

	if (rc)
		return rc;
	row_init(&row);
	rc = find_user(app->db, name, &row, err);
	if (!rc)
		rc = may_disable(app, &row, err);
	(void)snprintf(stored, sizeof(stored), "%s", rec_text(&row.body, USER_NAME));
	if (!rc)
		rc = write_user(app, &row, stored, ROLE_NONE, true, err);
	row_done(&row);
	if (rc || !db_slot_exists(app->db, stored))
		return rc;
	rc = db_slot_drop(app->db, stored, err);
	if (!rc)
		rc = app_rekey(app, err); /* whoever kept the old key reads nothing that is written from now on */
	if (rc)
		return err_in(err, "người dùng đã bị khóa, nhưng chưa đổi được khóa dữ liệu (chạy: motcua rekey)",
			      "the user is disabled, but the data key could not be changed (run: motcua rekey)");
	return RC_OK;
}

enum rc session_recover(const char *path, const char *code, const char *name, const char *passphrase, struct err *err)
{
	struct app app = { .db = NULL };
	struct row row;
	enum rc rc = db_open(path, NULL, code, &app.db, err);

	if (rc)
		return rc;
	row_init(&row);
	rc = find_user(app.db, name, &row, err);
	if (!rc && rec_true(&row.body, USER_DISABLED))
		rc = err_set(err, RC_REFUSED, "tài khoản này đã bị khóa", "this account is disabled");
	if (!rc)
		rc = check_length(&app, passphrase, err);
	if (!rc)
		rc = db_slot_set(app.db, rec_text(&row.body, USER_NAME), passphrase, err);
	if (!rc)
		rc = signin_add(app.db, clock_now(), rec_text(&row.body, USER_NAME), "recover", err);
	row_done(&row);
	app_close(&app);
	return rc;
}

enum rc session_check(struct app *app, const char *passphrase, struct err *err)
{
	return db_slot_check(app->db, app->user, passphrase, err);
}

enum rc session_check_other(struct app *app, const char *name, const char *passphrase, struct err *err)
{
	return db_slot_check(app->db, name, passphrase, err);
}

unsigned session_failures(const struct app *app)
{
	return db_failed_signins(app->db);
}

void session_note(struct app *app, const char *what)
{
	if (signin_add(app->db, app_now(app), app->user, what, NULL))
		return; /* a full disk must not keep anybody from reading */
}
