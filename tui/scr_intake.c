/*
 * scr_intake.c - receive a dossier: fields, papers, the promise as it will be.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/draft.h"
#include "tui/intake.h"
#include "tui/screens.h"
#include "tui/term.h"

enum { INTAKE_PAPER_ROWS = 5 };

static int field_rows(struct intake *intake)
{
	int fields = 0;

	for (size_t i = 0; i < intake->form.count; i++)
		fields += !intake_hooks.hidden(intake, i);
	return fields;
}

/* Rows for the papers: what a tall window has left over, never fewer than INTAKE_PAPER_ROWS. */
static int paper_rows(struct intake *intake, struct area body)
{
	int left = body.rows - field_rows(intake) - 4, want = (int)intake->paper_count + 1;

	if (!intake->paper_count)
		return 0;
	if (left < INTAKE_PAPER_ROWS)
		return INTAKE_PAPER_ROWS;
	return want < left ? want : left;
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct intake *intake = screen->state;
	int papers = paper_rows(intake, body), notice, errors = (int)intake->form.error_count;
	struct area form = { body.row, body.col, body.rows - papers - 3, body.cols - 1 };
	struct area below = { 0, 2, 0, body.cols - 3 };

	notice = draw_wrapped_rows(intake->notice, below.cols);
	form.rows -= notice > 1 ? notice - 1 : 0;
	if (form.rows > field_rows(intake) + 1) /* on a tall window the rest follows the fields */
		form.rows = field_rows(intake) + 1;
	/* The papers first, so that the list of matches lies over them. */
	below.row = body.row + form.rows;
	draw_text(&ui->canvas, below.row, 2, below.cols, STYLE_STRONG, intake->due);
	below.row++;
	below.rows = notice > 1 ? notice : 1;
	draw_wrapped(&ui->canvas, below, 0, intake->notice_style, intake->notice);
	below.row += below.rows;
	below.rows = body.row + body.rows - below.row;
	if (errors)
		form_draw_errors(&intake->form, &ui->canvas, below);
	else if (intake->paper_count)
		intake_draw_papers(ui, intake, below);
	form_draw(&intake->form, &ui->canvas, form, !intake->in_papers);
}

/* A field was left or changed: what follows from it. */
static void follow(struct intake *intake, size_t row)
{
	const char *name = intake->form.rows[row].name;

	intake->owed = true;
	if (!strcmp(name, "procedure_code") || !strcmp(name, "channel") || !strcmp(name, "due_at")) {
		intake_replan(intake);
		intake_look_up(intake);
	} else if (!strcmp(name, "applicant_id_no")) {
		intake_look_up(intake);
	}
}

/* The scan is whole: fill the form; what was no card goes into the field it was typed into. */
static void end_scan(struct intake *intake)
{
	if (!intake_card(intake, intake->burst.text, intake->burst.len)) {
		form_go(&intake->form, intake->before_row);
		edit_set(&intake->form.edits[intake->before_row], intake->burst.text);
	}
	intake->in_papers = false;
	intake->owed = true;
	burst_init(&intake->burst);
}

/* True when the key belongs to a scan. */
static bool scan_key(struct intake *intake, const struct key *key)
{
	switch (burst_key(&intake->burst, key, term_now_ms())) {
	case BURST_FIRST:
		intake->before_row = intake->form.at;
		intake->before = intake->form.edits[intake->form.at];
		return false;
	case BURST_BEGIN:
		intake->form.edits[intake->before_row] = intake->before;
		intake->form.open = false;
		return true;
	case BURST_MORE:
		return true;
	case BURST_END:
		end_scan(intake);
		return true;
	default:
		return false;
	}
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct intake *intake = screen->state;
	size_t row = intake->form.at;
	enum form_result result;

	if (scan_key(intake, key))
		return true;
	if (intake->in_papers) {
		if (key->name != K_TEXT || key->pasted || key->ch < '0' || key->ch > '9')
			return false;
		intake_paper_digit(intake, (int)(key->ch - '0'));
		return true;
	}
	result = form_key(&intake->form, &ui->typing, key);
	if (result == FORM_CHANGED)
		follow(intake, row);
	return result != FORM_IGNORED;
}

static void move_paper(struct intake *intake, int step)
{
	if (step < 0 && intake->paper_at == 0)
		intake->in_papers = false;
	else if (step < 0)
		intake->paper_at--;
	else if (intake->paper_at + 1 < intake->paper_count)
		intake->paper_at++;
}

static void move_cell(struct intake *intake, int step)
{
	int cell = (int)intake->cell + step;

	intake->cell = (enum intake_cell)((cell + CELL_KINDS) % CELL_KINDS);
}

static bool paper_action(struct ui *ui, struct intake *intake, enum ui_action action)
{
	bool on_tick = intake->cell != CELL_ELECTRONIC;

	intake->counting = false;
	switch (action) {
	case UI_LEFT:
	case UI_RIGHT:
		move_cell(intake, action == UI_LEFT ? -1 : 1);
		break;
	case UI_NEXT:
		move_paper(intake, 1);
		break;
	case UI_PREV:
		move_paper(intake, -1);
		break;
	case UI_TOGGLE:
		intake_paper_toggle(intake);
		if (on_tick)
			move_paper(intake, 1);
		break;
	case UI_ALL:
		intake_paper_all(intake);
		break;
	case UI_ACCEPT:
		scr_check(ui, intake);
		break;
	case UI_NEXTERR:
		intake->in_papers = false;
		form_action(&intake->form, &ui->typing, action);
		break;
	default:
		return false;
	}
	intake->owed = true;
	return true;
}

static bool form_action_here(struct ui *ui, struct intake *intake, enum ui_action action)
{
	size_t row = intake->form.at;
	enum form_result result = form_action(&intake->form, &ui->typing, action);

	if (result == FORM_IGNORED)
		return false;
	intake->owed = true;
	/* The card said all that lies between. */
	if (intake->carded && action == UI_ACCEPT && intake_procedure(intake)) {
		form_go(&intake->form, form_row_named(&intake->form, "applicant_phone"));
		intake->carded = false;
	}
	if (result == FORM_CHANGED || intake->form.at != row || result == FORM_AFTER)
		follow(intake, row);
	if (result == FORM_AFTER && intake->paper_count)
		intake->in_papers = true;
	else if (result == FORM_AFTER && action == UI_ACCEPT)
		scr_check(ui, intake);
	return true;
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct intake *intake = screen->state;
	bool at_id = !intake->in_papers && !strcmp(intake->form.rows[intake->form.at].name, "applicant_id_no");

	switch (action) {
	case UI_SAVE:
		form_leave(&intake->form, &ui->typing);
		follow(intake, intake->form.at);
		scr_check(ui, intake);
		return true;
	case UI_DITTO:
		if (intake->in_papers)
			return true;
		intake_ditto(intake);
		follow(intake, intake->form.at);
		return true;
	case UI_VALUES:
		if (at_id && intake_take_known(intake)) {
			intake_look_up(intake);
			return true;
		}
		if (!intake->in_papers && intake_take_proper(intake))
			return true;
		break;
	default:
		break;
	}
	if (intake->in_papers)
		return paper_action(ui, intake, action);
	return form_action_here(ui, intake, action);
}

/* Linear mode: the number of a paper ticks it. */
static bool on_number(struct ui *ui, struct screen *screen, unsigned number)
{
	struct intake *intake = screen->state;

	(void)ui;
	if (!intake->in_papers || !number || number > intake->paper_count)
		return false;
	intake->papers[number - 1].held = !intake->papers[number - 1].held;
	intake->owed = true;
	return true;
}

static bool in_text(struct ui *ui, struct screen *screen)
{
	struct intake *intake = screen->state;

	(void)ui;
	return intake->burst.taking || (!intake->in_papers && form_in_text(&intake->form));
}

static int wait_ms(struct ui *ui, struct screen *screen)
{
	struct intake *intake = screen->state;

	(void)ui;
	return burst_wait_ms(&intake->burst, term_now_ms());
}

static void on_silence(struct ui *ui, struct screen *screen)
{
	struct intake *intake = screen->state;

	(void)ui;
	if (burst_wait_ms(&intake->burst, term_now_ms()) == 0)
		end_scan(intake);
}

static void on_idle(struct ui *ui, struct screen *screen)
{
	(void)ui;
	intake_keep(screen->state);
}

static void on_close(struct ui *ui, struct screen *screen)
{
	(void)ui;
	intake_keep(screen->state);
	intake_free(screen->state);
}

static const enum ui_action actions[] = { UI_SAVE, UI_ACCEPT, UI_VALUES, UI_DITTO, UI_BACK, UI_TYPING, UI_HELP,
					  UI_NEXTERR, UI_NEXT, UI_PREV, UI_LEFT, UI_RIGHT, UI_TOGGLE, UI_ALL,
					  UI_RAWKEYS, UI_CLEAR, UI_NONE };

const struct screen_ops intake_screen = {
	.name = "intake", .title = T("Tiếp nhận hồ sơ", "Receive a dossier"), .actions = actions, .draw = on_draw,
	.in_text = in_text, .on_key = on_key, .on_action = on_action, .on_idle = on_idle, .wait_ms = wait_ms,
	.on_silence = on_silence, .on_close = on_close, .on_number = on_number,
	.scans = true,
};

void scr_intake_draft(struct ui *ui, int64_t draft)
{
	struct intake *intake = calloc(1, sizeof(*intake));
	struct err err = { .rc = RC_OK };

	if (!intake)
		die("no memory for a screen");
	if (app_may(ui->app, MAY_RECEIVE, &err) || intake_start(intake, ui, &err)) {
		ui_say_err(ui, &err);
		intake->ui = ui;
		intake_free(intake);
		return;
	}
	if (draft && !intake_open_draft(intake, draft))
		ui_say(ui, STYLE_WARN, UI_T(ui, "Bản nháp không còn đọc được.", "The draft cannot be read."));
	ui_push(ui, &intake_screen, intake);
}

void scr_intake_household(struct ui *ui)
{
	size_t depth = ui->depth;
	struct intake *intake;

	scr_intake_draft(ui, 0);
	if (ui->depth == depth)
		return;
	intake = ui->stack[ui->depth - 1].state;
	intake_household(intake);
}

void scr_intake_card(struct ui *ui, const char *text, size_t len)
{
	size_t depth = ui->depth;
	struct intake *intake;

	scr_intake_draft(ui, 0);
	if (ui->depth == depth)
		return;
	intake = ui->stack[ui->depth - 1].state;
	if (!intake_card(intake, text, len))
		ui_say(ui, STYLE_WARN, UI_T(ui, "Máy quét gửi một mã không phải thẻ căn cước.",
					    "The scanner sent a code that is no identity card."));
	form_go(&intake->form, form_row_named(&intake->form, "procedure_code"));
	intake->owed = true;
}

static enum rc first_draft(void *ctx, const struct draft_row *draft, struct err *err)
{
	int64_t *id = ctx;

	(void)err;
	if (!*id)
		*id = draft->id;
	return RC_OK;
}

void scr_intake(struct ui *ui)
{
	struct err err = { .rc = RC_OK };
	int64_t draft = 0;

	if (draft_list(ui->app, "intake", first_draft, &draft, &err))
		ui_say_err(ui, &err);
	scr_intake_draft(ui, draft);
}
