/* fuzz_receipt.c - a receipt's body, a certificate, an enrolment request: what comes from a hub or a device. */
#include <stdlib.h>
#include <string.h>

#include "sync/receipt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What parses must be written again to the very same bytes, but for a fork flag of another value. */
static void receipt_there_and_back(const uint8_t *data, size_t size)
{
	static struct receipt receipt;
	struct buf again = BUF(1 << 20);

	if (!receipt_parse(data, size, &receipt))
		return;
	receipt_format(&receipt, &again);
	if (again.len != size)
		abort();
	buf_done(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t hub_pk[SIGN_PK];
	struct reader r = reader_on(data, size);
	struct certificate certificate;
	struct enrol_request request;
	struct err err;

	receipt_there_and_back(data, size);
	if (!certificate_unpack(&r, hub_pk, &certificate, &err) && certificate.slot > 99)
		abort();
	if (!enrol_request_parse((const char *)data, size, &request, &err) && !request.unit[0])
		abort();
	return 0;
}
