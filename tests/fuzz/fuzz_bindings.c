/* A file of keys from outside: refused with its line, or every action still has keys that can be written down
 * and read. */
#include "tui/action.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
	if (!good)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bindings bindings;
	struct err err = { .rc = RC_OK };

	bindings_init(&bindings);
	if (bindings_read(&bindings, (const char *)data, size, &err))
		check(err.rc == RC_INPUT && err.vi[0] && err.en[0]);
	for (int i = UI_NONE + 1; i < UI_COUNT; i++) {
		for (size_t k = 0; k < ACTION_KEYS && bindings.keys[i][k].name; k++) {
			char text[ACTION_KEY_TEXT];
			struct key again;

			key_text(&bindings.keys[i][k], text);
			check(*text && key_parse(text, strlen(text), &again));
			check(again.name == bindings.keys[i][k].name && again.ch == bindings.keys[i][k].ch);
		}
	}
	return 0;
}
