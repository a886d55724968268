/*
 * fold.h - a record's events in causal order: its state, and what clashed.
 *
 * Pure but for memory. Order is (rev, clock, device, epoch, seq): causality
 * rules, the clock only breaks ties. The same set of events in any arrival
 * order gives the same record and the same clashes. A clash is two events,
 * neither an ancestor of the other, that set one path to different values,
 * and no event after both has set it again.
 */
#ifndef MOTCUA_FOLD_H
#define MOTCUA_FOLD_H

#include "db/event.h"

struct clash {
	uint8_t id[8]; /* from the two events and the path: the same on every device */
	struct path path;
	struct id a;   /* whose value stands */
	struct id b;   /* whose value lost */
};

struct folded {
	struct rec rec;
	uint32_t rev;
	size_t heads_count;
	struct id heads[EVENT_PARENTS_MAX];
	struct clash *clashes;
	size_t clashes_count, clashes_cap;
};

void folded_init(struct folded *folded);
void folded_done(struct folded *folded);
/* Sorts `events` (pointers to all of one record's) and folds them. */
/*
 * `allows` says whether a verb fits the record as folded so far:
 * a misfit is applied in order all the same and listed as a clash on `misfit_tag`.
 */
struct fold_rules {
	bool (*allows)(const struct rec *so_far, const struct event *event);
	uint16_t misfit_tag;
};
void fold_events(const struct event **events, size_t count, const struct fold_rules *rules, struct folded *out);
int fold_order(const struct event *a, const struct event *b);

#endif
