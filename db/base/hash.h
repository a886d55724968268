/*
 * hash.h - BLAKE2b over bytes: event chains, batch and scan identities,
 * catalogue versions. Pure; cannot fail.
 */
#ifndef MOTCUA_HASH_H
#define MOTCUA_HASH_H

#include "db/base/buf.h"

#include <sodium/crypto_generichash.h>

enum { HASH_SHORT = 16, HASH_LONG = 32 };

struct hash_state {
	crypto_generichash_state blake;
	size_t size;
};

/* `size` bytes of digest: HASH_SHORT or HASH_LONG. */
void hash_start(struct hash_state *state, size_t size);
void hash_more(struct hash_state *state, const void *data, size_t len);
void hash_end(struct hash_state *state, uint8_t *out);
/* All in one. */
void hash_of(const void *data, size_t len, uint8_t *out, size_t size);
/* Lower-case hex, NUL-terminated: out has room for 2 * len + 1. */
void hex_of(const void *data, size_t len, char *out);
/* Exactly 2 * len hex digits of either case; false otherwise. */
bool hex_parse(const char *text, uint8_t *out, size_t len);
/* Base64 with padding, NUL-terminated; `out` is cut to nothing when `size` is too small. */
void base64_of(const void *data, size_t len, char *out, size_t size);
/* Append what the text stands for; false (nothing appended) when it is no base64 or too long for `out`. */
bool base64_parse(const char *text, struct buf *out);

#endif
