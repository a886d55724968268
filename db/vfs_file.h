/*
 * vfs_file.h - an open file of the VFS, between db/vfs*.c.
 *
 * A node is what all handles of one database share in this process: keys and
 * the clear beginning of page 1. Handles keep a copy of it and look for a
 * newer one by `version`. Everything else belongs to one handle, which SQLite
 * never uses from two threads at once.
 */
#ifndef MOTCUA_VFS_FILE_H
#define MOTCUA_VFS_FILE_H

#include <stdatomic.h>

#include "db/vfs_api.h"
#include "db/vfs_seal.h"
#include "db/vfs_store.h"

enum {
	/* Asks a file whether it is ours, through whatever VFS lies above: arg is a struct vfs_file **. */
	VFS_OP_SELF = 0x6d637561,
	WAL_WRITE_LOCK = 0, /* SQLite's number for it */
};

struct vfs_node {
	struct vfs_node *next;
	char *path;
	dev_t dev;
	ino_t ino;
	unsigned handles;
	const struct key_ring *ring;
	struct vfs_store *store; /* NULL: no header, page 1 at 0 */
	atomic_uint version;     /* of the two below, which vfs_nodes' lock guards */
	uint32_t page_size;
	uint8_t id[PAGE_ID_SIZE];
	atomic_uint wal_epoch; /* counts the WAL write locks taken: another process may have restarted the log */
};

struct db_part {
	void **pdb;          /* SQLite's connection, when it told us */
	sqlite3_int64 end;   /* bytes of pages, when nobody else can change it; -1 unknown */
	uint8_t **shm;       /* shared memory of this process, a store's only */
	int shm_count;
	bool probed;
};

struct wal_part {
	uint8_t salts[WAL_SALTS];
	bool salted;
	unsigned epoch;
	sqlite3_int64 pending; /* the frame whose first `have` bytes wait in `plain`; -1 none */
	int have;
	sqlite3_int64 whole;   /* the frame that lies open in `plain`; -1 none */
	bool committed;        /* a commit has been written and not synced yet */
};

enum record_state { RECORD_NONE, RECORD_NUMBER, RECORD_PAGE };

struct journal_part {
	enum record_state state; /* how much of the record at `record` waits in `number` and `plain` */
	sqlite3_int64 record;
	uint8_t number[4];
	sqlite3_int64 cached; /* the record that lies open in `work`; -1 none */
	sqlite3_int64 header; /* the header this handle wrote last; -1 none */
	sqlite3_int64 super;  /* where the next piece of a super-journal's name goes; -1 none */
};

enum file_kind { FILE_DB, FILE_WAL, FILE_JOURNAL, FILE_CLEAR };

struct vfs_file {
	sqlite3_file file; /* SQLite's view, first */
	enum file_kind kind;
	sqlite3_file *real; /* the file below; for a WAL that a reader does not make, without methods */
	struct vfs_node *node;
	struct sealer sealer;
	unsigned version;
	uint8_t *work, *plain; /* page_size + WAL_FRAME_HEADER bytes each */
	uint32_t room;
	union {
		struct db_part db;
		struct wal_part wal;
		struct journal_part journal;
	} as;
};

static inline struct vfs_file *vfs_file_of(sqlite3_file *file)
{
	return (struct vfs_file *)file;
}

/* What the handle knows of the node, brought up to date; false while the page size is unknown. */
bool vfs_file_refresh(struct vfs_file *f);
/* Page 1 begins with this: tell the node if it is news. */
void vfs_file_learn(struct vfs_file *f, const uint8_t id[PAGE_ID_SIZE], uint32_t page_size);
/* Wipe and free what the handle owns; the real file stays. */
void vfs_file_done(struct vfs_file *f);

/* Plain pass-through to the real file, shared by all kinds. */
int vfs_pass_close(sqlite3_file *file);
int vfs_pass_read(sqlite3_file *file, void *data, int len, sqlite3_int64 at);
int vfs_pass_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 at);
int vfs_pass_truncate(sqlite3_file *file, sqlite3_int64 size);
int vfs_pass_sync(sqlite3_file *file, int flags);
int vfs_pass_size(sqlite3_file *file, sqlite3_int64 *size);
int vfs_pass_lock(sqlite3_file *file, int level);
int vfs_pass_unlock(sqlite3_file *file, int level);
int vfs_pass_check(sqlite3_file *file, int *reserved);
int vfs_pass_control(sqlite3_file *file, int op, void *arg);
int vfs_pass_sector(sqlite3_file *file);
int vfs_pass_traits(sqlite3_file *file);

extern const sqlite3_io_methods vfs_db_methods;       /* with shared memory */
extern const sqlite3_io_methods vfs_db_plain_methods; /* where the file below has none */
extern const sqlite3_io_methods vfs_wal_methods;
extern const sqlite3_io_methods vfs_journal_methods;
extern const sqlite3_io_methods vfs_clear_methods;

#endif
