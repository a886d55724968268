#include "core/search.h"

#include "db/base/utf8.h"
#include "db/base/vn.h"
#include "db/rec_fields.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	WORDS_MAX = 12,	       /* of what was typed; the rest only narrows and is left out */
	TAIL_MIN = 3,	       /* digits of an id or phone before tails are looked up */
	CANDIDATES_EXTRA = 40, /* looked at beyond the limit, so that ranking has a choice */
	CANDIDATES_EACH = 16,  /* looked at for each that is kept, at most */
	SAMPLE = 32,	       /* newest records with a word that tell how common it is */
	RARE = 8,	       /* times as rare as a word in every other dossier */
	PHONE_DIGITS = 10,     /* of a mobile number as it is dialled in the country */
	TEXT_MAX = 1 << 16,
	SCORE_NAME = 2, /* what a hit in a name is worth beyond one elsewhere */
	SCORE_CODE = 64, /* all that was typed is the end of its code: that dossier was meant */
};

/* Which fields of a kind can be found by their words, and which by their tails. */
static const uint16_t dossier_words[] = { DOSSIER_APPLICANT_NAME,
					  DOSSIER_SUBMITTER_NAME,
					  DOSSIER_CODE,
					  DOSSIER_EXTERNAL_CODE,
					  DOSSIER_NOTE,
					  DOSSIER_APPLICANT_ADDRESS,
					  0 };
static const uint16_t dossier_tails[] = { DOSSIER_APPLICANT_ID_NO, DOSSIER_APPLICANT_PHONE,
					  DOSSIER_SUBMITTER_ID_NO, DOSSIER_SUBMITTER_PHONE, 0 };
static const uint16_t household_words[] = { HOUSEHOLD_HEAD_NAME, HOUSEHOLD_CODE, 0 };
static const uint16_t no_fields[] = { 0 };

static const struct findable {
	enum rec_kind kind;
	const uint16_t *words, *tails;
	size_t names; /* how many of `words`, from the first, are a person's name */
} findables[] = {
	{ REC_DOSSIER, dossier_words, dossier_tails, 2 },
	{ REC_HOUSEHOLD, household_words, no_fields, 1 },
};

static const struct findable *findable_of(enum rec_kind kind)
{
	for (size_t i = 0; i < ARRAY_LEN(findables); i++)
		if (findables[i].kind == kind)
			return &findables[i];
	return NULL;
}

/* Everything findable in a record, folded; ASCII punctuation parts words. */
static void folded_words(const struct findable *f, const struct rec *rec, struct buf *out)
{
	for (const uint16_t *tag = f->words; *tag; tag++) {
		const char *text = rec_text(rec, *tag);

		if (!*text)
			continue;
		if (out->len)
			buf_byte(out, ' ');
		vn_fold(text, out);
	}
}

static bool same_fields(const uint16_t *tags, const struct rec *a, const struct rec *b)
{
	for (; *tags; tags++)
		if (strcmp(rec_text(a, *tags), rec_text(b, *tags)) != 0)
			return false;
	return true;
}

static const char SQL_ADD[] = "INSERT INTO search (rowid, words) VALUES (?1, ?2)";
static const char SQL_DROP[] = "INSERT INTO search (search, rowid, words) VALUES ('delete', ?1, ?2)";

static enum rc change_words(struct app *app, const char *sql, const struct findable *f, int64_t rec_id,
			    const struct rec *rec, struct err *err)
{
	struct stmt *s = stmt_use(app->db, sql);
	struct buf words = BUF(TEXT_MAX);
	enum rc rc;

	folded_words(f, rec, &words);
	stmt_bind_int(s, 1, rec_id);
	stmt_bind_text(s, 2, buf_str(&words));
	rc = stmt_run(s, err);
	stmt_done(s);
	buf_wipe_done(&words);
	return rc;
}

static const char SQL_TAIL_ADD[] = "INSERT OR IGNORE INTO tail (digits, rec) VALUES (?1, ?2)";
static const char SQL_TAIL_DROP[] = "DELETE FROM tail WHERE digits = ?1 AND rec = ?2";

/* The digits of `text` from the last to the first; fewer than TAIL_MIN is no tail. */
static size_t reversed_digits(const char *text, char *out, size_t size)
{
	size_t len = 0;

	for (size_t i = strlen(text); i-- > 0 && len + 1 < size;)
		if (text[i] >= '0' && text[i] <= '9')
			out[len++] = text[i];
	out[len] = '\0';
	return len;
}

static enum rc change_tails(struct app *app, const char *sql, const struct findable *f, int64_t rec_id,
			    const struct rec *rec, struct err *err)
{
	char digits[48];
	enum rc rc = RC_OK;

	for (const uint16_t *tag = f->tails; !rc && *tag; tag++) {
		struct stmt *s;

		if (reversed_digits(rec_text(rec, *tag), digits, sizeof(digits)) < TAIL_MIN)
			continue;
		s = stmt_use(app->db, sql);
		stmt_bind_text(s, 1, digits);
		stmt_bind_int(s, 2, rec_id);
		rc = stmt_run(s, err);
		stmt_done(s);
	}
	return rc;
}

enum rc search_project(struct app *app, int64_t rec, const struct rec *before, const struct rec *now,
		       struct err *err)
{
	const struct findable *f = findable_of(now->kind);
	bool words, tails;
	enum rc rc = RC_OK;

	if (!f)
		return RC_OK;
	words = !before || !same_fields(f->words, before, now);
	tails = !before || !same_fields(f->tails, before, now);
	if (words && before)
		rc = change_words(app, SQL_DROP, f, rec, before, err);
	if (!rc && words)
		rc = change_words(app, SQL_ADD, f, rec, now, err);
	if (!rc && tails && before)
		rc = change_tails(app, SQL_TAIL_DROP, f, rec, before, err);
	if (!rc && tails)
		rc = change_tails(app, SQL_TAIL_ADD, f, rec, now, err);
	return rc;
}

/* One word that was typed: as typed, folded, and its digits if it is nothing else. */
struct typed {
	char plain[96], folded[96], tail[48];
	bool accents;
};

struct query {
	struct typed words[WORDS_MAX];
	size_t count;
};

static bool is_word_byte(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void add_word(struct query *q, const char *text, size_t len)
{
	struct typed *w = &q->words[q->count];
	struct buf folded = BUF(sizeof(w->folded) - 1), lower = BUF(sizeof(w->plain) - 1);
	char word[96];

	if (q->count == WORDS_MAX || !len || len >= sizeof(word))
		return;
	memcpy(word, text, len);
	word[len] = '\0';
	memset(w, 0, sizeof(*w));
	vn_fold(word, &folded);
	utf8_lower(word, &lower);
	if (folded.len && !folded.full && !lower.full) {
		memcpy(w->folded, folded.data, folded.len);
		memcpy(w->plain, lower.data, lower.len);
		w->accents = vn_has_accent(word);
		/* 0377… as it is dialled here is the tail of +84377… */
		if (strspn(word, "0123456789") == len && len >= TAIL_MIN)
			(void)reversed_digits(word + (len == PHONE_DIGITS && word[0] == '0'), w->tail,
					      sizeof(w->tail));
		q->count++;
	}
	buf_done(&folded);
	buf_done(&lower);
}

static void parse_query(const char *typed, struct query *q)
{
	q->count = 0;
	while (*typed) {
		size_t len = 0;

		while (*typed && !is_word_byte((unsigned char)*typed))
			typed++;
		while (is_word_byte((unsigned char)typed[len]) && typed[len])
			len++;
		add_word(q, typed, len);
		typed += len;
	}
}

/* "a"* AND "b"*: quoted, so nothing typed is an operator. Folded words hold no quote. */
static void match_word(const struct typed *word, struct buf *out)
{
	buf_printf(out, "%s\"%s\"*", out->len ? " AND " : "", word->folded);
}

static const char SQL_NEWEST[] = "SELECT max(id) FROM rec";
static const char SQL_DOSSIER[] = "SELECT rec FROM fact ORDER BY rec DESC LIMIT 1 OFFSET ?1";
static const char SQL_REACH[] = "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2";

static int64_t one_number(struct stmt *s)
{
	int64_t number = stmt_row(s, NULL) ? 0 : stmt_int(s, 0);

	stmt_done(s);
	return number;
}

/* How far back from `newest` the last SAMPLE records with this word reach: the rarer it is, the farther. */
static int64_t reach_of(struct app *app, const struct typed *word, int64_t newest)
{
	struct stmt *s = stmt_use(app->db, SQL_REACH);
	struct buf match = BUF(TEXT_MAX);
	int64_t reach;

	match_word(word, &match);
	stmt_bind_text(s, 1, buf_str(&match));
	stmt_bind_int(s, 2, SAMPLE - 1);
	reach = newest - one_number(s);
	buf_wipe_done(&match);
	return reach;
}

/*
 * What the index is asked for. To look up a word that most dossiers hold is to walk most of them: beside a
 * rare word it is left to `consider`, which looks at every word of every candidate.
 */
static void match_text(struct app *app, const struct query *q, struct buf *out)
{
	int64_t newest = one_number(stmt_use(app->db, SQL_NEWEST)), reach[WORDS_MAX] = { 0 }, farthest = 0, most;
	struct stmt *s = stmt_use(app->db, SQL_DOSSIER);

	stmt_bind_int(s, 1, SAMPLE * 2 - 1);
	most = newest - one_number(s);
	for (size_t i = 0; q->count > 1 && i < q->count; i++) {
		reach[i] = reach_of(app, &q->words[i], newest);
		farthest = reach[i] > farthest ? reach[i] : farthest;
	}
	for (size_t i = 0; i < q->count; i++)
		if (reach[i] > most || farthest <= most * RARE)
			match_word(&q->words[i], out);
}

/* A word taken apart: its letters without tones, and its tone, wherever in the word that is written. */
struct spelt {
	enum vn_letter letters[64];
	size_t count;
	enum vn_tone tone;
};

static void spell(const char *word, size_t len, struct spelt *out)
{
	const char *at = word, *end = word + len;

	*out = (struct spelt){ .tone = VN_NGANG };
	while (at < end && out->count < ARRAY_LEN(out->letters)) {
		struct vn_char c;

		(void)vn_split(utf8_get(&at, end), &c);
		if (c.tone != VN_NGANG)
			out->tone = c.tone;
		out->letters[out->count++] = c.letter;
	}
}

/* What was typed plain stands for every letter over it: d for d and đ, a for a, ă and â. */
static bool stands_for(enum vn_letter typed, enum vn_letter met)
{
	bool plain = typed == VN_A || typed == VN_D || typed == VN_E || typed == VN_O || typed == VN_U;

	return typed == met || (plain && vn_base(typed) == vn_base(met));
}

/* Marks and tones count only where they were typed: hoà and hòa read alike, hóa does not. */
static bool accents_agree(const char *typed, const char *word, size_t len)
{
	struct spelt a, b;

	spell(typed, strlen(typed), &a);
	spell(word, len, &b);
	if (a.count > b.count || (a.tone != VN_NGANG && a.tone != b.tone))
		return false;
	for (size_t i = 0; i < a.count; i++)
		if (!stands_for(a.letters[i], b.letters[i]))
			return false;
	return true;
}

/* How one typed word meets one word of the record: 0 not, 1 as a prefix, 2 whole. */
static int meets(const struct typed *typed, const char *word, size_t len)
{
	char text[128];
	struct buf folded = BUF(256);
	size_t want = strlen(typed->folded);
	int how = 0;

	if (len >= sizeof(text))
		return 0;
	memcpy(text, word, len);
	text[len] = '\0';
	vn_fold(text, &folded);
	if (folded.len >= want && !memcmp(buf_str(&folded), typed->folded, want))
		how = folded.len == want ? 2 : 1;
	buf_done(&folded);
	if (how && typed->accents && !accents_agree(typed->plain, word, len))
		how = 0;
	return how;
}

/*
 * The best meeting of a typed word in the findable fields, as a score: whole words before beginnings,
 * names before addresses and notes; a tail of a number counts as a whole name. *met is that field.
 */
static int meets_record(const struct findable *f, const struct rec *rec, const struct typed *typed, uint16_t *met)
{
	char digits[48];
	int best = 0;

	for (const uint16_t *tag = f->tails; typed->tail[0] && *tag; tag++) {
		(void)reversed_digits(rec_text(rec, *tag), digits, sizeof(digits));
		if (!strncmp(digits, typed->tail, strlen(typed->tail))) {
			*met = *tag;
			return 2 + SCORE_NAME;
		}
	}
	for (const uint16_t *tag = f->words; *tag; tag++) {
		const char *text = rec_text(rec, *tag);
		int weight = tag - f->words < (ptrdiff_t)f->names ? SCORE_NAME : 0;

		while (*text) {
			size_t len = 0;
			int how;

			while (*text && !is_word_byte((unsigned char)*text))
				text++;
			while (text[len] && is_word_byte((unsigned char)text[len]))
				len++;
			how = meets(typed, text, len);
			how += how ? weight : 0;
			if (how > best) {
				best = how;
				*met = *tag;
			}
			text += len;
		}
	}
	return best;
}

/* All that was typed, one word behind the other, ends the code of a dossier. */
static bool ends_code(const struct rec *rec, const struct query *q)
{
	const char *code = rec->kind == REC_DOSSIER ? rec_text(rec, DOSSIER_CODE) : "";
	size_t at = strlen(code);

	for (size_t i = q->count; i-- > 0;) {
		size_t len = strlen(q->words[i].folded);

		while (at && !is_word_byte((unsigned char)code[at - 1]))
			at--;
		if (len > at || strncasecmp(code + at - len, q->words[i].folded, len) != 0)
			return false;
		at -= len;
	}
	return true;
}

struct hit {
	int64_t rec;
	int score;
};

struct hits {
	struct hit *list; /* room for `max` */
	size_t count, max;
	size_t tails; /* how many came first, by their numbers: only these can come twice */
};

/* Load a candidate and keep it, with its score, when every word meets it. */
static void consider(struct app *app, const struct findable *f, const struct query *q, int64_t rec,
		     struct row *row, struct hits *hits)
{
	int score = 0;

	for (size_t i = 0; i < hits->tails; i++)
		if (hits->list[i].rec == rec)
			return;
	if (hits->count == hits->max || row_read(app->db, rec, row, NULL) || row->kind != f->kind)
		return;
	for (size_t i = 0; i < q->count; i++) {
		uint16_t met;
		int how = meets_record(f, &row->body, &q->words[i], &met);

		if (!how)
			return;
		score += how;
	}
	if (ends_code(&row->body, q))
		score += SCORE_CODE;
	hits->list[hits->count++] = (struct hit){ rec, score };
}

static const char SQL_TAIL[] = "SELECT rec FROM tail WHERE digits >= ?1 AND digits < ?1 || ':' LIMIT ?2";
static const char SQL_MATCH[] = "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2";

static enum rc gather(struct app *app, const char *sql, const char *text, const struct findable *f,
		      const struct query *q, struct hits *hits, struct err *err)
{
	struct stmt *s = stmt_use(app->db, sql);
	struct row row;
	enum rc rc = RC_OK;

	row_init(&row);
	stmt_bind_text(s, 1, text);
	stmt_bind_int(s, 2, (int64_t)hits->max * CANDIDATES_EACH);
	while (hits->count < hits->max && !(rc = stmt_row(s, err)))
		consider(app, f, q, stmt_int(s, 0), &row, hits);
	stmt_done(s);
	row_done(&row);
	return rc == RC_NONE ? RC_OK : rc;
}

/* Best score first, then the newest. */
static int compare_hits(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->rec > y->rec ? -1 : x->rec < y->rec;
}

enum rc search_find(struct app *app, enum rec_kind kind, const char *typed, int64_t *recs, size_t limit,
		    size_t *count, struct err *err)
{
	const struct findable *f = findable_of(kind);
	struct hits hits = { .max = limit + CANDIDATES_EXTRA };
	struct buf match = BUF(TEXT_MAX);
	struct query q;
	enum rc rc = RC_OK;

	*count = 0;
	parse_query(typed, &q);
	if (!f || !q.count)
		return RC_OK;
	hits.list = calloc(hits.max, sizeof(*hits.list));
	if (!hits.list)
		die("out of memory");
	for (size_t i = 0; !rc && i < q.count; i++) {
		if (q.words[i].tail[0])
			rc = gather(app, SQL_TAIL, q.words[i].tail, f, &q, &hits, err);
		hits.tails = hits.count;
	}
	match_text(app, &q, &match);
	if (!rc)
		rc = gather(app, SQL_MATCH, buf_str(&match), f, &q, &hits, err);
	if (rc)
		goto out;
	qsort(hits.list, hits.count, sizeof(hits.list[0]), compare_hits);
	for (; *count < limit && *count < hits.count; ++*count)
		recs[*count] = hits.list[*count].rec;
out:
	buf_wipe_done(&match);
	free(hits.list);
	return rc;
}

uint16_t search_why(const struct rec *rec, const char *typed)
{
	const struct findable *f = findable_of(rec->kind);
	struct query q;
	uint16_t why = 0;

	if (!f)
		return 0;
	parse_query(typed, &q);
	for (size_t i = 0; i < q.count; i++) {
		uint16_t met = 0;

		if (!meets_record(f, rec, &q.words[i], &met))
			continue;
		/* A name explains itself: whatever else was met says more. */
		if (!why || (met != f->words[0] && why == f->words[0]))
			why = met;
	}
	return why;
}
