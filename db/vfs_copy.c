/*
 * vfs_copy.c - a store's pages into a new file, each opened under the old
 * file's seals and sealed under the new one's. For backups and new keys.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/file.h"
#include "db/vfs_api.h"
#include "db/vfs_seal.h"
#include "db/vfs_store.h"

enum { CHUNK_PAGES = 64, CHUNKS_A_SYNC = 32 };

static const struct words writing = T("Đang ghi bản sao", "Writing the copy");
static const struct words reading_back = T("Đang đọc lại bản sao để so", "Reading the copy back");

/* One copy under way. */
struct copy {
	struct vfs_store *store;
	struct sealer from, to;
	int fd;
	uint8_t *in, *out; /* CHUNK_PAGES pages each */
	uint64_t pages;
	const struct watch *watch;
};

static enum rc damaged(uint64_t number, struct err *err)
{
	return err_set(err, RC_DAMAGED,
		       "trang %llu của kho không còn như khi ghi; hãy khôi phục từ bản sao lưu khác",
		       "page %llu of the store is not what was written; restore it from another backup",
		       (unsigned long long)number);
}

static enum rc write_at(int fd, const uint8_t *data, size_t len, off_t at, struct err *err)
{
	if (lseek(fd, at, SEEK_SET) < 0)
		return file_error(errno, err);
	return file_write_fd(fd, data, len, err);
}

static enum rc reseal_chunk(struct copy *c, uint64_t first, unsigned count, struct err *err)
{
	sqlite3_file *real = c->store->real;
	off_t at = HEADER_SIZE + (off_t)(first - 1) * HEADER_PAGE;
	int code = real->pMethods->xRead(real, c->in, (int)(count * HEADER_PAGE), at);
	enum rc rc;

	if (code)
		return err_set(err, RC_IO, "không đọc được kho", "the store cannot be read");
	for (unsigned i = 0; i < count; i++) {
		uint8_t *page = c->in + (size_t)i * HEADER_PAGE;

		if (!open_page(&c->from, first + i, page))
			return damaged(first + i, err);
		seal_page(&c->to, first + i, page, c->out + (size_t)i * HEADER_PAGE);
	}
	rc = write_at(c->fd, c->out, (size_t)count * HEADER_PAGE, at, err);
	/* A stick takes what memory took long before: what is told as written is on the disk, or nearly. */
	if (!rc && first / CHUNK_PAGES % CHUNKS_A_SYNC == CHUNKS_A_SYNC - 1 && fdatasync(c->fd))
		rc = file_error(errno, err);
	return rc;
}

/* Read back what was written: a disk that lies is found now, not on the day the copy is needed. */
static enum rc check_chunk(struct copy *c, uint64_t first, unsigned count, struct err *err)
{
	size_t len = (size_t)count * HEADER_PAGE;

	if (pread(c->fd, c->out, len, HEADER_SIZE + (off_t)(first - 1) * HEADER_PAGE) != (ssize_t)len)
		return err_set(err, RC_IO, "không đọc lại được bản sao", "the copy cannot be read back");
	for (unsigned i = 0; i < count; i++) {
		if (!open_page(&c->to, first + i, c->out + (size_t)i * HEADER_PAGE))
			return damaged(first + i, err);
	}
	return RC_OK;
}

/* Every chunk through `step`. */
static enum rc walk(struct copy *c, enum rc (*step)(struct copy *, uint64_t, unsigned, struct err *),
		    const struct words *what, struct err *err)
{
	enum rc rc = watch_tell(c->watch, what, 0, c->pages * HEADER_PAGE, err);

	for (uint64_t first = 1; first <= c->pages && !rc; first += CHUNK_PAGES) {
		uint64_t left = c->pages - first + 1;
		unsigned count = (unsigned)(left < CHUNK_PAGES ? left : CHUNK_PAGES);

		rc = step(c, first, count, err);
		if (!rc)
			rc = watch_tell(c->watch, what, (first - 1 + count) * HEADER_PAGE,
					c->pages * HEADER_PAGE, err);
	}
	return rc;
}

static enum rc write_header(int fd, const struct header *header, const struct key_ring *ring, struct err *err)
{
	uint8_t *copy = malloc(HEADER_COPY);
	enum rc rc = RC_OK;

	if (!copy)
		die("out of memory");
	header_pack(header, ring, 0, copy);
	for (off_t i = 0; i < HEADER_COPIES && !rc; i++)
		rc = write_at(fd, copy, HEADER_COPY, i * HEADER_COPY, err);
	if (!rc && fsync(fd))
		rc = file_error(errno, err);
	free(copy);
	return rc;
}

static enum rc copy_all(struct copy *c, struct header *header, struct err *err)
{
	sqlite3_file *real = c->store->real;
	sqlite3_int64 size = 0;
	enum rc rc;

	if (real->pMethods->xFileSize(real, &size) || size < HEADER_SIZE)
		return err_set(err, RC_IO, "không đọc được kho", "the store cannot be read");
	c->pages = header->pages = (uint64_t)(size - HEADER_SIZE) / HEADER_PAGE;
	rc = walk(c, reseal_chunk, &writing, err);
	if (!rc && fsync(c->fd))
		rc = file_error(errno, err);
	if (!rc) {
		(void)posix_fadvise(c->fd, 0, 0, POSIX_FADV_DONTNEED); /* read the disk, not what memory kept */
		rc = walk(c, check_chunk, &reading_back, err);
	}
	if (!rc && c->pages > 0 &&
	    pread(c->fd, header->page1_tag, PAGE_TAG_SIZE, HEADER_SIZE + HEADER_PAGE - PAGE_TAG_SIZE) !=
		    PAGE_TAG_SIZE)
		rc = file_error(errno, err);
	header->clean = true;
	if (!rc)
		rc = write_header(c->fd, header, c->to.ring, err);
	return rc;
}

/* Make `path` anew, never over anything. */
static enum rc make_file(const char *path, int *fd, struct err *err)
{
	*fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (*fd >= 0)
		return RC_OK;
	if (errno == EEXIST)
		return err_set(err, RC_REFUSED, "đã có tệp ở nơi sẽ ghi; hãy chọn tên khác",
			       "a file is there already; choose another name");
	return file_error(errno, err);
}

static enum rc finish_file(int fd, const char *path, enum rc rc, struct err *err)
{
	if (close(fd) && !rc)
		rc = file_error(errno, err);
	if (!rc)
		rc = file_sync_folder(path, err);
	if (rc)
		unlink(path);
	return rc;
}

enum rc vfs_store_copy(struct vfs_store *store, const char *path, const struct key_ring *ring,
		       struct header *header, const struct watch *watch, struct err *err)
{
	struct copy c = { .store = store, .watch = watch };
	enum rc rc = make_file(path, &c.fd, err);

	if (rc)
		return rc;
	page_id_draw(header->page_id, HEADER_PAGE);
	c.from = (struct sealer){ .ring = store->ring, .page_size = HEADER_PAGE };
	c.to = (struct sealer){ .ring = ring, .page_size = HEADER_PAGE };
	memcpy(c.from.id, store->header.page_id, PAGE_ID_SIZE);
	memcpy(c.to.id, header->page_id, PAGE_ID_SIZE);
	c.in = malloc((size_t)CHUNK_PAGES * HEADER_PAGE);
	c.out = malloc((size_t)CHUNK_PAGES * HEADER_PAGE);
	if (!c.in || !c.out)
		die("out of memory");
	rc = copy_all(&c, header, err);
	explicit_bzero(c.in, (size_t)CHUNK_PAGES * HEADER_PAGE);
	explicit_bzero(c.out, (size_t)CHUNK_PAGES * HEADER_PAGE);
	free(c.in);
	free(c.out);
	return finish_file(c.fd, path, rc, err);
}

enum rc vfs_store_make(const char *path, const struct key_ring *ring, const struct header *header,
		       struct err *err)
{
	int fd;
	enum rc rc = make_file(path, &fd, err);

	if (rc)
		return rc;
	return finish_file(fd, path, write_header(fd, header, ring, err), err);
}
