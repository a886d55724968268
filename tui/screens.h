/*
 * screens.h - the screens, one file each (scr_*.c).
 *
 * Each scr_* function pushes its screen; what a screen needs is loaded when it
 * comes to the top, so a change made elsewhere is seen on the way back.
 * screens.c has the table of all of them and of the home menu.
 */
#ifndef MOTCUA_TUI_SCREENS_H
#define MOTCUA_TUI_SCREENS_H

#include "core/query.h"
#include "tui/screen.h"

enum { DOSSIER_CODE_TEXT = 44 }; /* a code of any shape, NUL included */

/* Unlock, or set up a first store; opens ui->app and goes on to scr_start. */
void scr_unlock(struct ui *ui);
/* The passphrase once more: nothing is shown before it is right. */
void scr_lock(struct ui *ui);
/* Signed in: settings, the clock, then home. */
void scr_start(struct ui *ui);
/* Home: drafts, today's work, the menu. */
void scr_today(struct ui *ui);
/* Receive a dossier: the newest draft, or a new one. */
void scr_intake(struct ui *ui);
void scr_intake_card(struct ui *ui, const char *text, size_t len); /* a new one, for whoever's card this is */
void scr_intake_draft(struct ui *ui, int64_t draft);
void scr_find(struct ui *ui);
void scr_work(struct ui *ui, enum work work);
/* Overdue at one level (LEVEL_*, 0: nobody said). */
void scr_work_late(struct ui *ui, int level);
/* The list looked at last, as it was left. */
void scr_work_again(struct ui *ui);
/* At the end: where the clerk was is wiped. */
void scr_work_forget(struct ui *ui);
/* One dossier. */
void scr_dossier(struct ui *ui, const char *code);
/* Its papers: look, print, put into a file. */
void scr_paper(struct ui *ui, const char *code);
/* Its code as a QR. */
void scr_qr(struct ui *ui, const char *code);
/* The next of the same household: what families share stands in the form already. */
void scr_intake_household(struct ui *ui);
/* Reports of a period. */
void scr_report(struct ui *ui);
/* One of them by its name (core/report.h), for this quarter. */
void scr_report_named(struct ui *ui, const char *name);
/* Help given by the digital team, and its household register. */
void scr_assist(struct ui *ui);
void scr_household(struct ui *ui);
/* The same, and the form that was half typed (`draft`: its name, as ask_form_kept was given it). */
void scr_assist_draft(struct ui *ui, const char *draft);
void scr_household_draft(struct ui *ui, const char *draft);
/* The end of a day. */
void scr_day(struct ui *ui);
/* What has not been scanned; the scanner's files for one dossier. */
void scr_scan(struct ui *ui);
void scr_scan_add(struct ui *ui, const char *code);
/* The outbox, the line, the stick, enrolment. */
void scr_sync(struct ui *ui);
/* What two people changed differently. */
void scr_clash(struct ui *ui);

extern const struct screen_ops unlock_screen, today_screen, intake_screen, check_screen, receipt_screen, find_screen,
	work_screen, dossier_screen, paper_screen, qr_screen, reports_screen, shown_report_screen,
	day_screen, sync_screen, clash_screen, assist_screen, household_screen,
	scan_screen, scan_add_screen;

#endif
