/*
 * vfs_journal.c - the rollback journal: every record one sealed message.
 *
 * SQLite writes a record as page number, page, checksum; they wait here until
 * all three are there. Headers and a super-journal's name hold no content and
 * stay in clear. What is neither is refused, never passed through.
 */
#include <string.h>

#include "db/vfs_file.h"

enum {
	NUMBER = 4, /* bytes of a page number, and of a checksum */
	HEADER_USED = 28,
	HEADER_MARK = 12, /* magic and record count, written when the journal is synced */
	SECTOR = 512,	  /* headers stand at multiples of it, POWERSAFE_OVERWRITE sees to that */
	SUPER_TAIL = 16,  /* length, checksum, magic after a super-journal's name */
	SUPER_NAME_MAX = 4096,
	SUPER_SUFFIX = 12,
};

static const uint8_t MAGIC[] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };

static uint32_t number_at(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int record_size(const struct vfs_file *f)
{
	return (int)f->sealer.page_size + JOURNAL_RECORD_EXTRA;
}

/* A super-journal's name: a path that ends in -mj and nine digits. No page looks like it: its end is zeros. */
static bool is_super_name(const uint8_t *data, int len)
{
	return len > SUPER_SUFFIX && len <= SUPER_NAME_MAX && data[0] == '/' &&
	       memcmp(data + len - SUPER_SUFFIX, "-mj", 3) == 0 && !memchr(data, '\0', (size_t)len);
}

static bool all_zero(const uint8_t *data, int len)
{
	while (len > 0 && data[len - 1] == 0)
		len--;
	return len == 0;
}

/* A header or a part of one, that holds nothing but a header's fields. */
static bool is_header(const uint8_t *data, int len, sqlite3_int64 at)
{
	if (at % SECTOR != 0)
		return false;
	if (len == HEADER_MARK)
		return memcmp(data, MAGIC, sizeof(MAGIC)) == 0;
	return len >= HEADER_USED &&
	       (memcmp(data, MAGIC, sizeof(MAGIC)) == 0 || all_zero(data, sizeof(MAGIC))) &&
	       all_zero(data + HEADER_USED, len - HEADER_USED);
}

static int write_clear(struct vfs_file *f, const void *data, int len, sqlite3_int64 at)
{
	f->as.journal.cached = -1;
	return vfs_pass_write(&f->file, data, len, at);
}

static int write_record(struct vfs_file *f)
{
	struct journal_part *journal = &f->as.journal;

	journal->state = RECORD_NONE;
	journal->cached = -1;
	seal_record(&f->sealer, (uint64_t)journal->record, f->plain, f->work);
	return vfs_pass_write(&f->file, f->work, record_size(f), journal->record);
}

/* The next piece of the record that waits in `plain`; false when this is no such piece. */
static bool add_piece(struct vfs_file *f, const void *data, int len, sqlite3_int64 at, int *code)
{
	struct journal_part *journal = &f->as.journal;
	sqlite3_int64 page = f->sealer.page_size;

	*code = SQLITE_OK;
	if (journal->state == RECORD_NUMBER && at == journal->record + NUMBER && len == page) {
		if (!page_reserve_is_zero(&f->sealer, data))
			*code = SQLITE_IOERR_WRITE;
		memcpy(f->plain, journal->number, NUMBER);
		memcpy(f->plain + NUMBER, data, (size_t)len);
		journal->state = *code ? RECORD_NONE : RECORD_PAGE;
		return true;
	}
	if (journal->state == RECORD_PAGE && at == journal->record + NUMBER + page && len == NUMBER) {
		memcpy(f->plain + NUMBER + page, data, NUMBER);
		*code = write_record(f);
		return true;
	}
	return false;
}

/* The number that waits was not a record's: it and what follows name a super-journal. */
static int begin_super(struct vfs_file *f, const void *name, int len, sqlite3_int64 at)
{
	struct journal_part *journal = &f->as.journal;
	int code = write_clear(f, journal->number, NUMBER, journal->record);

	journal->state = RECORD_NONE;
	journal->super = at + len;
	return code ? code : write_clear(f, name, len, at);
}

/* What is no part of a record, as far as it may lie in clear. */
static int write_other(struct vfs_file *f, const void *data, int len, sqlite3_int64 at)
{
	struct journal_part *journal = &f->as.journal;

	if (is_header(data, len, at)) {
		journal->header = len >= HEADER_USED ? at : journal->header;
		return write_clear(f, data, len, at);
	}
	if (at == journal->super && len <= SUPER_TAIL) {
		journal->super = at + len;
		return write_clear(f, data, len, at);
	}
	if (len == NUMBER) {
		journal->state = RECORD_NUMBER;
		journal->record = at;
		memcpy(journal->number, data, NUMBER);
		return SQLITE_OK;
	}
	/* A header is blanked, or its magic spoiled, with zeros. */
	return len <= SECTOR && all_zero(data, len) ? write_clear(f, data, len, at) : SQLITE_IOERR_WRITE;
}

static int journal_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 at)
{
	struct vfs_file *f = vfs_file_of(file);
	struct journal_part *journal = &f->as.journal;
	int code = SQLITE_OK;

	if (f->node->store)
		code = vfs_store_touch(f->node->store);
	if (code)
		return code;
	if (journal->state == RECORD_NUMBER && at == journal->record + NUMBER && is_super_name(data, len))
		return begin_super(f, data, len, at);
	if (vfs_file_refresh(f) && add_piece(f, data, len, at, &code))
		return code;
	journal->state = RECORD_NONE;
	return write_other(f, data, len, at);
}

/* Open the record at `at` into `work`, unless it lies there already. */
static bool open_at(struct vfs_file *f, sqlite3_int64 at)
{
	struct journal_part *journal = &f->as.journal;

	if (journal->cached == at)
		return true;
	journal->cached = -1;
	if (at < 0 || !vfs_file_refresh(f) ||
	    vfs_pass_read(&f->file, f->work, record_size(f), at) != SQLITE_OK ||
	    !open_record(&f->sealer, (uint64_t)at, f->work))
		return false;
	journal->cached = at;
	return true;
}

static bool in_header(struct vfs_file *f, sqlite3_int64 at)
{
	sqlite3_int64 sector = at - at % SECTOR;
	uint8_t magic[sizeof(MAGIC)];

	if (at - sector >= HEADER_USED)
		return false;
	return sector == f->as.journal.header ||
	       (vfs_pass_read(&f->file, magic, sizeof(magic), sector) == SQLITE_OK &&
		(memcmp(magic, MAGIC, sizeof(magic)) == 0 || all_zero(magic, sizeof(magic))));
}

/* The end of the journal names a super-journal: number, name, length, checksum, magic. */
static bool in_super(struct vfs_file *f, sqlite3_int64 at)
{
	uint8_t tail[SUPER_TAIL];
	sqlite3_int64 size = 0;

	if (vfs_pass_size(&f->file, &size) || at >= size || size < SUPER_TAIL)
		return false;
	if (at >= size - SUPER_TAIL)
		return true;
	return vfs_pass_read(&f->file, tail, SUPER_TAIL, size - SUPER_TAIL) == SQLITE_OK &&
	       memcmp(tail + 8, MAGIC, sizeof(MAGIC)) == 0 && number_at(tail) <= SUPER_NAME_MAX &&
	       at >= size - SUPER_TAIL - (sqlite3_int64)number_at(tail) - NUMBER;
}

static int journal_read(sqlite3_file *file, void *data, int len, sqlite3_int64 at)
{
	struct vfs_file *f = vfs_file_of(file);
	sqlite3_int64 cached = f->as.journal.cached, size = 0;

	/* The rest of the record whose number was read. */
	if (cached >= 0 && at > cached && at + len <= cached + record_size(f)) {
		memcpy(data, f->work + (at - cached), (size_t)len);
		return SQLITE_OK;
	}
	if (len == NUMBER && open_at(f, at)) {
		memcpy(data, f->work, NUMBER);
		return SQLITE_OK;
	}
	if ((uint32_t)len == f->sealer.page_size && open_at(f, at - NUMBER)) {
		memcpy(data, f->work + NUMBER, (size_t)len);
		return SQLITE_OK;
	}
	if (vfs_pass_size(file, &size) == SQLITE_OK && at >= size)
		return vfs_pass_read(file, data, len, at);
	/* SQLite would end the rollback at a record that does not fit and call it done: say it is damaged. */
	if (len == NUMBER && !in_header(f, at) && !in_super(f, at))
		return SQLITE_IOERR_DATA;
	if ((uint32_t)len == f->sealer.page_size && !in_super(f, at))
		return SQLITE_IOERR_DATA;
	return vfs_pass_read(file, data, len, at);
}

static int journal_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct journal_part *journal = &vfs_file_of(file)->as.journal;

	journal->state = RECORD_NONE;
	journal->cached = journal->header = journal->super = -1;
	return vfs_pass_truncate(file, size);
}

const sqlite3_io_methods vfs_journal_methods = {
	.iVersion = 1,
	.xClose = vfs_pass_close,
	.xRead = journal_read,
	.xWrite = journal_write,
	.xTruncate = journal_truncate,
	.xSync = vfs_pass_sync,
	.xFileSize = vfs_pass_size,
	.xLock = vfs_pass_lock,
	.xUnlock = vfs_pass_unlock,
	.xCheckReservedLock = vfs_pass_check,
	.xFileControl = vfs_pass_control,
	.xSectorSize = vfs_pass_sector,
	.xDeviceCharacteristics = vfs_pass_traits,
};
