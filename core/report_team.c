/*
 * report_team.c - the digital teams: assists; households and their accounts; figures entered by hand.
 */
#include <stdlib.h>
#include <string.h>

#include "core/report_run.h"
#include "db/rec_fields.h"

static const struct shown breakdown_shown[] = {
	{ "total", T("Tổng số", "Total") },
	{ "category", T("Loại hỗ trợ", "Category") },
	{ "neighbourhood", T("Khu phố", "Neighbourhood") },
	{ "outcome", T("Kết quả", "Outcome") },
	{ "team", T("Tổ", "Team") },
	{ NULL, T("", "") },
};

static const struct shown outcome_shown[] = {
	{ "done", T("xong", "done") },
	{ "referred", T("chuyển nơi khác", "referred") },
	{ "postponed", T("hẹn lại", "postponed") },
	{ "failed", T("chưa làm được", "failed") },
	{ "refused", T("từ chối", "refused") },
	{ NULL, T("", "") },
};

/* A key is a word, or a number where the record has one. */
static const struct column total_columns[] = {
	{ "row", COLUMN_TEXT, 0, T("", ""), T("Theo", "By"), breakdown_shown },
	{ "rows", COLUMN_INT, 0, T("", ""), T("Số lượt", "Assists"), NULL },
	{ "minutes", COLUMN_INT, 0, T("", ""), T("Số phút", "Minutes"), NULL },
};

static const struct column word_columns[] = {
	{ "row", COLUMN_TEXT, 0, T("", ""), T("Theo", "By"), breakdown_shown },
	{ "key", COLUMN_CODE, 0, T("", ""), T("Mục", "Key"), outcome_shown },
	{ "rows", COLUMN_INT, 0, T("", ""), T("Số lượt", "Assists"), NULL },
	{ "minutes", COLUMN_INT, 0, T("", ""), T("Số phút", "Minutes"), NULL },
	{ "label", COLUMN_TEXT, COLUMN_PAPER, T("", ""), T("Tên", "Name"), NULL },
};

static const struct column number_columns[] = {
	{ "row", COLUMN_TEXT, 0, T("", ""), T("Theo", "By"), breakdown_shown },
	{ "key", COLUMN_INT, 0, T("", ""), T("Số", "Number"), NULL },
	{ "rows", COLUMN_INT, 0, T("", ""), T("Số lượt", "Assists"), NULL },
	{ "minutes", COLUMN_INT, 0, T("", ""), T("Số phút", "Minutes"), NULL },
};

enum { NUMBERS_MAX = 10000, OUTCOMES_MAX = 16 };

/* rows and minutes of each; number 0 for a record that says none. */
struct assists {
	struct report *report;
	int64_t total[2];
	struct tally categories, neighbourhoods, teams;
	int64_t outcomes[OUTCOMES_MAX][2];
};

static void count(int64_t *counts, int64_t minutes)
{
	counts[0]++;
	counts[1] += minutes;
}

/* Numbers as words of a tally: one up, as 0 is none. */
static int64_t number_word(int64_t number)
{
	return number >= 0 && number < NUMBERS_MAX ? number + 1 : 0;
}

static enum rc count_assist(void *ctx, const struct fact_help *help, struct err *err)
{
	struct assists *assists = ctx;
	const struct report *report = assists->report;

	(void)err;
	if (!period_has(&report->period, help->at))
		return RC_OK;
	if (report->only_member >= 0 && help->member != report->only_member &&
	    help->member != report->only_member_full)
		return RC_OK;
	count(assists->total, help->minutes);
	count(tally_at(&assists->categories, help->category, 0), help->minutes);
	count(tally_at(&assists->neighbourhoods, number_word(help->neighbourhood), 0), help->minutes);
	count(tally_at(&assists->teams, number_word(help->team), 0), help->minutes);
	count(assists->outcomes[help->outcome > 0 && help->outcome < OUTCOMES_MAX ? help->outcome : 0], help->minutes);
	return RC_OK;
}

static void put_counts(struct table *out, const int64_t *counts)
{
	table_num(out, counts[0]);
	table_num(out, counts[1]);
}

/* The category's name from the catalogue; nothing when it has none. */
static void put_category(struct report *report, int64_t category)
{
	struct row row;

	row_init(&row);
	if (row_get(report->sources[0].app->db, REC_CATEGORY, names_text(&report->names, category), &row, NULL))
		table_null(report->out);
	else
		table_text(report->out, report_say(report, rec_text(&row.body, CATEGORY_NAME_VI),
						   rec_text(&row.body, CATEGORY_NAME_EN)));
	row_done(&row);
}

static void put_words(struct report *report, const struct assists *assists)
{
	int64_t *order;
	char word[64];

	names_order(&report->names, &order);
	for (size_t i = 0; i <= report->names.count; i++) {
		int64_t category = i < report->names.count ? order[i] : 0;
		const int64_t *counts = tally_seen(&assists->categories, category, 0);

		if (!counts)
			continue;
		table_text(report->out, "category");
		table_text(report->out, names_text(&report->names, category));
		put_counts(report->out, counts);
		put_category(report, category);
	}
	free(order);
	for (int i = 0; i < OUTCOMES_MAX; i++) {
		int outcome = (i + 1) % OUTCOMES_MAX;

		if (!assists->outcomes[outcome][0])
			continue;
		table_text(report->out, "outcome");
		table_text(report->out, report_word(REC_ASSIST, ASSIST_OUTCOME, 0, outcome, word, sizeof(word)));
		put_counts(report->out, assists->outcomes[outcome]);
		table_null(report->out);
	}
}

static void put_numbers(struct table *out, const char *row, const struct tally *tally)
{
	for (size_t i = 1; i <= tally->words; i++) {
		/* Those that say none come last. */
		int64_t word = (int64_t)(i < tally->words ? i : 0);
		const int64_t *counts = tally_seen(tally, word, 0);

		if (!counts)
			continue;
		table_text(out, row);
		table_num(out, word ? word - 1 : MSEC_NONE);
		put_counts(out, counts);
	}
}

enum rc report_fill_assist(struct report *report, struct err *err)
{
	struct assists assists = { .report = report, .categories = { NULL, 0, 2 }, .neighbourhoods = { NULL, 0, 2 },
				   .teams = { NULL, 0, 2 } };
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < report->sources_count; i++)
		rc = source_helps(&report->sources[i], count_assist, &assists, err);
	if (rc)
		goto out;
	table_part(report->out, "total", total_columns, ARRAY_LEN(total_columns), (struct words)T("", ""));
	table_text(report->out, "total");
	put_counts(report->out, assists.total);
	table_part(report->out, "words", word_columns, ARRAY_LEN(word_columns),
		   (struct words)T("Theo loại và kết quả", "By category and outcome"));
	put_words(report, &assists);
	table_part(report->out, "numbers", number_columns, ARRAY_LEN(number_columns),
		   (struct words)T("Theo khu phố và tổ", "By neighbourhood and team"));
	put_numbers(report->out, "neighbourhood", &assists.neighbourhoods);
	put_numbers(report->out, "team", &assists.teams);
out:
	tally_done(&assists.categories);
	tally_done(&assists.neighbourhoods);
	tally_done(&assists.teams);
	return rc;
}

static const struct column household_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "neighbourhood", COLUMN_INT, 0, T("", ""), T("Khu phố", "Neighbourhood"), NULL },
	{ "households", COLUMN_INT, 0, T("", ""), T("Số hộ", "Households"), NULL },
	{ "with_account", COLUMN_INT, 0, T("", ""), T("Hộ có tài khoản", "With an account"), NULL },
	{ "percent", COLUMN_PERCENT, 0, T("", ""), T("Tỷ lệ hộ", "Share"), NULL },
	{ "members", COLUMN_INT, 0, T("", ""), T("Số người", "Members"), NULL },
	{ "adults", COLUMN_INT, 0, T("", ""), T("Người lớn", "Adults"), NULL },
	{ "portal_accounts", COLUMN_INT, 0, T("", ""), T("Tài khoản DVC", "Portal accounts"), NULL },
	{ "accounts_percent", COLUMN_PERCENT, 0, T("", ""), T("Trên người lớn", "Of adults"), NULL },
	{ "vneid1", COLUMN_INT, 0, T("", ""), T("VNeID mức 1", "VNeID 1"), NULL },
	{ "vneid2", COLUMN_INT, 0, T("", ""), T("VNeID mức 2", "VNeID 2"), NULL },
	{ "signatures", COLUMN_INT, 0, T("", ""), T("Chữ ký số", "Signatures"), NULL },
	{ "fibre", COLUMN_INT, 0, T("", ""), T("Cáp quang", "Fibre"), NULL },
};

enum { HOUSES, WITH_ACCOUNT, MEMBERS, ADULTS, ACCOUNTS, VNEID1, VNEID2, SIGNATURES, FIBRE, HOUSE_COUNTS };

static enum rc count_household(void *ctx, int64_t rec, const struct rec *now, struct err *err)
{
	struct tally *tally = ctx;
	int64_t *counts;

	(void)rec;
	(void)err;
	if (!rec_has(now, HOUSEHOLD_CODE))
		return RC_OK;
	counts = tally_at(tally, number_word(rec_num(now, HOUSEHOLD_NEIGHBOURHOOD)), 0);
	counts[HOUSES]++;
	counts[WITH_ACCOUNT] += rec_num_or(now, HOUSEHOLD_PORTAL_ACCOUNTS, 0) > 0;
	counts[MEMBERS] += rec_num_or(now, HOUSEHOLD_MEMBERS, 0);
	counts[ADULTS] += rec_num_or(now, HOUSEHOLD_ADULTS, 0);
	counts[ACCOUNTS] += rec_num_or(now, HOUSEHOLD_PORTAL_ACCOUNTS, 0);
	counts[VNEID1] += rec_num_or(now, HOUSEHOLD_VNEID1, 0);
	counts[VNEID2] += rec_num_or(now, HOUSEHOLD_VNEID2, 0);
	counts[SIGNATURES] += rec_num_or(now, HOUSEHOLD_SIGNATURES, 0);
	counts[FIBRE] += rec_true(now, HOUSEHOLD_FIBRE);
	return RC_OK;
}

static void put_household(struct report *report, const char *row, int64_t number, const int64_t *counts)
{
	table_text(report->out, row);
	table_num(report->out, number);
	table_num(report->out, counts[HOUSES]);
	table_num(report->out, counts[WITH_ACCOUNT]);
	report_percent(report, counts[WITH_ACCOUNT], counts[HOUSES]);
	table_num(report->out, counts[MEMBERS]);
	table_num(report->out, counts[ADULTS]);
	table_num(report->out, counts[ACCOUNTS]);
	report_percent(report, counts[ACCOUNTS], counts[ADULTS]);
	for (int i = VNEID1; i < HOUSE_COUNTS; i++)
		table_num(report->out, counts[i]);
}

enum rc report_fill_households(struct report *report, struct err *err)
{
	struct tally tally = { NULL, 0, HOUSE_COUNTS };
	int64_t total[HOUSE_COUNTS] = { 0 };
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < report->sources_count; i++)
		rc = source_recs(&report->sources[i], REC_HOUSEHOLD, count_household, &tally, err);
	if (rc)
		goto out;
	table_part(report->out, "households", household_columns, ARRAY_LEN(household_columns), (struct words)T("", ""));
	for (size_t word = 0; word < tally.words; word++) {
		const int64_t *counts = tally_seen(&tally, (int64_t)word, 0);

		if (!counts)
			continue;
		put_household(report, "neighbourhood", word ? (int64_t)word - 1 : MSEC_NONE, counts);
		for (int i = 0; i < HOUSE_COUNTS; i++)
			total[i] += counts[i];
	}
	put_household(report, "total", MSEC_NONE, total);
out:
	tally_done(&tally);
	return rc;
}

/* The units the shipped lists count in; others are read as they are. */
static const struct shown unit_shown[] = {
	{ "person", T("người", "persons") },       { "household", T("hộ", "households") },
	{ "dossier", T("hồ sơ", "dossiers") },     { "procedure", T("thủ tục", "procedures") },
	{ "percent", T("%", "%") },                { "minute", T("phút", "minutes") },
	{ "vnd", T("đồng", "VND") },               { "team", T("tổ", "teams") },
	{ NULL, T("", "") },
};

static const struct column indicator_columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_shown },
	{ "name", COLUMN_TEXT, 0, T("", ""), T("Chỉ tiêu", "Indicator"), NULL },
	{ "period", COLUMN_CODE, 0, T("", ""), T("Kỳ", "Period"), NULL },
	{ "value", COLUMN_DECIMAL, 0, T("", ""), T("Giá trị", "Value"), NULL },
	{ "unit", COLUMN_TEXT, 0, T("", ""), T("Đơn vị tính", "Unit"), unit_shown },
	{ "source", COLUMN_TEXT, 0, T("", ""), T("Nguồn", "Source"), NULL },
};

/* 2024 and 2024-10 are calendar years and months here; 2024-Q3 and the like as reports have them. */
static bool within(const char *text, const struct period_days *days)
{
	struct period period;
	size_t len = strlen(text);
	int year, month = 1, months = 12;
	dayno from, to;

	if (len == 4 || (len == 7 && strspn(text + 5, "0123456789") == 2)) {
		year = (int)strtol(text, NULL, 10);
		if (len == 7) {
			month = (int)strtol(text + 5, NULL, 10);
			months = 1;
		}
		if (!dayno_from_ymd(year, month, 1, &from))
			return true;
		month += months;
		if (!dayno_from_ymd(year + (month - 1) / 12, (month - 1) % 12 + 1, 1, &to))
			return true;
		return from <= days->to && to > days->from;
	}
	/* What is no period anyone can read is shown rather than lost. */
	return period_parse(text, &period, NULL) || (period.from <= days->to && period.to >= days->from);
}

static enum rc put_indicator(void *ctx, int64_t rec, const struct rec *now, struct err *err)
{
	struct report *report = ctx;

	(void)rec;
	(void)err;
	if (!rec_has(now, INDICATOR_NAME) || !within(rec_text(now, INDICATOR_PERIOD), &report->period))
		return RC_OK;
	table_text(report->out, "indicator");
	table_text(report->out, rec_text(now, INDICATOR_NAME));
	table_text(report->out, rec_text(now, INDICATOR_PERIOD));
	table_num(report->out, rec_num(now, INDICATOR_VALUE));
	table_text(report->out, rec_text(now, INDICATOR_UNIT));
	table_text(report->out, rec_text(now, INDICATOR_SOURCE));
	return RC_OK;
}

enum rc report_fill_indicators(struct report *report, struct err *err)
{
	enum rc rc = RC_OK;

	table_part(report->out, "indicators", indicator_columns, ARRAY_LEN(indicator_columns), (struct words)T("", ""));
	for (size_t i = 0; !rc && i < report->sources_count; i++)
		rc = source_recs(&report->sources[i], REC_INDICATOR, put_indicator, report, err);
	return rc;
}
