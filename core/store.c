#include "core/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/commit.h"
#include "core/session.h"
#include "db/base/file.h"
#include "db/journal.h"

enum rc store_backup(struct app *app, const char *path, const struct watch *watch, struct err *err)
{
	enum rc rc = app_may(app, MAY_BACKUP, err);
	uint8_t digest[DB_HEAD_SIZE];

	if (!rc)
		rc = journal_digest(app->db, digest, err);
	if (rc)
		return rc;
	session_note(app, "backup");
	db_set_head(app->db, digest); /* the copy is a store that was closed here */
	return db_backup(app->db, path, watch, err);
}

enum rc store_verify(struct app *app, const struct watch *watch, int64_t *events, struct err *err)
{
	enum rc rc = app_may(app, MAY_READ, err);

	return rc ? rc : commit_verify_watched(app, watch, events, err);
}

enum rc store_rekey(struct app *app, struct err *err)
{
	enum rc rc = app_may(app, MAY_REKEY, err);

	if (rc)
		return rc;
	session_note(app, "rekey");
	return app_rekey(app, err);
}

enum rc store_rebuild(struct app *app, void (*progress)(void *ctx, unsigned percent), void *ctx, struct err *err)
{
	enum rc rc = app_may(app, MAY_REBUILD, err);

	if (rc)
		return rc;
	session_note(app, "rebuild");
	return commit_rebuild(app, progress, ctx, err);
}

static const struct words reading = T("Đang đọc bản sao", "Reading the copy");

static enum rc copy_bytes(int in, int out, const struct watch *watch, struct err *err)
{
	uint8_t chunk[1 << 16];
	uint64_t done = 0, total;
	struct stat stat;
	ssize_t got;
	enum rc rc;

	if (fstat(in, &stat))
		return file_error(errno, err);
	total = (uint64_t)stat.st_size;
	for (;;) {
		rc = watch_tell(watch, &reading, done, total, err);
		if (rc)
			return rc;
		got = read(in, chunk, sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return file_error(errno, err);
		if (!got)
			return fsync(out) ? file_error(errno, err) : RC_OK;
		rc = file_write_fd(out, chunk, (size_t)got, err);
		if (rc)
			return rc;
		done += (uint64_t)got;
	}
}

static enum rc copy_file(const char *from, const char *to, const struct watch *watch, struct err *err)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	enum rc rc;

	if (in < 0 && errno == ENOENT)
		return err_set(err, RC_NONE, "không có tệp %.300s", "no file %.300s", from);
	if (in < 0)
		return file_error(errno, err);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	rc = out < 0 ? file_error(errno, err) : copy_bytes(in, out, watch, err);
	(void)close(in);
	if (out >= 0 && close(out) && !rc)
		rc = file_error(errno, err);
	return rc;
}

static enum rc make_ready(const char *path, const struct store_restore *restore, int64_t *events, struct err *err)
{
	struct app app = { .db = NULL };
	enum rc rc = app_open(&app, path, restore->user, restore->passphrase, err);

	if (!rc)
		rc = app_may(&app, MAY_RESTORE, err);
	if (!rc)
		rc = commit_verify_watched(&app, restore->watch, events, err);
	if (!rc)
		rc = app_next_epoch(&app, err);
	if (!rc)
		session_note(&app, "restore");
	app_close(&app);
	return rc;
}

/* What stands there keeps its content under another name. */
static enum rc move_aside(const char *path, char *aside, size_t size, struct err *err)
{
	char wal[4200], wal_aside[4200];
	struct civil now = clock_civil(clock_system());

	(void)snprintf(aside, size, "%s.%04d%02d%02d-%02d%02d%02d", path, now.year, now.month, now.day, now.hour,
		       now.minute,
		       now.second);
	(void)snprintf(wal, sizeof(wal), "%s-wal", path);
	(void)snprintf(wal_aside, sizeof(wal_aside), "%s-wal", aside);
	if (!access(aside, F_OK))
		return err_set(err, RC_IO, "đã có tệp %.300s", "there is a file %.300s already", aside);
	if (!access(wal, F_OK) && rename(wal, wal_aside))
		return file_error(errno, err);
	return file_rename(path, aside, err);
}

/* As move_aside found it. */
static void move_back(const char *path, char *aside)
{
	char wal[4200], wal_aside[4200];

	(void)snprintf(wal, sizeof(wal), "%s-wal", path);
	(void)snprintf(wal_aside, sizeof(wal_aside), "%s-wal", aside);
	(void)rename(wal_aside, wal);
	if (!file_rename(aside, path, NULL))
		aside[0] = '\0';
}

static enum rc put_in_place(const char *ready, const struct store_restore *restore, char *aside, size_t size,
			    struct err *err)
{
	enum rc rc = RC_OK;

	if (!access(restore->to, F_OK))
		rc = move_aside(restore->to, aside, size, err);
	if (!rc)
		rc = file_rename(ready, restore->to, err);
	if (rc && aside[0] && access(restore->to, F_OK))
		move_back(restore->to, aside);
	return rc;
}

/* What was being made ready, and the log a damaged one may leave. */
static void drop_ready(const char *ready)
{
	char wal[4300];

	(void)snprintf(wal, sizeof(wal), "%s-wal", ready);
	(void)unlink(ready);
	(void)unlink(wal);
}

/* A store another program writes to stays where it is; one too damaged to tell may go. */
static enum rc check_free(const char *path, struct err *err)
{
	struct err why = { 0 };
	unsigned users;

	if (access(path, F_OK) || db_slot_count(path, &users, &why) != RC_REFUSED)
		return RC_OK;
	*err = why;
	return RC_REFUSED;
}

enum rc store_restore(const struct store_restore *restore, char *aside, size_t size, int64_t *events, struct err *err)
{
	char ready[4200];
	enum rc rc;

	aside[0] = '\0';
	if (!access(restore->to, F_OK) && !restore->replace)
		return err_set(err, RC_REFUSED, "đã có %.300s: dùng --force để chuyển nó sang tên khác trước",
			       "there is %.300s already: --force moves it aside first", restore->to);
	(void)snprintf(ready, sizeof(ready), "%s.restoring", restore->to);
	rc = check_free(restore->to, err);
	if (rc)
		return rc;
	drop_ready(ready); /* of a try that was cut off */
	rc = copy_file(restore->from, ready, restore->watch, err);
	if (!rc)
		rc = make_ready(ready, restore, events, err);
	if (rc == RC_DAMAGED)
		rc = err_set(err, RC_DAMAGED, "bản sao này hỏng, không dùng được; kho đang dùng vẫn như cũ",
			     "this copy is damaged and of no use; the present store is as it was");
	if (!rc)
		rc = check_free(restore->to, err);
	if (!rc)
		rc = put_in_place(ready, restore, aside, size, err);
	if (rc)
		drop_ready(ready);
	return rc;
}
