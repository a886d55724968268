/*
 * fault.h - a small sealed store to break, and the tools to break it with.
 *
 * A store here has one table t(a INTEGER PRIMARY KEY, b TEXT) and no schema
 * of the product, so that every one of its bytes can be tried. Files lie in a
 * folder of their own, in memory where the system offers that. Asserts are
 * cmocka's.
 */
#ifndef MOTCUA_TESTS_FAULT_H
#define MOTCUA_TESTS_FAULT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/types.h>

#include "db/base/buf.h"
#include "db/handle.h"
#include "db/stmt.h"
#include "db/vfs.h"
#include "db/vfs_seal.h"

/* What must never be seen in a file. */
#define FAULT_MARKER "Nguyễn Thị Bí Mật 079123456789"

enum { FAULT_FILE_MAX = 64 << 20 };

int fault_setup(void **state);    /* make the folder */
int fault_teardown(void **state); /* and all in it go */

/* A path in the folder; the last 4 answers stay valid. */
const char *fault_path(const char *name);
/* The key of every store here, and another one. */
struct key_ring *fault_ring(bool other);

/* Make the store with `rows` rows, closed cleanly. */
void fault_make(const char *name, int rows);
/* Open it; NULL and *err on failure. */
struct db *fault_open(const char *name, struct err *err);
/* The same for reading only: nothing in any file changes. NULL when it does not open; then *rc is why. */
struct sqlite3 *fault_open_reader(const char *name, struct vfs_store **store, enum rc *rc);
/* Rows and a sum over their content as a reader sees them; RC_OK or why not. */
enum rc fault_read(const char *name, int *rows);
/* Insert row `a`. */
enum rc fault_insert(struct db *db, int a, struct err *err);
/* Rows 1..n, each with its right content, nothing else; integrity_check says ok. */
void fault_assert_rows(struct db *db, int n);
int64_t fault_int(struct db *db, const char *sql);

/* Run `body` in a child that ends without a goodbye, as after kill -9. */
void fault_crash(void (*body)(void *arg), void *arg);

struct buf fault_slurp(const char *name);
void fault_spit(const char *name, const void *data, size_t len);
/* One byte of a file changed; again to have it back. */
void fault_flip(const char *name, size_t at);
bool fault_exists(const char *name);
bool fault_holds(const struct buf *data, const char *text);
/* The marker, or a word of SQLite's own, is in the file. */
bool fault_leaks(const char *name);

#endif
