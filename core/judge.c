#include "core/judge.h"

#include "db/rec_fields.h"

struct period_days period_days(dayno from, dayno to)
{
	struct period_days period = { from, to, dayno_start(from), dayno_start(to) + DAY_MS };

	return period;
}

static bool counts(const struct fact *fact)
{
	return fact->received_at != MSEC_NONE && fact->state != STATE_REGISTERED && fact->state != STATE_NOT_RECEIVED;
}

/* The promise as it stood at T: an extension given later has not moved it. */
static msec due_extended(const struct fact *fact, const struct period_days *period)
{
	struct packed at = packed_on(fact->extensions);
	struct extension_fact extension;

	while (packed_extension(&at, &extension))
		if (extension.at >= period->end)
			return extension.old_due == MSEC_NONE ? fact->due_at : extension.old_due;
	return fact->due_at;
}

static bool paused_at_end(const struct fact *fact, const struct period_days *period)
{
	struct packed at = packed_on(fact->pauses);
	struct pause_fact pause;

	if (fact->flags & FACT_WAITING)
		return true;
	while (packed_pause(&at, &pause))
		if (pause.from < period->end && (pause.to == MSEC_NONE || pause.to >= period->end))
			return true;
	return false;
}

static void judge_resolved(const struct fact *fact, struct judged *out)
{
	out->timeliness = deadline_timeliness(out->due, fact->finished_at, fact->state == STATE_WITHDRAWN);
	if (out->timeliness == TIMELY_LATE)
		out->days_late = deadline_days_late(out->due, dayno_of(fact->finished_at));
}

static void judge_open(const struct fact *fact, const struct period_days *period, struct judged *out)
{
	out->paused = paused_at_end(fact, period);
	out->overdue = deadline_overdue(out->due, period->to, out->paused);
	if (out->overdue)
		out->days_late = deadline_days_late(out->due, period->to);
}

void judge(const struct fact *fact, const struct period_days *period, enum lateness_basis basis, struct judged *out)
{
	bool finished;

	*out = (struct judged){ .due = MSEC_NONE };
	if (!counts(fact) || fact->received_at >= period->end)
		return;
	finished = fact->finished_at != MSEC_NONE && fact->finished_at < period->end;
	out->received = fact->received_at >= period->start;
	if (finished && fact->finished_at < period->start && !out->received)
		return;
	/*
	 * Finished before it was received: a slip of the pen that import refuses. Should one stand
	 * here all the same, it is resolved in the period that received it, or the form would not close.
	 */
	out->carried_in = !out->received;
	out->resolved = finished;
	out->open = !finished;
	out->due = basis == BASIS_ORIGINAL ? fact->first_due : due_extended(fact, period);
	if (finished)
		judge_resolved(fact, out);
	else
		judge_open(fact, period, out);
}

/* When the step ended as seen at T; MSEC_NONE: it has not. The dossier's end ends what nobody closed. */
static msec step_end(const struct step_fact *step, const struct fact *fact, const struct period_days *period)
{
	msec end = step->done_at;

	if (end == MSEC_NONE)
		end = fact->finished_at;
	return end == MSEC_NONE || end >= period->end ? MSEC_NONE : end;
}

bool step_overran(const struct step_fact *step, const struct fact *fact, const struct period_days *period)
{
	msec end = step_end(step, fact, period);

	if (step->due_at == MSEC_NONE || (step->given_at == MSEC_NONE && step->done_at == MSEC_NONE))
		return false;
	if (step->given_at != MSEC_NONE && step->given_at >= period->end)
		return false;
	return (end == MSEC_NONE ? period->to : dayno_of(end)) > dayno_of(step->due_at);
}

static void add_blame(struct blame *out, int level, int row_level, unsigned n)
{
	out->levels |= 1u << (level ? level : row_level);
	if (n < 64)
		out->steps |= UINT64_C(1) << n;
}

/* Who held it when the due date ended: the last step given by then that was not done by then, else the last given. */
static void blame_holder(struct span steps, const struct fact *fact, const struct judged *judged,
			 const struct period_days *period, int row_level, struct blame *out)
{
	msec midnight = dayno_start(dayno_of(judged->due)) + DAY_MS;
	struct packed at = packed_on(steps);
	struct step_fact step;
	unsigned n = 0, held = 0, given = 0;
	int held_level = -1, given_level = -1;

	for (; packed_step(&at, &step); n++) {
		msec end = step_end(&step, fact, period);

		if (step.given_at == MSEC_NONE || step.given_at >= midnight)
			continue;
		given_level = step.level;
		given = n;
		if (end != MSEC_NONE && end < midnight)
			continue;
		held_level = step.level;
		held = n;
	}
	if (held_level >= 0)
		add_blame(out, held_level, row_level, held);
	else if (given_level >= 0)
		add_blame(out, given_level, row_level, given);
	else
		out->levels = 1u << row_level;
}

void blame(struct span steps, const struct fact *fact, const struct judged *judged, const struct period_days *period,
	   int row_level, struct blame *out)
{
	struct packed at = packed_on(steps);
	struct step_fact step;

	*out = (struct blame){ 0, 0 };
	for (unsigned n = 0; packed_step(&at, &step); n++)
		if (step_overran(&step, fact, period))
			add_blame(out, step.level, row_level, n);
	if (!out->levels)
		blame_holder(steps, fact, judged, period, row_level, out);
}
