/*
 * roster.c - the devices of a ward: enrolment, tokens, revocation.
 */
#include "sync/hub/hub.h"

#include "core/commit.h"
#include "db/base/hash.h"
#include "db/rec_fields.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* A token is stored as a hash only: "token:" and 32 hex digits name the device it stands for. */
static void token_name(const char *token, char out[48])
{
	uint8_t digest[HASH_SHORT];

	hash_of(token, strlen(token), digest, sizeof(digest));
	memcpy(out, "token:", 6);
	hex_of(digest, sizeof(digest), out + 6);
}

static enum rc device_from(struct ward *ward, const struct rec *rec, struct hub_device *out, struct err *err)
{
	struct span id = rec_bytes(rec, DEVICE_DEVICE), certified = rec_bytes(rec, DEVICE_CERTIFICATE);
	struct reader r = reader_on(certified.data, certified.len);
	struct certificate certificate;
	enum rc rc = certificate_unpack(&r, ward->identity.hub_pk, &certificate, err);

	if (rc)
		return rc;
	if (id.len != DEVICE_ID)
		return err_set(err, RC_DAMAGED, "Danh sách máy hỏng.", "The roster is damaged.");
	out->ward = ward;
	memcpy(out->device, id.data, DEVICE_ID);
	memcpy(out->sign_pk, certificate.sign_pk, SIGN_PK);
	out->role = certificate.role;
	return RC_OK;
}

enum rc hub_device_get(struct ward *ward, const uint8_t device[DEVICE_ID], struct hub_device *out,
		       struct err *err)
{
	char key[2 * DEVICE_ID + 1];
	struct row row;
	enum rc rc;

	hex_of(device, DEVICE_ID, key);
	row_init(&row);
	rc = row_get(ward->app.db, REC_DEVICE, key, &row, err);
	if (!rc && rec_has(&row.body, DEVICE_REVOKED_AT))
		rc = err_set(err, RC_REFUSED, "Máy này đã bị thu hồi.", "This device was revoked.");
	if (!rc)
		rc = device_from(ward, &row.body, out, err);
	row_done(&row);
	return rc;
}

enum rc hub_token(struct hub *hub, const char *token, struct hub_device *out, struct err *err)
{
	struct buf device = BUF(64);
	char name[48];
	enum rc rc = RC_NONE;

	token_name(token, name);
	for (size_t i = 0; i < hub->wards_count && rc == RC_NONE; i++) {
		rc = local_get(hub->wards[i]->app.db, name, &device, err);
		if (!rc)
			rc = device.len == DEVICE_ID ? hub_device_get(hub->wards[i], device.data, out, err)
						     : RC_NONE;
	}
	buf_done(&device);
	return rc == RC_NONE ? err_set(err, RC_REFUSED, "Mã truy cập không đúng.", "The token is not known.")
			     : rc;
}

struct slot_search {
	unsigned slot;
	const uint8_t *device;
	bool taken;
};

static enum rc look_at_slot(void *ctx, const struct row *row, struct err *err)
{
	struct slot_search *search = ctx;
	struct span id = rec_bytes(&row->body, DEVICE_DEVICE);

	(void)err;
	if (rec_num(&row->body, DEVICE_SLOT) == (int64_t)search->slot &&
	    rec_num(&row->body, DEVICE_ROLE) != DEVICE_HUB &&
	    (id.len != DEVICE_ID || memcmp(id.data, search->device, DEVICE_ID) != 0))
		search->taken = true; /* also by a revoked device: its codes stay its own */
	return RC_OK;
}

static enum rc check_slot(struct ward *ward, const struct enrol_request *request, unsigned slot,
			  struct err *err)
{
	struct slot_search search = { .slot = slot, .device = request->device };
	enum rc rc;

	if (slot < 1 || slot > 99)
		return err_field(err, "slot", "Số máy phải từ 1 đến 99.", "The slot must be 1 to 99.");
	rc = row_walk(ward->app.db, REC_DEVICE, look_at_slot, &search, err);
	if (!rc && search.taken)
		rc = err_field(err, "slot", "Ô số %u đã cấp cho máy khác.",
			       "Slot %u belongs to another device.", slot);
	return rc;
}

/* Put the device on the roster, or its new certificate over the old one. */
static enum rc write_device(struct ward *ward, const struct certificate *c, struct err *err)
{
	struct rec rec;
	struct change change = { .verb = VERB_ADD, .kind = REC_DEVICE, .set = &rec };
	struct path device = path_of(DEVICE_DEVICE), certificate = path_of(DEVICE_CERTIFICATE),
		    revoked = path_of(DEVICE_REVOKED_AT);
	struct buf packed = BUF(4096);
	char key[2 * DEVICE_ID + 1];
	int64_t row;
	enum rc rc;

	hex_of(c->device, DEVICE_ID, key);
	certificate_pack(c, &packed);
	rec_init(&rec, REC_DEVICE);
	rec_set_bytes(&rec, &device, c->device, DEVICE_ID);
	rec_put_text(&rec, DEVICE_UNIT, c->unit);
	rec_put_num(&rec, DEVICE_SLOT, c->slot);
	rec_put_num(&rec, DEVICE_ROLE, c->role);
	rec_set_bytes(&rec, &certificate, packed.data, packed.len);
	rc = row_find(ward->app.db, REC_DEVICE, key, &row, err);
	if (!rc) {
		change.verb = VERB_CHANGE;
		change.rec = row;
		rec_set_unset(&rec, &revoked);
	}
	if (!rc || rc == RC_NONE)
		rc = commit_change(&ward->app, &change, NULL, NULL, err);
	rec_done(&rec);
	buf_done(&packed);
	return rc;
}

static enum rc write_token(struct ward *ward, const struct certificate *c, char token[TOKEN_TEXT],
			   struct err *err)
{
	uint8_t secret[(TOKEN_TEXT - 1) / 2];
	char name[48];

	randombytes_buf(secret, sizeof(secret));
	hex_of(secret, sizeof(secret), token);
	sodium_memzero(secret, sizeof(secret));
	token_name(token, name);
	return local_set(ward->app.db, name, c->device, DEVICE_ID, err);
}

/* A counter reads both audiences, a team laptop its own. */
static size_t keys_for(const struct identity *hub, enum device_role role, struct audience_key *out,
		       size_t max)
{
	size_t count = 0;

	for (size_t i = 0; i < hub->audiences_count && count < max; i++)
		if (role != DEVICE_TEAM || hub->audiences[i].audience == AUDIENCE_TEAM)
			out[count++] = hub->audiences[i];
	return count;
}

static enum rc enrol_in(struct hub *hub, struct ward *ward, struct enrolment *e, struct err *err)
{
	enum rc rc = db_begin(ward->app.db, err);

	if (rc)
		return rc;
	certificate_sign(&e->certificate, hub->sign_sk);
	rc = write_device(ward, &e->certificate, err);
	if (!rc)
		rc = write_token(ward, &e->certificate, e->token, err);
	if (!rc)
		rc = db_commit(ward->app.db, err);
	if (rc)
		db_rollback(ward->app.db);
	return rc;
}

enum rc hub_enrol(struct hub *hub, const struct enrol_request *request, unsigned slot, enum device_role role,
		  const char *hub_url, struct buf *out, struct err *err)
{
	struct enrolment e = { 0 };
	struct ward *ward;
	enum rc rc = hub_ward(hub, request->unit, request->unit_name, &ward, err);

	if (!rc)
		rc = check_slot(ward, request, slot, err);
	if (rc)
		return rc;
	memcpy(e.hub_pk, hub->sign_pk, SIGN_PK);
	memcpy(e.certificate.device, request->device, DEVICE_ID);
	memcpy(e.certificate.sign_pk, request->sign_pk, SIGN_PK);
	snprintf(e.certificate.unit, sizeof(e.certificate.unit), "%s", request->unit);
	e.certificate.slot = slot;
	e.certificate.role = role;
	e.certificate.issued_at = app_now(&ward->app);
	e.audiences_count = keys_for(&ward->identity, role, e.audiences, ARRAY_LEN(e.audiences));
	snprintf(e.hub_url, sizeof(e.hub_url), "%s", hub_url ? hub_url : "");
	rc = enrol_in(hub, ward, &e, err);
	if (!rc)
		rc = enrolment_seal(&e, hub->sign_sk, out, err);
	sodium_memzero(&e, sizeof(e));
	return rc;
}

/* New keys in front; the old ones still open what was sealed under them. */
static void rotate_keys(struct identity *identity)
{
	for (unsigned audience = AUDIENCE_COUNTER; audience <= AUDIENCE_TEAM; audience++) {
		struct audience_key key = { .audience = (enum audience)audience };

		for (size_t i = 0; i < identity->audiences_count; i++)
			if (identity->audiences[i].audience == key.audience &&
			    identity->audiences[i].generation >= key.generation)
				key.generation = (uint16_t)(identity->audiences[i].generation + 1);
		randombytes_buf(key.key, sizeof(key.key));
		if (identity->audiences_count == ARRAY_LEN(identity->audiences))
			identity->audiences_count--; /* the oldest goes */
		memmove(identity->audiences + 1, identity->audiences,
			identity->audiences_count * sizeof(*identity->audiences));
		identity->audiences[0] = key;
		identity->audiences_count++;
	}
}

static enum rc mark_revoked(struct ward *ward, int64_t row, struct err *err)
{
	struct rec rec;
	struct change change = { .verb = VERB_CHANGE, .kind = REC_DEVICE, .rec = row, .set = &rec };
	enum rc rc;

	rec_init(&rec, REC_DEVICE);
	rec_put_num(&rec, DEVICE_REVOKED_AT, app_now(&ward->app));
	rc = commit_change(&ward->app, &change, NULL, NULL, err);
	rec_done(&rec);
	return rc;
}

enum rc hub_revoke(struct hub *hub, struct ward *ward, const char *device_hex, struct err *err)
{
	struct identity rotated = ward->identity;
	int64_t row;
	enum rc rc = row_find(ward->app.db, REC_DEVICE, device_hex, &row, err);

	(void)hub;
	if (!rc)
		rc = db_begin(ward->app.db, err);
	if (rc)
		return rc;
	rotate_keys(&rotated);
	rc = mark_revoked(ward, row, err);
	if (!rc)
		rc = identity_save(&ward->app, &rotated, err);
	if (!rc)
		rc = db_commit(ward->app.db, err);
	if (rc)
		db_rollback(ward->app.db);
	else
		ward->identity = rotated;
	identity_done(&rotated);
	return rc;
}
