/*
 * lines.h - dossiers as lines of a list: worklists and search hits look alike.
 */
#ifndef MOTCUA_TUI_LINES_H
#define MOTCUA_TUI_LINES_H

#include "core/query.h"
#include "tui/list.h"

enum { LINES_MAX = 2000 };

struct line {
	char code[44], name[204], procedure[204];
	int state, level;
	msec received_at, due_at;
	int64_t days_left;
	bool paused;
};

struct lines {
	struct line *line;
	size_t count;
	struct list list;
	enum lang lang;
	bool wide;  /* room for state and level */
};

void lines_init(struct lines *lines, enum lang lang);
void lines_done(struct lines *lines);
/* Empty it, then give lines_add to a query with `lines` as its ctx, then lines_ready. */
void lines_clear(struct lines *lines);
query_visit lines_add;
void lines_ready(struct lines *lines);
/* The line under the cursor, NULL when there is none. */
const struct line *lines_at(const struct lines *lines);
void lines_draw(struct lines *lines, struct canvas *canvas, struct area area, bool focused);
/* "trễ 3", "hôm nay", "còn 2", or what it waits for. */
const char *lines_when(const struct line *line, enum lang lang, char *out, size_t size, enum style *style);

#endif
