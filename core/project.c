#include "core/project.h"

#include "core/catalog.h"
#include "core/fact.h"
#include "core/rules/dossier.h"
#include "core/search.h"
#include "db/rec_fields.h"

#include <stdlib.h>
#include <string.h>

static const struct fold_rules *rules_of(enum rec_kind kind)
{
	static const struct fold_rules dossier = { dossier_fits, DOSSIER_STATE };

	return kind == REC_DOSSIER ? &dossier : NULL;
}

void project_events_done(struct event_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		event_done(&list->events[i]);
	free(list->events);
	*list = (struct event_list){ NULL, 0 };
}

static int compare_in_fold_order(const void *a, const void *b)
{
	return fold_order(a, b);
}

enum rc project_events(struct app *app, int64_t rec, struct event_list *out, struct err *err)
{
	int64_t *n = NULL;
	size_t count = 0;
	enum rc rc = row_events(app->db, rec, &n, &count, err);

	*out = (struct event_list){ NULL, 0 };
	if (rc)
		return rc;
	out->events = calloc(count + 1, sizeof(*out->events));
	if (!out->events)
		die("out of memory");
	for (size_t i = 0; !rc && i < count; i++) {
		event_init(&out->events[i]);
		out->count = i + 1;
		rc = journal_at(app->db, n[i], &out->events[i], err);
	}
	free(n);
	if (rc)
		project_events_done(out);
	else if (count > 1)
		qsort(out->events, count, sizeof(*out->events), compare_in_fold_order);
	return rc;
}

enum rc project_fold_as_known(struct app *app, int64_t rec, msec as_known, struct folded *out,
			      struct err *err)
{
	struct event_list list;
	const struct event **known;
	size_t count = 0;
	enum rc rc = project_events(app, rec, &list, err);

	if (rc)
		return rc;
	known = calloc(list.count + 1, sizeof(*known));
	if (!known)
		die("out of memory");
	for (size_t i = 0; i < list.count; i++)
		if (list.events[i].clock <= as_known)
			known[count++] = &list.events[i];
	if (count)
		fold_events(known, count, rules_of(known[0]->set.kind), out);
	free(known);
	project_events_done(&list);
	return count ? RC_OK : RC_NONE;
}

enum rc project_fold(struct app *app, int64_t rec, struct folded *out, struct err *err)
{
	return project_fold_as_known(app, rec, INT64_MAX, out, err);
}

static const char SQL_CLASH_ANY[] = "SELECT 1 FROM clash WHERE rec = ?1 LIMIT 1";
static const char SQL_CLASH_DROP[] = "DELETE FROM clash WHERE rec = ?1";
static const char SQL_CLASH_ADD[] =
	"INSERT OR REPLACE INTO clash (id, rec, path, a, b) VALUES (?1, ?2, ?3, ?4, ?5)";

static bool has_clashes(struct app *app, int64_t rec)
{
	struct stmt *s = stmt_use(app->db, SQL_CLASH_ANY);
	bool any;

	stmt_bind_int(s, 1, rec);
	any = stmt_row(s, NULL) == RC_OK;
	stmt_done(s);
	return any;
}

static enum rc add_clash(struct app *app, int64_t rec, const struct clash *clash, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_CLASH_ADD);
	uint8_t a[ID_BYTES], b[ID_BYTES];
	struct buf path = BUF(64);
	enum rc rc;

	id_put(&clash->a, a);
	id_put(&clash->b, b);
	wire_put_uint(&path, clash->path.tag);
	wire_put_bytes(&path, clash->path.key, clash->path.key_len);
	wire_put_uint(&path, clash->path.sub);
	stmt_bind_blob(s, 1, clash->id, sizeof(clash->id));
	stmt_bind_int(s, 2, rec);
	stmt_bind_blob(s, 3, path.data, path.len);
	stmt_bind_blob(s, 4, a, sizeof(a));
	stmt_bind_blob(s, 5, b, sizeof(b));
	rc = stmt_run(s, err);
	stmt_done(s);
	buf_done(&path);
	return rc;
}

static enum rc write_clashes(struct app *app, int64_t rec, const struct folded *folded, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_CLASH_DROP);
	enum rc rc;

	stmt_bind_int(s, 1, rec);
	rc = stmt_run(s, err);
	stmt_done(s);
	for (size_t i = 0; !rc && i < folded->clashes_count; i++)
		rc = add_clash(app, rec, &folded->clashes[i], err);
	return rc;
}

/* All that derives from a row follows it here. */
static enum rc derive(struct app *app, int64_t rec, const struct rec *before, const struct rec *now,
		      struct err *err)
{
	enum rc rc = fact_project(app, rec, before, now, err);

	if (!rc)
		rc = search_project(app, rec, before, now, err);
	if (!rc && now->kind == REC_CATALOG)
		rc = catalog_load_shipped(app, rec_text(now, CATALOG_VERSION), err);
	if (now->kind >= REC_SETTING && now->kind <= REC_CATALOG)
		catalog_forget(app);
	return rc;
}

static bool follows_heads(const struct row *row, const struct event *event)
{
	if (event->parents_count != row->heads_count || event->rev != row->rev + 1)
		return false;
	for (size_t i = 0; i < row->heads_count; i++)
		if (id_compare(&event->parents[i], &row->heads[i]))
			return false;
	return true;
}

static void set_head(struct row *row, const struct event *event)
{
	row->rev = event->rev;
	row->heads_count = 1;
	row->heads[0] = event->id;
}

/* The first event of a record this store has not seen. */
static enum rc project_new(struct app *app, int64_t n, const struct event *event, const char *key,
			   int64_t *rec, struct err *err)
{
	struct row row;
	enum rc rc;

	row_init(&row);
	row.kind = event->set.kind;
	rec_clear(&row.body, row.kind);
	rec_apply(&row.body, &event->set);
	set_head(&row, event);
	rc = row_write(app->db, &row, key, err);
	if (!rc)
		rc = row_add_event(app->db, row.rec, n, err);
	if (!rc)
		rc = derive(app, row.rec, NULL, &row.body, err);
	*rec = row.rec;
	row_done(&row);
	return rc;
}

/* Records that are folded later: one bit a row. */
struct pending {
	uint64_t *bits;
	size_t words;
};

static bool is_pending(const struct app *app, int64_t rec)
{
	size_t word = (size_t)rec / 64;

	return app->pending && word < app->pending->words && app->pending->bits[word] >> (rec % 64) & 1;
}

static void make_pending(struct pending *pending, int64_t rec)
{
	size_t word = (size_t)rec / 64, words = pending->words ? pending->words : 64;

	while (words <= word)
		words *= 2;
	if (words > pending->words) {
		pending->bits = realloc(pending->bits, words * sizeof(*pending->bits));
		if (!pending->bits)
			die("out of memory");
		memset(pending->bits + pending->words, 0, (words - pending->words) * sizeof(*pending->bits));
		pending->words = words;
	}
	pending->bits[word] |= UINT64_C(1) << (rec % 64);
}

void project_hold(struct app *app)
{
	if (app->pending)
		return;
	app->pending = calloc(1, sizeof(*app->pending));
	if (!app->pending)
		die("out of memory");
}

void project_forget(struct app *app)
{
	if (app->pending)
		free(app->pending->bits);
	free(app->pending);
	app->pending = NULL;
}

/* Concurrent, or older than what stands: the whole record is folded again. */
static enum rc fold_again(struct app *app, struct row *row, struct err *err)
{
	struct folded folded;
	enum rc rc;

	folded_init(&folded);
	rc = project_fold(app, row->rec, &folded, err);
	if (rc)
		goto out;
	rec_copy(&row->body, &folded.rec);
	row->rev = folded.rev;
	row->heads_count = folded.heads_count;
	memcpy(row->heads, folded.heads, sizeof(row->heads));
	rc = write_clashes(app, row->rec, &folded, err);
out:
	folded_done(&folded);
	return rc;
}

/* The row anew, from one event that follows it (NULL: from all its events), and what derives from it. */
static enum rc renew(struct app *app, struct row *row, const struct event *event, struct err *err)
{
	struct rec before;
	enum rc rc = RC_OK;

	rec_init(&before, REC_NONE);
	rec_copy(&before, &row->body);
	if (!row->rev) /* of the shipped catalogue, without events: what an event says replaces it */
		rec_clear(&row->body, row->kind);
	if (event) {
		rec_apply(&row->body, &event->set);
		set_head(row, event);
	} else {
		rc = fold_again(app, row, err);
	}
	if (!rc)
		rc = row_write(app->db, row, NULL, err);
	if (!rc)
		rc = derive(app, row->rec, &before, &row->body, err);
	rec_done(&before);
	return rc;
}

static enum rc project_onto(struct app *app, int64_t n, const struct event *event, int64_t rec,
			    struct err *err)
{
	struct row row;
	bool follows;
	enum rc rc = row_add_event(app->db, rec, n, err);

	if (rc || is_pending(app, rec))
		return rc;
	row_init(&row);
	rc = row_read(app->db, rec, &row, err);
	follows = !rc && follows_heads(&row, event) && !has_clashes(app, rec);
	if (!rc && !follows && app->pending)
		make_pending(app->pending, rec);
	else if (!rc)
		rc = renew(app, &row, follows ? event : NULL, err);
	row_done(&row);
	return rc == RC_NONE ? err_set(err, RC_DAMAGED, "Thiếu dòng dữ liệu.", "A row is missing.") : rc;
}

enum rc project_settle(struct app *app, struct err *err)
{
	struct pending *pending = app->pending;
	struct row row;
	enum rc rc = RC_OK;

	app->pending = NULL;
	row_init(&row);
	for (size_t i = 0; pending && !rc && i < pending->words; i++)
		for (uint64_t left = pending->bits[i]; !rc && left; left &= left - 1) {
			rc = row_read(app->db, (int64_t)(64 * i) + __builtin_ctzll(left), &row, err);
			if (!rc)
				rc = renew(app, &row, NULL, err);
		}
	row_done(&row);
	app->pending = pending;
	project_forget(app);
	return rc;
}

static const char SQL_ORPHAN_ADD[] = "INSERT OR IGNORE INTO orphan (subject, n) VALUES (?1, ?2)";
static const char SQL_ORPHAN_NEXT[] = "SELECT n FROM orphan WHERE subject = ?1 ORDER BY n LIMIT 1";
static const char SQL_ORPHAN_DROP[] = "DELETE FROM orphan WHERE subject = ?1 AND n = ?2";

static enum rc orphan_change(struct app *app, const char *sql, const struct id *subject, int64_t n,
			     struct err *err)
{
	struct stmt *s = stmt_use(app->db, sql);
	uint8_t bytes[ID_BYTES];
	enum rc rc;

	id_put(subject, bytes);
	stmt_bind_blob(s, 1, bytes, sizeof(bytes));
	stmt_bind_int(s, 2, n);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

static enum rc orphan_next(struct app *app, const struct id *subject, int64_t *n, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_ORPHAN_NEXT);
	uint8_t bytes[ID_BYTES];
	enum rc rc;

	id_put(subject, bytes);
	stmt_bind_blob(s, 1, bytes, sizeof(bytes));
	rc = stmt_row(s, err);
	if (!rc)
		*n = stmt_int(s, 0);
	stmt_done(s);
	return rc;
}

/* A record has arrived: what waited for it is folded in. */
static enum rc adopt_orphans(struct app *app, const struct id *subject, int64_t rec, struct err *err)
{
	struct event event;
	int64_t n;
	enum rc rc;

	event_init(&event);
	while (!(rc = orphan_next(app, subject, &n, err))) {
		rc = orphan_change(app, SQL_ORPHAN_DROP, subject, n, err);
		if (!rc)
			rc = journal_at(app->db, n, &event, err);
		if (!rc)
			rc = project_onto(app, n, &event, rec, err);
		if (rc)
			break;
	}
	event_done(&event);
	return rc == RC_NONE ? RC_OK : rc;
}

static const char SQL_REFUSE[] = "INSERT OR REPLACE INTO refused (n, reason) VALUES (?1, ?2)";

static enum rc refuse(struct app *app, int64_t n, const struct err *why, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_REFUSE);
	enum rc rc;

	stmt_bind_int(s, 1, n);
	stmt_bind_text(s, 2, why->vi);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

static enum rc project_first(struct app *app, int64_t n, const struct event *event, int64_t *rec,
			     struct err *err)
{
	struct buf key = BUF(4096);
	struct err why;
	enum rc rc = rec_key(&event->set, &key, &why);

	if (rc) {
		rc = refuse(app, n, &why, err);
		goto out;
	}
	rc = row_find(app->db, event->set.kind, buf_str(&key), rec, err);
	if (rc == RC_NONE)
		rc = project_new(app, n, event, buf_str(&key), rec, err);
	else if (!rc)
		rc = project_onto(app, n, event, *rec, err);
	if (!rc)
		rc = adopt_orphans(app, &event->id, *rec, err);
out:
	buf_done(&key);
	return rc;
}

static enum rc project_later(struct app *app, int64_t n, const struct event *event, int64_t *rec,
			     struct err *err)
{
	int64_t first;
	enum rc rc = journal_find(app->db, &event->subject, &first, NULL, err);

	if (!rc)
		rc = row_of_event(app->db, first, rec, err);
	if (rc == RC_NONE)
		return orphan_change(app, SQL_ORPHAN_ADD, &event->subject, n, err);
	return rc ? rc : project_onto(app, n, event, *rec, err);
}

enum rc project_event(struct app *app, int64_t n, const struct event *event, int64_t *rec, struct err *err)
{
	struct err why;
	int64_t row = 0;
	enum rc rc;

	if (event->set.kind >= REC_KINDS || rec_check(&event->set, event->parents_count > 0, &why)) {
		if (event->set.kind >= REC_KINDS)
			(void)err_set(&why, RC_INPUT, "Loại bản ghi này cần phiên bản motcua mới hơn.",
				      "This kind of record needs a newer motcua.");
		rc = refuse(app, n, &why, err);
	} else if (event->parents_count) {
		rc = project_later(app, n, event, &row, err);
	} else {
		rc = project_first(app, n, event, &row, err);
	}
	if (!rc && rec)
		*rec = row;
	return rc;
}
