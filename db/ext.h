/*
 * ext.h - build/motcua_vfs.so: the sealing VFS for programs that are not motcua.
 *
 * Loaded into the sqlite3 shell it registers the VFS "motcua", which opens
 * stores: MOTCUA_USER (may be left out when the store has one user) and
 * MOTCUA_PASSPHRASE_FILE (its first line), or MOTCUA_VFS_KEY_FILE (64 hex
 * digits) for a store opened by key. Read-only unless MOTCUA_VFS_WRITE=1. A
 * plain file is neither made nor attached. Reasons go to stderr.
 *
 * Linked into a program whose SQLite is built with
 * -DSQLITE_EXTRA_INIT=motcua_vfs_extra_init it seals every database under the
 * key in MOTCUA_VFS_KEY_FILE, with no header and at stock offsets.
 */
#ifndef MOTCUA_EXT_H
#define MOTCUA_EXT_H

struct sqlite3;
struct sqlite3_api_routines;

int sqlite3_motcuavfs_init(struct sqlite3 *sql, char **message, const struct sqlite3_api_routines *api);
int motcua_vfs_extra_init(const char *unused);

#endif
