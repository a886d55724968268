#include "db/vfs_store.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "db/vfs_api.h"
#include "db/vfs_seal.h"

enum { PATH_BYTES = 4096 };

static pthread_mutex_t stores_lock = PTHREAD_MUTEX_INITIALIZER;
static struct vfs_store *stores;

struct vfs_store *vfs_store_new(const char *path, struct key_ring *ring, bool read_only, struct err *err)
{
	sqlite3_vfs *base = sqlite3_vfs_find(NULL);
	struct vfs_store *store = calloc(1, sizeof(*store));

	if (!store)
		die("out of memory");
	store->path = calloc(1, PATH_BYTES);
	if (!store->path)
		die("out of memory");
	store->ring = ring;
	store->read_only = read_only;
	if (!ring || !base || base->xFullPathname(base, path, PATH_BYTES, store->path) & ~SQLITE_OK_SYMLINK) {
		err_set(err, RC_FAILED, "không chuẩn bị được khóa hoặc đường dẫn của kho",
			"the store's key or path cannot be prepared");
		key_ring_free(ring);
		free(store->path);
		free(store);
		return NULL;
	}
	pthread_mutex_lock(&stores_lock);
	store->next = stores;
	stores = store;
	pthread_mutex_unlock(&stores_lock);
	return store;
}

void vfs_store_free(struct vfs_store *store)
{
	struct vfs_store **at = &stores;

	if (!store)
		return;
	pthread_mutex_lock(&stores_lock);
	while (*at && *at != store)
		at = &(*at)->next;
	if (*at)
		*at = store->next;
	pthread_mutex_unlock(&stores_lock);
	key_ring_free(store->ring);
	free(store->path);
	free(store);
}

struct vfs_store *vfs_store_find(const char *path)
{
	struct vfs_store *store;

	pthread_mutex_lock(&stores_lock);
	for (store = stores; store && (store->real || strcmp(store->path, path) != 0);)
		store = store->next;
	pthread_mutex_unlock(&stores_lock);
	return store;
}

struct vfs_store *vfs_store_open_at(const char *path)
{
	struct vfs_store *store;
	struct stat st;

	if (stat(path, &st))
		return NULL;
	pthread_mutex_lock(&stores_lock);
	for (store = stores; store && !(store->real && store->dev == st.st_dev && store->ino == st.st_ino);)
		store = store->next;
	pthread_mutex_unlock(&stores_lock);
	return store;
}

/* A side file of the store holds something. */
static bool side_file(const struct vfs_store *store, const char *suffix)
{
	char path[PATH_BYTES + 16];
	struct stat st;

	snprintf(path, sizeof(path), "%s%s", store->path, suffix);
	return stat(path, &st) == 0 && st.st_size > 0;
}

static int refuse(struct vfs_store *store, enum rc rc, int code, const char *vi, const char *en)
{
	err_set(&store->why, rc, "%s%.0s", "%.0s%s", vi, en);
	return code;
}

static int in_use(struct vfs_store *store)
{
	return refuse(store, RC_REFUSED, SQLITE_BUSY,
		      "kho đang được một chương trình khác dùng; hãy đóng chương trình đó trước",
		      "the store is in use by another program; close that one first");
}

static int take_lock(struct vfs_store *store)
{
	int code = store->real->pMethods->xLock(store->real, SQLITE_LOCK_SHARED);

	if (!code && !store->read_only)
		code = store->real->pMethods->xLock(store->real, SQLITE_LOCK_EXCLUSIVE);
	if ((code & 0xff) == SQLITE_BUSY)
		return in_use(store);
	if (code)
		refuse(store, RC_IO, code, "không khóa được tệp của kho (ổ đĩa mạng?)",
		       "the store's file cannot be locked (a network disk?)");
	return code;
}

/* The best copy that is authentic under our key. */
static int take_header(struct vfs_store *store, const uint8_t *both)
{
	struct header_found found = { .count = 0 };

	if (header_choose(both, &found, &store->why))
		return SQLITE_CANTOPEN;
	store->failures = found.failures;
	for (unsigned i = 0; i < found.count; i++) {
		if (!header_authentic(&found.copy[i], store->ring))
			continue;
		store->header = found.copy[i];
		store->heal = !found.healthy || i > 0;
		return SQLITE_OK;
	}
	return refuse(store, RC_DAMAGED, SQLITE_CANTOPEN,
		      "phần đầu của kho không đúng với khóa (bị sửa hoặc thay); hãy khôi phục từ bản sao lưu",
		      "the header of the store does not fit its key (altered or replaced); restore it from a "
		      "backup");
}

static int read_header(struct vfs_store *store)
{
	uint8_t *both = calloc(1, HEADER_SIZE);
	int code;

	if (!both)
		die("out of memory");
	code = store->real->pMethods->xRead(store->real, both, HEADER_SIZE, 0);
	if (code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ)
		code = take_header(store, both);
	else
		refuse(store, RC_IO, code, "không đọc được phần đầu của kho",
		       "the header of the store cannot be read");
	free(both);
	return code;
}

/* Was it left as the header says? */
static int check_state(struct vfs_store *store)
{
	const struct header *header = &store->header;
	sqlite3_int64 size = 0, expected = HEADER_SIZE + (sqlite3_int64)header->pages * HEADER_PAGE;
	uint8_t tag[PAGE_TAG_SIZE] = { 0 };
	int code = store->real->pMethods->xFileSize(store->real, &size);

	if (code)
		return code;
	store->was_dirty = !header->clean;
	if (!header->clean)
		return SQLITE_OK;
	if (side_file(store, "-wal") || side_file(store, "-journal"))
		return refuse(store, RC_REFUSED, SQLITE_CANTOPEN,
			      "kho đã được đóng đúng cách nhưng bên cạnh lại có tệp -wal hoặc -journal lạ: "
			      "có thể ai đó đã "
			      "chép tệp cũ vào; hãy chuyển tệp đó đi nơi khác rồi mở lại",
			      "the store was closed in order, yet a -wal or -journal file lies beside it: an "
			      "old one may "
			      "have been put there; move that file away and open again");
	if (size < expected)
		return refuse(store, RC_DAMAGED, SQLITE_CORRUPT,
			      "kho bị cắt ngắn so với lần đóng trước; hãy khôi phục từ bản sao lưu",
			      "the store is shorter than when it was last closed; restore it from a backup");
	if (header->pages > 0)
		code = store->real->pMethods->xRead(store->real, tag, sizeof(tag),
						    HEADER_SIZE + HEADER_PAGE - sizeof(tag));
	store->altered = size != expected || memcmp(tag, header->page1_tag, sizeof(tag)) != 0;
	store->was_dirty = store->altered;
	return code;
}

/* After a good sign-in the count starts anew; a notice, so no sync is paid for it. */
static void clear_failures(struct vfs_store *store)
{
	uint8_t sector[HEADER_FAILURES_SIZE];

	header_failures_pack(0, sector);
	for (int i = 0; i < HEADER_COPIES; i++)
		store->real->pMethods->xWrite(store->real, sector, sizeof(sector),
					      i * HEADER_COPY + HEADER_FAILURES);
}

int vfs_store_attach(struct vfs_store *store, struct sqlite3_file *real)
{
	struct stat st;
	int code;

	if (vfs_store_open_at(store->path))
		return in_use(store);
	store->real = real;
	code = take_lock(store);
	if (!code)
		code = read_header(store);
	if (!code)
		code = check_state(store);
	if (!code && stat(store->path, &st) == 0) {
		store->dev = st.st_dev;
		store->ino = st.st_ino;
	}
	if (!code && store->heal && !store->read_only && vfs_store_save(store, &store->why))
		code = SQLITE_IOERR_WRITE;
	memcpy(store->head, store->header.head, sizeof(store->head));
	if (!code && store->failures > 0 && !store->read_only)
		clear_failures(store);
	if (code)
		store->real = NULL;
	return code;
}

static int write_header(struct vfs_store *store)
{
	uint8_t *copy = malloc(HEADER_COPY);
	int code = SQLITE_OK;

	if (!copy)
		die("out of memory");
	store->header.generation++;
	header_pack(&store->header, store->ring, 0, copy);
	for (int i = 0; i < HEADER_COPIES && !code; i++) {
		code = store->real->pMethods->xWrite(store->real, copy, HEADER_COPY, i * HEADER_COPY);
		if (!code)
			code = store->real->pMethods->xSync(store->real, SQLITE_SYNC_NORMAL);
	}
	free(copy);
	return code;
}

enum rc vfs_store_save(struct vfs_store *store, struct err *err)
{
	int code = write_header(store);

	if (code == SQLITE_FULL)
		return err_set(err, RC_FULL, "ổ đĩa đã đầy: phần đầu của kho chưa được ghi",
			       "the disk is full: the header of the store was not written");
	if (code)
		return err_set(err, RC_IO, "không ghi được phần đầu của kho",
			       "the header of the store cannot be written");
	return RC_OK;
}

int vfs_store_touch(struct vfs_store *store)
{
	int code;

	if (store->touched)
		return SQLITE_OK;
	if (store->read_only)
		return SQLITE_READONLY;
	store->header.clean = false;
	code = write_header(store);
	store->touched = code == SQLITE_OK;
	return code;
}

/* What a clean header says of the pages. */
static int describe_pages(struct vfs_store *store)
{
	struct header *header = &store->header;
	sqlite3_int64 size = 0;
	int code = store->real->pMethods->xFileSize(store->real, &size);

	if (!code && size < HEADER_SIZE)
		code = SQLITE_CORRUPT;
	header->pages = (uint64_t)(size - HEADER_SIZE) / HEADER_PAGE;
	memset(header->page1_tag, 0, PAGE_TAG_SIZE);
	if (!code && header->pages > 0)
		code = store->real->pMethods->xRead(store->real, header->page1_tag, PAGE_TAG_SIZE,
						    HEADER_SIZE + HEADER_PAGE - PAGE_TAG_SIZE);
	return code;
}

void vfs_store_detach(struct vfs_store *store)
{
	bool changed = store->touched || store->was_dirty ||
		       memcmp(store->head, store->header.head, sizeof(store->head)) != 0;

	if (store->settle && !store->read_only && changed && !side_file(store, "-wal") &&
	    !side_file(store, "-journal") && describe_pages(store) == SQLITE_OK) {
		store->header.clean = true;
		memcpy(store->header.head, store->head, sizeof(store->head));
		write_header(store); /* on failure the next session finds `open` and verifies */
	}
	store->touched = false;
	store->real = NULL;
}
