#include "core/rules/person.h"

#include <stdio.h>
#include <string.h>

#include "db/base/clock.h"
#include "db/base/utf8.h"

#define FIRST_YEAR 1850
#define MONEY_MAX INT64_C(999999999999)

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool all_digits(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s);
}

/* The number in `len` digits at `s`; len <= 9. */
static int number(const char *s, size_t len)
{
	int n = 0;

	while (len--)
		n = n * 10 + (*s++ - '0');
	return n;
}

/* Copy without `skip` characters; false when it does not fit. */
static bool strip(const char *in, const char *skip, char *out, size_t size)
{
	size_t len = 0;

	for (; *in; in++) {
		if (strchr(skip, *in))
			continue;
		if (len + 1 >= size)
			return false;
		out[len++] = *in;
	}
	out[len] = '\0';
	return true;
}

/* Personal numbers */

static const struct {
	enum person_doubt doubt;
	struct words words;
} doubts[] = {
	{ PERSON_PROVINCE, T("Ba số đầu không phải mã tỉnh nào: hãy xem lại số",
			     "The first three digits are no province: check the number") },
	{ PERSON_SEX, T("Giới tính không khớp với số định danh: hãy xem lại",
			"The sex does not go with the number: check both") },
	{ PERSON_YEAR, T("Năm sinh không khớp với số định danh: hãy xem lại",
			 "The birth year does not go with the number: check both") },
	{ PERSON_UNBORN, T("Năm sinh trong số định danh chưa tới: hãy xem lại số",
			   "The birth year in the number is yet to come: check the number") },
};

const struct words *person_doubt_words(enum person_doubt doubt)
{
	for (size_t i = 0; i + 1 < ARRAY_LEN(doubts); i++)
		if (doubts[i].doubt == doubt)
			return &doubts[i].words;
	return &doubts[ARRAY_LEN(doubts) - 1].words;
}

/* Province, century and sex, year, six more; the digit goes 0 1 for the 20th century to 8 9 for the 24th. */
static void read_cccd(struct person_id *id, char sex, int birth_year, int this_year)
{
	const char *n = id->number;
	int century = n[3] - '0';

	id->kind = PERSON_CCCD;
	id->province = province_find(n);
	id->sex = century % 2 ? 'F' : 'M';
	id->birth_year = 1900 + century / 2 * 100 + number(n + 4, 2);
	if (!id->province && n[0] == '0')
		id->doubts |= PERSON_PROVINCE;
	if (sex && sex != id->sex)
		id->doubts |= PERSON_SEX;
	if (birth_year && birth_year != id->birth_year)
		id->doubts |= PERSON_YEAR;
	if (this_year && id->birth_year > this_year)
		id->doubts |= PERSON_UNBORN;
}

enum rc person_id_check(const char *in, char sex, int birth_year, int this_year, struct person_id *out,
			struct err *err)
{
	struct person_id id = { .kind = PERSON_OTHER };
	bool fits = strip(in, " \t.-", id.number, sizeof(id.number));
	size_t len = strlen(id.number);

	if (fits && !all_digits(id.number)) /* foreign papers keep their dots and dashes */
		fits = strip(in, " \t", id.number, sizeof(id.number));
	if (!fits || !len)
		return err_set(err, RC_INPUT, "số định danh để trống hoặc quá dài",
		               "the id number is empty or too long");
	if (all_digits(id.number)) {
		if (len != 9 && len != 12)
			return err_set(err, RC_INPUT, "số định danh phải có 12 chữ số (CMND: 9), đây có %zu",
			               "an id number has 12 digits (an old one 9), this has %zu", len);
		id.kind = PERSON_CMND;
		if (len == 12)
			read_cccd(&id, sex, birth_year, this_year);
	}
	*out = id;
	return RC_OK;
}

/* Phones */

static enum rc no_phone(struct err *err)
{
	return err_set(err, RC_INPUT,
	               "số điện thoại không đúng: di động có 10 số, bắt đầu bằng 03, 05, 07, 08, 09; cố định bằng 02",
	               "no phone number: a mobile has 10 digits from 03, 05, 07, 08, 09; a landline begins with 02");
}

/* Digits after the country code: 9 of a mobile, 9 or 10 of a landline. */
static bool is_national(const char *digits)
{
	size_t len = strlen(digits);

	if (digits[0] == '2')
		return len == 9 || len == 10;
	return len == 9 && strchr("35789", digits[0]);
}

enum rc person_phone(const char *in, char out[PERSON_PHONE_TEXT], struct err *err)
{
	char text[PERSON_PHONE_TEXT + 8] = "";
	const char *digits = text;
	bool plus, foreign;

	if (!strip(in, " \t.-()/", text, sizeof(text)))
		return no_phone(err);
	plus = text[0] == '+' || strncmp(text, "00", 2) == 0;
	digits += text[0] == '+' ? 1 : plus ? 2 : 0;
	if (!all_digits(digits))
		return no_phone(err);
	foreign = plus && strncmp(digits, "84", 2) != 0;
	if (foreign) {
		if (strlen(digits) < 8 || strlen(digits) > 15 || digits[0] == '0')
			return no_phone(err);
		(void)snprintf(out, PERSON_PHONE_TEXT, "+%.15s", digits);
		return RC_OK;
	}
	/* +84 0912... occurs; 84 without plus or zero only if the rest is a whole number */
	if (plus || (digits[0] != '0' && strncmp(digits, "84", 2) == 0))
		digits += 2;
	else if (digits[0] != '0')
		return no_phone(err);
	if (digits[0] == '0')
		digits++;
	if (!is_national(digits))
		return no_phone(err);
	(void)snprintf(out, PERSON_PHONE_TEXT, "+84%.10s", digits);
	return RC_OK;
}

void person_mask(const char *text, char out[PERSON_ID_MAX + 1])
{
	size_t len = strlen(text), i;

	if (len > PERSON_ID_MAX)
		len = PERSON_ID_MAX;
	for (i = 0; i < len; i++) {
		bool shown = (len >= 12 && i < 3) || (len >= 9 && i + 3 >= len);

		out[i] = '*';
		if (shown && (unsigned char)text[i] < 0x80)
			out[i] = text[i];
	}
	out[len] = '\0';
}

enum rc person_name(const char *in, size_t len, struct buf *out, struct err *err)
{
	struct buf name = BUF(out->max);
	enum rc rc = utf8_clean(in, len, &name, err);

	if (!rc)
		utf8_collapse(&name);
	if (!rc && !name.len)
		rc = err_set(err, RC_INPUT, "chưa có họ và tên", "the name is missing");
	if (!rc && name.len > out->max - out->len)
		rc = err_set(err, RC_FULL, "họ và tên quá dài", "the name is too long");
	if (!rc)
		buf_add(out, name.data, name.len);
	buf_done(&name);
	return rc;
}

/* Dates */

struct date_parts {
	int number[3];
	size_t digits[3], count;
};

/* Up to three numbers with one sign or blanks between; the signs must be alike. */
static bool split_date(const char *s, struct date_parts *parts)
{
	char sign = '\0';

	*parts = (struct date_parts){ .count = 0 };
	while (is_blank(*s))
		s++;
	while (is_digit(*s) && parts->count < 3) {
		size_t digits = strspn(s, "0123456789");

		if (digits > 8)
			return false;
		parts->number[parts->count] = number(s, digits);
		parts->digits[parts->count++] = digits;
		s += digits;
		if (parts->count == 3 || !*s)
			break;
		if (!strchr("/-. ", *s) || (sign && *s != sign))
			return false;
		sign = *s++;
		while (sign != ' ' && is_blank(*s))
			s++;
	}
	while (is_blank(*s))
		s++;
	return !*s && parts->count;
}

/* 15031990 and 150390 are three numbers without signs. */
static void split_packed(struct date_parts *parts)
{
	int all = parts->number[0];
	size_t year_digits = parts->digits[0] - 4;
	int scale = year_digits == 4 ? 10000 : 100;

	parts->number[0] = all / scale / 100;
	parts->number[1] = all / scale % 100;
	parts->number[2] = all % scale;
	parts->digits[0] = parts->digits[1] = 2;
	parts->digits[2] = year_digits;
	parts->count = 3;
}

static bool read_date(const char *in, dayno today, dayno *out, int *year)
{
	struct date_parts p;
	int this_year = dayno_civil(today).year;

	if (!split_date(in, &p))
		return false;
	if (p.count == 1 && p.digits[0] == 4) {
		*year = p.number[0];
		*out = DAYNO_NONE;
		return *year >= FIRST_YEAR && *year <= this_year;
	}
	if (p.count == 1 && (p.digits[0] == 6 || p.digits[0] == 8))
		split_packed(&p);
	if (p.count == 3 && p.digits[0] == 4) { /* the year first */
		int day = p.number[2];

		p.number[2] = p.number[0];
		p.number[0] = day;
		p.digits[0] = p.digits[2];
		p.digits[2] = 4;
	}
	if (p.count != 3 || p.digits[0] > 2 || p.digits[1] > 2 || (p.digits[2] != 2 && p.digits[2] != 4))
		return false;
	*year = p.number[2];
	if (p.digits[2] == 2) {
		*year += this_year / 100 * 100;
		if (!dayno_from_ymd(*year, p.number[1], p.number[0], out) || *out > today)
			*year -= 100;
	}
	return *year >= FIRST_YEAR && dayno_from_ymd(*year, p.number[1], p.number[0], out) && *out <= today;
}

enum rc person_birth(const char *in, dayno today, dayno *out, int *year, struct err *err)
{
	dayno day;
	int y;

	if (!read_date(in, today, &day, &y))
		return err_set(err, RC_INPUT,
		               "ngày không đúng hoặc sau hôm nay: gõ 15/3/1990, 150390 hoặc chỉ năm 1990",
		               "no date, or after today: type 15/3/1990, 150390 or only the year 1990");
	*out = day;
	*year = y;
	return RC_OK;
}

enum rc person_date(const char *in, dayno today, dayno *out, struct err *err)
{
	dayno day;
	int year;

	if (!read_date(in, today, &day, &year) || day == DAYNO_NONE)
		return err_set(err, RC_INPUT, "ngày không đúng hoặc sau hôm nay: gõ 15/3/1990 hoặc 150390",
		               "no date, or after today: type 15/3/1990 or 150390");
	*out = day;
	return RC_OK;
}

/* Sums */

static bool is_currency(const char *s)
{
	static const char *const units[] = { "", "đ", "d", "₫", "đồng", "dong", "VND", "vnd", "VNĐ", "vnđ", "Đ" };

	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (strcmp(s, units[i]) == 0)
			return true;
	return false;
}

/* Digits, bare or in groups of three behind one kind of sign; where they end, or NULL. */
static const char *read_groups(const char *s, int64_t *value)
{
	size_t digits = strspn(s, "0123456789");
	char sign = s[digits];
	bool grouped = sign && strchr("., ", sign) && is_digit(s[digits + 1]);

	if (!digits || digits > 15 || (grouped && digits > 3))
		return NULL;
	for (*value = 0; digits; digits--)
		*value = *value * 10 + (*s++ - '0');
	while (grouped && *s == sign && is_digit(s[1])) {
		if (strspn(s + 1, "0123456789") != 3 || *value > MONEY_MAX)
			return NULL;
		*value = *value * 1000 + number(s + 1, 3);
		s += 4;
	}
	return s;
}

enum rc person_money(const char *in, int64_t *vnd, struct err *err)
{
	struct buf text = BUF(256);
	int64_t value = 0;
	const char *rest = NULL;
	enum rc rc = RC_OK;

	if (!utf8_clean(in, strlen(in), &text, NULL)) {
		utf8_collapse(&text);
		rest = read_groups(buf_str(&text), &value);
	}
	if (rest && *rest == ' ')
		rest++;
	if (!rest || !is_currency(rest) || value > MONEY_MAX)
		rc = err_set(err, RC_INPUT, "số tiền là số nguyên đồng, ví dụ 8000 hoặc 8.000",
		             "a sum is a whole number of đồng, as 8000 or 8.000");
	else
		*vnd = value;
	buf_done(&text);
	return rc;
}
