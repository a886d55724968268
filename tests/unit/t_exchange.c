/* Lines of JSON in and out: what is refused and under which name, what comes back. */
#include "core/exchange.h"
#include "core/value.h"
#include "db/rec_fields.h"
#include "tests/unit/case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define DOSSIER(more)                                                                                    \
	"{\"kind\":\"dossier\",\"code\":\"H11.25-241025-0101\",\"procedure_code\":\"1.001193\","              \
	"\"applicant_name\":\"Bình\"" more "}"
#define ASSIST(more) "{\"kind\":\"assist\",\"at\":\"2024-10-25T08:00:00+07:00\",\"category\":\"DVC_FILE\"" more "}"
#define SCAN(more) "{\"kind\":\"scan\",\"dossier_code\":\"H11.25-241025-0101\",\"seq\":1" more "}"

/* Refused, and the field that is named. */
static const struct {
	const char *line, *field;
} refused[] = {
	{ "", "kind" },
	{ "{", "kind" },
	{ "[]", "kind" },
	{ "{}", "kind" },
	{ "{\"kind\":7}", "kind" },
	{ "{\"kind\":\"user\",\"name\":\"lan\"}", "kind" },
	{ "{\"kind\":\"nonsense\"}", "kind" },
	{ DOSSIER("") "x", "kind" },
	{ DOSSIER(",\"code\":\"H11.25-241025-0101\""), "code" },
	{ DOSSIER(",\"note\":\"\\ud800\""), "kind" },
	{ DOSSIER(",\"note\":\"\xc3(\""), "note" },
	{ DOSSIER(",\"steps\":[{\"seq\":1,\"unit\":\"\xff\"}],\"note\":\"x\""), "steps" },
	{ "{\"kind\":\"indicator\",\"na\xffme\":1}", "kind" },
	{ DOSSIER(",\"colour\":\"red\""), "colour" },
	{ DOSSIER(",\"extra\":\"{}\""), "extra" },
	{ DOSSIER(",\"slip_printed\":true"), "slip_printed" },
	{ DOSSIER(",\"note\":7"), "note" },
	{ DOSSIER(",\"note\":\"a\\u0007b\""), "note" },
	{ DOSSIER(",\"note\":\"a\\u0000b\""), "note" },
	{ DOSSIER(",\"channel\":\"direct\\u0000\""), "channel" },
	{ DOSSIER(",\"note\":\"a\xe2\x80\xae" "b\""), "note" },
	{ DOSSIER(",\"result_no\":\"a\\nb\""), "result_no" },
	{ DOSSIER(",\"neighbourhood\":\"8\""), "neighbourhood" },
	{ DOSSIER(",\"neighbourhood\":8.5"), "neighbourhood" },
	{ DOSSIER(",\"refused\":1"), "refused" },
	{ DOSSIER(",\"refused\":\"true\""), "refused" },
	{ DOSSIER(",\"state\":\"lost\""), "state" },
	{ DOSSIER(",\"state\":3"), "state" },
	{ DOSSIER(",\"rating\":6"), "rating" },
	{ DOSSIER(",\"received_at\":\"2024-10-25T08:03:46\""), "received_at" },
	{ DOSSIER(",\"received_at\":\"2024-10-25\""), "received_at" },
	{ DOSSIER(",\"received_at\":\"2024-02-30T08:03:46+07:00\""), "received_at" },
	{ DOSSIER(",\"applicant_birth_date\":\"15/03/1990\""), "applicant_birth_date" },
	{ DOSSIER(",\"applicant_id_no\":\"0601900123456\""), "applicant_id_no" },
	{ DOSSIER(",\"applicant_id_no\":\"12345\""), "applicant_id_no" },
	{ DOSSIER(",\"applicant_id_no\":60190012345"), "applicant_id_no" },
	{ DOSSIER(",\"submitter_id_no\":\"0601900123456\""), "submitter_id_no" },
	{ DOSSIER(",\"fees\":[{\"name\":\"Lệ phí\",\"amount_vnd\":1e9}]"), "amount_vnd" },
	{ DOSSIER(",\"fees\":[{\"name\":\"Lệ phí\",\"amount_vnd\":10.0}]"), "amount_vnd" },
	{ DOSSIER(",\"fees\":[{\"name\":\"Lệ phí\",\"amount_vnd\":\"10\"}]"), "amount_vnd" },
	{ DOSSIER(",\"fees\":[{\"name\":\"Lệ phí\"}]"), "amount_vnd" },
	{ DOSSIER(",\"fees\":{\"name\":\"Lệ phí\",\"amount_vnd\":1}"), "fees" },
	{ DOSSIER(",\"fees\":[8000]"), "fees" },
	{ DOSSIER(",\"fees\":[{}]"), "name" },
	{ DOSSIER(",\"fees\":[{\"x_so\":1}]"), "name" },
	{ DOSSIER(",\"fees\":[{\"name\":\"Lệ phí\",\"amount_vnd\":1,\"colour\":2}]"), "colour" },
	{ DOSSIER(",\"components\":[{\"component\":\"To_Khai\"}]"), "component" },
	{ DOSSIER(",\"components\":[{\"held\":true}]"), "component" },
	{ DOSSIER(",\"pauses\":[{\"kind\":\"supplement\",\"from\":\"2024-10-25T08:00:00+07:00\",\"items\":\"giấy\"}]"), "items" },
	{ DOSSIER(",\"pauses\":[{\"kind\":\"supplement\",\"from\":\"2024-10-25T08:00:00+07:00\",\"items\":[1]}]"), "items" },
	{ DOSSIER(",\"x_note\":\"a\\u0007b\""), "x_" },
	{ DOSSIER(",\"x_note\":\"a\xe2\x80\xae" "b\""), "x_" },
	{ "{\"kind\":\"dossier\",\"code\":\"H11.25-241025-0101\",\"procedure_code\":\"1.001193\"}", "applicant_name" },
	{ "{\"kind\":\"dossier\",\"code\":\"H11.25-241325-0101\",\"procedure_code\":\"1\",\"applicant_name\":\"B\"}", "code" },
	{ "{\"kind\":\"dossier\",\"code\":\"H11.25-241025-101\",\"procedure_code\":\"1\",\"applicant_name\":\"B\"}", "code" },
	{ "{\"kind\":\"dossier\",\"code\":\"A.B.C.D.E-241025-0101\",\"procedure_code\":\"1\",\"applicant_name\":\"B\"}", "code" },
	{ SCAN(",\"hash\":\"d558\""), "hash" },
	{ SCAN(",\"hash\":\"zz5897ea0b1b516dfe0da8352beae677\""), "hash" },
	{ SCAN(",\"component\":\"a b\""), "component" },
	{ SCAN(",\"format\":\"gif\""), "format" },
	{ "{\"kind\":\"scan\",\"dossier_code\":\"17\",\"seq\":1}", "dossier_code" },
	{ ASSIST(",\"person_id_no\":\"0601900123456\""), "person_id_no" },
	{ ASSIST(",\"dossier_code\":\"17\""), "dossier_code" },
	{ ASSIST(",\"place\":\"moon\""), "place" },
	{ "{\"kind\":\"indicator\",\"name\":\"Dân số\",\"period\":\"2024\",\"value\":1e300}", "value" },
	{ "{\"kind\":\"indicator\",\"name\":\"Dân số\",\"period\":\"2024\",\"value\":99999999999999999999}", "value" },
};

static void what_does_not_fit_is_refused_by_name(void **state)
{
	struct rec rec;

	(void)state;
	rec_init(&rec, REC_NONE);
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct err err = { 0 };

		case_name(refused[i].line);
		assert_int_equal(exchange_parse_line(refused[i].line, strlen(refused[i].line), &rec, &err),
				 RC_INPUT);
		assert_string_equal(err.field, refused[i].field);
		assert_int_equal(err.rc, RC_INPUT);
		assert_true(err.vi[0] && err.en[0]);
	}
	rec_done(&rec);
}

/* Taken, and what is given back (NULL: the very line). */
static const struct {
	const char *line, *back;
} taken[] = {
	{ "{\"kind\":\"ward\",\"name\":\"Phường Bình Hưng\",\"unit\":\"H11.25\",\"from\":\"2024-01-02\",\"to\":\"2024-10-25\",\"neighbourhoods\":8}", NULL },
	{ DOSSIER(""), NULL },
	{ DOSSIER(",\"note\":null,\"rating\":null,\"fees\":[],\"steps\":null"), DOSSIER("") },
	{ DOSSIER(",\"refused\":false"), NULL },
	{ DOSSIER(",\"received_at\":\"2024-10-25T01:03:46Z\""), DOSSIER(",\"received_at\":\"2024-10-25T08:03:46+07:00\"") },
	{ DOSSIER(",\"applicant_id_no\":\"0601900123456\",\"applicant_id_kind\":\"other\""), NULL },
	{ DOSSIER(",\"applicant_id_no\":\"C1234567\",\"applicant_phone\":\"+84377305234\""), NULL },
	{ DOSSIER(",\"note\":\"dòng \\\"một\\\"\\nC:\\\\\\tx\""), NULL },
	{ DOSSIER(",\"result_no\":\"\xc3\x8e""e\xcc\x82\xcc\x83\""), DOSSIER(",\"result_no\":\"Îễ\"") },
	{ "{\"rating\":5,\"applicant_name\":\"Bình\",\"code\":\"H11.25-241025-0101\",\"procedure_code\":\"1.001193\",\"kind\":\"dossier\"}",
	  DOSSIER(",\"rating\":5") },
	{ DOSSIER(",\"components\":[{\"component\":\"to-khai\",\"held\":true,\"originals\":1,\"copies\":0},{\"component\":\"02\",\"held\":false}]"), NULL },
	{ DOSSIER(",\"steps\":[{\"seq\":1,\"unit\":\"Bộ phận Một cửa\",\"level\":\"ward\",\"allotted_days\":0.45},"
		  "{\"seq\":2,\"level\":\"province\",\"allotted_days\":14.0}]"),
	  DOSSIER(",\"steps\":[{\"seq\":1,\"unit\":\"Bộ phận Một cửa\",\"level\":\"ward\",\"allotted_days\":0.45},"
		  "{\"seq\":2,\"level\":\"province\",\"allotted_days\":14}]") },
	{ DOSSIER(",\"pauses\":[{\"kind\":\"supplement\",\"from\":\"2024-10-25T08:00:00+07:00\","
		  "\"reason\":\"Thiếu giấy\",\"items\":[\"Giấy khai sinh\",\"Sổ \\\"đỏ\\\"\"]}]"), NULL },
	{ DOSSIER(",\"x_zalo\":true,\"x_a\":{\"b\":[1,2.5,null]}"), DOSSIER(",\"x_a\":{\"b\":[1,2.5,null]},\"x_zalo\":true") },
	{ DOSSIER(",\"x_a\":null,\"x_b\":[]"), DOSSIER("") },
	{ DOSSIER(",\"fees\":[{\"name\":\"Lệ phí\",\"amount_vnd\":0},{\"name\":\"Phí\",\"amount_vnd\":8000,\"x_so\":\"BL-7\"}],\"x_b\":1"), NULL },
	{ SCAN(",\"format\":\"pdf\",\"hash\":\"d55897ea0b1b516dfe0da8352beae677\",\"reused\":false"), NULL },
	{ ASSIST(",\"person_name\":\"Lê Sang\",\"person_id_no\":\"060079628938\",\"consent\":true,\"follow_up\":\"2024-11-02\""), NULL },
	{ "{\"kind\":\"household\",\"neighbourhood\":1,\"code\":\"H-0001\",\"fibre\":true}", NULL },
	{ "{\"kind\":\"indicator\",\"name\":\"Dân số\",\"period\":\"2024-10\",\"value\":11809,\"unit\":\"person\"}", NULL },
	{ "{\"kind\":\"indicator\",\"name\":\"Tỷ lệ\",\"period\":\"2024-10\",\"value\":-0.05}", NULL },
	{ "{\"kind\":\"indicator\",\"name\":\"Tỷ lệ\",\"period\":\"2024-10\",\"value\":0.30000000000000004}",
	  "{\"kind\":\"indicator\",\"name\":\"Tỷ lệ\",\"period\":\"2024-10\",\"value\":0.3}" },
};

static void what_comes_in_goes_out(void **state)
{
	struct buf out = BUF(1 << 20);
	struct rec rec, again;

	(void)state;
	rec_init(&rec, REC_NONE);
	rec_init(&again, REC_NONE);
	for (size_t i = 0; i < ARRAY_LEN(taken); i++) {
		struct err err = { 0 };

		case_name(taken[i].line);
		assert_int_equal(exchange_parse_line(taken[i].line, strlen(taken[i].line), &rec, &err), RC_OK);
		buf_clear(&out);
		exchange_format(&rec, &out);
		assert_string_equal(buf_str(&out), taken[i].back ? taken[i].back : taken[i].line);
		assert_int_equal(exchange_parse_line(buf_str(&out), out.len, &again, &err), RC_OK);
		assert_true(rec_equal(&rec, &again));
	}
	rec_done(&rec);
	rec_done(&again);
	buf_done(&out);
}

static void a_line_ends_at_four_megabytes(void **state)
{
	static const char head[] = "{\"kind\":\"household\",\"neighbourhood\":1,\"code\":\"H\",\"x_a\":\"b\"";
	char *line = malloc(EXCHANGE_LINE_MAX + 2);
	struct err err = { 0 };
	struct rec rec;

	(void)state;
	assert_non_null(line);
	rec_init(&rec, REC_NONE);
	memset(line, ' ', EXCHANGE_LINE_MAX + 1);
	memcpy(line, head, sizeof(head) - 1);
	line[EXCHANGE_LINE_MAX - 1] = '}';
	assert_int_equal(exchange_parse_line(line, EXCHANGE_LINE_MAX, &rec, &err), RC_OK);
	assert_int_equal(exchange_parse_line(line, EXCHANGE_LINE_MAX + 1, &rec, &err), RC_INPUT);
	rec_done(&rec);
	free(line);
}

static void a_part_may_lack_what_a_record_may_not(void **state)
{
	static const char part[] = "{\"applicant_name\":\"Bình\",\"fees\":[{\"name\":\"Lệ phí\"}]}";
	static const char other[] = "{\"kind\":\"scan\",\"seq\":1}";
	struct err err = { 0 };
	struct rec rec;

	(void)state;
	rec_init(&rec, REC_NONE);
	assert_int_equal(exchange_parse_part(REC_DOSSIER, part, strlen(part), &rec, &err), RC_OK);
	assert_string_equal(rec_text(&rec, DOSSIER_APPLICANT_NAME), "Bình");
	assert_int_equal(exchange_parse_part(REC_DOSSIER, other, strlen(other), &rec, &err), RC_INPUT);
	assert_string_equal(err.field, "kind");
	rec_done(&rec);
}

static const struct {
	const char *text;
	int64_t value;
	const char *back; /* NULL: refused */
} decimals[] = {
	{ "0", 0, "0" },
	{ "0.5", 500000, "0.5" },
	{ "0.50", 500000, "0.5" },
	{ "99.15", 99150000, "99.15" },
	{ "-0.000001", -1, "-0.000001" },
	{ "11809", INT64_C(11809000000), "11809" },
	{ "9000000000000", INT64_C(9000000000000000000), "9000000000000" },
	{ "", 0, NULL },
	{ "-", 0, NULL },
	{ ".5", 0, NULL },
	{ "5.", 0, NULL },
	{ "1.2.3", 0, NULL },
	{ "0,5", 0, NULL },
	{ "1e3", 0, NULL },
	{ "0.1234567", 0, NULL },
	{ "99999999999999999999", 0, NULL },
};

static void decimals_are_exact(void **state)
{
	struct buf out = BUF(64);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(decimals); i++) {
		int64_t value = 0;

		case_name(decimals[i].text);
		assert_int_equal(dec_parse(decimals[i].text, &value), decimals[i].back != NULL);
		if (!decimals[i].back)
			continue;
		assert_true(value == decimals[i].value);
		buf_clear(&out);
		dec_format(value, &out);
		assert_string_equal(buf_str(&out), decimals[i].back);
	}
	buf_done(&out);
}

/* A cell given as text, as a column of CSV or --field does. */
static const struct {
	unsigned tag;
	const char *text, *back; /* NULL: refused */
} values[] = {
	{ DOSSIER_APPLICANT_NAME, "Bình", "Bình" },
	{ DOSSIER_APPLICANT_NAME, "a\tb", NULL },
	{ DOSSIER_NEIGHBOURHOOD, "8", "8" },
	{ DOSSIER_NEIGHBOURHOOD, "8x", NULL },
	{ DOSSIER_STATE, "done", "done" },
	{ DOSSIER_STATE, "xong", NULL },
	{ DOSSIER_REFUSED, "true", "1" },
	{ DOSSIER_REFUSED, "0", "0" },
	{ DOSSIER_REFUSED, "có", NULL },
	{ DOSSIER_APPLICANT_BIRTH_DATE, "1990-03-15", "1990-03-15" },
	{ DOSSIER_APPLICANT_BIRTH_DATE, "15/3/1990", "1990-03-15" },
	{ DOSSIER_APPLICANT_BIRTH_DATE, "30/2/1990", NULL },
	{ DOSSIER_DUE_AT, "2024-10-25T08:03:46+07:00", "2024-10-25T08:03:46+07:00" },
	{ DOSSIER_DUE_AT, "25/10/2024 08:03", "2024-10-25T08:03:00+07:00" },
	{ DOSSIER_DUE_AT, "2024-10-25", NULL },
	{ DOSSIER_NOTE, "", "" },
	{ DOSSIER_FEES, "8000", NULL },
};

static void a_value_reads_as_it_is_written(void **state)
{
	struct buf out = BUF(4096);
	struct rec rec;

	(void)state;
	rec_init(&rec, REC_DOSSIER);
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		const struct field *field = field_tagged(rec_type(REC_DOSSIER)->fields, values[i].tag);
		const struct path path = path_of(values[i].tag);
		struct err err = { 0 };

		case_name(values[i].text);
		assert_int_equal(value_parse(field, values[i].text, &rec, &path, &err),
				 values[i].back ? RC_OK : RC_INPUT);
		assert_string_equal(err.field, values[i].back ? "" : field->name);
		if (!values[i].back)
			continue;
		buf_clear(&out);
		value_format(field, &rec, rec_find(&rec, &path), &out);
		assert_string_equal(buf_str(&out), values[i].back);
	}
	rec_done(&rec);
	buf_done(&out);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_does_not_fit_is_refused_by_name),
		cmocka_unit_test(what_comes_in_goes_out),
		cmocka_unit_test(a_line_ends_at_four_megabytes),
		cmocka_unit_test(a_part_may_lack_what_a_record_may_not),
		cmocka_unit_test(decimals_are_exact),
		cmocka_unit_test(a_value_reads_as_it_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
