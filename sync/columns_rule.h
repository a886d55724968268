/*
 * columns_rule.h - how each column is written: one table, walked by both sides.
 *
 * A rule says which way a column's values are coded, what a value is likely to
 * depend on (features of what was already coded), and which moments or numbers
 * it is likely to equal (registers). Columns without a row of their own share one
 * general rule. The table is part of the format: a row changes only
 * together with the version of sync/FORMAT.md. Pure.
 */
#ifndef MOTCUA_COLUMNS_RULE_H
#define MOTCUA_COLUMNS_RULE_H

#include <stdint.h>

/* Ways of writing. */
enum how {
	HOW_KNOWN,    /* as last time in this context, or a value known from its pool, or a new one */
	HOW_PICK,     /* the same without "as last time" */
	HOW_NUMBER,   /* a whole number by its size */
	HOW_SMALL,    /* a whole number mostly below 7 */
	HOW_SAME,     /* as last time in this context, or a number */
	HOW_GUESS,    /* equal to the register `from`, or a number */
	HOW_YEAR,     /* a number, counted back from the year of the day we are at */
	HOW_TIME,     /* one of two registers, or working time since a third */
	HOW_DAYTIME,  /* the same, whole days and time of day apart */
	HOW_DUE,      /* reception and a number of working days */
	HOW_STEP_DUE, /* given and the allotted working time */
	HOW_DATE,     /* days since the day we are at */
	HOW_NAME,     /* words */
	HOW_PERSON,   /* a name known as a whole, or words */
	HOW_PHRASE,   /* words and numbers, often in a known order */
	HOW_ID,	      /* a citizen's number: province, sex and century, year, six digits */
	HOW_DIGITS,   /* digits after a known beginning */
	HOW_CODE,     /* a dossier's code that is new */
	HOW_REF,      /* a dossier's code that stood before */
	HOW_RAW,      /* bytes without a pattern: kept apart */
	HOW_ANY,      /* a number as last time, small or near the clock; bytes known or new */
};

/* What a value may depend on. */
enum feature {
	F_PROCEDURE = 1 << 0, /* the dossier's procedure */
	F_INDEX = 1 << 1,     /* which element, which scan */
	F_LAST = 1 << 2,      /* the column's last value */
	F_LAST2 = 1 << 3,     /* and the one before */
	F_VERB = 1 << 4,
	F_CELL = 1 << 5,   /* the value before this one in the record */
	F_CELL2 = 1 << 6,  /* the second before */
	F_CELL3 = 1 << 7,  /* the third before */
	F_PATH = 1 << 8,   /* the path before this one in the record */
	F_WORD = 1 << 9,   /* the second word of the last phrase */
	F_FINAL = 1 << 10, /* the last word of the last phrase */
	F_CHANNEL = 1 << 11,
	F_TEAM = 1 << 12,
	F_CATEGORY = 1 << 13,
	F_FORMAT = 1 << 14,
	F_PERSON = 1 << 15, /* who worked on the dossier first */
	F_GAP = 1 << 16,    /* days that the last moment lies after what it was counted from */
	F_ACTOR = 1 << 17,
	F_BUCKET = 1 << 18, /* how long the step is expected to take */
};

/* Registers: what was just coded, by name. */
enum reg {
	REG_NONE,
	REG_CLOCK,    /* the event's clock */
	REG_LAST,     /* the column's own last value */
	REG_BEFORE,   /* the last moment in this record */
	REG_RECEIVED, /* when the dossier was received */
	REG_DUE,      /* when it is due */
	REG_GIVEN,    /* when this step was given */
	REG_DONE,     /* when the step before was done; at first, when the dossier was received */
	REG_FINISHED,
	REG_ALLOTTED,  /* of this step, in millionths of a day */
	REG_NUMBER,    /* the last small number in a phrase */
	REG_ORDINAL,   /* index of the element + 1; for a scan, the one after the last of its dossier */
	REG_PROCEDURE, /* hashes, for features */
	REG_CHANNEL,
	REG_TEAM,
	REG_CATEGORY,
	REG_FORMAT,
	REG_PERSON,
	REG_SEX,
	REG_BIRTH_YEAR,
	REGS
};

/* Pools of known values. */
enum pool_name {
	POOL_OTHER,
	POOL_PERSON, /* who acted: officers, clerks, actors */
	POOL_PROCEDURE,
	POOL_FIELD,
	POOL_NAME,  /* words of people's names */
	POOL_PLACE, /* words of addresses */
	POOL_UNIT,
	POOL_ROLE,
	POOL_COMPONENT,
	POOL_MEMBER,
	POOL_CATEGORY,
	POOL_NOTE,
	POOL_NUMBER, /* amounts, shares of days: eight bytes each */
	POOL_DIGITS, /* beginnings of numbers */
};

struct column_rule {
	uint16_t kind, tag, sub;
	enum how how;
	uint8_t pool;
	uint8_t learnt;	     /* bits of a number below its top bit that are modelled */
	uint32_t near, far;  /* features: of the narrow and of the wide context */
	enum reg same, also; /* moments it may equal */
	enum reg from;	     /* what it is counted from, or guessed as */
	enum reg sets;	     /* the register that takes its value */
};

/* Never NULL. */
const struct column_rule *column_rule_of(unsigned kind, unsigned tag, unsigned sub);

#endif
