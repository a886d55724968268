/*
 * case.h - which row of a table a test is at.
 *
 * Call case_name first in the loop over a table. The name goes to stderr; tests/run.sh shows
 * it only when an assert below it fails.
 */
#ifndef MOTCUA_TESTS_CASE_H
#define MOTCUA_TESTS_CASE_H

#include <stdio.h>

static inline void case_name(const char *what)
{
	fprintf(stderr, "[   CASE   ] %s\n", what);
}

#endif
