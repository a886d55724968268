/*
 * t_tui_screen_words.c - the screens under tests/tui/ speak one language each, and no fixed word is cut.
 *
 * The words of either language are read from the sources' own T("vi", "en") and UI_T(ui, "vi", "en"). A word
 * that stands in English wordings only must stand in no Vietnamese screen, a whole Vietnamese wording in no
 * English one; and what stands before a `…` is never the beginning of a wording. The headings of a list stand
 * over their columns.
 */
#include <ctype.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/buf.h"
#include "db/base/utf8.h"
#include "tests/unit/case.h"

enum { FILE_MAX = 4 << 20, WORDING_MAX = 400, WORDINGS = 8000, CUT_MIN = 4, PHRASE_MIN = 8, SCREEN_COLS = 256 };

struct wording {
	char vi[WORDING_MAX], en[WORDING_MAX];
};

static struct wording *wordings;
static size_t wording_count;

/* Keys as their caps say, names of things that have no other, and words of data. */
static const char *const both_languages[] = {
	"enter", "tab", "shift", "home", "end", "insert", "delete", "space", "esc", "csv", "pdf", "xlsx", "json",
	"usb", "qr", "telex", "vni", "motcua", "vneid", "online", "email", "sms", "zalo",
	"admin", "lan", "son", "tam", "hoa", "minh", "long",
};

static void read_whole(const char *path, struct buf *out)
{
	char bytes[65536];
	FILE *in = fopen(path, "rb");
	size_t got;

	assert_non_null(in);
	while ((got = fread(bytes, 1, sizeof(bytes), in)) > 0)
		buf_add(out, bytes, got);
	(void)fclose(in);
}

/* One string of C at *at, with those that follow it put behind; false when there is none. */
static bool c_string(const char **at, char out[WORDING_MAX])
{
	size_t len = 0;
	bool found = false;

	for (;;) {
		const char *p = *at + strspn(*at, " \t\n");

		if (*p != '"')
			break;
		found = true;
		for (p++; *p && *p != '"'; p++) {
			if (*p == '\\' && p[1])
				p++;
			if (len + 1 < WORDING_MAX)
				out[len++] = *p;
		}
		*at = p + 1;
	}
	out[len] = '\0';
	return found;
}

static void add_wording(const char *at)
{
	struct wording *wording = &wordings[wording_count];

	if (!c_string(&at, wording->vi))
		return;
	at += strspn(at, " \t\n");
	if (*at != ',')
		return;
	at++;
	if (c_string(&at, wording->en) && *wording->vi && *wording->en && wording_count + 1 < WORDINGS)
		wording_count++;
}

static void read_source(const char *path)
{
	struct buf text = BUF(FILE_MAX);
	const char *from;

	read_whole(path, &text);
	from = buf_str(&text);
	for (const char *at = from; (at = strstr(at, "T(")); at += 2) {
		const char *inside = at + 2;
		const char *comma = strchr(inside, ',');

		if (at > from && at[-1] == '_' && comma)
			inside = comma + 1;
		else if (at > from && isalnum((unsigned char)at[-1]))
			continue;
		add_wording(inside);
	}
	buf_done(&text);
}

static void each_file(const char *folder, const char *ending, void (*use)(const char *path))
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		size_t len = strlen(entry->d_name), tail = strlen(ending);
		char path[512];

		if (len <= tail || strcmp(entry->d_name + len - tail, ending) != 0)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		use(path);
	}
	(void)closedir(dir);
}

static bool is_letter(const char *at)
{
	return isalpha((unsigned char)*at) || (unsigned char)*at >= 0x80; /* NUL is none */
}

/* The next word at *at, in lower case; false at the end. Codes and file names (DVC_FILE, new.motcua) are one. */
static bool next_word(const char **at, char out[64])
{
	size_t len = 0;

	while (**at && !is_letter(*at))
		(*at)++;
	while (is_letter(*at) || ((**at == '_' || **at == '.') && is_letter(*at + 1))) {
		if (len + 1 < 64)
			out[len++] = (char)tolower((unsigned char)**at);
		(*at)++;
	}
	out[len] = '\0';
	return len > 0;
}

static bool has_word(const char *text, const char *word)
{
	char here[64];

	while (next_word(&text, here))
		if (!strcmp(here, word))
			return true;
	return false;
}

static bool is_ascii(const char *word)
{
	for (; *word; word++)
		if ((unsigned char)*word >= 0x80)
			return false;
	return true;
}

/* Does the word stand in English wordings and in no Vietnamese one? */
static bool is_english(const char *word)
{
	bool english = false;

	if (strlen(word) < 3 || !is_ascii(word))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(both_languages); i++)
		if (!strcmp(both_languages[i], word))
			return false;
	for (size_t i = 0; i < wording_count; i++) {
		if (has_word(wordings[i].vi, word))
			return false;
		english = english || has_word(wordings[i].en, word);
	}
	return english;
}

static unsigned faults;

static void complain(const char *path, const char *what, const char *line)
{
	(void)fprintf(stderr, "%s: %s: %s\n", path, what, line);
	faults++;
}

static void check_foreign_words(const char *path, const char *line)
{
	const char *at = line;
	char word[64];

	while (next_word(&at, word))
		if (is_english(word))
			complain(path, word, line);
}

/* Names of procedures and places are Vietnamese everywhere: what is ours begins a cell. */
static bool begins_cell(const char *line, const char *at)
{
	if (at - line < 2)
		return true;
	return at[-1] == ' ' && (at[-2] == ' ' || at[-2] == '>' || isdigit((unsigned char)at[-2]));
}

/* A whole Vietnamese wording, its first letter in either case, on an English screen. */
static void check_foreign_wordings(const char *path, const char *line)
{
	for (size_t i = 0; i < wording_count; i++) {
		const char *vi = wordings[i].vi, *found = strstr(line, vi);

		if (!found || is_ascii(vi) || !strcmp(vi, wordings[i].en) || utf8_cols(vi) < PHRASE_MIN)
			continue;
		if (begins_cell(line, found) && !is_letter(found + strlen(vi)))
			complain(path, vi, line);
	}
}

/* One whole word may be a clerk's note; part of one, or several, are ours. */
static bool begins_wording(const char *text, const char *start, size_t len)
{
	if (strncmp(text, start, len) != 0 || !text[len] || text[len] == '%')
		return false;
	return strncmp(text + len, "…", strlen("…")) != 0 && (memchr(start, ' ', len) || is_letter(text + len));
}

/* The cell before a `…` must be no beginning of a wording in that language. */
static void check_cuts(const char *path, const char *line, bool english)
{
	for (const char *cut = strstr(line, "…"); cut; cut = strstr(cut + 1, "…")) {
		const char *start = cut;
		size_t len;

		if (isalnum((unsigned char)cut[strlen("…")])) /* the tail of a number */
			continue;

		while (start > line && !(start[-1] == ' ' && start - 1 > line && start[-2] == ' '))
			start--;
		start += strspn(start, " >*[]x│!?");
		len = (size_t)(cut - start);
		for (size_t i = 0; len >= CUT_MIN && i < wording_count; i++) {
			const char *text = english ? wordings[i].en : wordings[i].vi;

			if (begins_wording(text, start, len))
				complain(path, text, line);
		}
	}
}

/* Which columns of a line hold something; true at SCREEN_COLS too when the line is a box's. */
static void read_cells(const char *line, bool cells[SCREEN_COLS + 1])
{
	memset(cells, 0, (SCREEN_COLS + 1) * sizeof(*cells));
	cells[SCREEN_COLS] = strstr(line, "│") || strstr(line, "┌") || strstr(line, "└");
	for (int col = 0; *line && col < SCREEN_COLS; col++) {
		cells[col] = *line != ' ';
		line += utf8_next(line, 0);
	}
}

/* A heading in columns [a, b) stands over a cell when they begin or end together, or when the cell is empty. */
static bool stands_over(const bool row[SCREEN_COLS + 1], int a, int b)
{
	bool any = false;

	for (int col = a; col < b; col++)
		any = any || row[col];
	return !any || (row[a] && !row[a - 1]) || (row[b - 1] && !row[b]);
}

/* One blank may stand inside a heading or between two. */
static bool headings_stand_over(const bool head[SCREEN_COLS + 1], const bool row[SCREEN_COLS + 1], int a, int b)
{
	bool ok = stands_over(row, a, b);

	for (int col = a + 1; !ok && col < b - 1; col++)
		ok = !head[col] && stands_over(row, a, col) && stands_over(row, col + 1, b);
	return ok;
}

/* `line` is the first row of a list when it is selected; `above` has its headings. */
static void check_columns(const char *path, const char *above, const char *line)
{
	bool head[SCREEN_COLS + 1], row[SCREEN_COLS + 1];

	read_cells(above, head);
	read_cells(line, row);
	if (strncmp(line, "> ", 2) != 0 || strncmp(above, "  ", 2) != 0 || !strstr(above + 2, "  ") ||
	    head[SCREEN_COLS] || row[SCREEN_COLS])
		return;
	for (int a = 2; a < SCREEN_COLS - 2; a++) {
		int b = a;

		while (b < SCREEN_COLS - 1 && (head[b] || (b > a && head[b + 1])))
			b++;
		if (b > a && !headings_stand_over(head, row, a, b))
			complain(path, "a heading beside its column", above);
		a = b;
	}
}

/* Screens without marks, and papers, which are Vietnamese by law, are not looked at. */
static bool is_looked_at(const char *name)
{
	return strncmp(name, "64-", 3) != 0 && !strstr(name, "paper") && !strstr(name, "register");
}

static void check_screen(const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	bool english = strstr(name, "-en.screen") || strstr(name, "-en-");
	struct buf text = BUF(FILE_MAX);
	char *at, *line, *rest = NULL;
	const char *above = "";

	if (!is_looked_at(name))
		return;
	case_name(name);
	read_whole(path, &text);
	at = strdup(buf_str(&text));
	assert_non_null(at);
	for (line = strtok_r(at, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (!strncmp(line, " dòng ", strlen(" dòng "))) /* columns of a file are named as in the file */
			continue;
		if (english)
			check_foreign_wordings(path, line);
		else
			check_foreign_words(path, line);
		check_cuts(path, line, english);
		check_columns(path, above, line);
		above = line;
	}
	free(at);
	buf_done(&text);
}

static const struct {
	const char *head, *row;
	unsigned faults;
} columns[] = {
	{ "  Mã     Tên", "> H-1    An", 0 },
	{ "  Mã     Tên", "> H-1   An", 1 },
	{ "  Mã   Phút", "> 12    15", 1 },
	{ "  Mã   Phút", ">  2     15", 0 },
	{ "  Khu phố Mã hộ  Chủ", ">       1 H-001  An", 0 },
};

static void columns_beside_their_headings_are_seen(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
		case_name(columns[i].row);
		faults = 0;
		check_columns("(made up)", columns[i].head, columns[i].row);
		assert_int_equal(faults, columns[i].faults);
	}
	faults = 0;
}

static void screens_speak_one_language(void **state)
{
	static const char *const folders[] = { "db/base", "db", "core/rules", "core", "sync", "tui" };

	(void)state;
	wordings = calloc(WORDINGS, sizeof(*wordings));
	assert_non_null(wordings);
	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		each_file(folders[i], ".c", read_source);
		each_file(folders[i], ".h", read_source);
	}
	assert_in_range(wording_count, 1000, WORDINGS - 2);
	assert_true(is_english("save"));
	assert_false(is_english("trong"));
	each_file("tests/tui", ".screen", check_screen);
	free(wordings);
	assert_int_equal(faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_beside_their_headings_are_seen),
		cmocka_unit_test(screens_speak_one_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
