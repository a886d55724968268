#include "core/rules/idcard.h"

#include <string.h>

#include "core/rules/person.h"
#include "db/base/clock.h"
#include "db/base/utf8.h"
#include "db/base/vn.h"

#define QR_FIELDS 7
#define QR_FIELDS_MIN 6
#define MRZ_LINE 30
#define MRZ_LEN (3 * MRZ_LINE)

static const struct {
	enum idcard_doubt doubt;
	struct words words;
} doubts[IDCARD_DOUBTS] = {
	{ IDCARD_NO_ACCENT, T("Họ tên quét được không có dấu: hãy so với thẻ rồi gõ lại dấu",
			      "The scanned name has no accents: compare with the card and type them") },
	{ IDCARD_BROKEN, T("Chữ quét được bị hỏng (mất dấu): hãy so với thẻ rồi sửa",
			   "The scanned text is broken (accents lost): compare with the card and correct it") },
	{ IDCARD_BIRTH, T("Không đọc được ngày sinh: hãy gõ theo thẻ", "No birth date was read: type it from the card") },
	{ IDCARD_SEX, T("Không đọc được giới tính: hãy chọn theo thẻ", "No sex was read: choose it from the card") },
	{ IDCARD_NUMBER, T("Số định danh không khớp với năm sinh hoặc giới tính: hãy so với thẻ",
			   "The number does not go with birth year or sex: compare with the card") },
	{ IDCARD_CHECK, T("Số kiểm tra của dòng mã sau thẻ sai: hãy quét lại hoặc so với thẻ",
			  "A check digit of the code on the back is wrong: scan again or compare with the card") },
	{ IDCARD_ISSUED, T("Không đọc được ngày cấp: hãy xem thẻ", "No date of issue was read: see the card") },
	{ IDCARD_LONG, T("Họ tên hoặc địa chỉ quá dài nên bị cắt: hãy so với thẻ",
			 "Name or address was too long and was cut: compare with the card") },
};

const struct words *idcard_doubt_words(enum idcard_doubt doubt)
{
	for (size_t i = 0; i + 1 < ARRAY_LEN(doubts); i++)
		if (doubts[i].doubt == doubt)
			return &doubts[i].words;
	return &doubts[ARRAY_LEN(doubts) - 1].words;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool all_digits(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_digit(s[i]))
			return false;
	return len > 0;
}

static bool is_edge(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
}

/* Text without blanks, line ends and a byte order mark around it. */
static void trim(const char **s, size_t *len)
{
	if (*len >= 3 && memcmp(*s, "\xEF\xBB\xBF", 3) == 0) {
		*s += 3;
		*len -= 3;
	}
	while (*len && is_edge(**s)) {
		++*s;
		--*len;
	}
	while (*len && is_edge((*s)[*len - 1]))
		--*len;
}

/* QR */

struct field {
	const char *s;
	size_t len;
};

/* Fields between bars, trimmed; how many. The last may hold bars: it is all that is left. */
static size_t split(const char *s, size_t len, struct field fields[QR_FIELDS + 1])
{
	size_t count = 0;

	while (count < QR_FIELDS) {
		const char *bar = memchr(s, '|', len);
		size_t used = bar ? (size_t)(bar - s) : len;

		fields[count] = (struct field){ s, used };
		trim(&fields[count].s, &fields[count].len);
		count++;
		if (!bar)
			return count;
		s += used + 1;
		len -= used + 1;
	}
	fields[count] = (struct field){ s, len };
	return count + 1;
}

/* Put a field into NFC, its faults replaced, blanks collapsed, cut between letters. */
static unsigned take_text(struct field f, char *out, size_t max)
{
	struct buf text = BUF(IDCARD_TEXT_MAX * 3), clean = BUF(IDCARD_TEXT_MAX * 3);
	const char *at = f.s, *end = f.s + f.len;
	unsigned found = 0;
	size_t fits;

	while (at < end) {
		const char *start = at;
		int32_t cp = utf8_get(&at, end);
		size_t before = clean.len;

		if (cp == 0xFFFD)
			found |= IDCARD_BROKEN;
		if (!utf8_clean(start, (size_t)(at - start), &clean, NULL))
			buf_add(&text, clean.data + before, clean.len - before);
		else if (cp < 0)
			utf8_put(&text, 0xFFFD);
		else
			buf_byte(&text, ' ');
		if (clean.len == before)
			found |= IDCARD_BROKEN;
	}
	buf_clear(&clean);
	utf8_nfc(buf_str(&text), &clean);
	utf8_collapse(&clean);
	fits = clean.len;
	while (fits > max)
		fits = utf8_prev(buf_str(&clean), fits);
	if (fits < clean.len)
		found |= IDCARD_LONG;
	memcpy(out, buf_str(&clean), fits);
	out[fits] = '\0';
	buf_done(&text);
	buf_done(&clean);
	return found;
}

/* A date of eight digits, with or without signs; DAYNO_NONE if it is none or after today. */
static dayno take_date(struct field f, dayno today)
{
	char text[16];
	dayno day = DAYNO_NONE;
	size_t digits = 0;

	if (f.len >= sizeof(text))
		return DAYNO_NONE;
	memcpy(text, f.s, f.len);
	text[f.len] = '\0';
	for (size_t i = 0; i < f.len; i++)
		digits += is_digit(text[i]);
	if (digits < 6 || person_date(text, today, &day, NULL))
		return DAYNO_NONE;
	return day;
}

/* The year of a birth whose day nobody knows: 1990, 00001990, 00/00/1990. */
static int take_year(struct field f, dayno today)
{
	int year = 0;
	size_t first = f.len >= 4 ? f.len - 4 : 0;

	for (size_t i = 0; i < first; i++)
		if (f.s[i] != '0' && f.s[i] != '/' && f.s[i] != '-')
			return 0;
	if (f.len < 4 || !all_digits(f.s + first, 4))
		return 0;
	for (size_t i = first; i < f.len; i++)
		year = year * 10 + (f.s[i] - '0');
	return year >= 1850 && year <= dayno_civil(today).year ? year : 0;
}

static char take_sex(struct field f)
{
	char text[17];
	struct buf folded = BUF(64);
	char sex = '\0';

	if (f.len >= sizeof(text))
		return '\0';
	memcpy(text, f.s, f.len);
	text[f.len] = '\0';
	vn_fold(text, &folded);
	if (strcmp(buf_str(&folded), "nam") == 0)
		sex = 'M';
	else if (strcmp(buf_str(&folded), "nu") == 0)
		sex = 'F';
	buf_done(&folded);
	return sex;
}

static void check_number(struct idcard *card, dayno today)
{
	const unsigned unfit = PERSON_SEX | PERSON_YEAR | PERSON_UNBORN;
	struct person_id id = { 0 };

	if (card->birth != DAYNO_NONE)
		card->birth_year = dayno_civil(card->birth).year;
	if (person_id_check(card->id_no, card->sex, card->birth_year, dayno_civil(today).year, &id, NULL) ||
	    (id.doubts & unfit))
		card->doubts |= IDCARD_NUMBER;
}

static bool is_qr(const char *text, size_t len, struct field fields[QR_FIELDS + 1], size_t *count)
{
	if (len > IDCARD_TEXT_MAX)
		return false;
	*count = split(text, len, fields);
	return *count >= QR_FIELDS_MIN && fields[0].len == 12 && all_digits(fields[0].s, 12);
}

enum rc idcard_read_qr(const char *text, size_t len, dayno today, struct idcard *out)
{
	struct field fields[QR_FIELDS + 1];
	struct idcard card = { .source = IDCARD_QR, .expires = DAYNO_NONE, .issued = DAYNO_NONE };
	size_t count;

	trim(&text, &len);
	if (!is_qr(text, len, fields, &count))
		return RC_NONE;
	memcpy(card.id_no, fields[0].s, 12);
	if (fields[1].len == 9 && all_digits(fields[1].s, 9))
		memcpy(card.old_id_no, fields[1].s, 9);
	card.doubts |= take_text(fields[2], card.name, IDCARD_NAME_MAX);
	card.birth = take_date(fields[3], today);
	card.birth_year = take_year(fields[3], today);
	card.sex = take_sex(fields[4]);
	card.doubts |= take_text(fields[5], card.address, IDCARD_ADDRESS_MAX);
	if (count >= QR_FIELDS)
		card.issued = take_date(fields[6], today);
	if (count > QR_FIELDS)
		(void)take_text(fields[QR_FIELDS], card.rest, IDCARD_ADDRESS_MAX);
	if (!vn_has_accent(card.name))
		card.doubts |= IDCARD_NO_ACCENT;
	if (card.birth == DAYNO_NONE)
		card.doubts |= IDCARD_BIRTH;
	if (card.issued == DAYNO_NONE)
		card.doubts |= IDCARD_ISSUED;
	if (!card.sex)
		card.doubts |= IDCARD_SEX;
	check_number(&card, today);
	*out = card;
	return RC_OK;
}

/* MRZ */

static int mrz_value(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 10;
	return c == '<' ? 0 : -1;
}

/* Weights 7 3 1 go on from part to part. */
static bool add_weighted(const char *text, size_t len, size_t *position, int *sum)
{
	static const int weights[] = { 7, 3, 1 };

	for (size_t i = 0; i < len; i++) {
		int value = mrz_value(text[i]);

		if (value < 0)
			return false;
		*sum = (*sum + value * weights[(*position)++ % 3]) % 10;
	}
	return true;
}

int idcard_check_digit(const char *text, size_t len)
{
	size_t position = 0;
	int sum = 0;

	return add_weighted(text, len, &position, &sum) ? sum : -1;
}

static bool checks(const char *text, size_t len, char digit)
{
	return idcard_check_digit(text, len) == digit - '0';
}

static bool composite_checks(const char *mrz)
{
	const char *second = mrz + MRZ_LINE;
	size_t position = 0;
	int sum = 0;

	return add_weighted(mrz + 5, 25, &position, &sum) && add_weighted(second, 7, &position, &sum) &&
	       add_weighted(second + 8, 7, &position, &sum) && add_weighted(second + 18, 11, &position, &sum) &&
	       sum == second[29] - '0';
}

/* Ninety characters without the blanks and line ends between the lines. */
static bool is_mrz(const char *text, size_t len, char mrz[MRZ_LEN])
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++) {
		char c = text[i];


		if (c >= 'a' && c <= 'z')
			c = (char)((unsigned char)c & 0xDF);
		if (is_edge(c))
			continue;
		if (count == MRZ_LEN || mrz_value(c) < 0)
			return false;
		mrz[count++] = c;
	}
	return count == MRZ_LEN && memcmp(mrz, "IDVNM", 5) == 0 && all_digits(mrz + 5, 10) &&
	       all_digits(mrz + 15, 12);
}

/* yymmdd in the hundred years from `century`; DAYNO_NONE if there is no such day. */
static dayno mrz_date(const char *s, int century)
{
	dayno day = DAYNO_NONE;

	if (!all_digits(s, 6) ||
	    !dayno_from_ymd(century + (s[0] - '0') * 10 + (s[1] - '0'), (s[2] - '0') * 10 + (s[3] - '0'),
	                    (s[4] - '0') * 10 + (s[5] - '0'), &day))
		return DAYNO_NONE;
	return day;
}

/* NGUYEN<<THI<BINH<<<<: surname, then the others. */
static void mrz_name(const char *s, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < MRZ_LINE; i++) {
		if (s[i] != '<')
			out[len++] = s[i];
		else if (len && out[len - 1] != ' ')
			out[len++] = ' ';
	}
	while (len && out[len - 1] == ' ')
		len--;
	out[len] = '\0';
}

enum rc idcard_read_mrz(const char *text, size_t len, dayno today, struct idcard *out)
{
	char mrz[MRZ_LEN];
	const char *second = mrz + MRZ_LINE;
	struct idcard card = { .source = IDCARD_MRZ, .doubts = IDCARD_NO_ACCENT, .issued = DAYNO_NONE };

	if (!is_mrz(text, len, mrz))
		return RC_NONE;
	memcpy(card.id_no, mrz + 15, 12);
	/* the century stands in the number: 0 1 for the 20th and so on */
	card.birth = mrz_date(second, 1900 + (card.id_no[3] - '0') / 2 * 100);
	card.expires = mrz_date(second + 8, 2000);
	if (second[7] == 'M' || second[7] == 'F')
		card.sex = second[7];
	mrz_name(mrz + 2 * MRZ_LINE, card.name);
	if (!checks(mrz + 5, 9, mrz[14]) || memcmp(mrz + 5, card.id_no + 3, 9) != 0 ||
	    !checks(card.id_no, 12, mrz[29]) || !checks(second, 6, second[6]) ||
	    !checks(second + 8, 6, second[14]) || !composite_checks(mrz))
		card.doubts |= IDCARD_CHECK;
	if (card.birth > today)
		card.birth = DAYNO_NONE;
	if (card.birth == DAYNO_NONE)
		card.doubts |= IDCARD_BIRTH;
	if (!card.sex)
		card.doubts |= IDCARD_SEX;
	check_number(&card, today);
	*out = card;
	return RC_OK;
}

bool idcard_looks_like(const char *text, size_t len)
{
	struct field fields[QR_FIELDS + 1];
	char mrz[MRZ_LEN];
	size_t count;

	trim(&text, &len);
	return is_qr(text, len, fields, &count) || is_mrz(text, len, mrz);
}

enum rc idcard_read(const char *text, size_t len, dayno today, struct idcard *out)
{
	enum rc rc = idcard_read_qr(text, len, today, out);

	return rc == RC_NONE ? idcard_read_mrz(text, len, today, out) : rc;
}
