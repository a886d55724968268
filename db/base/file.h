/*
 * file.h - whole files: read under a ceiling, written all or nothing.
 *
 * Names are the caller's, UTF-8, given to the system as they are. Messages
 * name what the system said, never a file's content. No state.
 */
#ifndef MOTCUA_FILE_H
#define MOTCUA_FILE_H

#include "db/base/buf.h"

/*
 * Append the whole file to `out`. RC_NONE: no such file. RC_FULL: larger than
 * the ceiling of `out`. RC_INPUT: not a regular file. RC_IO. "-" is not special.
 */
enum rc file_read(const char *path, struct buf *out, struct err *err) MUST_CHECK;
/* The same from an open descriptor (a pipe, stdin), to its end. */
enum rc file_read_fd(int fd, struct buf *out, struct err *err) MUST_CHECK;

/*
 * Replace or make `path` with these bytes: a temporary name beside it, fsync,
 * rename, fsync of the folder. On any failure `path` is as it was and nothing
 * stays behind. Mode 0600. RC_FULL: disk full; RC_IO.
 */
enum rc file_write_atomic(const char *path, const void *data, size_t len, struct err *err) MUST_CHECK;

/* All of it, whatever write() returns. RC_FULL: disk full; RC_IO. */
enum rc file_write_fd(int fd, const void *data, size_t len, struct err *err) MUST_CHECK;

/* Make the names in the folder that holds `path` durable. */
enum rc file_sync_folder(const char *path, struct err *err) MUST_CHECK;
/* Rename over what may be there, durably. */
enum rc file_rename(const char *from, const char *to, struct err *err) MUST_CHECK;

/* The enum rc and the sentence for errno: no space, read-only, no permission, else RC_IO. */
enum rc file_error(int error, struct err *err);

#endif
