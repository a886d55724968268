/* fuzz_idcard.c - what a scanner may type, and what clerks may: any bytes. */
#include <stdlib.h>
#include <string.h>

#include "core/rules/idcard.h"
#include "core/rules/person.h"
#include "db/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TODAY 20270

static void must(bool truth)
{
	if (!truth)
		abort();
}

static void check(const struct idcard *card)
{
	must(strlen(card->id_no) == 12);
	must(utf8_valid(card->name, strlen(card->name)) && strlen(card->name) <= IDCARD_NAME_MAX);
	must(utf8_valid(card->address, strlen(card->address)));
	must(utf8_valid(card->rest, strlen(card->rest)));
	must(card->birth == DAYNO_NONE || card->birth <= TODAY);
}

static void as_typed(const char *text)
{
	char phone[PERSON_PHONE_TEXT], mask[PERSON_ID_MAX + 1];
	struct person_id id;
	struct buf name = BUF(1 << 16);
	int64_t vnd = 0;
	dayno day = 0;
	int year = 0;

	if (!person_phone(text, phone, NULL))
		must(phone[0] == '+' && strlen(phone) < PERSON_PHONE_TEXT);
	if (!person_money(text, &vnd, NULL))
		must(vnd >= 0 && vnd < INT64_C(1000000000000));
	if (!person_birth(text, TODAY, &day, &year, NULL))
		must(day <= TODAY && year >= 1850);
	if (!person_id_check(text, 'M', 1990, 2025, &id, NULL))
		person_mask(id.number, mask);
	(void)!person_name(text, strlen(text), &name, NULL);
	buf_done(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct idcard card;
	struct buf text = BUF(1 << 16);

	if (size > 8192)
		return 0;
	buf_add(&text, data, size);
	if (!idcard_read(buf_str(&text), text.len, TODAY, &card))
		check(&card);
	as_typed(buf_str(&text));
	buf_done(&text);
	return 0;
}
