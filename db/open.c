/*
 * open.c - making a store, and the ways into one: a passphrase, the recovery
 * code, the data key itself.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/file.h"
#include "db/handle.h"
#include "db/header.h"
#include "db/migrate.h"
#include "db/vfs.h"

/* An unfinished store bears this name, so that one under its own name is always whole. */
#define UNFINISHED "-new"

static enum rc no_key(struct err *err)
{
	return err_set(err, RC_FAILED, "không có bộ nhớ an toàn cho khóa", "no safe memory for the key");
}

static enum rc open_migrated(const char *path, const uint8_t data[KEY_SIZE], struct db **out, struct err *err)
{
	struct key_ring *ring = key_ring_new(data);
	struct db *db = NULL;
	enum rc rc = ring ? db_open_ring(path, ring, &db, err) : no_key(err);

	if (!rc)
		rc = db_migrate(db, err);
	if (rc)
		db_close(db);
	else
		*out = db;
	return rc;
}

static void drop_unfinished(const char *path)
{
	static const char *const suffixes[] = { UNFINISHED, UNFINISHED "-wal", UNFINISHED "-journal" };

	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		char *name = db_path_with(path, suffixes[i]);

		unlink(name);
		free(name);
	}
}

/* Schema and all under the unfinished name, then the right one. */
static enum rc make_store(const char *path, const uint8_t data[KEY_SIZE], const struct key_ring *ring,
			  const struct header *header, struct err *err)
{
	char *unfinished = db_path_with(path, UNFINISHED);
	struct db *db = NULL;
	enum rc rc;

	drop_unfinished(path);
	rc = vfs_store_make(unfinished, ring, header, err);
	if (!rc)
		rc = open_migrated(unfinished, data, &db, err);
	db_close(db);
	if (!rc)
		rc = file_rename(unfinished, path, err);
	drop_unfinished(path);
	free(unfinished);
	return rc;
}

static enum rc refuse_existing(const char *path, struct err *err)
{
	if (access(path, F_OK) == 0)
		return err_set(err, RC_REFUSED, "đã có kho ở đó; hãy chọn tên khác",
			       "a store is there already; choose another name");
	return RC_OK;
}

enum rc db_create(const char *path, const char *user, const char *passphrase, char recovery[DB_RECOVERY_TEXT],
		  struct db **out, struct err *err)
{
	uint8_t data[KEY_SIZE];
	char code[KEY_RECOVERY_TEXT];
	struct header header;
	struct key_ring *ring;
	struct db *db = NULL;
	enum rc rc = refuse_existing(path, err);

	if (rc)
		return rc;
	key_draw(data);
	key_recovery_draw(code);
	ring = key_ring_new(data);
	if (!ring)
		return no_key(err);
	header_draw(&header, ring);
	rc = key_slot_make(&header.slots[0], header.store_id, user, passphrase, key_cost_default(), ring,
			   err);
	if (!rc)
		rc = key_slot_make(&header.slots[1], header.store_id, NULL, code, key_cost_floor(), ring,
				   err);
	if (!rc)
		rc = make_store(path, data, ring, &header, err);
	if (!rc)
		rc = open_migrated(path, data, &db, err);
	if (!rc) {
		key_slot_name(&header.slots[0], ring, db->user);
		memcpy(recovery, code, sizeof(code));
		*out = db;
	}
	explicit_bzero(data, sizeof(data));
	explicit_bzero(code, sizeof(code));
	key_ring_free(ring);
	return rc;
}

static enum rc read_closed(const char *path, struct header_found *found, struct err *err)
{
	if (vfs_store_open_at(path))
		return err_set(err, RC_REFUSED, "kho này đang mở rồi", "this store is open already");
	return header_read(path, found, err);
}

enum rc db_open(const char *path, const char *user, const char *passphrase, struct db **out, struct err *err)
{
	struct header_found found = { .count = 0 };
	char name[DB_USER_MAX + 1] = "";
	uint8_t data[KEY_SIZE];
	struct db *db = NULL;
	enum rc rc = read_closed(path, &found, err);

	if (rc)
		return rc;
	rc = header_sign_in(path, &found, user, passphrase, data, name, err);
	if (!rc)
		rc = open_migrated(path, data, &db, err);
	explicit_bzero(data, sizeof(data));
	if (rc)
		return rc;
	assert(db);
	memcpy(db->user, name, sizeof(name));
	*out = db;
	return RC_OK;
}

enum rc db_open_key(const char *path, const uint8_t key[32], bool create, struct db **out, struct err *err)
{
	struct header_found found = { .count = 0 };
	struct key_ring *ring = key_ring_new(key);
	struct header header;
	enum rc rc;

	if (!ring)
		return no_key(err);
	rc = read_closed(path, &found, err);
	if (rc == RC_NONE && create) {
		header_draw(&header, ring);
		rc = make_store(path, key, ring, &header, err);
	} else if (!rc && memcmp(found.copy[0].key_id, ring->id, KEY_ID_SIZE) != 0) {
		rc = err_set(err, RC_REFUSED, "khóa này không phải của kho này",
			     "this key is not of this store");
	}
	key_ring_free(ring);
	return rc ? rc : open_migrated(path, key, out, err);
}

enum rc db_slot_count(const char *path, unsigned *users, struct err *err)
{
	struct vfs_store *store = vfs_store_open_at(path);
	struct header_found found = { .count = 0 };
	enum rc rc = store ? RC_OK : header_read(path, &found, err);

	if (!rc)
		*users = header_users(store ? &store->header : &found.copy[0]);
	return rc;
}
