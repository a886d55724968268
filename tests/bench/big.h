/*
 * big.h - a sealed ward of 200,000 invented dossiers, made once and kept in
 * build/FLAVOUR/bench: six and a half years of about 120 a working day, with
 * steps, pauses, extensions, fees, 400,000 scans and 20,000 assists. The same
 * seed gives the same ward.
 */
#ifndef MOTCUA_BENCH_BIG_H
#define MOTCUA_BENCH_BIG_H

#include "core/app.h"

enum { BIG_DOSSIERS = 200000 };

/* The file, opened; makes it when it is not there (about a minute, said on stderr). Dies when it cannot. */
void big_open(struct app *app);
/* First and last day of reception. */
dayno big_first(void);
dayno big_last(void);

#endif
