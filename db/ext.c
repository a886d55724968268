#include "db/ext.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/file.h"
#include "db/vfs.h"
#include "db/vfs_file.h"

enum { SECRET_FILE_MAX = 4096 };

static void say(const struct err *why)
{
	fprintf(stderr, "motcua_vfs: %s (%s)\n", why->en, why->vi);
}

/* The first line of a file that an environment variable names. */
static enum rc first_line(const char *variable, struct buf *out, struct err *err)
{
	const char *path = getenv(variable);
	enum rc rc;
	size_t len;

	if (!path || !*path)
		return err_set(err, RC_REFUSED, "chưa đặt biến %s", "%s is not set", variable);
	rc = file_read(path, out, err);
	if (rc)
		return err_in(err, "%s", "%s", variable);
	len = strcspn(buf_str(out), "\r\n");
	if (out->data) {
		out->len = len;
		out->data[len] = '\0';
	}
	return RC_OK;
}

static enum rc key_from_file(uint8_t key[KEY_SIZE], struct err *err)
{
	struct buf hex = BUF(SECRET_FILE_MAX);
	size_t len = 0;
	enum rc rc = first_line("MOTCUA_VFS_KEY_FILE", &hex, err);

	if (!rc &&
	    (sodium_hex2bin(key, KEY_SIZE, buf_str(&hex), hex.len, " ", &len, NULL) || len != KEY_SIZE))
		rc = err_set(err, RC_INPUT, "tệp khóa phải có đúng 64 chữ số hex",
			     "a key file has 64 hex digits");
	buf_wipe_done(&hex);
	return rc;
}

static enum rc key_from_passphrase(const char *path, struct header_found *found, uint8_t key[KEY_SIZE],
				   struct err *err)
{
	const char *user = getenv("MOTCUA_USER");
	struct buf passphrase = BUF(SECRET_FILE_MAX);
	char name[KEY_NAME_MAX + 1];
	enum rc rc = first_line("MOTCUA_PASSPHRASE_FILE", &passphrase, err);

	if (!rc)
		rc = header_sign_in(path, found, user ? user : "", buf_str(&passphrase), key, name, err);
	buf_wipe_done(&passphrase);
	return rc;
}

static struct vfs_store *store_make(const char *path)
{
	const char *write = getenv("MOTCUA_VFS_WRITE");
	struct header_found found = { .count = 0 };
	struct vfs_store *store = NULL;
	struct err why = { 0 };
	uint8_t key[KEY_SIZE];
	enum rc rc;

	if (vfs_store_open_at(path))
		rc = err_set(&why, RC_REFUSED, "kho này đang mở rồi", "this store is open already");
	else
		rc = header_read(path, &found, &why);
	if (!rc)
		rc = getenv("MOTCUA_VFS_KEY_FILE") ? key_from_file(key, &why)
						   : key_from_passphrase(path, &found, key, &why);
	if (!rc)
		store = vfs_store_new(path, key_ring_new(key), !write || strcmp(write, "1") != 0, &why);
	sodium_memzero(key, sizeof(key));
	if (!store)
		say(&why);
	return store;
}

static bool seal_everything;

/* Runs for every connection this process opens. */
static int settings(struct sqlite3 *sql, const char **message, const struct sqlite3_api_routines *api)
{
	struct vfs_file *self = NULL;

	(void)message;
	(void)api;
	if (seal_everything || sqlite3_file_control(sql, "main", VFS_OP_SELF, &self) == SQLITE_OK)
		vfs_prepare_connection(sql);
	return SQLITE_OK;
}

static bool add_settings(void)
{
	/* SQLite declares every such function as one without arguments. */
	return sqlite3_auto_extension((void (*)(void))settings) == SQLITE_OK;
}

int sqlite3_motcuavfs_init(struct sqlite3 *sql, char **message, const struct sqlite3_api_routines *api)
{
	static const struct vfs_provider provider = { store_make, say };

	(void)sql;
	if (!vfs_api_use(api) || !vfs_register() || !add_settings()) {
		*message = sqlite3_mprintf("motcua_vfs: this SQLite cannot be used");
		return SQLITE_ERROR;
	}
	vfs_set_provider(&provider);
	return SQLITE_OK_LOAD_PERMANENTLY;
}

/* NULL, with the reason said, when there is none. */
static struct key_ring *ring_from_file(void)
{
	struct key_ring *ring = NULL;
	struct err why = { 0 };
	uint8_t key[KEY_SIZE];

	if (key_from_file(key, &why))
		say(&why);
	else
		ring = key_ring_new(key);
	sodium_memzero(key, sizeof(key));
	return ring;
}

int motcua_vfs_extra_init(const char *unused)
{
	static struct key_ring *ring;

	(void)unused;
	if (!vfs_api_use(NULL))
		return SQLITE_ERROR;
	if (!ring)
		ring = ring_from_file();
	/* SQLite goes on after a failure here: without a key its files are refused, never left in clear. */
	seal_everything = true;
	return vfs_wrap_all(ring) && add_settings() && ring ? SQLITE_OK : SQLITE_ERROR;
}
