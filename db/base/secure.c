#include "db/base/secure.h"

#include <sys/prctl.h>
#include <sys/resource.h>

void secure_process(void)
{
	const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
	(void)prctl(PR_SET_DUMPABLE, 0);
}
