/*
 * vfs_api.h - the SQLite functions the VFS calls, whoever brought them.
 *
 * The same objects serve a program linked to SQLite and a loadable extension.
 * Both call through SQLite's own table for extensions: the shell hands it in,
 * a program that is linked to SQLite gets one made from its symbols.
 */
#ifndef MOTCUA_VFS_API_H
#define MOTCUA_VFS_API_H

#include <stdbool.h>
#include <sqlite3ext.h>

extern const sqlite3_api_routines *sqlite3_api;

/* Use the table, or with NULL the symbols this object is linked to; false when they are not there. */
bool vfs_api_use(const sqlite3_api_routines *api);

#endif
