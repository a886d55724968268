#include "db/vfs.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "db/vfs_file.h"

enum { WRAPS_MAX = 32, PATH_BYTES = 4200 };

/* A VFS of ours and the one below. */
struct wrap {
	sqlite3_vfs vfs;
	sqlite3_vfs *base;
	const struct key_ring *ring; /* seals every database; NULL: stores only */
};

/* SQLite keeps pointers to these for the life of the process. */
static struct wrap store_wrap, wraps[WRAPS_MAX];
static size_t wrap_count;
static const struct vfs_provider *provider;
static pthread_mutex_t nodes_lock = PTHREAD_MUTEX_INITIALIZER;
static struct vfs_node *nodes;

void vfs_nodes_lock(void)
{
	pthread_mutex_lock(&nodes_lock);
}

void vfs_nodes_unlock(void)
{
	pthread_mutex_unlock(&nodes_lock);
}

/* The newest node of that path. */
static struct vfs_node *node_find(const char *path, size_t len)
{
	struct vfs_node *node = nodes;

	while (node && (strncmp(node->path, path, len) != 0 || node->path[len] != '\0'))
		node = node->next;
	return node;
}

static struct vfs_node *node_make(const char *path, const struct stat *st, const struct key_ring *ring,
				  struct vfs_store *store)
{
	struct vfs_node *node = calloc(1, sizeof(*node));

	if (!node)
		die("out of memory");
	node->path = strdup(path);
	if (!node->path)
		die("out of memory");
	node->dev = st->st_dev;
	node->ino = st->st_ino;
	node->ring = ring;
	node->store = store;
	if (store) {
		memcpy(node->id, store->header.page_id, PAGE_ID_SIZE);
		node->page_size = HEADER_PAGE;
	}
	atomic_init(&node->version, 1);
	node->next = nodes;
	nodes = node;
	return node;
}

struct vfs_node *vfs_node_open(const char *path, const struct key_ring *ring, struct vfs_store *store)
{
	struct stat st = { 0 };
	struct vfs_node *node;

	if (stat(path, &st))
		memset(&st, 0, sizeof(st));
	vfs_nodes_lock();
	node = node_find(path, strlen(path));
	/* Another file of that name, the old one removed while a handle has it: not the same database. */
	if (!node || node->dev != st.st_dev || node->ino != st.st_ino)
		node = node_make(path, &st, ring, store);
	node->handles++;
	vfs_nodes_unlock();
	return node;
}

struct vfs_node *vfs_node_of_side(const char *path, const char *suffix)
{
	size_t len = strlen(path), tail = strlen(suffix);
	struct vfs_node *node = NULL;

	if (len <= tail || strcmp(path + len - tail, suffix) != 0)
		return NULL;
	vfs_nodes_lock();
	node = node_find(path, len - tail);
	if (node)
		node->handles++;
	vfs_nodes_unlock();
	return node;
}

void vfs_node_close(struct vfs_node *node)
{
	struct vfs_node **at = &nodes;

	vfs_nodes_lock();
	if (--node->handles == 0) {
		while (*at != node)
			at = &(*at)->next;
		*at = node->next;
		free(node->path);
		free(node);
	}
	vfs_nodes_unlock();
}

static struct wrap *wrap_of(sqlite3_vfs *vfs)
{
	return vfs->pAppData;
}

static int open_real(struct wrap *wrap, struct vfs_file *f, const char *path, int flags, int *out_flags)
{
	int code = wrap->base->xOpen(wrap->base, path, f->real, flags, out_flags);

	/* A VFS may leave methods behind when it fails; then it wants to be closed. */
	if (code && f->real->pMethods)
		f->real->pMethods->xClose(f->real);
	return code;
}

/* A node for the file, and the handle's first look at it. */
static void take_node(struct vfs_file *f, struct vfs_node *node)
{
	f->node = node;
	f->sealer.ring = node->ring;
	vfs_file_refresh(f);
}

static int attach_store(struct wrap *wrap, struct vfs_file *f, struct vfs_store *store, int flags,
			int *out_flags)
{
	int code;

	flags &= ~SQLITE_OPEN_CREATE;
	if (store->read_only)
		flags = (flags & ~SQLITE_OPEN_READWRITE) | SQLITE_OPEN_READONLY;
	code = open_real(wrap, f, store->path, flags, out_flags);
	if (code)
		return code;
	if (*out_flags & SQLITE_OPEN_READONLY)
		store->read_only = true;
	code = vfs_store_attach(store, f->real);
	if (code) {
		f->real->pMethods->xClose(f->real);
		return code;
	}
	take_node(f, vfs_node_open(store->path, store->ring, store));
	return SQLITE_OK;
}

static int open_store(struct wrap *wrap, struct vfs_file *f, const char *path, int flags, int *out_flags)
{
	struct vfs_store *store = vfs_store_find(path);
	int code;

	if (!store && provider) {
		store = provider->make(path);
		if (store)
			store->provided = true;
	}
	if (!store)
		return SQLITE_CANTOPEN;
	code = attach_store(wrap, f, store, flags, out_flags);
	if (!store->provided)
		return code;
	/* Whoever provides a store has not verified what an unclean session left. */
	store->settle = !store->was_dirty;
	if (code) {
		provider->failed(&store->why);
		vfs_store_free(store);
	}
	return code;
}

static int open_db(struct wrap *wrap, struct vfs_file *f, const char *path, int flags, int *out_flags)
{
	int real_flags = 0, code;

	if (!out_flags)
		out_flags = &real_flags;
	f->as.db.end = -1;
	if (!wrap->ring) {
		code = open_store(wrap, f, path, flags, out_flags);
	} else {
		code = open_real(wrap, f, path, flags, out_flags);
		if (!code)
			take_node(f, vfs_node_open(path, wrap->ring, NULL));
	}
	if (!code)
		f->file.pMethods = f->real->pMethods->iVersion >= 2 && f->real->pMethods->xShmMap
					   ? &vfs_db_methods
					   : &vfs_db_plain_methods;
	return code;
}

/* A WAL or journal: of a database that is open here, else there is no key for it. */
static int open_side(struct wrap *wrap, struct vfs_file *f, const char *path, int flags, int *out_flags)
{
	struct vfs_node *node = vfs_node_of_side(path, f->kind == FILE_WAL ? "-wal" : "-journal");
	int code, exists = 1;

	if (!node)
		return SQLITE_CANTOPEN;
	if (node->store && node->store->read_only) {
		flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
		wrap->base->xAccess(wrap->base, path, SQLITE_ACCESS_EXISTS, &exists);
	}
	if (f->kind == FILE_WAL)
		f->as.wal = (struct wal_part){ .pending = -1, .whole = -1 };
	else
		f->as.journal = (struct journal_part){ .cached = -1, .header = -1, .super = -1 };
	if (exists)
		code = open_real(wrap, f, path, flags, out_flags);
	else
		code = f->kind == FILE_WAL ? SQLITE_OK : SQLITE_CANTOPEN;
	if (!exists && out_flags)
		*out_flags = flags;
	if (code) {
		vfs_node_close(node);
		return code;
	}
	take_node(f, node);
	f->file.pMethods = f->kind == FILE_WAL ? &vfs_wal_methods : &vfs_journal_methods;
	return SQLITE_OK;
}

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
	struct vfs_file *f = vfs_file_of(file);
	struct wrap *wrap = wrap_of(vfs);
	int code;

	memset(f, 0, sizeof(*f));
	f->real = (sqlite3_file *)(f + 1);
	f->real->pMethods = NULL;
	if (path && flags & SQLITE_OPEN_MAIN_DB) {
		f->kind = FILE_DB;
		return open_db(wrap, f, path, flags, out_flags);
	}
	if (path && flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) {
		f->kind = flags & SQLITE_OPEN_WAL ? FILE_WAL : FILE_JOURNAL;
		return open_side(wrap, f, path, flags, out_flags);
	}
	/* What is left would be content in clear: temporary tables, sorts, statement journals. */
	if (!(flags & SQLITE_OPEN_SUPER_JOURNAL))
		return SQLITE_CANTOPEN;
	f->kind = FILE_CLEAR;
	code = open_real(wrap, f, path, flags, out_flags);
	if (!code)
		f->file.pMethods = &vfs_clear_methods;
	return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	struct vfs_node *node = vfs_node_of_side(path, "-wal");

	if (node) {
		/* The header may say `clean` only when the log is gone for good. */
		if (node->store)
			sync_folder = 1;
		vfs_node_close(node);
	}
	return wrap_of(vfs)->base->xDelete(wrap_of(vfs)->base, path, sync_folder);
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
	return wrap_of(vfs)->base->xAccess(wrap_of(vfs)->base, path, flags, out);
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int len, char *out)
{
	return wrap_of(vfs)->base->xFullPathname(wrap_of(vfs)->base, path, len, out);
}

static void *vfs_dl_open(sqlite3_vfs *vfs, const char *path)
{
	return wrap_of(vfs)->base->xDlOpen(wrap_of(vfs)->base, path);
}

static void vfs_dl_error(sqlite3_vfs *vfs, int len, char *out)
{
	wrap_of(vfs)->base->xDlError(wrap_of(vfs)->base, len, out);
}

static void (*vfs_dl_sym(sqlite3_vfs *vfs, void *handle, const char *symbol))(void)
{
	return wrap_of(vfs)->base->xDlSym(wrap_of(vfs)->base, handle, symbol);
}

static void vfs_dl_close(sqlite3_vfs *vfs, void *handle)
{
	wrap_of(vfs)->base->xDlClose(wrap_of(vfs)->base, handle);
}

static int vfs_randomness(sqlite3_vfs *vfs, int len, char *out)
{
	return wrap_of(vfs)->base->xRandomness(wrap_of(vfs)->base, len, out);
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
	return wrap_of(vfs)->base->xSleep(wrap_of(vfs)->base, microseconds);
}

static int vfs_time(sqlite3_vfs *vfs, double *out)
{
	return wrap_of(vfs)->base->xCurrentTime(wrap_of(vfs)->base, out);
}

static int vfs_last_error(sqlite3_vfs *vfs, int len, char *out)
{
	return wrap_of(vfs)->base->xGetLastError(wrap_of(vfs)->base, len, out);
}

static int vfs_time_ms(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
	return wrap_of(vfs)->base->xCurrentTimeInt64(wrap_of(vfs)->base, out);
}

static int vfs_set_call(sqlite3_vfs *vfs, const char *name, sqlite3_syscall_ptr call)
{
	return wrap_of(vfs)->base->xSetSystemCall(wrap_of(vfs)->base, name, call);
}

static sqlite3_syscall_ptr vfs_get_call(sqlite3_vfs *vfs, const char *name)
{
	return wrap_of(vfs)->base->xGetSystemCall(wrap_of(vfs)->base, name);
}

static const char *vfs_next_call(sqlite3_vfs *vfs, const char *name)
{
	return wrap_of(vfs)->base->xNextSystemCall(wrap_of(vfs)->base, name);
}

static int wrap_register(struct wrap *wrap, sqlite3_vfs *base, const char *name, const struct key_ring *ring,
			 int make_default)
{
	bool times = base->iVersion >= 2 && base->xCurrentTimeInt64,
	     calls = base->iVersion >= 3 && base->xSetSystemCall;

	wrap->base = base;
	wrap->ring = ring;
	wrap->vfs = (sqlite3_vfs){
		.iVersion = calls   ? 3
			    : times ? 2
				    : 1,
		.szOsFile = (int)sizeof(struct vfs_file) + base->szOsFile,
		.mxPathname = base->mxPathname,
		.pNext = wrap->vfs.pNext,
		.zName = name,
		.pAppData = wrap,
		.xOpen = vfs_open,
		.xDelete = vfs_delete,
		.xAccess = vfs_access,
		.xFullPathname = vfs_full_path,
		.xDlOpen = base->xDlOpen ? vfs_dl_open : NULL,
		.xDlError = base->xDlError ? vfs_dl_error : NULL,
		.xDlSym = base->xDlSym ? vfs_dl_sym : NULL,
		.xDlClose = base->xDlClose ? vfs_dl_close : NULL,
		.xRandomness = vfs_randomness,
		.xSleep = vfs_sleep,
		.xCurrentTime = base->xCurrentTime ? vfs_time : NULL,
		.xGetLastError = base->xGetLastError ? vfs_last_error : NULL,
		.xCurrentTimeInt64 = times ? vfs_time_ms : NULL,
		.xSetSystemCall = calls ? vfs_set_call : NULL,
		.xGetSystemCall = calls ? vfs_get_call : NULL,
		.xNextSystemCall = calls ? vfs_next_call : NULL,
	};
	return sqlite3_vfs_register(&wrap->vfs, make_default);
}

bool vfs_register(void)
{
	sqlite3_vfs *base;

	if (!sqlite3_api && !vfs_api_use(NULL))
		return false;
	if (sqlite3_vfs_find(VFS_NAME) == &store_wrap.vfs)
		return true;
	base = sqlite3_vfs_find(NULL);
	return base && base->xOpen != vfs_open &&
	       wrap_register(&store_wrap, base, VFS_NAME, NULL, 0) == SQLITE_OK;
}

void vfs_set_provider(const struct vfs_provider *new_provider)
{
	provider = new_provider;
}

/* The wrap over `base`, an old one or a new one; NULL when there are too many. */
static struct wrap *wrap_for(const sqlite3_vfs *base)
{
	for (size_t i = 0; i < wrap_count; i++) {
		if (wraps[i].base == base)
			return &wraps[i];
	}
	return wrap_count < WRAPS_MAX ? &wraps[wrap_count++] : NULL;
}

bool vfs_wrap_all(const struct key_ring *ring)
{
	sqlite3_vfs *bases[WRAPS_MAX], *vfs;
	size_t count = 0;

	if (!sqlite3_api && !vfs_api_use(NULL))
		return false;
	for (vfs = sqlite3_vfs_find(NULL); vfs && count < WRAPS_MAX; vfs = vfs->pNext) {
		/* memdb keeps no file, and SQLite looks for its own methods in it. */
		if (vfs->xOpen != vfs_open && strcmp(vfs->zName, "memdb") != 0)
			bases[count++] = vfs;
	}
	/* The first is SQLite's default and so is the one over it; the others stand before theirs. */
	while (count > 0) {
		struct wrap *wrap = wrap_for(bases[--count]);

		if (!wrap || wrap_register(wrap, bases[count], bases[count]->zName, ring, count == 0))
			return false;
	}
	return true;
}

void vfs_prepare_connection(struct sqlite3 *sql)
{
	int reserve = SEAL_RESERVE;

	sqlite3_file_control(sql, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
	sqlite3_exec(sql, "PRAGMA temp_store=2", NULL, NULL, NULL);
}
