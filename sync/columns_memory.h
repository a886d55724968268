/*
 * columns_memory.h - what both sides of a batch have seen so far.
 *
 * Values met before are known by number within their pool; the last value met
 * in a context is remembered; columns, dossiers and subjects are kept. Every
 * table has a fixed size: what does not fit is not remembered, on both sides
 * alike. A struct memory is about 1.5 MB. Pure but for memory.
 */
#ifndef MOTCUA_COLUMNS_MEMORY_H
#define MOTCUA_COLUMNS_MEMORY_H

#include "db/event.h"

enum {
	POOLS = 16,
	POOL_VALUES = 4096,   /* values one pool knows */
	POOL_VALUE_MAX = 200, /* bytes of a value worth knowing */
	MEMOS = 1 << 15,
	COLUMNS = 512,
	FOLLOWERS = 7,
	FOLLOWER_LISTS = 1 << 10,
	PLACES = 1 << 16, /* of a hash table over the things below */
	DOSSIERS = 24000, /* events of a batch and of the dictionary */
};

#define NOT_KNOWN UINT32_MAX

/* Known values: text and bytes as they are, whole numbers as eight bytes. */
struct pool {
	uint32_t at[POOL_VALUES], len[POOL_VALUES];
	uint32_t count;
};

/* What may come after a path: packed steps, in order of appearance. */
struct followers {
	uint32_t context; /* 0: none */
	uint32_t count;
	uint64_t step[FOLLOWERS];
};

/* One path of one kind, its keys left out. */
struct column {
	uint16_t kind, tag, sub;
	uint32_t hash;
	const struct column_rule *rule;
	int64_t last_num;	     /* its last value, of whatever record */
	uint32_t last, last_but_one; /* hashes of its last values */
	uint32_t dossier;	     /* number of the dossier it last referred to */
};

/* A record that events of this batch are about. */
struct subject {
	struct id id;
	struct id event;       /* its last */
	uint32_t event_number; /* of its last event, among those of the batch */
	uint32_t rev;
	uint32_t dossier; /* NOT_KNOWN */
};

/* A dossier whose code stood in this batch. */
struct dossier {
	uint32_t at, len;	   /* its code, in memory->bytes */
	int64_t procedure, person; /* hashes: of its procedure's code, of who worked on it first */
	msec received_at, last_at; /* reception, the last step's end; MSEC_NONE */
};

/* Numbers by hash; a number stands in one place only. */
struct places {
	uint32_t number[PLACES]; /* plus 1 */
	uint32_t count;
};

struct memory {
	struct buf bytes;
	struct pool pools[POOLS];
	struct places pool_places;
	uint64_t memos[MEMOS]; /* 16 bits of the context, 48 of the value */
	struct followers followers[FOLLOWER_LISTS];
	struct column columns[COLUMNS];
	uint32_t columns_count;
	struct places column_places;
	struct subject *subjects;
	uint32_t subjects_count;
	struct places subject_places;
	struct dossier *dossiers;
	uint32_t dossiers_count;
	struct places dossier_places;
};

struct memory *memory_new(void);
void memory_free(struct memory *m);
/* Forget subjects and dossiers, keep what was learnt of values: between the dictionary and the batch. */
void memory_next(struct memory *m);

uint32_t hash_bytes(const void *data, size_t len);

/* The number of a value in a pool, NOT_KNOWN when it is not. */
uint32_t pool_find(const struct memory *m, unsigned pool, struct span value);
/* Remember a value that is not known, if there is room. */
void pool_add(struct memory *m, unsigned pool, struct span value);
/* The value of a number; empty when there is none. It lives until the next pool_add or dossier_add. */
struct span pool_get(const struct memory *m, unsigned pool, uint64_t number);

/* The last value in a context, if it is of 47 bits and a sign; false when there is none. */
bool memo_get(const struct memory *m, uint32_t context, int64_t *value);
void memo_set(struct memory *m, uint32_t context, int64_t value);

/* The list of a context, empty at first. */
struct followers *followers_of(struct memory *m, uint32_t context);

/* The column of a path; when there are too many, one for all the rest. */
struct column *column_of(struct memory *m, unsigned kind, unsigned tag, unsigned sub);

uint32_t subject_find(const struct memory *m, const struct id *id);
uint32_t subject_add(struct memory *m, const struct id *id);

uint32_t dossier_find(const struct memory *m, struct span code);
/* NOT_KNOWN when there is no room. */
uint32_t dossier_add(struct memory *m, struct span code);
struct span dossier_code(const struct memory *m, uint32_t number);

#endif
