/* A CSV file from outside: every row is a good record or a fault by line. The first byte is the kind. */
#include "core/csv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum rc on_row(void *ctx, size_t line, const struct rec *rec, struct err *err)
{
	struct rec whole;

	(void)ctx;
	rec_init(&whole, rec->kind);
	rec_apply(&whole, rec);
	if (!line || rec_check(&whole, false, err))
		abort();
	rec_done(&whole);
	return RC_OK;
}

static void on_fault(void *ctx, size_t line, const struct err *err)
{
	if (!line || err->rc != RC_INPUT || !err->field[0] || !err->vi[0] || !err->en[0])
		abort();
	*(bool *)ctx = true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum rec_kind kinds[] = { REC_PROCEDURE, REC_DOCUMENT, REC_STEP,      REC_FIELD, REC_HOLIDAY,
					       REC_CATEGORY,  REC_TARGET,   REC_HOUSEHOLD, REC_MEMBER };
	bool faulty = false;
	struct csv_reader reader = { REC_NONE, &faulty, on_row, on_fault };

	if (!size)
		return 0;
	reader.kind = kinds[data[0] % ARRAY_LEN(kinds)];
	if ((csv_read(&reader, (const char *)data + 1, size - 1, NULL) == RC_INPUT) != faulty)
		abort();
	return 0;
}
