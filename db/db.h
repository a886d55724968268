/*
 * db.h - one open store: the sealed file, its transactions, its key slots.
 *
 * A store is one file (db/FORMAT.md): a two-copy header with key slots, then
 * SQLite pages sealed by db/vfs.c. One process has it open at a time; the
 * second is told RC_REFUSED. Everything here runs on one thread.
 * Passphrases are NUL-terminated UTF-8, NFC, wiped by their owner.
 */
#ifndef MOTCUA_DB_H
#define MOTCUA_DB_H

#include "db/base/watch.h"

struct db;
struct sqlite3;

enum {
	DB_USER_MAX = 64,       /* bytes of a user's name */
	DB_SLOTS = 32,          /* users and the recovery code together */
	DB_PASSPHRASE_MIN = 8,  /* letters */
	DB_PASSPHRASE_MAX = 512,
	DB_RECOVERY_TEXT = 48,  /* bytes of a printed recovery code, NUL included */
	DB_HEAD_SIZE = 32,      /* a chain head */
};

/*
 * Make a new store at `path` (which must not exist) with a slot for `user`
 * and one for a recovery code, whose text is written to `recovery` once.
 * Nothing stays behind on failure. RC_REFUSED: exists, or passphrase too short.
 */
enum rc db_create(const char *path, const char *user, const char *passphrase, char recovery[DB_RECOVERY_TEXT],
		  struct db **out, struct err *err) MUST_CHECK;

/*
 * Open a store with a user's passphrase, or the recovery code when `user` is NULL.
 * RC_REFUSED: wrong name or passphrase (one message for both), in use, a WAL
 * beside a store that was closed cleanly. RC_DAMAGED: header or pages are not
 * what was written. RC_NONE: no such file. A newer format is RC_REFUSED.
 */
enum rc db_open(const char *path, const char *user, const char *passphrase, struct db **out,
		struct err *err) MUST_CHECK;

/* Open with the 32-byte data key itself (the hub's key file); create makes the file when missing. */
enum rc db_open_key(const char *path, const uint8_t key[32], bool create, struct db **out,
		    struct err *err) MUST_CHECK;

/* For benchmarks and tests only: the same settings and schema over plain SQLite pages. */
enum rc db_open_plain(const char *path, struct db **out, struct err *err) MUST_CHECK;

/* Checkpoint, write `clean` and the chain head into the header, close. NULL is fine. */
void db_close(struct db *db);

const char *db_path(const struct db *db);
/* True when the last session did not close cleanly: the caller verifies before the first screen. */
bool db_was_dirty(const struct db *db);
/* As db_was_dirty, and the reason is that the closed file is not the one left behind: an older or altered one. */
bool db_was_altered(const struct db *db);
/*
 * Which file of pages this is: drawn when the file is made, so a backup or a rekeyed store has another one
 * (a store that finds another id than it noted is a restored copy). 16 bytes; zeros for a plain store.
 */
const uint8_t *db_file_id(const struct db *db);
/* Failed sign-ins since the last good one, as the header counts them (a notice, not proof). */
unsigned db_failed_signins(const struct db *db);
/* The journal's chain head as of the last clean close; all zero for a new store. */
const uint8_t *db_closed_head(const struct db *db);
/* The head to record at the next clean close. */
void db_set_head(struct db *db, const uint8_t head[DB_HEAD_SIZE]);

/*
 * Call `written` in every commit from here on, when its bytes are in the file (they outlive this process) and
 * before the disk has confirmed them. It must not touch the store. NULL: no more. Nothing on a plain store.
 */
void db_on_written(struct db *db, void (*written)(void *ctx), void *ctx);

/* Write transactions; they do not nest. Rollback after a failed begin is harmless. */
enum rc db_begin(struct db *db, struct err *err) MUST_CHECK;
enum rc db_commit(struct db *db, struct err *err) MUST_CHECK;
void db_rollback(struct db *db);
/*
 * A place inside a transaction to go back to, one at a time: db_mark, then db_marked keeps or takes back what
 * followed.
 */
enum rc db_mark(struct db *db, struct err *err) MUST_CHECK;
enum rc db_marked(struct db *db, bool keep, struct err *err) MUST_CHECK;
bool db_in_transaction(const struct db *db);

/* Key slots. Names are compared case-folded; adding an existing name replaces its slot. */
enum rc db_slot_set(struct db *db, const char *user, const char *passphrase, struct err *err) MUST_CHECK;
enum rc db_slot_drop(struct db *db, const char *user, struct err *err) MUST_CHECK;
bool db_slot_exists(struct db *db, const char *user);
/* A new recovery code in place of the old one; its text, once. */
enum rc db_recovery_new(struct db *db, char recovery[DB_RECOVERY_TEXT], struct err *err) MUST_CHECK;
/* The user's passphrase is this one: RC_OK or RC_REFUSED. Costs one Argon2id. */
enum rc db_slot_check(struct db *db, const char *user, const char *passphrase, struct err *err) MUST_CHECK;
/*
 * How many user slots the store at `path` has, without opening it; a name may be left out when 1.
 * Header names are not stored in clear, so the name itself comes after sign-in from db_user.
 */
enum rc db_slot_count(const char *path, unsigned *users, struct err *err) MUST_CHECK;
/* With one user slot db_open accepts user "" and this is the name kept in the slot. */
const char *db_user(const struct db *db);

/*
 * A consistent sealed copy with the same slots at `path`, which must not exist, read back and compared.
 * `watch` (may be NULL) is told the bytes; nothing stays behind when it stops the copy.
 */
enum rc db_backup(struct db *db, const char *path, const struct watch *watch, struct err *err) MUST_CHECK;
/*
 * A new data key: a new file with every page re-sealed, checked, then renamed
 * over the old one. Slots go along (their public keys); the handle stays open.
 */
enum rc db_rekey(struct db *db, struct err *err) MUST_CHECK;
/* PRAGMA integrity_check over every page; RC_DAMAGED names the first fault. */
enum rc db_check_pages(struct db *db, struct err *err) MUST_CHECK;

/* For db/ only: statements go through db/stmt.h. */
struct sqlite3 *db_handle(struct db *db);

#endif
