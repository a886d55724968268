/*
 * pack.h - one raw deflate with a shipped preset dictionary, under ceilings.
 *
 * The dictionary is made by sync/dict/build.py from invented wards and named
 * by its hash; a batch says which one it used, so it can be replaced.
 */
#ifndef MOTCUA_PACK_H
#define MOTCUA_PACK_H

#include "db/base/wire.h"

/* The number of the newest dictionary; 0 means none. */
uint8_t pack_dictionary(void);
/* Deflate (level 9, raw). */
enum rc pack_deflate(const void *data, size_t len, uint8_t dictionary, struct buf *out, struct err *err) MUST_CHECK;
/* Inflate into out, whose ceiling bounds it (RC_FULL). RC_DAMAGED: not a deflate stream, or bytes after it.
 * RC_INPUT: a dictionary this program does not carry ("cần phiên bản mới hơn"). */
enum rc pack_inflate(const void *data, size_t len, uint8_t dictionary, struct buf *out, struct err *err) MUST_CHECK;

#endif
