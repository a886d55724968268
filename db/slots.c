/*
 * slots.c - who may open an open store. Slots change in the header only; no
 * page is touched.
 */
#include <string.h>

#include "db/handle.h"
#include "db/vfs_store.h"

static enum rc sealed_only(const struct db *db, struct err *err)
{
	if (!db->store)
		return err_set(err, RC_FAILED, "kho thường không có khóa", "a plain store has no keys");
	return RC_OK;
}

static struct key_slot *free_slot(struct header *header)
{
	for (size_t i = 0; i < HEADER_SLOTS; i++) {
		if (header->slots[i].kind == KEY_FREE)
			return &header->slots[i];
	}
	return NULL;
}

/* Put `made` where `slot` is; as before if it cannot be written. */
static enum rc replace(struct db *db, struct key_slot *slot, const struct key_slot *made, struct err *err)
{
	struct key_slot before = *slot;
	enum rc rc;

	*slot = *made;
	rc = vfs_store_save(db->store, err);
	if (rc)
		*slot = before;
	return rc;
}

static enum rc set_slot(struct db *db, const char *user, const char *passphrase, struct key_cost cost,
			struct err *err)
{
	struct header *header = &db->store->header;
	struct key_slot *slot = user && !*user ? NULL : header_slot(header, user), made;
	enum rc rc;

	if (!slot)
		slot = free_slot(header);
	if (!slot)
		return err_set(err, RC_FULL, "kho đã đủ %d người dùng; hãy bỏ bớt một người",
			       "the store has all of its %d users; drop one first", HEADER_SLOTS - 1);
	rc = key_slot_make(&made, header->store_id, user, passphrase, cost, db->store->ring, err);
	return rc ? rc : replace(db, slot, &made, err);
}

enum rc db_slot_set(struct db *db, const char *user, const char *passphrase, struct err *err)
{
	enum rc rc = sealed_only(db, err);

	return rc ? rc : set_slot(db, user, passphrase, key_cost_default(), err);
}

enum rc db_recovery_new(struct db *db, char recovery[DB_RECOVERY_TEXT], struct err *err)
{
	char code[KEY_RECOVERY_TEXT];
	enum rc rc = sealed_only(db, err);

	if (rc)
		return rc;
	key_recovery_draw(code);
	rc = set_slot(db, NULL, code, key_cost_floor(), err);
	if (!rc)
		memcpy(recovery, code, sizeof(code));
	explicit_bzero(code, sizeof(code));
	return rc;
}

/* The slot of exactly this user. */
static struct key_slot *user_slot(struct db *db, const char *user)
{
	return db->store && user && *user ? header_slot(&db->store->header, user) : NULL;
}

bool db_slot_exists(struct db *db, const char *user)
{
	return user_slot(db, user) != NULL;
}

enum rc db_slot_drop(struct db *db, const char *user, struct err *err)
{
	struct key_slot *slot = user_slot(db, user), none = { .kind = KEY_FREE };

	if (!slot)
		return err_set(err, RC_NONE, "kho không có người dùng này", "the store has no such user");
	if (header_users(&db->store->header) == 1)
		return err_set(err, RC_REFUSED, "đây là người dùng duy nhất của kho, không bỏ được",
			       "this is the store's only user and cannot be dropped");
	return replace(db, slot, &none, err);
}

enum rc db_slot_check(struct db *db, const char *user, const char *passphrase, struct err *err)
{
	struct key_slot *slot = user_slot(db, user);
	uint8_t data[KEY_SIZE];
	enum rc rc = sealed_only(db, err);

	if (rc)
		return rc;
	if (!slot)
		return key_slot_none(key_cost_default(), passphrase, err);
	rc = key_slot_open(slot, db->store->header.store_id, passphrase, data, err);
	explicit_bzero(data, sizeof(data));
	return rc;
}
