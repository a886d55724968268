/* t_sync_line.c - what the synchronise screen says of two clocks, and what a receipt proves about them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "sync/hub/hub.h"
#include "tests/unit/case.h"
#include "tests/unit/hubs.h"
#include "tests/unit/ward.h"
#include "tui/sync_line.h"

static const struct {
	msec offset; /* hub minus PC */
	const char *vi, *en;
} clocks[] = {
	{ 0, "", "" },
	{ -9 * MINUTE_MS, "", "" },
	{ 9 * MINUTE_MS, "", "" },
	{ -10 * MINUTE_MS, "nhanh 10 phút so với trung tâm", "10 minutes ahead of the hub's" },
	{ 89 * MINUTE_MS, "chậm 89 phút so với trung tâm", "89 minutes behind the hub's" },
	{ -3 * HOUR_MS + 20 * SECOND_MS, "nhanh 3 giờ so với trung tâm", "3 hours ahead of the hub's" },
	{ 7 * HOUR_MS, "chậm 7 giờ so với trung tâm", "7 hours behind the hub's" },
	{ 2 * DAY_MS, "chậm 2 ngày so với trung tâm", "2 days behind the hub's" },
	{ -9000 * DAY_MS, "nhanh 9000 ngày so với trung tâm", "9000 days ahead of the hub's" },
};

static void a_clock_far_off_is_told_in_words(void **state)
{
	char vi[SYNC_LINE], en[SYNC_LINE];
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
		case_name(clocks[i].en);
		assert_int_equal(local_set_int(app.db, "hub_offset", clocks[i].offset, NULL), RC_OK);
		assert_int_equal(sync_clock(&app, LANG_VI, vi, sizeof(vi)), *clocks[i].vi != '\0');
		assert_int_equal(sync_clock(&app, LANG_EN, en, sizeof(en)), *clocks[i].en != '\0');
		assert_memory_equal(vi, clocks[i].vi, strlen(clocks[i].vi));
		assert_memory_equal(en, clocks[i].en, strlen(clocks[i].en));
	}
	ward_close(&app);
	hubs_close(&hub);
}

/* Sealed at 0 by the PC's clock; the hub's receipt and its arrival, each in hours. */
static const struct {
	const char *what;
	int hub, arrives, apart;
} receipts[] = {
	{ "over the line, both right", 0, 0, 0 },
	{ "the PC is three hours ahead", -3, 0, -3 },
	{ "the PC is three hours behind", 3, 0, 3 },
	{ "a stick took five days, both right", 48, 120, 0 },
	{ "a stick took five days, the PC is a day ahead", -24, 120, -24 },
	{ "the PC was ahead, and is right again", -3, -3, 0 },
};

static void a_receipt_proves_how_far_the_clocks_are_apart(void **state)
{
	static const msec sealed = INT64_C(1729818000000);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(receipts); i++) {
		struct buf batch = BUF(BATCH_MAX), receipt = BUF(RECEIPT_MAX);
		struct ingested in = { 0 };
		struct identity keys;
		struct receipt told;
		struct ward *ward;
		struct hub hub;
		struct app app;

		case_name(receipts[i].what);
		hubs_open(&hub);
		hubs_device(&hub, &app, 1, DEVICE_COUNTER);
		clock_set_test(sealed);
		hubs_dossier(&app, "H11.25-241025-0101");
		hubs_batch(&app, 0, &batch);
		clock_set_test(sealed + receipts[i].hub * HOUR_MS);
		assert_int_equal(hub_take_any(&hub, batch.data, batch.len, &ward, &in, &receipt, NULL),
				 RC_OK);
		clock_set_test(sealed + receipts[i].arrives * HOUR_MS);
		assert_int_equal(identity_load(&app, &keys, NULL), RC_OK);
		assert_int_equal(receipt_apply(&app, &keys, receipt.data, receipt.len, &told, NULL), RC_OK);
		assert_int_equal(local_int(app.db, "hub_offset", -1), receipts[i].apart * HOUR_MS);
		identity_done(&keys);
		ward_close(&app);
		hubs_close(&hub);
		buf_done(&batch);
		buf_done(&receipt);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clock_far_off_is_told_in_words),
		cmocka_unit_test(a_receipt_proves_how_far_the_clocks_are_apart),
	};

	return cmocka_run_group_tests_name("sync_line", tests, NULL, NULL);
}
