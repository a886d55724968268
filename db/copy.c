/*
 * copy.c - a backup, a new key, a look at every page.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/file.h"
#include "db/handle.h"
#include "db/stmt.h"
#include "db/vfs_store.h"

#define REKEYED "-rekey"

/* What SQLite found names a page more often than not; its words are not a clerk's. */
static enum rc found_damage(const char *found, struct err *err)
{
	const char *at = strstr(found, "age ");
	unsigned long page = at ? strtoul(at + strlen("age "), NULL, 10) : 0;

	if (page)
		return err_set(err, RC_DAMAGED, "kho bị hỏng ở trang %lu; hãy khôi phục từ bản sao lưu",
			       "the store is damaged at page %lu; restore it from a backup", page);
	return err_set(err, RC_DAMAGED, "kho bị hỏng; hãy khôi phục từ bản sao lưu",
		       "the store is damaged; restore it from a backup");
}

enum rc db_check_pages(struct db *db, struct err *err)
{
	static const char SQL_CHECK[] = "PRAGMA integrity_check(1)";
	struct stmt *s = stmt_use(db, SQL_CHECK);
	enum rc rc = stmt_row(s, err);

	if (!rc && strcmp(stmt_text(s, 0), "ok") != 0)
		rc = found_damage(stmt_text(s, 0), err);
	stmt_done(s);
	if (rc == RC_DAMAGED)
		db->damaged = true;
	return rc;
}

/* The header a copy of the store as it is now begins with. */
static struct header header_now(const struct db *db)
{
	struct header header = db->store->header;

	memcpy(header.head, db->store->head, HEADER_HASH_SIZE);
	header.generation++;
	return header;
}

enum rc db_backup(struct db *db, const char *path, const struct watch *watch, struct err *err)
{
	enum rc rc = db_idle(db, err);
	struct header header;

	if (!rc)
		rc = db_settle(db, err);
	if (rc)
		return rc;
	header = header_now(db);
	return vfs_store_copy(db->store, path, db->store->ring, &header, watch, err);
}

/* The new file opens with the new key and is whole. */
static enum rc check_copy(const char *path, const uint8_t data[KEY_SIZE], struct err *err)
{
	struct key_ring *ring = key_ring_new(data);
	struct db *copy = NULL;
	enum rc rc;

	if (!ring)
		return err_set(err, RC_FAILED, "không có bộ nhớ an toàn cho khóa",
			       "no safe memory for the key");
	rc = db_open_ring(path, ring, &copy, err);
	if (!rc)
		rc = db_check_pages(copy, err);
	db_close(copy);
	return rc;
}

static enum rc write_rekeyed(struct db *db, const char *path, const uint8_t data[KEY_SIZE], struct err *err)
{
	struct header header = header_now(db);
	struct key_ring *ring = key_ring_new(data);
	enum rc rc = RC_OK;

	if (!ring)
		return err_set(err, RC_FAILED, "không có bộ nhớ an toàn cho khóa",
			       "no safe memory for the key");
	memcpy(header.key_id, ring->id, KEY_ID_SIZE);
	header.epoch++;
	for (size_t i = 0; i < HEADER_SLOTS && !rc; i++) {
		if (header.slots[i].kind != KEY_FREE &&
		    !key_slot_hand_over(&header.slots[i], db->store->ring, ring))
			rc = err_set(err, RC_DAMAGED, "một ô khóa của kho bị hỏng",
				     "a key slot of the store is damaged");
	}
	if (!rc)
		rc = vfs_store_copy(db->store, path, ring, &header, NULL, err);
	key_ring_free(ring);
	return rc ? rc : check_copy(path, data, err);
}

/* The renamed file takes the place of the old one behind the handle. */
static enum rc reopen(struct db *db, const uint8_t data[KEY_SIZE], struct err *err)
{
	struct key_ring *ring = key_ring_new(data);
	struct db *fresh = NULL;
	enum rc rc;

	stmt_forget_all(db);
	sqlite3_close(db->sql);
	vfs_store_free(db->store);
	db->sql = NULL;
	db->store = NULL;
	if (!ring)
		return err_set(err, RC_FAILED, "không có bộ nhớ an toàn cho khóa",
			       "no safe memory for the key");
	rc = db_open_ring(db->path, ring, &fresh, err);
	if (rc)
		return err_in(err, "kho đã đổi khóa xong, hãy mở lại",
			      "the store has its new key; open it again");
	db->sql = fresh->sql;
	db->store = fresh->store;
	free(fresh->path);
	free(fresh);
	return RC_OK;
}

enum rc db_rekey(struct db *db, struct err *err)
{
	char *path = db_path_with(db->path, REKEYED);
	uint8_t data[KEY_SIZE];
	enum rc rc = db_idle(db, err);

	if (!rc && header_users(&db->store->header) == 0)
		rc = err_set(err, RC_REFUSED, "kho này mở bằng tệp khóa, không đổi khóa theo cách này được",
			     "this store is opened by a key file; its key cannot be changed this way");
	if (!rc)
		rc = db_settle(db, err);
	unlink(path); /* of a rekey that a power cut ended */
	key_draw(data);
	if (!rc)
		rc = write_rekeyed(db, path, data, err);
	if (!rc)
		rc = file_rename(path, db->store->path, err);
	if (rc)
		unlink(path);
	else
		rc = reopen(db, data, err);
	explicit_bzero(data, sizeof(data));
	free(path);
	return rc;
}
