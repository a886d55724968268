/* list.c - see list.h. */
#include "tui/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"
#include "db/base/vn.h"

enum { SYLLABLE = 8 }; /* columns of the longest, and the blank before it */

void list_init(struct list *list, const struct list_col *cols, size_t col_count, list_cell_fn *cell, void *ctx)
{
	memset(list, 0, sizeof(*list));
	list->cols = cols;
	list->col_count = list->filter_cols = col_count;
	list->cell = cell;
	list->ctx = ctx;
	list->page = 1;
}

void list_done(struct list *list)
{
	free(list->shown);
	free(list->tags);
	list->shown = NULL;
	list->tags = NULL;
	list->count = list->shown_count = list->tag_count = 0;
}

bool list_matches(const char *folded_filter, const char *text)
{
	struct buf folded = BUF(65536);
	bool all = true;

	vn_fold(text, &folded);
	while (*folded_filter && all) {
		size_t len = strcspn(folded_filter, " ");
		char word[128];

		snprintf(word, sizeof(word), "%.*s", (int)len, folded_filter);
		all = strstr(buf_str(&folded), word) != NULL;
		folded_filter += len;
		folded_filter += strspn(folded_filter, " ");
	}
	buf_done(&folded);
	return all;
}

static bool row_passes(struct list *list, const char *folded, size_t row)
{
	struct buf line = BUF(LIST_COLS * LIST_CELL * 2);
	bool pass;

	if (!*folded)
		return true;
	for (size_t col = 0; col < list->filter_cols; col++) {
		char text[LIST_CELL] = "";
		enum style style = STYLE_TEXT;

		list->cell(list->ctx, row, col, text, &style);
		buf_text(&line, text);
		buf_byte(&line, ' ');
	}
	pass = list_matches(folded, buf_str(&line));
	buf_done(&line);
	return pass;
}

/* Find the shown rows again; the cursor stays on `keep` when that is still shown. */
static void show_rows(struct list *list, size_t keep)
{
	struct buf folded = BUF(1024);

	vn_fold(list->filter, &folded);
	list->shown_count = 0;
	list->at = 0;
	for (size_t row = 0; row < list->count; row++) {
		if (!row_passes(list, buf_str(&folded), row))
			continue;
		if (row <= keep)
			list->at = list->shown_count;
		list->shown[list->shown_count++] = row;
	}
	buf_done(&folded);
}

void list_rows(struct list *list, size_t count)
{
	size_t keep = 0;

	list_row(list, &keep);
	if (count > LIST_ROWS)
		count = LIST_ROWS;
	free(list->tags);
	list->tags = NULL;
	list->tag_count = 0;
	free(list->shown);
	list->shown = calloc(count ? count : 1, sizeof(*list->shown));
	if (!list->shown)
		die("no memory for a list");
	list->count = count;
	show_rows(list, keep);
}

void list_filter(struct list *list, const char *filter)
{
	size_t keep = 0;

	list_row(list, &keep);
	snprintf(list->filter, sizeof(list->filter), "%.*s", (int)utf8_cut_cols(filter, 60), filter);
	if (list->shown)
		show_rows(list, *filter ? 0 : keep);
}

bool list_row(const struct list *list, size_t *row)
{
	if (list->at >= list->shown_count)
		return false;
	*row = list->shown[list->at];
	return true;
}

void list_go(struct list *list, size_t row)
{
	for (size_t i = 0; i < list->shown_count; i++)
		if (list->shown[i] <= row)
			list->at = i;
}

bool list_tagged(const struct list *list, size_t row)
{
	return list->tags && row < list->count && list->tags[row];
}

void list_tag(struct list *list, size_t row, bool on)
{
	if (row >= list->count)
		return;
	if (!list->tags) {
		list->tags = calloc(list->count ? list->count : 1, 1);
		if (!list->tags)
			die("no memory for a list");
	}
	if (list->tags[row] == on)
		return;
	list->tags[row] = on;
	list->tag_count = on ? list->tag_count + 1 : list->tag_count - 1;
}

bool list_place_of(const struct list *list, size_t row, size_t *at)
{
	size_t low = 0, high = list->shown_count;

	while (low < high) { /* the shown stand in the order of rows */
		size_t middle = low + (high - low) / 2;

		if (list->shown[middle] < row)
			low = middle + 1;
		else
			high = middle;
	}
	*at = low;
	return low < list->shown_count && list->shown[low] == row;
}

void list_place(struct list *list, size_t at, size_t top)
{
	size_t last = list->shown_count ? list->shown_count - 1 : 0;

	list->at = at < last ? at : last;
	list->top = top < list->at ? top : list->at;
}

/* Tag all shown rows; if they are all tagged, none. */
static void tag_all(struct list *list)
{
	bool on = false;

	for (size_t i = 0; i < list->shown_count; i++)
		on = on || !list_tagged(list, list->shown[i]);
	for (size_t i = 0; i < list->shown_count; i++)
		list_tag(list, list->shown[i], on);
}

static void move_to(struct list *list, size_t at)
{
	if (list->shown_count)
		list->at = at < list->shown_count ? at : list->shown_count - 1;
}

bool list_action(struct list *list, enum ui_action action)
{
	size_t page = (size_t)(list->page > 1 ? list->page - 1 : 1);
	size_t row;

	switch (action) {
	case UI_NEXT:
		move_to(list, list->at + 1);
		return true;
	case UI_PREV:
		move_to(list, list->at ? list->at - 1 : 0);
		return true;
	case UI_PAGEDOWN:
		move_to(list, list->at + page);
		return true;
	case UI_PAGEUP:
		move_to(list, list->at > page ? list->at - page : 0);
		return true;
	case UI_HOME:
		move_to(list, 0);
		return true;
	case UI_END:
		move_to(list, list->shown_count);
		return true;
	case UI_TOGGLE:
		if (list_row(list, &row))
			list_tag(list, row, !list_tagged(list, row));
		move_to(list, list->at + 1);
		return true;
	case UI_ALL:
		tag_all(list);
		return true;
	default:
		return false;
	}
}

unsigned list_first(const struct list *list)
{
	return list->first ? list->first : LIST_FIRST;
}

/* Columns in front of the cells: the cursor's `>`, a tag's `*`; in linear mode a number. */
static int mark_cols(const struct canvas *canvas)
{
	return canvas->bare ? 8 : 2;
}

static int col_width(const struct list *list, const struct canvas *canvas, size_t col, int cols)
{
	int used = mark_cols(canvas);

	if (list->cols[col].width)
		return list->cols[col].width;
	for (size_t i = 0; i < list->col_count; i++)
		used += list->cols[i].width + (i ? 1 : 0);
	return cols > used ? cols - used : 1;
}

void list_fit(char *text, size_t size, int width)
{
	size_t fits = width > 1 ? utf8_cut_cols(text, (size_t)width - 1) : 0, len = fits;

	if (width < 2 || utf8_cols(text) <= (size_t)width)
		return;
	while (len && text[len] != ' ')
		len--;
	if (utf8_cols(text + len) - utf8_cols(text + fits) > SYLLABLE)
		return; /* no word but a code: as much of it as fits */
	while (len && strchr(" ,;.:-(", text[len - 1]))
		len--;
	if (len && len + sizeof("…") <= size)
		memcpy(text + len, "…", sizeof("…"));
}

static void draw_row(struct list *list, struct canvas *canvas, struct area area, int line, bool focused)
{
	size_t place = list->top + (size_t)line;
	size_t row = list->shown[place];
	bool here = place == list->at;
	int at = area.col + mark_cols(canvas), y = area.row + line;

	/* Blanks stay plain: a style on each would cost more bytes than the row. */
	if (here)
		draw_text(canvas, y, area.col, 1, STYLE_STRONG, ">");
	if (list_tagged(list, row))
		draw_text(canvas, y, area.col + 1, 1, STYLE_STRONG, "*");
	if (canvas->bare)
		draw_format(canvas, y, area.col + 2, 6, STYLE_TEXT, "%zu", place + list_first(list));
	for (size_t col = 0; col < list->col_count; col++) {
		int width = col_width(list, canvas, col, area.cols);
		char text[LIST_CELL] = "";
		enum style style = STYLE_TEXT;

		list->cell(list->ctx, row, col, text, &style);
		list_fit(text, sizeof(text), width);
		if (here && focused && col == 0)
			style = STYLE_FOCUS;
		if (list->cols[col].right)
			draw_right(canvas, y, at, width, style, text);
		else
			draw_text(canvas, y, at, width, style, text);
		at += width + 1;
	}
	if (here && focused)
		draw_cursor(canvas, y, area.col);
}

static void draw_header(const struct list *list, struct canvas *canvas, struct area area, enum lang lang)
{
	int at = area.col + mark_cols(canvas);

	for (size_t col = 0; col < list->col_count; col++) {
		int width = col_width(list, canvas, col, area.cols);
		const char *title = words_in(&list->cols[col].title, lang);

		if (list->cols[col].right)
			draw_right(canvas, area.row, at, width, STYLE_STRONG, title);
		else
			draw_text(canvas, area.row, at, width, STYLE_STRONG, title);
		at += width + 1;
	}
}

void list_draw(struct list *list, struct canvas *canvas, struct area area, enum lang lang, bool focused)
{
	bool header = *words_in(&list->cols[0].title, lang) != '\0';
	size_t page;

	if (header) {
		draw_header(list, canvas, area, lang);
		area.row++;
		area.rows--;
	}
	if (area.rows < 1)
		return;
	if (canvas->bare && area.rows > LIST_SPOKEN)
		area.rows = LIST_SPOKEN;
	canvas->spoken.list = list;
	list->page = area.rows;
	page = (size_t)area.rows;
	if (list->at < list->top)
		list->top = list->at;
	if (list->at >= list->top + page)
		list->top = list->at - page + 1;
	if (list->top + page > list->shown_count)
		list->top = list->shown_count > page ? list->shown_count - page : 0;
	for (int line = 0; line < area.rows && list->top + (size_t)line < list->shown_count; line++)
		draw_row(list, canvas, area, line, focused);
	if (canvas->bare && list->top + page < list->shown_count)
		draw_format(canvas, area.row + area.rows, area.col + 2, area.cols - 2, STYLE_DIM,
			    lang == LANG_EN ? "%zu more: >" : "còn %zu dòng nữa: >",
			    list->shown_count - list->top - page);
	if (focused && !list->shown_count)
		draw_cursor(canvas, area.row, area.col);
}
