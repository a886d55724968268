/*
 * scr_admin.c - the administration menu, and what on it is a question and an answer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/session.h"
#include "core/store.h"
#include "db/base/hash.h"
#include "db/rec_fields.h"
#include "sync/carrier.h"
#include "sync/identity.h"
#include "tui/admin.h"
#include "tui/ask.h"
#include "tui/list.h"
#include "tui/pager.h"
#include "tui/papers.h"
#include "tui/progress.h"
#include "tui/save.h"
#include "tui/screens.h"
#include "tui/words.h"

struct copying {
	char path[SAVE_PATH];
};

static enum rc take_copy(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct copying *copying = ctx;
	char folder[SAVE_PATH], *slash;

	(void)ui;
	if (save_path(form_text(form, "path"), copying->path, sizeof(copying->path), err))
		return RC_INPUT;
	if (access(copying->path, F_OK) == 0)
		return err_field(err, "path", "Đã có tệp này: chọn tên khác.",
				 "There is such a file: choose another name.");
	snprintf(folder, sizeof(folder), "%s", copying->path);
	slash = strrchr(folder, '/');
	if (slash)
		slash[1] = '\0';
	if (access(slash ? folder : ".", W_OK) != 0)
		return err_field(err, "path", "Không có thư mục này, hoặc không ghi vào được.",
				 "There is no such folder, or it cannot be written to.");
	return RC_OK;
}

/* On the stick that is there, named after the ward and the day. */
static void offer_copy(struct ui *ui, struct form *form)
{
	char name[SAVE_PATH], date[CLOCK_DATE_TEXT];
	struct buf sticks = BUF(64 << 10);
	const char *stick;

	if (folder_media(&sticks, NULL))
		buf_clear(&sticks);
	stick = buf_str(&sticks);
	snprintf(name, sizeof(name), "%s%s%s-%s.motcua", stick, *stick ? "/" : "", ui->app->unit,
		 clock_format_date(dayno_of(app_now(ui->app)), date));
	form_put(form, "path", name);
	buf_done(&sticks);
}

static void back_up(struct ui *ui)
{
	static const struct form_row rows[] = {
		{ "path", W_CODE, T("Tệp", "File"), T("trên USB hay ổ khác", "on a stick or another disk"), 0,
		  400 },
	};
	static const struct words title = T("Sao lưu", "Back up"), doing = T("Đang sao lưu", "Backing up");
	struct err err = { .rc = RC_OK };
	struct progress progress;
	struct copying copying;
	struct form form;
	enum rc rc;
	bool go;

	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, ui->lang);
	offer_copy(ui, &form);
	go = ask_form(ui, &title,
		      UI_T(ui, "Bản sao được niêm phong như kho; mở bằng cùng mật khẩu.",
			   "The copy is sealed like the store and opens with the same passphrases."),
		      &form, take_copy, &copying);
	form_done(&form);
	if (!go)
		return;
	progress_begin(ui, &progress, &doing, PROGRESS_WATCH);
	rc = store_backup(ui->app, copying.path, &(struct watch){ progress_watch, &progress }, &err);
	progress_end(&progress);
	if (rc)
		ui_say_err(ui, &err);
	else
		ui_format(ui, STYLE_GOOD, UI_T(ui, "Đã sao lưu vào %s", "Backed up to %s"), copying.path);
}

static enum rc take_restore(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct copying *copying = ctx;
	enum rc rc = save_path(form_text(form, "path"), copying->path, sizeof(copying->path), err);

	if (!rc && access(copying->path, F_OK) != 0)
		rc = err_field(err, "path", "Không có tệp này.", "There is no such file.");
	if (!rc && session_check(ui->app, form_text(form, "passphrase"), err))
		rc = err_field(err, "passphrase", "Mật khẩu không đúng.", "That is not the passphrase.");
	return rc;
}

/* The store does not open any more: say why and where everything is, then back to the door. */
static void shut_out(struct ui *ui, const struct err *restored, const struct err *opened, const char *aside)
{
	static const struct words title = T("Không mở lại được kho", "The store does not open again");
	static const struct words answers[] = { T("Về màn hình đăng nhập", "Back to signing in"),
						T("Đóng chương trình", "Close the program") };
	const char *before = *aside ? aside : ui->options->store;
	struct buf text = BUF(8192);

	buf_printf(&text, "%s %s\n",
		   restored->rc ? UI_T(ui, "Chưa khôi phục:", "Not restored:")
				: UI_T(ui, "Đã đặt bản sao vào chỗ của kho.", "The copy is in the store's place."),
		   restored->rc ? err_text(restored, ui->lang) : "");
	buf_printf(&text, UI_T(ui, "Mở lại kho thì gặp: %s\n", "Opening it again met: %s\n"),
		   err_text(opened, ui->lang));
	if (access(before, F_OK))
		buf_printf(&text, UI_T(ui, "Không còn tệp kho: %s", "The store's file is gone: %s"), before);
	else
		buf_printf(&text, UI_T(ui, "Kho trước đó vẫn còn: %s", "The store from before is still there: %s"),
			   before);
	ui_leave_all(ui);
	ui->app = NULL;
	scr_unlock(ui);
	if (ask_choice(ui, &title, buf_str(&text), answers, ARRAY_LEN(answers), 0) == 1) {
		ui->quit = true;
		ui->exit_code = err_exit_code(opened->rc);
	}
	buf_done(&text);
}

/* Close, put the copy in place, open again as the same person. */
static void put_back(struct ui *ui, const char *from, const char *passphrase)
{
	static const struct words doing = T("Đang khôi phục và kiểm tra", "Restoring and checking");
	struct err err = { .rc = RC_OK }, again = { .rc = RC_OK };
	struct progress progress;
	struct watch watch = { progress_watch, &progress };
	char user[72], aside[4200];
	struct store_restore restore = { from, ui->options->store, user, passphrase, true, &watch };
	int64_t events = 0;
	enum rc rc;

	snprintf(user, sizeof(user), "%s", ui->app->user);
	ui_home(ui); /* nothing that stands above may ask the store while it is closed */
	progress_begin(ui, &progress, &doing, PROGRESS_WATCH);
	app_close(ui->app);
	ui->sync_stale = false;
	rc = store_restore(&restore, aside, sizeof(aside), &events, &err);
	if (app_open(ui->app, ui->options->store, user, passphrase, &again)) {
		shut_out(ui, &err, &again, aside);
		return;
	}
	progress_end(&progress);
	ui->sync_stale = true;
	if (rc)
		ui_say_err(ui, &err);
	else
		ui_format(ui, STYLE_GOOD,
			  UI_T(ui, "Đã khôi phục %lld việc. Kho cũ còn ở %s",
			       "Restored %lld events. The old store is %s"),
			  (long long)events, aside);
}

static void restore(struct ui *ui)
{
	static const struct form_row rows[] = {
		{ "path", W_CODE, T("Bản sao", "Copy"), T("tệp .motcua", "a .motcua file"), 0, 400 },
		{ "passphrase", W_SECRET, T("Mật khẩu của tôi", "My passphrase"), T("", ""), 40, 200 },
	};
	static const struct words title = T("Khôi phục", "Restore"), word = T("khôi phục", "restore");
	struct copying copying;
	struct form form;

	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, ui->lang);
	if (ask_form(ui, &title,
		     UI_T(ui,
			  "Việc ghi sau bản sao này sẽ không còn trong kho; kho đang dùng được giữ với tên "
			  "khác.",
			  "What was recorded after this copy will not be in the store; the present one is "
			  "kept aside."),
		     &form, take_restore, &copying) &&
	    ask_word(ui, &title, UI_T(ui, "Gõ \"khôi phục\" rồi Enter.", "Type \"restore\" and Enter."),
		     &word))
		put_back(ui, copying.path, form_text(&form, "passphrase"));
	form_done(&form);
}

static void verify(struct ui *ui)
{
	static const struct words doing = T("Đang kiểm tra kho", "Checking the store");
	struct err err = { .rc = RC_OK };
	struct progress progress;
	int64_t events = 0;
	enum rc rc;

	progress_begin(ui, &progress, &doing, PROGRESS_WATCH);
	rc = store_verify(ui->app, &(struct watch){ progress_watch, &progress }, &events, &err);
	progress_end(&progress);
	if (rc)
		ui_say_err(ui, &err);
	else
		ui_format(ui, STYLE_GOOD,
			  UI_T(ui, "Kho nguyên vẹn: %lld việc, chuỗi và bảng đều khớp.",
			       "The store is whole: %lld events, chains and rows agree."),
			  (long long)events);
}

struct device_text {
	struct ui *ui;
	struct buf text;
	bool own_seen;
};

static void put_device(struct device_text *devices, struct span id, int64_t slot, int64_t device_role, bool revoked)
{
	const struct field *role = field_tagged(rec_type(REC_DEVICE)->fields, DEVICE_ROLE);
	bool own = id.len == DEVICE_ID && !memcmp(id.data, devices->ui->app->device, DEVICE_ID);
	char name[2 * DEVICE_ID + 1] = "", words[80];

	devices->own_seen = devices->own_seen || own;
	if (id.len == DEVICE_ID)
		hex_of(id.data, DEVICE_ID, name);
	buf_printf(&devices->text, UI_T(devices->ui, "Máy số %lld  %s  %s%s%s\n", "PC %lld  %s  %s%s%s\n"),
		   (long long)slot, name, words_choice(role, device_role, devices->ui->lang, words, sizeof(words)),
		   own ? UI_T(devices->ui, "  (máy này)", "  (this PC)") : "",
		   revoked ? UI_T(devices->ui, "  ĐÃ THU HỒI", "  REVOKED") : "");
}

static enum rc add_device(void *ctx, const struct row *row, struct err *err)
{
	(void)err;
	put_device(ctx, rec_bytes(&row->body, DEVICE_DEVICE), rec_num_or(&row->body, DEVICE_SLOT, 0),
		   rec_num_or(&row->body, DEVICE_ROLE, 0), rec_has(&row->body, DEVICE_REVOKED_AT));
	return RC_OK;
}

static void show_devices(struct ui *ui)
{
	static const struct words title = T("Các máy của phường", "The ward's PCs");
	struct device_text devices = { .ui = ui, .text = BUF(1 << 20) };
	const struct app *app = ui->app;
	struct err err = { .rc = RC_OK };

	if (row_walk(ui->app->db, REC_DEVICE, add_device, &devices, &err)) {
		ui_say_err(ui, &err);
	} else {
		if (!devices.own_seen)
			put_device(&devices, (struct span){ app->device, DEVICE_ID }, app->slot,
				   app->team ? DEVICE_TEAM : DEVICE_COUNTER, false);
		pager_run(ui, &title, buf_str(&devices.text));
	}
	buf_done(&devices.text);
}

static void test_printer(struct ui *ui)
{
	static const struct words title = T("In thử", "Printer test");
	struct buf lines = BUF(1 << 20), bytes = BUF(16 << 20);
	enum papers_as as = papers_as_set(ui->app);
	struct err err = { .rc = RC_OK };
	enum rc rc = papers_test_page(ui->app, &lines, &err);

	if (!rc)
		rc = papers_render(ui->app, as, &lines, &bytes, &err);
	if (!rc)
		rc = papers_send(ui->app, NULL, as, false, ui_words(ui, &title), &bytes, &err);
	if (rc)
		pager_run(ui, &title, err_text(&err, ui->lang));
	else
		ui_say(ui, STYLE_GOOD, UI_T(ui, "Đã gửi trang in thử.", "The test page was sent."));
	buf_done(&lines);
	buf_done(&bytes);
}

static void own_passphrase(struct ui *ui)
{
	admin_passphrase(ui, NULL);
}

/* Digits never shift; a line appears for those who may. */
static const struct {
	char digit;
	enum right right;
	struct words words, help;
	void (*run)(struct ui *ui);
} entries[] = {
	{ '1', MAY_USER, T("Người dùng", "Users"),
	  T("thêm, vai trò, mật khẩu mới, khóa", "add, role, new passphrase, disable"), scr_users },
	{ '2', MAY_SETTING, T("Thiết lập", "Settings"),
	  T("giờ làm việc, mẫu giấy tờ, máy in, đồng bộ", "hours, forms, printer, synchronising"),
	  scr_settings },
	{ '3', MAY_HOUSEHOLD, T("Nhập danh mục", "Import lists"),
	  T("thủ tục, ngày nghỉ, mức phấn đấu, hộ dân", "procedures, holidays, targets, households"),
	  admin_import },
	{ '4', MAY_AUDIT, T("Nhật ký", "Audit"),
	  T("ai đã làm gì; lọc, xuất tệp", "who did what; filter, export"), scr_audit },
	{ '5', MAY_BACKUP, T("Sao lưu", "Back up"),
	  T("bản sao niêm phong ra USB hay ổ khác", "a sealed copy to a stick or another disk"), back_up },
	{ '6', MAY_RESTORE, T("Khôi phục", "Restore"), T("đưa một bản sao trở lại", "bring a copy back"),
	  restore },
	{ '7', MAY_READ, T("Kiểm tra kho", "Verify"),
	  T("chuỗi sự kiện, bảng, từng trang", "chains, rows, every page"), verify },
	{ '8', MAY_DEVICE, T("Các máy", "Devices"),
	  T("máy của phường, máy bị thu hồi", "the ward's PCs, revoked ones"), show_devices },
	{ '9', MAY_SLIP, T("In thử", "Printer test"),
	  T("một trang đủ chữ tiếng Việt", "a page of all Vietnamese letters"), test_printer },
	{ '0', MAY_PASSWD, T("Đổi mật khẩu của tôi", "My passphrase"),
	  T("chỉ của người đang đăng nhập", "of who is signed in"), own_passphrase },
};

struct admin {
	struct ui *ui;
	size_t shown[ARRAY_LEN(entries)], count;
	struct list list;
};

static const struct list_col cols[] = { { T("", ""), 28, false }, { T("", ""), 0, false } };

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct admin *admin = ctx;
	size_t at = admin->shown[row];

	if (col) {
		*style = STYLE_DIM;
		snprintf(out, LIST_CELL, "%s", ui_words(admin->ui, &entries[at].help));
	} else {
		snprintf(out, LIST_CELL, "%c %s", entries[at].digit, ui_words(admin->ui, &entries[at].words));
	}
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct admin *admin = screen->state;
	struct area rows = { body.row + 1, body.col, body.rows - 1, body.cols };

	list_draw(&admin->list, &ui->canvas, rows, ui->lang, true);
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct admin *admin = screen->state;

	if (key->name != K_TEXT || key->pasted || key->ch < '0' || key->ch > '9')
		return false;
	for (size_t i = 0; i < admin->count; i++) {
		size_t at = admin->shown[i];

		if ((uint32_t)entries[at].digit == key->ch) {
			list_go(&admin->list, i);
			entries[at].run(ui); /* may close this screen */
			return true;
		}
	}
	return true;
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct admin *admin = screen->state;
	size_t row;

	switch (action) {
	case UI_ACCEPT:
		if (list_row(&admin->list, &row))
			entries[admin->shown[row]].run(ui);
		return true;
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&admin->list, action);
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct admin *admin = screen->state;

	(void)ui;
	list_done(&admin->list);
	free(admin);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_BACK, UI_HELP, UI_NEXT, UI_PREV, UI_NONE };

const struct screen_ops admin_screen = {
	.name = "admin",
	.title = T("Quản trị", "Administration"),
	.actions = actions,
	.hints = hint_open,
	.draw = on_draw,
	.on_key = on_key,
	.on_action = on_action,
	.on_close = on_close,
};

void scr_admin(struct ui *ui)
{
	struct admin *admin = calloc(1, sizeof(*admin));

	if (!admin)
		die("no memory for a screen");
	admin->ui = ui;
	for (size_t i = 0; i < ARRAY_LEN(entries); i++)
		if (access_allows(ui->app->role, entries[i].right))
			admin->shown[admin->count++] = i;
	list_init(&admin->list, cols, ARRAY_LEN(cols), on_cell, admin);
	list_rows(&admin->list, admin->count);
	ui_push(ui, &admin_screen, admin);
}
