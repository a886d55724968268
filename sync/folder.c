/*
 * folder.c - the folder carrier: a USB stick or an office share, one code path.
 *
 * A file is written under a temporary name, synced, renamed, read back and
 * compared before anybody says it may be removed. Readers take only whole
 * batches, so a stick pulled at any step leaves nothing that is believed.
 */
#include "sync/carrier.h"

#include "db/base/file.h"
#include "db/base/hash.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
	FOLDER_PATH = 4096,
	FOLDER_FILES_MAX = 20000, /* names looked at in one folder */
	SPACE_MARGIN = 64 << 10,  /* left free beside what is written */
};

static const msec NEWS_MS = INT64_C(60) * 24 * 3600 * 1000;

struct visit {
	struct app *app;
	struct identity *identity;
	const char *dir;
	struct round *round;
	carrier_progress *progress;
	void *ctx;
	size_t done, total;
	size_t need; /* bytes of `total` that are not there yet */
	bool shared; /* siblings may read here: acknowledged batches too, while they are news */
	struct buf file;
};

static bool join(char out[FOLDER_PATH], const char *dir, const char *name)
{
	return snprintf(out, FOLDER_PATH, "%s/%s", dir, name) < FOLDER_PATH;
}

static bool ends_with(const char *name, const char *ending)
{
	size_t len = strlen(name), tail = strlen(ending);

	return len > tail && !strcasecmp(name + len - tail, ending); /* FAT may have changed the case */
}

/* A problem with one file is counted and said; the rest goes on. */
static void note_problem(struct visit *v, const char *name, const struct err *why)
{
	v->round->problems++;
	v->round->last_problem = *why;
	(void)err_in(&v->round->last_problem, "%.150s", "%.150s", name);
}

/* Names in the folder with this ending, sorted; the caller frees. */
struct names {
	char **list;
	size_t count;
};

static void names_done(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->list[i]);
	free(names->list);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum rc names_read(const char *dir, const char *ending, struct names *out, struct err *err)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;
	size_t cap = 0;

	*out = (struct names){ NULL, 0 };
	if (!folder)
		return err_set(err, RC_IO, "Không mở được thư mục trao đổi: còn cắm và đúng tên không?",
			       "The exchange folder cannot be opened: is it there and named right?");
	while ((entry = readdir(folder)) && out->count < FOLDER_FILES_MAX) {
		if (!ends_with(entry->d_name, ending))
			continue;
		if (out->count == cap) {
			cap = cap ? cap * 2 : 64;
			out->list = realloc(out->list, cap * sizeof(char *));
			if (!out->list)
				die("out of memory");
		}
		out->list[out->count] = strdup(entry->d_name);
		if (!out->list[out->count++])
			die("out of memory");
	}
	closedir(folder);
	if (out->count > 1)
		qsort(out->list, out->count, sizeof(char *), compare_names);
	return RC_OK;
}

/* Does a file's name say that it is about this device; for a batch, also that this epoch of it made it? */
static bool is_own(const struct visit *v, const char *name)
{
	char mark[2 * DEVICE_ID + 16], device[2 * DEVICE_ID + 1];
	const char *ending = strrchr(name, '.');

	hex_of(v->app->device, DEVICE_ID, device);
	if (ending && !strcmp(ending, ".mcb")) /* another epoch's may be of a copy of this store */
		snprintf(mark, sizeof(mark), "-%s-%u-", device, v->app->epoch);
	else
		snprintf(mark, sizeof(mark), "-%s-", device);
	return strstr(name, mark) != NULL;
}

static bool keep_going(struct visit *v, const char *what)
{
	return !v->progress || v->progress(v->ctx, v->done, v->total > v->done ? v->total : v->done, what);
}

static enum rc cancelled(struct visit *v, struct err *err)
{
	v->round->cancelled = true;
	return err_set(err, RC_FAILED, "Đã dừng theo yêu cầu. Những gì đã chép vẫn an toàn.",
		       "Stopped as asked. What was copied is safe.");
}

/* Is the very same file there already? A different one under the name is replaced. */
static bool same_file(struct visit *v, const char *path, struct span body)
{
	buf_clear(&v->file);
	return !file_read(path, &v->file, NULL) && v->file.len == body.len &&
	       !memcmp(v->file.data, body.data, body.len);
}

/* What was just written shall come from the medium, not from memory. */
static void forget_cached(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return;
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	close(fd);
}

static enum rc write_checked(struct visit *v, const char *path, struct span body, struct err *err)
{
	enum rc rc = file_write_atomic(path, body.data, body.len, err);

	if (!rc)
		forget_cached(path);
	if (!rc && !same_file(v, path, body))
		rc = err_set(err, RC_IO,
			     "Đọc lại không khớp: thiết bị hỏng? Dữ liệu vẫn còn nguyên trong kho.",
			     "Reading back does not match: is the device failing? The data is whole in the "
			     "store.");
	return rc;
}

/* A sibling that has not met the hub for a while still needs what the hub has acknowledged. */
static bool is_news(const struct visit *v, const struct outbox_item *item)
{
	return app_now(v->app) - item->manifest.sealed_at < NEWS_MS;
}

static enum rc write_batch(void *ctx, const struct outbox_item *item, struct span body, struct err *err)
{
	struct visit *v = ctx;
	char name[BATCH_NAME], path[FOLDER_PATH];
	bool pending = item->state != BATCH_ACKNOWLEDGED;
	enum rc rc;

	if (!body.len || (!pending && !(v->shared && is_news(v, item))))
		return RC_OK;
	batch_name(&item->manifest, name);
	if (!join(path, v->dir, name))
		return err_set(err, RC_INPUT, "Tên thư mục quá dài.", "The folder's name is too long.");
	if (!keep_going(v, name))
		return cancelled(v, err);
	if (!same_file(v, path, body)) {
		rc = write_checked(v, path, body, err);
		if (rc)
			return rc;
		v->round->batches_sent++;
		v->round->bytes_up += body.len;
	}
	v->done += body.len;
	return item->state == BATCH_SEALED ? outbox_mark(v->app, item->manifest.id, BATCH_CARRIED, NULL, err)
					   : RC_OK;
}

static enum rc add_size(void *ctx, const struct outbox_item *item, struct span body, struct err *err)
{
	char name[BATCH_NAME], path[FOLDER_PATH];
	struct visit *v = ctx;
	struct stat there;

	(void)err;
	batch_name(&item->manifest, name);
	v->total += body.len;
	if (!join(path, v->dir, name) || stat(path, &there) || (uint64_t)there.st_size < body.len)
		v->need += body.len;
	return RC_OK;
}

/* Free space first: a stick that fills half-way helps nobody. */
static enum rc check_space(struct visit *v, struct err *err)
{
	struct statvfs fs;
	uint64_t free_bytes;
	enum rc rc = outbox_walk(v->app, true, add_size, v, err);

	if (rc)
		return rc;
	if (statvfs(v->dir, &fs))
		return err_set(err, RC_IO, "Không mở được thư mục trao đổi: còn cắm và đúng tên không?",
			       "The exchange folder cannot be opened: is it there and named right?");
	free_bytes = (uint64_t)fs.f_bavail * fs.f_frsize;
	if (v->need && free_bytes < v->need + SPACE_MARGIN)
		return err_set(err, RC_FULL, "Không đủ chỗ: cần %zu KB, còn %" PRIu64 " KB. Chưa ghi gì cả.",
			       "Not enough room: %zu KB needed, %" PRIu64 " KB free. Nothing was written.",
			       (v->need + SPACE_MARGIN) / 1024, free_bytes / 1024);
	return RC_OK;
}

static void take_receipt(struct visit *v, const char *name)
{
	char path[FOLDER_PATH];
	struct receipt receipt;
	struct err why = { 0 };
	uint64_t before = (uint64_t)local_int(v->app->db, "acknowledged_to", 0);
	enum rc rc;

	buf_clear(&v->file);
	if (!join(path, v->dir, name) || file_read(path, &v->file, NULL))
		return;
	v->round->bytes_down += v->file.len;
	rc = receipt_apply(v->app, v->identity, v->file.data, v->file.len, &receipt, &why);
	if (rc)
		note_problem(v, name, &why);
	else if (receipt.epoch == v->app->epoch && receipt.acknowledged_to > before)
		v->round->events_sent += (size_t)(receipt.acknowledged_to - before);
}

static void take_batch(struct visit *v, const char *name)
{
	char path[FOLDER_PATH];
	struct ingested in = { 0 };
	struct err why = { 0 };
	enum rc rc;

	buf_clear(&v->file);
	if (!join(path, v->dir, name))
		return;
	rc = file_read(path, &v->file, &why);
	/* A team laptop meets counters' batches on a share: they are not for it, and that is no fault. */
	if (!rc && v->identity->certificate.role == DEVICE_TEAM &&
	    batch_for_others(v->identity, v->file.data, v->file.len))
		return;
	if (!rc)
		rc = ingest_batch(v->app, v->identity, v->file.data, v->file.len, &in, &why);
	if (rc) {
		note_problem(v, name, &why);
		return;
	}
	if (in.fork) {
		(void)err_set(&why, RC_DAMAGED, "máy gửi đã rẽ nhánh (khôi phục hoặc sao chép); không nhận",
			      "the sending device has forked (restored or copied); not taken");
		note_problem(v, name, &why);
	}
	if (!in.known) {
		v->round->batches_received++;
		v->round->events_received += in.events_new;
		v->round->bytes_down += v->file.len;
	}
}

static enum rc take_all(struct visit *v, const char *ending, bool own,
			void (*take)(struct visit *, const char *), struct err *err)
{
	struct names names;
	enum rc rc = names_read(v->dir, ending, &names, err);

	if (rc)
		return rc;
	for (size_t i = 0; i < names.count; i++) {
		if (is_own(v, names.list[i]) != own)
			continue;
		if (!keep_going(v, names.list[i])) {
			rc = cancelled(v, err);
			break;
		}
		take(v, names.list[i]);
	}
	names_done(&names);
	return rc;
}

/* What a write of ours left when the stick was pulled: NAME.mcb. and six letters. Nobody takes it for a
 * batch. */
static void remove_leftovers(const struct visit *v)
{
	static const char mark[] = ".mcb.";
	char path[FOLDER_PATH];
	struct dirent *entry;
	DIR *folder = opendir(v->dir);

	if (!folder)
		return;
	while ((entry = readdir(folder))) {
		const char *at = strstr(entry->d_name, mark);

		if (at && strlen(at) == sizeof(mark) - 1 + 6 && is_own(v, entry->d_name) &&
		    join(path, v->dir, entry->d_name))
			(void)unlink(path);
	}
	closedir(folder);
}

/* Receipts first, as they say what need not be written again; then others' batches; then ours. */
static enum rc exchange(struct visit *v, bool take, struct err *err)
{
	size_t sealed;
	enum rc rc = outbox_seal(v->app, v->identity, &sealed, err);

	if (!rc && take)
		rc = take_all(v, ".mcr", true, take_receipt, err);
	if (!rc && take)
		rc = take_all(v, ".mcb", false, take_batch, err);
	remove_leftovers(v);
	if (!rc)
		rc = check_space(v, err);
	if (!rc)
		rc = outbox_walk(v->app, false, write_batch, v, err);
	return rc;
}

static enum rc visit_folder(struct app *app, const char *dir, bool take, struct round *out,
			    carrier_progress *progress, void *ctx, struct err *err)
{
	struct identity identity;
	struct visit v = { .app = app,
			   .identity = &identity,
			   .dir = dir,
			   .round = out,
			   .progress = progress,
			   .ctx = ctx,
			   .shared = take,
			   .file = BUF(BATCH_MAX) };
	enum rc rc = identity_load(app, &identity, err);

	memset(out, 0, sizeof(*out));
	if (rc)
		return rc;
	rc = exchange(&v, take, err);
	out->acknowledged_to = (uint64_t)local_int(app->db, "acknowledged_to", 0);
	buf_done(&v.file);
	identity_done(&identity);
	return rc;
}

enum rc folder_round(struct app *app, const char *dir, struct round *out, carrier_progress *progress,
		     void *ctx, struct err *err)
{
	return visit_folder(app, dir, true, out, progress, ctx, err);
}

enum rc folder_put(struct app *app, const char *dir, struct round *out, carrier_progress *progress, void *ctx,
		   struct err *err)
{
	return visit_folder(app, dir, false, out, progress, ctx, err);
}

/* Octal escapes of /proc/mounts ("\040" is a space). */
static void unescape_mount(char *path)
{
	char *to = path;

	for (char *at = path; *at; at++) {
		if (*at == '\\' && strspn(at + 1, "01234567") >= 3) {
			*to++ = (char)((at[1] - '0') << 6 | (at[2] - '0') << 3 | (at[3] - '0'));
			at += 3;
		} else {
			*to++ = *at;
		}
	}
	*to = '\0';
}

static bool is_removable(const char *device, const char *path)
{
	char name[64] = "", flag_path[128], flag = '0';
	FILE *flag_file;

	if (!strncmp(path, "/media/", 7) || !strncmp(path, "/run/media/", 11))
		return true;
	if (sscanf(device, "/dev/%63[a-z]", name) != 1)
		return false;
	snprintf(flag_path, sizeof(flag_path), "/sys/block/%s/removable", name);
	flag_file = fopen(flag_path, "re");
	if (!flag_file)
		return false;
	if (fread(&flag, 1, 1, flag_file) != 1)
		flag = '0';
	fclose(flag_file);
	return flag == '1';
}

enum rc folder_media(struct buf *paths, struct err *err)
{
	const char *list = getenv("MOTCUA_MOUNTS");
	FILE *mounts = fopen(list ? list : "/proc/self/mounts", "re");
	char device[FOLDER_PATH], path[FOLDER_PATH];
	struct buf found = BUF(64 << 10); /* in the order they were mounted */

	if (!mounts)
		return err_set(err, RC_IO, "Không đọc được danh sách ổ đĩa.",
			       "The list of drives cannot be read.");
	while (fscanf(mounts, "%4095s %4095s%*[^\n]", device, path) == 2) {
		unescape_mount(path);
		if (list || is_removable(device, path))
			buf_add(&found, path, strlen(path) + 1);
	}
	fclose(mounts);
	for (size_t start, end = found.len; end; end = start) {
		for (start = end - 1; start && found.data[start - 1]; start--)
			;
		buf_add(paths, found.data + start, end - start);
	}
	buf_done(&found);
	buf_byte(paths, 0);
	return RC_OK;
}
