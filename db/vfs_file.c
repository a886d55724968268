#include "db/vfs_file.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/vfs.h"

static void wipe_free(uint8_t *data, size_t len)
{
	if (data)
		sodium_memzero(data, len);
	free(data);
}

static void take_room(struct vfs_file *f)
{
	uint32_t room = f->sealer.page_size + WAL_FRAME_HEADER;

	if (f->room >= room)
		return;
	wipe_free(f->work, f->room);
	wipe_free(f->plain, f->room);
	f->work = calloc(1, room);
	f->plain = calloc(1, room);
	if (!f->work || !f->plain)
		die("out of memory");
	f->room = room;
}

bool vfs_file_refresh(struct vfs_file *f)
{
	unsigned version = atomic_load_explicit(&f->node->version, memory_order_acquire);

	if (version != f->version) {
		vfs_nodes_lock();
		f->version = atomic_load(&f->node->version);
		f->sealer.page_size = f->node->page_size;
		memcpy(f->sealer.id, f->node->id, PAGE_ID_SIZE);
		vfs_nodes_unlock();
		if (f->sealer.page_size)
			take_room(f);
	}
	return f->sealer.page_size != 0;
}

void vfs_file_learn(struct vfs_file *f, const uint8_t id[PAGE_ID_SIZE], uint32_t page_size)
{
	if (f->sealer.page_size == page_size && memcmp(f->sealer.id, id, PAGE_ID_SIZE) == 0)
		return;
	vfs_nodes_lock();
	f->node->page_size = page_size;
	memcpy(f->node->id, id, PAGE_ID_SIZE);
	atomic_fetch_add(&f->node->version, 1);
	vfs_nodes_unlock();
	vfs_file_refresh(f);
}

void vfs_file_done(struct vfs_file *f)
{
	wipe_free(f->work, f->room);
	wipe_free(f->plain, f->room);
	f->work = f->plain = NULL;
	f->room = 0;
	if (f->node)
		vfs_node_close(f->node);
	f->node = NULL;
}

int vfs_pass_close(sqlite3_file *file)
{
	struct vfs_file *f = vfs_file_of(file);
	int code = f->real->pMethods ? f->real->pMethods->xClose(f->real) : SQLITE_OK;

	vfs_file_done(f);
	return code;
}

int vfs_pass_read(sqlite3_file *file, void *data, int len, sqlite3_int64 at)
{
	sqlite3_file *real = vfs_file_of(file)->real;

	return real->pMethods->xRead(real, data, len, at);
}

int vfs_pass_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 at)
{
	sqlite3_file *real = vfs_file_of(file)->real;

	return real->pMethods->xWrite(real, data, len, at);
}

int vfs_pass_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	sqlite3_file *real = vfs_file_of(file)->real;

	return real->pMethods->xTruncate(real, size);
}

int vfs_pass_sync(sqlite3_file *file, int flags)
{
	sqlite3_file *real = vfs_file_of(file)->real;

	return real->pMethods->xSync(real, flags);
}

int vfs_pass_size(sqlite3_file *file, sqlite3_int64 *size)
{
	sqlite3_file *real = vfs_file_of(file)->real;

	return real->pMethods->xFileSize(real, size);
}

int vfs_pass_lock(sqlite3_file *file, int level)
{
	sqlite3_file *real = vfs_file_of(file)->real;

	return real->pMethods->xLock(real, level);
}

int vfs_pass_unlock(sqlite3_file *file, int level)
{
	sqlite3_file *real = vfs_file_of(file)->real;

	return real->pMethods->xUnlock(real, level);
}

int vfs_pass_check(sqlite3_file *file, int *reserved)
{
	sqlite3_file *real = vfs_file_of(file)->real;

	return real->pMethods->xCheckReservedLock(real, reserved);
}

int vfs_pass_control(sqlite3_file *file, int op, void *arg)
{
	sqlite3_file *real = vfs_file_of(file)->real;

	return real->pMethods ? real->pMethods->xFileControl(real, op, arg) : SQLITE_NOTFOUND;
}

int vfs_pass_sector(sqlite3_file *file)
{
	sqlite3_file *real = vfs_file_of(file)->real;

	return real->pMethods && real->pMethods->xSectorSize ? real->pMethods->xSectorSize(real) : 4096;
}

/*
 * A frame or record is one message, written whole: SQLite must not cut it at a
 * sync point (POWERSAFE_OVERWRITE sees to that), nor write by batches or count
 * on appends we rearrange.
 */
int vfs_pass_traits(sqlite3_file *file)
{
	sqlite3_file *real = vfs_file_of(file)->real;
	int traits = real->pMethods ? real->pMethods->xDeviceCharacteristics(real) : 0;

	return (traits &
		(SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | SQLITE_IOCAP_IMMUTABLE | SQLITE_IOCAP_SEQUENTIAL)) |
	       SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

const sqlite3_io_methods vfs_clear_methods = {
	.iVersion = 1,
	.xClose = vfs_pass_close,
	.xRead = vfs_pass_read,
	.xWrite = vfs_pass_write,
	.xTruncate = vfs_pass_truncate,
	.xSync = vfs_pass_sync,
	.xFileSize = vfs_pass_size,
	.xLock = vfs_pass_lock,
	.xUnlock = vfs_pass_unlock,
	.xCheckReservedLock = vfs_pass_check,
	.xFileControl = vfs_pass_control,
	.xSectorSize = vfs_pass_sector,
	.xDeviceCharacteristics = vfs_pass_traits,
};
