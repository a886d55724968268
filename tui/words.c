/* words.c - see words.h. */
#include "tui/words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/rules/person.h"
#include "db/base/utf8.h"

/* Words of enum values; the field's name first, as one word may mean two things. */
static const struct {
	const char *field, *value;
	struct words words;
} choices[] = {
	{ "state", "registered", T("mới đăng ký", "registered") },
	{ "state", "received", T("đã tiếp nhận", "received") },
	{ "state", "processing", T("đang xử lý", "processing") },
	{ "state", "supplement", T("chờ bổ sung", "awaiting papers") },
	{ "state", "finance", T("chờ nộp tiền", "awaiting payment") },
	{ "state", "stopped", T("dừng xử lý", "stopped") },
	{ "state", "done", T("đã xong", "done") },
	{ "state", "returned", T("đã trả", "returned") },
	{ "state", "withdrawn", T("đã rút", "withdrawn") },
	{ "state", "not_received", T("không tiếp nhận", "not received") },
	{ "kind", "supplement", T("bổ sung", "supplement") },
	{ "kind", "finance", T("nghĩa vụ tài chính", "payment") },
	{ "kind", "stop", T("dừng", "stop") },
	{ "kind", "submit", T("nộp", "submit") },
	{ "kind", "present", T("xuất trình", "present") },
	{ "kind", "public_holiday", T("ngày lễ", "public holiday") },
	{ "kind", "adjacent_day", T("ngày liền kề", "adjacent day") },
	{ "kind", "compensation_off", T("nghỉ bù", "day in lieu") },
	{ "kind", "swapped_off", T("nghỉ hoán đổi", "swapped day off") },
	{ "kind", "makeup_workday", T("ngày làm bù", "make-up workday") },
	{ "role", "counter", T("máy tại quầy", "counter PC") },
	{ "role", "team", T("máy của tổ", "team laptop") },
	{ "role", "hub", T("trung tâm", "hub") },
	{ "level", "ward", T("cấp xã", "ward") },
	{ "level", "province", T("cấp tỉnh", "province") },
	{ "level", "other", T("cơ quan khác", "other") },
	{ "status", "paid", T("đã thu", "paid") },
	{ "status", "unpaid", T("chưa thu", "unpaid") },
	{ "status", "exempt", T("được miễn", "exempt") },
	{ "method", "cash", T("tiền mặt", "cash") },
	{ "method", "online", T("trực tuyến", "online") },
	{ "method", "transfer", T("chuyển khoản", "transfer") },
	{ "method", "counter", T("tại quầy", "at the counter") },
	{ "method", "post", T("bưu chính", "by post") },
	{ "return_method", "counter", T("tại quầy", "at the counter") },
	{ "return_method", "post", T("bưu chính", "by post") },
	{ "return_method", "online", T("trực tuyến", "online") },
	{ "applicant_kind", "citizen", T("công dân", "citizen") },
	{ "applicant_kind", "business", T("doanh nghiệp", "business") },
	{ "applicant_kind", "household", T("hộ kinh doanh", "business household") },
	{ "applicant_sex", "M", T("Nam", "Male") },
	{ "applicant_sex", "F", T("Nữ", "Female") },
	{ "person_sex", "M", T("Nam", "Male") },
	{ "person_sex", "F", T("Nữ", "Female") },
	{ "applicant_id_kind", "cccd", T("CCCD, căn cước", "citizen card") },
	{ "applicant_id_kind", "cmnd", T("CMND 9 số", "old ID, 9 digits") },
	{ "applicant_id_kind", "passport", T("hộ chiếu", "passport") },
	{ "applicant_id_kind", "other", T("giấy tờ khác", "other paper") },
	{ "channel", "direct", T("trực tiếp", "in person") },
	{ "channel", "online", T("trực tuyến", "online") },
	{ "channel", "postal", T("bưu chính", "by post") },
	{ "online_level", "full", T("toàn trình", "full") },
	{ "online_level", "partial", T("một phần", "partial") },
	{ "online_level", "none", T("không", "none") },
	{ "submitter_relation", "spouse", T("vợ, chồng", "spouse") },
	{ "submitter_relation", "parent", T("cha, mẹ", "parent") },
	{ "submitter_relation", "child", T("con", "child") },
	{ "submitter_relation", "relative", T("người thân", "relative") },
	{ "submitter_relation", "guardian", T("giám hộ", "guardian") },
	{ "submitter_relation", "staff", T("nhân viên", "staff") },
	{ "submitter_relation", "authorised", T("được ủy quyền", "authorised") },
	{ "submitter_relation", "other", T("khác", "other") },
	{ "exempt_reason", "poor", T("hộ nghèo", "poor household") },
	{ "exempt_reason", "near_poor", T("hộ cận nghèo", "near-poor household") },
	{ "exempt_reason", "merit", T("người có công", "person with merit") },
	{ "exempt_reason", "disabled", T("người khuyết tật", "disabled person") },
	{ "exempt_reason", "child", T("trẻ em", "child") },
	{ "exempt_reason", "elderly", T("người cao tuổi", "elderly person") },
	{ "exempt_reason", "minority", T("đồng bào dân tộc", "ethnic minority") },
	{ "exempt_reason", "other", T("diện khác", "another reason") },
	{ "place", "home", T("tại nhà", "at home") },
	{ "place", "centre", T("trung tâm", "centre") },
	{ "place", "hall", T("nhà văn hóa", "community hall") },
	{ "place", "counter", T("Một cửa", "counter") },
	{ "place", "street", T("lưu động", "in the street") },
	{ "place", "phone", T("điện thoại", "by phone") },
	{ "place", "online", T("trực tuyến", "online") },
	{ "outcome", "done", T("xong", "done") },
	{ "outcome", "referred", T("chuyển nơi khác", "referred") },
	{ "outcome", "postponed", T("hẹn lại", "postponed") },
	{ "outcome", "failed", T("không được", "failed") },
	{ "outcome", "refused", T("từ chối", "refused") },
	{ "format", "pdf", T("PDF", "PDF") },
	{ "format", "tiff", T("TIFF", "TIFF") },
	{ "format", "jpeg", T("JPEG", "JPEG") },
	{ "format", "png", T("PNG", "PNG") },
	{ "role", "clerk", T("công chức Một cửa", "clerk") },
	{ "role", "officer", T("công chức chuyên môn", "officer") },
	{ "role", "leader", T("lãnh đạo", "leader") },
	{ "role", "team_member", T("thành viên tổ công nghệ số", "team member") },
	{ "role", "supervisor", T("giám sát", "supervisor") },
	{ "role", "admin", T("quản trị", "administrator") },
	{ "", "working_day", T("ngày làm việc", "working days") },
	{ "", "calendar_day", T("ngày", "days") },
	{ "", "working_hour", T("giờ làm việc", "working hours") },
	{ "", "hour", T("giờ", "hours") },
};

size_t words_choice_count(const struct field *field)
{
	size_t count = field->choices && *field->choices ? 1 : 0;

	for (const char *at = field->choices; at && *at; at++)
		count += *at == '|';
	return field->type == FIELD_BOOL ? 2 : count;
}

const char *words_yes_no(bool yes, enum lang lang)
{
	static const struct words words[2] = { T("Không", "No"), T("Có", "Yes") };

	return words_in(&words[yes], lang);
}

const char *words_choice(const struct field *field, int64_t value, enum lang lang, char *out, size_t size)
{
	char word[64] = "";

	enum_word(field, value, word, sizeof(word));
	snprintf(out, size, "%s", word);
	for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
		if ((*choices[i].field && strcmp(choices[i].field, field->name)) || strcmp(choices[i].value, word))
			continue;
		snprintf(out, size, "%s", words_in(&choices[i].words, lang));
		break;
	}
	return out;
}

void words_capital(const char *text, char *out, size_t size)
{
	struct buf capital = BUF(32);
	size_t len = utf8_next(text, 0);
	char first[16] = ""; /* with more marks than any letter has, it stays as it is */

	if (len < sizeof(first))
		memcpy(first, text, len);
	utf8_upper(first, &capital);
	snprintf(out, size, "%s%s", buf_str(&capital), text + strlen(first));
	buf_done(&capital);
}

const char *words_money(int64_t vnd, char *out, size_t size)
{
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%lld", (long long)(vnd < 0 ? -vnd : vnd));
	size_t at = 0;

	if (!size)
		return "";
	if (vnd < 0 && at + 1 < size)
		out[at++] = '-';
	for (int i = 0; i < len && at + 2 < size; i++) {
		if (i && (len - i) % 3 == 0)
			out[at++] = '.';
		out[at++] = digits[i];
	}
	snprintf(out + at, size - at, " đ");
	return out;
}

const char *words_decimal(int64_t millionths, enum lang lang, char *out, size_t size)
{
	char text[40];
	int64_t whole = millionths / 1000000, rest = millionths % 1000000;
	int len = snprintf(text, sizeof(text), "%s%lld%c%06lld", millionths < 0 && !whole ? "-" : "", (long long)whole,
			   lang == LANG_EN ? '.' : ',', (long long)(rest < 0 ? -rest : rest));

	while (len > 0 && text[len - 1] == '0')
		len--;
	if (len > 0 && (text[len - 1] == '.' || text[len - 1] == ','))
		len--;
	text[len] = '\0';
	snprintf(out, size, "%s", text);
	return out;
}

const char *words_value(const struct rec *rec, const struct field *field, enum lang lang, char *out, size_t size)
{
	char text[CLOCK_SHORT_TEXT];
	int64_t value;

	out[0] = '\0';
	if (!rec_has(rec, field->tag) && field->type != FIELD_LIST)
		return out;
	value = rec_num_or(rec, field->tag, 0);
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_TEXTS:
		snprintf(out, size, "%s", rec_text(rec, field->tag));
		for (char *at = out; *at; at++)
			if (*at == '\n')
				*at = field->type == FIELD_TEXTS ? ';' : ' ';
		break;
	case FIELD_ENUM:
		words_choice(field, value, lang, out, size);
		break;
	case FIELD_INT:
		if (strstr(field->name, "vnd"))
			words_money(value, out, size);
		else
			snprintf(out, size, "%lld", (long long)value);
		break;
	case FIELD_DEC:
		words_decimal(value, lang, out, size);
		break;
	case FIELD_BOOL:
		snprintf(out, size, "%s", words_yes_no(value != 0, lang));
		break;
	case FIELD_TIME:
		snprintf(out, size, "%s", clock_format_short(value, text));
		break;
	case FIELD_DATE:
		snprintf(out, size, "%s", clock_format_dmy((dayno)value, text));
		break;
	case FIELD_LIST:
		if (rec_elements(rec, field->tag))
			snprintf(out, size, "%zu", rec_elements(rec, field->tag));
		break;
	case FIELD_HEX:
		break;
	}
	return out;
}

/* Blanks, dots and dashes left out (ids, phones). */
static void bare_of(const char *text, char *out, size_t size)
{
	size_t len = 0;

	for (; *text && len + 1 < size; text++)
		if (!strchr(" .-", *text))
			out[len++] = *text;
	out[len] = '\0';
}

static int two_digits(const char *at)
{
	return (at[0] - '0') * 10 + (at[1] - '0');
}

enum rc words_read_date(const char *text, dayno today, dayno *out, struct err *err)
{
	size_t len = strlen(text);
	int year;

	if (len == 6 && strspn(text, "0123456789") == 6) {
		year = two_digits(text + 4) + 2000;
		if (year > dayno_civil(today).year)
			year -= 100;
		if (dayno_from_ymd(year, two_digits(text + 2), two_digits(text), out))
			return RC_OK;
		return err_set(err, RC_INPUT, "Không có ngày này.", "There is no such date.");
	}
	return clock_parse_typed_date(text, out, err);
}

enum rc words_read_time(const char *text, dayno today, int32_t day_ms, msec *out, struct err *err)
{
	dayno day;

	if (words_read_date(text, today, &day, NULL) == RC_OK) {
		*out = dayno_start(day) + day_ms;
		return RC_OK;
	}
	return clock_parse_typed(text, out, err);
}

enum rc words_read_number(const char *text, int64_t *out, struct err *err)
{
	char digits[32];
	int64_t value = 0;

	bare_of(text, digits, sizeof(digits));
	if (!*digits || strlen(digits) > 15 || strspn(digits, "0123456789") != strlen(digits))
		return err_set(err, RC_INPUT, "Cần một số nguyên.", "A whole number is needed.");
	for (const char *at = digits; *at; at++)
		value = value * 10 + (*at - '0');
	*out = value;
	return RC_OK;
}

/* The digits at `text`, dots between groups of three left out; `dotted` when some were. */
static int64_t read_grouped(const char **text, bool *dotted, size_t *count)
{
	int64_t value = 0;

	*count = 0;
	*dotted = false;
	for (const char *at = *text; isdigit((unsigned char)*at) || *at == '.' || *at == ' '; at++) {
		if (isdigit((unsigned char)*at)) {
			value = value * 10 + (*at - '0');
			*text = at + 1;
			if (++*count > 13)
				break;
		} else if (isdigit((unsigned char)at[1]) && isdigit((unsigned char)at[2]) &&
			   isdigit((unsigned char)at[3]) && !isdigit((unsigned char)at[4])) {
			*dotted = true;
		} else {
			break;
		}
	}
	return value;
}

/* Digits behind the unit or a comma, as a part of `unit`: "2" of "1tr2" is 200.000. */
static int64_t read_part(const char **text, int64_t unit)
{
	int64_t value = 0;

	for (; isdigit((unsigned char)**text) && unit >= 10; ++*text) {
		unit /= 10;
		value += (**text - '0') * unit;
	}
	return value;
}

enum rc words_read_money(const char *text, int64_t *out, struct err *err)
{
	static const struct {
		const char *word;
		int64_t dong;
	} units[] = { { "tr", 1000000 }, { "k", 1000 }, { "n", 1000 } };
	const char *at = text + strspn(text, " "), *part = NULL;
	int64_t value, unit = 1;
	size_t count;
	bool dotted;

	value = read_grouped(&at, &dotted, &count);
	if (count && !dotted && (*at == ',' || *at == '.')) {
		part = ++at;
		at += strspn(at, "0123456789");
	}
	at += strspn(at, " ");
	for (size_t i = 0; i < ARRAY_LEN(units) && unit == 1; i++)
		if (!strncasecmp(at, units[i].word, strlen(units[i].word))) {
			unit = units[i].dong;
			at += strlen(units[i].word);
		}
	value *= unit;
	if (part && unit > 1)
		value += read_part(&part, unit);
	else if (!part && unit > 1)
		value += read_part(&at, unit);
	at += strspn(at, " ");
	at += !strncmp(at, "đ", 2) ? 2 : 0;
	if (!count || count > 13 || *at || (part && unit == 1))
		return err_set(err, RC_INPUT, "Cần một số tiền: 50000, 50.000, 50k hay 1tr2.",
			       "An amount is needed: 50000, 50.000, 50k or 1tr2.");
	*out = value;
	return RC_OK;
}

enum rc words_read_decimal(const char *text, int64_t *out, struct err *err)
{
	int64_t value = 0, scale = 0, count = 0;

	for (; *text; text++) {
		if ((*text == ',' || *text == '.') && !scale) {
			scale = 1000000;
		} else if (isdigit((unsigned char)*text) && count++ < 12 && scale != 1) {
			value = value * 10 + (*text - '0');
			scale /= 10;
		} else {
			return err_set(err, RC_INPUT, "Cần một số.", "A number is needed.");
		}
	}
	if (!count)
		return err_set(err, RC_INPUT, "Cần một số.", "A number is needed.");
	*out = value * (scale ? scale : 1000000);
	return RC_OK;
}

/* Items between `;` become lines. */
static void put_texts(const struct field *field, const char *text, struct rec *out)
{
	struct buf lines = BUF(REC_TEXT_MAX);

	while (*text) {
		size_t len = strcspn(text, ";"), from = strspn(text, " "), to = len;

		while (to > from && text[to - 1] == ' ')
			to--;
		if (to > from) {
			if (lines.len)
				buf_byte(&lines, '\n');
			buf_add(&lines, text + from, to - from);
		}
		text += len + (text[len] == ';');
	}
	rec_put_text(out, field->tag, buf_str(&lines));
	buf_done(&lines);
}

/* Text as it goes into a record: ids and phones bare, names without stray blanks. */
static void put_text(const struct field *field, const char *text, struct rec *out)
{
	struct buf clean = BUF(REC_TEXT_MAX);
	char bare[256], phone[PERSON_PHONE_TEXT];

	if (strstr(field->name, "phone") && person_phone(text, phone, NULL) == RC_OK) {
		text = phone;
	} else if (strstr(field->name, "id_no") || strstr(field->name, "phone")) {
		bare_of(text, bare, sizeof(bare));
		text = bare;
	}
	for (; *text; text++)
		if (*text != ' ' || (clean.len && text[1] && text[1] != ' '))
			buf_byte(&clean, (uint8_t)*text);
	rec_put_text(out, field->tag, buf_str(&clean));
	buf_done(&clean);
}

static bool is_money(const struct field *field)
{
	size_t len = strlen(field->name);

	return len > 4 && !strcmp(field->name + len - 4, "_vnd");
}

enum rc words_read(const struct field *field, const char *text, long item, dayno today, int32_t day_ms,
		   struct rec *out, struct err *err)
{
	enum rc rc = RC_OK;
	int64_t value = 0;
	dayno day = 0;

	if (field->type == FIELD_ENUM || field->type == FIELD_BOOL) {
		if (item >= 0)
			rec_put_num(out, field->tag, field->type == FIELD_ENUM ? item + 1 : item);
		return RC_OK;
	}
	if (!*text)
		return RC_OK;
	switch (field->type) {
	case FIELD_INT:
		rc = is_money(field) ? words_read_money(text, &value, err) : words_read_number(text, &value, err);
		break;
	case FIELD_DEC:
		rc = words_read_decimal(text, &value, err);
		break;
	case FIELD_TIME:
		rc = words_read_time(text, today, day_ms, &value, err);
		break;
	case FIELD_DATE:
		rc = words_read_date(text, today, &day, err);
		value = day;
		break;
	case FIELD_TEXTS:
		put_texts(field, text, out);
		return RC_OK;
	default:
		put_text(field, text, out);
		return RC_OK;
	}
	if (rc && err)
		snprintf(err->field, sizeof(err->field), "%s", field->name);
	if (!rc)
		rec_put_num(out, field->tag, value);
	return rc;
}
