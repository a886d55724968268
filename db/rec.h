/*
 * rec.h - every noun of the office as a table of fields, and a record as the
 * values that are present.
 *
 * A record is a set of cells. A cell is one value at a path: a field's tag,
 * or, inside a list field, the field's tag, the element's key and the
 * element field's tag. Absent, null and empty are the same: no cell. Cells
 * are kept in path order, so a record has one spelling as bytes and two
 * records are equal when their cells are.
 *
 * The same tables serve event bytes, JSON, CSV, forms and batch columns.
 * Their names are the names of the exchange format. Tags are never re-used.
 * A record owns its text; rec_done is safe on a record that was only rec_init'ed.
 * Pure but for memory; out of memory is die().
 */
#ifndef MOTCUA_REC_H
#define MOTCUA_REC_H

#include "db/base/wire.h"

enum rec_kind {
	REC_NONE,
	REC_WARD,      /* phường, xã: whose records these are */
	REC_DOSSIER,   /* hồ sơ */
	REC_SCAN,      /* bản quét của một giấy tờ */
	REC_ASSIST,    /* một lượt hỗ trợ của tổ công nghệ số */
	REC_HOUSEHOLD, /* hộ dân trong sổ của tổ */
	REC_INDICATOR, /* chỉ tiêu nhập tay */
	/* What travels but is not exchanged as a line. */
	REC_USER,      /* người dùng: name, role, disabled */
	REC_SETTING,   /* thiết lập của phường */
	REC_PROCEDURE, /* thủ tục hành chính, one row a version */
	REC_DOCUMENT,  /* thành phần hồ sơ of a procedure */
	REC_STEP,      /* bước của quy trình mẫu */
	REC_FIELD,     /* lĩnh vực */
	REC_HOLIDAY,   /* ngày nghỉ, ngày làm bù */
	REC_CATEGORY,  /* loại hỗ trợ */
	REC_TARGET,    /* chỉ tiêu tối thiểu of a year */
	REC_MEMBER,    /* thành viên tổ công nghệ số */
	REC_CLOCK,     /* a clerk confirmed or typed the time: offset_ms */
	REC_CATALOG,   /* which shipped catalogue this store stands on */
	REC_DEVICE,    /* a device's certificate, slot, revocation */
	REC_DAY,       /* a day closed and signed off by name */
	REC_KINDS
};

enum field_type {
	FIELD_TEXT,  /* one line, NFC */
	FIELD_ENUM,  /* one of `choices` (a|b|c), stored as its index + 1: choices only ever grow at the end */
	FIELD_INT,
	FIELD_DEC,   /* decimal, in millionths */
	FIELD_BOOL,
	FIELD_TIME,  /* msec; ISO 8601 with offset outside */
	FIELD_DATE,  /* dayno; YYYY-MM-DD outside */
	FIELD_HEX,   /* raw bytes; lower-case hex outside */
	FIELD_TEXTS, /* list of one-line texts: one cell, joined by line ends */
	FIELD_LIST,  /* list of elements described by `sub` */
};

enum field_flag {
	FIELD_REQUIRED = 1 << 0, /* a record without it is refused */
	FIELD_PERSONAL = 1 << 1, /* never in a log, a file name, a command line */
	FIELD_LOCAL = 1 << 2,    /* stays on its device: never in an event (assist's person) */
	FIELD_LINES = 1 << 3,    /* text that may hold line ends */
	FIELD_INNER = 1 << 4,    /* not part of the exchange format */
	FIELD_FIXED = 1 << 5,    /* identity: `correct` cannot change it */
};

struct field {
	uint16_t tag;
	const char *name;
	enum field_type type;
	unsigned flags;
	int64_t limit;       /* bytes of text, or the largest number; 0: the type's own */
	const char *choices; /* FIELD_ENUM */
	const struct field *sub; /* FIELD_LIST: ends with tag 0 */
	struct words label;
};

struct rec_type {
	enum rec_kind kind;
	const char *name;           /* "dossier" */
	const struct field *fields; /* ends with tag 0 */
	struct words label;
};

/* The table of `kind`; never NULL for a kind below REC_KINDS. */
const struct rec_type *rec_type(enum rec_kind kind);
/* REC_NONE when there is no such name. */
enum rec_kind rec_kind_named(const char *name);
const struct field *field_named(const struct field *fields, const char *name);
const struct field *field_tagged(const struct field *fields, unsigned tag);
/* The word of an enum value, "" when out of range; and the value of a word, 0 when unknown. */
void enum_word(const struct field *field, int64_t value, char *out, size_t size);
int64_t enum_value(const struct field *field, const char *word);

enum {
	KEY_MAX = 18,        /* bytes of an element's key */
	REC_TEXT_MAX = 4 << 20, /* bytes of text in one record */
	REC_CELLS_MAX = 20000,
};

struct path {
	uint16_t tag;
	uint8_t key_len; /* 0: the field itself */
	uint8_t key[KEY_MAX];
	uint16_t sub;    /* element field; 0 with key_len 0 */
};

enum cell_shape { CELL_INT = 0, CELL_BYTES = 1, CELL_UNSET = 2 };

struct cell {
	struct path path;
	enum cell_shape shape;
	int64_t num;     /* CELL_INT */
	size_t off, len; /* CELL_BYTES: in rec->text, NUL after */
};

struct rec {
	enum rec_kind kind;
	struct cell *cells; /* in path order */
	size_t count, cap;
	struct buf text;
};

void rec_init(struct rec *rec, enum rec_kind kind);
void rec_done(struct rec *rec);
void rec_clear(struct rec *rec, enum rec_kind kind);
void rec_copy(struct rec *to, const struct rec *from); /* to is initialised */
bool rec_equal(const struct rec *a, const struct rec *b);

/* Paths. An index key orders elements as given; a born key (of later additions) sorts after all of them. */
struct path path_of(unsigned tag);
struct path path_at(unsigned tag, unsigned index, unsigned sub);
struct path path_key(unsigned tag, const uint8_t *key, size_t key_len, unsigned sub);
int path_compare(const struct path *a, const struct path *b);

/* NULL when absent. The pointer lives until the record changes. */
const struct cell *rec_find(const struct rec *rec, const struct path *path);
/* Plain fields. Absent: MSEC_NONE for rec_num (use rec_num_or for another), "" for rec_text. */
bool rec_has(const struct rec *rec, unsigned tag);
int64_t rec_num(const struct rec *rec, unsigned tag);
int64_t rec_num_or(const struct rec *rec, unsigned tag, int64_t otherwise);
bool rec_true(const struct rec *rec, unsigned tag);
const char *rec_text(const struct rec *rec, unsigned tag);
struct span rec_bytes(const struct rec *rec, unsigned tag);
const char *cell_text(const struct rec *rec, const struct cell *cell);

/* Setting an empty text removes the cell; so does rec_unset. CELL_UNSET cells live only in events (rec_set_unset). */
void rec_set_num(struct rec *rec, const struct path *path, int64_t value);
void rec_set_bytes(struct rec *rec, const struct path *path, const void *data, size_t len);
void rec_set_unset(struct rec *rec, const struct path *path);
void rec_unset(struct rec *rec, const struct path *path);
void rec_put_num(struct rec *rec, unsigned tag, int64_t value);
void rec_put_text(struct rec *rec, unsigned tag, const char *text);

/*
 * Elements of a list field, in key order. `at` starts as zero; false at the end.
 * el_* read a field of the element.
 */
struct element {
	size_t from, to; /* its cells */
	uint8_t key_len, key[KEY_MAX];
};
bool rec_each(const struct rec *rec, unsigned tag, struct element *el);
size_t rec_elements(const struct rec *rec, unsigned tag);
const struct cell *el_find(const struct rec *rec, const struct element *el, unsigned sub);
int64_t el_num(const struct rec *rec, const struct element *el, unsigned sub); /* MSEC_NONE when absent */
bool el_true(const struct rec *rec, const struct element *el, unsigned sub);
const char *el_text(const struct rec *rec, const struct element *el, unsigned sub);
/* The path of a field of this element. */
struct path el_path(unsigned tag, const struct element *el, unsigned sub);

/* Lay `from`'s cells over `to` (CELL_UNSET removes). */
void rec_apply(struct rec *to, const struct rec *from);
/* What turns `from` into `to`: cells set or CELL_UNSET. `out` is initialised. */
void rec_diff(const struct rec *from, const struct rec *to, struct rec *out);

/*
 * Canonical bytes of the cells, and back. rec_unpack refuses (RC_DAMAGED)
 * anything rec_pack would not have written; unknown tags are kept.
 */
void rec_pack(const struct rec *rec, struct buf *out);
enum rc rec_unpack(struct rec *rec, enum rec_kind kind, const void *data, size_t len, struct err *err) MUST_CHECK;

/*
 * Every cell fits its field: shape, limit, range, clean text, and all required
 * fields are there (unless `partial`, for changes). Unknown tags pass. RC_INPUT names the field.
 */
enum rc rec_check(const struct rec *rec, bool partial, struct err *err) MUST_CHECK;

/*
 * The identity of a record among its kind, as text: dossier = code, scan = dossier_code/seq,
 * household = neighbourhood/code, indicator = name/period, assist = hash of the record less its
 * local fields, and so on. Ends in RC_INPUT when an identifying field is absent.
 */
enum rc rec_key(const struct rec *rec, struct buf *out, struct err *err) MUST_CHECK;

#endif
