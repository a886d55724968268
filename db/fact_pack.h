/*
 * fact_pack.h - a struct fact as the one cell a report reads: reading twenty columns of 200,000 rows
 * costs more than all a report does with them. For db/fact.c only.
 *
 * Bytes, in wire.h varints: flags; state; level; channel; rating; field; procedure; clerk; a byte of
 * which times are there (bit 0 received, due, first due, finished, returned), each as its distance
 * from the one before; pauses and extensions, each with its length. Not in it: rec, scans.
 */
#ifndef MOTCUA_FACT_PACK_H
#define MOTCUA_FACT_PACK_H

#include "db/fact.h"

void fact_pack(const struct fact *fact, struct buf *out);
/* False for bytes fact_pack did not write. Spans of `out` point into `body`. */
bool fact_unpack(struct span body, struct fact *out);

#endif
