/*
 * Bytes of a terminal, whatever they are: into keys, into a field, a form and a scan. What stands in a field is
 * always clean text with the cursor at a letter, and nothing waits for ever.
 */
#include "tui/burst.h"
#include "tui/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct form_row rows[] = {
	{ "a", W_NAME, T("A", "A"), T("", ""), 20, 12 },
	{ "b", W_PICK, T("B", "B"), T("", ""), 0, 0 },
	{ "c", W_CHOICE, T("C", "C"), T("", ""), 8, 0 },
	{ "d", W_SECRET, T("D", "D"), T("", ""), 8, 0 },
};

static size_t count(void *ctx, size_t row)
{
	(void)ctx;
	return row == 1 ? 3 : 2;
}

static void item(void *ctx, size_t row, size_t at, char *out, size_t size)
{
	(void)ctx;
	snprintf(out, size, "%s %zu", row == 1 ? "đăng ký" : "nam", at);
}

static const struct form_hooks hooks = { .count = count, .item = item };

static void check(bool good)
{
	if (!good)
		abort();
}

static void check_field(const struct edit *edit, unsigned letters)
{
	struct buf clean = BUF(EDIT_BYTES * 4);

	check(edit->len == strlen(edit->text) && edit->at <= edit->len && edit->word <= edit->at);
	check(utf8_clean(edit->text, edit->len, &clean, NULL) == RC_OK && !strcmp(buf_str(&clean), edit->text));
	check(edit->at == edit->len || (edit->text[edit->at] & 0xc0) != 0x80);
	check(!letters || utf8_letters(edit->text) <= letters);
	buf_done(&clean);
}

static void take(struct form *form, struct burst *burst, const struct bindings *bindings, const struct key *key)
{
	struct typing typing = { .method = (enum typing_method)(form->error_at % TYPING_METHODS) };

	if (burst_key(burst, key, 1) >= BURST_BEGIN)
		return;
	if (form_key(form, &typing, key) == FORM_IGNORED) {
		enum ui_action action = bindings_action(bindings, key, form_in_text(form));

		if (action == UI_TYPING)
			form->error_at++;
		else
			form_action(form, &typing, action);
	}
	for (size_t i = 0; i < form->count; i++)
		check_field(&form->edits[i], rows[i].letters);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bindings bindings;
	struct canvas canvas;
	struct area area = { 0, 0, 6, 40 };
	struct burst burst;
	struct form form;
	struct keys keys;
	struct key key;
	int64_t now = 1000;

	bindings_init(&bindings);
	burst_init(&burst);
	keys_init(&keys);
	form_init(&form, rows, ARRAY_LEN(rows), &hooks, NULL, LANG_VI);
	for (size_t i = 0; i < size; i++) {
		now += data[i] % 7 == 0 ? 200 : 0;
		check(keys_feed(&keys, data[i], now));
		while (keys_take(&keys, now, &key))
			take(&form, &burst, &bindings, &key);
	}
	for (int wait; (wait = keys_wait_ms(&keys, now)) >= 0; now += wait ? wait : 1)
		while (keys_take(&keys, now, &key))
			take(&form, &burst, &bindings, &key);
	check(!keys.len && !keys.pasting);
	canvas_init(&canvas);
	canvas_size(&canvas, 6, 40);
	form_draw(&form, &canvas, area, true);
	canvas_done(&canvas);
	form_done(&form);
	return 0;
}
