/*
 * pause.h - time for motcua-link: how long until the next try, and a steady clock for silences only.
 */
#ifndef MOTCUA_LINK_PAUSE_H
#define MOTCUA_LINK_PAUSE_H

#include "db/base/base.h"

/* Milliseconds of a clock that never jumps. */
int64_t pause_now_ms(void);
/* Sleep before the nth try, from 1: 1 s, 2 s, 4 s, each stretched by up to half, so that two PCs cut off together do
 * not come back together. */
void pause_before(unsigned attempt);

#endif
