/*
 * mem.h - memory for lists. There is no want of it to handle: without any, the
 * program ends (die).
 *
 * Pure. Sizes in bytes, counts in elements; the caller frees.
 */
#ifndef MOTCUA_MEM_H
#define MOTCUA_MEM_H

#include <stddef.h>

/* `count` elements, all zero; never NULL, not for none either. */
void *mem_zeroed(size_t count, size_t size);
/* `list` (NULL: none yet) of `count` elements with room for one more, perhaps elsewhere now. *cap is how many fit. */
void *mem_room(void *list, size_t count, size_t *cap, size_t size);

#endif
