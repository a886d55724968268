/*
 * key.h - passphrases, key slots, and the keys derived from a store's data key.
 *
 * A slot holds an X25519 key pair: the private half wrapped under
 * Argon2id(passphrase), the data key sealed to the public half. So a rekey
 * needs nobody's passphrase. No I/O, no state. Secrets live in sodium_malloc
 * or are wiped by the function that made them; `data` arguments are the
 * caller's to wipe. Layout on disk: db/FORMAT.md.
 */
#ifndef MOTCUA_KEY_H
#define MOTCUA_KEY_H

#include "db/base/err.h"

enum {
	KEY_SIZE = 32,
	KEY_ID_SIZE = 16,
	KEY_NAME_MAX = 64, /* bytes of a user's name */
	KEY_SALT_SIZE = 16,
	KEY_NONCE_SIZE = 24,
	KEY_WRAPPED_SIZE = KEY_SIZE + 16, /* private key under the passphrase */
	KEY_SEALED_SIZE = KEY_SIZE + 48,  /* data key to the public key */
	KEY_NAME_SIZE = 1 + KEY_NAME_MAX + 16,
	KEY_RECOVERY_TEXT = 48,
	/* What a file may ask of Argon2id: no downgrade, no memory bomb. */
	KEY_OPS_MIN = 3,
	KEY_OPS_MAX = 10,
	KEY_MEM_MIN_KIB = 32 * 1024,
	KEY_MEM_MAX_KIB = 256 * 1024,
};

enum key_kind { KEY_FREE, KEY_USER, KEY_RECOVERY };

struct key_cost {
	uint32_t ops, mem_kib;
};

/* Everything derived from one data key; made by key_ring_new, read-only, in locked memory. */
struct key_ring {
	uint8_t data[KEY_SIZE];
	uint8_t page[KEY_SIZE], wal[KEY_SIZE], journal[KEY_SIZE]; /* by what they seal */
	uint8_t mac[KEY_SIZE];                                    /* of the header */
	uint8_t name[KEY_SIZE];                                   /* users' names in the slots */
	uint8_t id[KEY_ID_SIZE];                                  /* tells data keys apart, reveals nothing */
};

struct key_slot {
	enum key_kind kind;
	struct key_cost cost;
	uint8_t id[KEY_ID_SIZE]; /* of the folded user name and the store */
	uint8_t salt[KEY_SALT_SIZE], nonce[KEY_NONCE_SIZE];
	uint8_t public_key[KEY_SIZE], wrapped[KEY_WRAPPED_SIZE], sealed[KEY_SEALED_SIZE];
	uint8_t name_nonce[KEY_NONCE_SIZE], name[KEY_NAME_SIZE];
};

/* A fresh data key. */
void key_draw(uint8_t data[KEY_SIZE]);
/* NULL when libsodium cannot start or memory is out. */
struct key_ring *key_ring_new(const uint8_t data[KEY_SIZE]);
void key_ring_free(struct key_ring *ring); /* NULL is fine */

/* 64 MiB x 3, or 32 MiB x 4 on a machine of 1 GiB or less. */
struct key_cost key_cost_default(void);
/* A recovery code is 160 random bits and needs no more than the floor. */
struct key_cost key_cost_floor(void);
bool key_cost_ok(struct key_cost cost);

/* The slot id of a user in a store: case-folded NFC name, bound to the store. */
void key_user_id(const uint8_t store_id[KEY_ID_SIZE], const char *user, uint8_t id[KEY_ID_SIZE]);

/*
 * A slot for `user` (NULL: the recovery code) that opens with `passphrase`.
 * RC_REFUSED: too short or too long; RC_INPUT: name empty or too long;
 * RC_FAILED: no memory for Argon2id.
 */
enum rc key_slot_make(struct key_slot *slot, const uint8_t store_id[KEY_ID_SIZE], const char *user,
		      const char *passphrase, struct key_cost cost, const struct key_ring *ring,
		      struct err *err) MUST_CHECK;
/* The data key behind a slot. RC_REFUSED: not this passphrase. RC_DAMAGED: a cost no program of ours writes. */
enum rc key_slot_open(const struct key_slot *slot, const uint8_t store_id[KEY_ID_SIZE], const char *passphrase,
		      uint8_t data[KEY_SIZE], struct err *err) MUST_CHECK;
/* As much work as key_slot_open for a user who does not exist; always RC_REFUSED with the same words. */
enum rc key_slot_none(struct key_cost cost, const char *passphrase, struct err *err) MUST_CHECK;
/* Hand the slot over from `old` to `new`: data key to its public key, name under the new name key. */
bool key_slot_hand_over(struct key_slot *slot, const struct key_ring *old, const struct key_ring *new) MUST_CHECK;
/* The user's name as it was given; "" when it does not open. */
void key_slot_name(const struct key_slot *slot, const struct key_ring *ring, char name[KEY_NAME_MAX + 1]);

/* Draw a recovery code: 160 bits in groups of four with dashes between, letters A to Z and digits 2 to 7. */
void key_recovery_draw(char text[KEY_RECOVERY_TEXT]);
/* What a person typed (case, spaces, dashes, 0 1 8 for O I B) as that text; false when it cannot be a code. */
bool key_recovery_read(const char *typed, char text[KEY_RECOVERY_TEXT]);

#endif
