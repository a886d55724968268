/* dlines.c - see dlines.h. */
#include "tui/dlines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/rules/dossier.h"
#include "db/base/utf8.h"
#include "db/base/vn.h"
#include "tui/words.h"

enum { COL_CODE, COL_NAME, COL_DUE, COL_WHEN, COL_FIELD, COL_PROCEDURE, COL_STATE };

static const struct list_col columns[DLINES_COLS] = {
	{ T("Mã hồ sơ", "Code"), 18, false },  { T("Họ và tên", "Name"), 24, false },
	{ T("Hạn", "Due"), 5, false },         { T("Còn", "Left"), 9, false },
	{ T("Lĩnh vực", "Field"), 0, false },  { T("Thủ tục", "Procedure"), 0, false },
	{ T("Trạng thái", "State"), 16, false },
};

/* A closed dossier in a word that fits the column. */
static const struct words closed[] = {
	[STATE_DONE] = T("đã xong", "done"),
	[STATE_RETURNED] = T("đã trả", "returned"),
	[STATE_WITHDRAWN] = T("đã rút", "withdrawn"),
	[STATE_NOT_RECEIVED] = T("từ chối", "refused"),
};

const char *dlines_when(const struct dline *line, enum lang lang, char *out, size_t size, enum style *style)
{
	static const struct words unread = T("mới", "new"), waits = T("tạm dừng", "waiting"), late = T("trễ", "late"),
				  today = T("hôm nay", "today"), left = T("còn", "left");
	long long days = line->days_left;

	out[0] = '\0';
	if (line->state == STATE_REGISTERED)
		snprintf(out, size, "%s", words_in(&unread, lang));
	else if (line->state >= STATE_DONE && line->state <= STATE_NOT_RECEIVED)
		snprintf(out, size, "%s", words_in(&closed[line->state], lang));
	else if (line->paused)
		snprintf(out, size, "%s", words_in(&waits, lang));
	else if (line->due_at == MSEC_NONE)
		return out;
	else if (days == 0)
		snprintf(out, size, "%s", words_in(&today, lang));
	else
		snprintf(out, size, "%s %lld", words_in(days < 0 ? &late : &left, lang), days < 0 ? -days : days);
	if (days < 0 && !line->paused && line->state < STATE_DONE && line->state != STATE_REGISTERED)
		*style = STYLE_STRONG; /* a colour in every row would cost a slow line 450 bytes a screen */
	return out;
}

static void cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct dlines *lines = ctx;
	const struct dline *line = &lines->line[row];
	char date[CLOCK_DATE_TEXT];

	switch (col) {
	case COL_CODE:
		snprintf(out, LIST_CELL, "%s", line->code);
		break;
	case COL_NAME:
		snprintf(out, LIST_CELL, "%s", line->name);
		break;
	case COL_DUE:
		if (line->due_at != MSEC_NONE)
			snprintf(out, LIST_CELL, "%.*s", lines->wide ? 10 : 5,
				 clock_format_dmy(dayno_of(line->due_at), date));
		break;
	case COL_WHEN:
		dlines_when(line, lines->lang, out, LIST_CELL, style);
		break;
	case COL_FIELD:
		snprintf(out, LIST_CELL, "%s", line->field_name);
		break;
	case COL_PROCEDURE:
		snprintf(out, LIST_CELL, "%.*s", (int)utf8_cut_letters(line->procedure, 60), line->procedure);
		break;
	default:
		words_choice(field_named(rec_type(REC_DOSSIER)->fields, "state"), line->state, lines->lang, out,
			     LIST_CELL);
		break;
	}
}

void dlines_init(struct dlines *lines, enum lang lang)
{
	memset(lines, 0, sizeof(*lines));
	lines->lang = lang;
	memcpy(lines->cols, columns, sizeof(columns));
	list_init(&lines->list, lines->cols, COL_PROCEDURE, cell, lines);
	lines->list.filter_cols = DLINES_COLS;
}

void dlines_done(struct dlines *lines)
{
	list_done(&lines->list);
	free(lines->line);
	lines->line = NULL;
	lines->count = 0;
}

void dlines_clear(struct dlines *lines)
{
	lines->count = 0;
}

enum rc dlines_add(void *ctx, const struct query_line *from, struct err *err)
{
	struct dlines *lines = ctx;
	struct dline *line;

	(void)err;
	if (lines->count == DLINES_MAX)
		return RC_OK;
	if (lines->count % 64 == 0) {
		line = realloc(lines->line, (lines->count + 64) * sizeof(*line));
		if (!line)
			die("no memory for a list");
		lines->line = line;
	}
	line = &lines->line[lines->count];
	memset(line, 0, sizeof(*line));
	line->nth = lines->count++;
	snprintf(line->code, sizeof(line->code), "%s", from->code);
	snprintf(line->name, sizeof(line->name), "%s", from->name);
	snprintf(line->procedure, sizeof(line->procedure), "%.*s",
		 (int)utf8_cut_letters(from->procedure, 130), from->procedure);
	snprintf(line->field_name, sizeof(line->field_name), "%.*s", (int)utf8_cut_letters(from->field_name, 26),
		 from->field_name);
	line->state = from->state;
	line->level = from->level;
	line->received_at = from->received_at;
	line->due_at = from->due_at;
	line->days_left = from->days_left;
	line->paused = from->paused;
	return RC_OK;
}

static int by_given(const void *a, const void *b)
{
	const struct dline *x = a, *y = b;

	return x->nth < y->nth ? -1 : x->nth > y->nth;
}

static int by_name(const void *a, const void *b)
{
	const struct dline *x = a, *y = b;
	int order = vn_compare(x->name, y->name);

	return order ? order : by_given(a, b);
}

static int by_code(const void *a, const void *b)
{
	const struct dline *x = a, *y = b;

	return strcmp(x->code, y->code);
}

static int by_received(const void *a, const void *b)
{
	const struct dline *x = a, *y = b;

	if (x->received_at != y->received_at)
		return x->received_at < y->received_at ? -1 : 1;
	return by_given(a, b);
}

static int by_field(const void *a, const void *b)
{
	const struct dline *x = a, *y = b;
	int order = vn_compare(x->field_name, y->field_name);

	return order ? order : by_given(a, b);
}

static const struct {
	int (*compare)(const void *a, const void *b);
	struct words words;
} orders[ORDERS] = {
	[ORDER_GIVEN] = { by_given, T("theo hạn", "by due date") },
	[ORDER_NAME] = { by_name, T("theo tên", "by name") },
	[ORDER_CODE] = { by_code, T("theo mã", "by code") },
	[ORDER_RECEIVED] = { by_received, T("theo lúc tiếp nhận", "by reception") },
	[ORDER_FIELD] = { by_field, T("theo lĩnh vực", "by field") },
};

const struct words *dlines_order_words(enum dlines_order order)
{
	return &orders[order < ORDERS ? order : ORDER_GIVEN].words;
}

void dlines_sort(struct dlines *lines, enum dlines_order order, bool reversed)
{
	lines->order = order < ORDERS ? order : ORDER_GIVEN;
	lines->reversed = reversed;
	dlines_ready(lines);
}

void dlines_ready(struct dlines *lines)
{
	if (lines->count)
		qsort(lines->line, lines->count, sizeof(*lines->line), orders[lines->order].compare);
	for (size_t i = 0; lines->reversed && i < lines->count / 2; i++) {
		struct dline swap = lines->line[i];

		lines->line[i] = lines->line[lines->count - 1 - i];
		lines->line[lines->count - 1 - i] = swap;
	}
	list_rows(&lines->list, lines->count);
}

const struct dline *dlines_at(const struct dlines *lines)
{
	size_t row;

	return list_row(&lines->list, &row) && row < lines->count ? &lines->line[row] : NULL;
}

/* Codes are never cut; on a wide screen field, procedure and state have their columns. */
static void fit_columns(struct dlines *lines, int cols)
{
	int code = 11;

	for (size_t i = 0; i < lines->count; i++)
		if ((int)utf8_cols(lines->line[i].code) > code)
			code = (int)utf8_cols(lines->line[i].code);
	lines->wide = cols >= 120;
	lines->cols[COL_CODE].width = code;
	lines->cols[COL_NAME].width = lines->wide ? 28 : cols - code - 37 < 24 ? cols - code - 37 : 24;
	lines->cols[COL_DUE].width = lines->wide ? 10 : 5;
	lines->cols[COL_FIELD].width = lines->wide ? 16 : 0;
	lines->list.col_count = lines->wide ? DLINES_COLS : COL_PROCEDURE;
}

void dlines_draw(struct dlines *lines, struct canvas *canvas, struct area area, bool focused)
{
	const struct dline *here = dlines_at(lines);
	struct area rows = { area.row, area.col, area.rows - 2, area.cols };

	fit_columns(lines, area.cols);
	list_draw(&lines->list, canvas, rows, lines->lang, focused);
	if (here)
		draw_text(canvas, area.row + area.rows - 1, area.col + 2, area.cols - 3, STYLE_DIM, here->procedure);
}
