#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/access.h"

/* The office's own table, written again by hand: one letter a role, in the order c o l t s a. */
static const struct {
	enum right right;
	const char *may;
} rows[] = {
	{ MAY_READ, "coltsa" },
	{ MAY_RECEIVE, "co...a" },
	{ MAY_ACCEPT, "co...a" },
	{ MAY_FORWARD, "col..a" },
	{ MAY_DONE, ".ol..a" },
	{ MAY_SUPPLEMENT, "co...a" },
	{ MAY_RESUME, "co...a" },
	{ MAY_FINANCE, "co...a" },
	{ MAY_STOP, "..l..a" },
	{ MAY_EXTEND, "..l..a" },
	{ MAY_REFUSE_RECEPTION, "co...a" },
	{ MAY_REFUSE_SUBSTANCE, "..l..a" },
	{ MAY_WITHDRAW, "co...a" },
	{ MAY_RETURN, "co...a" },
	{ MAY_RATE, "co...a" },
	{ MAY_PAY, "co...a" },
	{ MAY_CORRECT_OPEN, "co..sa" },
	{ MAY_CORRECT_CLOSED, "....sa" },
	{ MAY_UNDO, "coltsa" },
	{ MAY_SCAN, "co...a" },
	{ MAY_SLIP, "col.sa" },
	{ MAY_ASSIST, "c..tsa" },
	{ MAY_HOUSEHOLD, "c..tsa" },
	{ MAY_INDICATOR, "co..sa" },
	{ MAY_TEAM, "....sa" },
	{ MAY_REPORT, "col.sa" },
	{ MAY_REPORT_ASSIST, "coltsa" },
	{ MAY_IMPORT, "co..sa" },
	{ MAY_EXPORT, "col.sa" },
	{ MAY_PERSON, "co..sa" },
	{ MAY_DAY_CLOSE, "col.sa" },
	{ MAY_CATALOG, "....sa" },
	{ MAY_TARGET, "....sa" },
	{ MAY_CLASH, "....sa" },
	{ MAY_BATCH, "....sa" },
	{ MAY_SYNC, "coltsa" },
	{ MAY_BACKUP, "....sa" },
	{ MAY_AUDIT, "....sa" },
	{ MAY_REBUILD, "....sa" },
	{ MAY_PASSWD, "coltsa" },
	{ MAY_SUPPORT, "coltsa" },
	{ MAY_USER, ".....a" },
	{ MAY_SETTING, ".....a" },
	{ MAY_REKEY, ".....a" },
	{ MAY_RESTORE, ".....a" },
	{ MAY_DEVICE, ".....a" },
};

static void every_role_meets_every_right(void **state)
{
	bool seen[MAY_COUNT] = { false };

	(void)state;
	assert_int_equal(ARRAY_LEN(rows), MAY_COUNT);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_false(seen[rows[i].right]);
		seen[rows[i].right] = true;
		assert_int_equal(strlen(rows[i].may), ROLE_COUNT - 1);
		for (enum role role = ROLE_CLERK; role < ROLE_COUNT; role++) {
			bool may = rows[i].may[role - 1] != '.';

			print_message("%s %s\n", access_words(rows[i].right)->en, role_name(role));
			assert_int_equal(access_allows(role, rows[i].right), may);
			assert_int_equal(access_check(role, rows[i].right, NULL), may ? RC_OK : RC_REFUSED);
		}
		assert_false(access_allows(ROLE_NONE, rows[i].right));
		assert_true(access_words(rows[i].right)->vi[0] && access_words(rows[i].right)->en[0]);
	}
}

static void what_is_no_role_or_right_may_nothing(void **state)
{
	(void)state;
	assert_false(access_allows(ROLE_COUNT, MAY_READ));
	assert_false(access_allows((enum role)77, MAY_READ));
	assert_false(access_allows(ROLE_ADMIN, MAY_COUNT));
	assert_string_equal(access_words(MAY_COUNT)->vi, "");
}

static void roles_have_their_names(void **state)
{
	static const char *const names[] = {
		"clerk", "officer", "leader", "team_member", "supervisor", "admin",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		enum role role = role_parse(names[i]);

		assert_int_equal(role, i + 1); /* as the field of a user's record counts them */
		assert_string_equal(role_name(role), names[i]);
		assert_true(role_label(role)->vi[0] && role_label(role)->en[0]);
	}
	assert_int_equal(role_parse(""), ROLE_NONE);
	assert_int_equal(role_parse("Clerk"), ROLE_NONE);
	assert_int_equal(role_parse("clerks"), ROLE_NONE);
	assert_string_equal(role_name(ROLE_NONE), "");
	assert_string_equal(role_name(ROLE_COUNT), "");
}

static void a_refusal_says_who_may(void **state)
{
	struct err err = { 0 };
	char who[80], cut[20];

	(void)state;
	assert_int_equal(access_check(ROLE_CLERK, MAY_EXTEND, &err), RC_REFUSED);
	assert_int_equal(err.rc, RC_REFUSED);
	assert_string_equal(err.vi, "vai trò này không được gia hạn; được phép: lãnh đạo, quản trị");
	assert_string_equal(err.en, "this role may not extend; those who may: leader, admin");
	access_who(MAY_DONE, LANG_EN, who, sizeof(who));
	assert_string_equal(who, "officer, leader, admin");
	access_who(MAY_DONE, LANG_EN, cut, sizeof(cut));
	assert_string_equal(cut, "officer, leader");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_meets_every_right),
		cmocka_unit_test(what_is_no_role_or_right_may_nothing),
		cmocka_unit_test(roles_have_their_names),
		cmocka_unit_test(a_refusal_says_who_may),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
