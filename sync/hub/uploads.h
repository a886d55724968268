/*
 * uploads.h - batches on their way in: DATA/incoming/ID-DEVICE-LENGTH.part.
 * By batch id and device: nobody's unfinished upload stands in another's way.
 *
 * What arrived is on disk before an offset is told, so a killed hub resumes
 * where it was. No HTTP here. One writer per upload: opening it again makes
 * the earlier writer stale, which is how a HEAD pre-empts a half-open PATCH.
 */
#ifndef MOTCUA_HUB_UPLOADS_H
#define MOTCUA_HUB_UPLOADS_H

#include "sync/hub/hub.h"

enum {
	UPLOADS_MAX = 2000,            /* unfinished, over all devices */
	UPLOADS_PER_DEVICE = 32,       /* 8 MiB of disk at most */
	UPLOADS_DAYS = 14,             /* untouched for so long: given up */
	UPLOADS_MINUTES = 60,          /* untouched for so long: makes room for a new one of its device */
};

struct upload {
	uint8_t id[BATCH_ID];
	uint8_t device[DEVICE_ID]; /* whose token made it */
	size_t length;             /* announced */
	size_t offset;             /* on disk */
	msec touched;              /* when a byte, or its creation, last came */
	unsigned writer;           /* rises with every request that opens it */
};

struct uploads {
	char dir[HUB_PATH];
	struct upload *list; /* room for UPLOADS_MAX */
	size_t count;
};

/* Make the folder and find what an earlier run left; leftovers past the ceilings are dropped. */
enum rc uploads_open(struct uploads *uploads, const char *data_dir, struct err *err) MUST_CHECK;
void uploads_close(struct uploads *uploads);
/* NULL when unknown. Pointers live until the next create or drop. */
struct upload *uploads_find(struct uploads *uploads, const uint8_t id[BATCH_ID], const uint8_t device[DEVICE_ID]);
/*
 * The upload of this id, made at offset 0 when unknown. RC_FULL: too many, and
 * none of the device's was left alone long enough. RC_INPUT: known with another length.
 */
enum rc uploads_create(struct uploads *uploads, const uint8_t id[BATCH_ID], const uint8_t device[DEVICE_ID],
		       size_t length, struct upload **out, struct err *err) MUST_CHECK;
/* Append; never past the announced length (RC_FULL). */
enum rc uploads_append(struct uploads *uploads, struct upload *upload, const void *data, size_t len,
		       struct err *err) MUST_CHECK;
/* The whole file of a finished upload. */
enum rc uploads_read(struct uploads *uploads, const struct upload *upload, struct buf *out, struct err *err) MUST_CHECK;
/* Forget it: taken, or not what its id says. */
void uploads_drop(struct uploads *uploads, struct upload *upload);
/* Forget those that nobody has touched for UPLOADS_DAYS. */
void uploads_expire(struct uploads *uploads, msec now);

#endif
