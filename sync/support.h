/*
 * support.h - what somebody who helps from afar needs to know of a store, and nothing of any person.
 *
 * One JSON object: versions, the schema, how many records of each kind, which
 * settings are set (values only of those that are choices or numbers), the
 * state of sending, the result of verify, the journal's heads. No name, no
 * number of a person, no address, no key. Units are in the names.
 */
#ifndef MOTCUA_SYNC_SUPPORT_H
#define MOTCUA_SYNC_SUPPORT_H

#include "core/app.h"

/* Append the object and a line end. Needs MAY_SUPPORT. A store that does not verify is reported, not an error. */
enum rc support_bundle(struct app *app, const char *program_version, struct buf *out, struct err *err) MUST_CHECK;

#endif
