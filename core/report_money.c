/*
 * report_money.c - fees of a period: what fell due, what was paid and how, what is still owed.
 */
#include <stdlib.h>

#include "core/report_run.h"
#include "db/rec_fields.h"

enum { DUE, EXEMPT, PAYMENTS, PAID, CASH, ONLINE, TRANSFER, OWED, COUNTS };
enum { METHODS = 4, ROWS_MAX = 1 << 28 };

/* Which dossiers of one source came in within the period: a bit by rec. */
struct bits {
	uint8_t *bits;
	size_t bytes;
};

struct fees {
	struct report *report;
	struct bits received;
	struct tally names;
	int64_t methods[METHODS][2]; /* payments, dong; 0: method not said */
};

static void bit_set(struct bits *bits, int64_t rec)
{
	size_t at = (size_t)rec / 8;

	if (rec < 0 || rec >= ROWS_MAX)
		return;
	if (at >= bits->bytes) {
		size_t bytes = 2 * at + 4096;

		bits->bits = realloc(bits->bits, bytes);
		if (!bits->bits)
			die("out of memory");
		for (size_t i = bits->bytes; i < bytes; i++)
			bits->bits[i] = 0;
		bits->bytes = bytes;
	}
	bits->bits[at] = (uint8_t)(bits->bits[at] | 1u << rec % 8);
}

static bool bit_is_set(const struct bits *bits, int64_t rec)
{
	size_t at = (size_t)rec / 8;

	return rec >= 0 && at < bits->bytes && bits->bits[at] >> rec % 8 & 1;
}

static enum rc mark(void *ctx, const struct fact *fact, struct err *err)
{
	struct fees *fees = ctx;
	struct judged judged;

	(void)err;
	judge(fact, &fees->report->period, fees->report->basis, &judged);
	if (judged.received)
		bit_set(&fees->received, fact->rec);
	return RC_OK;
}

static void count_payment(struct fees *fees, const struct fact_fee *fee, int64_t *counts)
{
	int method = fee->method > 0 && fee->method < METHODS ? fee->method : 0;

	counts[PAYMENTS]++;
	counts[PAID] += fee->amount;
	if (method)
		counts[CASH + method - PAY_CASH] += fee->amount;
	fees->methods[method][0]++;
	fees->methods[method][1] += fee->amount;
}

/* What was paid counts by the day of payment; what fell due, and what is owed of it, by the day of reception. */
static enum rc count_fee(void *ctx, const struct fact_fee *fee, struct err *err)
{
	struct fees *fees = ctx;
	const struct period_days *period = &fees->report->period;
	bool received = bit_is_set(&fees->received, fee->rec), paid = fee->status == FEE_PAID;
	int64_t *counts = tally_at(&fees->names, fee->name, 0);

	(void)err;
	if (fee->status == FEE_EXEMPT) {
		counts[EXEMPT] += received;
		return RC_OK;
	}
	if (received)
		counts[DUE] += fee->amount;
	if (paid && (period_has(period, fee->paid_at) || (fee->paid_at == MSEC_NONE && received)))
		count_payment(fees, fee, counts);
	if (received && (!paid || (fee->paid_at != MSEC_NONE && fee->paid_at >= period->end)))
		counts[OWED] += fee->amount;
	return RC_OK;
}

static const struct shown method_shown[] = {
	{ "cash", T("tiền mặt", "cash") },
	{ "online", T("trực tuyến", "online") },
	{ "transfer", T("chuyển khoản", "transfer") },
	{ NULL, T("", "") },
};

static const struct column fee_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "name", COLUMN_TEXT, 0, T("", ""), T("Khoản thu", "Fee"), NULL },
	{ "due_vnd", COLUMN_VND, 0, T("", ""), T("Phải thu (đ)", "Due (VND)"), NULL },
	{ "exempt", COLUMN_INT, 0, T("", ""), T("Lượt miễn", "Exempt"), NULL },
	{ "payments", COLUMN_INT, 0, T("", ""), T("Lượt thu", "Payments"), NULL },
	{ "paid_vnd", COLUMN_VND, 0, T("", ""), T("Đã thu (đ)", "Paid (VND)"), NULL },
	{ "cash_vnd", COLUMN_VND, 0, T("", ""), T("Tiền mặt", "Cash"), NULL },
	{ "online_vnd", COLUMN_VND, 0, T("", ""), T("Trực tuyến", "Online"), NULL },
	{ "transfer_vnd", COLUMN_VND, 0, T("", ""), T("Chuyển khoản", "Transfer"), NULL },
	{ "owed_vnd", COLUMN_VND, 0, T("", ""), T("Còn thiếu (đ)", "Owed (VND)"), NULL },
};

static const struct column method_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "method", COLUMN_TEXT, 0, T("", ""), T("Hình thức", "Method"), method_shown },
	{ "payments", COLUMN_INT, 0, T("", ""), T("Lượt thu", "Payments"), NULL },
	{ "paid_vnd", COLUMN_VND, 0, T("", ""), T("Đã thu (đ)", "Paid (VND)"), NULL },
};

static void put_fee(struct table *out, const char *row, const char *name, const int64_t *counts)
{
	table_text(out, row);
	table_text(out, name);
	for (int i = 0; i < COUNTS; i++)
		table_num(out, counts[i]);
}

static void put_fees(struct report *report, const struct fees *fees)
{
	int64_t *order, total[COUNTS] = { 0 };

	names_order(&report->names, &order);
	table_part(report->out, "fees", fee_columns, ARRAY_LEN(fee_columns), (struct words)T("", ""));
	for (size_t i = 0; i <= report->names.count; i++) {
		int64_t name = i < report->names.count ? order[i] : 0;
		const int64_t *counts = tally_seen(&fees->names, name, 0);

		if (!counts)
			continue;
		put_fee(report->out, "fee", names_text(&report->names, name), counts);
		for (int k = 0; k < COUNTS; k++)
			total[k] += counts[k];
	}
	put_fee(report->out, "total", NULL, total);
	free(order);
}

static void put_methods(struct report *report, const struct fees *fees)
{
	char word[64];

	table_part(report->out, "methods", method_columns, ARRAY_LEN(method_columns),
		   (struct words)T("Theo hình thức", "By method"));
	for (int i = 1; i <= METHODS; i++) {
		int method = i % METHODS;

		if (!method && !fees->methods[0][0])
			continue;
		table_text(report->out, "method");
		report_word(REC_DOSSIER, DOSSIER_FEES, FEE_EL_METHOD, method, word, sizeof(word));
		table_text(report->out, word);
		table_num(report->out, fees->methods[method][0]);
		table_num(report->out, fees->methods[method][1]);
	}
}

enum rc report_fill_fees(struct report *report, struct err *err)
{
	struct fees fees = { .report = report, .names = { NULL, 0, COUNTS } };
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < report->sources_count; i++) {
		for (size_t k = 0; k < fees.received.bytes; k++)
			fees.received.bits[k] = 0;
		rc = source_facts(&report->sources[i], mark, &fees, err);
		if (!rc)
			rc = source_fees(&report->sources[i], count_fee, &fees, err);
	}
	if (!rc) {
		put_fees(report, &fees);
		put_methods(report, &fees);
	}
	free(fees.received.bits);
	tally_done(&fees.names);
	return rc;
}
