/*
 * person.h - names, personal numbers, phones, dates and sums as clerks type them.
 *
 * Pure: no clock, no allocation but in the caller's buf. Nothing here blocks
 * for what is only odd: a number that does not go with a birth year is a
 * doubt, listed for the clerk. Error sentences never repeat what was typed.
 * Source: DOMAIN section 14 of the rules this product follows.
 */
#ifndef MOTCUA_PERSON_H
#define MOTCUA_PERSON_H

#include "core/rules/provinces.h"
#include "db/base/buf.h"

#define PERSON_ID_MAX 40    /* longest number kept, in bytes */
#define PERSON_PHONE_TEXT 20

enum person_id_kind { PERSON_CCCD, PERSON_CMND, PERSON_OTHER };

enum person_doubt {
	PERSON_PROVINCE = 1, /* no such province code (and no country's) */
	PERSON_SEX = 2,      /* the sex in the number is not the one given */
	PERSON_YEAR = 4,     /* the birth year in the number is not the one given */
	PERSON_UNBORN = 8,   /* the birth year in the number is yet to come */
};

struct person_id {
	char number[PERSON_ID_MAX + 1]; /* without blanks, dots and dashes between digits */
	enum person_id_kind kind;
	/* of a 12-digit number only, else NULL and 0: */
	const struct province *province; /* NULL also for one born abroad */
	char sex;                        /* 'M' or 'F' */
	int birth_year;
	unsigned doubts; /* enum person_doubt */
};

/*
 * Read a personal number. `sex` ('M', 'F' or 0), `birth_year` and `this_year`
 * (0: unknown) are what the rest of the form says. RC_INPUT: empty, too long,
 * or only digits but neither 9 nor 12 of them. Anything with a letter is
 * PERSON_OTHER: a passport or a foreign paper.
 */
enum rc person_id_check(const char *in, char sex, int birth_year, int this_year, struct person_id *out,
			struct err *err) MUST_CHECK;

/* What to tell the clerk about one doubt (one bit). */
const struct words *person_doubt_words(enum person_doubt doubt);

/*
 * A phone number in E.164: a Vietnamese mobile or landline in any spelling, or
 * a foreign one that begins with +. RC_INPUT for anything else.
 */
enum rc person_phone(const char *in, char out[PERSON_PHONE_TEXT], struct err *err) MUST_CHECK;

/* For shared screens: the last three characters, of 12 and more the first three too; else stars. */
void person_mask(const char *text, char out[PERSON_ID_MAX + 1]);

/* A name: NFC, single blanks, case kept. Appends; RC_INPUT when empty or with characters nobody sees. */
enum rc person_name(const char *in, size_t len, struct buf *out, struct err *err) MUST_CHECK;

/*
 * A date in a person's life, not after `today`, from 1850 on: 15031990,
 * 150390, 15/3/1990, 15-3-90, 15.3.1990, 1990-03-15. Two digits of a year mean
 * the latest such year that is not after `today`. RC_INPUT if it is none.
 */
enum rc person_date(const char *in, dayno today, dayno *out, struct err *err) MUST_CHECK;
/* The same for a birth: the year alone will do; then *out is DAYNO_NONE. */
enum rc person_birth(const char *in, dayno today, dayno *out, int *year, struct err *err) MUST_CHECK;

/*
 * A sum in đồng: 8000, 8.000, "8 000 đ", 8,000 VND. RC_INPUT for signs,
 * fractions, exponents, groups that are not of three digits, and sums of
 * 1,000,000,000,000 or more.
 */
enum rc person_money(const char *in, int64_t *vnd, struct err *err) MUST_CHECK;

#endif
