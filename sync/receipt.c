#include "sync/receipt.h"

#include "db/base/hash.h"
#include "db/journal.h"
#include "sync/outbox.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/*
 * The file (FORMAT.md): magic, version, device, the sealed box of
 * signature | body. Sealed to the device, as it may carry an audience key.
 */
static const uint8_t RECEIPT_MAGIC[4] = { 'M', 'C', 'R', '1' };
static const char RECEIPT_DOMAIN[] = "motcua receipt 1";
enum { RECEIPT_VERSION = 1, PLAIN_HEAD = 4 + 1 + DEVICE_ID };

void receipt_format(const struct receipt *r, struct buf *out)
{
	buf_add(out, r->device, DEVICE_ID);
	wire_put_uint(out, r->epoch);
	wire_put_uint(out, r->acknowledged_to);
	buf_add(out, r->head, DB_HEAD_SIZE);
	wire_put_int(out, r->hub_time);
	buf_byte(out, r->fork);
	buf_add(out, r->batch, sizeof(r->batch));
	wire_put_uint(out, r->refusals_count);
	for (size_t i = 0; i < r->refusals_count; i++) {
		wire_put_uint(out, r->refusals[i].seq);
		wire_put_bytes(out, r->refusals[i].reason, strlen(r->refusals[i].reason));
	}
	wire_put_uint(out, r->audiences_count);
	for (size_t i = 0; i < r->audiences_count; i++) {
		wire_put_uint(out, r->audiences[i].audience);
		wire_put_uint(out, r->audiences[i].generation);
		buf_add(out, r->audiences[i].key, SECRET_KEY);
	}
}

static void take_into(struct reader *r, uint8_t *out, size_t len)
{
	struct span span = wire_take(r, len);

	if (!r->bad)
		memcpy(out, span.data, len);
}

/* A reason is shown to a person: text of one line. */
static bool is_line(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] < 0x20 || text.data[i] == 0x7f)
			return false;
	return true;
}

static void take_refusals(struct reader *r, struct receipt *out)
{
	uint64_t count = wire_uint(r);

	if (count > RECEIPT_REFUSALS)
		r->bad = true;
	for (uint64_t i = 0; i < count && !r->bad; i++) {
		struct refusal *refusal = &out->refusals[out->refusals_count++];
		struct span reason;

		refusal->seq = wire_uint(r);
		reason = wire_bytes(r);
		if (r->bad || reason.len >= sizeof(refusal->reason) || !is_line(reason)) {
			r->bad = true;
			return;
		}
		memcpy(refusal->reason, reason.data, reason.len);
		refusal->reason[reason.len] = '\0';
	}
}

static void take_keys(struct reader *r, struct receipt *out)
{
	uint64_t count = wire_uint(r);

	if (count > ARRAY_LEN(out->audiences))
		r->bad = true;
	for (uint64_t i = 0; i < count && !r->bad; i++) {
		struct audience_key *key = &out->audiences[out->audiences_count++];
		uint64_t audience = wire_uint(r), generation = wire_uint(r);

		if (audience < AUDIENCE_COUNTER || audience > AUDIENCE_TEAM || generation > UINT16_MAX)
			r->bad = true;
		key->audience = (enum audience)audience;
		key->generation = (uint16_t)generation;
		take_into(r, key->key, SECRET_KEY);
	}
}

bool receipt_parse(const void *data, size_t len, struct receipt *out)
{
	struct reader r = reader_on(data, len);
	uint64_t epoch;

	memset(out, 0, sizeof(*out));
	take_into(&r, out->device, DEVICE_ID);
	epoch = wire_uint(&r);
	out->acknowledged_to = wire_uint(&r);
	take_into(&r, out->head, DB_HEAD_SIZE);
	out->hub_time = wire_int(&r);
	out->fork = wire_byte(&r) == 1;
	take_into(&r, out->batch, sizeof(out->batch));
	take_refusals(&r, out);
	take_keys(&r, out);
	out->epoch = (uint16_t)epoch;
	return reader_at_end(&r) && epoch >= 1 && epoch <= UINT16_MAX && !(out->acknowledged_to >> 48);
}

static void sign_message(const struct buf *body, struct buf *out)
{
	buf_add(out, RECEIPT_DOMAIN, sizeof(RECEIPT_DOMAIN));
	buf_add(out, body->data, body->len);
}

enum rc receipt_seal(const struct receipt *receipt, const uint8_t hub_sk[SIGN_SK],
		     const uint8_t device_pk[SIGN_PK], struct buf *out, struct err *err)
{
	struct buf body = BUF(RECEIPT_MAX), message = BUF(RECEIPT_MAX), plain = BUF(RECEIPT_MAX);
	uint8_t signature[SIGNATURE], box_pk[crypto_box_PUBLICKEYBYTES];
	uint8_t *room;
	enum rc rc = RC_OK;

	receipt_format(receipt, &body);
	sign_message(&body, &message);
	crypto_sign_detached(signature, NULL, message.data, message.len, hub_sk);
	buf_add(&plain, signature, sizeof(signature));
	buf_add(&plain, body.data, body.len);
	buf_add(out, RECEIPT_MAGIC, sizeof(RECEIPT_MAGIC));
	buf_byte(out, RECEIPT_VERSION);
	buf_add(out, receipt->device, DEVICE_ID);
	room = buf_room(out, plain.len + crypto_box_SEALBYTES);
	if (!room || plain.full || crypto_sign_ed25519_pk_to_curve25519(box_pk, device_pk) ||
	    crypto_box_seal(room, plain.data, plain.len, box_pk))
		rc = err_set(err, RC_FAILED, "Không niêm phong được biên nhận.",
			     "The receipt cannot be sealed.");
	else
		out->len += plain.len + crypto_box_SEALBYTES;
	buf_wipe_done(&body);
	buf_wipe_done(&message);
	buf_wipe_done(&plain);
	return rc;
}

static enum rc open_box(const struct identity *identity, const uint8_t *sealed, size_t len, struct buf *plain)
{
	uint8_t box_pk[crypto_box_PUBLICKEYBYTES], box_sk[crypto_box_SECRETKEYBYTES];
	uint8_t *room = buf_room(plain, len);
	enum rc rc = RC_DAMAGED;

	if (room && !crypto_sign_ed25519_sk_to_curve25519(box_sk, identity->sign_sk) &&
	    !crypto_sign_ed25519_pk_to_curve25519(box_pk, identity->sign_pk) &&
	    !crypto_box_seal_open(room, sealed, len, box_pk, box_sk)) {
		plain->len = len - crypto_box_SEALBYTES;
		rc = RC_OK;
	}
	sodium_memzero(box_sk, sizeof(box_sk));
	return rc;
}

enum rc receipt_open(const struct identity *identity, const void *data, size_t len, struct receipt *out,
		     struct err *err)
{
	struct buf plain = BUF(RECEIPT_MAX), body = BUF(RECEIPT_MAX), message = BUF(RECEIPT_MAX);
	const uint8_t *bytes = data;
	enum rc rc = RC_OK;

	if (len < PLAIN_HEAD + crypto_box_SEALBYTES + SIGNATURE || len > RECEIPT_MAX ||
	    memcmp(bytes, RECEIPT_MAGIC, sizeof(RECEIPT_MAGIC)) != 0)
		return err_set(err, RC_INPUT, "Đây không phải biên nhận (.mcr), hoặc tệp bị cắt cụt.",
			       "This is no receipt (.mcr), or it is cut short.");
	if (bytes[4] != RECEIPT_VERSION)
		return err_set(err, RC_INPUT, "Biên nhận của phiên bản mới hơn: cần cập nhật motcua.",
			       "The receipt is of a newer version: motcua needs an update.");
	if (memcmp(bytes + 5, identity->certificate.device, DEVICE_ID) != 0)
		return err_set(err, RC_REFUSED, "Biên nhận này của máy khác.",
			       "This receipt is for another device.");
	if (open_box(identity, bytes + PLAIN_HEAD, len - PLAIN_HEAD, &plain)) {
		rc = err_set(err, RC_DAMAGED, "Biên nhận hỏng: không mở được.",
			     "The receipt is damaged: it does not open.");
		goto out;
	}
	buf_add(&body, plain.data + SIGNATURE, plain.len - SIGNATURE);
	sign_message(&body, &message);
	if (crypto_sign_verify_detached(plain.data, message.data, message.len, identity->hub_pk))
		rc = err_set(err, RC_REFUSED, "Biên nhận giả: không mang chữ ký của trung tâm.",
			     "The receipt is forged: it does not carry the hub's signature.");
	else if (!receipt_parse(body.data, body.len, out) ||
		 memcmp(out->device, identity->certificate.device, DEVICE_ID) != 0)
		rc = err_set(err, RC_DAMAGED, "Nội dung biên nhận hỏng.",
			     "The receipt's content is damaged.");
out:
	buf_wipe_done(&plain);
	buf_wipe_done(&body);
	buf_wipe_done(&message);
	return rc;
}

/* The hub's head must be a head of our own chain: if not, we are the older copy, or a fork of it. */
static enum rc check_against_chain(struct app *app, const struct receipt *r, struct err *err)
{
	uint8_t head[DB_HEAD_SIZE];
	uint64_t seq;
	enum rc rc = journal_head(app->db, app->device, r->epoch, &seq, head, err);

	if (rc)
		return rc;
	if (r->epoch == app->epoch && r->acknowledged_to > seq)
		return err_set(err, RC_DAMAGED,
			       "Trung tâm đã nhận đến số %" PRIu64 " nhưng kho này chỉ có đến %" PRIu64
			       ": kho đã bị trả về bản cũ. Hãy khôi phục (restore) để mở kỳ mới.",
			       "The hub holds up to %" PRIu64 " but this store only up to %" PRIu64
			       ": an older file was put back. Use restore, which starts a new epoch.",
			       r->acknowledged_to, seq);
	/* An epoch that ended here with a restore may have gone on elsewhere: more of it is no news. */
	if (r->epoch < app->epoch && r->acknowledged_to > seq)
		return RC_OK;
	memset(head, 0, sizeof(head));
	rc = journal_slice(app->db, app->device, r->epoch, 1, r->acknowledged_to, chain_link_event, head, err);
	if (!rc && memcmp(head, r->head, DB_HEAD_SIZE) != 0)
		rc = err_set(err, RC_DAMAGED,
			     "Lịch sử ở trung tâm khác kho này: máy đã rẽ nhánh (khôi phục hoặc sao chép).",
			     "The hub's history differs from this store's: the device has forked (restored "
			     "or copied).");
	return rc;
}

/* Keys we do not have yet; the older ones stay, as old batches may still come. */
static void take_new_keys(struct identity *identity, const struct receipt *r)
{
	for (size_t i = 0; i < r->audiences_count; i++) {
		bool have = false;

		for (size_t k = 0; k < identity->audiences_count; k++)
			have = have || !memcmp(identity->audiences[k].key, r->audiences[i].key, SECRET_KEY);
		if (!have && identity->audiences_count < ARRAY_LEN(identity->audiences))
			identity->audiences[identity->audiences_count++] = r->audiences[i];
	}
}

static const char SQL_SEALED_AT[] = "SELECT sealed_at FROM batch WHERE id = ?1";

/*
 * How far the hub's clock is from ours, as far as this receipt proves it: it was written after its batch was sealed
 * and before now, both by our clock. A stick may take days, so one from in between proves nothing.
 */
static msec clocks_apart(struct app *app, const struct receipt *r)
{
	struct stmt *s = stmt_use(app->db, SQL_SEALED_AT);
	msec late = r->hub_time - app_now(app), early = 0;

	stmt_bind_blob(s, 1, r->batch, BATCH_ID);
	if (!stmt_row(s, NULL))
		early = r->hub_time - stmt_int(s, 0);
	stmt_done(s);
	if (late > 0)
		return late;
	if (early > 0)
		return 0;
	return early > late ? early : late;
}

static const char SQL_KEEP[] = "INSERT INTO receipt (at, body) VALUES (?1, ?2)";
static const char SQL_ACKNOWLEDGE[] =
	"UPDATE batch SET state = 3, reason = '' WHERE state IN (1, 2) AND epoch = ?1 AND last <= ?2"
	" AND device = (SELECT ix FROM device WHERE id = ?3)";

static enum rc write_down(struct app *app, struct identity *identity, const struct receipt *r,
			  const void *data, size_t len, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_KEEP);
	enum rc rc;

	stmt_bind_int(s, 1, r->hub_time);
	stmt_bind_blob(s, 2, data, len);
	rc = stmt_run(s, err);
	stmt_done(s);
	if (rc)
		return rc;
	s = stmt_use(app->db, SQL_ACKNOWLEDGE);
	stmt_bind_int(s, 1, r->epoch);
	stmt_bind_int(s, 2, (int64_t)r->acknowledged_to);
	stmt_bind_blob(s, 3, app->device, DEVICE_ID);
	rc = stmt_run(s, err);
	stmt_done(s);
	for (size_t i = 0; !rc && i < r->refusals_count; i++)
		if (!r->refusals[i].seq)
			rc = outbox_mark(app, r->batch, BATCH_REFUSED, r->refusals[i].reason, err);
	if (!rc && r->epoch == app->epoch &&
	    (int64_t)r->acknowledged_to > local_int(app->db, "acknowledged_to", 0))
		rc = local_set_int(app->db, "acknowledged_to", (int64_t)r->acknowledged_to, err);
	if (!rc)
		rc = local_set_int(app->db, "last_receipt", r->hub_time, err);
	if (!rc) /* how far the two clocks are apart */
		rc = local_set_int(app->db, "hub_offset", clocks_apart(app, r), err);
	if (!rc && r->audiences_count) {
		take_new_keys(identity, r);
		rc = identity_save(app, identity, err);
	}
	return rc;
}

enum rc receipt_apply(struct app *app, struct identity *identity, const void *data, size_t len,
		      struct receipt *out, struct err *err)
{
	enum rc rc = receipt_open(identity, data, len, out, err);

	if (!rc && out->fork)
		rc = err_set(err, RC_DAMAGED,
			     "Trung tâm báo máy này đã rẽ nhánh: một bản sao khác đang dùng cùng mã máy. Hãy "
			     "khôi phục (restore) "
			     "để mở kỳ mới.",
			     "The hub says this device has forked: another copy uses the same id. Use "
			     "restore, which starts a new "
			     "epoch.");
	if (!rc)
		rc = check_against_chain(app, out, err);
	if (!rc)
		rc = db_begin(app->db, err);
	if (rc)
		return rc;
	rc = write_down(app, identity, out, data, len, err);
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc)
		db_rollback(app->db);
	return rc;
}
