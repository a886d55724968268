#include "core/report_run.h"

#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "db/rec_fields.h"

struct procedure_facts {
	bool looked_up;
	int level;     /* first decided level */
	int64_t field; /* word of its field's name, 0: not in the catalogue */
};

const struct shown level_shown[] = {
	{ "province", T("Cấp tỉnh", "Province") },
	{ "ward", T("Cấp xã", "Ward") },
	{ "other", T("Cấp khác", "Other") },
	{ NULL, T("", "") },
};

const struct shown row_shown[] = {
	{ "total", T("Tổng số", "Total") },
	{ "scans", T("Tổng số", "Total") },
	{ NULL, T("", "") },
};

const int level_order[3] = { LEVEL_PROVINCE, LEVEL_WARD, LEVEL_OTHER };

const char *level_word(int level)
{
	static const char *const words[] = { NULL, "ward", "province", "other" };

	return level > 0 && level < (int)ARRAY_LEN(words) ? words[level] : NULL;
}

struct dossier_walk {
	struct met met;
	bool all, steps;
	report_visit *each;
	void *ctx;
};

static enum rc meet(void *ctx, const struct fact *fact, struct err *err)
{
	struct dossier_walk *walk = ctx;
	struct met *met = &walk->met;

	judge(fact, &met->report->period, met->report->basis, &met->judged);
	if (!walk->all && !met->judged.received && !met->judged.carried_in)
		return RC_OK;
	met->fact = fact;
	return walk->each(walk->ctx, met, err);
}

static enum rc walk_sources(struct dossier_walk *walk, struct err *err)
{
	struct report *report = walk->met.report;
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < report->sources_count; i++) {
		walk->met.source = &report->sources[i];
		rc = (walk->steps ? source_facts_and_steps : source_facts)(walk->met.source, meet, walk, err);
	}
	return rc;
}

enum rc report_dossiers(struct report *report, report_visit *each, void *ctx, struct err *err)
{
	struct dossier_walk walk = { .met = { .report = report }, .each = each, .ctx = ctx };

	return walk_sources(&walk, err);
}

enum rc report_dossiers_and_steps(struct report *report, report_visit *each, void *ctx, struct err *err)
{
	struct dossier_walk walk = { .met = { .report = report }, .steps = true, .each = each, .ctx = ctx };

	return walk_sources(&walk, err);
}

enum rc report_all(struct report *report, report_visit *each, void *ctx, struct err *err)
{
	struct dossier_walk walk = { .met = { .report = report }, .all = true, .each = each, .ctx = ctx };

	return walk_sources(&walk, err);
}

/* A procedure the catalogue does not have leaves the dossier among the others, without a field. */
static struct procedure_facts look_up(const struct met *met)
{
	struct procedure_facts facts = { true, LEVEL_OTHER, 0 };
	const char *code = names_text(&met->report->names, met->fact->procedure), *level;
	msec at = met->fact->received_at;
	struct rec rec;

	rec_init(&rec, REC_PROCEDURE);
	if (!catalog_procedure(met->source->app, code, at == MSEC_NONE ? 0 : dayno_of(at), &rec, NULL)) {
		level = rec_text(&rec, PROCEDURE_DECIDED_LEVEL);
		if (strcspn(level, ";") == 2 && !memcmp(level, "xa", 2))
			facts.level = LEVEL_WARD;
		else if (strcspn(level, ";") == 4 && !memcmp(level, "tinh", 4))
			facts.level = LEVEL_PROVINCE;
		facts.field = names_ix(&met->report->names, rec_text(&rec, PROCEDURE_FIELD_NAME));
	}
	rec_done(&rec);
	return facts;
}

/* One look a procedure: its level and field do not change from version to version in practice. */
static const struct procedure_facts *procedure_of(const struct met *met)
{
	struct report *report = met->report;
	size_t at = (size_t)met->fact->procedure;

	if (at >= report->procedures_count) {
		size_t count = 2 * at + 64;

		report->procedures = realloc(report->procedures, count * sizeof(*report->procedures));
		if (!report->procedures)
			die("out of memory");
		memset(report->procedures + report->procedures_count, 0,
		       (count - report->procedures_count) * sizeof(*report->procedures));
		report->procedures_count = count;
	}
	if (!report->procedures[at].looked_up)
		report->procedures[at] = look_up(met);
	return &report->procedures[at];
}

int report_level(const struct met *met)
{
	return met->fact->level ? met->fact->level : procedure_of(met)->level;
}

int64_t report_field(const struct met *met)
{
	return met->fact->field ? met->fact->field : procedure_of(met)->field;
}

int64_t *tally_at(struct tally *tally, int64_t word, int level)
{
	size_t at = (size_t)word;

	if (at >= tally->words) {
		size_t words = 2 * at + 64, one = 4 * tally->width;

		tally->counts = realloc(tally->counts, words * one * sizeof(*tally->counts));
		if (!tally->counts)
			die("out of memory");
		memset(tally->counts + tally->words * one, 0, (words - tally->words) * one * sizeof(*tally->counts));
		tally->words = words;
	}
	return tally->counts + (at * 4 + (size_t)level) * tally->width;
}

const int64_t *tally_seen(const struct tally *tally, int64_t word, int level)
{
	const int64_t *counts;

	if ((size_t)word >= tally->words)
		return NULL;
	counts = tally->counts + ((size_t)word * 4 + (size_t)level) * tally->width;
	for (size_t i = 0; i < tally->width; i++)
		if (counts[i])
			return counts;
	return NULL;
}

void tally_done(struct tally *tally)
{
	free(tally->counts);
	*tally = (struct tally){ NULL, 0, tally->width };
}

void report_percent(struct report *report, int64_t numerator, int64_t denominator)
{
	struct ratio ratio = { numerator, denominator };
	int64_t percent;

	table_num(report->out, ratio_percent(ratio, report->truncate, &percent) ? percent : MSEC_NONE);
}

const char *report_say(const struct report *report, const char *vi, const char *en)
{
	return report->lang == LANG_EN ? en : vi;
}

void report_check(struct report *report, const char *what, int64_t left, int64_t right)
{
	char a[FIGURE_TEXT], b[FIGURE_TEXT];

	figure_int(left, report->lang, a);
	figure_int(right, report->lang, b);
	if (left == right)
		table_say_footer(report->out, report->lang, "Kiểm tra %s: %s = %s, khớp",
				 "Check %s: %s = %s, holds", what, a, b);
	else
		table_say_footer(report->out, report->lang, "Kiểm tra %s: %s ≠ %s, KHÔNG KHỚP",
				 "Check %s: %s ≠ %s, DOES NOT HOLD", what, a, b);
}

const char *report_word(enum rec_kind kind, unsigned tag, unsigned sub, int value, char *room, size_t size)
{
	const struct field *field = field_tagged(rec_type(kind)->fields, tag);

	if (sub)
		field = field_tagged(field->sub, sub);
	enum_word(field, value, room, size);
	return room;
}
