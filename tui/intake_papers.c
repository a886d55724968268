/* intake_papers.c - the checklist of papers: ticked, counted and drawn. */
#include <stdio.h>

#include "db/base/utf8.h"
#include "tui/intake.h"

enum { COUNT_MAX = 99, CELL_GAP = 2 };

static const struct words cell_words[CELL_KINDS] = {
	[CELL_TICK] = T("", ""),
	[CELL_ORIGINALS] = T("chính", "orig."),
	[CELL_COPIES] = T("sao", "copy"),
	[CELL_CERTIFIED] = T("c.thực", "cert."),
	[CELL_ELECTRONIC] = T("đ.tử", "elec."),
};

static int *count_of(struct intake_paper *paper, enum intake_cell cell)
{
	switch (cell) {
	case CELL_COPIES:
		return &paper->copies;
	case CELL_CERTIFIED:
		return &paper->certified;
	default:
		return &paper->originals;
	}
}

void intake_paper_digit(struct intake *intake, int digit)
{
	struct intake_paper *paper = &intake->papers[intake->paper_at];
	int *count;

	if (intake->paper_at >= intake->paper_count)
		return;
	if (intake->cell == CELL_ELECTRONIC) {
		paper->electronic = digit > 0;
	} else {
		count = count_of(paper, intake->cell);
		*count = *count * 10 + digit <= COUNT_MAX && intake->counting ? *count * 10 + digit : digit;
	}
	paper->held = paper->originals || paper->copies || paper->certified || paper->electronic;
	intake->counting = true;
	intake->owed = true;
}

void intake_paper_toggle(struct intake *intake)
{
	struct intake_paper *paper = &intake->papers[intake->paper_at];

	if (intake->paper_at >= intake->paper_count)
		return;
	if (intake->cell == CELL_ELECTRONIC) {
		paper->electronic = !paper->electronic;
		if (paper->electronic && !paper->held) /* it came as a file: no sheet of it lies here */
			paper->originals = paper->copies = paper->certified = 0;
		paper->held = paper->held || paper->electronic;
	} else {
		paper->held = !paper->held;
	}
}

void intake_paper_all(struct intake *intake)
{
	bool on = false;

	for (size_t i = 0; i < intake->paper_count; i++)
		on = on || !intake->papers[i].held;
	for (size_t i = 0; i < intake->paper_count; i++)
		intake->papers[i].held = on;
}

/* Columns that a cell takes, its gap before it. */
static int cell_cols(const struct ui *ui, enum intake_cell cell)
{
	return CELL_GAP + (int)utf8_cols(ui_words(ui, &cell_words[cell]));
}

static int cells_cols(const struct ui *ui)
{
	int cols = 0;

	for (enum intake_cell cell = CELL_ORIGINALS; cell < CELL_KINDS; cell++)
		cols += cell_cols(ui, cell);
	return cols;
}

static void draw_cell(struct ui *ui, const struct intake *intake, size_t at, enum intake_cell cell, int row, int col)
{
	struct intake_paper paper = intake->papers[at];
	bool here = intake->in_papers && at == intake->paper_at && intake->cell == cell;
	int cols = cell_cols(ui, cell) - CELL_GAP;
	char text[24] = "";

	if (cell == CELL_ELECTRONIC)
		snprintf(text, sizeof(text), "%s", paper.electronic ? "x" : "");
	else if (*count_of(&paper, cell))
		snprintf(text, sizeof(text), "%d", *count_of(&paper, cell));
	if (!paper.held)
		text[0] = '\0';
	draw_format(&ui->canvas, row, col + CELL_GAP, cols, here ? STYLE_FOCUS : STYLE_TEXT, "%*s", cols, text);
	if (here)
		draw_cursor(&ui->canvas, row, col + CELL_GAP + cols - 1);
}

static void draw_paper(struct ui *ui, const struct intake *intake, size_t at, struct area area, int cells)
{
	const struct intake_paper *paper = &intake->papers[at];
	bool here = intake->in_papers && at == intake->paper_at;
	int col = area.col + area.cols - cells;

	draw_format(&ui->canvas, area.row, area.col + 2, 3,
		    here && intake->cell == CELL_TICK ? STYLE_FOCUS : STYLE_TEXT, "[%c]", paper->held ? 'x' : ' ');
	draw_format(&ui->canvas, area.row, area.col + 6, area.cols - cells - 6,
		    paper->required && !paper->held ? STYLE_BAD : STYLE_TEXT, "%s %s%s", paper->component, paper->name,
		    paper->required ? "" : UI_T(ui, " (nếu có)", " (if any)"));
	for (enum intake_cell cell = CELL_ORIGINALS; cells && cell < CELL_KINDS; cell++) {
		draw_cell(ui, intake, at, cell, area.row, col);
		col += cell_cols(ui, cell);
	}
	if (here && intake->cell == CELL_TICK)
		draw_cursor(&ui->canvas, area.row, area.col + 3);
}

static void draw_head(struct ui *ui, const struct intake *intake, struct area area, int cells)
{
	int col = area.col + area.cols - cells;
	size_t held = 0;

	for (size_t i = 0; i < intake->paper_count; i++)
		held += intake->papers[i].held;
	draw_format(&ui->canvas, area.row, area.col, area.cols - cells, STYLE_STRONG, "%s (%zu/%zu)",
		    UI_T(ui, "Thành phần hồ sơ", "Papers"), held, intake->paper_count);
	for (enum intake_cell cell = CELL_ORIGINALS; cells && cell < CELL_KINDS; cell++) {
		draw_text(&ui->canvas, area.row, col + CELL_GAP, cell_cols(ui, cell) - CELL_GAP, STYLE_LABEL,
			  ui_words(ui, &cell_words[cell]));
		col += cell_cols(ui, cell);
	}
}

void intake_draw_papers(struct ui *ui, struct intake *intake, struct area area)
{
	size_t page = area.rows > 1 ? (size_t)(area.rows - 1) : 0;
	int cells = ui->canvas.bare ? 0 : cells_cols(ui); /* linear mode: whole names, counts on the check page */

	draw_head(ui, intake, area, cells);
	if (intake->paper_at < intake->paper_top)
		intake->paper_top = intake->paper_at;
	if (page && intake->paper_at >= intake->paper_top + page)
		intake->paper_top = intake->paper_at - page + 1;
	for (size_t i = 0; i < page && intake->paper_top + i < intake->paper_count; i++) {
		struct area line = { area.row + 1 + (int)i, area.col, 1, area.cols };

		draw_paper(ui, intake, intake->paper_top + i, line, cells);
	}
	if (intake->in_papers)
		snprintf(ui->canvas.spoken.prompt, sizeof(ui->canvas.spoken.prompt), "%s",
			 UI_T(ui, "Số giấy tờ đã có (Enter: kiểm tra)", "Numbers of papers held (Enter: check)"));
}
