/*
 * line.c - the line carrier: drives motcua-link through a pipe.
 *
 * What the helper answers is as hostile as the network behind it: receipts are
 * checked by signature, batches like any other. Refusals of one batch never
 * hold the next; a token the hub does not know pauses everything and says so.
 */
#include "sync/carrier.h"

#include "db/base/child.h"
#include "sync/link/link.h"

#include <stdio.h>
#include <string.h>

enum { ANSWER_MS = 150 * 1000, SLICE_MS = 200, SEND_MAX = 48 << 20 };

struct talk {
	struct app *app;
	struct identity *identity;
	struct child child;
	struct round *round;
	carrier_progress *progress;
	void *ctx;
	size_t total, queued; /* the manifest of the round: fixed before the first byte goes */
	size_t batches, events, at;
	char what[80];
	bool cancelled;
	uint64_t requests, connections;
	enum rc line; /* RC_LINK, RC_REFUSED: how the round as a whole went */
	struct err why;
};

static void note_error(struct talk *t, const struct err *why)
{
	t->round->problems++;
	t->round->last_problem = *why;
}

static enum rc queue_batch(void *ctx, const struct outbox_item *item, struct span body, struct err *err)
{
	struct talk *t = ctx;
	struct buf frame = BUF(BATCH_MAX + BATCH_ID);
	enum rc rc = RC_OK;

	if (!body.len || item->state == BATCH_REFUSED || t->queued + body.len > SEND_MAX)
		return RC_OK;
	buf_add(&frame, item->manifest.id, BATCH_ID);
	buf_add(&frame, body.data, body.len);
	rc = child_send(&t->child, LINK_BATCH, frame.data, frame.len, err);
	t->queued += body.len;
	t->batches++;
	t->events += item->manifest.events;
	buf_done(&frame);
	return rc;
}

/* The round before did not come to its end: part of a batch may be at the hub already. */
static bool was_cut(struct app *app)
{
	struct buf error = BUF(2048);
	bool cut = local_int(app->db, "sync_stopped", MSEC_NONE) != MSEC_NONE ||
		   (!local_get(app->db, "sync_error", &error, NULL) && error.len);

	buf_done(&error);
	return cut;
}

enum { PEM_LINE = 64 };
static const char PEM_BEGIN[] = "-----BEGIN CERTIFICATE-----", PEM_END[] = "-----END CERTIFICATE-----";

/* A setting is one line, PEM is many: its base64, with or without the words around it, laid out again. */
static void pem_of(const char *setting, struct buf *pem)
{
	size_t column = 0;

	for (const char *at = setting; *at; at++) {
		bool begins = !strncmp(at, PEM_BEGIN, sizeof(PEM_BEGIN) - 1);
		bool ends = !strncmp(at, PEM_END, sizeof(PEM_END) - 1);

		if (column && (begins || ends)) {
			buf_printf(pem, "\n%s\n", PEM_END);
			column = 0;
		}
		if (begins || ends)
			at += (begins ? sizeof(PEM_BEGIN) : sizeof(PEM_END)) - 2;
		if (begins || ends || *at == ' ')
			continue;
		if (!column)
			buf_printf(pem, "%s\n", PEM_BEGIN);
		else if (column % PEM_LINE == 0)
			buf_byte(pem, '\n');
		buf_byte(pem, (uint8_t)*at);
		column++;
	}
	if (column)
		buf_printf(pem, "\n%s\n", PEM_END);
}

static enum rc send_job(struct talk *t, const char *url, struct err *err)
{
	struct buf frame = BUF(128 << 10), pem = BUF(64 << 10), setting = BUF(8192), cursor = BUF(16);
	enum rc rc;

	buf_add(&frame, url, strlen(url) + 1);
	buf_add(&frame, t->identity->token, strlen(t->identity->token) + 1);
	pem_of(app_setting(t->app, "hub_certificate", "", &setting), &pem);
	buf_add(&frame, buf_str(&pem), pem.len);
	buf_byte(&frame, 0);
	rc = child_send(&t->child, LINK_HUB, frame.data, frame.len, err);
	if (!rc)
		rc = outbox_walk(t->app, true, queue_batch, t, err);
	if (!rc && was_cut(t->app))
		rc = child_send(&t->child, LINK_AGAIN, "", 0, err);
	wire_put_uint(&cursor, (uint64_t)local_int(t->app->db, "feed_cursor", 0));
	if (!rc)
		rc = child_send(&t->child, LINK_FEED, cursor.data, cursor.len, err);
	if (!rc)
		rc = child_send(&t->child, LINK_GO, "", 0, err);
	child_close_input(&t->child);
	buf_wipe_done(&frame);
	buf_done(&pem);
	buf_done(&setting);
	buf_done(&cursor);
	return rc;
}

static void on_receipt(struct talk *t, struct span bytes)
{
	uint64_t before = (uint64_t)local_int(t->app->db, "acknowledged_to", 0);
	struct receipt receipt;
	struct err why = { 0 };

	if (receipt_apply(t->app, t->identity, bytes.data + BATCH_ID, bytes.len - BATCH_ID, &receipt, &why)) {
		note_error(t, &why);
		return;
	}
	t->round->batches_sent++;
	if (receipt.epoch == t->app->epoch && receipt.acknowledged_to > before)
		t->round->events_sent += (size_t)(receipt.acknowledged_to - before);
}

/* The hub's words are kept as the reason, cut and cleaned of anything but print. */
static void on_refused(struct talk *t, struct span bytes, enum batch_state state)
{
	struct err why = { 0 };
	char text[160];
	size_t len = bytes.len - BATCH_ID < sizeof(text) - 1 ? bytes.len - BATCH_ID : sizeof(text) - 1;

	for (size_t i = 0; i < len; i++) {
		uint8_t c = bytes.data[BATCH_ID + i];

		text[i] = c >= 0x20 && c < 0x7f ? (char)c : ' ';
	}
	text[len] = '\0';
	(void)err_set(&why, RC_REFUSED, "Trung tâm chưa nhận một gói: %s",
		      "The hub has not taken a batch: %s", text);
	note_error(t, &why);
	if (outbox_mark(t->app, bytes.data, state, text, &why))
		note_error(t, &why);
}

static void on_feeding(struct talk *t, struct span bytes)
{
	struct reader r = reader_on(bytes.data, bytes.len);
	uint64_t cursor = wire_uint(&r);
	struct ingested in = { 0 };
	struct err why = { 0 };
	enum rc rc = RC_OK;

	if (r.bad || cursor > INT64_MAX)
		return;
	if (r.at < r.end)
		rc = ingest_batch(t->app, t->identity, r.at, (size_t)(r.end - r.at), &in, &why);
	if (rc)
		note_error(t, &why);
	if (!rc && r.at < r.end && !in.known) {
		t->round->batches_received++;
		t->round->events_received += in.events_new;
	}
	/* A full disk or an I/O error is asked for again; a batch that can never be taken is passed. */
	if (rc != RC_IO && rc != RC_FULL && local_set_int(t->app->db, "feed_cursor", (int64_t)cursor, &why))
		note_error(t, &why);
}

static bool go_on(struct talk *t)
{
	return !t->progress || t->progress(t->ctx, t->at, t->total, t->what);
}

static bool on_moved(struct talk *t, struct span bytes)
{
	struct reader r = reader_on(bytes.data, bytes.len);
	uint64_t up = wire_uint(&r), down = wire_uint(&r);

	t->round->bytes_up = (size_t)up;
	t->round->bytes_down = (size_t)down;
	return go_on(t);
}

static bool on_at(struct talk *t, struct span bytes)
{
	struct reader r = reader_on(bytes.data, bytes.len);
	uint64_t at = wire_uint(&r);

	if (!r.bad && at > t->at)
		t->at = at < t->total ? (size_t)at : t->total;
	return go_on(t);
}

/* A hub whose certificate does not hold: nothing was sent, and only a person can put it right. */
static void on_distrust(struct talk *t, uint8_t reason)
{
	static const struct words words[] = {
		[LINK_CERT_UNKNOWN] = T(
			"Chứng chỉ của trung tâm không phải chứng chỉ đã ghim, hoặc không ai đáng tin bảo "
			"lãnh. Hỏi người quản trị trung tâm.",
			"The hub's certificate is not the pinned one, or nobody trusted vouches for it. Ask "
			"who runs the hub."),
		[LINK_CERT_EXPIRED] =
			T("Chứng chỉ của trung tâm đã hết hạn (hoặc đồng hồ máy này chạy trước). "
			  "Báo người quản trị trung tâm.",
			  "The hub's certificate has expired (or this PC's clock is ahead). Tell "
			  "who runs the hub."),
		[LINK_CERT_EARLY] = T("Chứng chỉ của trung tâm chưa có hiệu lực: đồng hồ máy này chạy chậm?",
				      "The hub's certificate is not valid yet: is this PC's clock behind?"),
		[LINK_CERT_HOST] =
			T("Chứng chỉ là của máy chủ khác, không phải địa chỉ này: kiểm tra địa chỉ "
			  "trung tâm.",
			  "The certificate is of another host than this address: check the hub's "
			  "address."),
		[LINK_CERT_UNREADABLE] = T("Chứng chỉ đã ghim (hub_certificate) không đọc được.",
					   "The pinned certificate (hub_certificate) cannot be read."),
	};
	size_t which = reason > LINK_CERT_GOOD && reason < ARRAY_LEN(words) ? reason : LINK_CERT_UNKNOWN;

	t->line = err_set(&t->why, RC_REFUSED, "%s%.0s Chưa gửi gì; dữ liệu vẫn chờ trong kho.",
			  "%.0s%s Nothing was sent; the data waits in the store.", words[which].vi,
			  words[which].en);
}

static void on_line_problem(struct talk *t, enum link_frame type)
{
	if (type == LINK_TOKEN)
		t->line = err_set(&t->why, RC_REFUSED,
				  "Trung tâm không nhận mã truy cập của máy này: máy bị thu hồi, hay cần ghi "
				  "danh lại? Dữ liệu "
				  "vẫn chờ trong kho.",
				  "The hub does not know this device's token: was it revoked, must it enrol "
				  "again? The data waits "
				  "in the store.");
	else
		t->line = err_set(&t->why, RC_LINK,
				  "Chưa kết nối được trung tâm. Dữ liệu vẫn chờ trong kho, sẽ gửi sau.",
				  "No connection to the hub. The data waits in the store and goes later.");
}

static enum rc cancelled(struct talk *t, struct err *err)
{
	t->cancelled = t->round->cancelled = true;
	return err_set(err, RC_FAILED, "Đã dừng theo yêu cầu. Lần sau gửi tiếp từ chỗ dở.",
		       "Stopped as asked. Next time goes on from there.");
}

/* The next frame; whoever watches is asked several times a second whether to go on. */
static enum rc next_frame(struct talk *t, uint8_t *type, struct span *bytes, struct err *err)
{
	enum rc rc = RC_LINK;

	for (int waited = 0; waited < ANSWER_MS && rc == RC_LINK; waited += SLICE_MS) {
		rc = child_receive(&t->child, SLICE_MS, type, bytes, err);
		if (rc == RC_LINK && !go_on(t))
			return cancelled(t, err);
	}
	return rc;
}

static enum rc listen_to(struct talk *t, struct err *err)
{
	struct span bytes;
	uint8_t type;
	enum rc rc;

	while (!(rc = next_frame(t, &type, &bytes, err))) {
		bool about_batch = type == LINK_RECEIPT || type == LINK_REFUSED || type == LINK_LATER;

		if (about_batch && bytes.len < BATCH_ID)
			continue;
		if (type == LINK_RECEIPT)
			on_receipt(t, bytes);
		else if (type == LINK_REFUSED)
			on_refused(t, bytes, BATCH_REFUSED);
		else if (type == LINK_LATER)
			on_refused(t, bytes, BATCH_SEALED);
		else if (type == LINK_FEEDING)
			on_feeding(t, bytes);
		else if (type == LINK_TOKEN || type == LINK_NO_LINE)
			on_line_problem(t, (enum link_frame)type);
		else if (type == LINK_DISTRUST && bytes.len)
			on_distrust(t, bytes.data[0]);
		else if ((type == LINK_MOVED && !on_moved(t, bytes)) || (type == LINK_AT && !on_at(t, bytes)))
			return cancelled(t, err);
		else if (type == LINK_END)
			return RC_OK;
	}
	return rc == RC_NONE ? err_set(err, RC_FAILED, "Chương trình phụ motcua-link dừng giữa chừng.",
				       "The helper motcua-link stopped half-way.")
			     : rc;
}

/* What the status line shows of the last round: nothing after a good one; one that was stopped is no error.
 */
static void keep_last_error(struct talk *t, enum rc rc, const struct err *err)
{
	bool failed = rc && !t->cancelled;
	const struct err *why = failed ? err : t->round->problems ? &t->round->last_problem : NULL;

	if (outbox_note_error(t->app, why, NULL) ||
	    local_set_int(t->app->db, "sync_stopped", t->cancelled ? app_now(t->app) : MSEC_NONE, NULL))
		t->round->problems++;
}

static enum rc talk(struct talk *t, const char *url, struct err *err)
{
	const struct child_limits limits = { .files = 256 };
	enum rc rc = child_start(&t->child, "motcua-link", &limits, err);

	if (rc)
		return rc;
	rc = send_job(t, url, err);
	t->total = t->queued;
	snprintf(t->what, sizeof(t->what),
		 t->app->lang == LANG_EN ? "%zu batches, %zu events" : "%zu gói, %zu việc", t->batches,
		 t->events);
	if (!rc)
		rc = listen_to(t, err);
	child_end(&t->child, NULL);
	if (!rc && t->line) {
		*err = t->why;
		rc = t->line;
	}
	return rc;
}

/* The address asked for, else the ward's setting, else the one of the enrolment. */
static const char *choose_url(struct app *app, const struct identity *identity, const char *asked,
			      struct buf *room)
{
	const char *set;

	if (asked && *asked)
		return asked;
	set = app_setting(app, "hub_url", "", room);
	return *set ? set : identity->hub_url;
}

enum rc line_round(struct app *app, const char *hub_url, struct round *out, carrier_progress *progress,
		   void *ctx, struct err *err)
{
	struct identity identity;
	struct talk t = { .app = app, .identity = &identity, .round = out, .progress = progress, .ctx = ctx };
	struct buf room = BUF(1024);
	const char *url;
	size_t sealed;
	enum rc rc = identity_load(app, &identity, err);

	memset(out, 0, sizeof(*out));
	if (rc)
		return rc;
	url = choose_url(app, &identity, hub_url, &room);
	rc = outbox_seal(app, &identity, &sealed, err);
	if (!rc && !*url)
		rc = err_set(err, RC_REFUSED, "Chưa có địa chỉ trung tâm: dùng --hub URL hoặc đặt hub_url.",
			     "The hub's address is not set: use --hub URL or set hub_url.");
	if (!rc) {
		rc = talk(&t, url, err);
		keep_last_error(&t, rc, err);
	}
	out->acknowledged_to = (uint64_t)local_int(app->db, "acknowledged_to", 0);
	buf_done(&room);
	identity_done(&identity);
	return rc;
}
