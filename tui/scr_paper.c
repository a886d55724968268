/*
 * scr_paper.c - the papers of one dossier: what can be printed now, as it will come out; to the printer, into a
 * file, or the dossier's code as a QR for a citizen's telephone.
 *
 * Only papers the dossier has something to say on are offered. A sheet that was not printed is made again from
 * the store at any time: nothing waits in a queue of ours, so nothing can be lost from one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/act.h"
#include "db/rec_fields.h"
#include "tui/ask.h"
#include "tui/papers.h"
#include "tui/pick.h"
#include "tui/save.h"
#include "tui/screens.h"
#include "tui/sheet.h"

struct paper_screen {
	struct ui *ui;
	char code[DOSSIER_CODE_TEXT];
	enum slip_form forms[SLIP_FORMS]; /* what there is something to print of */
	size_t count, at;
	unsigned copies; /* of a receipt: one for the applicant, one for the office */
	struct sheet sheet;
};

static struct slip_ask ask_of(const struct paper_screen *paper, bool pdf)
{
	return (struct slip_ask){ .form = paper->forms[paper->at], .code = paper->code, .pdf = pdf,
				  .copies = paper->forms[paper->at] == SLIP_RECEIPT ? paper->copies : 1 };
}

/* What the screen says after all: a ward's template that could not be used. */
static void say_doubts(struct ui *ui, const struct explain *doubts)
{
	if (doubts->count)
		ui_say(ui, STYLE_WARN, explain_text(doubts, 0, ui->lang));
}

/* The paper as letters, for the eye. */
static void preview(struct ui *ui, struct paper_screen *paper)
{
	struct buf lines = BUF(PAPER_OUT_MAX), text = BUF(PAPER_OUT_MAX);
	struct slip_ask ask = ask_of(paper, false);
	struct explain doubts = { .count = 0 };
	struct err err = { .rc = RC_OK };
	enum rc rc;

	ask.copies = 1;
	rc = slip_make(ui->app, &ask, &lines, &doubts, &err);
	if (!rc)
		rc = papers_render(ui->app, PAPERS_TEXT, &lines, &text, &err);
	if (rc)
		ui_say_err(ui, &err);
	else
		say_doubts(ui, &doubts);
	sheet_set(&paper->sheet, rc ? "" : buf_str(&text));
	buf_wipe_done(&lines);
	buf_wipe_done(&text);
}

/* Which papers the dossier can have: the register is a book, not a dossier's. */
static void find_forms(struct ui *ui, struct paper_screen *paper)
{
	paper->count = 0;
	for (enum slip_form form = SLIP_RECEIPT; form < SLIP_REGISTER; form++) {
		struct slip_ask ask = { .form = form, .code = paper->code };
		struct buf lines = BUF(PAPER_OUT_MAX);

		if (slip_make(ui->app, &ask, &lines, NULL, NULL) == RC_OK)
			paper->forms[paper->count++] = form;
		buf_wipe_done(&lines);
	}
}

static void choose(struct ui *ui, struct paper_screen *paper, size_t at)
{
	if (at >= paper->count)
		return;
	paper->at = at;
	preview(ui, paper);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct paper_screen *paper = screen->state;
	struct area sheet = { body.row + 2, body.col, body.rows - 2, body.cols };
	enum slip_form form = paper->forms[paper->at];
	char copies[80] = "";

	if (form == SLIP_RECEIPT)
		snprintf(copies, sizeof(copies),
			 paper->copies > 1 ? UI_T(ui, "2 liên (dấu cách: 1)", "2 copies (Space: 1)") :
					     UI_T(ui, "1 liên (dấu cách: 2)", "1 copy (Space: 2)"));
	draw_format(&ui->canvas, body.row, 1, body.cols - 24, STYLE_STRONG, "%zu/%zu %s", paper->at + 1, paper->count,
		    ui_words(ui, slip_title(form)));
	draw_right(&ui->canvas, body.row, 1, body.cols - 2, STYLE_TEXT, copies);
	sheet_draw(&paper->sheet, &ui->canvas, sheet, ui->lang);
	draw_cursor(&ui->canvas, body.row, 1);
}

static void print(struct ui *ui, struct paper_screen *paper)
{
	struct slip_ask ask = ask_of(paper, false);
	struct explain doubts = { .count = 0 };
	struct err err = { .rc = RC_OK };

	ui_say(ui, STYLE_TEXT, UI_T(ui, "Đang gửi ra máy in.", "Sending it to the printer."));
	ui_show(ui);
	if (papers_print(ui->app, &ask, &doubts, &err)) {
		ui_say_err(ui, &err);
		return;
	}
	ui_format(ui, STYLE_GOOD, UI_T(ui, "Đã gửi ra máy in: %s", "Sent to the printer: %s"),
		  ui_words(ui, slip_title(ask.form)));
	say_doubts(ui, &doubts);
}

/* A paper that went into a file has left as one that was printed has. */
static enum rc save_as(struct ui *ui, const struct paper_screen *paper, enum papers_as as, struct err *err)
{
	static const struct words title = T("Ghi giấy tờ ra tệp", "Put the paper into a file");
	struct slip_ask ask = ask_of(paper, as == PAPERS_PDF);
	struct buf lines = BUF(PAPER_OUT_MAX), bytes = BUF(PAPER_OUT_MAX);
	char name[DOSSIER_CODE_TEXT + 32];
	enum rc rc = slip_make(ui->app, &ask, &lines, NULL, err);

	if (!rc)
		rc = papers_render(ui->app, as, &lines, &bytes, err);
	snprintf(name, sizeof(name), "%s-%s.%s", paper->code, slip_name(ask.form), as == PAPERS_PDF ? "pdf" : "txt");
	if (!rc && save_run(ui, &title, name, bytes.data, bytes.len) && ask.form == SLIP_RECEIPT)
		rc = act_printed(ui->app, paper->code, err);
	buf_wipe_done(&lines);
	buf_wipe_done(&bytes);
	return rc;
}

static void save(struct ui *ui, struct paper_screen *paper)
{
	static const struct words answers[] = { T("PDF, để in hoặc gửi đi", "PDF, to print or to send"),
						T("Chữ thường", "Plain text") };
	static const struct words title = T("Ghi ra tệp", "Put it into a file");
	int chosen = ask_choice(ui, &title, "", answers, ARRAY_LEN(answers), 0);
	struct err err = { .rc = RC_OK };

	if (chosen >= 0 && save_as(ui, paper, chosen == 0 ? PAPERS_PDF : PAPERS_TEXT, &err))
		ui_say_err(ui, &err);
}

static void form_words(void *ctx, size_t item, char *out, size_t size)
{
	const struct paper_screen *paper = ctx;

	snprintf(out, size, "%s", ui_words(paper->ui, slip_title(paper->forms[item])));
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct paper_screen *paper = screen->state;

	if (key->name != K_TEXT || key->pasted || key->ch < '1' || key->ch >= '1' + paper->count)
		return false;
	choose(ui, paper, key->ch - '1');
	return true;
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	static const struct words title = T("Giấy tờ của hồ sơ", "Papers of the dossier");
	struct paper_screen *paper = screen->state;

	switch (action) {
	case UI_PRINT:
		print(ui, paper);
		return true;
	case UI_SAVE:
		save(ui, paper);
		return true;
	case UI_VALUES:
		choose(ui, paper, (size_t)pick_run(ui, &title, paper->count, form_words, paper, paper->at));
		return true;
	case UI_QR:
		scr_qr(ui, paper->code);
		return true;
	case UI_TOGGLE:
		paper->copies = 3 - paper->copies;
		return true;
	case UI_RELOAD:
		preview(ui, paper);
		return true;
	case UI_ACCEPT:
		return true;
	default:
		return sheet_action(&paper->sheet, action);
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct paper_screen *paper = screen->state;

	(void)ui;
	sheet_done(&paper->sheet);
	free(paper);
}

static const enum ui_action actions[] = { UI_PRINT, UI_SAVE, UI_VALUES, UI_QR,    UI_PAGEDOWN, UI_PAGEUP, UI_BACK,
					  UI_HELP,  UI_LEFT, UI_RIGHT,  UI_TOGGLE, UI_RELOAD,   UI_NONE };

const struct screen_ops paper_screen = {
	.name = "paper",
	.title = T("Giấy tờ", "Papers"),
	.actions = actions,
	.draw = on_draw,
	.on_key = on_key,
	.on_action = on_action,
	.on_close = on_close,
};

/* The paper of what was done last, as far as the state tells. */
static enum slip_form likely_form(struct ui *ui, const char *code)
{
	enum slip_form form = SLIP_RECEIPT;
	struct rec rec;

	rec_init(&rec, REC_DOSSIER);
	if (query_dossier(ui->app, code, &rec, NULL) == RC_OK) {
		int state = dossier_state(&rec);
		struct element el = { .from = 0 };

		if (state == STATE_SUPPLEMENT)
			form = SLIP_SUPPLEMENT;
		else if (state == STATE_STOPPED)
			form = SLIP_STOP;
		else if (state == STATE_NOT_RECEIVED || rec_true(&rec, DOSSIER_REFUSED))
			form = SLIP_REFUSAL;
		else if (state == STATE_PROCESSING)
			form = rec_each(&rec, DOSSIER_EXTENSIONS, &el) ? SLIP_APOLOGY : SLIP_CONTROL;
	}
	rec_done(&rec);
	return form;
}

void scr_paper(struct ui *ui, const char *code)
{
	struct paper_screen *paper;
	enum slip_form likely = likely_form(ui, code);
	struct err err = { .rc = RC_OK };

	if (app_may(ui->app, MAY_SLIP, &err)) {
		ui_say_err(ui, &err);
		return;
	}
	paper = calloc(1, sizeof(*paper));
	if (!paper)
		die("no memory for a screen");
	paper->ui = ui;
	paper->copies = 2;
	snprintf(paper->code, sizeof(paper->code), "%s", code);
	find_forms(ui, paper);
	if (!paper->count) {
		ui_say(ui, STYLE_WARN, UI_T(ui, "Hồ sơ này chưa có giấy tờ nào để in.",
					    "This dossier has no paper to print yet."));
		free(paper);
		return;
	}
	for (size_t i = 0; i < paper->count; i++)
		if (paper->forms[i] == likely)
			paper->at = i;
	sheet_init(&paper->sheet);
	preview(ui, paper);
	ui_push(ui, &paper_screen, paper);
}
