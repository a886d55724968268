/*
 * bench_search.c - finding in 200,000 dossiers as the clerk types, and folding the journal anew.
 *
 * Names, codes and phone numbers of the ward itself are typed letter by letter; each letter is one search
 * for as many rows as the find screen asks for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/commit.h"
#include "core/search.h"
#include "db/rec_fields.h"
#include "tests/bench/bench.h"
#include "tests/bench/big.h"

enum { RECORDS = 120, ROWS = 60, SEARCHES_MAX = 20000, LETTER_MAX = 64 };

struct typing {
	struct app *app;
	double took[SEARCHES_MAX], worked[SEARCHES_MAX], worst;
	char worst_text[128];
	size_t count;
};

static void search(struct typing *typing, const char *typed)
{
	int64_t recs[ROWS];
	size_t found;
	struct err err;
	double start = bench_now_ms(), cpu = bench_cpu_ms();

	bench_must(search_find(typing->app, REC_DOSSIER, typed, recs, ROWS, &found, &err), &err);
	start = bench_now_ms() - start;
	cpu = bench_cpu_ms() - cpu;
	if (typing->count == SEARCHES_MAX)
		return;
	typing->took[typing->count] = start;
	typing->worked[typing->count++] = cpu;
	if (start > typing->worst) {
		typing->worst = start;
		(void)snprintf(typing->worst_text, sizeof(typing->worst_text), "%s", typed);
	}
}

/* Every beginning of `text` that ends at a whole letter. */
static void type(struct typing *typing, const char *text)
{
	char typed[LETTER_MAX * 2];
	size_t len = strlen(text);

	for (size_t i = 1; i <= len && i < sizeof(typed); i++) {
		if (((unsigned char)text[i] & 0xc0) == 0x80)
			continue;
		memcpy(typed, text, i);
		typed[i] = '\0';
		search(typing, typed);
	}
}

/* One of many dossiers, far apart: what its citizen would say or show. */
static void type_record(struct typing *typing, int i)
{
	struct row row;
	struct err err;

	row_init(&row);
	if (!row_read(typing->app->db, 1000 + (int64_t)i * 4999, &row, &err) && row.kind == REC_DOSSIER) {
		type(typing, rec_text(&row.body, DOSSIER_APPLICANT_NAME));
		if (i % 4 == 0)
			type(typing, rec_text(&row.body, DOSSIER_CODE));
		if (i % 4 == 1)
			type(typing, rec_text(&row.body, DOSSIER_APPLICANT_ID_NO) + 6);
		if (i % 4 == 2)
			type(typing, rec_text(&row.body, DOSSIER_APPLICANT_ADDRESS));
	}
	row_done(&row);
}

int main(void)
{
	static struct typing typing;
	struct app app = { .lang = LANG_VI };
	struct err err;
	double start;

	big_open(&app);
	typing.app = &app;
	for (int i = 0; i < bench_size(RECORDS); i++)
		type_record(&typing, i);
	bench_print("search_p95_ms", bench_part(typing.took, typing.count, 0.95), "ms");
	bench_print("search_cpu_p95_ms", bench_part(typing.worked, typing.count, 0.95), "ms");
	bench_print("search_p50_ms", bench_part(typing.took, typing.count, 0.5), "ms");
	(void)fprintf(stderr, "bench: %zu searches; the slowest, %.1f ms: %s\n", typing.count, typing.worst,
		      typing.worst_text);
	if (!bench_quick()) {
		start = bench_now_ms();
		bench_must(commit_rebuild(&app, NULL, NULL, &err), &err);
		bench_print("rebuild_s", (bench_now_ms() - start) / 1e3, "s");
	}
	app_close(&app);
	return 0;
}
