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
	  T("Hồ sơ gia hạn tính trễ theo hẹn nào", "An extended dossier is late by which promise"),
	  T("Hẹn đầu: đã gia hạn mà lỡ hẹn đầu vẫn tính trễ. Hẹn mới: xét theo hẹn sau khi gia hạn.",
	    "First: extended dossiers that missed their first promise count as late. New: the new promise counts.") },
	{ "form_set", SETTING_CHOICE, "2025", "2018|2025", 0, 0, T("Bộ mẫu giấy tờ", "Which set of forms is printed"),
	  T("Bảy mẫu của Thông tư 03/2025, hay sáu mẫu cũ của Thông tư 01/2018.",
	    "The seven forms of Circular 03/2025, or the six old ones of Circular 01/2018.") },
	{ "truncate", SETTING_BOOL, "false", NULL, 0, 0,
	  T("Cắt bỏ số lẻ thay vì làm tròn tỷ lệ", "Cut percentages instead of rounding them"),
	  T("Có: 99,999 % ghi là 99,99 %. Không: làm tròn thành 100 %.",
	    "Yes: 99.999 % is written 99.99 %. No: it is rounded to 100 %.") },
	{ "hours", SETTING_HOURS, CALENDAR_HOURS, NULL, 0, 0, T("Giờ làm việc mỗi ngày", "Office hours of a day"),
	  T("Các buổi, cách nhau bằng dấu phẩy. Đổi giờ thì hẹn trả đã tính được tính lại.",
	    "Sessions with commas between. Promises that were counted are counted again.") },
	{ "workdays", SETTING_WEEK, "1111100", NULL, 0, 0,
	  T("Ngày làm việc trong tuần, thứ Hai trước", "Working days of the week, Monday first"),
	  T("Ngày nào Một cửa làm việc. Đổi thì hẹn trả đã tính được tính lại.",
	    "The days the office works. Promises that were counted are counted again.") },
	{ "typing", SETTING_CHOICE, "telex", "telex|vni|raw", 0, 0, T("Kiểu gõ tiếng Việt", "How Vietnamese is typed"),
	  T("Kiểu gõ khi mới đăng nhập; ^\\ đổi ngay lúc đang gõ.",
	    "How typing starts after signing in; ^\\ changes it at any time.") },
	{ "tone_style", SETTING_CHOICE, "old", "old|new", 0, 0,
	  T("Đặt dấu hòa (cũ) hay hoà (mới)", "Tone marks as in hòa (old) or hoà (new)"),
	  T("Chỉ là cách đặt dấu khi gõ; tìm kiếm không phân biệt.",
	    "Only where marks go while typing; searching finds both.") },
	{ "theme", SETTING_CHOICE, "color", "color|light|contrast|mono", 0, 0, T("Màu của màn hình", "Colours of the screen"),
	  T("Màu chữ và nền; biến NO_COLOR của máy luôn tắt màu.",
	    "Letters and ground; NO_COLOR of the PC always turns colours off.") },
	{ "marks", SETTING_CHOICE, "auto", "auto|plain|full", 0, 0,
	  T("Hiện dấu tiếng Việt trên màn hình", "Marks of letters on the screen"),
	  T("Không dấu cho màn hình thiếu chữ tiếng Việt; dữ liệu vẫn có dấu.",
	    "Without marks for consoles that lack the letters; data keeps its marks.") },
	{ "lang", SETTING_CHOICE, "vi", "vi|en", 0, 0, T("Ngôn ngữ màn hình", "Language of the screen"),
	  T("Mọi màn hình và giấy tờ không theo mẫu; có hiệu lực từ lần đăng nhập sau.",
	    "Every screen; takes effect at the next sign-in.") },
	{ "lock_minutes", SETTING_INT, "10", NULL, 0, 480, T("Tự khóa sau số phút (0: không)", "Lock after minutes (0: never)"),
	  T("Sau từng ấy phút không gõ phím, máy hỏi mật khẩu; bản nháp còn nguyên.",
	    "After so many minutes without a key the passphrase is asked; drafts stay.") },
	{ "passphrase_min", SETTING_INT, "8", NULL, DB_PASSPHRASE_MIN, 64,
	  T("Mật khẩu ít nhất bao nhiêu ký tự", "Characters a passphrase has at least"),
	  T("Áp dụng cho mật khẩu đặt từ nay; mật khẩu cũ còn dùng được.",
	    "For passphrases set from now on; older ones still work.") },
	{ "person_months", SETTING_INT, "12", NULL, 1, 120,
	  T("Giữ tên người được hỗ trợ bao nhiêu tháng", "Months the person of an assist is kept"),
	  T("Quá hạn này, tên và số CCCD của người được hỗ trợ bị xóa khỏi máy; số lượt vẫn tính.",
	    "After that the name and id of a helped person are wiped from this PC; the count stays.") },
	{ "sync_nag_days", SETTING_INT, "3", NULL, 1, 60,
	  T("Nhắc khi chưa gửi quá số ngày", "Days without sending before a reminder"),
	  T("Dữ liệu chưa gửi lâu hơn số ngày này thì màn hình nhắc.",
	    "The screen reminds when data has waited longer than that.") },
	{ "sync_minutes", SETTING_INT, "15", NULL, 0, 1440,
	  T("Tự gửi sau mỗi số phút (0: không)", "Minutes between attempts to send (0: never)"),
	  T("Máy tự gửi khi có mạng; 0: chỉ gửi khi bấm.",
	    "The PC sends by itself when there is a line; 0: only when asked.") },
	{ "hub_url", SETTING_TEXT, "", NULL, 0, 500, T("Địa chỉ máy chủ", "The hub's address"),
	  T("Tệp ghi danh đã cho địa chỉ; ghi ở đây khi trung tâm dời chỗ.",
	    "Enrolment brought the address; write another here when the hub moved.") },
	{ "hub_certificate", SETTING_TEXT, "", NULL, 0, 3900,
	  T("Chứng chỉ TLS ghim cho máy chủ", "The TLS certificate pinned for the hub"),
	  T("Phần base64 của tệp PEM, trên một dòng; chỉ chứng chỉ này được tin. Để trống: theo hệ thống.",
	    "The base64 of its PEM file, on one line; only this one is trusted. Empty: as the system does.") },
	{ "share_folder", SETTING_TEXT, "", NULL, 0, 500, T("Thư mục chung giữa các máy", "The folder shared between PCs"),
	  T("Ổ mạng để các máy trong phường trao đổi khi không có đường ra trung tâm.",
	    "A network drive for the ward's PCs to exchange on without a line to the hub.") },
	{ "scan_folder", SETTING_TEXT, "", NULL, 0, 500, T("Thư mục máy quét ghi vào", "The folder scans arrive in"),
	  T("Máy quét ghi tệp vào đây; màn hình Quét lấy từ đây.",
	    "The scanner writes here; the Scan screen takes from here.") },
	{ "printer", SETTING_TEXT, "", NULL, 0, 200, T("Máy in", "The printer"),
	  T("Tên máy in như lệnh lpstat -p cho biết; để trống: máy in mặc định. In thử ở mục 9.",
	    "Its name as lpstat -p tells; empty: the default one. Entry 9 prints a test page.") },
	{ "print_as", SETTING_CHOICE, "text", "text|pdf|bitmap|plain", 0, 0,
	  T("Giấy tờ in ra dạng nào", "Papers are printed as"),
	  T("Chữ cho máy kim; PDF cho máy laser; hình cho máy in nhiệt; không dấu khi máy in sai chữ.",
	    "Letters for matrix printers, PDF for laser, dots for thermal, no marks if letters come out wrong.") },
	{ "print_columns", SETTING_INT, "80", NULL, 32, 132, T("Số cột của dạng chữ", "Columns of papers as text"),
	  T("Máy nhiệt 80 mm thường là 48; giấy A4 là 80.",
	    "An 80 mm thermal printer mostly has 48; A4 paper 80.") },
	{ "office_name", SETTING_TEXT, "", NULL, 0, 200, T("Tên bộ phận một cửa trên giấy tờ", "The office's name on papers"),
	  T("In ở đầu giấy tiếp nhận; để trống: Bộ phận Một cửa của đơn vị.",
	    "At the head of a receipt; empty: the unit's one-stop office.") },
	{ "office_address", SETTING_TEXT, "", NULL, 0, 500, T("Địa chỉ trên giấy tờ", "The office's address on papers"),
	  T("In trên giấy hẹn để người dân biết nơi trả kết quả.",
	    "On the appointment, so people know where to come.") },
	{ "office_phone", SETTING_TEXT, "", NULL, 0, 40, T("Điện thoại trên giấy tờ", "The office's phone on papers"),
	  T("In trên giấy hẹn để người dân hỏi.",
	    "On the appointment, for questions.") },
	{ "parent_name", SETTING_TEXT, "", NULL, 0, 200, T("Cơ quan chủ quản trên giấy tờ", "The agency above, on papers"),
	  T("Dòng trên tên đơn vị ở góc trái giấy tờ, ví dụ UBND thành phố.",
	    "The line above the unit's name at the top left of papers.") },
	{ "place_name", SETTING_TEXT, "", NULL, 0, 100, T("Địa danh trước ngày tháng", "The place before the date on papers"),
	  T("Ví dụ: Bình Hưng, ngày 24 tháng 11 năm 2026.",
	    "As in: Bình Hưng, 24 November 2026.") },
	{ "leader_name", SETTING_TEXT, "", NULL, 0, 100, T("Người ký giấy tờ", "Who signs papers"),
	  T("Tên dưới chữ ký trên phiếu xin lỗi, từ chối, dừng.",
	    "The name under the signature of apologies, refusals and stops.") },
	{ NULL, SETTING_TEXT, NULL, NULL, 0, 0, T("", ""), T("", "") },
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
