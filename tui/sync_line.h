/*
 * sync_line.h - what has not reached the hub, in one line for every screen.
 */
#ifndef MOTCUA_TUI_SYNC_LINE_H
#define MOTCUA_TUI_SYNC_LINE_H

#include "sync/outbox.h"
#include "tui/draw.h"

enum { SYNC_LINE = 512 };

/*
 * "Chưa gửi 12 (từ 08:05 24/11). Biên nhận 17:02 23/11." and, after as many days as the setting
 * sync_nag_days says, a reminder. "" for a store that was never enrolled. Returns its style.
 */
enum style sync_line(struct app *app, enum lang lang, char *out, size_t size);
/* Whole days since the oldest that has not been sent; 0 when there is none. */
int64_t sync_unsent_days(struct app *app, const struct outbox_status *status);
/* "nhanh 3 giờ so với trung tâm": this PC's clock by the newest receipt. False, and "", when the two are near. */
bool sync_clock(struct app *app, enum lang lang, char *out, size_t size);
/* 08:05 24/11: a moment of these days. */
const char *sync_when(msec at, char *out, size_t size);

#endif
