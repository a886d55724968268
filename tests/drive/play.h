/*
 * play.h - inside the player: what the files that play a story's commands share.
 */
#ifndef MOTCUA_TESTS_PLAY_H
#define MOTCUA_TESTS_PLAY_H

#include "tests/drive/story.h"

enum { PLAY_TEXT_MAX = 64 * 1024 };

/* Why the line did not come true, into story->fault; always false. */
bool play_fails(struct story *story, const char *format, ...) PRINTF_LIKE(2, 3);
/* The quoted text at `rest`, its escapes undone. */
bool play_quoted(struct story *story, const char *rest, struct buf *out);
/* "132x43". */
bool play_size_of(const char *text, int *rows, int *cols);
/* A program was run. */
bool play_has_screen(struct story *story);
/* A command of hands.c; false also when there is none of that name. */
bool play_hands(struct story *story, const char *line, size_t word, const char *rest);

#endif
