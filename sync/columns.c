#include "sync/columns.h"

#include "sync/columns_state.h"
#include "sync/pack.h"

#include <stdlib.h>
#include <string.h>

/* Hours of offices: which ones fit a batch best is its first byte. */
static const struct sessions office_hours[] = {
	{ 25200, 41400, 48600, 61200 }, /* 07:00-11:30, 13:30-17:00 */
	{ 27000, 41400, 48600, 61200 }, /* 07:30-11:30, 13:30-17:00 */
	{ 25200, 41400, 46800, 61200 }, /* 07:00-11:30, 13:00-17:00 */
	{ 28800, 43200, 46800, 61200 }, /* 08:00-12:00, 13:00-17:00 */
	{ 28800, 41400, 48600, 61200 }, /* 08:00-11:30, 13:30-17:00 */
	{ 25200, 39600, 46800, 61200 }, /* 07:00-11:00, 13:00-17:00 */
};

/* Instead of the hours: no columns. */
enum { PLAIN = 0xff };

static enum rc damaged(struct err *err)
{
	return err_set(err, RC_INPUT, "Nội dung gói hỏng.", "The batch's contents are damaged.");
}

static enum rc too_much(struct err *err)
{
	return err_set(err, RC_INPUT, "Gói nở ra quá lớn: không nhận.",
		       "The batch unpacks to too much: not taken.");
}

static struct state *state_new(void)
{
	struct state *s = calloc(1, sizeof(*s));

	if (!s)
		die("out of memory");
	s->memory = memory_new();
	s->subject_of = calloc(DOSSIERS, sizeof(*s->subject_of));
	if (!s->subject_of)
		die("out of memory");
	coder_forget(&s->coder);
	event_init(&s->event);
	s->value = (struct buf)BUF(EVENT_MAX);
	s->text.to = (struct buf)BUF(COLUMNS_RAW_MAX);
	s->raw.to = (struct buf)BUF(COLUMNS_RAW_MAX);
	return s;
}

static void state_free(struct state *s)
{
	memory_free(s->memory);
	free(s->subject_of);
	event_done(&s->event);
	buf_wipe_done(&s->value);
	buf_wipe_done(&s->text.to);
	buf_wipe_done(&s->raw.to);
	explicit_bzero(s, sizeof(*s));
	free(s);
}

/* A run begins: nothing happened yet, but what is learnt stays. */
static void begin_run(struct state *s, struct id first, const char *unit, bool reading)
{
	struct span known = { (const uint8_t *)unit, strlen(unit) };

	memory_next(s->memory);
	s->reading = reading;
	s->first = first;
	s->number = 0;
	s->clock = 0;
	s->pause = 0;
	s->verb_kind[0] = s->verb_kind[1] = s->actor = 0;
	s->scan_dossier = NOT_KNOWN;
	s->index = 0;
	for (size_t i = 0; i < REGS; i++)
		s->reg[i] = MSEC_NONE;
	buf_clear(&s->text.to);
	buf_clear(&s->raw.to);
	if (pool_find(s->memory, POOL_OTHER, known) == NOT_KNOWN)
		pool_add(s->memory, POOL_OTHER, known);
}

/* One event read and given away. */
static enum rc read_event(struct state *s, struct buf *bytes, columns_visit *each, void *ctx, struct err *err)
{
	enum rc rc;

	s->event.id = s->first;
	s->event.id.seq += s->number;
	if (!code_event(s) || s->event.id.seq >> 48)
		return damaged(err);
	buf_clear(bytes);
	rc = event_pack(&s->event, bytes, err);
	if (!rc && each)
		rc = each(ctx, (struct span){ bytes->data, bytes->len }, err);
	return rc;
}

static enum rc read_events(struct state *s, size_t count, columns_visit *each, void *ctx, struct err *err)
{
	struct buf bytes = BUF(2 * EVENT_MAX);
	size_t total = 0;
	enum rc rc = RC_OK;

	for (; !rc && s->number < count; s->number++) {
		rc = read_event(s, &bytes, each, ctx, err);
		total += bytes.len;
		if (!rc && total > COLUMNS_RAW_MAX)
			rc = too_much(err);
	}
	if (!rc && (s->text.from.at != s->text.from.end || s->raw.from.at != s->raw.from.end ||
		    s->coder.from.at != s->coder.from.end))
		rc = damaged(err);
	buf_wipe_done(&bytes);
	return rc;
}

/* Hours, number of events, coded decisions, bytes without pattern, deflated text. */
static enum rc read_run(struct state *s, const struct columns *run, struct span preset, struct buf *text,
			columns_visit *each, void *ctx, struct err *err)
{
	struct reader r = reader_on(run->bytes.data, run->bytes.len);
	uint8_t hours = wire_byte(&r);
	uint64_t count = wire_uint(&r);
	struct span coded = wire_bytes(&r), raw = wire_bytes(&r),
		    deflated = wire_take(&r, (size_t)(r.end - r.at));
	enum rc rc = RC_OK;

	if (r.bad || hours >= ARRAY_LEN(office_hours) || count > COLUMNS_EVENTS_MAX || count != run->count)
		return damaged(err);
	if (deflated.len)
		rc = pack_inflate(deflated, preset, text, err);
	if (rc)
		return rc;
	begin_run(s, run->first, run->base.unit, true);
	s->sessions = &office_hours[hours];
	s->text.from = reader_on(text->data, text->len);
	s->raw.from = reader_on(raw.data, raw.len);
	coder_read(&s->coder, coded.data, coded.len);
	return read_events(s, run->count, each, ctx, err);
}

/* Learn what a dictionary teaches; its texts are the preset of the deflate. */
static enum rc learn_dictionary(struct state *s, uint8_t number, struct buf *text, struct err *err)
{
	struct buf bytes = BUF(1 << 20);
	struct columns run = { .base = { 0, "" }, .first = { .epoch = 1, .seq = 1 } };
	enum rc rc = RC_OK;

	if (number)
		rc = pack_dictionary_get(number, &run.count, &bytes, err);
	run.bytes = (struct span){ bytes.data, bytes.len };
	s->raw.blank = true;
	if (!rc && number && read_run(s, &run, (struct span){ NULL, 0 }, text, NULL, NULL, err))
		die("the dictionary is broken");
	s->raw.blank = false;
	buf_done(&bytes);
	return rc;
}

static enum rc not_a_run(struct err *err)
{
	return err_set(err, RC_INPUT, "Các sự kiện không liền nhau của một máy.",
		       "The events are not one after another of one device.");
}

enum { HOURS_EVENTS = 400 };

/* The hours that explain most of the first events. */
static uint8_t choose_hours(struct state *s, const struct event_bytes *events, size_t count)
{
	unsigned fit[ARRAY_LEN(office_hours)] = { 0 };
	uint8_t best = 0;

	for (size_t i = 0; i < count && i < HOURS_EVENTS; i++) {
		if (event_unpack(&s->event, events[i].bytes.data, events[i].bytes.len, NULL) ||
		    s->event.set.kind != REC_DOSSIER)
			continue;
		for (size_t h = 0; h < ARRAY_LEN(office_hours); h++)
			fit[h] += hours_fit(&office_hours[h], &s->event.set);
	}
	for (size_t h = 1; h < ARRAY_LEN(office_hours); h++)
		if (fit[h] > fit[best])
			best = (uint8_t)h;
	return best;
}

static enum rc write_events(struct state *s, const struct event_bytes *events, size_t count, struct err *err)
{
	enum rc rc;

	for (size_t i = 0; i < count; i++) {
		struct id want = s->first;

		rc = event_unpack(&s->event, events[i].bytes.data, events[i].bytes.len, err);
		if (rc)
			return rc;
		want.seq += i;
		if (id_compare(&want, &s->event.id))
			return not_a_run(err);
		s->number = (uint32_t)i;
		if (!code_event(s))
			return err_set(err, RC_FAILED, "Không xếp được thành cột.",
				       "It does not fit the columns.");
	}
	return RC_OK;
}

static enum rc put_run(struct state *s, uint8_t hours, const struct buf *coded, struct span preset,
		       struct buf *out, struct err *err)
{
	struct span text = { s->text.to.data, s->text.to.len };

	if (s->text.to.full || s->raw.to.full || coded->full)
		return err_set(err, RC_FULL, "Gói quá lớn.", "The batch is too large.");
	buf_byte(out, hours);
	wire_put_uint(out, s->number + 1);
	wire_put_bytes(out, coded->data, coded->len);
	wire_put_bytes(out, s->raw.to.data, s->raw.to.len);
	return text.len ? pack_deflate(text, preset, out, err) : RC_OK;
}

static enum rc pack_run(struct state *s, const struct event_bytes *events, size_t count,
			const struct columns_base *base, struct buf *out, struct err *err)
{
	struct buf text = BUF(COLUMNS_RAW_MAX), coded = BUF(COLUMNS_RAW_MAX);
	uint8_t hours = choose_hours(s, events, count);
	enum rc rc = learn_dictionary(s, base->dictionary, &text, err);

	if (!rc)
		rc = event_unpack(&s->event, events[0].bytes.data, events[0].bytes.len, err);
	if (rc)
		goto out;
	begin_run(s, s->event.id, base->unit, false);
	s->sessions = &office_hours[hours];
	coder_write(&s->coder, &coded);
	rc = write_events(s, events, count, err);
	if (rc)
		goto out;
	coder_flush(&s->coder);
	rc = put_run(s, hours, &coded, (struct span){ text.data, text.len }, out, err);
out:
	buf_wipe_done(&text);
	buf_wipe_done(&coded);
	return rc;
}

/* What was packed must come out as it was, or it is not used. */
struct compared {
	const struct event_bytes *events;
	size_t count, at;
};

static enum rc compare_event(void *ctx, struct span bytes, struct err *err)
{
	struct compared *compared = ctx;
	const struct span *want = &compared->events[compared->at].bytes;

	if (bytes.len != want->len || memcmp(bytes.data, want->data, want->len) != 0)
		return damaged(err);
	compared->at++;
	return RC_OK;
}

/* Events as they are, each with its length, under one deflate: for what the columns cannot hold. */
static enum rc pack_plain(const struct event_bytes *events, size_t count, struct buf *out, struct err *err)
{
	struct buf plain = BUF(2 * COLUMNS_RAW_MAX);
	enum rc rc;

	for (size_t i = 0; i < count; i++)
		wire_put_bytes(&plain, events[i].bytes.data, events[i].bytes.len);
	buf_byte(out, PLAIN);
	if (plain.full || plain.len > COLUMNS_RAW_MAX)
		rc = err_set(err, RC_FULL, "Gói quá lớn.", "The batch is too large.");
	else
		rc = pack_deflate((struct span){ plain.data, plain.len }, (struct span){ NULL, 0 }, out, err);
	buf_wipe_done(&plain);
	return rc;
}

static enum rc unpack_plain(const struct columns *columns, columns_visit *each, void *ctx, struct err *err)
{
	struct buf plain = BUF(COLUMNS_RAW_MAX);
	struct span deflated = { columns->bytes.data + 1, columns->bytes.len - 1 };
	enum rc rc = pack_inflate(deflated, (struct span){ NULL, 0 }, &plain, err);
	struct reader r = reader_on(plain.data, plain.len);
	struct id want = columns->first;
	struct event event;
	size_t count = 0;

	event_init(&event);
	for (; !rc && r.at < r.end; count++, want.seq++) {
		struct span bytes = wire_bytes(&r);

		if (r.bad || count == columns->count || event_unpack(&event, bytes.data, bytes.len, err) ||
		    id_compare(&event.id, &want))
			rc = damaged(err);
		else if (each)
			rc = each(ctx, bytes, err);
	}
	if (!rc && count != columns->count)
		rc = damaged(err);
	event_done(&event);
	buf_wipe_done(&plain);
	return rc;
}

enum rc columns_pack(const struct event_bytes *events, size_t count, const struct columns_base *base,
		     struct buf *out, struct err *err)
{
	struct compared compared = { events, count, 0 };
	struct columns packed = { .base = *base, .count = count };
	size_t start = out->len;
	struct state *s;
	enum rc rc;

	if (!count || count > COLUMNS_EVENTS_MAX)
		return not_a_run(err);
	s = state_new();
	rc = pack_run(s, events, count, base, out, err);
	packed.first = s->first;
	state_free(s);
	packed.bytes = (struct span){ out->data + start, out->len - start };
	if (!rc && !columns_unpack(&packed, compare_event, &compared, err) && compared.at == count)
		return RC_OK;
	if (rc && rc != RC_FAILED)
		return rc;
	out->len = start;
	return pack_plain(events, count, out, err);
}

enum rc columns_unpack(const struct columns *columns, columns_visit *each, void *ctx, struct err *err)
{
	struct buf preset = BUF(COLUMNS_RAW_MAX), text = BUF(COLUMNS_RAW_MAX);
	struct state *s;
	enum rc rc;

	if (columns->bytes.len && columns->bytes.data[0] == PLAIN)
		return unpack_plain(columns, each, ctx, err);
	s = state_new();
	rc = learn_dictionary(s, columns->base.dictionary, &preset, err);
	if (!rc)
		rc = read_run(s, columns, (struct span){ preset.data, preset.len }, &text, each, ctx, err);
	buf_wipe_done(&preset);
	buf_wipe_done(&text);
	state_free(s);
	return rc;
}
