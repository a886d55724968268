/* font.c - where the fonts are. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tui/media/run.h"

bool font_path(const char *name, char *out, size_t size)
{
	const char *const places[] = {
		getenv("MOTCUA_FONTS"),
		"/usr/share/fonts/truetype/dejavu",
		"/usr/local/share/fonts/dejavu",
		"/usr/share/fonts/dejavu",
		"/usr/share/fonts/dejavu-sans-fonts",
		"/usr/share/fonts/TTF",
		"/usr/share/fonts/truetype",
	};

	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (places[i] && *places[i] &&
		    snprintf(out, size, "%s/%s", places[i], name) < (int)size && !access(out, R_OK))
			return true;
	return false;
}
