/*
 * header.h - the 64 KiB in front of a store's pages: two equal copies of
 * state and key slots (layout: db/FORMAT.md).
 *
 * Each copy ends in a plain BLAKE2b (torn or rotten copies are passed over in
 * favour of the twin) over a MAC under the data key (anything altered is
 * noticed once a slot has opened). Failed sign-ins stand outside both, as no
 * key is known then. Pure over bytes, any bytes; header_read and
 * header_count_failure alone touch a file, and only one that is not open in
 * this process: closing it would drop SQLite's locks.
 */
#ifndef MOTCUA_HEADER_H
#define MOTCUA_HEADER_H

#include "db/key.h"

enum {
	HEADER_COPY = 32768,
	HEADER_COPIES = 2,
	HEADER_SIZE = HEADER_COPY * HEADER_COPIES, /* page 1 begins here */
	HEADER_PAGE = 4096, /* bytes of every page of a store */
	HEADER_SLOTS = 32,
	HEADER_VERSION = 1,
	HEADER_HASH_SIZE = 32,
	HEADER_FAILURES = 32256, /* where in a copy the count of failed sign-ins stands, a sector of its own */
	HEADER_FAILURES_SIZE = 512,
	PAGE_ID_SIZE = 16, /* the clear bytes page 1 begins with */
	PAGE_TAG_SIZE = 16,
};

struct header {
	uint64_t generation;
	uint8_t store_id[KEY_ID_SIZE]; /* stays through a rekey: user ids hang on it */
	uint8_t key_id[KEY_ID_SIZE];   /* which data key */
	uint8_t page_id[PAGE_ID_SIZE]; /* which file of pages: drawn anew for every copy */
	uint32_t epoch;                /* how many data keys before this one */
	bool clean;                    /* closed in order: no WAL, `pages` and `page1_tag` hold */
	uint64_t pages;
	uint8_t head[HEADER_HASH_SIZE]; /* the journal's chain head at the last clean close */
	uint8_t page1_tag[PAGE_TAG_SIZE];
	struct key_slot slots[HEADER_SLOTS];
	uint8_t mac[HEADER_HASH_SIZE]; /* as read; header_pack makes it anew */
};

/* What header_read found: the copies that hold together, best first. */
struct header_found {
	struct header copy[HEADER_COPIES];
	unsigned count;
	bool healthy; /* both copies hold and are equal */
	unsigned failures;
};

/* A header for a new store under `ring`: ids drawn, no slots. */
void header_draw(struct header *header, const struct key_ring *ring);
/* One copy's bytes, with MAC and hash; the failure sector is written as `failures`. */
void header_pack(const struct header *header, const struct key_ring *ring, unsigned failures,
		 uint8_t copy[HEADER_COPY]);
/* RC_REFUSED: a newer format. RC_DAMAGED: not a copy, torn or rotten. Proves no authenticity. */
enum rc header_unpack(const uint8_t copy[HEADER_COPY], struct header *out, struct err *err) MUST_CHECK;
/* The MAC as read is right under this key. */
bool header_authentic(const struct header *header, const struct key_ring *ring);
/* Both copies; RC_OK when one at least holds together. */
enum rc header_choose(const uint8_t both[HEADER_SIZE], struct header_found *out, struct err *err) MUST_CHECK;

/* The failure sector of one copy; an unreadable one counts 0. */
void header_failures_pack(unsigned failures, uint8_t sector[HEADER_FAILURES_SIZE]);
unsigned header_failures(const uint8_t sector[HEADER_FAILURES_SIZE]);

/*
 * Read the header of a store that is not open in this process. RC_NONE: no
 * file. RC_REFUSED: a plain SQLite database, a newer format, or in use by
 * another process. RC_DAMAGED: both copies are gone. RC_IO.
 */
enum rc header_read(const char *path, struct header_found *out, struct err *err) MUST_CHECK;
/* One more failed sign-in, as well as the file allows. */
void header_count_failure(const char *path, unsigned failures);

/*
 * The data key behind `user` and `passphrase`, by the first copy that is
 * authentic under it: the recovery code when `user` is NULL, the only user
 * when it is ""; `name` is the user's as the slot keeps it. A refusal is
 * counted in the file. RC_REFUSED, RC_DAMAGED.
 */
enum rc header_sign_in(const char *path, struct header_found *found, const char *user, const char *passphrase,
		       uint8_t data[KEY_SIZE], char name[KEY_NAME_MAX + 1], struct err *err) MUST_CHECK;

unsigned header_users(const struct header *header);
/* The user's slot, the recovery slot when `user` is NULL, the only user's when it is ""; NULL if none. */
struct key_slot *header_slot(struct header *header, const char *user);

#endif
