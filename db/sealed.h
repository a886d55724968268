/*
 * sealed.h - has an event left this device's hands: does a sealed batch hold it?
 */
#ifndef MOTCUA_SEALED_H
#define MOTCUA_SEALED_H

#include "db/event.h"
#include "db/stmt.h"

enum rc sealed_holds(struct db *db, const struct id *event, bool *holds, struct err *err) MUST_CHECK;

#endif
