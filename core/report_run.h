/*
 * report_run.h - what the reports share while one of them runs: for core/report*.c only.
 *
 * One function a report fills the table from the sources. Words are numbers of
 * `names`; a list by number is a struct tally.
 */
#ifndef MOTCUA_REPORT_RUN_H
#define MOTCUA_REPORT_RUN_H

#include "core/judge.h"
#include "core/report.h"
#include "core/rules/ratio.h"
#include "core/source.h"

struct procedure_facts; /* of one procedure, looked up once */

struct report {
	const struct report_query *query;
	const struct report_type *type;
	struct period_days period;
	enum lateness_basis basis;
	bool truncate; /* shares are cut off, not rounded */
	enum lang lang;
	struct names names;
	struct source *sources;
	size_t sources_count;
	struct procedure_facts *procedures; /* by name */
	size_t procedures_count;
	int64_t only_member, only_member_full; /* a team member's own assists: his names; -1 for all */
	struct table *out;
};

typedef enum rc report_fill(struct report *report, struct err *err);
#define X(id, name, right, title, help) report_fill report_fill_##id;
REPORT_LIST(X)
#undef X

/* A dossier as a report meets it. */
struct met {
	struct report *report;
	struct source *source;
	const struct fact *fact;
	struct judged judged;
};
typedef enum rc report_visit(void *ctx, const struct met *met, struct err *err);
/* Every dossier that counts in the period (judge.h), in all sources. */
enum rc report_dossiers(struct report *report, report_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* The same, for a visit that asks source_steps_along. */
enum rc report_dossiers_and_steps(struct report *report, report_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* Every dossier; `judged` says nothing of those that do not count. */
enum rc report_all(struct report *report, report_visit *each, void *ctx, struct err *err) MUST_CHECK;

/* Level of the dossier's 06a row, and its field's number (0: none known). */
int report_level(const struct met *met);
int64_t report_field(const struct met *met);
/* "ward", "province", "other"; NULL for none. */
const char *level_word(int level);
extern const struct shown level_shown[];
extern const struct shown row_shown[];
/* Levels in the order of the form: province, ward, other. */
extern const int level_order[3];

/* Counters by word number and level (0..3), `width` of them each, grown as words come. */
struct tally {
	int64_t *counts;
	size_t words, width;
};
/* The counters of a word; they live until the next call. */
int64_t *tally_at(struct tally *tally, int64_t word, int level);
/* NULL when none of them was ever touched, or all are 0. */
const int64_t *tally_seen(const struct tally *tally, int64_t word, int level);
void tally_done(struct tally *tally);

/* A share as a percent cell, null when there is nothing to divide by. */
void report_percent(struct report *report, int64_t numerator, int64_t denominator);
/* "12.5 = 10 + 2.5"-like checks under the table: the sentence says whether they hold. */
void report_check(struct report *report, const char *what, int64_t left, int64_t right);
/* The one of the two that is in the language of the report. */
const char *report_say(const struct report *report, const char *vi, const char *en);
/* The word of an enum field of dossiers or other nouns. */
const char *report_word(enum rec_kind kind, unsigned tag, unsigned sub, int value, char *room, size_t size);

#endif
