#include "core/audit.h"

#include <string.h>

#include "core/rules/dossier.h"
#include "db/base/hash.h"
#include "db/journal.h"
#include "db/signin.h"

/* What sign-ins say; verbs have their words in the table of verbs. */
static const struct {
	const char *what;
	struct words words;
} whats[] = {
	{ "open", T("đăng nhập", "signed in") },
	{ "backup", T("sao lưu", "backed up") },
	{ "restore", T("khôi phục", "restored") },
	{ "rekey", T("đổi khóa", "new data key") },
	{ "rebuild", T("dựng lại", "rebuilt") },
	{ "export", T("xuất tệp", "exported") },
	{ "recover", T("dùng mã khôi phục", "recovery code") },
	{ "passwd", T("đổi mật khẩu", "passphrase") },
	{ "passwd-other", T("đổi mật khẩu người khác", "another's passphrase") },
	{ "person", T("trích dữ liệu một người", "person report") },
};

const struct words *audit_what_words(const char *what)
{
	size_t own = strcspn(what, ":"); /* "open: find" */

	for (size_t i = 0; i < ARRAY_LEN(whats); i++)
		if (own == strlen(whats[i].what) && !strncmp(whats[i].what, what, own))
			return &whats[i].words;
	for (int verb = VERB_NONE + 1; verb < VERB_COUNT; verb++)
		if (!strcmp(verb_name((enum verb)verb), what))
			return verb_words((enum verb)verb);
	return NULL;
}

const struct words *audit_kind_words(const char *kind)
{
	enum rec_kind named = rec_kind_named(kind);

	return named == REC_NONE ? NULL : &rec_type(named)->label;
}

struct audit {
	struct app *app;
	const struct audit_filter *filter;
	msec from, to; /* from <= at < to */
	audit_visit *each;
	void *ctx;
	struct event event;
	char here[2 * DEVICE_ID + 1];
};

static bool is_wanted(const struct audit *audit, const char *actor, const char *kind, msec at)
{
	return at >= audit->from && at < audit->to &&
	       (!audit->filter->actor || !strcmp(audit->filter->actor, actor)) &&
	       (!audit->filter->kind || !strcmp(audit->filter->kind, kind));
}

static enum rc one_signin(void *ctx, const struct signin *signin, struct err *err)
{
	struct audit *audit = ctx;

	if (!is_wanted(audit, signin->name, "", signin->at))
		return RC_OK;
	return audit->each(audit->ctx, &(struct audit_row){
		signin->at, signin->name, signin->what, "", "", audit->here, "",
	}, err);
}

/* The record an event is about, by its key; "" when it waits for one that has not arrived. */
static enum rc key_of(struct audit *audit, int64_t n, struct buf *key, struct err *err)
{
	struct row row;
	int64_t rec;
	enum rc rc = row_of_event(audit->app->db, n, &rec, err);

	if (rc)
		return rc == RC_NONE ? RC_OK : rc;
	row_init(&row);
	rc = row_read(audit->app->db, rec, &row, err);
	if (!rc)
		rc = rec_key(&row.body, key, err);
	row_done(&row);
	return rc;
}

static enum rc one_event(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	struct audit *audit = ctx;
	const struct event *event = &audit->event;
	char device[2 * DEVICE_ID + 1];
	const char *kind;
	struct buf key = BUF(4096);
	enum rc rc = event_unpack(&audit->event, bytes.data, bytes.len, err);

	kind = (unsigned)event->set.kind < REC_KINDS ? rec_type(event->set.kind)->name : "";
	if (rc || !is_wanted(audit, event->actor, kind, event->clock))
		return rc;
	hex_of(id->device, DEVICE_ID, device);
	rc = key_of(audit, n, &key, err);
	if (!rc)
		rc = audit->each(audit->ctx, &(struct audit_row){
			event->clock, event->actor, verb_name(event->verb),
			kind,
			event->set.kind == REC_ASSIST ? "" : buf_str(&key), device, event->note,
		}, err);
	buf_done(&key);
	return rc;
}

enum rc audit_walk(struct app *app, const struct audit_filter *filter, audit_visit *each, void *ctx, struct err *err)
{
	struct audit audit = {
		.app = app, .filter = filter, .each = each, .ctx = ctx,
		.from = filter->from == DAYNO_NONE ? INT64_MIN + 1 : dayno_start(filter->from),
		.to = filter->to == DAYNO_NONE ? INT64_MAX : dayno_start(filter->to + 1),
	};
	enum rc rc = app_may(app, MAY_AUDIT, err);

	if (rc)
		return rc;
	hex_of(app->device, DEVICE_ID, audit.here);
	event_init(&audit.event);
	rc = signin_walk(app->db, audit.from, audit.to, one_signin, &audit, err);
	if (!rc)
		rc = journal_walk(app->db, 0, one_event, &audit, err);
	event_done(&audit.event);
	return rc;
}
