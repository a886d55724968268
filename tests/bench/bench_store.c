/*
 * bench_store.c - what sealing costs: intake, import and reads against the same statements on plain pages.
 *
 * Both stores are filled in the same process, turn and turn about, so that what else the machine does
 * meets both; a ratio is the median of its pairs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/commit.h"
#include "core/import.h"
#include "core/intake.h"
#include "db/rec_fields.h"
#include "tests/bench/bench.h"

enum {
	INTAKES = 300,
	PAPERS = 4,
	IMPORTED = 100000,
	IMPORT_PARTS = 5,
	READ_ROUNDS = 40,
	HOT_KEYS = 400,
	COLD_KEYS = 20000,
	COLD_ROUNDS = 9,
	COLDEST_KEYS = 500,
	SCANS = 9,
	ROUNDS_MAX = 400
};

struct pair {
	struct app sealed, plain;
	double ratio[ROUNDS_MAX], sealed_ms, plain_ms;
	size_t count;
};

typedef double measure(struct app *app, int round);

/* One pair; who goes first changes each round. */
static void round_of(struct pair *pair, measure *each, int round)
{
	bool sealed_first = round % 2 == 0;
	double first = each(sealed_first ? &pair->sealed : &pair->plain, round);
	double second = each(sealed_first ? &pair->plain : &pair->sealed, round);

	pair->sealed_ms += sealed_first ? first : second;
	pair->plain_ms += sealed_first ? second : first;
	pair->ratio[pair->count++] = sealed_first ? first / second : second / first;
}

static void rounds(struct pair *pair, const char *name, measure *each, int count)
{
	pair->count = 0;
	pair->sealed_ms = pair->plain_ms = 0;
	for (int i = 0; i < count; i++)
		round_of(pair, each, i);
	(void)fprintf(stderr, "bench: %s: %.0f ms sealed, %.0f ms plain, total ratio %.3f\n", name,
		      pair->sealed_ms, pair->plain_ms, pair->sealed_ms / pair->plain_ms);
	bench_print(name, bench_part(pair->ratio, pair->count, 0.5), "ratio");
}

static void add_paper(struct app *app, const char *code, unsigned seq)
{
	struct rec rec;
	struct change change = { .verb = VERB_SCAN, .kind = REC_SCAN, .set = &rec };
	struct err err;

	rec_init(&rec, REC_SCAN);
	rec_put_text(&rec, SCAN_DOSSIER_CODE, code);
	rec_put_num(&rec, SCAN_SEQ, seq);
	rec_put_text(&rec, SCAN_COMPONENT, "to-khai");
	rec_put_num(&rec, SCAN_PAGES, 2);
	rec_put_num(&rec, SCAN_DPI, 300);
	rec_put_num(&rec, SCAN_BYTES, 300000 + seq);
	rec_put_num(&rec, SCAN_SCANNED_AT, app_now(app));
	bench_must(commit_change(app, &change, NULL, NULL, &err), &err);
	rec_done(&rec);
}

/* One citizen: the dossier and its papers, durable when this returns. */
static double intake(struct app *app, int round)
{
	struct intake_result result;
	struct rec rec;
	struct err err;
	char id_no[16];
	double start;

	rec_init(&rec, REC_DOSSIER);
	(void)snprintf(id_no, sizeof(id_no), "0601%08d", round);
	rec_put_text(&rec, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(&rec, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
	rec_put_text(&rec, DOSSIER_APPLICANT_ID_NO, id_no);
	rec_put_text(&rec, DOSSIER_APPLICANT_ADDRESS, "12 Võ Thị Sáu, khu phố 3");
	start = bench_now_ms();
	bench_must(db_begin(app->db, &err), &err);
	bench_must(intake_receive(app, &rec, &result, &err), &err);
	for (unsigned seq = 1; seq <= PAPERS; seq++)
		add_paper(app, result.code, seq);
	bench_must(db_commit(app->db, &err), &err);
	start = bench_now_ms() - start;
	rec_done(&rec);
	return start;
}

static struct buf lines[IMPORT_PARTS];
static char (*codes)[40];
static int codes_count;

static void make_lines(void)
{
	codes_count = bench_size(IMPORTED);
	codes = calloc((size_t)codes_count, sizeof(*codes));
	if (!codes)
		die("out of memory");
	for (int n = 0; n < codes_count; n++) {
		struct buf *out = &lines[n / (codes_count / IMPORT_PARTS)];

		if (!out->data)
			*out = (struct buf)BUF(256 << 20);
		bench_dossier_line(n, out, codes[n]);
	}
}

static void complain(void *ctx, size_t line, bool is_warning, const struct err *why)
{
	(void)ctx;
	if (!is_warning)
		(void)fprintf(stderr, "bench: line %zu: %s\n", line, why->en);
}

static double import(struct app *app, int round)
{
	const struct import_options options = { .note = complain };
	struct import_result result;
	double start = bench_now_ms();
	struct err err;
	FILE *in = fmemopen(lines[round].data, lines[round].len, "r");

	if (!in)
		die("no memory to read from");
	bench_must(import_file(app, in, &options, &result, &err), &err);
	(void)fclose(in);
	return bench_now_ms() - start;
}

static void read_one(struct app *app, int n, struct row *row)
{
	struct err err;

	bench_must(row_get(app->db, REC_DOSSIER, codes[n], row, &err), &err);
}

/* A handful of dossiers again and again: their pages stay in the cache. */
static double read_cached(struct app *app, int round)
{
	struct row row;
	double start = 0;

	(void)round;
	row_init(&row);
	for (int pass = 0; pass < 5; pass++) {
		if (pass == 1)
			start = bench_now_ms();
		for (int i = 0; i < HOT_KEYS; i++)
			read_one(app, i, &row);
	}
	start = bench_now_ms() - start;
	row_done(&row);
	return start;
}

static void forget_pages(struct app *app)
{
	struct err err;

	bench_must(db_script(app->db, "PRAGMA shrink_memory", &err), &err);
}

/* Dossiers far apart, from an empty cache on. */
static double read_apart(struct app *app, int round, int keys)
{
	struct row row;
	double start;

	forget_pages(app);
	row_init(&row);
	start = bench_now_ms();
	for (int i = 0; i < keys; i++)
		read_one(app,
			 (int)(((unsigned)round * 7919U + (unsigned)i * 104729U) % (unsigned)codes_count),
			 &row);
	start = bench_now_ms() - start;
	row_done(&row);
	return start;
}

/* A fifth of the ward: the cache fills, and holds what it can of rows it cannot hold all. */
static double read_cold(struct app *app, int round)
{
	return read_apart(app, round, bench_size(COLD_KEYS));
}

/* So few that nearly each read has both its pages to open: what a page costs, and little else. */
static double read_coldest(struct app *app, int round)
{
	return read_apart(app, round, COLDEST_KEYS);
}

static const char SQL_SCAN[] =
	"SELECT count(*), sum(rev), sum(length(key)), sum(length(body)) FROM rec NOT INDEXED";

static double scan(struct app *app, int round)
{
	struct stmt *s;
	double start;
	struct err err;

	(void)round;
	forget_pages(app);
	start = bench_now_ms();
	s = stmt_use(app->db, SQL_SCAN);
	bench_must(stmt_row(s, &err), &err);
	stmt_done(s);
	return bench_now_ms() - start;
}

int main(void)
{
	static struct pair pair;
	char path[700];

	(void)snprintf(path, sizeof(path), "%s/sealed.motcua", bench_folder());
	bench_ward(&pair.sealed, path, true);
	(void)snprintf(path, sizeof(path), "%s/plain.motcua", bench_folder());
	bench_ward(&pair.plain, path, false);
	rounds(&pair, "intake_ratio", intake, bench_size(INTAKES));
	make_lines();
	rounds(&pair, "import_ratio", import, IMPORT_PARTS);
	rounds(&pair, "point_cached_ratio", read_cached, READ_ROUNDS);
	rounds(&pair, "point_cold_ratio", read_cold, COLD_ROUNDS);
	rounds(&pair, "point_coldest_ratio", read_coldest, READ_ROUNDS);
	rounds(&pair, "scan_ratio", scan, SCANS);
	bench_ward_close(&pair.sealed);
	bench_ward_close(&pair.plain);
	for (int i = 0; i < IMPORT_PARTS; i++)
		buf_done(&lines[i]);
	free(codes);
	return 0;
}
