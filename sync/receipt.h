/*
 * receipt.h - the hub's signed word on what it holds of a device.
 *
 * Nothing is green until one of these says so. It acknowledges a device's
 * epoch up to a seq with the chain head there, names what was refused and why,
 * says when histories forked, gives the hub's time, and carries a new audience
 * key (sealed to the device) after a revocation.
 */
#ifndef MOTCUA_RECEIPT_H
#define MOTCUA_RECEIPT_H

#include "sync/identity.h"

enum { RECEIPT_MAX = 16 << 10, RECEIPT_REFUSALS = 64 };

struct receipt {
	uint8_t device[DEVICE_ID];
	uint16_t epoch;
	uint64_t acknowledged_to;
	uint8_t head[DB_HEAD_SIZE];
	msec hub_time;
	bool fork;
	uint8_t batch[32]; /* the batch it answers; zeros for none */
	struct refusal {
		uint64_t seq; /* 0: the whole batch */
		char reason[160];
	} refusals[RECEIPT_REFUSALS];
	size_t refusals_count;
	struct audience_key audiences[16];
	size_t audiences_count;
};

/* The signed body alone, as it stands inside the box; false for anything receipt_seal would not have written. */
bool receipt_parse(const void *data, size_t len, struct receipt *out);
void receipt_format(const struct receipt *receipt, struct buf *out);

enum rc receipt_seal(const struct receipt *receipt, const uint8_t hub_sk[SIGN_SK], const uint8_t device_pk[SIGN_PK],
		     struct buf *out, struct err *err) MUST_CHECK;
/* RC_REFUSED: not signed by this hub, or for another device. RC_INPUT: no receipt. RC_DAMAGED: malformed. */
enum rc receipt_open(const struct identity *identity, const void *data, size_t len, struct receipt *out,
		     struct err *err) MUST_CHECK;
/* Believe it: store it, mark batches acknowledged or refused, take new audience keys. A receipt whose head is not in
 * our chain, or of a seq we never made, is RC_DAMAGED and says which file was put back. */
enum rc receipt_apply(struct app *app, struct identity *identity, const void *data, size_t len, struct receipt *out,
		      struct err *err) MUST_CHECK;

#endif
