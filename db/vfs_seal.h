/*
 * vfs_seal.h - one page, one WAL frame, one journal record: sealed and opened.
 *
 * XChaCha20-Poly1305 with a random nonce for every write. A sealed thing has
 * the size of the plain one: the last SEAL_RESERVE bytes of every page are
 * SQLite's reserved bytes, zero in memory, nonce and tag on disk. Bound into
 * each seal: what it is (page, frame, record), its number or place, the file
 * it belongs to, the WAL generation. Pure; buffers are the caller's.
 */
#ifndef MOTCUA_VFS_SEAL_H
#define MOTCUA_VFS_SEAL_H

#include "db/header.h"

enum {
	SEAL_RESERVE = 40, /* nonce 24, tag 16 */
	SEAL_PAGE_MIN = 1024, /* 512 would leave SQLite fewer usable bytes than it accepts */
	SEAL_PAGE_MAX = 65536,
	WAL_HEADER = 32,
	WAL_FRAME_HEADER = 24,
	WAL_SALTS = 8,
	JOURNAL_RECORD_EXTRA = 8, /* page number before, checksum after */
};

/* What a file's seals have in common. */
struct sealer {
	const struct key_ring *ring;
	uint32_t page_size; /* 0: not known yet */
	uint8_t id[PAGE_ID_SIZE];
};

/* Page `number` (from 1): page_size bytes from `page` to `out`. */
void seal_page(const struct sealer *s, uint64_t number, const uint8_t *page, uint8_t *out);
/* In place; false when it is not what was sealed (then the bytes are gone). Page 1 gets SQLite's magic back. */
bool open_page(const struct sealer *s, uint64_t number, uint8_t *page) MUST_CHECK;

/* A frame at byte `offset` of its WAL: header 24 and page, both ways page_size + 24 bytes. */
void seal_frame(const struct sealer *s, const uint8_t salts[WAL_SALTS], uint64_t offset, const uint8_t *frame,
		uint8_t *out);
bool open_frame(const struct sealer *s, const uint8_t salts[WAL_SALTS], uint64_t offset, uint8_t *frame) MUST_CHECK;

/* A journal record at byte `offset`: number 4, page, checksum 4, both ways page_size + 8 bytes. */
void seal_record(const struct sealer *s, uint64_t offset, const uint8_t *record, uint8_t *out);
bool open_record(const struct sealer *s, uint64_t offset, uint8_t *record) MUST_CHECK;

/* The reserved bytes of a plain page are all zero. */
bool page_reserve_is_zero(const struct sealer *s, const uint8_t *page);
/* The clear beginning of page 1 is one of ours; sets *page_size. */
bool page_id_read(const uint8_t id[PAGE_ID_SIZE], uint32_t *page_size);
/* A new one, drawn. */
void page_id_draw(uint8_t id[PAGE_ID_SIZE], uint32_t page_size);

#endif
