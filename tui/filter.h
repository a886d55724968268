/*
 * filter.h - the line that limits a list: typed into after F3, kept after Enter, gone after Esc.
 */
#ifndef MOTCUA_TUI_FILTER_H
#define MOTCUA_TUI_FILTER_H

#include "tui/edit.h"
#include "tui/list.h"
#include "tui/screen.h"

struct filter {
	struct edit edit;
	bool typing; /* keys go into it */
};

void filter_init(struct filter *filter);
/* A key while it is typed into; false: not its own. */
bool filter_key(struct filter *filter, struct list *list, const struct typing *typing, const struct key *key);
/* Back to the rows: the word being typed is settled, the limit stays. */
void filter_leave(struct filter *filter, struct list *list, const struct typing *typing);
/* All rows again; false: there was no limit. */
bool filter_drop(struct filter *filter, struct list *list);
/* "Lọc: ..." on `row` behind the `used` columns, when there is a limit. */
void filter_draw(struct filter *filter, struct ui *ui, struct area body, int used);

#endif
