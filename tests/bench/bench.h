/*
 * bench.h - what the benches share: a clock, the middle of many, a JSON line, a folder, two stores to
 * compare.
 *
 * Not quick is the size the budgets are about; BENCH_QUICK=1 asks for a taste of it. Nothing here fails
 * softly: what goes wrong is said on stderr and the bench ends with exit code 1.
 */
#ifndef MOTCUA_BENCH_H
#define MOTCUA_BENCH_H

#include "core/app.h"

double bench_now_ms(void);
/* What this process has worked: the same on a busy machine, where bench_now_ms also counts waiting for
 * others. */
double bench_cpu_ms(void);
bool bench_quick(void);
/* `whole`, or its tenth when quick; at least 1. */
int bench_size(int whole);
void bench_must(enum rc rc, const struct err *err);
/* Sorts `values`. `part` of 0.5 is the median, 0.99 what 99 of 100 do not pass. */
double bench_part(double *values, size_t count, double part);
/* A line for run.sh; unit "" when the budget's table has the row. */
void bench_print(const char *name, double value, const char *unit);
/* A fresh folder under build/FLAVOUR/bench, on the disk the budgets are about; bench_end removes it. */
const char *bench_folder(void);
void bench_end(void);
/* A number below `below`; every run has the same. */
uint32_t bench_roll(uint32_t below);

/* A ward of its own in `path`: sealed, or the same settings and statements over plain pages. */
void bench_ward(struct app *app, const char *path, bool sealed);
void bench_ward_close(struct app *app);
/* One dossier as an exchange line: `n` counts from 0, 120 a day. Its code goes to `code` (NULL: not wanted).
 */
void bench_dossier_line(int n, struct buf *out, char code[40]);

#endif
