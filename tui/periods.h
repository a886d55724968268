/*
 * periods.h - choosing the period of a report by keyboard.
 */
#ifndef MOTCUA_TUI_PERIODS_H
#define MOTCUA_TUI_PERIODS_H

#include "core/rules/period.h"
#include "tui/screen.h"

/* The period of `kind` (no free range) that holds `day`; the nine months of that year, whether or not they
 * do. */
void period_holding(enum period_kind kind, dayno day, struct period *out);
/* The one before (-1) or after (1); a range moves by its own length. */
void period_step(struct period *period, int step);
/* Ask for another kind, for two days, or (`known` not NULL) for what was recorded by when. False: Esc. */
bool period_ask(struct ui *ui, struct period *period, msec *known);
/* "Quý III năm 2024 (15/06/2024 - 14/09/2024)" */
const char *period_words(const struct period *period, enum lang lang, char *out, size_t size);

#endif
