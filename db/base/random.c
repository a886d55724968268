#include "db/base/random.h"

#include <sodium/randombytes.h>

void random_bytes(void *out, size_t len)
{
	randombytes_buf(out, len);
}
