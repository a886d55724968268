#include "core/rules/reason.h"

#include <stdio.h>
#include <string.h>

static const struct words reasons[REASON_COUNT] = {
#define X(id, words) [REASON_##id] = words,
	REASON_LIST(X)
#undef X
};

const struct words *reason_words(enum reason reason)
{
	return &reasons[(unsigned)reason < REASON_COUNT ? reason : REASON_STATE];
}

/* `text` with %1 and %2 replaced; what does not fit is left out. */
static void fill(const char *text, const char *a, const char *b, char *out, size_t size)
{
	size_t at = 0;

	while (*text && at + 1 < size) {
		const char *piece = text[0] == '%' && text[1] == '1' ? a : text[0] == '%' && text[1] == '2' ? b : NULL;

		if (!piece) {
			out[at++] = *text++;
			continue;
		}
		text += 2;
		if (strlen(piece) >= size - at)
			break;
		memcpy(out + at, piece, strlen(piece));
		at += strlen(piece);
	}
	out[at] = '\0';
}

struct both {
	char vi[EXPLAIN_TEXT], en[EXPLAIN_TEXT];
};

static struct both both_of(enum reason reason, const struct words *a, const struct words *b)
{
	const struct words *words = reason_words(reason);
	struct both both;

	fill(words->vi, a ? a->vi : "", b ? b->vi : "", both.vi, sizeof(both.vi));
	fill(words->en, a ? a->en : "", b ? b->en : "", both.en, sizeof(both.en));
	return both;
}

enum rc reason_refuse(struct err *err, const char *field, enum reason reason, const struct words *a,
		      const struct words *b)
{
	struct both both = both_of(reason, a, b);

	if (field[0])
		return err_field(err, field, EXPLAIN_VI, EXPLAIN_EN, both.vi, both.en);
	return err_set(err, RC_INPUT, EXPLAIN_VI, EXPLAIN_EN, both.vi, both.en);
}

void reason_doubt(struct explain *doubts, enum reason reason, const struct words *a)
{
	struct both both = both_of(reason, a, NULL);

	explain_add(doubts, EXPLAIN_VI, EXPLAIN_EN, both.vi, both.en);
}
