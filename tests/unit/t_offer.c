/* t_offer.c - values a field of free text is offered: which, and in which order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/act.h"
#include "core/commit.h"
#include "core/intake.h"
#include "core/offer.h"
#include "core/query.h"
#include "tests/unit/case.h"
#include "tests/unit/ward.h"

static struct app app;
static char code[CODE_TEXT];

static void make(enum rec_kind kind, const struct rec *rec)
{
	const struct change change = { .verb = VERB_ADD, .kind = kind, .set = rec };

	assert_int_equal(commit_change(&app, &change, NULL, NULL, NULL), RC_OK);
}

static void make_user(const char *name, enum role role, const char *full_name, bool disabled)
{
	struct rec rec;

	rec_init(&rec, REC_USER);
	rec_put_text(&rec, USER_NAME, name);
	rec_put_num(&rec, USER_ROLE, role);
	if (*full_name)
		rec_put_text(&rec, USER_FULL_NAME, full_name);
	if (disabled)
		rec_put_num(&rec, USER_DISABLED, 1);
	make(REC_USER, &rec);
	rec_done(&rec);
}

static void make_household(int neighbourhood, const char *name)
{
	struct rec rec;

	rec_init(&rec, REC_HOUSEHOLD);
	rec_put_num(&rec, HOUSEHOLD_NEIGHBOURHOOD, neighbourhood);
	rec_put_text(&rec, HOUSEHOLD_CODE, name);
	make(REC_HOUSEHOLD, &rec);
	rec_done(&rec);
}

static int setup(void **state)
{
	struct intake_result result;
	struct rec dossier;

	(void)state;
	ward_open(&app);
	rec_init(&dossier, REC_DOSSIER);
	rec_put_text(&dossier, DOSSIER_PROCEDURE_CODE, "1.012753");
	rec_put_text(&dossier, DOSSIER_APPLICANT_NAME, "Lê Thị Hồng");
	assert_int_equal(intake_receive(&app, &dossier, &result, NULL), RC_OK);
	snprintf(code, sizeof(code), "%s", result.code);
	rec_done(&dossier);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ward_close(&app);
	return 0;
}

/* Do a verb with one or two fields. */
static void act(enum verb verb, const char *name, const char *value, const char *name2, const char *value2)
{
	struct act_input input;

	act_input_init(&input, verb);
	assert_int_equal(act_input_put(&input, verb, name, value, NULL), RC_OK);
	if (name2)
		assert_int_equal(act_input_put(&input, verb, name2, value2, NULL), RC_OK);
	assert_int_equal(act_run(&app, code, verb, &input, NULL, NULL), RC_OK);
	act_input_done(&input);
}

static void read_dossier(struct rec *out)
{
	rec_init(out, REC_DOSSIER);
	assert_int_equal(query_dossier(&app, code, out, NULL), RC_OK);
}

static size_t place_of(const struct offers *offers, const char *value)
{
	for (size_t i = 0; i < offers->count; i++)
		if (!strcmp(offers->list[i].value, value))
			return i;
	return offers->count;
}

static void expect(const struct offers *offers, size_t at, const char *value, const char *what)
{
	assert_in_range(at, 0, offers->count - 1);
	assert_string_equal(offers->list[at].value, value);
	assert_string_equal(offers->list[at].what, what);
}

/* The procedure's own in their order, then by the alphabet, Đ behind C; then where open dossiers went. */
static void units_of_the_template_first(void **state)
{
	struct offers offers = { NULL, 0 };
	struct rec dossier;
	size_t unit;

	(void)state;
	read_dossier(&dossier);
	assert_int_equal(offer_units(&app, &dossier, &offers, NULL), RC_OK);
	expect(&offers, 0, "Bộ phận Một cửa", "");
	expect(&offers, 1, "Địa chính", "");
	expect(&offers, 2, "Lãnh đạo UBND", "");
	expect(&offers, 3, "Chi nhánh Văn phòng đăng ký đất đai", "cấp tỉnh");
	expect(&offers, 4, "Bảo hiểm xã hội", "cơ quan khác");
	assert_int_equal(offers.list[1].level, LEVEL_WARD);
	assert_int_equal(offers.list[3].level, LEVEL_PROVINCE);
	assert_true(place_of(&offers, "Chuyên môn") < place_of(&offers, "Công an xã"));
	assert_int_equal(place_of(&offers, "Ban quản lý chợ"), offers.count);
	unit = offers.count;
	offers_done(&offers);
	rec_done(&dossier);

	act(VERB_FORWARD, "unit", "Ban quản lý chợ", "level", "other");
	assert_int_equal(offer_units(&app, NULL, &offers, NULL), RC_OK);
	assert_int_equal(offers.count, unit + 1);
	expect(&offers, 0, "Bảo hiểm xã hội", "cơ quan khác");
	expect(&offers, unit, "Ban quản lý chợ", "cơ quan khác"); /* behind the templates' */
	assert_int_equal(offers.list[unit].level, LEVEL_OTHER);
	offers_done(&offers);
	read_dossier(&dossier);
	assert_int_equal(offer_units(&app, &dossier, &offers, NULL), RC_OK);
	assert_int_equal(place_of(&offers, "Ban quản lý chợ"), 4); /* this dossier has been there */
	offers_done(&offers);
	rec_done(&dossier);
}

static void people_whose_role_fits(void **state)
{
	struct offers offers = { NULL, 0 };
	struct rec dossier;

	(void)state;
	make_user("lan", ROLE_CLERK, "Nguyễn Thị Lan", false);
	make_user("tam", ROLE_OFFICER, "", false);
	make_user("anh", ROLE_OFFICER, "Đỗ Thị Ánh", false);
	make_user("cu", ROLE_OFFICER, "", true);
	make_user("son", ROLE_LEADER, "", false);
	make_user("minh", ROLE_TEAM_MEMBER, "", false);
	make_user("hoa", ROLE_SUPERVISOR, "", false);
	assert_int_equal(offer_people(&app, NULL, &offers, NULL), RC_OK);
	assert_int_equal(offers.count, 5);
	expect(&offers, 0, "anh", "Đỗ Thị Ánh, công chức chuyên môn");
	expect(&offers, 1, "tam", "công chức chuyên môn");
	expect(&offers, 2, "son", "lãnh đạo");
	expect(&offers, 3, "lan", "Nguyễn Thị Lan, công chức Một cửa");
	expect(&offers, 4, app.user, "quản trị");
	offers_done(&offers);

	/* Its next step is the surveyor's; behind that one it is to be signed. */
	act(VERB_FORWARD, "person", "tam", NULL, NULL);
	read_dossier(&dossier);
	assert_int_equal(offer_people(&app, &dossier, &offers, NULL), RC_OK);
	expect(&offers, 0, "son", "lãnh đạo");
	expect(&offers, 1, "anh", "Đỗ Thị Ánh, công chức chuyên môn");
	assert_int_equal(offers.count, 5);
	offers_done(&offers);
	rec_done(&dossier);
}

static void papers_that_are_missing_first(void **state)
{
	struct offers missing = { NULL, 0 }, all = { NULL, 0 };
	struct rec dossier;
	struct element el = { .from = 0 };
	struct path held;
	size_t lacks = 0;

	(void)state;
	read_dossier(&dossier);
	assert_true(rec_each(&dossier, DOSSIER_COMPONENTS, &el));
	assert_true(rec_each(&dossier, DOSSIER_COMPONENTS, &el)); /* the second is not there */
	held = el_path(DOSSIER_COMPONENTS, &el, COMPONENT_EL_HELD);
	rec_set_num(&dossier, &held, 0);
	for (el = (struct element){ .from = 0 }; rec_each(&dossier, DOSSIER_COMPONENTS, &el);)
		lacks += !el_true(&dossier, &el, COMPONENT_EL_HELD);
	assert_int_equal(offer_missing(&app, &dossier, &missing, NULL), RC_OK);
	assert_int_equal(offer_papers(&app, &dossier, &all, NULL), RC_OK);
	assert_true(missing.count && missing.count <= lacks && missing.count < all.count);
	for (size_t i = 0; i < all.count; i++)
		assert_string_equal(all.list[i].what, i < missing.count ? "chưa có" : "");
	for (size_t i = 0; i < missing.count; i++)
		assert_string_equal(all.list[i].value, missing.list[i].value);
	offers_done(&missing);
	offers_done(&all);
	rec_done(&dossier);
}

static void neighbourhoods_by_number(void **state)
{
	struct offers offers = { NULL, 0 };
	struct rec rec;

	(void)state;
	assert_int_equal(offer_neighbourhoods(&app, &offers, NULL), RC_OK);
	assert_int_equal(offers.count, 0);
	make_household(12, "H-1");
	make_household(2, "H-1");
	make_household(2, "H-2");
	rec_init(&rec, REC_MEMBER);
	rec_put_num(&rec, MEMBER_TEAM, 1);
	rec_put_text(&rec, MEMBER_NAME, "Trần Văn Sang");
	rec_put_num(&rec, MEMBER_NEIGHBOURHOOD, 9);
	make(REC_MEMBER, &rec);
	rec_done(&rec);
	assert_int_equal(offer_neighbourhoods(&app, &offers, NULL), RC_OK);
	assert_int_equal(offers.count, 3);
	expect(&offers, 0, "2", "2 hộ");
	expect(&offers, 1, "9", "");
	expect(&offers, 2, "12", "1 hộ");
	offers_done(&offers);
}

static void codes_of_past_refusals(void **state)
{
	struct offers offers = { NULL, 0 };

	(void)state;
	assert_int_equal(offer_reason_codes(&app, &offers, NULL), RC_OK);
	assert_int_equal(offers.count, 0);
	act(VERB_REFUSE, "reason", "Không thuộc thẩm quyền", "reason_code", "KTQ");
	assert_int_equal(offer_reason_codes(&app, &offers, NULL), RC_OK);
	assert_int_equal(offers.count, 1);
	expect(&offers, 0, "KTQ", "Không thuộc thẩm quyền");
	offers_done(&offers);
}

static void no_value_twice_and_not_without_end(void **state)
{
	struct offers offers = { NULL, 0 };
	char value[24];

	(void)state;
	offers_add(&offers, "", "nothing");
	offers_add(&offers, "a", "");
	offers_add(&offers, "a", "again");
	assert_int_equal(offers.count, 1);
	for (int i = 0; i < OFFERS_MAX + 10; i++) {
		snprintf(value, sizeof(value), "%d", i);
		offers_add(&offers, value, "");
	}
	assert_int_equal(offers.count, OFFERS_MAX);
	offers_done(&offers);
	assert_int_equal(offers.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(units_of_the_template_first),
		cmocka_unit_test(people_whose_role_fits),
		cmocka_unit_test(papers_that_are_missing_first),
		cmocka_unit_test(neighbourhoods_by_number),
		cmocka_unit_test(codes_of_past_refusals),
		cmocka_unit_test(no_value_twice_and_not_without_end),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
