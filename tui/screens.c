/*
 * screens.c - every screen there is, and the home menu: one digit each, never another.
 */
#include "tui/screens.h"

#include <string.h>

#include "tui/admin.h"
#include "tui/ask.h"
#include "tui/many.h"
#include "tui/pager.h"
#include "tui/pick.h"
#include "tui/progress.h"

void ui_lock(struct ui *ui)
{
	scr_lock(ui);
}

void ui_card(struct ui *ui, const char *text, size_t len)
{
	scr_intake_card(ui, text, len);
}

void ui_find(struct ui *ui)
{
	if (ui->app && !ui->locked)
		scr_find(ui);
}

/* An entry appears when its screen exists; digits never shift. */
const struct command_entry ui_commands[] = {
	{ "intake", T("Tiếp nhận", "Receive"), 1, scr_intake },
	{ "work", T("Hồ sơ", "Dossiers"), 2, scr_work_again },
	{ "scan", T("Quét", "Scan"), 3, scr_scan },
	{ "assist", T("Tổ công nghệ số", "Digital team"), 4, scr_assist },
	{ "report", T("Báo cáo", "Reports"), 5, scr_report },
	{ "sync", T("Đồng bộ", "Synchronise"), 6, scr_sync },
	{ "day", T("Cuối ngày", "End of day"), 7, scr_day },
	{ "admin", T("Quản trị", "Administration"), 8, scr_admin },
	{ "lock", T("Khóa", "Lock"), 0, scr_lock },
	{ "find", T("Tìm hồ sơ", "Find a dossier"), -1, scr_find },
	{ NULL, T("", ""), -1, NULL },
};

static void open_acting(struct ui *ui, const char *draft)
{
	const char *code = strrchr(draft, '/');

	if (code)
		scr_dossier(ui, code + 1);
}

const struct draft_form draft_forms[] = {
	{ "assist", T("Ghi lượt hỗ trợ", "Record help"), scr_assist_draft },
	{ "household", T("Hộ dân", "Household"), scr_household_draft },
	{ "user", T("Thêm người dùng", "Add a user"), scr_users_draft },
	{ "act", T("Đang ghi", "Recording"), open_acting },
	{ NULL, T("", ""), NULL },
};

const struct screen_ops *const ui_screens[] = {
	&unlock_screen, &today_screen, &intake_screen, &check_screen, &receipt_screen, &find_screen, &work_screen,
	&dossier_screen, &paper_screen, &qr_screen, &choice_screen, &form_screen, &pick_screen, &pager_screen,
	&reports_screen, &shown_report_screen, &day_screen, &sync_screen, &clash_screen, &progress_screen,
	&assist_screen, &household_screen, &admin_screen, &users_screen, &settings_screen,
	&audit_screen, &many_screen, &scan_screen, &scan_add_screen, NULL,
};
