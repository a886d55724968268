/*
 * scr_check.c - the page before the receipt, and the receipt's code.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "db/rec_fields.h"
#include "tui/intake.h"
#include "tui/screens.h"
#include "tui/words.h"

enum { CHECK_ROWS_MIN = 5 };

struct check {
	struct intake *intake;
	struct rec rec;              /* as it would be stored */
	struct intake_result result;
	size_t at;                   /* 0: save; then the form's rows that are filled */
};

struct receipt {
	struct intake_result result;
	char name[204], procedure[404];
};

/* Rows of the form that say something. */
static bool row_counts(struct intake *intake, size_t row)
{
	/* How a fee is paid stands behind its amount. */
	if (intake_is_fee(intake_rows[row].name) && strcmp(intake_rows[row].name, "amount_vnd") != 0)
		return false;
	return intake->form.edits[row].len && !intake_hooks.hidden(intake, row);
}

static size_t nth_row(struct intake *intake, size_t n)
{
	for (size_t row = 0; row < intake->form.count; row++)
		if (row_counts(intake, row) && !n--)
			return row;
	return FORM_ROWS;
}

static size_t filled_rows(struct intake *intake)
{
	size_t count = 0;

	for (size_t row = 0; row < intake->form.count; row++)
		count += row_counts(intake, row);
	return count;
}

static int draw_doubts(struct ui *ui, const struct explain *doubts, struct area area)
{
	int row = 0;

	for (size_t i = 0; i < doubts->count && row < area.rows; i++) {
		struct area left = { area.row + row, area.col, area.rows - row, area.cols };
		char text[EXPLAIN_TEXT + 8];

		snprintf(text, sizeof(text), "! %s", explain_text(doubts, i, ui->lang));
		row += draw_wrapped(&ui->canvas, left, 0, STYLE_WARN, text);
	}
	return row;
}

/* "được miễn: hộ nghèo", "đã thu, tiền mặt, biên lai 12", "chưa thu". */
static const char *fee_words(struct ui *ui, const struct check *check, const struct element *el, char out[WORDS_TEXT])
{
	const struct field *fee = field_tagged(rec_type(REC_DOSSIER)->fields, DOSSIER_FEES)->sub;
	int64_t status = el_num(&check->rec, el, FEE_EL_STATUS), method = el_num(&check->rec, el, FEE_EL_METHOD);
	int64_t why = el_num(&check->rec, el, FEE_EL_EXEMPT_REASON);
	char state[64] = "", how[64] = "";
	const char *receipt = el_text(&check->rec, el, FEE_EL_RECEIPT_NO);

	if (status > 0)
		words_choice(field_tagged(fee, FEE_EL_STATUS), status, ui->lang, state, sizeof(state));
	if (status == FEE_EXEMPT && why > 0)
		words_choice(field_tagged(fee, FEE_EL_EXEMPT_REASON), why, ui->lang, how, sizeof(how));
	else if (status == FEE_PAID && method > 0)
		words_choice(field_tagged(fee, FEE_EL_METHOD), method, ui->lang, how, sizeof(how));
	snprintf(out, WORDS_TEXT, "%s%s%s%s%s", state, *how ? ", " : "", how,
		 *receipt ? UI_T(ui, ", biên lai ", ", receipt ") : "", receipt);
	return out;
}

static int draw_fees(struct ui *ui, const struct check *check, struct area area)
{
	struct element el = { .from = 0 };
	char money[48], words[WORDS_TEXT];
	int row = 0;

	while (rec_each(&check->rec, DOSSIER_FEES, &el) && row < area.rows)
		draw_format(&ui->canvas, area.row + row++, area.col, area.cols, STYLE_TEXT, "%s: %s, %s",
			    el_text(&check->rec, &el, FEE_EL_NAME),
			    words_money(el_num(&check->rec, &el, FEE_EL_AMOUNT_VND), money, sizeof(money)),
			    fee_words(ui, check, &el, words));
	return row;
}

/* "6/8 (5 bản chính, 2 bản sao)": how many are held, and of what kind. */
static void draw_held(struct ui *ui, const struct intake *intake, int row, int cols)
{
	static const struct words kinds[] = { T("bản chính", "originals"), T("bản sao", "copies"),
					      T("chứng thực", "certified"), T("điện tử", "electronic") };
	int counts[ARRAY_LEN(kinds)] = { 0 }, at = 0;
	size_t held = 0;
	char text[160] = "";

	for (size_t i = 0; i < intake->paper_count; i++) {
		const struct intake_paper *paper = &intake->papers[i];

		if (!paper->held)
			continue;
		held++;
		counts[0] += paper->originals;
		counts[1] += paper->copies;
		counts[2] += paper->certified;
		counts[3] += paper->electronic;
	}
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (counts[i])
			at += snprintf(text + at, sizeof(text) - (size_t)at, "%s%d %s", at ? ", " : " (", counts[i],
				       ui_words(ui, &kinds[i]));
	draw_format(&ui->canvas, row, 2, cols, STYLE_TEXT, "%s: %zu/%zu%s%s",
		    UI_T(ui, "Giấy tờ đã nhận", "Papers received"), held, intake->paper_count, text, *text ? ")" : "");
}

/* What a row means, where that is not what was typed. */
static void row_words(struct intake *intake, size_t row, char *out, size_t size)
{
	enum form_kind kind = intake_rows[row].kind;
	enum style style = STYLE_TEXT;

	out[0] = '\0';
	if (kind == W_DATE || kind == W_TIME || kind == W_MONEY)
		intake_hooks.live(intake, row, out, size, &style);
	if (!*out || (kind == W_DATE && strlen(intake->form.edits[row].text) <= 4))
		snprintf(out, size, "%s", intake->form.edits[row].text);
}

static void draw_row(struct ui *ui, const struct check *check, size_t n, struct area area)
{
	struct intake *intake = check->intake;
	size_t row = nth_row(intake, n);
	bool here = check->at == n + 1;
	char text[EDIT_BYTES];
	int used = 0;

	if (here)
		draw_text(&ui->canvas, area.row, area.col, 1, STYLE_STRONG, ">");
	if (ui->canvas.bare)
		used = draw_format(&ui->canvas, area.row, area.col + 2, area.cols, STYLE_TEXT, "%zu ", n + 1);
	used += draw_format(&ui->canvas, area.row, area.col + 2 + used, area.cols - used, STYLE_LABEL, "%s: ",
			    ui_words(ui, &intake->form.rows[row].label));
	row_words(intake, row, text, sizeof(text));
	draw_text(&ui->canvas, area.row, area.col + 2 + used, area.cols - used - 2, here ? STYLE_FOCUS : STYLE_TEXT,
		  text);
	if (here)
		draw_cursor(&ui->canvas, area.row, area.col);
}

/* As many rows as there is room for, among them the one under the cursor. */
static void draw_rows(struct ui *ui, const struct check *check, struct area area)
{
	size_t count = filled_rows(check->intake), room = area.rows > 0 ? (size_t)area.rows : 0, top = 0;

	if (check->at > room)
		top = check->at - room;
	for (size_t i = 0; i < room && top + i < count; i++) {
		struct area line = { area.row + (int)i, area.col, 1, area.cols };

		draw_row(ui, check, top + i, line);
	}
	if (count > room)
		draw_format(&ui->canvas, area.row - 1, area.col + 2, area.cols, STYLE_DIM,
			    UI_T(ui, "%zu dòng, hiện %zu: Tab, Shift-Tab", "%zu lines, %zu shown: Tab, Shift-Tab"),
			    count, room);
}

/* Rows that fees and doubts take. */
static int tail_rows(struct ui *ui, const struct check *check, int cols)
{
	int rows = (int)rec_elements(&check->rec, DOSSIER_FEES);

	for (size_t i = 0; i < check->result.doubts.count; i++)
		rows += draw_wrapped_rows(explain_text(&check->result.doubts, i, ui->lang), cols - 2);
	return rows;
}

static void check_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct check *check = screen->state;
	struct area area = { body.row + 3, 2, body.rows - 3, body.cols - 4 };

	draw_text(&ui->canvas, body.row, 2, body.cols - 4, STYLE_STRONG,
		  UI_T(ui, "Kiểm tra trước khi lưu", "Check before saving"));
	if (!check->at)
		draw_text(&ui->canvas, body.row + 1, 2, 1, STYLE_STRONG, ">");
	draw_text(&ui->canvas, body.row + 1, 4, body.cols - 6, check->at ? STYLE_TEXT : STYLE_FOCUS,
		  UI_T(ui, "Lưu và cấp mã hồ sơ", "Save and give it a code"));
	if (!check->at)
		draw_cursor(&ui->canvas, body.row + 1, 2);
	snprintf(ui->canvas.spoken.prompt, sizeof(ui->canvas.spoken.prompt), "%s",
		 UI_T(ui, "Enter: lưu; số: sửa dòng ấy", "Enter: save; a number: change that line"));
	area.rows = body.rows - 6 - tail_rows(ui, check, area.cols);
	if (area.rows < CHECK_ROWS_MIN)
		area.rows = CHECK_ROWS_MIN;
	if (area.rows > (int)filled_rows(check->intake))
		area.rows = (int)filled_rows(check->intake);
	draw_rows(ui, check, area);
	area.row += area.rows + 1;
	area.rows = body.row + body.rows - area.row;
	draw_text(&ui->canvas, area.row++, 2, area.cols, STYLE_STRONG, check->intake->due);
	draw_held(ui, check->intake, area.row++, area.cols);
	area.rows -= 2;
	area.row += draw_fees(ui, check, area);
	area.rows = body.row + body.rows - area.row;
	draw_doubts(ui, &check->result.doubts, area);
}

static void show_receipt(struct ui *ui, struct check *check);

static void save(struct ui *ui, struct check *check)
{
	struct intake *intake = check->intake;
	struct err err = { .rc = RC_OK };
	struct rec rec;

	rec_init(&rec, REC_DOSSIER);
	if (intake_read(intake, &rec) == RC_OK && intake_receive(ui->app, &rec, &check->result, &err) == RC_OK) {
		intake_forget_draft(intake);
		intake_remember(intake);
		rec_done(&rec);
		show_receipt(ui, check);
		return;
	}
	rec_done(&rec);
	if (err.rc)
		form_fail(&intake->form, err.field, err_text(&err, ui->lang));
	form_first_error(&intake->form);
	intake->in_papers = false;
	ui_pop(ui);
}

/* Linear mode: the number of a line goes to its field. */
static bool check_number(struct ui *ui, struct screen *screen, unsigned number)
{
	struct check *check = screen->state;

	if (!number || number > filled_rows(check->intake))
		return false;
	check->at = number;
	ui_act(ui, UI_ACCEPT);
	return true;
}

static bool check_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct check *check = screen->state;
	size_t rows = filled_rows(check->intake);

	switch (action) {
	case UI_SAVE:
		save(ui, check);
		return true;
	case UI_ACCEPT:
		if (!check->at) {
			save(ui, check);
			return true;
		}
		form_go(&check->intake->form, nth_row(check->intake, check->at - 1));
		check->intake->in_papers = false;
		ui_pop(ui);
		return true;
	case UI_NEXT:
		check->at = check->at < rows ? check->at + 1 : 0;
		return true;
	case UI_PREV:
		check->at = check->at ? check->at - 1 : rows;
		return true;
	default:
		return false;
	}
}

static void check_close(struct ui *ui, struct screen *screen)
{
	struct check *check = screen->state;

	(void)ui;
	rec_done(&check->rec);
	free(check);
}

/* One dossier after the other. */
static void check_card(struct ui *ui, struct screen *screen, const char *text, size_t len)
{
	(void)screen;
	(void)text;
	(void)len;
	ui_say(ui, STYLE_WARN, UI_T(ui, "Đã quét một thẻ; lưu hồ sơ này (F2) rồi quét lại.",
				    "A card was scanned; save this dossier (F2), then scan it again."));
}

static const enum ui_action check_actions[] = { UI_SAVE, UI_ACCEPT, UI_NEXT, UI_BACK, UI_HELP, UI_PREV, UI_NONE };

const struct screen_ops check_screen = {
	.name = "check", .title = T("Kiểm tra hồ sơ", "Check the dossier"), .actions = check_actions,
	.draw = check_draw, .on_action = check_action, .on_number = check_number, .on_close = check_close,
	.on_card = check_card,
};

void scr_check(struct ui *ui, struct intake *intake)
{
	struct check *check = calloc(1, sizeof(*check));
	struct err err = { .rc = RC_OK };

	if (!check)
		die("no memory for a screen");
	check->intake = intake;
	rec_init(&check->rec, REC_DOSSIER);
	if (intake_read(intake, &check->rec) == RC_OK &&
	    intake_preview(ui->app, &check->rec, &check->result, &err) == RC_OK) {
		ui_push(ui, &check_screen, check);
		return;
	}
	if (err.rc)
		form_fail(&intake->form, err.field, err_text(&err, ui->lang));
	form_first_error(&intake->form);
	intake->in_papers = false;
	rec_done(&check->rec);
	free(check);
}

/* The receipt: the code stands on the screen until the clerk goes on. */

static const struct words receipt_next[] = {
	T("F9     in giấy hẹn", "F9     print the receipt"),
	T("F6     hồ sơ khác", "F6     another dossier"),
	T("Ctrl-D thêm hồ sơ cùng hộ: giữ địa chỉ, điện thoại, người nộp",
	  "Ctrl-D one more of the household: keeps address, phone, submitter"),
	T("Enter  xem hồ sơ này", "Enter  look at this dossier"),
	T("m      mã QR của hồ sơ", "m      the dossier's QR code"),
};

static void receipt_draw(struct ui *ui, struct screen *screen, struct area body)
{
	const struct receipt *receipt = screen->state;
	struct area doubts = { body.row + 16, 4, body.rows - 16, body.cols - 8 };
	char when[CLOCK_LONG_TEXT];

	draw_text(&ui->canvas, body.row + 1, 4, body.cols - 8, STYLE_GOOD,
		  UI_T(ui, "Đã tiếp nhận. Mã hồ sơ:", "Received. The code is:"));
	draw_text(&ui->canvas, body.row + 3, 8, body.cols - 12, STYLE_STRONG, receipt->result.code);
	draw_text(&ui->canvas, body.row + 5, 4, body.cols - 8, STYLE_TEXT, receipt->name);
	draw_text(&ui->canvas, body.row + 6, 4, body.cols - 8, STYLE_TEXT, receipt->procedure);
	if (receipt->result.due_at != MSEC_NONE)
		draw_format(&ui->canvas, body.row + 8, 4, body.cols - 8, STYLE_STRONG, "%s %s",
			    UI_T(ui, "Hẹn trả:", "Due:"),
			    clock_format_long(receipt->result.due_at, ui->lang, when));
	draw_doubts(ui, &receipt->result.doubts, doubts);
	for (size_t i = 0; i < ARRAY_LEN(receipt_next); i++)
		draw_text(&ui->canvas, body.row + 10 + (int)i, 4, body.cols - 8, STYLE_TEXT,
			  ui_words(ui, &receipt_next[i]));
	draw_cursor(&ui->canvas, body.row + 3, 8);
}

static bool receipt_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct receipt *receipt = screen->state;
	char code[CODE_TEXT];

	snprintf(code, sizeof(code), "%s", receipt->result.code);
	switch (action) {
	case UI_ACCEPT:
		ui_pop(ui);
		scr_dossier(ui, code);
		return true;
	case UI_NEW:
		ui_pop(ui);
		scr_intake_draft(ui, 0);
		return true;
	case UI_DITTO:
		ui_pop(ui);
		scr_intake_household(ui);
		return true;
	case UI_PRINT:
		scr_paper(ui, code);
		return true;
	case UI_QR:
		scr_qr(ui, code);
		return true;
	default:
		return false;
	}
}

static void receipt_close(struct ui *ui, struct screen *screen)
{
	(void)ui;
	free(screen->state);
}

/* The next citizen's card. */
static void receipt_card(struct ui *ui, struct screen *screen, const char *text, size_t len)
{
	(void)screen;
	ui_pop(ui);
	ui_card(ui, text, len);
}

static const enum ui_action receipt_actions[] = { UI_PRINT, UI_NEW, UI_DITTO, UI_ACCEPT, UI_QR, UI_BACK, UI_HELP,
						  UI_NONE };

static const struct hint_words receipt_hints[] = {
	{ UI_PRINT, T("In giấy hẹn", "Print") }, { UI_NEW, T("Hồ sơ khác", "Another") },
	{ UI_DITTO, T("Cùng hộ", "Household") }, { UI_ACCEPT, T("Xem", "Look") }, { UI_NONE, T("", "") },
};

const struct screen_ops receipt_screen = {
	.name = "receipt", .title = T("Đã tiếp nhận", "Received"), .actions = receipt_actions, .hints = receipt_hints,
	.draw = receipt_draw, .on_action = receipt_action, .on_close = receipt_close, .on_card = receipt_card,
};

/* The form and its check page are over; the receipt takes their place. */
static void show_receipt(struct ui *ui, struct check *check)
{
	struct receipt *receipt = calloc(1, sizeof(*receipt));

	if (!receipt)
		die("no memory for a screen");
	receipt->result = check->result;
	snprintf(receipt->name, sizeof(receipt->name), "%s", form_text(&check->intake->form, "applicant_name"));
	snprintf(receipt->procedure, sizeof(receipt->procedure), "%s",
		 form_text(&check->intake->form, "procedure_code"));
	ui_pop(ui);
	ui_pop(ui);
	ui_push(ui, &receipt_screen, receipt);
}
