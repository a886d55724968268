/* The player of stories, on programs every system has: what it must see, and what it must not let pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/drive/shot.h"
#include "tests/drive/story.h"
#include "tests/unit/case.h"

static const struct {
	const char *what, *text;
	int fails_at; /* the line that must not come true; 0: the story is true */
} stories[] = {
	{ "sees what a program prints, marks and all",
	  "run printf 'Họ và tên: Nguyễn Thị Bình\\n'\nsee \"Nguyễn Thị Bình\"\nexits 0\n", 0 },
	{ "does not see what was not printed", "run sleep 5\nsee \"Nguyễn\"\n", 2 },
	{ "types, and waits for the echo", "run cat\ntype \"một cửa\\n\"\nsee \"một cửa\"\nkill\n", 0 },
	{ "a terminal that answers at once",
	  "run sh -c \"stty raw -echo && printf '\\033[6n' && head -c 6 | od -c\"\nsee \"1   R\"\nexits 0\n", 0 },
	{ "one that answers never", "answers never\nrun sh -c \"printf '\\033[6n' && exec cat\"\nowes 6\nkill\n", 0 },
	{ "one that is asked nothing owes nothing", "answers late\nrun cat\nanswer\n", 3 },
	{ "one that answers late",
	  "answers late\nrun sh -c \"stty raw -echo && printf 'x\\033[6n' && head -c 6 | od -c\"\n"
	  "see \"x\"\nsee-not \"R\"\nanswer\nsee \"2   R\"\nexits 0\n", 0 },
	{ "sends the keys of the terminal's description",
	  "run stty raw -echo; printf '\\033[?1h\\033=ready'; exec cat -v\nsee \"ready\"\nkey F1 UP\nsee "
	  "\"^[OP^[OA\"\nkill\n",
	  0 },
	{ "knows no key of that name", "run cat\nkey F99\n", 2 },
	{ "waits until a text is gone",
	  "run stty raw -echo; printf here; read -r x; printf '\\033[2J\\033[H'; exec cat\nsee "
	  "\"here\"\ntype \"\\n\"\n"
	  "bytes 0a\nsee-not \"here\"\nkill\n",
	  0 },
	{ "says when a text stays", "run printf stays; sleep 9\nsee-not \"stays\"\n", 2 },
	{ "an exit code", "run sh -c 'exit 3'\nexits 3\n", 0 },
	{ "another exit code", "run sh -c 'exit 3'\nexits 0\n", 2 },
	{ "a program at the end must end tidily on SIGTERM",
	  "run trap 'exit 0' TERM; while :; do sleep 0.05; done\n", 0 },
	{ "one that dies of it is not tidy", "run sleep 9\n", 1 },
	{ "kill leaves nothing running", "run cat\nkill\nrun cat\nkill\n", 0 },
	{ "does not start a second program beside the first", "run cat\nrun cat\n", 2 },
	{ "a shell command and its output",
	  "exec echo một; echo hai >&2\nout \"một\"\nout-not \"hai\"\nerr \"hai\"\n", 0 },
	{ "output that is not there", "exec echo a\nout \"b\"\n", 2 },
	{ "a command must succeed", "exec exit 4\n", 1 },
	{ "a command must fail as said", "exec-fail 4 exit 4\n", 0 },
	{ "a command that should have failed", "exec-fail 4 exit 0\n", 1 },
	{ "counts files", "exec mkdir stick; touch stick/a stick/b stick/.c\nfiles stick 2\n", 0 },
	{ "counts files right", "exec mkdir stick\nfiles stick 1\n", 2 },
	{ "counts bytes to the terminal",
	  "run printf 12345; sleep 9\nsee \"12345\"\nlimit bytes-to-terminal 5\nmark\n"
	  "limit bytes-to-terminal 0\nkill\n",
	  0 },
	{ "too many bytes", "run printf 12345; sleep 9\nsee \"12345\"\nlimit bytes-to-terminal 4\n", 3 },
	{ "counts keys by hand, not a scanner's",
	  "run cat\ntype \"ab\"\nmark\ntype \"một\"\nkey UP ENTER\nburst \"0123456789\"\nkeys-at-most 5\nkill\n", 0 },
	{ "too many keys", "run cat\nmark\ntype \"abc\"\nkeys-at-most 2\n", 4 },
	{ "the size a program sees", "run stty size; sleep 9\nsee \"24 80\"\nkill\n", 0 },
	{ "resizes",
	  "run trap 'stty size' WINCH; while :; do sleep 0.05; done\nresize 132x43\nsee \"43 132\"\nkill\n",
	  0 },
	{ "pastes in brackets",
	  "run stty raw -echo; printf ready; exec cat -v\nsee \"ready\"\npaste \"ab\"\n"
	  "see \"^[[200~ab^[[201~\"\nkill\n",
	  0 },
	{ "bold stands out", "run printf '\\033[1mđậm\\033[m'; sleep 9\nstands-out \"đậm\"\nkill\n", 0 },
	{ "plain text does not", "run printf plain; sleep 9\nstands-out \"plain\"\n", 2 },
	{ "what goes on beside the story",
	  "background sleep 0.1; echo done\nuntil grep done background.log\n", 0 },
	{ "an unknown command is a fault, not a comment", "seee \"x\"\n", 1 },
	{ "a text without its quote", "run cat\nsee \"x\n", 2 },
};

static void fill(struct story *story, const char *text, const char *term)
{
	*story = (struct story){ .text = text, .screens = ".", .wait_ms = 10000 };
	(void)snprintf(story->term.name, sizeof(story->term.name), "%s", term);
	story->term.rows = 24;
	story->term.cols = 80;
}

static void a_story_comes_true_or_says_where_not(void **state)
{
	struct story *story = calloc(1, sizeof(*story));

	(void)state;
	assert_non_null(story);
	for (size_t i = 0; i < ARRAY_LEN(stories); i++) {
		bool ok;

		case_name(stories[i].what);
		fill(story, stories[i].text, "xterm-256color");
		if (stories[i].fails_at)
			story->wait_ms = 400; /* what never comes need not be waited for */
		ok = story_play(story);
		if (ok != !stories[i].fails_at)
			fail_msg("line %d: %s", story->line, story->fault);
		if (stories[i].fails_at)
			assert_int_equal(story->line, stories[i].fails_at);
	}
	free(story);
}

/* libvterm takes the console's palette reset for the start of a title, and would swallow what follows. */
static void a_console_keeps_its_text_after_a_palette_reset(void **state)
{
	struct vt *vt = vt_open(24, 80, true);
	static const char bytes[] = "\033]Rmột\033]P0123456 hai\033[2;1Hba";

	(void)state;
	vt_feed(vt, bytes, sizeof(bytes) - 1);
	assert_true(vt_shows(vt, "một hai"));
	assert_true(vt_shows(vt, "ba"));
	vt_close(vt);
}

static void a_screen_is_compared_row_by_row(void **state)
{
	char folder[] = "/tmp/motcua-shot-XXXXXX", path[64];
	struct vt *vt = vt_open(24, 80, false);
	struct buf difference = BUF(1 << 16);
	struct shot shot = { vt, folder, NULL, 0 };

	(void)state;
	assert_non_null(mkdtemp(folder));
	vt_feed(vt, "Phường Mẫu", strlen("Phường Mẫu"));
	assert_false(shot_equal(&shot, "a", &difference));
	assert_true(shot_write(&shot, "a"));
	assert_true(shot_equal(&shot, "a", &difference));
	buf_clear(&difference);
	vt_feed(vt, "!", 1);
	assert_false(shot_equal(&shot, "a", &difference));
	assert_non_null(strstr(buf_str(&difference), "|Phường Mẫu!|"));
	(void)snprintf(path, sizeof(path), "%s/a.screen", folder);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
	buf_done(&difference);
	vt_close(vt);
}

static void a_head_says_which_terminals(void **state)
{
	struct story_term terms[STORY_TERMS];

	(void)state;
	assert_int_equal(story_terms("# no head\nrun motcua\n", terms), 2);
	assert_string_equal(terms[1].name, "linux");
	assert_int_equal(terms[1].rows, 24);
	assert_int_equal(story_terms("sizes 80x24 132x43\n", terms), 4);
	assert_int_equal(terms[3].cols, 132);
	assert_int_equal(story_terms("term vt220 80x24\n", terms), 1);
	assert_int_equal(story_terms("sizes 80\n", terms), 0);
	assert_int_equal(story_terms("term xterm 80x24\nlangs vi en\n", terms), 2);
	assert_string_equal(terms[0].lang, "vi");
	assert_string_equal(terms[1].lang, "en");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_story_comes_true_or_says_where_not),
		cmocka_unit_test(a_console_keeps_its_text_after_a_palette_reset),
		cmocka_unit_test(a_screen_is_compared_row_by_row),
		cmocka_unit_test(a_head_says_which_terminals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
