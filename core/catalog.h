/*
 * catalog.h - procedures, components, steps, fields, holidays, categories: versioned data.
 */
#ifndef MOTCUA_CATALOG_H
#define MOTCUA_CATALOG_H

#include "core/app.h"

/* Which catalogue this program ships: a hash of its files. */
const char *catalog_shipped_version(void);
/* Write the rows of the shipped catalogue `version`; RC_INPUT when this program does not carry it. */
enum rc catalog_load_shipped(struct app *app, const char *version, struct err *err) MUST_CHECK;
/* Drop what was loaded into memory; it is loaded again when asked for. */
void catalog_forget(struct app *app);

#endif
