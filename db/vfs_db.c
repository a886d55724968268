/*
 * vfs_db.c - the database file: every page sealed on its way out, opened on
 * its way in. A store's pages lie behind its header.
 */
#include <stdlib.h>
#include <string.h>

#include "db/vfs_file.h"

enum {
	PROBE_LEN = 100, /* SQLite's first look, taken without a lock */
	SIZE_AT = 16,	 /* of the page size in page 1, two bytes, 1 meaning 65536 */
	RESERVE_AT = 20,
	SHM_BYTES = 32768,
	SHM_MAX = 8192,
};

static sqlite3_int64 base_of(const struct vfs_file *f)
{
	return f->node->store ? HEADER_SIZE : 0;
}

static int real_size(struct vfs_file *f, sqlite3_int64 *size)
{
	int code;

	if (f->as.db.end >= 0) {
		*size = f->as.db.end;
		return SQLITE_OK;
	}
	code = f->real->pMethods->xFileSize(f->real, size);
	if (code)
		return code;
	*size = *size > base_of(f) ? *size - base_of(f) : 0;
	/* A store is this process's alone, so its length changes by our hand only. */
	if (f->node->store && !f->node->store->read_only)
		f->as.db.end = *size;
	return SQLITE_OK;
}

/*
 * What page 1 begins with tells the file and its page size. It is in clear and
 * never changes, so it is read without a lock; a store's header knows better.
 */
static bool know_pages(struct vfs_file *f)
{
	uint8_t id[PAGE_ID_SIZE];
	uint32_t page_size = 0;

	if (vfs_file_refresh(f))
		return true;
	if (vfs_pass_read(&f->file, id, PAGE_ID_SIZE, 0) == SQLITE_OK && page_id_read(id, &page_size))
		vfs_file_learn(f, id, page_size);
	return f->sealer.page_size != 0;
}

/* A page that is there in part only is damage; one past the end reads as zeros. */
static int short_page(struct vfs_file *f, sqlite3_int64 at)
{
	sqlite3_int64 size = 0;
	int code;

	f->as.db.end = -1;
	code = real_size(f, &size);
	if (code)
		return code;
	return size <= at ? SQLITE_IOERR_SHORT_READ : at == 0 ? SQLITE_NOTADB : SQLITE_IOERR_DATA;
}

static int read_page(struct vfs_file *f, sqlite3_int64 number, uint8_t *page)
{
	sqlite3_int64 at = (number - 1) * f->sealer.page_size;
	int code = f->real->pMethods->xRead(f->real, page, (int)f->sealer.page_size, base_of(f) + at);

	if (code == SQLITE_IOERR_SHORT_READ)
		return short_page(f, at);
	if (code)
		return code;
	if (open_page(&f->sealer, (uint64_t)number, page))
		return SQLITE_OK;
	return number == 1 ? SQLITE_NOTADB : SQLITE_IOERR_DATA;
}

/* Any stretch of bytes: page by page through the scratch page. */
static int read_stretch(struct vfs_file *f, uint8_t *out, int len, sqlite3_int64 at)
{
	while (len > 0) {
		sqlite3_int64 size = f->sealer.page_size, number = at / size + 1, from = at % size;
		int part = (int)(size - from), code;

		if (part > len)
			part = len;
		code = read_page(f, number, f->work);
		if (code) {
			memset(out, 0, (size_t)len);
			return code;
		}
		memcpy(out, f->work + from, (size_t)part);
		out += part;
		at += part;
		len -= part;
	}
	return SQLITE_OK;
}

/*
 * The probe may meet a torn page 1 that the log still heals; if it failed,
 * nothing could. So it always gets a header to go on with, and the first read
 * under a lock is the real check.
 */
static int probe(struct vfs_file *f, uint8_t *out)
{
	int code = know_pages(f) ? read_stretch(f, out, PROBE_LEN, 0) : SQLITE_IOERR_SHORT_READ;

	if (code == SQLITE_NOTADB || code == SQLITE_IOERR_DATA) {
		memset(out, 0, PROBE_LEN);
		out[SIZE_AT] = (uint8_t)(f->sealer.page_size >> 8);
		out[SIZE_AT + 1] = (uint8_t)(f->sealer.page_size >> 16);
		out[RESERVE_AT] = SEAL_RESERVE;
		return SQLITE_OK;
	}
	if (code)
		memset(out, 0, PROBE_LEN);
	return code;
}

/* Another process may have made the file anew: what page 1 begins with says which file this is. */
static bool is_new_file(struct vfs_file *f)
{
	uint8_t id[PAGE_ID_SIZE];
	uint32_t page_size = 0;

	if (f->node->store || vfs_pass_read(&f->file, id, PAGE_ID_SIZE, 0) || !page_id_read(id, &page_size) ||
	    memcmp(id, f->sealer.id, PAGE_ID_SIZE) == 0)
		return false;
	vfs_file_learn(f, id, page_size);
	return true;
}

static int db_read(sqlite3_file *file, void *data, int len, sqlite3_int64 at)
{
	struct vfs_file *f = vfs_file_of(file);
	sqlite3_int64 size = 0;
	int code;

	if (at == 0 && len == PROBE_LEN)
		return probe(f, data);
	if (know_pages(f)) {
		if ((uint32_t)len == f->sealer.page_size && at % len == 0)
			code = read_page(f, at / len + 1, data);
		else
			code = read_stretch(f, data, len, at);
		return code == SQLITE_NOTADB && is_new_file(f) ? read_stretch(f, data, len, at) : code;
	}
	memset(data, 0, (size_t)len);
	code = real_size(f, &size);
	return code ? code : size > 0 ? SQLITE_NOTADB : SQLITE_IOERR_SHORT_READ;
}

static int write_page(struct vfs_file *f, sqlite3_int64 number, const uint8_t *page)
{
	sqlite3_int64 at = (number - 1) * f->sealer.page_size;
	int code;

	seal_page(&f->sealer, (uint64_t)number, page, f->work);
	code = f->real->pMethods->xWrite(f->real, f->work, (int)f->sealer.page_size, base_of(f) + at);
	if (!code && f->as.db.end >= 0 && f->as.db.end < at + f->sealer.page_size)
		f->as.db.end = at + f->sealer.page_size;
	if (code)
		f->as.db.end = -1;
	return code;
}

/*
 * No holes: a page nobody wrote is a sealed page of zeros, so that a page of
 * plain zeros on disk is never taken for one.
 */
static int fill_to(struct vfs_file *f, sqlite3_int64 to)
{
	sqlite3_int64 size = 0, page = f->sealer.page_size;
	int code = real_size(f, &size);

	if (code || size >= to)
		return code;
	memset(f->plain, 0, f->sealer.page_size);
	for (sqlite3_int64 at = size - size % page; at < to && !code; at += page)
		code = write_page(f, at / page + 1, f->plain);
	return code;
}

/*
 * Page 1 as SQLite gives it must fit the file: this page size, this reserve.
 * It would not after a page-size change in place, or when the reserve was
 * never asked for; either would cost content without a word.
 */
static bool page_fits(const struct vfs_file *f, sqlite3_int64 at, const uint8_t *page)
{
	uint32_t size = (uint32_t)page[SIZE_AT] << 8 | (uint32_t)page[SIZE_AT + 1] << 16;

	if (at == 0 && (size != f->sealer.page_size || page[RESERVE_AT] != SEAL_RESERVE))
		return false;
	return page_reserve_is_zero(&f->sealer, page);
}

static bool power_of_two(int len)
{
	return len >= SEAL_PAGE_MIN && len <= SEAL_PAGE_MAX && (len & (len - 1)) == 0;
}

/* The first write into an empty file settles its page size and draws its id. */
static int begin_file(struct vfs_file *f, int len)
{
	uint8_t id[PAGE_ID_SIZE];
	sqlite3_int64 size = 0;
	int code = real_size(f, &size);

	if (code)
		return code;
	if (size > 0 || !power_of_two(len))
		return SQLITE_IOERR_WRITE;
	page_id_draw(id, (uint32_t)len);
	vfs_file_learn(f, id, (uint32_t)len);
	return SQLITE_OK;
}

static int db_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 at)
{
	struct vfs_file *f = vfs_file_of(file);
	int code = SQLITE_OK;

	if (!know_pages(f) || ((uint32_t)len != f->sealer.page_size && !f->node->store))
		code = begin_file(f, len);
	if (code)
		return code;
	if ((uint32_t)len != f->sealer.page_size || at % len != 0 || !page_fits(f, at, data))
		return SQLITE_IOERR_WRITE;
	if (f->node->store)
		code = vfs_store_touch(f->node->store);
	if (!code)
		code = fill_to(f, at);
	if (!code)
		code = write_page(f, at / len + 1, data);
	return code;
}

static int db_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	static const uint8_t nobody[PAGE_ID_SIZE];
	struct vfs_file *f = vfs_file_of(file);
	sqlite3_int64 now = 0;
	int code = real_size(f, &now);

	if (!code && f->node->store)
		code = vfs_store_touch(f->node->store);
	if (code)
		return code;
	if (size > now)
		return know_pages(f) ? fill_to(f, size) : SQLITE_OK;
	f->as.db.end = -1;
	code = f->real->pMethods->xTruncate(f->real, base_of(f) + size);
	if (!code && size == 0 && !f->node->store)
		vfs_file_learn(f, nobody, 0);
	return code;
}

static int db_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_size(vfs_file_of(file), size);
}

/*
 * A database SQLite makes itself (ATTACH) reserves nothing, and nothing in
 * SQL can ask for it. The first lock on an empty file is early enough to ask
 * from below: the pager has no page yet.
 */
static void ask_reserve(struct vfs_file *f)
{
	sqlite3 *sql = f->as.db.pdb ? *f->as.db.pdb : NULL;
	int reserve = SEAL_RESERVE;

	f->as.db.probed = true;
	if (!sql || !sqlite3_api->db_name || know_pages(f))
		return;
	for (int i = 0; sqlite3_db_name(sql, i); i++) {
		struct vfs_file *self = NULL;

		if (sqlite3_file_control(sql, sqlite3_db_name(sql, i), VFS_OP_SELF, &self) == SQLITE_OK &&
		    self == f)
			sqlite3_file_control(sql, sqlite3_db_name(sql, i), SQLITE_FCNTL_RESERVE_BYTES,
					     &reserve);
	}
}

static int db_lock(sqlite3_file *file, int level)
{
	struct vfs_file *f = vfs_file_of(file);

	if (!f->as.db.probed)
		ask_reserve(f);
	/* A store was locked for good when it was opened. */
	return f->node->store ? SQLITE_OK : vfs_pass_lock(file, level);
}

static int db_unlock(sqlite3_file *file, int level)
{
	return vfs_file_of(file)->node->store ? SQLITE_OK : vfs_pass_unlock(file, level);
}

static int db_check(sqlite3_file *file, int *reserved)
{
	if (!vfs_file_of(file)->node->store)
		return vfs_pass_check(file, reserved);
	*reserved = 0;
	return SQLITE_OK;
}

static int db_control(sqlite3_file *file, int op, void *arg)
{
	struct vfs_file *f = vfs_file_of(file);

	switch (op) {
	case VFS_OP_SELF:
		*(struct vfs_file **)arg = f;
		return SQLITE_OK;
	case SQLITE_FCNTL_PDB:
		f->as.db.pdb = arg;
		break;
	case SQLITE_FCNTL_MMAP_SIZE: /* no mapping: pages are not on disk as SQLite would see them */
		*(sqlite3_int64 *)arg = 0;
		return SQLITE_OK;
	case SQLITE_FCNTL_SIZE_HINT: /* would make holes */
	case SQLITE_FCNTL_CHUNK_SIZE:
		return SQLITE_OK;
	case SQLITE_FCNTL_POWERSAFE_OVERWRITE: /* vfs_pass_traits says why */
		*(int *)arg = 1;
		return SQLITE_OK;
	case SQLITE_FCNTL_BEGIN_ATOMIC_WRITE:
	case SQLITE_FCNTL_COMMIT_ATOMIC_WRITE:
	case SQLITE_FCNTL_ROLLBACK_ATOMIC_WRITE:
		return SQLITE_NOTFOUND;
	case SQLITE_FCNTL_VFSNAME:
		if (!f->node->store)
			break;
		*(char **)arg = sqlite3_mprintf("%s", "motcua");
		return SQLITE_OK;
	default:
		break;
	}
	return vfs_pass_control(file, op, arg);
}

static void shm_free(struct vfs_file *f)
{
	for (int i = 0; i < f->as.db.shm_count; i++)
		free(f->as.db.shm[i]);
	free(f->as.db.shm);
	f->as.db.shm = NULL;
	f->as.db.shm_count = 0;
}

/* The index of the log, in this process's memory: nobody else has the store open. */
static int shm_map_own(struct vfs_file *f, int region, int extend, void volatile **out)
{
	struct db_part *db = &f->as.db;
	uint8_t **shm;

	*out = NULL;
	if (region < db->shm_count || !extend) {
		*out = region < db->shm_count ? db->shm[region] : NULL;
		return SQLITE_OK;
	}
	if (region >= SHM_MAX)
		return SQLITE_FULL;
	shm = realloc(db->shm, sizeof(*shm) * ((size_t)region + 1));
	if (!shm)
		return SQLITE_IOERR_NOMEM;
	db->shm = shm;
	while (db->shm_count <= region) {
		shm[db->shm_count] = calloc(1, SHM_BYTES);
		if (!shm[db->shm_count])
			return SQLITE_IOERR_NOMEM;
		db->shm_count++;
	}
	*out = shm[region];
	return SQLITE_OK;
}

static int shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
	struct vfs_file *f = vfs_file_of(file);

	if (!f->node->store)
		return f->real->pMethods->xShmMap(f->real, region, size, extend, out);
	return size == SHM_BYTES ? shm_map_own(f, region, extend, out) : SQLITE_IOERR_SHMMAP;
}

static int shm_lock(sqlite3_file *file, int first, int count, int flags)
{
	struct vfs_file *f = vfs_file_of(file);

	if (first == WAL_WRITE_LOCK && flags == (SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE))
		atomic_fetch_add(&f->node->wal_epoch, 1);
	return f->node->store ? SQLITE_OK : f->real->pMethods->xShmLock(f->real, first, count, flags);
}

static void shm_barrier(sqlite3_file *file)
{
	struct vfs_file *f = vfs_file_of(file);

	if (f->node->store)
		atomic_thread_fence(memory_order_seq_cst);
	else
		f->real->pMethods->xShmBarrier(f->real);
}

static int shm_unmap(sqlite3_file *file, int delete)
{
	struct vfs_file *f = vfs_file_of(file);

	if (!f->node->store)
		return f->real->pMethods->xShmUnmap(f->real, delete);
	shm_free(f);
	return SQLITE_OK;
}

static int db_close(sqlite3_file *file)
{
	struct vfs_file *f = vfs_file_of(file);
	struct vfs_store *store = f->node->store;
	int code;

	if (store)
		vfs_store_detach(store);
	shm_free(f);
	code = vfs_pass_close(file);
	if (store && store->provided)
		vfs_store_free(store);
	return code;
}

#define DB_METHODS                                                                                           \
	.xClose = db_close, .xRead = db_read, .xWrite = db_write, .xTruncate = db_truncate,                  \
	.xSync = vfs_pass_sync, .xFileSize = db_size, .xLock = db_lock, .xUnlock = db_unlock,                \
	.xCheckReservedLock = db_check, .xFileControl = db_control, .xSectorSize = vfs_pass_sector,          \
	.xDeviceCharacteristics = vfs_pass_traits

/* Version 2, never 3: pages cannot be mapped. */
const sqlite3_io_methods vfs_db_methods = {
	.iVersion = 2,
	DB_METHODS,
	.xShmMap = shm_map,
	.xShmLock = shm_lock,
	.xShmBarrier = shm_barrier,
	.xShmUnmap = shm_unmap,
};

const sqlite3_io_methods vfs_db_plain_methods = { .iVersion = 1, DB_METHODS };
