/*
 * json_where.h - the field of a JSON line that a byte of it belongs to.
 *
 * For lines that are no JSON: only strings, brackets and commas are looked at. Pure; any bytes.
 */
#ifndef MOTCUA_JSON_WHERE_H
#define MOTCUA_JSON_WHERE_H

#include "db/base/wire.h"

/* The name of the outermost object whose value has byte `at`, as it is written, escapes and all; empty: none. */
struct span json_where(const char *text, size_t len, size_t at);

#endif
