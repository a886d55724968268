/*
 * idcard.h - what a card says: the QR code of the CCCD, the MRZ on its back.
 *
 * Pure; the text comes from a scanner that types like a keyboard and is not to
 * be trusted: any bytes are safe, and what is not a card is RC_NONE, for the
 * caller to take as plain text. A damaged part of a card leaves its field
 * empty and raises a doubt; the clerk checks, nothing is refused.
 *
 * QR of 2021-2024: id12|old9 or nothing|name|ddmmyyyy|Nam or Nữ|address|ddmmyyyy.
 * The card of 2024 may carry more fields; they are kept raw. At least six.
 * MRZ, TD1: three lines of thirty, one after the other or on lines.
 */
#ifndef MOTCUA_IDCARD_H
#define MOTCUA_IDCARD_H

#include "db/base/err.h"

#define IDCARD_TEXT_MAX 4096   /* longest scan, bytes */
#define IDCARD_NAME_MAX 600    /* bytes; 200 letters */
#define IDCARD_ADDRESS_MAX 1500

enum idcard_source { IDCARD_QR, IDCARD_MRZ };

enum idcard_doubt {
	IDCARD_NO_ACCENT = 1, /* a name without any accent: many scanners lose them */
	IDCARD_BROKEN = 2,    /* U+FFFD, malformed bytes or unseen characters stood in the text */
	IDCARD_BIRTH = 4,     /* no birth date, or one after today */
	IDCARD_SEX = 8,       /* neither Nam nor Nữ */
	IDCARD_NUMBER = 16,   /* the 12 digits do not go with birth year or sex */
	IDCARD_CHECK = 32,    /* a check digit of the MRZ is wrong */
	IDCARD_ISSUED = 64,   /* no date of issue, or one after today */
	IDCARD_LONG = 128,    /* name or address was cut */
	IDCARD_DOUBTS = 8
};

struct idcard {
	enum idcard_source source;
	char id_no[13];
	char old_id_no[10];                  /* "" if none */
	char name[IDCARD_NAME_MAX + 1];      /* as printed; from the MRZ capitals without accents */
	dayno birth, issued, expires;        /* DAYNO_NONE if unknown */
	int birth_year;                      /* may be known without the day; 0 if not */
	char sex;                            /* 'M', 'F' or 0 */
	char address[IDCARD_ADDRESS_MAX + 1];
	char rest[IDCARD_ADDRESS_MAX + 1];   /* QR fields after the seventh, as they came */
	unsigned doubts;                     /* enum idcard_doubt */
};

/* Could this be a scanned card? Cheap; for deciding where a burst of keys goes. */
bool idcard_looks_like(const char *text, size_t len);

/* Read either kind. RC_NONE (err untouched): not a card. */
enum rc idcard_read(const char *text, size_t len, dayno today, struct idcard *out) MUST_CHECK;
enum rc idcard_read_qr(const char *text, size_t len, dayno today, struct idcard *out) MUST_CHECK;
enum rc idcard_read_mrz(const char *text, size_t len, dayno today, struct idcard *out) MUST_CHECK;

/* The check digit of ICAO 9303 over `len` characters of A-Z 0-9 <; -1 if there are others. */
int idcard_check_digit(const char *text, size_t len);

/* What to tell the clerk about one doubt (one bit); what concerns accents holds "dấu". */
const struct words *idcard_doubt_words(enum idcard_doubt doubt);

#endif
