/* filter.c - see filter.h. */
#include "tui/filter.h"

static const struct edit_rules rules = { .compose = true, .max_letters = 60 };

void filter_init(struct filter *filter)
{
	filter->typing = false;
	edit_init(&filter->edit);
}

bool filter_key(struct filter *filter, struct list *list, const struct typing *typing, const struct key *key)
{
	if (!filter->typing)
		return false;
	switch (edit_key(&filter->edit, &rules, typing, key)) {
	case EDIT_IGNORED:
		return false;
	case EDIT_CHANGED:
		list_filter(list, filter->edit.text);
		return true;
	default:
		return true;
	}
}

void filter_leave(struct filter *filter, struct list *list, const struct typing *typing)
{
	if (!filter->typing)
		return;
	(void)edit_leave(&filter->edit, &rules, typing);
	list_filter(list, filter->edit.text);
	filter->typing = false;
}

bool filter_drop(struct filter *filter, struct list *list)
{
	if (!filter->typing && !filter->edit.len)
		return false;
	filter->typing = false;
	edit_set(&filter->edit, "");
	list_filter(list, "");
	return true;
}

void filter_draw(struct filter *filter, struct ui *ui, struct area body, int used)
{
	if (!filter->typing && !filter->edit.len)
		return;
	used += draw_text(&ui->canvas, body.row, used + 3, 8, STYLE_LABEL, UI_T(ui, "Lọc:", "Filter:"));
	edit_draw(&filter->edit, &rules, &ui->canvas, body.row, used + 4, body.cols - used - 6, filter->typing);
}
