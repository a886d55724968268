/*
 * columns_event.c - the head of an event, and which cells it has.
 *
 * After each path a few others are known to follow; which one does is mostly
 * one decision. A path met for the first time is spelt out.
 */
#include "sync/columns_state.h"

#include <string.h>

enum {
	INDEX_MAX = 0x7fff,
	LEARNT = 16,
};

/* From one cell to the next. */
enum op {
	OP_END,
	OP_PLAIN, /* a field itself */
	OP_SAME,  /* another field of the same element */
	OP_NEXT,  /* the next element of the same list */
	OP_ENTER, /* an element by its index */
	OP_KEYED, /* an element by its key */
	OPS
};

struct step {
	enum op op;
	unsigned shape, tag, sub;
};

static uint64_t step_pack(const struct step *step)
{
	return (uint64_t)step->op << 40 | (uint64_t)step->shape << 36 | (uint64_t)step->tag << 16 | step->sub;
}

static struct step step_unpack(uint64_t packed)
{
	return (struct step){ .op = (enum op)(packed >> 40),
			      .shape = packed >> 36 & 15,
			      .tag = packed >> 16 & UINT16_MAX,
			      .sub = packed & UINT16_MAX };
}

static bool has_index(const struct path *path)
{
	return path->key_len == 2 && path->key[0] < 0x80;
}

static unsigned index_of(const struct path *path)
{
	return (unsigned)path->key[0] << 8 | path->key[1];
}

static struct step step_between(const struct path *from, const struct cell *cell)
{
	const struct path *to = &cell->path;
	struct step step = { .op = OP_KEYED, .shape = cell->shape, .tag = to->tag, .sub = to->sub };

	if (!to->key_len)
		step.op = OP_PLAIN;
	else if (from->tag == to->tag && from->key_len == to->key_len &&
		 !memcmp(from->key, to->key, to->key_len))
		step.op = OP_SAME;
	else if (has_index(to))
		step.op = from->tag == to->tag && has_index(from) && index_of(to) == index_of(from) + 1
				  ? OP_NEXT
				  : OP_ENTER;
	return step;
}

static struct decision decide_shape(const struct state *s, uint32_t base, enum role role, uint64_t part)
{
	uint32_t alone = context_with(base, part);

	return (struct decision){
		.role = role,
		.context = { alone, context_with(context_with(alone, s->surprises[0]), s->surprises[1]),
			     context_with(context_with(alone, (uint64_t)s->reg[REG_PROCEDURE]), s->index) },
	};
}

/* A path that never followed here before. */
static uint64_t code_new_step(struct state *s, uint32_t base, uint64_t packed)
{
	struct step step = step_unpack(packed);
	struct decision d = decide_shape(s, base, ROLE_STEP, PART_STEP_OP);

	step.op = (enum op)coder_number(&s->coder, &d, 4, step.op);
	if (step.op == OP_END)
		return 0;
	d = decide_shape(s, base, ROLE_STEP, PART_STEP_SHAPE);
	step.shape = (unsigned)coder_number(&s->coder, &d, 4, step.shape);
	d = decide_shape(s, base, ROLE_STEP, PART_STEP_TAG);
	step.tag = (unsigned)coder_number(&s->coder, &d, 8, step.tag);
	d = decide_shape(s, base, ROLE_STEP, PART_STEP_SUB);
	step.sub = (unsigned)coder_number(&s->coder, &d, 8, step.sub);
	if (step.op >= OPS || step.shape > CELL_UNSET || step.tag > UINT16_MAX || step.sub > UINT16_MAX) {
		s->coder.bad = true;
		return 0;
	}
	return step_pack(&step);
}

static void note_surprise(struct state *s, uint32_t what)
{
	s->surprises[1] = s->surprises[0];
	s->surprises[0] = what;
}

/* Which of the known followers, or a new one. */
static uint64_t code_follower(struct state *s, uint32_t base, uint64_t packed)
{
	struct followers *f = followers_of(s->memory, base);

	for (unsigned i = 0; i < f->count; i++) {
		struct decision d = decide_shape(s, base, ROLE_SHAPE, PART_FOLLOWER + i);

		if (!coder_bit(&s->coder, &d, packed == f->step[i]))
			continue;
		if (i)
			note_surprise(s, context_with(base, i));
		return f->step[i];
	}
	packed = code_new_step(s, base, packed);
	if (f->count < FOLLOWERS)
		f->step[f->count++] = packed;
	note_surprise(s, context_with(base, packed));
	return packed;
}

static struct step code_step(struct state *s, struct step step)
{
	uint32_t base = context_with(context_with(s->column->hash, s->event.verb), s->path.key_len > 0);

	return step_unpack(code_follower(s, base, step_pack(&step)));
}

/* The index of an element entered, near the one that the event before entered. */
static unsigned code_index(struct state *s, const struct step *step, unsigned index)
{
	const struct column *column = column_of(s->memory, s->event.set.kind, step->tag, 0);
	struct decision d;
	uint64_t value;

	look_at(s, column);
	d = decide(s, column, ROLE_HEAD, PART_INDEX);
	value = coder_number(&s->coder, &d, LEARNT, index);

	if (value > INDEX_MAX)
		s->coder.bad = true;
	return (unsigned)value & INDEX_MAX;
}

/*
 * A key made when its element was: perhaps the index of the one before, then
 * 0x80, 48 bits of the event's clock, and a rest that is often the same.
 */
enum { BORN = 0x80, BORN_CLOCK = 6, BORN_HEAD = 1 + BORN_CLOCK, INDEX_LEN = 2 };

static void born_head(const struct state *s, uint8_t out[BORN_HEAD])
{
	out[0] = BORN;
	for (unsigned i = 0; i < BORN_CLOCK; i++)
		out[1 + i] = (uint8_t)((uint64_t)s->clock >> (8 * (BORN_CLOCK - 1 - i)));
}

/* 1: born now; 2: born now behind an element with an index; 0: any other key. */
static unsigned born_form(const struct path *path, const uint8_t head[BORN_HEAD])
{
	if (path->key_len > BORN_HEAD && !memcmp(path->key, head, BORN_HEAD))
		return 1;
	if (path->key_len > INDEX_LEN + BORN_HEAD && path->key[0] < BORN &&
	    !memcmp(path->key + INDEX_LEN, head, BORN_HEAD))
		return 2;
	return 0;
}

static void code_key(struct state *s, const struct step *step, struct path *path)
{
	struct column *column = column_of(s->memory, s->event.set.kind, step->tag, 0);
	uint8_t head[BORN_HEAD], key[KEY_MAX + INDEX_LEN + BORN_HEAD];
	struct decision d;
	unsigned form, index = 0;
	size_t front;
	struct span rest;

	born_head(s, head);
	look_at(s, column);
	form = s->reading ? 0 : born_form(path, head);
	d = decide(s, column, ROLE_HEAD, PART_KEY);
	form = coder_small(&s->coder, &d, form);
	front = form == 2 ? INDEX_LEN : 0;
	if (form == 2)
		index = code_index(s, step, index_of(path));
	front += form ? BORN_HEAD : 0;
	rest = (struct span){ path->key + front, s->reading ? 0 : path->key_len - front };
	code_known(s, column, &rest, true);
	if (!s->reading)
		return;
	if (form > 2 || !rest.len || front + rest.len > KEY_MAX) {
		s->coder.bad = true;
		return;
	}
	key[0] = (uint8_t)(index >> 8);
	key[1] = (uint8_t)index;
	memcpy(key + front - (form ? BORN_HEAD : 0), head, form ? BORN_HEAD : 0);
	memcpy(key + front, rest.data, rest.len);
	*path = path_key(step->tag, key, front + rest.len, step->sub);
}

/* The path a step leads to; `to` is it already when writing. */
static void follow_step(struct state *s, const struct step *step, struct path *to)
{
	struct path next = s->path;

	if (step->op == OP_PLAIN) {
		next = path_of(step->tag);
		next.sub = 0;
	} else if (step->op == OP_SAME) {
		next.sub = (uint16_t)step->sub;
	} else if (step->op == OP_NEXT) {
		next = path_at(step->tag, has_index(&s->path) ? index_of(&s->path) + 1 : 0, step->sub);
	} else if (step->op == OP_ENTER) {
		next = path_at(step->tag, code_index(s, step, index_of(to)), step->sub);
	} else {
		next = *to;
		code_key(s, step, &next);
	}
	if (s->reading)
		*to = next;
	if (step->op == OP_ENTER || step->op == OP_NEXT)
		s->index = index_of(&next);
	if (step->op != OP_SAME && step->op != OP_PLAIN)
		s->reg[REG_ORDINAL] = s->index + 1;
}

/* What the value means for those to come. */
static void note_value(struct state *s, struct column *column, uint32_t hash, int64_t num)
{
	column->last_but_one = column->last;
	column->last = hash;
	s->cells[2] = s->cells[1];
	s->cells[1] = s->cells[0];
	s->cells[0] = hash;
	if (column->rule->sets && (column->rule->sets != REG_PERSON || s->reg[REG_PERSON] == MSEC_NONE))
		s->reg[column->rule->sets] = num;
	if (column->rule->sets == REG_RECEIVED)
		s->reg[REG_DONE] = num;
	if (column->rule->from == REG_ORDINAL && !column->sub)
		s->index = (uint32_t)num;
}

/* One cell's value, from the source or into the record. */
static void code_cell(struct state *s, const struct path *path, enum cell_shape shape,
		      const struct cell *cell)
{
	struct rec *rec = &s->event.set;
	struct column *column = column_of(s->memory, rec->kind, path->tag, path->sub);

	s->column = column;
	look_at(s, column);
	if (shape == CELL_INT) {
		int64_t num = cell ? cell->num : 0;

		code_int(s, column, &num);
		column->last_num = num;
		note_value(s, column, context_with(1, (uint64_t)num), num);
		if (s->reading && !s->coder.bad)
			rec_set_num(rec, path, num);
	} else if (shape == CELL_BYTES) {
		struct span bytes = { cell ? rec->text.data + cell->off : NULL, cell ? cell->len : 0 };
		uint32_t hash;

		code_bytes(s, column, &bytes);
		hash = column->rule->how == HOW_RAW ? 0 : hash_bytes(bytes.data, bytes.len);
		note_value(s, column, hash, hash);
		if (s->reading && !s->coder.bad)
			rec_set_bytes(rec, path, bytes.data, bytes.len);
	} else if (s->reading) {
		rec_set_unset(rec, path);
	}
}

/* Nothing read may stand out of order, or be more than a record holds. */
static bool may_follow(const struct state *s, const struct path *path)
{
	const struct rec *rec = &s->event.set;

	return path->tag && (!path->key_len || path->sub) && rec->count < REC_CELLS_MAX && !rec->text.full &&
	       (!rec->count || path_compare(&rec->cells[rec->count - 1].path, path) < 0);
}

static bool code_cells(struct state *s)
{
	struct rec *rec = &s->event.set;

	for (size_t i = 0; !s->coder.bad; i++) {
		const struct cell *cell = s->reading || i == rec->count ? NULL : &rec->cells[i];
		struct step step =
			code_step(s, cell ? step_between(&s->path, cell) : (struct step){ .op = OP_END });
		struct path path = cell ? cell->path : s->path;

		if (step.op == OP_END)
			return !s->coder.bad;
		follow_step(s, &step, &path);
		if (s->reading && (s->coder.bad || !may_follow(s, &path)))
			return false;
		code_cell(s, &path, (enum cell_shape)step.shape, cell);
		s->path = path;
	}
	return false;
}

/* Columns of the head are columns of no kind. */
static struct column *head_column(struct state *s, enum part part)
{
	return column_of(s->memory, 0, 1, part);
}

static struct decision decide_head(struct state *s, enum part part)
{
	uint32_t alone = context_with(head_column(s, part)->hash, part);

	return (struct decision){ .role = ROLE_HEAD,
				  .context = { alone, context_with(alone, s->verb_kind[0]),
					       context_with(context_with(alone, s->verb_kind[0]),
							    s->verb_kind[1]) } };
}

static void code_head_text(struct state *s, enum part part, char *text, size_t size)
{
	struct column *column = head_column(s, part);
	struct span value = { (const uint8_t *)text, strlen(text) };
	struct decision d = decide_head(s, part);

	if (!coder_bit(&s->coder, &d, value.len > 0)) {
		text[0] = '\0';
		return;
	}
	look_at(s, column);
	code_known(s, column, &value, true);
	column->last = hash_bytes(value.data, value.len);
	if (part == HEAD_ACTOR)
		s->actor = column->last;
	if (!s->reading)
		return;
	if (!value.len || value.len >= size || memchr(value.data, 0, value.len)) {
		s->coder.bad = true;
		return;
	}
	memcpy(text, value.data, value.len);
	text[value.len] = '\0';
}

/* An id of whatever device. */
static void code_id(struct state *s, struct id *id)
{
	struct decision d = decide_head(s, HEAD_OWN);
	bool own = !memcmp(id->device, s->first.device, DEVICE_ID) && id->epoch == s->first.epoch;

	if (coder_bit(&s->coder, &d, own)) {
		d = decide_head(s, HEAD_SEQ);
		memcpy(id->device, s->first.device, DEVICE_ID);
		id->epoch = s->first.epoch;
		id->seq = s->event.id.seq - coder_number(&s->coder, &d, 4, s->event.id.seq - id->seq);
	} else {
		uint8_t bytes[ID_BYTES];
		struct span span = { bytes, sizeof(bytes) };

		id_put(id, bytes);
		look_at(s, head_column(s, HEAD_OWN));
		code_known(s, head_column(s, HEAD_OWN), &span, false);
		if (s->reading && span.len != sizeof(bytes))
			s->coder.bad = true;
		else if (s->reading)
			*id = id_get(span.data);
	}
	if (id->seq >> 48)
		s->coder.bad = true;
}

/* A subject of this batch by how many events ago its last one was, or one from before. */
static void code_subject(struct state *s)
{
	struct memory *m = s->memory;
	uint32_t found = s->reading ? NOT_KNOWN : subject_find(m, &s->event.subject), ago = 0;
	struct decision d = decide_head(s, HEAD_BACK);

	if (found != NOT_KNOWN)
		ago = s->number - m->subjects[found].event_number;
	ago = (uint32_t)coder_number(&s->coder, &d, 4, ago);
	if (!ago) {
		code_id(s, &s->event.subject);
		if (s->reading)
			found = subject_find(m, &s->event.subject);
	} else if (s->reading) {
		found = ago <= s->number ? s->subject_of[s->number - ago] : NOT_KNOWN;
		if (found == NOT_KNOWN)
			s->coder.bad = true;
		else
			s->event.subject = m->subjects[found].id;
	}
	s->subject = found;
}

/* The usual: one parent, the subject's last event, one revision on. */
static void code_parents(struct state *s)
{
	struct event *e = &s->event;
	const struct subject *subject = s->subject == NOT_KNOWN ? NULL : &s->memory->subjects[s->subject];
	struct decision d = decide_head(s, HEAD_LINEAR);
	uint64_t value;

	if (subject && coder_bit(&s->coder, &d,
				 e->parents_count == 1 && e->rev == subject->rev + 1 &&
					 !id_compare(&e->parents[0], &subject->event))) {
		e->parents_count = 1;
		e->rev = subject->rev + 1;
		e->parents[0] = subject->event;
		s->coder.bad = s->coder.bad || e->rev < 2;
		return;
	}
	d = decide_head(s, HEAD_PARENTS);
	value = coder_number(&s->coder, &d, LEARNT, e->parents_count);
	if (value < 1 || value > EVENT_PARENTS_MAX)
		s->coder.bad = true;
	d = decide_head(s, HEAD_REV);
	e->parents_count = s->coder.bad ? 0 : (size_t)value;
	value = coder_number(&s->coder, &d, LEARNT, e->rev);
	e->rev = (uint32_t)value;
	if (value < 2 || value > UINT32_MAX)
		s->coder.bad = true;
	for (size_t i = 0; i < e->parents_count; i++) {
		code_id(s, &e->parents[i]);
		if (i && id_compare(&e->parents[i - 1], &e->parents[i]) >= 0)
			s->coder.bad = true;
	}
}

/* Verb and kind together: which pair follows the last two. */
static void code_verb(struct state *s)
{
	struct event *e = &s->event;
	uint64_t pair = (uint64_t)e->verb << 16 | e->set.kind;
	uint32_t base = context_with(head_column(s, HEAD_VERB)->hash, s->verb_kind[0]);
	struct followers *f = followers_of(s->memory, base);
	struct decision d;
	unsigned i;

	for (i = 0; i < f->count; i++) {
		d = decide_head(s, HEAD_VERB);
		d.context[1] = d.context[2];
		d.context[2] =
			context_with(context_with(d.context[0], (uint64_t)s->reg[REG_PROCEDURE]), s->index);
		for (size_t j = 0; j < CONTEXTS; j++)
			d.context[j] = context_with(context_with(d.context[j], s->verb_kind[0]), f->step[i]);
		if (coder_bit(&s->coder, &d, pair == f->step[i]))
			break;
	}
	if (i < f->count) {
		pair = f->step[i];
	} else {
		d = decide_head(s, HEAD_KIND);
		pair = coder_number(&s->coder, &d, LEARNT, pair);
		if (f->count < FOLLOWERS)
			f->step[f->count++] = pair;
	}
	e->verb = (enum verb)(pair >> 16 & UINT16_MAX);
	e->set.kind = (enum rec_kind)(pair & UINT16_MAX);
	if (!e->verb || !e->set.kind || pair >> 32)
		s->coder.bad = true;
	s->verb_kind[1] = s->verb_kind[0];
	s->verb_kind[0] = context_with(2, pair);
}

/* Milliseconds since the event before, by how many there were before that. */
static void code_clock(struct state *s)
{
	struct decision d = decide_head(s, HEAD_CLOCK);
	int64_t past = minus(s->event.clock, s->clock);

	d.context[2] = context_with(d.context[1], s->pause);
	past = coder_signed(&s->coder, &d, 3, past);
	for (s->pause = 0; past >> s->pause > 0; s->pause++)
		;
	s->clock = s->event.clock = plus(s->clock, past);
}

static void code_head(struct state *s)
{
	struct event *e = &s->event;
	struct decision d;

	code_verb(s);
	code_clock(s);
	code_head_text(s, HEAD_ACTOR, e->actor, sizeof(e->actor));
	d = decide_head(s, HEAD_AGAIN);
	s->subject = NOT_KNOWN;
	if (coder_bit(&s->coder, &d, e->parents_count > 0)) {
		code_subject(s);
		code_parents(s);
	} else {
		e->subject = e->id;
		e->parents_count = 0;
		e->rev = 1;
	}
	code_head_text(s, HEAD_NOTE, e->note, sizeof(e->note));
}

static void begin_record(struct state *s)
{
	const struct subject *subject = s->subject == NOT_KNOWN ? NULL : &s->memory->subjects[s->subject];

	s->path = path_of(0);
	s->column = column_of(s->memory, s->event.set.kind, 0, 0);
	s->surprises[0] = s->surprises[1] = 0;
	s->index = 0;
	memset(s->cells, 0, sizeof(s->cells));
	s->words[0] = s->words[1] = 0;
	s->gap = 0;
	s->day = DAYNO_NONE;
	s->bucket = 0;
	s->pace = 256;
	for (size_t i = 0; i < REGS; i++)
		s->reg[i] = MSEC_NONE;
	s->reg[REG_CLOCK] = s->clock;
	s->dossier = subject ? subject->dossier : NOT_KNOWN;
	if (s->dossier != NOT_KNOWN) {
		const struct dossier *d = &s->memory->dossiers[s->dossier];

		s->reg[REG_PROCEDURE] = d->procedure;
		s->reg[REG_RECEIVED] = d->received_at;
		s->reg[REG_DONE] = d->last_at;
		s->reg[REG_PERSON] = d->person;
	}
}

/* What this event leaves behind. */
static void end_record(struct state *s)
{
	const struct event *e = &s->event;

	if (s->subject == NOT_KNOWN)
		s->subject = subject_add(s->memory, &e->subject);
	s->subject_of[s->number] = s->subject;
	if (s->subject != NOT_KNOWN) {
		struct subject *subject = &s->memory->subjects[s->subject];

		subject->event = e->id;
		subject->event_number = s->number;
		subject->rev = e->rev;
		subject->dossier = s->dossier;
	}
	if (s->dossier != NOT_KNOWN && e->set.kind == REC_DOSSIER) {
		struct dossier *d = &s->memory->dossiers[s->dossier];

		d->procedure = s->reg[REG_PROCEDURE];
		d->received_at = s->reg[REG_RECEIVED];
		d->last_at = s->reg[REG_DONE];
		d->person = s->reg[REG_PERSON];
	}
	if (e->set.kind == REC_SCAN) {
		s->scan_dossier = s->dossier;
		s->scan_seq = s->index;
		s->scan_at = s->reg[REG_BEFORE];
	}
}

bool code_event(struct state *s)
{
	if (s->reading)
		rec_clear(&s->event.set, REC_NONE);
	code_head(s);
	begin_record(s);
	if (s->coder.bad || !code_cells(s))
		return false;
	end_record(s);
	return true;
}
