/*
 * What a verb is told, as JSON from outside, and what it makes of a dossier in every state: refused with a
 * reason in both languages, or a record that its own bytes give back.
 */
#include "core/act.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
	if (!good)
		abort();
}

static void check_bytes(const struct rec *rec)
{
	struct buf bytes = BUF(16 << 20);
	struct rec again;

	rec_init(&again, REC_DOSSIER);
	rec_pack(rec, &bytes);
	check(!bytes.full && !rec_unpack(&again, REC_DOSSIER, bytes.data, bytes.len, NULL));
	check(rec_equal(rec, &again));
	rec_done(&again);
	buf_done(&bytes);
}

static void change(const struct calendar *cal, int state, enum verb verb, const struct act_input *input)
{
	const struct dossier_context ctx = {
		.cal = cal, .allowance = { 3, WORKING_DAY, false }, .at = INT64_C(1729818000000), .actor = "lan",
		.note = input->note,
	};
	struct explain doubts = { .count = 0 };
	struct err err = { .rc = RC_OK };
	struct rec before, after;

	rec_init(&before, REC_DOSSIER);
	rec_init(&after, REC_DOSSIER);
	rec_put_text(&before, DOSSIER_CODE, "H11.25-241021-0101");
	rec_put_text(&before, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(&before, DOSSIER_APPLICANT_NAME, "A");
	rec_put_num(&before, DOSSIER_STATE, state);
	if (state != STATE_REGISTERED) {
		rec_put_num(&before, DOSSIER_RECEIVED_AT, INT64_C(1729472400000));
		rec_put_num(&before, DOSSIER_DUE_AT, INT64_C(1729731600000));
	}
	if (dossier_change(&before, verb, &input->fields, &ctx, &after, &doubts, &err))
		check(err.vi[0] && err.en[0]);
	else if (!rec_check(&after, false, NULL))
		check_bytes(&after);
	rec_done(&before);
	rec_done(&after);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct calendar cal;
	struct err err = { .rc = RC_OK };
	struct act_input input;
	enum verb verb;

	if (!cal.week[7].ms)
		calendar_init(&cal);
	if (!size)
		return 0;
	verb = (enum verb)(VERB_ACCEPT + data[0] % (VERB_UNDO - VERB_ACCEPT));
	act_input_init(&input, verb);
	if (act_input_json(&input, verb, (const char *)data + 1, size - 1, &err))
		check(err.rc == RC_INPUT && err.vi[0] && err.en[0]);
	else
		for (int state = STATE_REGISTERED; state <= STATE_NOT_RECEIVED; state++)
			change(&cal, state, verb, &input);
	act_input_done(&input);
	return 0;
}
