#include "core/setting.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/commit.h"
#include "core/recalc.h"
#include "core/rules/calendar.h"
#include "db/base/utf8.h"
#include "db/rec_fields.h"

const struct setting settings[] = {
	{ "lateness_basis", SETTING_CHOICE, "original", "original|extended", 0, 0,
	  T("Hồ sơ gia hạn tính trễ theo hẹn nào", "An extended dossier is late by which promise") },
	{ "form_set", SETTING_CHOICE, "2025", "2018|2025", 0, 0, T("Bộ mẫu giấy tờ", "Which set of forms is printed") },
	{ "truncate", SETTING_BOOL, "false", NULL, 0, 0,
	  T("Cắt bỏ số lẻ thay vì làm tròn tỷ lệ", "Cut percentages instead of rounding them") },
	{ "hours", SETTING_HOURS, CALENDAR_HOURS, NULL, 0, 0, T("Giờ làm việc mỗi ngày", "Office hours of a day") },
	{ "workdays", SETTING_WEEK, "1111100", NULL, 0, 0,
	  T("Ngày làm việc trong tuần, thứ Hai trước", "Working days of the week, Monday first") },
	{ "typing", SETTING_CHOICE, "telex", "telex|vni|raw", 0, 0, T("Kiểu gõ tiếng Việt", "How Vietnamese is typed") },
	{ "tone_style", SETTING_CHOICE, "old", "old|new", 0, 0,
	  T("Đặt dấu hòa (cũ) hay hoà (mới)", "Tone marks as in hòa (old) or hoà (new)") },
	{ "theme", SETTING_CHOICE, "color", "color|light|contrast|mono", 0, 0, T("Màu của màn hình", "Colours of the screen") },
	{ "marks", SETTING_CHOICE, "auto", "auto|plain|full", 0, 0,
	  T("Hiện dấu tiếng Việt trên màn hình", "Marks of letters on the screen") },
	{ "lang", SETTING_CHOICE, "vi", "vi|en", 0, 0, T("Ngôn ngữ màn hình", "Language of the screen") },
	{ "lock_minutes", SETTING_INT, "10", NULL, 0, 480, T("Tự khóa sau số phút (0: không)", "Lock after minutes (0: never)") },
	{ "passphrase_min", SETTING_INT, "8", NULL, DB_PASSPHRASE_MIN, 64,
	  T("Mật khẩu ít nhất bao nhiêu ký tự", "Characters a passphrase has at least") },
	{ "person_months", SETTING_INT, "12", NULL, 1, 120,
	  T("Giữ tên người được hỗ trợ bao nhiêu tháng", "Months the person of an assist is kept") },
	{ "sync_nag_days", SETTING_INT, "3", NULL, 1, 60,
	  T("Nhắc khi chưa gửi quá số ngày", "Days without sending before a reminder") },
	{ "sync_minutes", SETTING_INT, "15", NULL, 0, 1440,
	  T("Tự gửi sau mỗi số phút (0: không)", "Minutes between attempts to send (0: never)") },
	{ "hub_url", SETTING_TEXT, "", NULL, 0, 500, T("Địa chỉ máy chủ", "The hub's address") },
	{ "share_folder", SETTING_TEXT, "", NULL, 0, 500, T("Thư mục chung giữa các máy", "The folder shared between PCs") },
	{ "scan_folder", SETTING_TEXT, "", NULL, 0, 500, T("Thư mục máy quét ghi vào", "The folder scans arrive in") },
	{ "printer", SETTING_TEXT, "", NULL, 0, 200, T("Máy in", "The printer") },
	{ "print_as", SETTING_CHOICE, "text", "text|pdf|bitmap|plain", 0, 0,
	  T("Giấy tờ in ra dạng nào", "Papers are printed as") },
	{ "print_columns", SETTING_INT, "80", NULL, 32, 132, T("Số cột của dạng chữ", "Columns of papers as text") },
	{ "office_name", SETTING_TEXT, "", NULL, 0, 200, T("Tên bộ phận một cửa trên giấy tờ", "The office's name on papers") },
	{ "office_address", SETTING_TEXT, "", NULL, 0, 500, T("Địa chỉ trên giấy tờ", "The office's address on papers") },
	{ "office_phone", SETTING_TEXT, "", NULL, 0, 40, T("Điện thoại trên giấy tờ", "The office's phone on papers") },
	{ "parent_name", SETTING_TEXT, "", NULL, 0, 200, T("Cơ quan chủ quản trên giấy tờ", "The agency above, on papers") },
	{ "place_name", SETTING_TEXT, "", NULL, 0, 100, T("Địa danh trước ngày tháng", "The place before the date on papers") },
	{ "leader_name", SETTING_TEXT, "", NULL, 0, 100, T("Người ký giấy tờ", "Who signs papers") },
	{ NULL, SETTING_TEXT, NULL, NULL, 0, 0, T("", "") },
};

const struct setting *setting_named(const char *name)
{
	for (const struct setting *setting = settings; setting->name; setting++)
		if (!strcmp(setting->name, name))
			return setting;
	return NULL;
}

void setting_get(struct app *app, const char *name, struct buf *out)
{
	const struct setting *setting = setting_named(name);
	struct buf room = BUF(8192);

	if (setting)
		buf_text(out, app_setting(app, name, setting->otherwise, &room));
	buf_done(&room);
}

bool setting_is(struct app *app, const char *name, const char *word)
{
	struct buf value = BUF(8192);
	bool same;

	setting_get(app, name, &value);
	same = !strcmp(buf_str(&value), word);
	buf_done(&value);
	return same;
}

bool setting_true(struct app *app, const char *name)
{
	return setting_is(app, name, "true");
}

int64_t setting_int(struct app *app, const char *name)
{
	struct buf value = BUF(8192);
	int64_t number;

	setting_get(app, name, &value);
	number = strtoll(buf_str(&value), NULL, 10);
	buf_done(&value);
	return number;
}

static bool is_choice(const char *choices, const char *word)
{
	size_t len = strlen(word);

	while (*choices) {
		size_t here = strcspn(choices, "|");

		if (here == len && !memcmp(choices, word, len))
			return true;
		choices += here + (choices[here] == '|');
	}
	return false;
}

static bool is_number(const struct setting *setting, const char *value)
{
	char *end;
	long long number = strtoll(value, &end, 10);

	return *value && !*end && number >= setting->lo && number <= setting->hi;
}

static bool is_hours(const char *value)
{
	struct calendar *scratch = malloc(sizeof(*scratch));
	bool good;

	if (!scratch)
		die("out of memory");
	calendar_init(scratch);
	good = !calendar_set_hours(scratch, CALENDAR_EVERY_DAY, value, NULL);
	free(scratch);
	return good;
}

static enum rc check_value(const struct setting *setting, const char *value, struct err *err)
{
	switch (setting->type) {
	case SETTING_BOOL:
		if (!is_choice("true|false", value))
			return err_field(err, setting->name, "là true hoặc false", "is true or false");
		break;
	case SETTING_INT:
		if (!is_number(setting, value))
			return err_field(err, setting->name, "là số từ %" PRId64 " đến %" PRId64,
					 "is a number from %" PRId64 " to %" PRId64, setting->lo, setting->hi);
		break;
	case SETTING_CHOICE:
		if (!is_choice(setting->choices, value))
			return err_field(err, setting->name, "là một trong: %s", "is one of: %s", setting->choices);
		break;
	case SETTING_TEXT:
		if (strlen(value) > (size_t)setting->hi)
			return err_field(err, setting->name, "dài quá %" PRId64 " byte",
					 "is longer than %" PRId64 " bytes",
					 setting->hi);
		break;
	case SETTING_HOURS:
		if (!is_hours(value))
			return err_field(err, setting->name, "là các buổi, ví dụ %s", "is sessions such as %s",
					 CALENDAR_HOURS);
		break;
	case SETTING_WEEK:
		if (strlen(value) != 7 || strspn(value, "01") != 7 || !strchr(value, '1'))
			return err_field(err, setting->name, "là bảy chữ số 0 và 1, thứ Hai trước",
					 "is seven digits 0 and 1, Monday first");
		break;
	}
	return RC_OK;
}

static enum rc write_value(struct app *app, const char *name, const char *value, struct err *err)
{
	struct rec rec;
	struct change change = { .verb = VERB_CHANGE, .kind = REC_SETTING, .set = &rec };
	enum rc rc = row_find(app->db, REC_SETTING, name, &change.rec, err);

	if (rc && rc != RC_NONE)
		return rc;
	if (rc == RC_NONE)
		change.verb = VERB_ADD;
	rec_init(&rec, REC_SETTING);
	if (rc == RC_NONE)
		rec_put_text(&rec, SETTING_NAME, name);
	if (*value) {
		rec_put_text(&rec, SETTING_VALUE, value);
	} else {
		struct path path = path_of(SETTING_VALUE);

		rec_set_unset(&rec, &path);
	}
	rc = commit_change(app, &change, NULL, NULL, err);
	rec_done(&rec);
	return rc;
}

/* Hours and working days move promises: those that were counted are counted again, or nothing happens. */
static enum rc write_calendar(struct app *app, const char *name, const char *value, struct err *err)
{
	struct recalc recalc;
	enum rc rc = db_begin(app->db, err);

	if (rc)
		return rc;
	rc = recalc_begin(app, &recalc, err);
	if (!rc)
		rc = write_value(app, name, value, err);
	catalog_forget(app); /* the calendar in memory is the old one */
	if (!rc)
		rc = recalc_finish(app, &recalc, NULL, err);
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc) {
		db_rollback(app->db);
		catalog_forget(app);
	}
	recalc_done(&recalc);
	return rc;
}

enum rc setting_set(struct app *app, const char *name, const char *value, struct err *err)
{
	const struct setting *setting = setting_named(name);
	struct buf clean = BUF(8192);
	enum rc rc = app_may(app, MAY_SETTING, err);

	if (rc)
		return rc;
	if (!setting)
		return err_set(err, RC_NONE, "không có thiết lập %.60s", "there is no setting %.60s", name);
	rc = utf8_clean(value, strlen(value), &clean, err);
	if (!rc && clean.len)
		rc = check_value(setting, buf_str(&clean), err);
	if (!rc && setting_is(app, name, clean.len ? buf_str(&clean) : setting->otherwise))
		goto out; /* the same again is no event */
	if (!rc && (setting->type == SETTING_HOURS || setting->type == SETTING_WEEK))
		rc = write_calendar(app, name, buf_str(&clean), err);
	else if (!rc)
		rc = write_value(app, name, buf_str(&clean), err);
out:
	buf_done(&clean);
	return rc;
}
