#include "db/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/random.h"

enum { CHUNK = 65536, PATH_BYTES = 4096 };

static const struct {
	int error;
	enum rc rc;
	struct words words;
} faults[] = {
	{ ENOSPC, RC_FULL,
	  T("ổ đĩa đã đầy; hãy giải phóng chỗ trống rồi làm lại",
	    "the disk is full; free some space and try again") },
	{ EDQUOT, RC_FULL,
	  T("đã hết hạn mức trên ổ đĩa; hãy giải phóng chỗ trống rồi làm lại",
	    "the quota of the disk is used up; free some space and try again") },
	{ EROFS, RC_IO,
	  T("ổ đĩa hoặc thư mục chỉ cho đọc; hãy cấp quyền ghi rồi làm lại",
	    "the disk or folder is read-only; allow writing and try again") },
	{ EACCES, RC_IO,
	  T("không có quyền trên tệp hoặc thư mục này", "no permission for this file or folder") },
	{ EPERM, RC_IO,
	  T("không có quyền trên tệp hoặc thư mục này", "no permission for this file or folder") },
	{ ENOENT, RC_NONE, T("không có tệp hoặc thư mục này", "no such file or folder") },
	{ ENOTDIR, RC_NONE, T("không có tệp hoặc thư mục này", "no such file or folder") },
	{ ENODEV, RC_IO, T("thiết bị đã bị rút ra", "the device was pulled out") },
	{ ENXIO, RC_IO, T("thiết bị đã bị rút ra", "the device was pulled out") },
};

enum rc file_error(int error, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		if (faults[i].error == error)
			return err_set(err, faults[i].rc, "%s%.0s", "%.0s%s", faults[i].words.vi,
				       faults[i].words.en);
	}
	return err_set(err, RC_IO, "hệ điều hành báo lỗi: %s", "the system reports: %s", strerror(error));
}

enum rc file_read_fd(int fd, struct buf *out, struct err *err)
{
	for (;;) {
		size_t left = out->max - out->len, want = left < CHUNK ? left : CHUNK;
		uint8_t spare, *room = want ? buf_room(out, want) : &spare;
		ssize_t n;

		if (!room)
			return RC_FULL;
		n = read(fd, room, want ? want : 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return file_error(errno, err);
		if (n == 0)
			return RC_OK;
		if (!left)
			return err_set(err, RC_FULL, "tệp lớn quá %zu byte",
				       "the file is larger than %zu bytes", out->max);
		out->len += (size_t)n;
		out->data[out->len] = '\0';
	}
}

enum rc file_read(const char *path, struct buf *out, struct err *err)
{
	size_t before = out->len;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;
	enum rc rc;

	if (fd < 0)
		return file_error(errno, err);
	if (fstat(fd, &st))
		rc = file_error(errno, err);
	else if (!S_ISREG(st.st_mode))
		rc = err_set(err, RC_INPUT, "đây không phải một tệp thường", "this is not a regular file");
	else
		rc = file_read_fd(fd, out, err);
	if (rc)
		out->len = before;
	close(fd);
	return rc;
}

enum rc file_write_fd(int fd, const void *data, size_t len, struct err *err)
{
	const uint8_t *at = data;

	while (len > 0) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return file_error(errno, err);
		at += n;
		len -= (size_t)n;
	}
	return RC_OK;
}

enum rc file_sync_folder(const char *path, struct err *err)
{
	char folder[PATH_BYTES];
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;
	enum rc rc = RC_OK;
	int fd;

	if (len >= sizeof(folder))
		return file_error(ENAMETOOLONG, err);
	snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(len ? len : 1) : 1, slash ? path : ".");
	fd = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
	if (fd < 0)
		return file_error(errno, err);
	/* FAT and some shares cannot sync a folder and say so; there is nothing better to do there. */
	if (fsync(fd) && errno != EINVAL && errno != ENOTSUP)
		rc = file_error(errno, err);
	close(fd);
	return rc;
}

enum rc file_rename(const char *from, const char *to, struct err *err)
{
	if (rename(from, to))
		return file_error(errno, err);
	return file_sync_folder(to, err);
}

enum rc file_write_atomic(const char *path, const void *data, size_t len, struct err *err)
{
	char temporary[PATH_BYTES];
	uint64_t name;
	enum rc rc;
	int fd;

	random_bytes(&name, sizeof(name));
	if (snprintf(temporary, sizeof(temporary), "%s.%016" PRIx64, path, name) >= (int)sizeof(temporary))
		return file_error(ENAMETOOLONG, err);
	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_error(errno, err);
	rc = file_write_fd(fd, data, len, err);
	if (!rc && fsync(fd))
		rc = file_error(errno, err);
	if (close(fd) && !rc)
		rc = file_error(errno, err);
	if (!rc)
		rc = file_rename(temporary, path, err);
	if (rc)
		unlink(temporary);
	return rc;
}
