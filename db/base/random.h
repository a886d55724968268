/*
 * random.h - unguessable bytes for identities; keys are made where they are used.
 */
#ifndef MOTCUA_RANDOM_H
#define MOTCUA_RANDOM_H

#include "db/base/base.h"

void random_bytes(void *out, size_t len);

#endif
