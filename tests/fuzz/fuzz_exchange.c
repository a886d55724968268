/* A line of JSON from outside: what is taken comes back as a line that is taken as the same record. */
#include "core/exchange.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf line = BUF(64 << 20);
	struct rec rec, again;
	struct err err = { 0 };

	rec_init(&rec, REC_NONE);
	rec_init(&again, REC_NONE);
	if (exchange_parse_line((const char *)data, size, &rec, &err)) {
		if (err.rc != RC_INPUT || !err.field[0] || !err.vi[0] || !err.en[0])
			abort();
	} else {
		exchange_format(&rec, &line);
		if (exchange_parse_line((const char *)line.data, line.len, &again, &err) || !rec_equal(&rec, &again))
			abort();
	}
	if (!exchange_parse_part(REC_DOSSIER, (const char *)data, size, &rec, &err))
		exchange_format(&rec, &line);
	rec_done(&rec);
	rec_done(&again);
	buf_done(&line);
	return 0;
}
