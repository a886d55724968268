#include "tests/bench/big.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/commit.h"
#include "db/rec_fields.h"

enum { A_DAY = 120, SCANS_EACH = 2, ASSISTS = 20000, A_TRANSACTION = 5000 };

static const uint8_t key[32] = { 7, 7, 7 };
static uint64_t seed = 20241025;

static uint32_t roll(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33) % below;
}

static void must(enum rc rc, const struct err *err)
{
	if (rc) {
		fprintf(stderr, "bench: %s\n", err->en);
		exit(1);
	}
}

dayno big_first(void)
{
	dayno day = 0;

	(void)!dayno_from_ymd(2018, 1, 2, &day);
	return day;
}

/* Five of seven days are worked. */
static dayno day_of(int n)
{
	int worked = n / A_DAY;

	return big_first() - 1 + worked / 5 * 7 + worked % 5;
}

dayno big_last(void)
{
	return day_of(BIG_DOSSIERS - 1);
}

static const struct {
	const char *code, *field;
	bool routed;
	int days;
} procedures[] = {
	{ "1.001193", "Hộ tịch", false, 1 },      { "1.000894", "Hộ tịch", false, 1 },
	{ "2.000908", "Chứng thực", false, 1 },   { "1.004222", "Cư trú", false, 7 },
	{ "1.001612", "Đăng ký kinh doanh", false, 3 }, { "1.010803", "Người có công", true, 12 },
	{ "1.002759", "Bảo hiểm xã hội", true, 10 },    { "1.014159", "Quy hoạch", true, 15 },
};

static void put(struct rec *rec, unsigned list, unsigned n, unsigned sub, int64_t value)
{
	struct path path = path_at(list, n, sub);

	rec_set_num(rec, &path, value);
}

static void put_text(struct rec *rec, unsigned list, unsigned n, unsigned sub, const char *text)
{
	struct path path = path_at(list, n, sub);
	size_t len = 0;

	while (text[len])
		len++;
	rec_set_bytes(rec, &path, text, len);
}

static void add_step(struct rec *rec, unsigned n, const char *unit, int level, msec given, msec due, msec done)
{
	char person[16];

	snprintf(person, sizeof(person), "cb%02u", roll(12));
	put(rec, DOSSIER_STEPS, n, STEP_EL_SEQ, n + 1);
	put_text(rec, DOSSIER_STEPS, n, STEP_EL_UNIT, unit);
	put(rec, DOSSIER_STEPS, n, STEP_EL_LEVEL, level);
	put_text(rec, DOSSIER_STEPS, n, STEP_EL_PERSON, person);
	put(rec, DOSSIER_STEPS, n, STEP_EL_GIVEN_AT, given);
	put(rec, DOSSIER_STEPS, n, STEP_EL_DUE_AT, due);
	if (done != MSEC_NONE)
		put(rec, DOSSIER_STEPS, n, STEP_EL_DONE_AT, done);
}

static void add_person(struct rec *rec)
{
	static const char *const family[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Lò", "Y" };
	static const char *const given[] = { "An", "Bình", "Cường", "Dung", "Đạt", "Hà", "Huệ", "Lan", "Mai", "Ổn" };
	char text[64];

	snprintf(text, sizeof(text), "%s Văn %s%s", family[roll(10)], given[roll(10)], given[roll(10)]);
	rec_put_text(rec, DOSSIER_APPLICANT_NAME, text);
	snprintf(text, sizeof(text), "0601%08u", roll(100000000));
	rec_put_text(rec, DOSSIER_APPLICANT_ID_NO, text);
	snprintf(text, sizeof(text), "+849%08u", roll(100000000));
	rec_put_text(rec, DOSSIER_APPLICANT_PHONE, text);
	snprintf(text, sizeof(text), "%u Võ Thị Sáu, khu phố %u", roll(300) + 1, roll(8) + 1);
	rec_put_text(rec, DOSSIER_APPLICANT_ADDRESS, text);
	rec_put_num(rec, DOSSIER_NEIGHBOURHOOD, roll(8) + 1);
}

static void add_money(struct rec *rec, msec at)
{
	put_text(rec, DOSSIER_FEES, 0, FEE_EL_NAME, "Lệ phí");
	put(rec, DOSSIER_FEES, 0, FEE_EL_AMOUNT_VND, 8000);
	put(rec, DOSSIER_FEES, 0, FEE_EL_STATUS, roll(10) ? FEE_PAID : FEE_EXEMPT);
	put(rec, DOSSIER_FEES, 0, FEE_EL_METHOD, roll(2) ? PAY_ONLINE : PAY_CASH);
	put(rec, DOSSIER_FEES, 0, FEE_EL_PAID_AT, at);
}

/* One in 200 is late; one in 100 of the last month's is open. */
static void dossier(struct rec *rec, int n, char code[40])
{
	dayno day = day_of(n);
	struct civil c = dayno_civil(day);
	unsigned p = roll(ARRAY_LEN(procedures));
	msec received = dayno_start(day) + 8 * HOUR_MS + n % A_DAY * 4 * MINUTE_MS;
	msec due = received + procedures[p].days * DAY_MS;
	msec finished = roll(200) ? due - roll(20) * HOUR_MS : due + DAY_MS + roll(100) * HOUR_MS;
	bool open = n > BIG_DOSSIERS - 3000 && !roll(4);
	msec half;

	finished = finished <= received ? received + HOUR_MS : finished;
	half = received + (finished - received) / 2;
	snprintf(code, 40, "H11.25-%02d%02d%02d-%04d", c.year % 100, c.month, c.day, 101 + n % A_DAY);
	rec_clear(rec, REC_DOSSIER);
	rec_put_text(rec, DOSSIER_CODE, code);
	rec_put_text(rec, DOSSIER_PROCEDURE_CODE, procedures[p].code);
	rec_put_text(rec, DOSSIER_FIELD_NAME, procedures[p].field);
	rec_put_text(rec, DOSSIER_RECEIVED_BY, n % 2 ? "cb01" : "cb02");
	add_person(rec);
	rec_put_num(rec, DOSSIER_CHANNEL, roll(3) ? CHANNEL_ONLINE : CHANNEL_DIRECT);
	rec_put_num(rec, DOSSIER_RECEIVED_AT, received);
	rec_put_num(rec, DOSSIER_DUE_AT, due);
	add_step(rec, 0, "Bộ phận Một cửa", LEVEL_WARD, received, half, half);
	add_step(rec, 1, procedures[p].routed ? "Sở chuyên ngành" : "Chuyên môn",
		 procedures[p].routed ? LEVEL_PROVINCE : LEVEL_WARD, half, due, open ? MSEC_NONE : finished);
	add_money(rec, received);
	rec_put_num(rec, DOSSIER_STATE, open ? STATE_PROCESSING : STATE_RETURNED);
	if (open)
		return;
	rec_put_num(rec, DOSSIER_FINISHED_AT, finished);
	rec_put_num(rec, DOSSIER_RETURNED_AT, finished + HOUR_MS);
	rec_put_num(rec, DOSSIER_ELECTRONIC_RESULT, roll(3) != 0);
	rec_put_num(rec, DOSSIER_RATING, 3 + roll(3));
}

static void scan(struct rec *rec, const char *code, unsigned seq, msec at)
{
	rec_clear(rec, REC_SCAN);
	rec_put_text(rec, SCAN_DOSSIER_CODE, code);
	rec_put_num(rec, SCAN_SEQ, seq);
	rec_put_text(rec, SCAN_COMPONENT, "01");
	rec_put_num(rec, SCAN_PAGES, 1 + roll(4));
	rec_put_num(rec, SCAN_DPI, roll(20) ? 300 : 150);
	rec_put_num(rec, SCAN_BYTES, 20000 + roll(400000));
	rec_put_num(rec, SCAN_SCANNED_AT, at);
	rec_put_text(rec, SCAN_SCANNED_BY, roll(2) ? "cb01" : "cb02");
	rec_put_num(rec, SCAN_REUSED, !roll(5));
}

static void assist(struct rec *rec, int n)
{
	char member[16];

	snprintf(member, sizeof(member), "tv%02d", n % 24);
	rec_clear(rec, REC_ASSIST);
	rec_put_num(rec, ASSIST_AT,
		    dayno_start(day_of(n * (BIG_DOSSIERS / ASSISTS))) + 9 * HOUR_MS + n % 500 * SECOND_MS);
	rec_put_num(rec, ASSIST_TEAM, n % 8 + 1);
	rec_put_text(rec, ASSIST_MEMBER, member);
	rec_put_num(rec, ASSIST_NEIGHBOURHOOD, n % 8 + 1);
	rec_put_text(rec, ASSIST_CATEGORY, roll(2) ? "DVC_FILE" : "VNEID2");
	rec_put_num(rec, ASSIST_OUTCOME, 1 + roll(4));
	rec_put_num(rec, ASSIST_MINUTES, roll(40));
}

static void commit(struct app *app, const struct rec *rec)
{
	struct change change = { .verb = VERB_IMPORT, .kind = rec->kind, .set = rec };
	struct err err;

	must(commit_change(app, &change, NULL, NULL, &err), &err);
}

static void fill(struct app *app)
{
	struct rec rec;
	struct err err;
	char code[40];

	rec_init(&rec, REC_DOSSIER);
	for (int n = 0; n < BIG_DOSSIERS; n++) {
		if (n % A_TRANSACTION == 0)
			must(db_begin(app->db, &err), &err);
		dossier(&rec, n, code);
		commit(app, &rec);
		for (unsigned seq = 1; seq <= SCANS_EACH && n % 5; seq++) {
			scan(&rec, code, seq, dayno_start(day_of(n)) + 10 * HOUR_MS);
			commit(app, &rec);
		}
		if (n % (BIG_DOSSIERS / ASSISTS) == 0) {
			assist(&rec, n / (BIG_DOSSIERS / ASSISTS));
			commit(app, &rec);
		}
		if (n % A_TRANSACTION == A_TRANSACTION - 1)
			must(db_commit(app->db, &err), &err);
	}
	rec_done(&rec);
}

void big_open(struct app *app)
{
	const struct app_make make = { .unit = "H11.25", .unit_name = "Phường Bình Hưng", .admin = "hub", .slot = 1 };
	const char *build = getenv("MOTCUA_BUILD");
	char dir[512], path[600], tmp[620], wal[640];
	struct err err;

	snprintf(dir, sizeof(dir), "%s/bench", build ? build : "build/release");
	snprintf(path, sizeof(path), "%s/big.motcua", dir);
	snprintf(tmp, sizeof(tmp), "%s.new", path);
	if (app_open_key(app, path, key, NULL, &err) == RC_OK)
		return;
	fprintf(stderr, "bench: making a ward of %d dossiers\n", BIG_DOSSIERS);
	(void)mkdir(dir, 0777);
	snprintf(wal, sizeof(wal), "%s-wal", tmp);
	(void)remove(tmp);
	(void)remove(wal);
	must(app_open_key(app, tmp, key, &make, &err), &err);
	fill(app);
	app_close(app);
	if (rename(tmp, path))
		must(err_set(&err, RC_IO, "không đổi tên được", "cannot rename"), &err);
	must(app_open_key(app, path, key, NULL, &err), &err);
}
