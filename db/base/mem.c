#include "db/base/mem.h"

#include <stdlib.h>

#include "db/base/err.h"

enum { FIRST = 16 };

void *mem_zeroed(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size);

	if (!memory)
		die("out of memory");
	return memory;
}

void *mem_room(void *list, size_t count, size_t *cap, size_t size)
{
	if (count < *cap)
		return list;
	*cap = *cap ? 2 * *cap : FIRST;
	list = realloc(list, *cap * size);
	if (!list)
		die("out of memory");
	return list;
}
