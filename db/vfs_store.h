/*
 * vfs_store.h - what the VFS knows of a sealed store: keys, header, state.
 *
 * Made by db_open (or the extension) once the data key is known, found by the
 * VFS under its path when SQLite opens the file, and from then on the only
 * way to the header. One owner, who frees it after sqlite3_close. `why` says
 * what went wrong when SQLite could only say CANTOPEN or IOERR.
 */
#ifndef MOTCUA_VFS_STORE_H
#define MOTCUA_VFS_STORE_H

#include <sys/types.h>

#include "db/base/watch.h"
#include "db/header.h"

struct sqlite3_file;

struct vfs_store {
	struct vfs_store *next;
	char *path; /* as SQLite gives it to the VFS */
	struct key_ring *ring;
	struct header header;
	struct err why;
	unsigned failures; /* sign-ins that failed before this one */
	bool read_only;
	bool was_dirty; /* the last session did not close cleanly, or the file is not as it left it */
	bool altered;   /* closed cleanly, yet page 1 or the length is not what was written */
	bool heal;      /* one header copy was unreadable: write both anew */
	bool touched;   /* the header says `open` and something may have been written since */
	bool settle;    /* mark it clean when the file is closed */
	bool provided;  /* made for the VFS, which frees it */
	uint8_t head[HEADER_HASH_SIZE]; /* for the next clean close */
	void (*written)(void *ctx);     /* a commit is in the file and about to be made durable; or NULL */
	void *written_ctx;
	struct sqlite3_file *real;      /* while open */
	dev_t dev;
	ino_t ino;
};

/* Takes `ring` over, also on failure (then NULL and err). Puts the store where the VFS finds it. */
struct vfs_store *vfs_store_new(const char *path, struct key_ring *ring, bool read_only, struct err *err);
void vfs_store_free(struct vfs_store *store); /* NULL is fine */

/* The store at `path` as this process has it open, else NULL. The header of an open one is read by no other means. */
struct vfs_store *vfs_store_open_at(const char *path);

/* Write the header as it stands in memory, both copies, durably. The store is open and not read-only. */
enum rc vfs_store_save(struct vfs_store *store, struct err *err) MUST_CHECK;

/*
 * Every page into a new file at `path` (which must not exist) under `ring` and
 * `header` (its page_id drawn anew), with `header` written clean; read back
 * and checked. The store is open, its WAL is empty. Nothing stays behind on failure
 * or when `watch` (NULL is fine) stops it.
 */
enum rc vfs_store_copy(struct vfs_store *store, const char *path, const struct key_ring *ring,
		       struct header *header, const struct watch *watch, struct err *err) MUST_CHECK;

/* A file with this header and no pages at `path`, which must not exist. */
enum rc vfs_store_make(const char *path, const struct key_ring *ring, const struct header *header,
		       struct err *err) MUST_CHECK;

/* For the VFS. Results are SQLite codes. */
struct vfs_store *vfs_store_find(const char *path);
/* Lock, read and check the header and what lies beside the file. */
int vfs_store_attach(struct vfs_store *store, struct sqlite3_file *real);
/* Before the first write of a session: say `open` in the header. */
int vfs_store_touch(struct vfs_store *store);
/* The file is about to be closed: say `clean` if all is in it. */
void vfs_store_detach(struct vfs_store *store);

#endif
