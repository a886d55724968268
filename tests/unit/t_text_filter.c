/* t_text_filter.c - the three filters, line by line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/text_filter.h"

static enum rc compose_telex(FILE *in, FILE *out, struct err *err)
{
	return text_filter_compose(in, out, TELEX_TELEX, TELEX_OLD, err);
}

static enum rc compose_vni(FILE *in, FILE *out, struct err *err)
{
	return text_filter_compose(in, out, TELEX_VNI, TELEX_NEW, err);
}

static const struct {
	enum rc (*filter)(FILE *, FILE *, struct err *);
	const char *in, *out;
	enum rc rc;
	const char *says;
} cases[] = {
	{ compose_telex, "tieengs\nhoaf\n", "tiếng\nhòa\n", RC_OK, NULL },
	{ compose_telex, "tieengs<BS><BS>", "tiế\n", RC_OK, NULL },
	{ compose_telex, "<BS>as\r\n\r\n", "á\n\n", RC_OK, NULL },
	{ compose_telex, "as <BS><BS>s < BS>", "s < BS>\n", RC_OK, NULL },
	{ compose_telex, "", "", RC_OK, NULL },
	{ compose_vni, "D9o64 Hoa2\n", "Đỗ Hoà\n", RC_OK, NULL },

	{ text_filter_fold, "Nguyễn  Đức Hoà\nNguye\xCC\x82\xCC\x83n\n", "nguyen duc hoa\nnguyen\n",
	  RC_OK, NULL },
	{ text_filter_fold, "a\nb\n\xFF\n", "a\nb\n", RC_INPUT, "line 3: " },
	{ text_filter_sortkey, "A\n\n", NULL, RC_OK, NULL },
};

static void filters_go_line_by_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		FILE *in = tmpfile(), *out;
		char *text = NULL;
		size_t len = 0;
		struct err err = { 0 };

		print_message("%s\n", cases[i].in);
		assert_non_null(in);
		fputs(cases[i].in, in);
		rewind(in);
		out = open_memstream(&text, &len);
		assert_int_equal(cases[i].filter(in, out, &err), cases[i].rc);
		fclose(out);
		fclose(in);
		if (cases[i].out)
			assert_string_equal(text, cases[i].out);
		if (cases[i].says)
			assert_non_null(strstr(err.en, cases[i].says));
		free(text);
	}
}

static void long_lines_pass_and_too_long_ones_do_not(void **state)
{
	static const size_t lens[] = { 1 << 20, (1 << 20) + 1 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lens); i++) {
		FILE *in = tmpfile(), *out = tmpfile();
		struct err err = { 0 };

		for (size_t n = 0; n < lens[i]; n++)
			fputc('a', in);
		rewind(in);
		assert_int_equal(text_filter_sortkey(in, out, &err), i ? RC_INPUT : RC_OK);
		fclose(in);
		fclose(out);
	}
}

static void keys_are_ordered_hexadecimal(void **state)
{
	FILE *in = tmpfile(), *out = tmpfile();
	char an[256], anh[256], an_sac[256];
	struct err err = { 0 };

	(void)state;
	fputs("Trần An\nLê Anh\nBùi Ánh\n", in);
	rewind(in);
	assert_int_equal(text_filter_sortkey(in, out, &err), RC_OK);
	rewind(out);
	assert_non_null(fgets(an, sizeof(an), out));
	assert_non_null(fgets(anh, sizeof(anh), out));
	assert_non_null(fgets(an_sac, sizeof(an_sac), out));
	assert_int_equal(strspn(an, "0123456789abcdef"), strlen(an) - 1);
	assert_true(strcmp(an, anh) < 0 && strcmp(anh, an_sac) < 0);
	fclose(in);
	fclose(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filters_go_line_by_line),
		cmocka_unit_test(long_lines_pass_and_too_long_ones_do_not),
		cmocka_unit_test(keys_are_ordered_hexadecimal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
