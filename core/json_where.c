#include "core/json_where.h"

struct span json_where(const char *text, size_t len, size_t at)
{
	struct span name = { (const uint8_t *)text, 0 };
	size_t depth = 0, from = 0;
	bool in_string = false, is_name = false;

	for (size_t i = 0; i < len && i < at; i++) {
		char c = text[i];

		if (in_string && c == '\\') {
			i++;
		} else if (in_string && c == '"') {
			in_string = false;
			if (is_name)
				name = (struct span){ (const uint8_t *)text + from, i - from };
			is_name = false;
		} else if (in_string) {
			continue;
		} else if (c == '"') {
			in_string = true;
			from = i + 1;
		} else if (c == '{' || c == '[') {
			is_name = ++depth == 1;
		} else if (c == '}' || c == ']') {
			depth -= depth > 0;
		} else if (c == ',' && depth == 1) {
			is_name = true;
		}
	}
	return name;
}
