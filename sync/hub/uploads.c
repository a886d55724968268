#include "sync/hub/uploads.h"

#include "db/base/file.h"
#include "db/base/hash.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * ID-DEVICE-LENGTH.part: the name holds all there is to know, so a hub that
 * was killed finds everything again and nothing else needs to be written.
 */
static bool part_path(const struct uploads *uploads, const struct upload *upload, char out[HUB_PATH])
{
	char id[2 * BATCH_ID + 1], device[2 * DEVICE_ID + 1];

	hex_of(upload->id, BATCH_ID, id);
	hex_of(upload->device, DEVICE_ID, device);
	return snprintf(out, HUB_PATH, "%s/%s-%s-%zu.part", uploads->dir, id, device, upload->length) < HUB_PATH;
}

static bool parse_name(const char *name, struct upload *out)
{
	char id[2 * BATCH_ID + 1], device[2 * DEVICE_ID + 1], *end;
	unsigned long length;

	if (strlen(name) < sizeof(id) + sizeof(device) || name[2 * BATCH_ID] != '-' ||
	    name[2 * BATCH_ID + 1 + 2 * DEVICE_ID] != '-')
		return false;
	memcpy(id, name, 2 * BATCH_ID);
	id[2 * BATCH_ID] = '\0';
	memcpy(device, name + 2 * BATCH_ID + 1, 2 * DEVICE_ID);
	device[2 * DEVICE_ID] = '\0';
	length = strtoul(name + sizeof(id) + sizeof(device), &end, 10);
	if (!hex_parse(id, out->id, BATCH_ID) || !hex_parse(device, out->device, DEVICE_ID) || length < 1 ||
	    length > BATCH_MAX || strcmp(end, ".part") != 0)
		return false;
	out->length = (size_t)length;
	return true;
}

/* Take up one file of an earlier run; what cannot be an upload of ours is removed. */
static void adopt(struct uploads *uploads, const char *name)
{
	struct upload found = { 0 };
	struct stat there;
	char path[HUB_PATH];

	if (snprintf(path, sizeof(path), "%s/%s", uploads->dir, name) >= (int)sizeof(path))
		return;
	if (!parse_name(name, &found) || stat(path, &there) || (uint64_t)there.st_size > found.length ||
	    uploads->count == UPLOADS_MAX) {
		unlink(path);
		return;
	}
	found.offset = (size_t)there.st_size;
	found.touched = (msec)there.st_mtime * 1000;
	uploads->list[uploads->count++] = found;
}

enum rc uploads_open(struct uploads *uploads, const char *data_dir, struct err *err)
{
	struct dirent *entry;
	DIR *folder;

	memset(uploads, 0, sizeof(*uploads));
	if (snprintf(uploads->dir, sizeof(uploads->dir), "%s/incoming", data_dir) >= (int)sizeof(uploads->dir) - 160)
		return err_set(err, RC_INPUT, "Đường dẫn quá dài.", "The path is too long.");
	if (mkdir(uploads->dir, 0700) && errno != EEXIST)
		return file_error(errno, err);
	folder = opendir(uploads->dir);
	if (!folder)
		return file_error(errno, err);
	uploads->list = calloc(UPLOADS_MAX, sizeof(*uploads->list));
	if (!uploads->list)
		die("out of memory");
	while ((entry = readdir(folder)))
		if (entry->d_name[0] != '.')
			adopt(uploads, entry->d_name);
	closedir(folder);
	return RC_OK;
}

void uploads_close(struct uploads *uploads)
{
	free(uploads->list);
	uploads->list = NULL;
	uploads->count = 0;
}

struct upload *uploads_find(struct uploads *uploads, const uint8_t id[BATCH_ID], const uint8_t device[DEVICE_ID])
{
	for (size_t i = 0; i < uploads->count; i++)
		if (!memcmp(uploads->list[i].id, id, BATCH_ID) &&
		    !memcmp(uploads->list[i].device, device, DEVICE_ID))
			return &uploads->list[i];
	return NULL;
}

/* How many of this device there are, and the one left alone longest. */
static size_t count_of(const struct uploads *uploads, const uint8_t device[DEVICE_ID], struct upload **oldest)
{
	size_t count = 0;

	*oldest = NULL;
	for (size_t i = 0; i < uploads->count; i++) {
		struct upload *upload = &uploads->list[i];

		if (memcmp(upload->device, device, DEVICE_ID) != 0)
			continue;
		count++;
		if (!*oldest || upload->touched < (*oldest)->touched)
			*oldest = upload;
	}
	return count;
}

/* Is there room for one more of this device, perhaps after giving up its stalest? */
static bool make_room(struct uploads *uploads, const uint8_t device[DEVICE_ID], msec now)
{
	struct upload *oldest;

	if (count_of(uploads, device, &oldest) >= UPLOADS_PER_DEVICE &&
	    now - oldest->touched >= UPLOADS_MINUTES * MINUTE_MS)
		uploads_drop(uploads, oldest);
	return uploads->count < UPLOADS_MAX && count_of(uploads, device, &oldest) < UPLOADS_PER_DEVICE;
}

enum rc uploads_create(struct uploads *uploads, const uint8_t id[BATCH_ID], const uint8_t device[DEVICE_ID],
		       size_t length, struct upload **out, struct err *err)
{
	struct upload made = { .length = length, .touched = clock_system() };
	struct upload *known = uploads_find(uploads, id, device);
	char path[HUB_PATH];
	int fd;

	if (known && known->length != length)
		return err_set(err, RC_INPUT, "Gói này đã được báo với độ dài khác.",
			       "This batch was announced with another length.");
	if (known) {
		*out = known;
		return RC_OK;
	}
	if (!make_room(uploads, device, made.touched))
		return err_set(err, RC_FULL, "Quá nhiều gói đang gửi dở.", "Too many unfinished uploads.");
	memcpy(made.id, id, BATCH_ID);
	memcpy(made.device, device, DEVICE_ID);
	if (!part_path(uploads, &made, path))
		return err_set(err, RC_INPUT, "Đường dẫn quá dài.", "The path is too long.");
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_error(errno, err);
	close(fd);
	uploads->list[uploads->count] = made;
	*out = &uploads->list[uploads->count++];
	return RC_OK;
}

enum rc uploads_append(struct uploads *uploads, struct upload *upload, const void *data, size_t len, struct err *err)
{
	char path[HUB_PATH];
	enum rc rc;
	int fd;

	if (len > upload->length - upload->offset)
		return err_set(err, RC_FULL, "Gói dài hơn đã báo.", "The body is longer than announced.");
	if (!part_path(uploads, upload, path))
		return err_set(err, RC_INPUT, "Đường dẫn quá dài.", "The path is too long.");
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return file_error(errno, err);
	if (lseek(fd, (off_t)upload->offset, SEEK_SET) < 0)
		rc = file_error(errno, err);
	else
		rc = file_write_fd(fd, data, len, err);
	if (close(fd) && !rc)
		rc = file_error(errno, err);
	if (!rc) {
		upload->offset += len;
		upload->touched = clock_system();
	}
	return rc;
}

enum rc uploads_read(struct uploads *uploads, const struct upload *upload, struct buf *out, struct err *err)
{
	char path[HUB_PATH];

	if (!part_path(uploads, upload, path))
		return err_set(err, RC_INPUT, "Đường dẫn quá dài.", "The path is too long.");
	return file_read(path, out, err);
}

void uploads_drop(struct uploads *uploads, struct upload *upload)
{
	char path[HUB_PATH];

	if (part_path(uploads, upload, path))
		unlink(path);
	*upload = uploads->list[--uploads->count];
}

void uploads_expire(struct uploads *uploads, msec now)
{
	for (size_t i = uploads->count; i-- > 0;)
		if (now - uploads->list[i].touched > UPLOADS_DAYS * DAY_MS)
			uploads_drop(uploads, &uploads->list[i]);
}
