/*
 * import.c - pass 1 reads and judges every line and spools what passes; what
 * names another dossier is settled at the end of the file. Pass 2 commits.
 */
#include "core/import.h"

#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/commit.h"
#include "core/exchange.h"
#include "core/import_check.h"
#include "core/lines.h"
#include "db/base/hash.h"
#include "db/base/mem.h"
#include "db/helped.h"
#include "db/rec_fields.h"

enum { SPOOL_MAX = 384 << 20 };

enum fate { FATE_MAKE, FATE_SAME, FATE_REFUSED };

/* One line that passed on its own: its record in the spool, shared cells first, then local ones. */
struct item {
	size_t at;
	uint32_t shared_len, local_len;
	uint32_t line;
	uint16_t kind;
	uint16_t fate; /* enum fate */
	bool waits;    /* names a dossier that no earlier line has */
};

/* Identities of the file: hash of kind and key, and whose it is (item number + 1; 0: free). */
struct slot {
	uint8_t hash[HASH_SHORT];
	uint32_t item;
};

struct import {
	struct app *app;
	const struct import_options *options;
	struct import_result *result;
	struct lines lines;
	struct rec rec, local;
	struct row row; /* of the store */
	struct buf spool, key, mine, theirs;
	struct item *items;
	size_t items_count, items_cap;
	struct slot *slots;
	size_t slots_cap;	/* a power of two */
	bool stored[REC_KINDS]; /* the store has records of this kind */
};

static void refuse(struct import *im, size_t line, const struct err *why)
{
	im->result->refused++;
	im->options->note(im->options->ctx, line, false, why);
}

static void on_doubt(void *ctx, const struct err *why)
{
	struct import *im = ctx;

	im->result->warnings++;
	im->options->note(im->options->ctx, im->lines.number, true, why);
}

static void reject_text(struct import *im, const char *text, size_t len)
{
	if (!im->options->rejects)
		return;
	(void)fwrite(text, 1, len, im->options->rejects);
	(void)putc('\n', im->options->rejects);
}

/* Identities */

static void hash_key(enum rec_kind kind, const char *key, uint8_t hash[HASH_SHORT])
{
	struct hash_state state;
	uint8_t byte = (uint8_t)kind;

	hash_start(&state, HASH_SHORT);
	hash_more(&state, &byte, 1);
	hash_more(&state, key, strlen(key));
	hash_end(&state, hash);
}

static size_t slot_of(const struct import *im, const uint8_t hash[HASH_SHORT])
{
	size_t at;

	memcpy(&at, hash, sizeof(at));
	for (at &= im->slots_cap - 1; im->slots[at].item; at = (at + 1) & (im->slots_cap - 1))
		if (!memcmp(im->slots[at].hash, hash, HASH_SHORT))
			break;
	return at;
}

static void grow_slots(struct import *im)
{
	struct slot *old = im->slots;
	size_t cap = im->slots_cap;

	im->slots_cap = cap ? cap * 2 : 4096;
	im->slots = calloc(im->slots_cap, sizeof(*im->slots));
	if (!im->slots)
		die("out of memory");
	for (size_t i = 0; i < cap; i++)
		if (old[i].item)
			im->slots[slot_of(im, old[i].hash)] = old[i];
	free(old);
}

/* The item of the file with this identity, or NULL. */
static struct item *item_of(const struct import *im, enum rec_kind kind, const char *key)
{
	uint8_t hash[HASH_SHORT];
	size_t at;

	if (!im->slots_cap)
		return NULL;
	hash_key(kind, key, hash);
	at = slot_of(im, hash);
	return im->slots[at].item ? &im->items[im->slots[at].item - 1] : NULL;
}

static struct item *add_item(struct import *im)
{
	im->items = mem_room(im->items, im->items_count, &im->items_cap, sizeof(*im->items));
	return &im->items[im->items_count++];
}

/* Remember im->rec and im->local under im->key. */
static enum rc spool_item(struct import *im, enum fate fate, bool waits, struct err *err)
{
	size_t at = im->spool.len, local_at;
	struct item *item;
	struct slot slot;

	rec_pack(&im->rec, &im->spool);
	local_at = im->spool.len;
	rec_pack(&im->local, &im->spool);
	if (im->spool.full || im->items_count >= UINT32_MAX - 1)
		return err_set(err, RC_FULL, "Tệp quá lớn để kiểm tra một lần; hãy chia thành nhiều tệp.",
			       "The file is too large to be checked at once; split it.");
	if (im->items_count * 2 >= im->slots_cap)
		grow_slots(im);
	item = add_item(im);
	*item = (struct item){ .at = at,
			       .shared_len = (uint32_t)(local_at - at),
			       .local_len = (uint32_t)(im->spool.len - local_at),
			       .line = (uint32_t)im->lines.number,
			       .kind = (uint16_t)im->rec.kind,
			       .fate = (uint16_t)fate,
			       .waits = waits };
	hash_key(im->rec.kind, buf_str(&im->key), slot.hash);
	slot.item = (uint32_t)im->items_count;
	im->slots[slot_of(im, slot.hash)] = slot;
	return RC_OK;
}

/* Which field to name when a record differs from the one that stands. */
static const char *identity_field(enum rec_kind kind)
{
	switch (kind) {
	case REC_WARD:
		return "unit";
	case REC_SCAN:
		return "seq";
	case REC_INDICATOR:
		return "name";
	case REC_ASSIST:
		return "at";
	default:
		return "code";
	}
}

static enum rc refuse_other(enum rec_kind kind, size_t line, struct err *why)
{
	if (line)
		return err_field(why, identity_field(kind), "dòng %zu đã có bản ghi này với nội dung khác",
				 "line %zu has this record with other content", line);
	return err_field(why, identity_field(kind), "kho đã có bản ghi này với nội dung khác",
			 "the store has this record with other content");
}

/* Against an earlier line. */
static enum rc settle_in_file(struct import *im, const struct item *earlier, enum fate *fate, struct err *why)
{
	buf_clear(&im->mine);
	rec_pack(&im->rec, &im->mine);
	if (im->mine.len != earlier->shared_len ||
	    memcmp(buf_str(&im->mine), im->spool.data + earlier->at, im->mine.len) != 0)
		return refuse_other(im->rec.kind, earlier->line, why);
	*fate = FATE_SAME;
	return RC_OK;
}

/* Against the store: as exchange records, since lists may have other keys there. */
static enum rc settle_in_store(struct import *im, enum fate *fate, struct err *why)
{
	enum rc rc;

	*fate = FATE_MAKE;
	if (!im->stored[im->rec.kind])
		return RC_OK;
	rc = row_get(im->app->db, im->rec.kind, buf_str(&im->key), &im->row, why);
	if (rc)
		return rc == RC_NONE ? RC_OK : rc;
	*fate = FATE_SAME;
	if (rec_equal(&im->rec, &im->row.body))
		return RC_OK;
	buf_clear(&im->mine);
	buf_clear(&im->theirs);
	exchange_format(&im->rec, &im->mine);
	exchange_format(&im->row.body, &im->theirs);
	if (im->mine.len == im->theirs.len && !memcmp(im->mine.data, im->theirs.data, im->mine.len))
		return RC_OK;
	return refuse_other(im->rec.kind, 0, why);
}

/* The dossier a scan or an assist names, or "". */
static const char *dossier_named(const struct rec *rec)
{
	if (rec->kind == REC_SCAN)
		return rec_text(rec, SCAN_DOSSIER_CODE);
	return rec->kind == REC_ASSIST ? rec_text(rec, ASSIST_DOSSIER_CODE) : "";
}

/* On a team laptop a well-formed code is enough for an assist. */
static bool must_be_known(const struct import *im)
{
	const char *code = dossier_named(&im->rec);

	return *code && !(im->app->team && im->rec.kind == REC_ASSIST);
}

/* One record that was read: refused (RC_INPUT), an error that ends the import, or spooled. */
static enum rc take_record(struct import *im, struct err *why)
{
	const struct item *earlier;
	enum fate fate;
	bool waits;
	enum rc rc = import_refuse(im->app, &im->rec, why);

	if (rc)
		return rc;
	waits = must_be_known(im) && !item_of(im, REC_DOSSIER, dossier_named(&im->rec));
	import_doubts(im->app, &im->rec, on_doubt, im);
	helped_take(&im->rec, &im->local);
	buf_clear(&im->key);
	rc = rec_key(&im->rec, &im->key, why);
	if (rc)
		return rc;
	earlier = item_of(im, im->rec.kind, buf_str(&im->key));
	if (earlier) {
		rc = settle_in_file(im, earlier, &fate, why);
		im->result->same += !rc;
		return rc;
	}
	rc = settle_in_store(im, &fate, why);
	if (rc)
		return rc;
	return spool_item(im, fate, waits && fate == FATE_MAKE, why);
}

static enum rc take_line(struct import *im, struct err *err)
{
	const struct buf *line = &im->lines.line;
	struct err why = { 0 };
	enum rc rc;

	if (lines_is_blank(&im->lines))
		return RC_OK;
	im->result->read++;
	if (im->lines.too_long)
		rc = err_field(&why, "kind", "dòng dài quá 4 MiB", "the line is longer than 4 MiB");
	else
		rc = exchange_parse_line(buf_str(line), line->len, &im->rec, &why);
	if (!rc && im->result->read == 1 && im->rec.kind != REC_WARD) {
		(void)err_field(&why, "kind", "dòng đầu không phải bản ghi ward",
				"the first line is not a ward");
		on_doubt(im, &why);
	}
	if (!rc)
		rc = take_record(im, &why);
	if (rc == RC_INPUT) {
		refuse(im, im->lines.number, &why);
		reject_text(im, buf_str(line), line->len);
		return RC_OK;
	}
	if (rc && err)
		*err = why;
	return rc;
}

static enum rc read_item(struct import *im, const struct item *item, struct err *err)
{
	const uint8_t *at = im->spool.data + item->at;
	enum rc rc = rec_unpack(&im->rec, (enum rec_kind)item->kind, at, item->shared_len, err);

	if (!rc)
		rc = rec_unpack(&im->local, (enum rec_kind)item->kind, at + item->shared_len, item->local_len,
				err);
	return rc;
}

/* The file is read: scans and assists whose dossier stands in no line that passed, nor in the store. */
static enum rc settle_waiting(struct import *im, struct err *err)
{
	for (struct item *item = im->items; item && item < im->items + im->items_count; item++) {
		struct err why = { 0 };
		int64_t rec;
		enum rc rc;

		if (!item->waits)
			continue;
		rc = read_item(im, item, err);
		if (rc)
			return rc;
		if (item_of(im, REC_DOSSIER, dossier_named(&im->rec)))
			continue;
		rc = row_find(im->app->db, REC_DOSSIER, dossier_named(&im->rec), &rec, err);
		if (rc && rc != RC_NONE)
			return rc;
		if (!rc)
			continue;
		item->fate = FATE_REFUSED;
		(void)err_field(&why, "dossier_code", "không có hồ sơ này trong kho hay trong tệp",
				"no such dossier in the store or in the file");
		refuse(im, item->line, &why);
		rec_apply(&im->rec, &im->local);
		buf_clear(&im->mine);
		exchange_format(&im->rec, &im->mine);
		reject_text(im, buf_str(&im->mine), im->mine.len);
	}
	return RC_OK;
}

static enum rc judge(struct import *im, struct err *err)
{
	enum rc rc = catalog_load(im->app, err);

	for (enum rec_kind kind = REC_WARD; kind <= REC_INDICATOR; kind++)
		im->stored[kind] = row_count(im->app->db, kind) > 0;
	while (!rc) {
		rc = lines_next(&im->lines, err);
		if (!rc)
			rc = take_line(im, err);
	}
	if (rc == RC_NONE)
		rc = settle_waiting(im, err);
	if (!rc && im->options->rejects && (fflush(im->options->rejects) || ferror(im->options->rejects)))
		rc = err_set(err, RC_IO, "Không ghi được tệp dòng bị từ chối.",
			     "The file of refused lines cannot be written.");
	for (size_t i = 0; !rc && i < im->items_count; i++) {
		im->result->made += im->items[i].fate == FATE_MAKE;
		im->result->same += im->items[i].fate == FATE_SAME;
	}
	return rc;
}

static enum rc commit_item(struct import *im, const struct item *item, struct err *err)
{
	struct change change = { .verb = VERB_IMPORT, .kind = (enum rec_kind)item->kind, .set = &im->rec };
	struct id event;
	enum rc rc = read_item(im, item, err);

	if (!rc)
		rc = commit_change(im->app, &change, NULL, &event, err);
	if (!rc && im->local.count)
		rc = helped_put(im->app->db, &event, rec_num_or(&im->rec, ASSIST_AT, 0), &im->local, err);
	return rc;
}

static enum rc commit_all(struct import *im, struct err *err)
{
	enum rc rc = db_begin(im->app->db, err);

	for (size_t i = 0; !rc && i < im->items_count; i++)
		if (im->items[i].fate == FATE_MAKE)
			rc = commit_item(im, &im->items[i], err);
	if (!rc)
		rc = db_commit(im->app->db, err);
	if (rc)
		db_rollback(im->app->db);
	return rc;
}

static void import_init(struct import *im, FILE *in)
{
	lines_init(&im->lines, in, EXCHANGE_LINE_MAX);
	rec_init(&im->rec, REC_NONE);
	rec_init(&im->local, REC_NONE);
	row_init(&im->row);
	im->spool = (struct buf)BUF(SPOOL_MAX);
	im->key = (struct buf)BUF(4096);
	im->mine = (struct buf)BUF(64 << 20);
	im->theirs = (struct buf)BUF(64 << 20);
}

static void import_done(struct import *im)
{
	lines_done(&im->lines);
	rec_done(&im->rec);
	rec_done(&im->local);
	row_done(&im->row);
	buf_wipe_done(&im->spool);
	buf_wipe_done(&im->key);
	buf_wipe_done(&im->mine);
	buf_wipe_done(&im->theirs);
	free(im->items);
	free(im->slots);
}

enum rc import_file(struct app *app, FILE *in, const struct import_options *options,
		    struct import_result *result, struct err *err)
{
	struct import im = { .app = app, .options = options, .result = result };
	enum rc rc = app_may(app, MAY_IMPORT, err);

	*result = (struct import_result){ 0 };
	if (rc)
		return rc;
	import_init(&im, in);
	rc = judge(&im, err);
	if (!rc && result->refused && !options->keep_going)
		result->made = 0;
	else if (!rc && !options->dry_run)
		rc = commit_all(&im, err);
	if (!rc && result->refused)
		rc = err_set(err, RC_INPUT, "Có dòng bị từ chối.", "Lines were refused.");
	import_done(&im);
	return rc;
}
