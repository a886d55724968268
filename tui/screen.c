/* screen.c - see screen.h. */
#include "tui/screen.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "db/base/clock.h"
#include "tui/help.h"
#include "tui/linear.h"
#include "tui/sync_line.h"
#include "tui/term.h"

void ui_init(struct ui *ui, const struct tui_options *options)
{
	memset(ui, 0, sizeof(*ui));
	ui->options = options;
	ui->lang = options->lang;
	bindings_init(&ui->bindings);
	canvas_init(&ui->canvas);
	gate_init(&ui->gate);
	ui->canvas.bare = term_is_linear();
	if (term_is_linear())
		linear_start(ui);
	ui->dirty = true;
	ui->last_key_ms = term_now_ms();
}

void ui_done(struct ui *ui)
{
	while (ui->depth)
		ui_pop(ui);
	canvas_done(&ui->canvas);
	linear_stop(ui);
}

const char *ui_words(const struct ui *ui, const struct words *words)
{
	return words_in(words, ui->lang);
}

/* `[VN Telex]`, `[VN VNI]` or `[EN]`. */
static const char *typing_text(const struct typing *typing)
{
	static const char *const texts[TYPING_METHODS] = { "[VN Telex]", "[VN VNI]", "[EN]" };

	return texts[typing->method < TYPING_METHODS ? typing->method : TYPING_OFF];
}

static struct screen *top_screen(struct ui *ui)
{
	return ui->depth ? &ui->stack[ui->depth - 1] : NULL;
}

void ui_push(struct ui *ui, const struct screen_ops *ops, void *state)
{
	struct screen screen = { ops, state, ++ui->serial };

	ui->dirty = ui->sync_stale = true;
	if (ui->depth == UI_DEPTH) {
		if (ops->on_close)
			ops->on_close(ui, &screen);
		return;
	}
	ui->stack[ui->depth++] = screen;
	if (ops->on_show)
		ops->on_show(ui, top_screen(ui));
}

void ui_pop(struct ui *ui)
{
	struct screen screen;

	if (!ui->depth)
		return;
	screen = ui->stack[--ui->depth];
	ui->dirty = ui->sync_stale = true;
	if (screen.ops->on_close)
		screen.ops->on_close(ui, &screen);
	memset(&ui->canvas.spoken, 0, sizeof(ui->canvas.spoken)); /* it spoke of what is gone now */
	if (ui->depth && !ui->quit && top_screen(ui)->ops->on_show)
		top_screen(ui)->ops->on_show(ui, top_screen(ui));
}

void ui_leave_all(struct ui *ui)
{
	while (ui->depth) {
		struct screen screen = ui->stack[--ui->depth];

		if (screen.ops->on_close)
			screen.ops->on_close(ui, &screen);
	}
	ui->dirty = true;
}

void ui_home(struct ui *ui)
{
	while (ui->depth > 1)
		ui_pop(ui);
}

void ui_say(struct ui *ui, enum style style, const char *text)
{
	snprintf(ui->message, sizeof(ui->message), "%s", text);
	ui->message_style = style;
	ui->dirty = true;
}

void ui_say_words(struct ui *ui, enum style style, const struct words *words)
{
	ui_say(ui, style, ui_words(ui, words));
}

void ui_say_err(struct ui *ui, const struct err *err)
{
	ui_say(ui, STYLE_BAD, err_text(err, ui->lang));
	term_beep();
}

void ui_format(struct ui *ui, enum style style, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(ui->message, sizeof(ui->message), format, args);
	va_end(args);
	ui->message_style = style;
	ui->dirty = true;
}

struct hint_style ui_hint_style(const struct ui *ui)
{
	return (struct hint_style){ ui->lang, term_is_plain() };
}

static bool offers(struct ui *ui, struct screen *screen, enum ui_action action)
{
	return !screen->ops->offers || screen->ops->offers(ui, screen, action);
}

/* Where an offered action stands among the screen's; -1 when it is none. */
static long action_place(struct ui *ui, struct screen *screen, enum ui_action action)
{
	for (long i = 0; action && screen->ops->actions[i]; i++)
		if (screen->ops->actions[i] == action)
			return offers(ui, screen, action) ? i : -1;
	return -1;
}

/* Hints of the screen on top: its actions in order, as many as fit; a pair stands where its first half does. */
static void screen_hints(struct ui *ui, struct screen *screen, struct hint_bar *bar)
{
	for (long i = 0; screen->ops->actions && screen->ops->actions[i]; i++) {
		enum ui_action action = screen->ops->actions[i];
		long other = action_place(ui, screen, hint_pair(action));

		if (offers(ui, screen, action) && (other < 0 || other > i))
			hint_add(bar, &ui->bindings, action, other >= 0, screen->ops->hints, ui_hint_style(ui));
	}
}

/* The frame: the title is the full screen's, the hints are those of the popup over it. */
static struct area draw_around(struct ui *ui, struct screen *screen, size_t base)
{
	struct hint_bar bar = { .cols = ui->canvas.cols };
	char date[CLOCK_DATE_TEXT] = "", state[64];
	struct frame frame = { .unit = ui->unit, .user = ui->user, .message = ui->message,
			       .message_style = ui->message_style, .state = state };

	if (ui->app)
		clock_format_dmy(dayno_of(clock_now()), date);
	if (ui->app && !ui->locked && ui->sync_stale) {
		ui->sync_style = sync_line(ui->app, ui->lang, ui->sync, sizeof(ui->sync));
		ui->sync_stale = false;
	}
	if (!*ui->message && ui->app && !ui->locked) {
		frame.message = ui->sync;
		frame.message_style = ui->sync_style;
	}
	snprintf(state, sizeof(state), "%s%s", typing_text(&ui->typing), term_is_plain() ? " [KD]" : "");
	frame.date = date;
	frame.screen = ui_words(ui, &ui->stack[base].ops->title);
	screen_hints(ui, screen, &bar);
	memcpy(frame.hints, bar.hints, sizeof(frame.hints));
	frame.hint_count = bar.count;
	return draw_frame(&ui->canvas, &frame);
}

static void draw_all(struct ui *ui)
{
	size_t base = ui->depth - 1;
	struct area body;
	int rows, cols;

	term_size(&rows, &cols);
	canvas_size(&ui->canvas, rows, cols);
	while (base && ui->stack[base].ops->popup)
		base--;
	body = draw_around(ui, top_screen(ui), base);
	if (ui->linear) /* one screen speaks */
		base = ui->depth - 1;
	for (size_t i = base; i < ui->depth; i++)
		if (ui->stack[i].ops->draw)
			ui->stack[i].ops->draw(ui, &ui->stack[i], body);
}

void ui_draw(struct ui *ui)
{
	if (ui->depth)
		draw_all(ui);
}

static void keep_drafts(struct ui *ui)
{
	for (size_t i = 0; i < ui->depth; i++)
		if (ui->stack[i].ops->on_idle)
			ui->stack[i].ops->on_idle(ui, &ui->stack[i]);
}

static void show_frame(struct ui *ui)
{
	draw_all(ui);
	if (ui->linear)
		linear_show(ui);
	else
		term_show(&ui->canvas);
	ui->dirty = false;
	ui->framed = true;
	ui->last_frame_ms = term_now_ms();
	ui->owed_ms = 0;
}

void ui_kept(void *ctx)
{
	struct ui *ui = ctx;

	if (ui->depth && !ui->framed)
		show_frame(ui);
}

/* What is shown has been kept: drafts first, then the frame. */
void ui_show(struct ui *ui)
{
	if (!ui->depth)
		return;
	ui->framed = false;
	if (ui->linear)
		linear_keep(ui);
	keep_drafts(ui);
	if (!ui->framed)
		show_frame(ui);
	ui->framed = true;
}

void ui_show_waiting(struct ui *ui)
{
	ui->waiting = true;
	ui_show(ui);
	ui->waiting = false;
}

static void turn_typing(struct ui *ui)
{
	static const struct words words[TYPING_METHODS] = {
		T("Gõ kiểu Telex.", "Typing Telex."),
		T("Gõ kiểu VNI.", "Typing VNI."),
		T("Gõ thẳng, không ghép dấu.", "Plain typing, nothing composes."),
	};

	ui->typing.method = (enum typing_method)((ui->typing.method + 1) % TYPING_METHODS);
	ui_say_words(ui, STYLE_TEXT, &words[ui->typing.method]);
}

static void go_back(struct ui *ui)
{
	if (ui->depth > 1)
		ui_pop(ui);
}

/* What every screen answers to when it does not itself. */
static void common_action(struct ui *ui, enum ui_action action)
{
	switch (action) {
	case UI_HELP:
		help_run(ui);
		break;
	case UI_MENU:
		palette_run(ui);
		break;
	case UI_TYPING:
		turn_typing(ui);
		break;
	case UI_REDRAW:
		if (ui->linear)
			linear_again(ui);
		term_redraw();
		break;
	case UI_BACK:
		go_back(ui);
		break;
	case UI_LOCK:
		ui_lock(ui);
		break;
	case UI_QUIT:
		ui->quit = true;
		break;
	case UI_FIND:
		ui_find(ui);
		break;
	default:
		break;
	}
}

void ui_act(struct ui *ui, enum ui_action action)
{
	struct screen *screen = top_screen(ui);

	ui->dirty = true;
	if (!screen || action == UI_NONE)
		return;
	if (screen->ops->on_action && screen->ops->on_action(ui, screen, action))
		return;
	common_action(ui, action);
}

static void take_key(struct ui *ui, const struct key *key)
{
	struct screen *screen = top_screen(ui);
	bool in_text;

	ui->last_key_ms = term_now_ms();
	if (ui->linear && linear_key(ui, key)) {
		ui->dirty = true;
		return;
	}
	ui->dirty = true;
	ui->message[0] = '\0';
	in_text = screen->ops->in_text && screen->ops->in_text(ui, screen);
	if (!screen->ops->on_key || !screen->ops->on_key(ui, screen, key))
		ui_act(ui, bindings_action(&ui->bindings, key, in_text));
	ui->dirty = true; /* also when a frame was shown on the way */
}

/* The sooner of two waits, -1 being never. */
static int sooner(int a, int b)
{
	if (a < 0 || (b >= 0 && b < a))
		return b;
	return a;
}

static int lock_wait_ms(const struct ui *ui)
{
	int64_t left;

	if (!ui->lock_after_ms || ui->locked)
		return -1;
	left = ui->last_key_ms + ui->lock_after_ms - term_now_ms();
	return left < 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left;
}

static void take_card(struct ui *ui)
{
	struct screen *screen = top_screen(ui);
	struct burst card = ui->gate.burst;

	gate_init(&ui->gate);
	ui->dirty = true;
	ui->message[0] = '\0';
	if (screen->ops->on_card)
		screen->ops->on_card(ui, screen, card.text, card.len);
	else if (screen->ops->popup)
		ui_say(ui, STYLE_WARN, UI_T(ui, "Đã quét một thẻ; xong khung này rồi quét lại.",
					    "A card was scanned; finish here, then scan it again."));
	else
		ui_card(ui, card.text, card.len);
	burst_init(&card);
}

/* The time a screen asked for has passed in silence. */
static void on_silence(struct ui *ui, bool for_screen)
{
	struct screen *screen = top_screen(ui);

	if (gate_wait_ms(&ui->gate, term_now_ms()) == 0) {
		if (gate_silence(&ui->gate) == GATE_CARD)
			take_card(ui);
	} else if (for_screen && screen->ops->on_silence) {
		ui->dirty = true;
		screen->ops->on_silence(ui, screen);
	} else if (lock_wait_ms(ui) == 0) {
		ui_lock(ui);
	}
}

/* What was typed while something long ran comes first. */
static enum term_event next_event(struct ui *ui, int wait, struct key *out)
{
	ui->given = gate_give(&ui->gate, out);
	if (ui->given)
		return TERM_KEY;
	if (ui->ahead_at < ui->ahead_count) {
		*out = ui->ahead[ui->ahead_at++];
		return TERM_KEY;
	}
	ui->ahead_at = ui->ahead_count = 0;
	return term_wait(wait, out);
}

bool ui_poll_cancel(struct ui *ui)
{
	int64_t pace = ui->linear ? UI_LINEAR_MS : UI_FRAME_MS;
	struct key key;

	if (term_now_ms() - ui->last_frame_ms >= pace)
		ui_show(ui);
	while (ui->ahead_count < UI_AHEAD) {
		switch (term_wait(0, &key)) {
		case TERM_KEY:
			ui->last_key_ms = term_now_ms();
			if (key.name == K_ESC)
				return true;
			ui->ahead[ui->ahead_count++] = key;
			break;
		case TERM_RESIZE:
			break;
		case TERM_QUIT:
			ui->quit = true;
			return true;
		case TERM_SILENCE:
			return false;
		}
	}
	return false;
}

/* True when the key is, or may be, of a card scanned where keys are commands. */
static bool held_at_gate(struct ui *ui, const struct key *key)
{
	struct screen *screen = top_screen(ui);
	bool text = screen->ops->in_text && screen->ops->in_text(ui, screen);
	enum gate_result result;

	if (ui->given || ui->linear || !ui->app || ui->locked)
		return false;
	if (!gate_taking(&ui->gate) && !ui->gate.count && (text || screen->ops->scans))
		return false;
	result = gate_key(&ui->gate, key, term_now_ms());
	if (result != GATE_PASS)
		ui->last_key_ms = term_now_ms();
	if (result == GATE_CARD)
		take_card(ui);
	return result != GATE_PASS;
}

static void take_event(struct ui *ui, enum term_event event, const struct key *key)
{
	switch (event) {
	case TERM_KEY:
		if (!held_at_gate(ui, key))
			take_key(ui, key);
		break;
	case TERM_RESIZE:
		ui->dirty = true;
		break;
	case TERM_QUIT:
		ui->quit = true;
		break;
	case TERM_SILENCE:
		break;
	}
}

/* How long to wait for a key; *for_screen: the screen on top asked for it. */
static int step_wait_ms(struct ui *ui, bool *for_screen)
{
	struct screen *screen = top_screen(ui);
	int screen_wait = screen->ops->wait_ms ? screen->ops->wait_ms(ui, screen) : -1;
	int wait = sooner(sooner(screen_wait, lock_wait_ms(ui)), gate_wait_ms(&ui->gate, term_now_ms()));

	*for_screen = screen_wait >= 0 && screen_wait <= wait;
	return wait;
}

/*
 * One event. A frame that is owed is shown as soon as nothing can be read, and under steady input at least
 * every UI_FRAME_MS; in linear mode a line that was typed ahead waits for what it answers.
 */
static void ui_step(struct ui *ui)
{
	bool owed = ui->dirty, for_screen = false;
	int wait = owed ? 0 : step_wait_ms(ui, &for_screen);
	enum term_event event;
	struct key key;

	if (owed && !ui->owed_ms)
		ui->owed_ms = term_now_ms();
	if (owed && !ui->linear && term_now_ms() - ui->owed_ms >= UI_FRAME_MS) {
		ui_show_waiting(ui);
		return;
	}
	event = next_event(ui, wait, &key);
	if (event != TERM_SILENCE)
		take_event(ui, event, &key);
	else if (owed)
		ui_show_waiting(ui);
	else
		on_silence(ui, for_screen);
}

bool ui_modal(struct ui *ui, const struct screen_ops *ops, void *state)
{
	size_t depth = ui->depth;

	ui_push(ui, ops, state);
	while (ui->depth > depth && !ui->quit)
		ui_step(ui);
	if (ui->quit && ui->depth > depth) {
		keep_drafts(ui);
		while (ui->depth > depth)
			ui_pop(ui);
	}
	return !ui->quit;
}

void ui_run(struct ui *ui)
{
	while (ui->depth && !ui->quit)
		ui_step(ui);
	keep_drafts(ui);
}
