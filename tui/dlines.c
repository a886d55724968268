/* dlines.c - see dlines.h. */
#include "tui/dlines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/rules/dossier.h"
#include "db/base/utf8.h"
#include "db/base/vn.h"
#include "tui/words.h"

enum { COL_CODE, COL_NAME, COL_DUE, COL_WHEN, COL_FIELD, COL_PROCEDURE, COL_STATE, COL_RECEIVED };

static const struct list_col columns[DLINES_COLS] = {
	{ T("Mã hồ sơ", "Code"), 18, false },  { T("Họ và tên", "Name"), 24, false },
	{ T("Hạn", "Due"), 5, false },         { T("Số ngày", "Days"), 9, false },
	{ T("Lĩnh vực", "Field"), 0, false },  { T("Thủ tục", "Procedure"), 0, false },
	{ T("Trạng thái", "State"), 16, false }, { T("Tiếp nhận", "Received"), 10, false },
};

/* A closed dossier in a word that fits the column. */
static const struct words closed[] = {
	[STATE_DONE] = T("đã xong", "done"),
	[STATE_RETURNED] = T("đã trả", "returned"),
	[STATE_WITHDRAWN] = T("đã rút", "withdrawn"),
	[STATE_NOT_RECEIVED] = T("từ chối", "refused"),
};

/* "còn 3", "3 left": the column's title says that they are days. */
static void when_days(long long days, enum lang lang, char *out, size_t size)
{
	if (lang == LANG_EN)
		snprintf(out, size, "%lld %s", days < 0 ? -days : days, days < 0 ? "late" : "left");
	else
		snprintf(out, size, "%s %lld", days < 0 ? "trễ" : "còn", days < 0 ? -days : days);
}

const char *dlines_when(const struct dline *line, enum lang lang, char *out, size_t size, enum style *style)
{
	static const struct words unread = T("mới", "new"), waits = T("tạm dừng", "waiting"),
				  today = T("hôm nay", "today");
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
		when_days(days, lang, out, size);
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
		snprintf(out, LIST_CELL, "%s", lines->found ? line->why : line->field_name);
		break;
	case COL_RECEIVED:
		if (line->received_at != MSEC_NONE)
			clock_format_dmy(dayno_of(line->received_at), out);
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
	free(lines->kept);
	lines->line = NULL;
	lines->kept = NULL;
	lines->count = lines->room = lines->kept_count = 0;
}

/* Remember what is ticked, by code, in order. */
static int by_kept(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void keep_ticks(struct dlines *lines)
{
	size_t count = 0;

	free(lines->kept);
	lines->kept = calloc(lines->list.tag_count ? lines->list.tag_count : 1, sizeof(*lines->kept));
	if (!lines->kept)
		die("no memory for a list");
	for (size_t row = 0; row < lines->count && count < lines->list.tag_count; row++)
		if (list_tagged(&lines->list, row))
			memcpy(lines->kept[count++], lines->line[row].code, sizeof(lines->kept[0]));
	lines->kept_count = count;
	qsort(lines->kept, count, sizeof(*lines->kept), by_kept);
}

static void put_ticks(struct dlines *lines)
{
	for (size_t row = 0; lines->kept_count && row < lines->count; row++)
		if (bsearch(lines->line[row].code, lines->kept, lines->kept_count, sizeof(*lines->kept), by_kept))
			list_tag(&lines->list, row, true);
}

void dlines_tick(struct dlines *lines, const char *const *codes, size_t count)
{
	free(lines->kept);
	lines->kept = calloc(count ? count : 1, sizeof(*lines->kept));
	if (!lines->kept)
		die("no memory for a list");
	for (size_t i = 0; i < count; i++)
		snprintf(lines->kept[i], sizeof(lines->kept[i]), "%s", codes[i]);
	lines->kept_count = count;
	qsort(lines->kept, count, sizeof(*lines->kept), by_kept);
	for (size_t row = 0; row < lines->count; row++)
		list_tag(&lines->list, row, false);
	put_ticks(lines);
}

void dlines_where(const struct dlines *lines, struct dlines_place *out)
{
	const struct dline *here = dlines_at(lines);

	*out = (struct dlines_place){ .at = lines->list.at, .top = lines->list.top };
	if (here)
		snprintf(out->code, sizeof(out->code), "%s", here->code);
}

void dlines_go(struct dlines *lines, const struct dlines_place *place)
{
	size_t at = place->at, here;

	for (size_t row = 0; *place->code && row < lines->count; row++)
		if (!strcmp(lines->line[row].code, place->code) && list_place_of(&lines->list, row, &here))
			at = here;
	list_place(&lines->list, at, at >= place->at - place->top ? at - (place->at - place->top) : 0);
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), tail = strlen(end);

	return len >= tail && !strcmp(text + len - tail, end);
}

bool dlines_jump(struct dlines *lines, const char *digits)
{
	const struct list *list = &lines->list;

	for (size_t i = 0; i < list->shown_count; i++) {
		size_t at = (list->at + i) % list->shown_count;

		if (!ends_with(lines->line[list->shown[at]].code, digits))
			continue;
		list_place(&lines->list, at, list->top);
		return true;
	}
	return false;
}

void dlines_clear(struct dlines *lines)
{
	keep_ticks(lines);
	dlines_where(lines, &lines->place);
	lines->count = 0;
}

enum rc dlines_add(void *ctx, const struct query_line *from, struct err *err)
{
	struct dlines *lines = ctx;
	struct dline *line;

	(void)err;
	if (lines->count == DLINES_MAX)
		return RC_OK;
	if (lines->count == lines->room) {
		lines->room = lines->room ? 2 * lines->room : 64;
		line = realloc(lines->line, lines->room * sizeof(*line));
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
	snprintf(line->why, sizeof(line->why), "%.*s", (int)utf8_cut_cols(from->why, 20), from->why);
	return RC_OK;
}

/* What a line is put in order by: a key, made once, then as the query gave it. */
struct sorted {
	struct buf key;
	const struct dline *line;
};

static int by_key(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	size_t len = x->key.len < y->key.len ? x->key.len : y->key.len;
	int order = len ? memcmp(x->key.data, y->key.data, len) : 0;

	if (!order)
		order = (x->key.len > y->key.len) - (x->key.len < y->key.len);
	return order ? order : (x->line->nth > y->line->nth) - (x->line->nth < y->line->nth);
}

static void make_key(const struct dline *line, enum dlines_order order, struct buf *out)
{
	uint64_t at = (uint64_t)line->received_at ^ UINT64_C(1) << 63; /* bytes in the order of times */

	switch (order) {
	case ORDER_NAME:
		vn_sort_key(line->name, out);
		break;
	case ORDER_CODE:
		buf_text(out, line->code);
		break;
	case ORDER_RECEIVED:
		for (int shift = 56; shift >= 0; shift -= 8)
			buf_byte(out, (uint8_t)(at >> shift));
		break;
	case ORDER_FIELD:
		vn_sort_key_text(line->field_name, out);
		break;
	default:
		break;
	}
}

static void sort_lines(struct dlines *lines)
{
	struct sorted *sorted = calloc(lines->count, sizeof(*sorted));
	struct dline *line = calloc(lines->room, sizeof(*line));

	if (!sorted || !line)
		die("no memory for a list");
	for (size_t i = 0; i < lines->count; i++) {
		sorted[i].key = (struct buf)BUF(4096);
		sorted[i].line = &lines->line[i];
		make_key(&lines->line[i], lines->order, &sorted[i].key);
	}
	qsort(sorted, lines->count, sizeof(*sorted), by_key);
	for (size_t i = 0; i < lines->count; i++) {
		line[lines->reversed ? lines->count - 1 - i : i] = *sorted[i].line;
		buf_done(&sorted[i].key);
	}
	free(sorted);
	free(lines->line);
	lines->line = line;
}

static const struct words order_words[ORDERS] = {
	[ORDER_GIVEN] = T("theo hạn", "by due date"),
	[ORDER_NAME] = T("theo tên", "by name"),
	[ORDER_CODE] = T("theo mã", "by code"),
	[ORDER_RECEIVED] = T("theo lúc tiếp nhận", "by reception"),
	[ORDER_FIELD] = T("theo lĩnh vực", "by field"),
};

const struct words *dlines_order_words(enum dlines_order order)
{
	return &order_words[order < ORDERS ? order : ORDER_GIVEN];
}

void dlines_sort(struct dlines *lines, enum dlines_order order, bool reversed)
{
	keep_ticks(lines);
	dlines_where(lines, &lines->place);
	if (!lines->place.at)
		lines->place.code[0] = '\0'; /* who is at the top looks at the top */
	lines->order = order < ORDERS ? order : ORDER_GIVEN;
	lines->reversed = reversed;
	dlines_ready(lines);
}

void dlines_ready(struct dlines *lines)
{
	if (lines->count)
		sort_lines(lines);
	list_rows(&lines->list, lines->count);
	put_ticks(lines);
	dlines_go(lines, &lines->place);
}

const struct dline *dlines_at(const struct dlines *lines)
{
	size_t row;

	return list_row(&lines->list, &row) && row < lines->count ? &lines->line[row] : NULL;
}

/* Codes are never cut; on a wide screen field, procedure and state have their columns. */
static void fit_columns(struct dlines *lines, int cols)
{
	int code = 18; /* as this ward writes them: the columns stand still when a list is empty */

	for (size_t i = 0; i < lines->count; i++)
		if ((int)utf8_cols(lines->line[i].code) > code)
			code = (int)utf8_cols(lines->line[i].code);
	lines->wide = cols >= 120;
	lines->cols[COL_CODE].width = code;
	lines->cols[COL_NAME].width = lines->wide ? 28 : cols - code - 37 < 24 ? cols - code - 37 : 24;
	lines->cols[COL_DUE].width = lines->wide ? 10 : 5;
	lines->cols[COL_FIELD].width = lines->wide ? 16 : 0;
	if (lines->found)
		lines->cols[COL_FIELD].title = (struct words)T("Khớp ở", "Met in");
	lines->list.col_count = cols >= 150 ? DLINES_COLS : lines->wide ? COL_RECEIVED : COL_PROCEDURE;
}

/* Somebody works on it: whose level is worth saying. */
static bool holds(const struct dline *line)
{
	return line->level > 0 && line->state > STATE_REGISTERED && line->state < STATE_DONE;
}

void dlines_draw(struct dlines *lines, struct canvas *canvas, struct area area, bool focused)
{
	const struct dline *here = dlines_at(lines);
	struct area rows = { area.row, area.col, area.rows - 2, area.cols };
	char text[512];

	fit_columns(lines, area.cols);
	list_draw(&lines->list, canvas, rows, lines->lang, focused);
	if (!here)
		return;
	snprintf(text, sizeof(text), "%s%s%s", holds(here) ? words_in(level_words(here->level), lines->lang) : "",
		 holds(here) ? ": " : "", here->procedure);
	list_fit(text, sizeof(text), area.cols - 3);
	draw_text(canvas, area.row + area.rows - 1, area.col + 2, area.cols - 3, STYLE_DIM, text);
}
