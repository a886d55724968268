/*
 * vfs_wal.c - the write-ahead log: its header in clear (no content), every
 * frame one sealed message at the place and of the size SQLite gives it.
 *
 * SQLite writes a frame's header and its page apart (and cuts either at a
 * sync point, where a VFS above hides POWERSAFE_OVERWRITE), and rewrites one
 * alone when a transaction is larger than its cache. Pieces wait here until
 * the frame is whole; a rewrite opens it, changes it and seals it anew.
 */
#include <string.h>

#include "db/vfs_file.h"

enum {
	SALTS_AT = 16,	      /* in the log's header */
	CHECKSUM_AT = 24,     /* likewise: of the 24 bytes before it */
	COMMIT_AT = 4,	      /* in a frame's header: database size after a commit, else 0 */
	TORN_COMMITS_MAX = 1, /* authentic commits a torn frame may have behind it */
};

static sqlite3_int64 frame_size(const struct vfs_file *f)
{
	return WAL_FRAME_HEADER + (sqlite3_int64)f->sealer.page_size;
}

/* Where the frame that holds byte `at` begins. */
static sqlite3_int64 frame_of(const struct vfs_file *f, sqlite3_int64 at)
{
	return at - (at - WAL_HEADER) % frame_size(f);
}

static void forget(struct vfs_file *f)
{
	f->as.wal.pending = f->as.wal.whole = -1;
}

/* The generation's salts, as the log's header has them now. */
static bool load_salts(struct vfs_file *f)
{
	struct wal_part *wal = &f->as.wal;
	unsigned epoch = atomic_load(&f->node->wal_epoch);

	if (wal->salted && wal->epoch == epoch)
		return true;
	wal->salted = vfs_pass_read(&f->file, wal->salts, WAL_SALTS, SALTS_AT) == SQLITE_OK;
	wal->epoch = epoch;
	return wal->salted;
}

/* Another process may have restarted the log since its salts were read. */
static bool salts_changed(struct vfs_file *f)
{
	uint8_t before[WAL_SALTS];

	memcpy(before, f->as.wal.salts, WAL_SALTS);
	f->as.wal.salted = false;
	return load_salts(f) && memcmp(before, f->as.wal.salts, WAL_SALTS) != 0;
}

/* The frame at `at`, opened into `frame`. SQLITE_IOERR_DATA: not what was sealed here. */
static int read_frame(struct vfs_file *f, sqlite3_int64 at, uint8_t *frame)
{
	for (int tries = 0; tries < 2; tries++) {
		int code = vfs_pass_read(&f->file, frame, (int)frame_size(f), at);

		if (code)
			return code;
		if (load_salts(f) && open_frame(&f->sealer, f->as.wal.salts, (uint64_t)at, frame))
			return SQLITE_OK;
		if (f->node->store || !salts_changed(f))
			break;
	}
	return SQLITE_IOERR_DATA;
}

static bool is_commit(const uint8_t *frame)
{
	return (frame[COMMIT_AT] | frame[COMMIT_AT + 1] | frame[COMMIT_AT + 2] | frame[COMMIT_AT + 3]) != 0;
}

/*
 * A frame that does not open is the torn end of the log, unless more than one
 * commit of the same generation stands behind it: each commit was synced
 * before the next began, so the disk had this frame once.
 */
static bool is_torn_end(struct vfs_file *f, sqlite3_int64 at)
{
	sqlite3_int64 size = 0;
	unsigned commits = 0;

	if (vfs_pass_size(&f->file, &size))
		return false;
	for (at += frame_size(f); at + frame_size(f) <= size && commits <= TORN_COMMITS_MAX;
	     at += frame_size(f)) {
		if (read_frame(f, at, f->work) == SQLITE_OK && is_commit(f->work))
			commits++;
	}
	return commits <= TORN_COMMITS_MAX;
}

/* Recovery reads whole frames: what is torn is handed over as zeros, SQLite's end of the log. */
static int read_whole(struct vfs_file *f, uint8_t *out, sqlite3_int64 at)
{
	int code = read_frame(f, at, out);

	forget(f);
	if (code == SQLITE_IOERR_DATA && is_torn_end(f, at)) {
		memset(out, 0, (size_t)frame_size(f));
		return SQLITE_OK;
	}
	if (code)
		return code;
	/* Rewriting checksums reads a frame like this and then writes its header only. */
	memcpy(f->plain, out, (size_t)frame_size(f));
	f->as.wal.whole = at;
	return SQLITE_OK;
}

/* The two running sums of SQLite's log over `len` bytes, a multiple of 8. */
static void checksum(const uint8_t *data, size_t len, bool big_endian, uint32_t sums[2])
{
	for (size_t i = 0; i < len; i += 8) {
		uint32_t words[2];

		for (size_t w = 0; w < 2; w++) {
			const uint8_t *p = data + i + 4 * w;

			words[w] = big_endian ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
							(uint32_t)p[2] << 8 | p[3]
					      : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
							(uint32_t)p[1] << 8 | p[0];
		}
		sums[0] += words[0] + sums[1];
		sums[1] += words[1] + sums[0];
	}
}

/*
 * SQLite takes a log whose header is not right for an empty one. In a store
 * that would throw commits away: the header was synced before any frame was,
 * so with frames behind it, it cannot be torn.
 */
static int check_header(struct vfs_file *f, const uint8_t *header)
{
	static const uint8_t blank[WAL_HEADER];
	uint32_t sums[2] = { 0, 0 };
	sqlite3_int64 size = 0;
	uint8_t want[8];

	if (!f->node->store || vfs_pass_size(&f->file, &size) || size <= WAL_HEADER ||
	    memcmp(header, blank, WAL_HEADER) == 0)
		return SQLITE_OK;
	checksum(header, CHECKSUM_AT, header[3] & 1, sums);
	for (unsigned i = 0; i < 8; i++)
		want[i] = (uint8_t)(sums[i / 4] >> (24 - 8 * (i % 4)));
	return memcmp(want, header + CHECKSUM_AT, sizeof(want)) == 0 ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static int read_header(struct vfs_file *f, uint8_t *out)
{
	int code = vfs_pass_read(&f->file, out, WAL_HEADER, 0);

	if (code)
		return code;
	memcpy(f->as.wal.salts, out + SALTS_AT, WAL_SALTS);
	f->as.wal.salted = true;
	f->as.wal.epoch = atomic_load(&f->node->wal_epoch);
	return check_header(f, out);
}

static int wal_read(sqlite3_file *file, void *data, int len, sqlite3_int64 at)
{
	struct vfs_file *f = vfs_file_of(file);
	sqlite3_int64 frame;
	int code;

	if (!f->real->pMethods) {
		memset(data, 0, (size_t)len);
		return SQLITE_IOERR_SHORT_READ;
	}
	if (at == 0 && len == WAL_HEADER)
		return read_header(f, data);
	if (at + len <= WAL_HEADER)
		return vfs_pass_read(file, data, len, at); /* its checksum, where rewriting begins */
	if (!vfs_file_refresh(f) || at < WAL_HEADER)
		return SQLITE_IOERR_DATA;
	frame = frame_of(f, at);
	if (at == frame && len == frame_size(f))
		return read_whole(f, data, at);
	if (at + len > frame + frame_size(f))
		return SQLITE_IOERR_DATA;
	code = read_frame(f, frame, f->work);
	if (!code)
		memcpy(data, f->work + (at - frame), (size_t)len);
	return code;
}

static int write_frame(struct vfs_file *f, sqlite3_int64 at)
{
	if (!load_salts(f))
		return SQLITE_IOERR_WRITE;
	/* Bytes 4 to 7 of a frame's header are 0 but in the one that ends a commit. */
	if (f->plain[4] | f->plain[5] | f->plain[6] | f->plain[7])
		f->as.wal.committed = true;
	seal_frame(&f->sealer, f->as.wal.salts, (uint64_t)at, f->plain, f->work);
	return vfs_pass_write(&f->file, f->work, (int)frame_size(f), at);
}

static int write_header(struct vfs_file *f, const uint8_t *header)
{
	int code = vfs_pass_write(&f->file, header, WAL_HEADER, 0);

	forget(f);
	memcpy(f->as.wal.salts, header + SALTS_AT, WAL_SALTS);
	f->as.wal.salted = code == SQLITE_OK;
	f->as.wal.epoch = atomic_load(&f->node->wal_epoch);
	return code;
}

/* A piece of a new frame joins those that wait in `plain`; the last one completes it. */
static int add_piece(struct vfs_file *f, const void *data, int len, sqlite3_int64 frame)
{
	struct wal_part *wal = &f->as.wal;

	memcpy(f->plain + wal->have, data, (size_t)len);
	wal->have += len;
	if (wal->have < frame_size(f))
		return SQLITE_OK;
	forget(f);
	if (!page_reserve_is_zero(&f->sealer, f->plain + WAL_FRAME_HEADER))
		return SQLITE_IOERR_WRITE;
	return write_frame(f, frame);
}

/* A page alone goes over one that this transaction has already spilled. */
static int replace_page(struct vfs_file *f, const uint8_t *page, sqlite3_int64 frame)
{
	int code = read_frame(f, frame, f->plain);

	forget(f);
	if (code)
		return code == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_WRITE : code;
	if (!page_reserve_is_zero(&f->sealer, page))
		return SQLITE_IOERR_WRITE;
	memcpy(f->plain + WAL_FRAME_HEADER, page, f->sealer.page_size);
	return write_frame(f, frame);
}

static int write_in_frame(struct vfs_file *f, const void *data, int len, sqlite3_int64 at)
{
	struct wal_part *wal = &f->as.wal;
	sqlite3_int64 frame = frame_of(f, at);

	if (at + len > frame + frame_size(f))
		return SQLITE_IOERR_WRITE; /* never a byte in clear */
	if (wal->pending == frame && at == frame + wal->have)
		return add_piece(f, data, len, frame);
	if (at == frame && len == WAL_FRAME_HEADER && wal->whole == frame) {
		/* The frame that was just read gets its new checksum. */
		memcpy(f->plain, data, WAL_FRAME_HEADER);
		return write_frame(f, frame);
	}
	if (at == frame) {
		forget(f);
		wal->pending = frame;
		wal->have = 0;
		return add_piece(f, data, len, frame);
	}
	if (at == frame + WAL_FRAME_HEADER && (uint32_t)len == f->sealer.page_size)
		return replace_page(f, data, frame);
	return SQLITE_IOERR_WRITE;
}

static int wal_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 at)
{
	struct vfs_file *f = vfs_file_of(file);
	int code = f->real->pMethods ? SQLITE_OK : SQLITE_READONLY;

	if (!code && f->node->store)
		code = vfs_store_touch(f->node->store);
	if (code)
		return code;
	if (at == 0 && len == WAL_HEADER)
		return write_header(f, data);
	if (!vfs_file_refresh(f) || at < WAL_HEADER)
		return SQLITE_IOERR_WRITE;
	return write_in_frame(f, data, len, at);
}

static int wal_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct vfs_file *f = vfs_file_of(file);
	int code = f->real->pMethods ? vfs_pass_truncate(file, size) : SQLITE_READONLY;

	forget(f);
	if (size < WAL_HEADER)
		f->as.wal.salted = false;
	/* The header may say `clean` only when the log is gone for good. */
	if (!code && size == 0 && f->node->store)
		code = vfs_pass_sync(file, SQLITE_SYNC_NORMAL);
	return code;
}

static int wal_sync(sqlite3_file *file, int flags)
{
	struct vfs_file *f = vfs_file_of(file);
	const struct vfs_store *store = f->node->store;

	if (f->as.wal.committed && store && store->written)
		store->written(store->written_ctx);
	f->as.wal.committed = false;
	return vfs_file_of(file)->real->pMethods ? vfs_pass_sync(file, flags) : SQLITE_OK;
}

static int wal_size(sqlite3_file *file, sqlite3_int64 *size)
{
	*size = 0;
	return vfs_file_of(file)->real->pMethods ? vfs_pass_size(file, size) : SQLITE_OK;
}

/* The log's locks are in shared memory; SQLite never asks its file for one. */
static int wal_lock(sqlite3_file *file, int level)
{
	(void)file;
	(void)level;
	return SQLITE_OK;
}

static int wal_check(sqlite3_file *file, int *reserved)
{
	(void)file;
	*reserved = 0;
	return SQLITE_OK;
}

const sqlite3_io_methods vfs_wal_methods = {
	.iVersion = 1,
	.xClose = vfs_pass_close,
	.xRead = wal_read,
	.xWrite = wal_write,
	.xTruncate = wal_truncate,
	.xSync = wal_sync,
	.xFileSize = wal_size,
	.xLock = wal_lock,
	.xUnlock = wal_lock,
	.xCheckReservedLock = wal_check,
	.xFileControl = vfs_pass_control,
	.xSectorSize = vfs_pass_sector,
	.xDeviceCharacteristics = vfs_pass_traits,
};
