/* many.c - see many.h. */
#include "tui/many.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/many.h"
#include "db/base/mem.h"
#include "tui/ask.h"
#include "tui/papers.h"
#include "tui/progress.h"
#include "tui/save.h"
#include "tui/verb.h"
#include "tui/words.h"

enum { DEED_VERB, DEED_PAPER, DEED_FILE };
enum {
	FILE_MAX = 64 << 20,
	LOOK_BACK = 100, /* dossiers whose last event is looked at before undo is offered */
};

/* What can be done to many, in the order it is offered: a dossier's way through the office. */
static const struct deed {
	int kind;
	enum verb verb;
	enum slip_form form;
	struct words words; /* a verb has its own */
} deeds[] = {
	{ DEED_VERB, VERB_ACCEPT, SLIP_FORMS, T("", "") },
	{ DEED_VERB, VERB_FORWARD, SLIP_FORMS, T("", "") },
	{ DEED_VERB, VERB_RESUME, SLIP_FORMS, T("", "") },
	{ DEED_VERB, VERB_DONE, SLIP_FORMS, T("", "") },
	{ DEED_VERB, VERB_RETURN, SLIP_FORMS, T("", "") },
	{ DEED_VERB, VERB_UNDO, SLIP_FORMS, T("", "") },
	{ DEED_PAPER, VERB_NONE, SLIP_CONTROL, T("in phiếu kiểm soát", "print control slips") },
	{ DEED_PAPER, VERB_NONE, SLIP_RECEIPT, T("in giấy tiếp nhận", "print receipts") },
	{ DEED_FILE, VERB_NONE, SLIP_FORMS, T("ghi danh sách ra tệp", "put the list into a file") },
};

/* The dossiers something is done to, and how each fared. */
struct many {
	struct ui *ui;
	struct dlines *lines;
	struct many_line *line;
	const char **codes;
	size_t count;
	bool ticked;
	const struct deed *deed;
	char title[128];
	/* While they are gone through. */
	size_t *which; /* the nth code given to core is this line */
	struct progress *progress;
	size_t done, total;
};

static const struct words *deed_words(const struct deed *deed)
{
	return deed->kind == DEED_VERB ? &dossier_verb(deed->verb)->label : &deed->words;
}

/* The ticked ones, shown or not; else the one under the cursor. The list may change while they are gone through. */
static bool many_begin(struct many *many, struct ui *ui, struct dlines *lines)
{
	const struct dline *here = dlines_at(lines);
	size_t ticks = lines->list.tag_count;

	*many = (struct many){ .ui = ui, .lines = lines, .ticked = ticks > 0 };
	if (!ticks && !here)
		return false;
	many->line = mem_zeroed(ticks ? ticks : 1, sizeof(*many->line));
	many->codes = mem_zeroed(ticks ? ticks : 1, sizeof(*many->codes));
	many->which = mem_zeroed(ticks ? ticks : 1, sizeof(*many->which));
	for (size_t row = 0; row < lines->count; row++) {
		const struct dline *from = &lines->line[row];

		if (ticks ? !list_tagged(&lines->list, row) : from != here)
			continue;
		snprintf(many->line[many->count].code, sizeof(many->line->code), "%s", from->code);
		snprintf(many->line[many->count].name, sizeof(many->line->name), "%s", from->name);
		many->count++;
	}
	return many->count > 0;
}

static void many_end(struct many *many)
{
	free(many->line);
	free(many->codes);
	free(many->which);
}

/* The codes of all lines, or of the good ones only. */
static size_t take_codes(struct many *many, bool good_only)
{
	size_t count = 0;

	for (size_t i = 0; i < many->count; i++)
		if (!good_only || many->line[i].good) {
			many->codes[count] = many->line[i].code;
			many->which[count++] = i;
		}
	return count;
}

static size_t good_lines(const struct many *many)
{
	size_t count = 0;

	for (size_t i = 0; i < many->count; i++)
		count += many->line[i].good;
	return count;
}

/* For how many the state and the role allow each deed. */
static void count_able(struct many *many, size_t able[ARRAY_LEN(deeds)])
{
	struct app *app = many->ui->app;
	struct act_input nothing;
	struct rec dossier;

	act_input_init(&nothing, VERB_UNDO);
	rec_init(&dossier, REC_DOSSIER);
	for (size_t i = 0; i < many->count; i++) {
		rec_clear(&dossier, REC_DOSSIER);
		if (query_dossier(app, many->line[i].code, &dossier, NULL))
			continue;
		for (size_t d = 0; d < ARRAY_LEN(deeds); d++) {
			bool received = rec_has(&dossier, DOSSIER_RECEIVED_AT);

			if (deeds[d].verb == VERB_UNDO && many->count <= LOOK_BACK)
				able[d] += act_check(app, many->line[i].code, VERB_UNDO, &nothing, NULL, NULL) == RC_OK;
			else if (deeds[d].kind == DEED_VERB)
				able[d] += act_may(app, &dossier, deeds[d].verb, NULL) == RC_OK;
			else if (deeds[d].kind == DEED_PAPER)
				able[d] += received && access_allows(app->role, MAY_SLIP);
			else
				able[d] += access_allows(app->role, MAY_EXPORT);
		}
	}
	rec_done(&dossier);
	act_input_done(&nothing);
}

/* Which of them; NULL when none is wanted or lawful. */
static const struct deed *choose(struct many *many, enum many_wish wish)
{
	static const struct words title = T("Làm gì với các hồ sơ này?", "What is to be done with these?");
	const struct deed *offered[ARRAY_LEN(deeds)];
	char texts[ARRAY_LEN(deeds)][160], text[128];
	struct words answers[ARRAY_LEN(deeds)];
	size_t able[ARRAY_LEN(deeds)] = { 0 }, count = 0;
	int chosen;

	count_able(many, able);
	for (size_t d = 0; d < ARRAY_LEN(deeds); d++) {
		char words[128];

		if (!able[d] || (wish == MANY_PRINT && deeds[d].kind != DEED_PAPER) ||
		    (wish == MANY_UNDO && deeds[d].verb != VERB_UNDO))
			continue;
		words_capital(ui_words(many->ui, deed_words(&deeds[d])), words, sizeof(words));
		snprintf(texts[count], sizeof(texts[0]), "%s (%zu)", words, able[d]);
		answers[count] = (struct words){ texts[count], texts[count] };
		offered[count++] = &deeds[d];
	}
	if (!count) {
		ui_say(many->ui, STYLE_WARN, UI_T(many->ui, "Không có việc nào làm được với các hồ sơ này.",
						  "Nothing can be done with these dossiers."));
		return NULL;
	}
	if (wish == MANY_UNDO)
		return offered[0];
	snprintf(text, sizeof(text), UI_T(many->ui, "%zu hồ sơ. Trong ngoặc: số hồ sơ làm được.",
					  "%zu dossiers. In brackets: for how many it can be done."),
		 many->count);
	chosen = ask_choice(many->ui, &title, text, answers, count, 0);
	return chosen < 0 ? NULL : offered[chosen];
}

/* "12 hồ sơ, 10 làm được, 2 không." */
static void say_check(const struct many *many, char *out, size_t size)
{
	size_t good = good_lines(many);

	snprintf(out, size, UI_T(many->ui, "%zu hồ sơ, %zu làm được, %zu không.",
					  "%zu dossiers, %zu can be done, %zu cannot."),
		 many->count, good, many->count - good);
}

static void say_done(const struct many *many, char *out, size_t size)
{
	size_t good = good_lines(many);

	snprintf(out, size, UI_T(many->ui, "%zu hồ sơ, %zu đã làm, %zu chưa.", "%zu dossiers, %zu done, %zu not."),
		 many->count, good, many->count - good);
}

static bool check_page(struct many *many)
{
	char summary[128];

	say_check(many, summary, sizeof(summary));
	return many_page(many->ui, many->title, summary, many->line, many->count, true, false) == MANY_GO;
}

/* "Đang xử lý, Địa chính. Hẹn 16:55 25/11/2026", or what became of a closed one. */
static void say_result(const struct many *many, const struct act_result *result, char *out, size_t size)
{
	bool open = result->state < STATE_DONE;
	char when[CLOCK_SHORT_TEXT] = "";
	int used = snprintf(out, size, "%s", ui_words(many->ui, state_words(result->state)));

	if (used >= 0 && open && *result->holder)
		used += snprintf(out + used, size - (size_t)used, ": %s", result->holder);
	if (used >= 0 && open && result->due_at != MSEC_NONE)
		used += snprintf(out + used, size - (size_t)used, "%s%s", UI_T(many->ui, ", hẹn ", ", due "),
				 clock_format_short(result->due_at, when));
	if (used >= 0 && result->doubts.count)
		(void)snprintf(out + used, size - (size_t)used, "; %s",
			       explain_text(&result->doubts, 0, many->ui->lang));
}

/* What the verb makes of a dossier, in its line, or why not. */
static enum rc take_outcome(void *ctx, const struct many_outcome *outcome, struct err *err)
{
	struct many *many = ctx;
	struct many_line *line = &many->line[many->which[outcome->nth]];

	line->good = outcome->err->rc == RC_OK;
	if (!line->good)
		snprintf(line->text, sizeof(line->text), "%s", err_text(outcome->err, many->ui->lang));
	else if (!outcome->result->state)
		snprintf(line->text, sizeof(line->text), "%s", UI_T(many->ui, "được", "can be"));
	else
		say_result(many, outcome->result, line->text, sizeof(line->text));
	if (!many->progress || progress_items(many->progress, ++many->done, many->total))
		return RC_OK;
	return err_set(err, RC_REFUSED, "đã dừng", "stopped");
}

/* Those that were not come to. */
static void not_reached(struct many *many, size_t count, const char *why)
{
	for (size_t i = 0; i < count; i++) {
		struct many_line *line = &many->line[many->which[i]];

		line->good = false;
		snprintf(line->text, sizeof(line->text), "%s%s%s", UI_T(many->ui, "chưa làm", "not done"),
			 *why ? ": " : "", why);
	}
}

/* Ask core about `count` codes, or do it; how each fared stands in its line. */
static void go_through(struct many *many, enum verb verb, const struct act_input *input, size_t count, bool check)
{
	static const struct words checking = T("Đang xem từng hồ sơ", "Looking at each dossier"),
				  doing = T("Đang ghi", "Recording");
	struct progress progress;
	struct err err = { .rc = RC_OK };
	enum rc rc;

	not_reached(many, count, "");
	many->done = 0;
	many->total = count;
	many->progress = count > MANY_TOGETHER ? &progress : NULL;
	if (many->progress)
		progress_begin(many->ui, &progress, check ? &checking : &doing, PROGRESS_ITEMS);
	rc = check ? many_check(many->ui->app, many->codes, count, verb, input, take_outcome, many, &err) :
		     many_run(many->ui->app, many->codes, count, verb, input, take_outcome, many, &err);
	if (many->progress)
		progress_end(&progress);
	many->progress = NULL;
	if (rc && rc != RC_REFUSED)
		ui_say_err(many->ui, &err);
}

/* What failed stays ticked; what was done is done with. */
static void tick_failed(struct many *many, bool good_too)
{
	size_t count = 0;

	for (size_t i = 0; i < many->count; i++)
		if (good_too || !many->line[i].good)
			many->codes[count++] = many->line[i].code;
	if (many->ticked)
		dlines_tick(many->lines, many->codes, count);
}

/* All that was done just now, taken back: each dossier's last event, unless it has been sealed since. */
static void take_back(struct many *many)
{
	const struct dossier_verb *undo = dossier_verb(VERB_UNDO);
	size_t count = take_codes(many, true);
	struct act_input input;
	char summary[128];

	act_input_init(&input, VERB_UNDO);
	words_capital(ui_words(many->ui, &undo->label), many->title, sizeof(many->title));
	go_through(many, VERB_UNDO, &input, count, false);
	act_input_done(&input);
	say_done(many, summary, sizeof(summary));
	tick_failed(many, true);
	(void)many_page(many->ui, many->title, summary, many->line, many->count, false, false);
}

static void run_verb(struct many *many)
{
	const struct dossier_verb *verb = dossier_verb(many->deed->verb);
	struct act_input input;
	char summary[128];
	size_t count;
	bool undo;

	act_input_init(&input, verb->verb);
	if (!verb_ask(many->ui, verb, many->codes, take_codes(many, false), &input))
		goto out;
	go_through(many, verb->verb, &input, take_codes(many, false), true);
	if (!check_page(many))
		goto out;
	count = take_codes(many, true);
	go_through(many, verb->verb, &input, count, false);
	tick_failed(many, false);
	say_done(many, summary, sizeof(summary));
	undo = verb->verb != VERB_UNDO && good_lines(many);
	if (many_page(many->ui, many->title, summary, many->line, many->count, false, undo) == MANY_TAKE_BACK)
		take_back(many);
out:
	act_input_done(&input);
}

/* Can the paper be made for each? Nothing is printed. */
static void check_papers(struct many *many)
{
	for (size_t i = 0; i < many->count; i++) {
		struct slip_ask ask = { .form = many->deed->form, .code = many->line[i].code };
		struct buf paper = BUF(PAPER_OUT_MAX);
		struct err err = { .rc = RC_OK };

		many->line[i].good = slip_make(many->ui->app, &ask, &paper, NULL, &err) == RC_OK;
		snprintf(many->line[i].text, sizeof(many->line[i].text), "%s",
			 many->line[i].good ? UI_T(many->ui, "in được", "can be printed") :
					      err_text(&err, many->ui->lang));
		buf_wipe_done(&paper);
	}
}

/* One after the other; a printer that fails is not tried again for each. */
static void print_papers(struct many *many, size_t count)
{
	static const struct words title = T("Đang in", "Printing");
	struct progress progress;
	struct err err = { .rc = RC_OK };
	bool stopped = false;

	not_reached(many, count, "");
	progress_begin(many->ui, &progress, &title, PROGRESS_ITEMS);
	for (size_t i = 0; i < count && !stopped; i++) {
		struct many_line *line = &many->line[many->which[i]];
		struct slip_ask ask = { .form = many->deed->form, .code = line->code };
		enum rc rc = papers_print(many->ui->app, &ask, NULL, &err);

		line->good = rc == RC_OK;
		snprintf(line->text, sizeof(line->text), "%s",
			 rc ? err_text(&err, many->ui->lang) :
			      UI_T(many->ui, "đã gửi ra máy in", "sent to the printer"));
		if (rc == RC_FAILED || rc == RC_USAGE || rc == RC_IO) {
			stopped = true;
			for (size_t left = i + 1; left < count; left++)
				snprintf(many->line[many->which[left]].text, sizeof(line->text), "%s",
					 UI_T(many->ui, "chưa in: máy in không nhận",
					      "not printed: the printer fails"));
		}
		stopped = !progress_items(&progress, i + 1, count) || stopped;
	}
	progress_end(&progress);
}

static void run_papers(struct many *many)
{
	char summary[128];

	check_papers(many);
	if (!check_page(many))
		return;
	print_papers(many, take_codes(many, true));
	tick_failed(many, false);
	say_done(many, summary, sizeof(summary));
	(void)many_page(many->ui, many->title, summary, many->line, many->count, false, false);
}

/* XLSX is made of the table's lines by motcua-media. */
static enum rc make_file(struct many *many, int kind, size_t count, struct buf *out, struct err *err)
{
	struct buf stream = BUF(FILE_MAX);
	struct table table;
	enum rc rc;

	if (kind == 2)
		return many_lines(many->ui->app, many->codes, count, out, err);
	table_init(&table);
	rc = many_table(many->ui->app, many->codes, count, &table, err);
	if (!rc && kind == 1) {
		table_write_csv(&table, out);
	} else if (!rc) {
		table_write_stream(&table, many->ui->lang, &stream);
		rc = papers_make(MEDIA_XLSX, 0, stream.data, stream.len, out, err);
	}
	buf_wipe_done(&stream);
	table_done(&table);
	return rc;
}

static void run_file(struct many *many)
{
	static const struct words answers[] = {
		T("Bảng tính XLSX", "Spreadsheet, XLSX"),
		T("Bảng tính CSV", "Spreadsheet, CSV"),
		T("Bản ghi, mỗi dòng một hồ sơ (JSON)", "Records, one a line (JSON)"),
	};
	static const char *const endings[] = { "xlsx", "csv", "jsonl" };
	static const struct words title = T("Ghi danh sách ra tệp", "Put the list into a file");
	char name[64], date[CLOCK_DATE_TEXT];
	struct buf bytes = BUF(FILE_MAX);
	struct err err = { .rc = RC_OK };
	int chosen = ask_choice(many->ui, &title, "", answers, ARRAY_LEN(answers), 0);

	if (chosen < 0)
		return;
	snprintf(name, sizeof(name), "%s-%s.%s", UI_T(many->ui, "ho-so", "dossiers"),
		 clock_format_date(dayno_of(app_now(many->ui->app)), date), endings[chosen]);
	if (make_file(many, chosen, take_codes(many, false), &bytes, &err))
		ui_say_err(many->ui, &err);
	else
		save_run(many->ui, &title, name, bytes.data, bytes.len);
	buf_wipe_done(&bytes);
}

void many_act(struct ui *ui, struct dlines *lines, enum many_wish wish)
{
	struct many *many = mem_zeroed(1, sizeof(*many));

	if (many_begin(many, ui, lines) && (many->deed = choose(many, wish))) {
		words_capital(ui_words(ui, deed_words(many->deed)), many->title, sizeof(many->title));
		if (many->deed->kind == DEED_VERB)
			run_verb(many);
		else if (many->deed->kind == DEED_PAPER)
			run_papers(many);
		else
			run_file(many);
	}
	many_end(many);
	free(many);
}
