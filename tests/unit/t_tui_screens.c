/* t_tui_screens.c - what every screen must be: words in both languages, a hint bar that fits; values as words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/dossier.h"
#include "db/base/utf8.h"
#include "db/rec_fields.h"
#include "tests/unit/case.h"
#include "tui/draft.h"
#include "tui/intake.h"
#include "tui/screens.h"
#include "tui/words.h"

static void assert_words(const struct words *words)
{
	const char *both[] = { words->vi, words->en };

	for (size_t i = 0; i < ARRAY_LEN(both); i++) {
		struct buf clean = BUF(4096);

		assert_non_null(both[i]);
		assert_true(*both[i]);
		assert_int_equal(utf8_clean(both[i], strlen(both[i]), &clean, NULL), RC_OK);
		assert_string_equal(buf_str(&clean), both[i]);
		buf_done(&clean);
	}
}

/* At least the first four keys of a screen, in either language, fit 80 columns. */
static void hint_bars_fit(void **state)
{
	struct bindings bindings;

	(void)state;
	bindings_init(&bindings);
	for (size_t s = 0; ui_screens[s]; s++) {
		const struct screen_ops *ops = ui_screens[s];

		case_name(ops->name);
		assert_words(&ops->title);
		assert_non_null(ops->actions);
		for (int lang = LANG_VI; lang <= LANG_EN; lang++) {
			struct hint_style style = { (enum lang)lang, false };
			struct hint_bar bar = { .cols = FRAME_COLS };
			size_t count = 0;

			for (; ops->actions[count]; count++)
				hint_add(&bar, &bindings, ops->actions[count], false, ops->hints, style);
			for (size_t i = 0; i < bar.count; i++)
				assert_true(*bar.hints[i].key && *bar.hints[i].words);
			assert_true(bar.count >= 4 || bar.count == count);
		}
	}
}

static void the_menu_has_one_digit_each(void **state)
{
	unsigned seen = 0;

	(void)state;
	for (const struct command_entry *entry = ui_commands; entry->name; entry++) {
		case_name(entry->name);
		assert_words(&entry->words);
		assert_non_null(entry->run);
		if (entry->digit < 0)
			continue;
		assert_in_range(entry->digit, 0, 9);
		assert_false(seen >> entry->digit & 1);
		seen |= 1u << entry->digit;
	}
}

static void rows_of_intake_are_the_contracts(void **state)
{
	static const char *const labels[] = { "Thủ tục", "Họ và tên", "Số CCCD", "Số điện thoại",
					      "Ngày sinh", "Giới tính", "Địa chỉ", "Ghi chú" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		bool there = false;

		case_name(labels[i]);
		for (size_t row = 0; row < intake_row_count; row++)
			there = there || !strcmp(intake_rows[row].label.vi, labels[i]);
		assert_true(there);
	}
	for (size_t row = 0; row < intake_row_count; row++) {
		case_name(intake_rows[row].name);
		assert_words(&intake_rows[row].label);
		assert_non_null(intake_field(intake_rows[row].name));
	}
}

static void check_choices(const struct field *fields)
{
	for (; fields->tag; fields++) {
		if (fields->sub)
			for (const struct field *sub = fields->sub; sub->tag; sub++)
				for (size_t i = 1; sub->type == FIELD_ENUM && i <= words_choice_count(sub); i++) {
					char vi[64], en[64], word[64];

					enum_word(sub, (int64_t)i, word, sizeof(word));
					case_name(word);
					words_choice(sub, (int64_t)i, LANG_VI, vi, sizeof(vi));
					words_choice(sub, (int64_t)i, LANG_EN, en, sizeof(en));
					assert_true(strcmp(vi, word) || strcmp(en, word));
				}
		for (size_t i = 1; fields->type == FIELD_ENUM && i <= words_choice_count(fields); i++) {
			char vi[64], word[64];

			enum_word(fields, (int64_t)i, word, sizeof(word));
			case_name(word);
			words_choice(fields, (int64_t)i, LANG_VI, vi, sizeof(vi));
			assert_string_not_equal(vi, word);
		}
	}
}

/* Every choice of every noun, and of every verb, has its words: no English word on a Vietnamese screen. */
static void choices_have_words(void **state)
{
	(void)state;
	for (int kind = REC_WARD; kind < REC_KINDS; kind++)
		check_choices(rec_type((enum rec_kind)kind)->fields);
	for (const struct dossier_verb *verb = dossier_verbs; verb->verb; verb++)
		if (verb->fields)
			check_choices(verb->fields);
}

static const struct {
	const char *text;
	int year, month, day; /* 0: refused */
} dates[] = {
	{ "010190", 1990, 1, 1 }, { "1/1/1990", 1990, 1, 1 }, { "01011990", 1990, 1, 1 }, { "010125", 2025, 1, 1 },
	{ "310226", 0, 0, 0 },    { "abc", 0, 0, 0 },         { "", 0, 0, 0 },           { "2024-02-29", 2024, 2, 29 },
};

static void dates_are_read_as_typed(void **state)
{
	dayno today, want, have;

	(void)state;
	assert_true(dayno_from_ymd(2026, 11, 24, &today));
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		case_name(dates[i].text);
		if (!dates[i].year) {
			assert_int_equal(words_read_date(dates[i].text, today, &have, NULL), RC_INPUT);
			continue;
		}
		assert_true(dayno_from_ymd(dates[i].year, dates[i].month, dates[i].day, &want));
		assert_int_equal(words_read_date(dates[i].text, today, &have, NULL), RC_OK);
		assert_int_equal(have, want);
	}
}

static const struct {
	const char *text;
	int64_t millionths; /* -1: refused */
} decimals[] = {
	{ "1", 1000000 }, { "0,5", 500000 }, { "0.25", 250000 }, { "1,", 1000000 }, { ",", -1 }, { "1,2,3", -1 },
	{ "1e9", -1 },    { "-1", -1 },      { "", -1 },         { "0,1234567", -1 },
};

static const struct {
	const char *text;
	int64_t vnd; /* -1: refused */
} sums[] = {
	{ "50000", 50000 },	{ "50.000", 50000 },   { "50 000", 50000 },   { "50k", 50000 },	   { "50K", 50000 },
	{ "1tr2", 1200000 },	{ "1tr25", 1250000 },  { "1,5tr", 1500000 },  { "1.5tr", 1500000 }, { "2k5", 2500 },
	{ "1.200.000", 1200000 }, { "50.000 đ", 50000 }, { "50.000đ", 50000 }, { "1 tr", 1000000 }, { "0", 0 },
	{ " 8000 ", 8000 },	{ "", -1 },	       { "k", -1 },	      { "50.00", -1 },	   { "5,5", -1 },
	{ "50kk", -1 },		{ "-5", -1 },	       { "năm mươi", -1 },    { "1tr2x", -1 },
	{ "99999999999999", -1 },
};

static void sums_are_read(void **state)
{
	int64_t value;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sums); i++) {
		struct err err = { .rc = RC_OK };
		enum rc rc = words_read_money(sums[i].text, &value, &err);

		case_name(sums[i].text);
		assert_int_equal(rc, sums[i].vnd < 0 ? RC_INPUT : RC_OK);
		assert_true(rc == RC_OK || (*err.vi && *err.en));
		if (!rc)
			assert_int_equal(value, sums[i].vnd);
	}
}

static const struct {
	const char *typed, *offered; /* NULL: nothing is offered */
} names[] = {
	{ "nguyễn thị lan", "Nguyễn Thị Lan" }, { "NGUYỄN THỊ LAN", "Nguyễn Thị Lan" },
	{ "Nguyễn Thị Lan", NULL },		{ "đỗ ái", "Đỗ Ái" },
	{ "h'hen niê", "H'Hen Niê" },		{ "Y Moan Êban", NULL },
	{ "A", NULL },				{ "nguyễn Thị Lan", NULL },
};

static void names_get_their_capitals(void **state)
{
	char out[EDIT_BYTES];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		case_name(names[i].typed);
		assert_int_equal(intake_proper_name(names[i].typed, out), names[i].offered != NULL);
		if (names[i].offered)
			assert_string_equal(out, names[i].offered);
	}
}

static void numbers_are_read_and_written(void **state)
{
	char text[64];
	int64_t value;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(decimals); i++) {
		case_name(decimals[i].text);
		if (decimals[i].millionths < 0) {
			assert_int_equal(words_read_decimal(decimals[i].text, &value, NULL), RC_INPUT);
			continue;
		}
		assert_int_equal(words_read_decimal(decimals[i].text, &value, NULL), RC_OK);
		assert_int_equal(value, decimals[i].millionths);
	}
	words_capital("đã tiếp nhận", text, sizeof(text));
	assert_string_equal(text, "Đã tiếp nhận");
	words_capital("", text, sizeof(text));
	assert_string_equal(text, "");
	words_capital("ở", text, 4);
	assert_string_equal(text, "Ở");
	assert_string_equal(words_money(1234567, text, sizeof(text)), "1.234.567 đ");
	assert_string_equal(words_money(0, text, sizeof(text)), "0 đ");
	assert_string_equal(words_decimal(1500000, LANG_VI, text, sizeof(text)), "1,5");
	assert_string_equal(words_decimal(2000000, LANG_EN, text, sizeof(text)), "2");
	assert_int_equal(words_read_number("1.234.567", &value, NULL), RC_OK);
	assert_int_equal(value, 1234567);
	assert_int_equal(words_read_number("1e9", &value, NULL), RC_INPUT);
}

/* A draft comes back as it was, cursor and all; any other bytes are refused or harmless. */
static void drafts_come_back(void **state)
{
	struct form form, again;
	struct buf bytes = BUF(DRAFT_MAX);
	struct reader r;
	char line[256];

	(void)state;
	form_init(&form, intake_rows, intake_row_count, NULL, NULL, LANG_VI);
	form_init(&again, intake_rows, intake_row_count, NULL, NULL, LANG_VI);
	form_put(&form, "applicant_name", "Nguyễn Thị Bình");
	form_put(&form, "note", "ghi chú");
	form_go(&form, 1);
	form.edits[1].at = strlen("Nguyễn");
	draft_write(&form, &bytes);
	r = reader_on(bytes.data, bytes.len);
	assert_true(draft_read(&again, &r));
	assert_true(reader_at_end(&r));
	assert_string_equal(form_text(&again, "applicant_name"), "Nguyễn Thị Bình");
	assert_int_equal(again.at, 1);
	assert_int_equal(again.edits[1].at, strlen("Nguyễn"));
	draft_words(NULL, (struct span){ bytes.data, bytes.len }, 0, LANG_VI, line, sizeof(line));
	assert_non_null(strstr(line, "Nguyễn Thị Bình"));
	for (size_t len = 0; len < bytes.len; len++) {
		r = reader_on(bytes.data, len);
		assert_false(draft_read(&again, &r));
		draft_words(NULL, (struct span){ bytes.data, len }, 0, LANG_VI, line, sizeof(line));
	}
	for (size_t at = 0; at < bytes.len; at++) {
		bytes.data[at] ^= 0xff;
		r = reader_on(bytes.data, bytes.len);
		if (draft_read(&again, &r))
			assert_true(again.at < again.count);
		bytes.data[at] ^= 0xff;
	}
	buf_done(&bytes);
	form_done(&form);
	form_done(&again);
}

/* Nothing of a passphrase is in a draft, not even the keys of the word being typed. */
static void drafts_hold_no_secret(void **state)
{
	static const struct form_row rows[] = {
		{ "name", W_CODE, T("Tên", "Name"), T("", ""), 20, 40 },
		{ "passphrase", W_SECRET, T("Mật khẩu", "Passphrase"), T("", ""), 20, 40 },
	};
	const struct typing typing = { .method = TYPING_TELEX };
	struct buf bytes = BUF(DRAFT_MAX);
	struct form form, again;
	struct reader r;

	(void)state;
	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, LANG_VI);
	form_init(&again, rows, ARRAY_LEN(rows), NULL, NULL, LANG_VI);
	form_put(&form, "name", "thu");
	form_go(&form, 1);
	for (const char *at = "sesame"; *at; at++) {
		const struct key key = { .name = K_TEXT, .ch = (uint32_t)*at };

		form_key(&form, &typing, &key);
	}
	assert_string_equal(form_text(&form, "passphrase"), "sesame");
	draft_write(&form, &bytes);
	for (size_t at = 0; at + 3 <= bytes.len; at++)
		assert_memory_not_equal(bytes.data + at, "ses", 3);
	r = reader_on(bytes.data, bytes.len);
	assert_true(draft_read(&again, &r) && reader_at_end(&r));
	assert_string_equal(form_text(&again, "name"), "thu");
	assert_string_equal(form_text(&again, "passphrase"), "");
	assert_int_equal(again.at, 1);
	buf_done(&bytes);
	form_done(&form);
	form_done(&again);
}

static void colour_item(void *ctx, size_t row, size_t item, char *out, size_t size)
{
	const char *const *words = ctx;

	(void)row;
	snprintf(out, size, "%s", words[item]);
}

static size_t colour_count(void *ctx, size_t row)
{
	(void)ctx;
	(void)row;
	return 2;
}

/* A draft of yesterday, a catalogue of today: a choice never changes its meaning silently. */
static void drafts_never_choose_something_else(void **state)
{
	static const struct form_row rows[] = { { "what", W_PICK, T("Gì", "What"), T("", ""), 20, 40 } };
	static const struct form_hooks hooks = { .count = colour_count, .item = colour_item };
	const char *words[] = { "đỏ", "xanh" };
	struct form form;

	(void)state;
	form_init(&form, rows, ARRAY_LEN(rows), &hooks, words, LANG_VI);
	form_choose(&form, "what", 1);
	draft_settle(&form);
	assert_int_equal(form_choice(&form, "what"), 1);
	words[1] = "vàng";
	draft_settle(&form);
	assert_int_equal(form_choice(&form, "what"), -1);
	assert_string_equal(form_text(&form, "what"), "xanh");
	form_done(&form);
}

/* Type `keys` into the focused field. */
static void type_letters(struct form *form, const struct typing *typing, const char *keys)
{
	for (; *keys; keys++)
		form_key(form, typing, &(struct key){ .name = K_TEXT, .ch = (uint32_t)*keys });
}

static size_t two_items(void *ctx, size_t row)
{
	(void)ctx;
	(void)row;
	return 2;
}

static void item_words(void *ctx, size_t row, size_t item, char *out, size_t size)
{
	(void)ctx;
	(void)row;
	(void)snprintf(out, size, "%s", item ? "khai tử" : "khai sinh");
}

/* In the middle of a word, the word goes on as if nothing had been; a list that was open is open. */
static void drafts_go_on_in_mid_word(void **state)
{
	static const struct form_hooks hooks = { .count = two_items, .item = item_words };
	const struct typing typing = { .method = TYPING_TELEX };
	static const char keys[] = "Nguyeenx";

	(void)state;
	for (size_t cut = 0; cut < sizeof(keys); cut++) {
		char before[sizeof(keys)];
		struct form form, again;
		struct buf bytes = BUF(DRAFT_MAX);
		struct reader r;

		(void)snprintf(before, sizeof(before), "%.*s", (int)cut, keys);
		form_init(&form, intake_rows, intake_row_count, &hooks, NULL, LANG_VI);
		form_init(&again, intake_rows, intake_row_count, &hooks, NULL, LANG_VI);
		form_go(&form, 1);
		type_letters(&form, &typing, before);
		draft_write(&form, &bytes);
		r = reader_on(bytes.data, bytes.len);
		assert_true(draft_read(&again, &r));
		type_letters(&again, &typing, keys + cut);
		assert_string_equal(form_text(&again, "applicant_name"), "Nguyễn");
		form_go(&form, 0);
		type_letters(&form, &typing, "khai");
		form_action(&form, &typing, UI_NEXT);
		buf_clear(&bytes);
		draft_write(&form, &bytes);
		r = reader_on(bytes.data, bytes.len);
		assert_true(draft_read(&again, &r));
		assert_true(again.open);
		assert_int_equal(again.matches.at, 1);
		buf_done(&bytes);
		form_done(&form);
		form_done(&again);
	}
}

/* F4 over what is chosen, then Esc or another field: the choice stays, and is still to be read. */
static void a_look_at_the_values_changes_nothing(void **state)
{
	static const struct form_hooks hooks = { .count = two_items, .item = item_words };
	const struct typing typing = { .method = TYPING_TELEX };
	static const enum ui_action away[] = { UI_BACK, UI_SAVE };
	struct form form;

	(void)state;
	form_init(&form, intake_rows, intake_row_count, &hooks, NULL, LANG_VI);
	for (size_t i = 0; i < ARRAY_LEN(away); i++) {
		form_go(&form, 0);
		form_choose(&form, "procedure_code", 1);
		form_action(&form, &typing, UI_VALUES);
		assert_true(form.open);
		if (away[i] == UI_SAVE)
			form_leave(&form, &typing);
		else
			form_action(&form, &typing, away[i]);
		assert_false(form.open);
		assert_int_equal(form_choice(&form, "procedure_code"), 1);
		assert_string_equal(form_text(&form, "procedure_code"), "khai tử");
	}
	form_done(&form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hint_bars_fit),
		cmocka_unit_test(the_menu_has_one_digit_each),
		cmocka_unit_test(rows_of_intake_are_the_contracts),
		cmocka_unit_test(choices_have_words),
		cmocka_unit_test(dates_are_read_as_typed),
		cmocka_unit_test(numbers_are_read_and_written),
		cmocka_unit_test(sums_are_read),
		cmocka_unit_test(names_get_their_capitals),
		cmocka_unit_test(drafts_come_back),
		cmocka_unit_test(drafts_hold_no_secret),
		cmocka_unit_test(drafts_never_choose_something_else),
		cmocka_unit_test(drafts_go_on_in_mid_word),
		cmocka_unit_test(a_look_at_the_values_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
