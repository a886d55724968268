/* main.c - motcua: keep secrets out of dumps, then the command line; without a command, the screen. */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "tui/cli/cli.h"

int main(int argc, char **argv)
{
	static const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
	(void)prctl(PR_SET_DUMPABLE, 0);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)umask(077);
	return cli_main(argc, argv);
}
