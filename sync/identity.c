#include "sync/identity.h"

#include "db/base/hash.h"
#include "db/rec_fields.h"
#include "core/commit.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* Names of the local values an identity is kept under. */
static const char LOCAL_SIGN[] = "sign_sk", LOCAL_ENROLMENT[] = "enrolment";

void identity_done(struct identity *identity)
{
	sodium_memzero(identity, sizeof(*identity));
}

static enum rc make_keys(struct app *app, struct identity *out, struct err *err)
{
	crypto_sign_keypair(out->sign_pk, out->sign_sk);
	return local_set(app->db, LOCAL_SIGN, out->sign_sk, SIGN_SK, err);
}

static void put_audiences(const struct audience_key *keys, size_t count, struct buf *out)
{
	wire_put_uint(out, count);
	for (size_t i = 0; i < count; i++) {
		wire_put_uint(out, keys[i].audience);
		wire_put_uint(out, keys[i].generation);
		buf_add(out, keys[i].key, SECRET_KEY);
	}
}

static void take_audiences(struct reader *r, struct audience_key *keys, size_t max, size_t *count)
{
	uint64_t n = wire_uint(r);

	*count = 0;
	if (n > max) {
		r->bad = true;
		return;
	}
	for (uint64_t i = 0; i < n && !r->bad; i++) {
		uint64_t audience = wire_uint(r), generation = wire_uint(r);
		struct span key = wire_take(r, SECRET_KEY);

		if (r->bad || audience < AUDIENCE_COUNTER || audience > AUDIENCE_TEAM ||
		    generation > UINT16_MAX) {
			r->bad = true;
			return;
		}
		keys[*count].audience = (enum audience)audience;
		keys[*count].generation = (uint16_t)generation;
		memcpy(keys[(*count)++].key, key.data, SECRET_KEY);
	}
}

static void take_text(struct reader *r, char *out, size_t size)
{
	struct span text = wire_bytes(r);

	if (r->bad || text.len >= size || (text.len && memchr(text.data, '\0', text.len))) {
		r->bad = true;
		return;
	}
	memcpy(out, text.data, text.len);
	out[text.len] = '\0';
}

static void take_raw(struct reader *r, uint8_t *out, size_t len)
{
	struct span span = wire_take(r, len);

	if (!r->bad)
		memcpy(out, span.data, len);
}

enum { CERTIFICATE_VERSION = 1 };

/* What the hub signs: every field but the signature. */
static void put_certified(const struct certificate *c, struct buf *out)
{
	buf_byte(out, CERTIFICATE_VERSION);
	buf_add(out, c->device, DEVICE_ID);
	buf_add(out, c->sign_pk, SIGN_PK);
	wire_put_bytes(out, c->unit, strlen(c->unit));
	wire_put_uint(out, c->slot);
	wire_put_uint(out, c->role);
	wire_put_int(out, c->issued_at);
}

void certificate_pack(const struct certificate *certificate, struct buf *out)
{
	put_certified(certificate, out);
	buf_add(out, certificate->signature, SIGNATURE);
}

static const char CERTIFICATE_DOMAIN[] = "motcua certificate 1";

/* Signed messages are prefixed by what they are, so that none can stand for another. */
static void domain_message(const char *domain, const struct buf *body, struct buf *out)
{
	buf_add(out, domain, strlen(domain) + 1);
	buf_add(out, body->data, body->len);
}

static bool certificate_is_signed(const struct certificate *c, const uint8_t hub_pk[SIGN_PK])
{
	struct buf body = BUF(512), message = BUF(1024);
	bool good;

	put_certified(c, &body);
	domain_message(CERTIFICATE_DOMAIN, &body, &message);
	good = !crypto_sign_verify_detached(c->signature, message.data, message.len, hub_pk);
	buf_done(&body);
	buf_done(&message);
	return good;
}

void certificate_sign(struct certificate *certificate, const uint8_t hub_sk[SIGN_SK])
{
	struct buf body = BUF(512), message = BUF(1024);

	put_certified(certificate, &body);
	domain_message(CERTIFICATE_DOMAIN, &body, &message);
	crypto_sign_detached(certificate->signature, NULL, message.data, message.len, hub_sk);
	buf_done(&body);
	buf_done(&message);
}

enum rc certificate_unpack(struct reader *r, const uint8_t hub_pk[SIGN_PK], struct certificate *out,
			   struct err *err)
{
	struct certificate c = { 0 };
	uint64_t slot, role;
	uint8_t version = wire_byte(r);

	if (!r->bad && version != CERTIFICATE_VERSION)
		return err_set(err, RC_INPUT, "Chứng thư của phiên bản mới hơn: cần cập nhật motcua.",
			       "The certificate is of a newer version: motcua needs an update.");
	take_raw(r, c.device, DEVICE_ID);
	take_raw(r, c.sign_pk, SIGN_PK);
	take_text(r, c.unit, sizeof(c.unit));
	slot = wire_uint(r);
	role = wire_uint(r);
	c.issued_at = wire_int(r);
	take_raw(r, c.signature, SIGNATURE);
	if (r->bad || slot > 99 || role < DEVICE_COUNTER || role > DEVICE_HUB)
		return err_set(err, RC_DAMAGED, "Chứng thư thiết bị hỏng.",
			       "The device certificate is damaged.");
	c.slot = (unsigned)slot;
	c.role = (enum device_role)role;
	if (!certificate_is_signed(&c, hub_pk))
		return err_set(err, RC_REFUSED, "Chứng thư không do trung tâm này ký.",
			       "The certificate is not signed by this hub.");
	*out = c;
	return RC_OK;
}

enum { ENROLMENT_VERSION = 1, ENROLMENT_MAX = 8192 };

static void put_enrolment(const struct enrolment *e, struct buf *out)
{
	buf_byte(out, ENROLMENT_VERSION);
	buf_add(out, e->hub_pk, SIGN_PK);
	certificate_pack(&e->certificate, out);
	put_audiences(e->audiences, e->audiences_count, out);
	wire_put_bytes(out, e->token, strlen(e->token));
	wire_put_bytes(out, e->hub_url, strlen(e->hub_url));
}

static enum rc take_enrolment(const void *data, size_t len, struct enrolment *out, struct err *err)
{
	struct reader r = reader_on(data, len);
	uint8_t version = wire_byte(&r);
	enum rc rc;

	memset(out, 0, sizeof(*out));
	if (!r.bad && version != ENROLMENT_VERSION)
		return err_set(err, RC_INPUT, "Tệp ghi danh của phiên bản mới hơn: cần cập nhật motcua.",
			       "The enrolment is of a newer version: motcua needs an update.");
	take_raw(&r, out->hub_pk, SIGN_PK);
	rc = certificate_unpack(&r, out->hub_pk, &out->certificate, err);
	if (rc)
		return rc;
	take_audiences(&r, out->audiences, ARRAY_LEN(out->audiences), &out->audiences_count);
	take_text(&r, out->token, sizeof(out->token));
	take_text(&r, out->hub_url, sizeof(out->hub_url));
	if (!reader_at_end(&r))
		return err_set(err, RC_INPUT, "Tệp ghi danh hỏng.", "The enrolment file is damaged.");
	return RC_OK;
}

static enum rc load_enrolment(struct app *app, struct identity *out, struct err *err)
{
	struct buf stored = BUF(ENROLMENT_MAX);
	struct enrolment e = { 0 };
	enum rc rc = local_get(app->db, LOCAL_ENROLMENT, &stored, err);

	if (!rc)
		rc = take_enrolment(stored.data, stored.len, &e, err);
	if (!rc) {
		out->enrolled = true;
		memcpy(out->hub_pk, e.hub_pk, SIGN_PK);
		out->certificate = e.certificate;
		memcpy(out->audiences, e.audiences, sizeof(out->audiences));
		out->audiences_count = e.audiences_count;
		memcpy(out->token, e.token, sizeof(out->token));
		memcpy(out->hub_url, e.hub_url, sizeof(out->hub_url));
	}
	sodium_memzero(&e, sizeof(e));
	buf_wipe_done(&stored);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc identity_load(struct app *app, struct identity *out, struct err *err)
{
	struct buf key = BUF(256);
	enum rc rc;

	memset(out, 0, sizeof(*out));
	rc = local_get(app->db, LOCAL_SIGN, &key, err);
	if (rc == RC_NONE) {
		rc = make_keys(app, out, err);
	} else if (!rc && key.len != SIGN_SK) {
		rc = err_set(err, RC_DAMAGED, "Khóa ký của máy hỏng.",
			     "The device's signing key is damaged.");
	} else if (!rc) {
		memcpy(out->sign_sk, key.data, SIGN_SK);
		crypto_sign_ed25519_sk_to_pk(out->sign_pk, out->sign_sk);
	}
	buf_wipe_done(&key);
	if (!rc)
		rc = load_enrolment(app, out, err);
	if (rc)
		identity_done(out);
	return rc;
}

enum rc identity_save(struct app *app, const struct identity *identity, struct err *err)
{
	struct buf bytes = BUF(ENROLMENT_MAX);
	struct enrolment e = { .certificate = identity->certificate,
			       .audiences_count = identity->audiences_count };
	enum rc rc;

	memcpy(e.hub_pk, identity->hub_pk, SIGN_PK);
	memcpy(e.audiences, identity->audiences, sizeof(e.audiences));
	memcpy(e.token, identity->token, sizeof(e.token));
	memcpy(e.hub_url, identity->hub_url, sizeof(e.hub_url));
	put_enrolment(&e, &bytes);
	rc = local_set(app->db, LOCAL_ENROLMENT, bytes.data, bytes.len, err);
	buf_wipe_done(&bytes);
	sodium_memzero(&e, sizeof(e));
	return rc;
}

enum rc identity_need(const struct identity *identity, struct err *err)
{
	if (identity->enrolled)
		return RC_OK;
	return err_set(err, RC_REFUSED,
		       "Máy này chưa ghi danh với trung tâm. Chạy `motcua device show --output D.json`, gửi "
		       "tệp cho trung tâm, "
		       "rồi `motcua device enrol E.mce`.",
		       "This device is not enrolled with a hub. Run `motcua device show --output D.json`, "
		       "send the file to the "
		       "hub, then `motcua device enrol E.mce`.");
}

/* E.mce: magic, device's public key, then the sealed enrolment with the hub's signature in front. */
static const char ENROLMENT_MAGIC[4] = { 'M', 'C', 'E', '1' };
static const char ENROLMENT_DOMAIN[] = "motcua enrolment 1";

enum rc enrolment_seal(const struct enrolment *enrolment, const uint8_t hub_sk[SIGN_SK], struct buf *out,
		       struct err *err)
{
	struct buf body = BUF(ENROLMENT_MAX), message = BUF(ENROLMENT_MAX + 64),
		   signed_body = BUF(ENROLMENT_MAX + 64);
	uint8_t box_pk[crypto_box_PUBLICKEYBYTES], signature[SIGNATURE];
	uint8_t *room;
	enum rc rc = RC_OK;

	put_enrolment(enrolment, &body);
	domain_message(ENROLMENT_DOMAIN, &body, &message);
	crypto_sign_detached(signature, NULL, message.data, message.len, hub_sk);
	buf_add(&signed_body, signature, sizeof(signature));
	buf_add(&signed_body, body.data, body.len);
	buf_add(out, ENROLMENT_MAGIC, sizeof(ENROLMENT_MAGIC));
	room = buf_room(out, signed_body.len + crypto_box_SEALBYTES);
	if (signed_body.full || !room ||
	    crypto_sign_ed25519_pk_to_curve25519(box_pk, enrolment->certificate.sign_pk) ||
	    crypto_box_seal(room, signed_body.data, signed_body.len, box_pk))
		rc = err_set(err, RC_INPUT, "Khóa công khai của máy không hợp lệ.",
			     "The device's public key is not valid.");
	else
		out->len += signed_body.len + crypto_box_SEALBYTES;
	buf_wipe_done(&body);
	buf_wipe_done(&message);
	buf_wipe_done(&signed_body);
	return rc;
}

/* Open with this device's key and check the signature of the hub it names. */
static enum rc enrolment_open(const struct identity *self, const uint8_t *data, size_t len,
			      struct enrolment *out, struct err *err)
{
	uint8_t box_pk[crypto_box_PUBLICKEYBYTES], box_sk[crypto_box_SECRETKEYBYTES];
	struct buf plain = BUF(ENROLMENT_MAX + SIGNATURE), message = BUF(ENROLMENT_MAX + 64),
		   body = BUF(ENROLMENT_MAX);
	size_t sealed = len - sizeof(ENROLMENT_MAGIC);
	uint8_t *room = buf_room(&plain, sealed);
	enum rc rc;

	if (crypto_sign_ed25519_sk_to_curve25519(box_sk, self->sign_sk) ||
	    crypto_sign_ed25519_pk_to_curve25519(box_pk, self->sign_pk) || !room ||
	    crypto_box_seal_open(room, data + sizeof(ENROLMENT_MAGIC), sealed, box_pk, box_sk)) {
		rc = err_set(err, RC_REFUSED, "Tệp ghi danh này không dành cho máy này, hoặc đã hỏng.",
			     "This enrolment is meant for another device, or damaged.");
		goto out;
	}
	plain.len = sealed - crypto_box_SEALBYTES;
	buf_add(&body, plain.data + SIGNATURE, plain.len - SIGNATURE);
	rc = take_enrolment(body.data, body.len, out, err);
	if (rc)
		goto out;
	domain_message(ENROLMENT_DOMAIN, &body, &message);
	if (crypto_sign_verify_detached(plain.data, message.data, message.len, out->hub_pk))
		rc = err_set(err, RC_REFUSED, "Tệp ghi danh không mang chữ ký của trung tâm.",
			     "The enrolment does not carry the hub's signature.");
out:
	sodium_memzero(box_sk, sizeof(box_sk));
	buf_wipe_done(&plain);
	buf_wipe_done(&message);
	buf_wipe_done(&body);
	return rc;
}

static enum rc check_enrolment(const struct app *app, const struct identity *self, const struct enrolment *e,
			       struct err *err)
{
	if (memcmp(e->certificate.device, app->device, DEVICE_ID) != 0 ||
	    memcmp(e->certificate.sign_pk, self->sign_pk, SIGN_PK) != 0)
		return err_set(err, RC_REFUSED, "Tệp ghi danh này dành cho máy khác.",
			       "This enrolment is meant for another device.");
	if (strcmp(e->certificate.unit, app->unit) != 0)
		return err_set(err, RC_REFUSED, "Tệp ghi danh này của đơn vị %s, kho này của đơn vị %s.",
			       "This enrolment is of unit %s, this store of unit %s.", e->certificate.unit,
			       app->unit);
	return RC_OK;
}

static enum rc make_it_so(struct app *app, struct identity *self, const struct enrolment *e, struct err *err)
{
	enum rc rc;

	self->enrolled = true;
	memcpy(self->hub_pk, e->hub_pk, SIGN_PK);
	self->certificate = e->certificate;
	memcpy(self->audiences, e->audiences, sizeof(self->audiences));
	self->audiences_count = e->audiences_count;
	memcpy(self->token, e->token, sizeof(self->token));
	if (e->hub_url[0])
		memcpy(self->hub_url, e->hub_url, sizeof(self->hub_url));
	rc = db_begin(app->db, err);
	if (!rc)
		rc = identity_save(app, self, err);
	if (!rc)
		rc = local_set_int(app->db, "slot", e->certificate.slot, err);
	if (!rc)
		rc = local_set_int(app->db, "team", e->certificate.role == DEVICE_TEAM, err);
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc) {
		db_rollback(app->db);
		return rc;
	}
	app->slot = e->certificate.slot;
	app->team = e->certificate.role == DEVICE_TEAM;
	return RC_OK;
}

enum rc enrolment_accept(struct app *app, const void *data, size_t len, struct err *err)
{
	struct identity self;
	struct enrolment e = { 0 };
	enum rc rc = app_may(app, MAY_DEVICE, err);

	if (rc)
		return rc;
	if (len < sizeof(ENROLMENT_MAGIC) + crypto_box_SEALBYTES + SIGNATURE || len > ENROLMENT_MAX ||
	    memcmp(data, ENROLMENT_MAGIC, sizeof(ENROLMENT_MAGIC)) != 0)
		return err_set(err, RC_INPUT, "Đây không phải tệp ghi danh (.mce), hoặc tệp bị cắt cụt.",
			       "This is no enrolment file (.mce), or it is cut short.");
	rc = identity_load(app, &self, err);
	if (rc)
		return rc;
	rc = enrolment_open(&self, data, len, &e, err);
	if (!rc)
		rc = check_enrolment(app, &self, &e, err);
	if (!rc)
		rc = make_it_so(app, &self, &e, err);
	sodium_memzero(&e, sizeof(e));
	identity_done(&self);
	return rc;
}
