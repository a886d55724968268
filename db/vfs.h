/*
 * vfs.h - SQLite's way to a sealed file: registration and the open databases.
 *
 * "motcua" opens stores (db/vfs_store.h): header in front, one process, shared
 * memory of the process, WAL. vfs_wrap_all seals whatever SQLite opens under
 * one key instead, with stock offsets and locks: SQLite's own tests run on it.
 * Temporary files are refused in both.
 */
#ifndef MOTCUA_VFS_H
#define MOTCUA_VFS_H

#include "db/vfs_store.h"

#define VFS_NAME "motcua"

struct sqlite3;
struct vfs_node;

/* Asked when SQLite opens a store nobody made ready. */
struct vfs_provider {
	struct vfs_store *(*make)(const char *path); /* the store to open, or NULL; the VFS frees it at close */
	void (*failed)(const struct err *why);       /* it did not open */
};

/* Register "motcua" over SQLite's default VFS, not as the default. Any number of times. */
bool vfs_register(void);
/* `provider` stays the caller's, for the life of the process. */
void vfs_set_provider(const struct vfs_provider *provider);
/*
 * Put a sealing VFS under every name there is (memdb aside), before the one it
 * wraps. `ring` stays the caller's; with NULL every file is refused.
 */
bool vfs_wrap_all(const struct key_ring *ring);
/* New databases of this connection reserve room for seals, temporary tables stay in memory. */
void vfs_prepare_connection(struct sqlite3 *sql);

/* The databases open in this process; for db/vfs*.c. */
void vfs_nodes_lock(void);
void vfs_nodes_unlock(void);
struct vfs_node *vfs_node_open(const char *path, const struct key_ring *ring, struct vfs_store *store);
/* The node of an open database whose side file this is (`suffix` long); NULL when it is not open. */
struct vfs_node *vfs_node_of_side(const char *path, const char *suffix);
void vfs_node_close(struct vfs_node *node);

#endif
