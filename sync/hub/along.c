/*
 * along.c - what a stick takes home beside its receipts: batches of the hub, and of other devices of the ward.
 *
 * A ward without a line gets its catalogue, its roster and its siblings' work this way. What lies there already is
 * not written again, so the same stick may come any number of times.
 */
#include "sync/hub/hub.h"

#include "db/base/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

enum {
	ALONG_MARGIN = 1 << 20, /* bytes left free on the stick */
	ALONG_BATCHES = 1000,   /* the newest of the ward; by order of arrival, as clocks may be wrong */
};

static const char SQL_NEWEST[] = "SELECT max(n) FROM batch";

static int64_t newest_batch(struct ward *ward)
{
	struct stmt *s = stmt_use(ward->app.db, SQL_NEWEST);
	int64_t n = stmt_row(s, NULL) ? 0 : stmt_int(s, 0);

	stmt_done(s);
	return n;
}

/* The hub's own words are always wanted. */
static bool is_wanted(const struct ward *ward, const struct manifest *m, int64_t n, int64_t newest)
{
	return !memcmp(m->device, ward->app.device, DEVICE_ID) || n > newest - ALONG_BATCHES;
}

static bool has_room(const char *dir, size_t len)
{
	struct statvfs fs;

	return !statvfs(dir, &fs) && (uint64_t)fs.f_bavail * fs.f_frsize > len + ALONG_MARGIN;
}

static enum rc write_one(const char *dir, const struct manifest *m, const struct buf *body, size_t *written,
			 struct err *err)
{
	char name[BATCH_NAME], path[HUB_PATH];
	struct stat there;
	enum rc rc;

	batch_name(m, name);
	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= (int)sizeof(path))
		return err_set(err, RC_INPUT, "Đường dẫn quá dài.", "The path is too long.");
	if (!stat(path, &there) && (uint64_t)there.st_size == body->len)
		return RC_OK;
	if (!has_room(dir, body->len))
		return err_set(err, RC_FULL, "Thiết bị đầy: chưa chép hết gói của trung tâm.",
			       "The stick is full: not every batch of the hub was written.");
	rc = file_write_atomic(path, body->data, body->len, err);
	*written += !rc;
	return rc;
}

enum rc hub_along(struct hub *hub, const struct hub_device *device, const char *dir, size_t *written, struct err *err)
{
	struct buf body = BUF(BATCH_MAX);
	struct manifest manifest;
	int64_t cursor = 0, newest = newest_batch(device->ward);
	enum rc rc;

	*written = 0;
	while (!(rc = hub_feed(hub, device, cursor, &cursor, &body, &manifest, err))) {
		if (is_wanted(device->ward, &manifest, cursor, newest))
			rc = write_one(dir, &manifest, &body, written, err);
		if (rc)
			break;
		buf_clear(&body);
	}
	buf_done(&body);
	return rc == RC_NONE ? RC_OK : rc;
}
