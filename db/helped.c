#include "db/helped.h"

#include <stdlib.h>

#include "db/journal.h"

void helped_take(struct rec *rec, struct rec *local)
{
	rec_clear(local, rec->kind);
	for (const struct field *field = rec_type(rec->kind)->fields; field && field->tag; field++) {
		const struct path path = path_of(field->tag);
		const struct cell *cell = field->flags & FIELD_LOCAL ? rec_find(rec, &path) : NULL;

		if (!cell)
			continue;
		if (cell->shape == CELL_BYTES)
			rec_set_bytes(local, &path, cell_text(rec, cell), cell->len);
		else
			rec_set_num(local, &path, cell->num);
		rec_unset(rec, &path);
	}
}

static const char SQL_PUT[] =
	"INSERT OR REPLACE INTO person (device, epoch, seq, at, body) VALUES (?1, ?2, ?3, ?4, ?5)";
static const char SQL_GET[] = "SELECT body FROM person WHERE device = ?1 AND epoch = ?2 AND seq = ?3";
static const char SQL_ANY[] = "SELECT 1 FROM person LIMIT 1";
static const char SQL_DROP[] = "DELETE FROM person WHERE at < ?1";

enum rc helped_put(struct db *db, const struct id *event, msec at, const struct rec *local, struct err *err)
{
	struct buf body = BUF(REC_TEXT_MAX);
	struct stmt *s;
	int64_t device;
	enum rc rc = journal_device_ix(db, event->device, &device, err);

	if (rc)
		return rc;
	rec_pack(local, &body);
	s = stmt_use(db, SQL_PUT);
	stmt_bind_int(s, 1, device);
	stmt_bind_int(s, 2, event->epoch);
	stmt_bind_int(s, 3, (int64_t)event->seq);
	stmt_bind_int(s, 4, at);
	stmt_bind_blob(s, 5, body.data, body.len);
	rc = stmt_run(s, err);
	stmt_done(s);
	buf_wipe_done(&body);
	return rc;
}

enum rc helped_get(struct db *db, const struct id *event, struct rec *rec, struct err *err)
{
	struct rec local;
	struct stmt *s;
	int64_t device;
	enum rc rc = journal_device_ix(db, event->device, &device, err);

	if (rc)
		return rc;
	rec_init(&local, rec->kind);
	s = stmt_use(db, SQL_GET);
	stmt_bind_int(s, 1, device);
	stmt_bind_int(s, 2, event->epoch);
	stmt_bind_int(s, 3, (int64_t)event->seq);
	rc = stmt_row(s, err);
	if (!rc) {
		struct span body = stmt_blob(s, 0);

		rc = rec_unpack(&local, rec->kind, body.data, body.len, err);
	}
	stmt_done(s);
	if (!rc)
		rec_apply(rec, &local);
	rec_done(&local);
	return rc;
}

enum rc helped_of_row(struct db *db, const struct row *row, struct rec *rec, struct err *err)
{
	struct event event;
	int64_t *n = NULL;
	size_t count = 0;
	enum rc rc = RC_NONE;

	if (row->kind != REC_ASSIST)
		return RC_NONE;
	if (row->rev == 1 && row->heads_count == 1)
		return helped_get(db, &row->heads[0], rec, err);
	/* Changed since, or made on two devices: whichever event this device keeps a person for. */
	event_init(&event);
	rc = row_events(db, row->rec, &n, &count, err);
	for (size_t i = 0; !rc && i < count; i++) {
		rc = journal_at(db, n[i], &event, err);
		if (!rc)
			rc = helped_get(db, &event.id, rec, err);
		if (rc != RC_NONE)
			break;
		rc = i + 1 < count ? RC_OK : RC_NONE;
	}
	free(n);
	event_done(&event);
	return rc;
}

bool helped_any(struct db *db)
{
	struct stmt *s = stmt_use(db, SQL_ANY);
	bool any = stmt_row(s, NULL) == RC_OK;

	stmt_done(s);
	return any;
}

enum rc helped_drop(struct db *db, msec before, int64_t *count, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_DROP);
	enum rc rc;

	stmt_bind_int(s, 1, before);
	rc = stmt_run(s, err);
	if (!rc)
		*count = db_changes(db);
	stmt_done(s);
	return rc;
}
