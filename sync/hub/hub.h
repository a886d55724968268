/*
 * hub.h - what a hub holds and answers, without the network: one sealed store
 * per ward under DATA/UNIT.motcua, opened with the key file.
 *
 * The hub's signing key is derived from the key file, so nothing else needs
 * keeping. Per ward: devices (REC_DEVICE events of the hub's own journal),
 * audience keys and token hashes (local). One thread, one process: every call
 * that writes runs in transactions of the ward's store.
 */
#ifndef MOTCUA_HUB_H
#define MOTCUA_HUB_H

#include "sync/ingest.h"
#include "sync/outbox.h"

enum { HUB_WARDS_MAX = 512, HUB_PATH = 4096, UNIT_TEXT = 44 };

struct ward {
	struct app app;
	struct identity identity; /* the hub as a device of this ward's journal */
};

struct hub {
	char dir[HUB_PATH];
	uint8_t key[32];      /* of the key file: wiped by hub_close */
	uint8_t sign_pk[SIGN_PK], sign_sk[SIGN_SK];
	enum lang lang;
	struct ward *wards[HUB_WARDS_MAX]; /* opened so far */
	size_t wards_count;
	int lock; /* holds the folder's lock, when `locked` */
	bool locked;
};

/* Make DIR and a new key file (0600, 64 hex), which must not exist. */
enum rc hub_make(const char *dir, const char *key_file, struct err *err) MUST_CHECK;
/* Read the key file. No ward is opened yet. */
enum rc hub_open(struct hub *hub, const char *dir, const char *key_file, struct err *err) MUST_CHECK;
void hub_close(struct hub *hub);
/*
 * Have the folder to ourselves until hub_close or the end of the process,
 * however it ends. RC_REFUSED: another process has it.
 */
enum rc hub_lock(struct hub *hub, struct err *err) MUST_CHECK;
/* The units whose stores are in the folder. */
struct hub_units {
	char unit[HUB_WARDS_MAX][UNIT_TEXT];
	size_t count;
};
enum rc hub_units(const char *dir, struct hub_units *out, struct err *err) MUST_CHECK;
/*
 * The ward's store, opened on first use; made when `name` is given and it is
 * missing: under another name first, so that a half-made one is never met.
 * RC_NONE: no such ward.
 */
enum rc hub_ward(struct hub *hub, const char *unit, const char *name, struct ward **out, struct err *err) MUST_CHECK;
/* Open every store in the folder. RC_REFUSED when one is in use. */
enum rc hub_open_all(struct hub *hub, struct err *err) MUST_CHECK;

/* Enrol a device: certificate, audience keys of its role, a new token; `out` is E.mce. RC_INPUT: the slot is taken. */
enum rc hub_enrol(struct hub *hub, const struct enrol_request *request, unsigned slot, enum device_role role,
		  const char *hub_url, struct buf *out, struct err *err) MUST_CHECK;
/* Revoke: the roster says so, tokens end, audience keys rotate; receipts carry the new ones to the others. */
enum rc hub_revoke(struct hub *hub, struct ward *ward, const char *device_hex, struct err *err) MUST_CHECK;

/* Who a bearer token is: RC_REFUSED when nobody. */
struct hub_device {
	struct ward *ward;
	uint8_t device[DEVICE_ID];
	uint8_t sign_pk[SIGN_PK];
	enum device_role role;
};
enum rc hub_token(struct hub *hub, const char *token, struct hub_device *out, struct err *err) MUST_CHECK;
/* A device of a ward by its id; RC_NONE when not enrolled. */
enum rc hub_device_get(struct ward *ward, const uint8_t device[DEVICE_ID], struct hub_device *out,
		       struct err *err) MUST_CHECK;

/*
 * Take a batch and answer with the sealed receipt of its device. A batch that
 * cannot be taken (foreign, forged, damaged) is an error and answered by none.
 */
enum rc hub_take(struct hub *hub, struct ward *ward, const void *data, size_t len, struct ingested *in,
		 struct buf *receipt, struct err *err) MUST_CHECK;
/* As hub_take when nobody said which ward: the batch does. One the hub made itself is known, and gets no receipt. */
enum rc hub_take_any(struct hub *hub, const void *data, size_t len, struct ward **ward, struct ingested *in,
		     struct buf *receipt, struct err *err) MUST_CHECK;
/*
 * What the hub thinks of the clock a batch was sealed by: ahead of its own by
 * more than a day, or behind the day the device was enrolled. Order does not
 * depend on it, so the batch is taken all the same; hub_take notes it for the
 * roster, where hub_clock finds the newest.
 */
enum clock_doubt hub_clock_doubt(const struct ward *ward, const struct manifest *manifest);
enum clock_doubt hub_clock(struct ward *ward, const uint8_t device[DEVICE_ID]);
/* fine, behind, ahead. */
const char *hub_clock_word(enum clock_doubt doubt);
/* A receipt of where a device stands now; `batch` may be NULL. */
enum rc hub_receipt(struct hub *hub, struct ward *ward, const struct hub_device *device, uint16_t epoch,
		    const uint8_t *batch, const struct ingested *in, struct buf *out, struct err *err) MUST_CHECK;

/*
 * The next whole batch after `cursor` that `device` may read and did not make;
 * RC_NONE when there is none (then *next is where to ask on).
 */
enum rc hub_feed(struct hub *hub, const struct hub_device *device, int64_t cursor, int64_t *next, struct buf *body,
		 struct manifest *manifest, struct err *err) MUST_CHECK;
/*
 * Write into folder `dir` what `device` may read and has not made: all the hub's own batches, and others' among the
 * ward's last 1,000; *written counts them. RC_FULL: the stick is, and what was written stays.
 */
enum rc hub_along(struct hub *hub, const struct hub_device *device, const char *dir, size_t *written,
		  struct err *err) MUST_CHECK;

#endif
