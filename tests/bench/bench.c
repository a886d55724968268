#include "tests/bench/bench.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "core/catalog.h"
#include "core/commit.h"
#include "db/rec_fields.h"

enum { A_DAY = 120 };

static double read_clock(clockid_t clock)
{
	struct timespec at;

	(void)clock_gettime(clock, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

double bench_now_ms(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

double bench_cpu_ms(void)
{
	return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

bool bench_quick(void)
{
	const char *quick = getenv("BENCH_QUICK");

	return quick && *quick && *quick != '0';
}

int bench_size(int whole)
{
	return bench_quick() ? whole / 10 + (whole < 10) : whole;
}

void bench_must(enum rc rc, const struct err *err)
{
	if (!rc)
		return;
	(void)fprintf(stderr, "bench: %s\n", err ? err->en : "failed");
	exit(1);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double bench_part(double *values, size_t count, double part)
{
	size_t at = (size_t)(part * (double)count);

	if (!count)
		return 0;
	qsort(values, count, sizeof(*values), compare);
	return values[at < count ? at : count - 1];
}

void bench_print(const char *name, double value, const char *unit)
{
	(void)printf("{\"bench\":\"%s\",\"value\":%.*f,\"unit\":\"%s\"}\n", name,
		     value == (double)(int64_t)value ? 0
		     : value < 100		     ? 3
						     : 1,
		     value, unit);
	(void)fflush(stdout);
}

static char folder[600];

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
	(void)stat;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void bench_end(void)
{
	if (folder[0])
		(void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	folder[0] = '\0';
}

const char *bench_folder(void)
{
	const char *build = getenv("MOTCUA_BUILD");
	char parent[512];

	if (folder[0])
		return folder;
	(void)snprintf(parent, sizeof(parent), "%s/bench", build ? build : "build/release");
	(void)mkdir(parent, 0777);
	(void)snprintf(folder, sizeof(folder), "%s/run-XXXXXX", parent);
	if (!mkdtemp(folder)) {
		perror(parent);
		exit(1);
	}
	if (atexit(bench_end))
		exit(1);
	return folder;
}

static uint64_t seed = 20261124;

uint32_t bench_roll(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33) % below;
}

static void add_first(struct app *app, enum rec_kind kind, unsigned tag, const char *text)
{
	struct rec rec;
	struct change change = { .verb = VERB_ADD, .kind = kind, .set = &rec };
	struct err err;

	rec_init(&rec, kind);
	rec_put_text(&rec, tag, text);
	if (kind == REC_USER)
		rec_put_num(&rec, USER_ROLE, ROLE_ADMIN);
	bench_must(commit_change(app, &change, NULL, NULL, &err), &err);
	rec_done(&rec);
}

void bench_ward(struct app *app, const char *path, bool sealed)
{
	static const struct app_make make = {
		.unit = "H11.25", .unit_name = "Phường Bình Hưng", .admin = "hub", .slot = 1
	};
	static const uint8_t key[32] = { 7, 7, 7 };
	struct err err;

	memset(app, 0, sizeof(*app));
	if (sealed) {
		bench_must(app_open_key(app, path, key, &make, &err), &err);
		app->slot = make.slot; /* a hub's own store has none, and mints no codes */
		return;
	}
	bench_must(db_open_plain(path, &app->db, &err), &err);
	app->role = ROLE_ADMIN;
	app->epoch = 1;
	app->slot = make.slot;
	app->device[0] = 1;
	(void)snprintf(app->user, sizeof(app->user), "hub");
	(void)snprintf(app->unit, sizeof(app->unit), "%s", make.unit);
	(void)snprintf(app->unit_name, sizeof(app->unit_name), "%s", make.unit_name);
	add_first(app, REC_CATALOG, CATALOG_VERSION, catalog_shipped_version());
	add_first(app, REC_USER, USER_NAME, app->user);
}

/* A plain store has no header to remember a digest in, so app_close serves both. */
void bench_ward_close(struct app *app)
{
	app_close(app);
}

static const char *const family[] = {
	"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ"
};
static const char *const middle[] = { "Văn", "Thị", "Đức", "Minh", "Thu", "Ngọc", "Quốc", "Thanh" };
static const char *const given[] = { "An",   "Bình", "Cường", "Dung",  "Đạt", "Hà",   "Huệ",  "Lan",  "Mai",
				     "Oanh", "Phúc", "Quân",  "Sương", "Tâm", "Uyên", "Vinh", "Xuân", "Yến" };
static const struct {
	const char *code, *field;
} procedures[] = {
	{ "1.001193", "Hộ tịch" },
	{ "1.000894", "Hộ tịch" },
	{ "2.000908", "Chứng thực" },
	{ "1.004222", "Cư trú" },
	{ "1.001612", "Đăng ký kinh doanh" },
	{ "1.010803", "Người có công" },
};

/* "2018-01-02T08:15:00+07:00" */
static const char *stamp(msec at, char out[40])
{
	struct civil c = dayno_civil(dayno_of(at));
	int minutes = clock_ms_of_day(at) / (int)MINUTE_MS;

	(void)snprintf(out, 40, "%04d-%02d-%02dT%02d:%02d:00+07:00", c.year, c.month, c.day, minutes / 60,
		       minutes % 60);
	return out;
}

void bench_dossier_line(int n, struct buf *out, char code[40])
{
	char received[40], half[40], due[40], done[40], own[40];
	unsigned p = bench_roll(ARRAY_LEN(procedures));
	dayno first = 0;
	msec at;
	struct civil c;

	if (!dayno_from_ymd(2018, 1, 2, &first))
		die("no such day");
	first += n / A_DAY / 5 * 7 + n / A_DAY % 5;
	c = dayno_civil(first);
	at = dayno_start(first) + 8 * HOUR_MS + n % A_DAY * 4 * MINUTE_MS;
	(void)snprintf(own, sizeof(own), "H11.25-%02d%02d%02d-%04d", c.year % 100, c.month, c.day,
		       101 + n % A_DAY);
	buf_printf(out,
		   "{\"kind\":\"dossier\",\"code\":\"%s\",\"procedure_code\":\"%s\",\"field_name\":\"%s\",",
		   own, procedures[p].code, procedures[p].field);
	buf_printf(out,
		   "\"applicant_name\":\"%s %s "
		   "%s\",\"applicant_id_no\":\"060%u%08u\",\"applicant_phone\":\"+849%08u\",",
		   family[bench_roll(10)], middle[bench_roll(8)], given[bench_roll(18)], bench_roll(10),
		   bench_roll(100000000), bench_roll(100000000));
	buf_printf(out,
		   "\"applicant_address\":\"%u Võ Thị Sáu, khu phố "
		   "%u\",\"neighbourhood\":%u,\"channel\":\"%s\",",
		   bench_roll(300) + 1, bench_roll(8) + 1, bench_roll(8) + 1,
		   bench_roll(3) ? "online" : "direct");
	stamp(at, received);
	stamp(at + 4 * HOUR_MS, half);
	stamp(at + 3 * DAY_MS, due);
	stamp(at + 2 * DAY_MS, done);
	buf_printf(
		out,
		"\"received_by\":\"cb%02u\",\"received_at\":\"%s\",\"due_at\":\"%s\",\"state\":\"returned\",",
		bench_roll(12), received, due);
	buf_printf(out, "\"finished_at\":\"%s\",\"returned_at\":\"%s\",\"rating\":%u,\"steps\":[", done, done,
		   3 + bench_roll(3));
	buf_printf(out,
		   "{\"seq\":1,\"unit\":\"Bộ phận Một "
		   "cửa\",\"level\":\"ward\",\"person\":\"cb%02u\",\"given_at\":\"%s\","
		   "\"due_at\":\"%s\",\"done_at\":\"%s\"},",
		   bench_roll(12), received, half, half);
	buf_printf(out,
		   "{\"seq\":2,\"unit\":\"Chuyên "
		   "môn\",\"level\":\"ward\",\"person\":\"cb%02u\",\"given_at\":\"%s\","
		   "\"due_at\":\"%s\",\"done_at\":\"%s\"}],",
		   bench_roll(12), half, due, done);
	buf_printf(
		out,
		"\"fees\":[{\"name\":\"Lệ phí\",\"amount_vnd\":8000,\"status\":\"paid\",\"method\":\"cash\","
		"\"paid_at\":\"%s\"}]}\n",
		received);
	if (code)
		memcpy(code, own, sizeof(own));
}
