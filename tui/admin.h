/*
 * admin.h - the screens of the administration menu, one file each.
 */
#ifndef MOTCUA_TUI_ADMIN_H
#define MOTCUA_TUI_ADMIN_H

#include "tui/screen.h"

/* The menu (key 8 on Today): what the role may. */
void scr_admin(struct ui *ui);
/* Users: add, a new passphrase, disable. */
void scr_users(struct ui *ui);
void scr_users_draft(struct ui *ui, const char *draft);
/* What the ward may set. */
void scr_settings(struct ui *ui);
/* Who did what. */
void scr_audit(struct ui *ui);
/* A CSV file into the catalogue, the calendar, the registers: looked at first. */
void admin_import(struct ui *ui);
/* A new passphrase, twice; NULL: one's own. */
void admin_passphrase(struct ui *ui, const char *user);

extern const struct screen_ops admin_screen, users_screen, settings_screen, audit_screen;

#endif
