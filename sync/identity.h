/*
 * identity.h - who a device is to the others: its signing key, the hub's
 * certificate of it, the ward's audience keys.
 *
 * An Ed25519 key pair is made in the store on first need (X25519 is derived
 * from it). Enrolment by file: `device show` gives D.json (public), the hub
 * answers with E.mce, sealed to the device. A store never enrolled refuses to
 * seal (RC_REFUSED, saying how to enrol). Secret keys live in the sealed
 * store and, while used, in memory that is wiped.
 */
#ifndef MOTCUA_IDENTITY_H
#define MOTCUA_IDENTITY_H

#include "core/app.h"

enum {
	SIGN_PK = 32,
	SIGN_SK = 64,
	SIGNATURE = 64,
	SECRET_KEY = 32, /* audience keys, body keys */
	KEY_ID = 8,      /* first bytes of BLAKE2b of a public or audience key */
	TOKEN_TEXT = 65, /* bearer token, hex, with NUL */
	FINGERPRINT_TEXT = 128,
};

enum device_role { DEVICE_NONE, DEVICE_COUNTER, DEVICE_TEAM, DEVICE_HUB }; /* as DEVICE_ROLE's choices */
enum audience { AUDIENCE_COUNTER = 1, AUDIENCE_TEAM = 2 };

/* What the hub says of a device, and signs. */
struct certificate {
	uint8_t device[DEVICE_ID];
	uint8_t sign_pk[SIGN_PK];
	char unit[44];
	unsigned slot;
	enum device_role role;
	msec issued_at;
	uint8_t signature[SIGNATURE]; /* by the hub, over all of the above */
};

/* Everything a device needs to seal, open and send. Wipe with identity_done. */
struct identity {
	uint8_t sign_pk[SIGN_PK], sign_sk[SIGN_SK];
	bool enrolled;
	uint8_t hub_pk[SIGN_PK];
	struct certificate certificate;
	struct audience_key {
		enum audience audience;
		uint16_t generation; /* rises when a device is revoked */
		uint8_t key[SECRET_KEY];
	} audiences[16]; /* the newest of each first; older ones still open old batches */
	size_t audiences_count;
	char token[TOKEN_TEXT];
	char hub_url[256];
};

/* Load, making the key pair when there is none yet. */
enum rc identity_load(struct app *app, struct identity *out, struct err *err) MUST_CHECK;
enum rc identity_save(struct app *app, const struct identity *identity, struct err *err) MUST_CHECK;
void identity_done(struct identity *identity);
/* RC_REFUSED with how to enrol when it is not. */
enum rc identity_need(const struct identity *identity, struct err *err) MUST_CHECK;

/* Fill certificate->signature. For the hub. */
void certificate_sign(struct certificate *certificate, const uint8_t hub_sk[SIGN_SK]);
void certificate_pack(const struct certificate *certificate, struct buf *out);
/* Parses and checks the hub's signature: RC_INPUT malformed, RC_REFUSED not signed by this hub. */
enum rc certificate_unpack(struct reader *r, const uint8_t hub_pk[SIGN_PK], struct certificate *out,
			   struct err *err) MUST_CHECK;

/* D.json: public facts of this device, with fingerprint words to compare aloud. */
enum rc enrol_request(struct app *app, struct buf *json, struct err *err) MUST_CHECK;
struct enrol_request {
	uint8_t device[DEVICE_ID];
	uint8_t sign_pk[SIGN_PK];
	char unit[44];
	char unit_name[204];
	uint16_t epoch;
};
enum rc enrol_request_parse(const char *json, size_t len, struct enrol_request *out, struct err *err) MUST_CHECK;
/* Eight Vietnamese words of a public key: said aloud, compared by ear. */
void fingerprint_words(const uint8_t pk[SIGN_PK], char out[FINGERPRINT_TEXT]);

/* E.mce: what the hub answers, sealed to the device and signed by the hub. */
struct enrolment {
	uint8_t hub_pk[SIGN_PK];
	struct certificate certificate;
	struct audience_key audiences[16];
	size_t audiences_count;
	char token[TOKEN_TEXT];
	char hub_url[256];
};
enum rc enrolment_seal(const struct enrolment *enrolment, const uint8_t hub_sk[SIGN_SK], struct buf *out,
		       struct err *err) MUST_CHECK;
/* Open E.mce for this device and make it so: slot, unit, role, keys. Admin only; the caller says which hub it trusts by
 * comparing fingerprint words. RC_REFUSED: meant for another device or another unit. */
enum rc enrolment_accept(struct app *app, const void *data, size_t len, struct err *err) MUST_CHECK;

#endif
