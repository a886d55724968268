/*
 * pack.h - one raw deflate over a preset text, under ceilings; and the dictionaries.
 *
 * A dictionary is a run of events of invented wards, packed without one; both
 * ends go through it before a batch, so that they know the words and habits of
 * such an office. sync/dict/build.py makes it; it is named by its hash in its
 * source and by a number in a batch, so it can be replaced.
 */
#ifndef MOTCUA_PACK_H
#define MOTCUA_PACK_H

#include "db/base/wire.h"

/* The number of the newest dictionary; 0 means none. */
uint8_t pack_dictionary(void);
/* Its bytes: what columns_pack gave for `events` events. RC_INPUT: one this program does not carry. */
struct dictionary {
	uint8_t number;
	size_t events;
	const char *const *lines; /* base64; NULL ends them */
	const char *hash;	  /* BLAKE2b-128 of the bytes, hex */
};
enum rc pack_dictionary_get(uint8_t number, size_t *events, struct buf *out, struct err *err) MUST_CHECK;

/* Deflate (level 9, raw). Of `preset`, which may be empty, the last 32 KiB count. */
enum rc pack_deflate(struct span data, struct span preset, struct buf *out, struct err *err) MUST_CHECK;
/* Inflate into out, whose ceiling bounds it. RC_INPUT: no deflate stream, bytes after it, or too much. */
enum rc pack_inflate(struct span data, struct span preset, struct buf *out, struct err *err) MUST_CHECK;

#endif
