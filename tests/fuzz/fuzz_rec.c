/* Record bytes from outside: read or refused, and never a second spelling. The first byte is the kind. */
#include "db/rec.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf again = BUF(REC_TEXT_MAX * 2), key = BUF(REC_TEXT_MAX);
	struct rec rec;
	struct err err;

	if (!size)
		return 0;
	rec_init(&rec, REC_NONE);
	if (!rec_unpack(&rec, (enum rec_kind)(data[0] % REC_KINDS), data + 1, size - 1, &err)) {
		rec_pack(&rec, &again);
		if (again.len != size - 1 || memcmp(buf_str(&again), data + 1, again.len) != 0)
			abort();
		if (!rec_check(&rec, false, &err) && rec_key(&rec, &key, &err) && rec.kind != REC_INDICATOR)
			abort();
		if (rec_check(&rec, true, &err) && !err.en[0])
			abort();
	}
	rec_done(&rec);
	buf_done(&again);
	buf_done(&key);
	return 0;
}
