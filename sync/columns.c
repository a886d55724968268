#include "sync/columns.h"

#include "sync/pack.h"

/* Events one after another, each with its length, under one deflate. */
enum rc columns_pack(const struct event_bytes *events, size_t count, uint8_t dictionary, struct buf *out, struct err *err)
{
	struct buf plain = BUF(COLUMNS_RAW_MAX);
	enum rc rc;

	for (size_t i = 0; i < count; i++)
		wire_put_bytes(&plain, events[i].bytes.data, events[i].bytes.len);
	rc = pack_deflate(plain.data, plain.len, dictionary, out, err);
	buf_wipe_done(&plain);
	return rc;
}

enum rc columns_unpack(const void *data, size_t len, uint8_t dictionary, columns_visit *each, void *ctx,
		       struct err *err)
{
	struct buf plain = BUF(COLUMNS_RAW_MAX);
	enum rc rc = pack_inflate(data, len, dictionary, &plain, err);
	struct reader r = reader_on(plain.data, plain.len);

	while (!rc && r.at < r.end) {
		struct span bytes = wire_bytes(&r);

		rc = r.bad ? err_set(err, RC_DAMAGED, "Nội dung gói hỏng.", "The batch's contents are damaged.") :
			     each(ctx, bytes, err);
	}
	buf_wipe_done(&plain);
	return rc;
}
