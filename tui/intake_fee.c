/* intake_fee.c - the fee while a dossier is being received: who is exempt, how much, paid or later. */
#include <stdio.h>
#include <string.h>

#include "core/app.h"
#include "db/rec_fields.h"
#include "tui/intake.h"
#include "tui/words.h"

enum { NO_FEE = -1 };

static const char *const fee_rows[] = { "exempt_reason", "amount_vnd", "method", "receipt_no" };

bool intake_is_fee(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(fee_rows); i++)
		if (!strcmp(fee_rows[i], name))
			return true;
	return false;
}

static bool is_exempt(const struct intake *intake)
{
	return form_choice(&intake->form, "exempt_reason") >= 0;
}

bool intake_fee_hidden(const struct intake *intake, const char *name)
{
	const struct intake_procedure *procedure = intake_procedure(intake);

	if (!procedure || (procedure->fee <= 0 && procedure->fee_online <= 0 && !procedure->local_fee))
		return true;
	if (!strcmp(name, "method"))
		return is_exempt(intake) || !*form_text(&intake->form, "amount_vnd");
	if (!strcmp(name, "receipt_no"))
		return is_exempt(intake) || form_choice(&intake->form, "method") < 0;
	return false;
}

void intake_fee_usual(struct intake *intake)
{
	const struct intake_procedure *procedure = intake_procedure(intake);
	bool online = form_choice(&intake->form, "channel") == CHANNEL_ONLINE - 1;
	int64_t fee = !procedure ? NO_FEE : online ? procedure->fee_online : procedure->fee, typed;
	const char *text = form_text(&intake->form, "amount_vnd");
	char money[48];

	if (fee <= 0)
		fee = NO_FEE;
	if (*text && (words_read_money(text, &typed, NULL) || typed != intake->usual_fee))
		return; /* the clerk's own */
	if (fee == intake->usual_fee)
		return;
	intake->usual_fee = fee;
	words_money(fee, money, sizeof(money));
	money[strcspn(money, " ")] = '\0';
	form_put(&intake->form, "amount_vnd", fee == NO_FEE ? "" : money);
}

static int64_t fee_status(bool exempt, int64_t amount, long method)
{
	if (exempt)
		return FEE_EXEMPT;
	return amount > 0 && method >= 0 ? FEE_PAID : FEE_UNPAID;
}

static void put(struct rec *out, unsigned sub, int64_t value)
{
	const struct path path = path_at(DOSSIER_FEES, 0, sub);

	rec_set_num(out, &path, value);
}

static void put_text(struct rec *out, unsigned sub, const char *text)
{
	const struct path path = path_at(DOSSIER_FEES, 0, sub);

	if (*text)
		rec_set_bytes(out, &path, text, strlen(text));
}

void intake_fee_read(struct intake *intake, struct rec *out)
{
	struct form *form = &intake->form;
	const char *text = form_text(form, "amount_vnd");
	long exempt = form_choice(form, "exempt_reason"), method = form_choice(form, "method");
	struct err err = { .rc = RC_OK };
	int64_t amount = 0, status;

	if (intake_fee_hidden(intake, "amount_vnd") || (!*text && exempt < 0))
		return;
	if (*text && words_read_money(text, &amount, &err)) {
		form_fail(form, "amount_vnd", err_text(&err, intake->ui->lang));
		return;
	}
	status = fee_status(exempt >= 0, amount, method);
	put_text(out, FEE_EL_NAME, dossier_fee.vi);
	put(out, FEE_EL_AMOUNT_VND, amount);
	put(out, FEE_EL_STATUS, status);
	if (status == FEE_EXEMPT)
		put(out, FEE_EL_EXEMPT_REASON, exempt + 1);
	if (status != FEE_PAID)
		return;
	put(out, FEE_EL_METHOD, method + 1);
	put(out, FEE_EL_PAID_AT, app_now(intake->ui->app) / SECOND_MS * SECOND_MS);
	put_text(out, FEE_EL_RECEIPT_NO, form_text(form, "receipt_no"));
}
