#include "sync/support.h"

#include <inttypes.h>
#include <string.h>
#include <sys/utsname.h>

#include "core/catalog.h"
#include "core/clash.h"
#include "core/clocks.h"
#include "core/exchange.h"
#include "core/setting.h"
#include "core/store.h"
#include "db/base/hash.h"
#include "db/journal.h"
#include "db/migrate.h"
#include "sync/outbox.h"

/* Members of objects; every one but the first of its object has a comma before it. */
struct writer {
	struct buf *out;
	bool first;
};

static void name(struct writer *w, const char *text)
{
	if (!w->first)
		buf_byte(w->out, ',');
	w->first = false;
	exchange_quote(text, strlen(text), w->out);
	buf_byte(w->out, ':');
}

static void put_text(struct writer *w, const char *member, const char *text)
{
	name(w, member);
	exchange_quote(text, strlen(text), w->out);
}

static void put_int(struct writer *w, const char *member, int64_t value)
{
	name(w, member);
	buf_printf(w->out, "%" PRId64, value);
}

static void put_bool(struct writer *w, const char *member, bool value)
{
	name(w, member);
	buf_text(w->out, value ? "true" : "false");
}

static void put_time(struct writer *w, const char *member, msec at)
{
	char text[CLOCK_TEXT];

	if (at != MSEC_NONE)
		put_text(w, member, clock_format(at, text));
}

static void open(struct writer *w, const char *member)
{
	name(w, member);
	buf_byte(w->out, '{');
	w->first = true;
}

static void close(struct writer *w)
{
	buf_byte(w->out, '}');
	w->first = false;
}

static void put_machine(struct writer *w)
{
	struct utsname system;

	if (uname(&system))
		return;
	put_text(w, "system", system.sysname);
	put_text(w, "system_release", system.release);
	put_text(w, "machine", system.machine);
}

static void put_store(struct app *app, struct writer *w)
{
	char device[2 * DEVICE_ID + 1];

	hex_of(app->device, DEVICE_ID, device);
	put_text(w, "unit", app->unit);
	put_text(w, "device", device);
	put_int(w, "epoch", app->epoch);
	put_int(w, "slot", app->slot);
	put_bool(w, "team", app->team);
	put_bool(w, "demo", app->demo);
	put_text(w, "role", role_name(app->role));
	put_time(w, "now", app_now(app));
	put_int(w, "clock_offset_ms", clock_offset());
	put_text(w, "catalog_shipped", catalog_shipped_version());
}

static void put_counts(struct app *app, struct writer *w)
{
	open(w, "records");
	for (int kind = REC_NONE + 1; kind < REC_KINDS; kind++)
		put_int(w, rec_type((enum rec_kind)kind)->name, row_count(app->db, (enum rec_kind)kind));
	close(w);
	put_int(w, "clashes", clash_open_count(app));
}

/* A text may be a person's name or an address with a password in it: only that it is set is told. */
static void put_settings(struct app *app, struct writer *w)
{
	open(w, "settings");
	for (const struct setting *setting = settings; setting->name; setting++) {
		struct buf value = BUF(8192);

		setting_get(app, setting->name, &value);
		if (setting->type == SETTING_TEXT)
			put_bool(w, setting->name, value.len > 0);
		else
			put_text(w, setting->name, buf_str(&value));
		buf_done(&value);
	}
	close(w);
}

static void put_sync(struct app *app, struct writer *w)
{
	struct outbox_status status;

	if (outbox_status(app, &status, NULL))
		return;
	open(w, "sync");
	put_bool(w, "enrolled", status.enrolled);
	put_int(w, "events_unsent", (int64_t)status.unsent_events);
	put_int(w, "batches_unsent", (int64_t)status.unsent_batches);
	put_time(w, "oldest", status.oldest);
	put_time(w, "last_receipt", status.last_receipt);
	put_int(w, "acknowledged_to", (int64_t)status.acknowledged_to);
	put_text(w, "last_error", status.last_error.en);
	close(w);
}

static void put_journal(struct app *app, struct writer *w)
{
	uint8_t head[DB_HEAD_SIZE];
	char hex[2 * DB_HEAD_SIZE + 1];
	struct err why = { .rc = RC_OK };
	uint64_t seq;
	int64_t events = 0;
	enum rc rc;

	open(w, "journal");
	if (!journal_digest(app->db, head, NULL)) {
		hex_of(head, sizeof(head), hex);
		put_text(w, "digest", hex);
	}
	if (!journal_head(app->db, app->device, app->epoch, &seq, head, NULL)) {
		hex_of(head, sizeof(head), hex);
		put_int(w, "own_seq", (int64_t)seq);
		put_text(w, "own_head", hex);
	}
	rc = store_verify(app, NULL, &events, &why);
	put_bool(w, "verified", rc == RC_OK);
	if (rc)
		put_text(w, "verify_error", why.en);
	else
		put_int(w, "events", events);
	close(w);
}

enum rc support_bundle(struct app *app, const char *program_version, struct buf *out, struct err *err)
{
	struct writer w = { out, true };
	int64_t schema = 0;
	enum rc rc = app_may(app, MAY_SUPPORT, err);

	if (!rc)
		rc = db_schema_version(app->db, &schema, err);
	if (rc)
		return rc;
	buf_byte(out, '{');
	put_text(&w, "motcua", program_version);
	put_int(&w, "schema", schema);
	put_machine(&w);
	put_store(app, &w);
	put_counts(app, &w);
	put_settings(app, &w);
	put_sync(app, &w);
	put_journal(app, &w);
	buf_text(out, "}\n");
	return out->full ? err_set(err, RC_FULL, "gói quá lớn", "the bundle is too large") : RC_OK;
}
