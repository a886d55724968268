/*
 * tus.h - the hub's answers to tus 1.0.0 (core, creation, creation-with-upload)
 * and to receipts and the feed, as values: no sockets here, so every rule is
 * tested with tables. http.c carries requests in and answers out.
 *
 * A request comes in three calls: tus_begin with its head, tus_body for each
 * piece, tus_end. The first answer that is set stands; what follows is read
 * and thrown away.
 */
#ifndef MOTCUA_HUB_TUS_H
#define MOTCUA_HUB_TUS_H

#include "sync/hub/debts.h"
#include "sync/hub/uploads.h"

struct metrics {
	uint64_t requests, refused, batches, batches_known, events, bytes_in, bytes_out, errors;
	uint64_t malformed, shut; /* no request at all; kept us waiting */
};

struct server {
	struct hub *hub;
	struct uploads uploads;
	struct metrics metrics;
	struct debts debts;
	msec started_at;
};

enum { TUS_HEADER_MAX = 2048, TUS_PATH_MAX = 256, TUS_IN_VAIN_MAX = 1 << 20 };

/* What a request's head says; NULL for a header it does not carry. Values are hostile. */
struct request {
	const char *method, *path;
	const char *after; /* feed?after= */
	const char *authorization, *tus_resumable, *upload_length, *upload_offset, *upload_metadata;
	const char *content_type, *method_override;
	bool has_body;     /* Content-Length above 0, or chunked */
};

struct answer {
	int status;        /* 0: not decided yet */
	bool with_offset, with_length, with_version, with_options;
	size_t offset, length;
	char location[TUS_PATH_MAX];
	char cursor[32];
	unsigned retry_after; /* seconds, with 429 */
	bool fork;            /* what the log marks */
	enum clock_doubt clock;
	struct buf receipt; /* goes out as Motcua-Receipt, base64 */
	struct buf body;
	const char *content_type;
};

struct exchange {
	struct server *server;
	struct hub_device device;
	bool known_device;
	struct answer answer;
	uint8_t id[BATCH_ID];
	unsigned writer;     /* the upload's writer this request became */
	bool writing;        /* its body is appended to the upload */
	size_t in_vain;      /* bytes read after the answer was decided */
	char method[16], path[TUS_PATH_MAX];
};

void tus_begin(struct exchange *x, struct server *server, const struct request *request);
/* False when so much was sent in vain that the connection is better closed. */
bool tus_body(struct exchange *x, const void *data, size_t len);
void tus_end(struct exchange *x);
void tus_done(struct exchange *x);

/* "batch <base64>,…": the id, as 64 hex digits or 32 bytes in base64. False for anything malformed. */
bool tus_metadata_batch(const char *metadata, uint8_t id[BATCH_ID]);

#endif
