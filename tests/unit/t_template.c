/* t_template.c - paper templates: what comes out, what is refused and where; the text a printer gets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/paper_text.h"
#include "core/rules/paper.h"
#include "db/base/stream.h"
#include "db/base/utf8.h"
#include "tests/unit/case.h"

static const struct paper_word words[] = {
	{ "name", NULL, T("tên", "name") },
	{ "empty", NULL, T("trống", "empty") },
	{ "evil", NULL, T("ác ý", "evil") },
	{ "lines", NULL, T("nhiều dòng", "lines") },
	{ "item", "things", T("món", "item") },
	{ "price", "things", T("giá", "price") },
	{ "item", "none", T("không có", "none") },
	{ NULL, NULL, T("", "") },
};

static void known(struct paper_facts *facts)
{
	paper_facts_init(facts, words);
	paper_put(facts, "name", "Nguyễn Thị Bình");
	paper_put(facts, "empty", "");
	paper_put(facts, "evil", "@page\n@code x | {name} {/things} *\t\\");
	paper_put(facts, "lines", "một\nhai");
	paper_row(facts, "things");
	paper_put_row(facts, "item", "Gạo");
	paper_put_row(facts, "price", "8.000");
	paper_row(facts, "things");
	paper_put_row(facts, "item", "Muối");
}

#define A5 "motcua-paper\t1\tA5\n"

static const struct {
	const char *what, *template, *lines; /* lines without the end */
} fills[] = {
	{ "nothing", "", A5 },
	{ "a line", "xin chào\n", A5 "text\tn\t0\txin chào\n" },
	{ "without its line end", "xin chào", A5 "text\tn\t0\txin chào\n" },
	{ "from another system", "\xEF\xBB\xBFxin\r\nchào\r\n", A5 "text\tn\t0\txin\ntext\tn\t0\tchào\n" },
	{ "a remark", "# nothing\nx\n", A5 "text\tn\t0\tx\n" },
	{ "an empty line", "a\n\nb\n", A5 "text\tn\t0\ta\ngap\t1\ntext\tn\t0\tb\n" },
	{ "indent and bold", "  *a\n", A5 "text\tb\t2\ta\n" },
	{ "a sheet of its own", "@paper A4L\nx\n", "motcua-paper\t1\tA4L\ntext\tn\t0\tx\n" },
	{ "a hole", "Ông (bà) {name}.\n", A5 "text\tn\t0\tÔng (bà) Nguyễn Thị Bình.\n" },
	{ "an empty hole", "[{empty}]\n", A5 "text\tn\t0\t[]\n" },
	{ "dots for a hand", "{empty:.5}{name:.5}\n", A5 "text\tn\t0\t.....Nguyễn Thị Bình\n" },
	{ "filled to a width", "[{name:18}]\n", A5 "text\tn\t0\t[Nguyễn Thị Bình   ]\n" },
	{ "on the right", "[{name:>18}]\n", A5 "text\tn\t0\t[   Nguyễn Thị Bình]\n" },
	{ "in the middle", "[{name:^18}]\n", A5 "text\tn\t0\t[ Nguyễn Thị Bình  ]\n" },
	{ "cut by letters, not bytes", "[{name:6}]\n", A5 "text\tn\t0\t[Nguyễn]\n" },
	{ "one line in a width", "[{lines:8}]\n", A5 "text\tn\t0\t[một hai ]\n" },
	{ "line ends stay in a paragraph", "{lines}\n", A5 "text\tn\t0\tmột\\nhai\n" },
	{ "braces", "{{name}}\n", A5 "text\tn\t0\t{name}\n" },
	{ "what is known is never a directive", "{evil}\n@two {evil} | x\n",
	  A5 "text\tn\t0\t@page\\n@code x | {name} {/things} *\\t\\\\\n"
	     "two\tn\t@page\\n@code x | {name} {/things} *\\t\\\\\tn\tx\n" },
	{ "two halves", "@two *LEFT | {name}\n", A5 "two\tb\tLEFT\tn\tNguyễn Thị Bình\n" },
	{ "one half", "@two | x\n", A5 "two\tn\t\tn\tx\n" },
	{ "centre, rule, gap, code, page", "@center *x\n@line\n@gap 3\n@code {name}\n@page\n",
	  A5 "center\tb\tx\nline\ngap\t3\ncode\tNguyễn Thị Bình\npage\n" },
	{ "a table", "@columns 4 TT | * Tên gọi | >10 Giá\n{#things}\n@row {n} | {item} | {price}\n{/things}\n",
	  A5 "columns\t4\tTT\t0\tTên gọi\t>10\tGiá\nrow\t1\tGạo\t8.000\nrow\t2\tMuối\t\n" },
	{ "a list of nothing", "{#none}\n{item}\n{/none}\nx\n", A5 "text\tn\t0\tx\n" },
	{ "a name of the paper inside a list", "{#things}\n{name}\n{/things}\n",
	  A5 "text\tn\t0\tNguyễn Thị Bình\ntext\tn\t0\tNguyễn Thị Bình\n" },
	{ "lists in lists", "{#things}\n{#things}\n{n}\n{/things}\n{/things}\n",
	  A5 "text\tn\t0\t1\ntext\tn\t0\t2\ntext\tn\t0\t1\ntext\tn\t0\t2\n" },
	{ "if", "{?name}\na\n{/name}\n{?empty}\nb\n{/empty}\n", A5 "text\tn\t0\ta\n" },
	{ "if not", "{!name}\na\n{/name}\n{!empty}\nb\n{/empty}\n", A5 "text\tn\t0\tb\n" },
	{ "if there are rows", "{?things}\na\n{/things}\n{!none}\nb\n{/none}\n", A5 "text\tn\t0\ta\ntext\tn\t0\tb\n" },
	{ "if, for one line", "{?name}a {name}\n{?empty}b\n{!empty}@line\n", A5 "text\tn\t0\ta Nguyễn Thị Bình\nline\n" },
	{ "two conditions before a line", "  {?name}{!empty}*a\n", A5 "text\tb\t2\ta\n" },
	{ "in a row", "{#things}\n{?price}{item}\n{/things}\n", A5 "text\tn\t0\tGạo\n" },
	{ "what is left out may be odd", "{?empty}\n@gap 1\n{/empty}\n", A5 },
};

static void templates_are_filled(void **state)
{
	struct paper_facts facts;

	(void)state;
	known(&facts);
	for (size_t i = 0; i < ARRAY_LEN(fills); i++) {
		struct buf out = BUF(1 << 20), want = BUF(1 << 20);
		struct err err = { .rc = RC_OK };

		case_name(fills[i].what);
		buf_printf(&want, "%send\n", fills[i].lines);
		assert_int_equal(paper_check(fills[i].template, strlen(fills[i].template), words, &err), RC_OK);
		assert_int_equal(paper_fill(fills[i].template, strlen(fills[i].template), &facts, &out, &err), RC_OK);
		assert_string_equal(buf_str(&out), buf_str(&want));
		buf_done(&out);
		buf_done(&want);
	}
	paper_facts_done(&facts);
}

static const struct {
	const char *what, *template;
	int line; /* that is named */
} faults[] = {
	{ "no such name", "x\n{nmae}\n", 2 },
	{ "a row's name outside its list", "{item}\n", 1 },
	{ "a number outside lists", "{n}\n", 1 },
	{ "no such list", "{#thing}\n{/thing}\n", 1 },
	{ "no such condition", "{?nmae}x\n", 1 },
	{ "a hole without its end", "{name\n", 1 },
	{ "an end without its hole", "name}\n", 1 },
	{ "a hole with a space", "{na me}\n", 1 },
	{ "a width of nothing", "{name:}\n", 1 },
	{ "a width past all sheets", "{name:9999}\n", 1 },
	{ "a format that is none", "{name:x}\n", 1 },
	{ "no such directive", "a\nb\n@tow x | y\n", 3 },
	{ "one half of two", "@two x\n", 1 },
	{ "three halves", "@two x | y | z\n", 1 },
	{ "a row without columns", "@row x\n", 1 },
	{ "a row too long", "@columns 4 a | * b\n@row 1 | 2 | 3\n", 2 },
	{ "a row after its table", "@columns 4 a\nx\n@row 1\n", 3 },
	{ "a column without a width", "@columns x a\n", 1 },
	{ "the sheet too late", "x\n@paper A4\n", 2 },
	{ "a sheet there is not", "@paper A3\n", 1 },
	{ "a gap past the sheet", "@gap 41\n", 1 },
	{ "a block without its end", "x\n{?name}\ny\n", 2 },
	{ "ends crossed", "{?name}\n{#things}\n{/name}\n{/things}\n", 3 },
	{ "an end alone", "{/things}\n", 1 },
	{ "a list before a text", "{#things}x\n", 1 },
	{ "blocks nine deep", "{?name}\n{?name}\n{?name}\n{?name}\n{?name}\n{?name}\n{?name}\n{?name}\n{?name}\n", 9 },
	{ "a fault in what is left out", "{?empty}\n{nmae}\n{/empty}\n", 2 },
	{ "bytes that are no text", "x\n\xff\n", 0 },
	{ "letters nobody sees", "x\xE2\x80\xAEy\n", 0 },
};

static void faults_name_their_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		struct err err = { .rc = RC_OK };
		char line[32];

		case_name(faults[i].what);
		assert_int_equal(paper_check(faults[i].template, strlen(faults[i].template), words, &err), RC_INPUT);
		(void)snprintf(line, sizeof(line), "line %d: ", faults[i].line);
		assert_non_null(strstr(err.en, line));
		(void)snprintf(line, sizeof(line), "dòng %d: ", faults[i].line);
		assert_non_null(strstr(err.vi, line));
	}
}

static void what_grows_has_an_end(void **state)
{
	static const char template[] = "{#things}\n{#things}\n{#things}\n{#things}\n{name:200}{name:200}\n{/things}\n"
				       "{/things}\n{/things}\n{/things}\n";
	struct paper_facts facts;
	struct buf out = BUF(100000);
	struct err err = { .rc = RC_OK };

	(void)state;
	paper_facts_init(&facts, words);
	for (int i = 0; i < 100; i++)
		paper_row(&facts, "things");
	assert_int_equal(paper_fill(template, strlen(template), &facts, &out, &err), RC_FULL);
	buf_done(&out);
	paper_facts_done(&facts);
}

static const struct {
	const char *what, *lines;
	size_t width;
	const char *text;
} texts[] = {
	{ "wrapped at blanks", "text\tn\t0\tmột hai ba bốn năm sáu bảy\n", 24, "một hai ba bốn năm sáu\nbảy\n" },
	{ "an indent of its own", "text\tn\t4\tmột hai ba bốn năm sáu\n", 24, "    một hai ba bốn năm\n    sáu\n" },
	{ "a word wider than the sheet", "text\tn\t0\tNguyễnNguyễnNguyễnNguyễnX\n", 24, "NguyễnNguyễnNguyễnNguyễn\nX\n" },
	{ "line ends in a text", "text\tn\t0\ta\\n\\nb\n", 24, "a\n\nb\n" },
	{ "blanks that do not break", "text\tn\t0\tmột hai ba bốn\xC2\xA0năm\xC2\xA0sáu bảy\n", 24,
	  "một hai ba bốn năm sáu\nbảy\n" },
	{ "centred", "center\tb\tGIẤY\n", 24, "          GIẤY\n" },
	{ "two halves, the longer wrapped", "two\tn\tUBND\tb\tCỘNG HÒA XÃ HỘI\n", 24,
	  "   UBND      CỘNG HÒA XÃ\n                 HỘI\n" },
	{ "a table", "columns\t3\tTT\t0\tTên\t>6\tGiá\nrow\t1\tGạo nếp cái hoa vàng\t8.000\nrow\t2\tMuối\t\n", 24,
	  "------------------------\nTT  Tên              Giá\n------------------------\n"
	  "1   Gạo nếp cái    8.000\n    hoa vàng\n2   Muối\n------------------------\n" },
	{ "a table and a text", "columns\t3\tTT\nrow\t1\ntext\tn\t0\tx\n", 24,
	  "------------------------\nTT\n------------------------\n1\n------------------------\nx\n" },
	{ "columns wider than the sheet", "columns\t40\ta\t40\tb\nrow\tmột hai ba\tx\n", 24,
	  "------------------------\na           b\n------------------------\nmột hai ba  x\n"
	  "------------------------\n" },
	{ "rule, gap, page", "line\ngap\t2\npage\n", 24, "------------------------\n\n\n\f" },
	{ "a code is not for letters", "code\tH11\n", 24, "" },
};

static void papers_become_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct buf lines = BUF(1 << 20), out = BUF(1 << 20);
		struct err err = { .rc = RC_OK };

		case_name(texts[i].what);
		buf_printf(&lines, A5 "%send\n", texts[i].lines);
		assert_int_equal(paper_text(lines.data, lines.len, texts[i].width, &out, &err), RC_OK);
		assert_string_equal(buf_str(&out), texts[i].text);
		buf_done(&lines);
		buf_done(&out);
	}
}

static const char *const nonsense[] = {
	"", "motcua-paper", A5, A5 "text\tn\t0\tx\n", "x\nend\n", A5 "moon\nend\n", A5 "row\t1\nend\n",
	A5 "columns\nend\n", A5 "columns\t9999\tx\nend\n", A5 "text\tn\t0\t\\x\nend\n", A5 "end",
};

static void nonsense_is_no_paper(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(nonsense); i++) {
		struct buf out = BUF(1 << 20);
		struct err err = { .rc = RC_OK };

		case_name(nonsense[i]);
		assert_int_equal(paper_text(nonsense[i], strlen(nonsense[i]), 80, &out, &err), RC_DAMAGED);
		buf_done(&out);
	}
}

static void without_marks_it_is_ascii(void **state)
{
	struct buf text = BUF(4096);

	(void)state;
	buf_text(&text, "GIẤY TIẾP NHẬN hồ sơ, Đường Đặng\n");
	paper_plain(&text);
	assert_string_equal(buf_str(&text), "GIAY TIEP NHAN ho so, Duong Dang\n");
	buf_done(&text);
}

static void words_come_back_as_they_went(void **state)
{
	static const char *const ends[] = { "", "plain", "tab\there", "line\nend", "back\\slash", "\\n", "Đủ dấu" };
	struct buf bytes = BUF(4096);
	struct stream stream;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		if (i)
			buf_byte(&bytes, '\t');
		stream_put(&bytes, ends[i]);
	}
	buf_byte(&bytes, '\n');
	stream_init(&stream, bytes.data, bytes.len);
	assert_true(stream_next(&stream));
	assert_int_equal(stream.count, ARRAY_LEN(ends));
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		assert_string_equal(stream_word(&stream, i), ends[i]);
	assert_string_equal(stream_word(&stream, 99), "");
	assert_false(stream_next(&stream));
	assert_false(stream.bad);
	stream_done(&stream);
	buf_done(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(templates_are_filled),
		cmocka_unit_test(faults_name_their_line),
		cmocka_unit_test(what_grows_has_an_end),
		cmocka_unit_test(papers_become_text),
		cmocka_unit_test(nonsense_is_no_paper),
		cmocka_unit_test(without_marks_it_is_ascii),
		cmocka_unit_test(words_come_back_as_they_went),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
