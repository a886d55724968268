/*
 * words.h - values as a clerk reads and types them.
 *
 * Pure. Dates are dd/mm/yyyy, times hh:mm dd/mm/yyyy, money 1.234.567 đ. Enum
 * values have their words in one table (a unit test: every choice of every
 * field has some). Reading is generous: dates as 010190, 1/1/1990 or 01011990,
 * ids and phones with blanks, dots and dashes.
 */
#ifndef MOTCUA_TUI_WORDS_H
#define MOTCUA_TUI_WORDS_H

#include "db/base/clock.h"
#include "db/rec.h"

enum { WORDS_TEXT = 512 };

/* The nth choice (from 1) of an enum field; its own name when the table has none. */
const char *words_choice(const struct field *field, int64_t value, enum lang lang, char *out, size_t size);
/* How many choices an enum field has. */
size_t words_choice_count(const struct field *field);
const char *words_yes_no(bool yes, enum lang lang);

/* The first letter as a capital, as a line or a title begins: words stand inside sentences too. */
void words_capital(const char *text, char *out, size_t size);

/* 1.234.567 đ */
const char *words_money(int64_t vnd, char *out, size_t size);
/* Decimal millionths: 0,5 in Vietnamese, 0.5 in English; no zeros at the end. */
const char *words_decimal(int64_t millionths, enum lang lang, char *out, size_t size);
/* A cell of a record as text; "" when absent. Lists: how many. */
const char *words_value(const struct rec *rec, const struct field *field, enum lang lang, char *out, size_t size);

/*
 * A typed date: what clock_parse_typed_date reads, and ddmmyy, where yy past
 * this year's is the century before. `today` is for that only.
 */
enum rc words_read_date(const char *text, dayno today, dayno *out, struct err *err) MUST_CHECK;
/* A typed date and time; a date alone is at `day_ms` of that day. */
enum rc words_read_time(const char *text, dayno today, int32_t day_ms, msec *out, struct err *err) MUST_CHECK;
/* A whole number, dots and blanks between its digits left out. */
enum rc words_read_number(const char *text, int64_t *out, struct err *err) MUST_CHECK;
/* Money: 50000, 50.000, 50k, 1tr2, 1,5tr; đ may follow. */
enum rc words_read_money(const char *text, int64_t *out, struct err *err) MUST_CHECK;
/* A decimal with comma or point, in millionths. */
enum rc words_read_decimal(const char *text, int64_t *out, struct err *err) MUST_CHECK;

/*
 * Put what was typed for `field` into `out` (cells by the field's tag); empty text unsets nothing and sets
 * nothing. `item` is the choice of an enum or bool field, from 0, or -1. RC_INPUT names the field.
 */
enum rc words_read(const struct field *field, const char *text, long item, dayno today, int32_t day_ms,
		   struct rec *out, struct err *err) MUST_CHECK;

#endif
