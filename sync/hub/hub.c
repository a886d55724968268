#include "sync/hub/hub.h"

#include "core/commit.h"
#include "core/rules/code.h"
#include "db/base/file.h"
#include "db/base/hash.h"
#include "db/rec_fields.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char SIGN_CONTEXT[] = "motcua hub signing key 1";

enum rc hub_make(const char *dir, const char *key_file, struct err *err)
{
	uint8_t key[32];
	char text[2 * sizeof(key) + 2];
	struct stat there;
	enum rc rc;

	if (!stat(key_file, &there))
		return err_set(err, RC_REFUSED, "Tệp khóa đã có: không ghi đè.",
			       "The key file exists: it is not overwritten.");
	if (mkdir(dir, 0700) && (stat(dir, &there) || !S_ISDIR(there.st_mode)))
		return err_set(err, RC_IO, "Không tạo được thư mục dữ liệu.",
			       "The data folder cannot be made.");
	randombytes_buf(key, sizeof(key));
	hex_of(key, sizeof(key), text);
	text[2 * sizeof(key)] = '\n';
	rc = file_write_atomic(key_file, text, 2 * sizeof(key) + 1, err);
	sodium_memzero(key, sizeof(key));
	sodium_memzero(text, sizeof(text));
	return rc;
}

static enum rc read_key(const char *key_file, uint8_t key[32], struct err *err)
{
	struct buf text = BUF(128);
	enum rc rc = file_read(key_file, &text, err);

	while (text.len && (text.data[text.len - 1] == '\n' || text.data[text.len - 1] == '\r'))
		text.data[--text.len] = '\0';
	if (rc == RC_NONE)
		rc = err_set(err, RC_REFUSED, "Không có tệp khóa của trung tâm.",
			     "The hub's key file is missing.");
	else if (!rc && !hex_parse(buf_str(&text), key, 32))
		rc = err_set(err, RC_REFUSED, "Tệp khóa phải là 64 chữ số hex.",
			     "The key file must be 64 hex digits.");
	buf_wipe_done(&text);
	return rc;
}

enum rc hub_open(struct hub *hub, const char *dir, const char *key_file, struct err *err)
{
	uint8_t seed[crypto_sign_SEEDBYTES];
	enum lang lang = hub->lang;
	struct stat there;
	enum rc rc;

	memset(hub, 0, sizeof(*hub));
	hub->lang = lang;
	if (stat(dir, &there) || !S_ISDIR(there.st_mode) || strlen(dir) + 64 >= sizeof(hub->dir))
		return err_set(err, RC_NONE, "Không có thư mục dữ liệu của trung tâm.",
			       "The hub's data folder is missing.");
	snprintf(hub->dir, sizeof(hub->dir), "%s", dir);
	rc = read_key(key_file, hub->key, err);
	if (rc)
		return rc;
	(void)crypto_generichash(seed, sizeof(seed), (const uint8_t *)SIGN_CONTEXT, sizeof(SIGN_CONTEXT),
				 hub->key, sizeof(hub->key));
	crypto_sign_seed_keypair(hub->sign_pk, hub->sign_sk, seed);
	sodium_memzero(seed, sizeof(seed));
	return RC_OK;
}

void hub_close(struct hub *hub)
{
	for (size_t i = 0; i < hub->wards_count; i++) {
		app_close(&hub->wards[i]->app);
		identity_done(&hub->wards[i]->identity);
		free(hub->wards[i]);
	}
	if (hub->locked)
		close(hub->lock);
	sodium_memzero(hub, sizeof(*hub));
}

enum rc hub_lock(struct hub *hub, struct err *err)
{
	int fd = open(hub->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return file_error(errno, err);
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		close(fd);
		return err_set(err, RC_REFUSED, "Thư mục dữ liệu đang được một tiến trình khác dùng.",
			       "The data folder is in use by another process.");
	}
	hub->lock = fd;
	hub->locked = true;
	return RC_OK;
}

/* The hub as a device of this ward: its own certificate, all audience keys. */
static enum rc load_identity(const struct hub *hub, struct ward *ward, struct err *err)
{
	struct identity *id = &ward->identity;
	enum rc rc = identity_load(&ward->app, id, err);

	if (rc)
		return rc;
	memcpy(id->sign_pk, hub->sign_pk, SIGN_PK);
	memcpy(id->sign_sk, hub->sign_sk, SIGN_SK);
	memcpy(id->hub_pk, hub->sign_pk, SIGN_PK);
	if (id->enrolled)
		return RC_OK;
	id->enrolled = true;
	memcpy(id->certificate.device, ward->app.device, DEVICE_ID);
	memcpy(id->certificate.sign_pk, hub->sign_pk, SIGN_PK);
	snprintf(id->certificate.unit, sizeof(id->certificate.unit), "%s", ward->app.unit);
	id->certificate.role = DEVICE_HUB;
	id->certificate.issued_at = app_now(&ward->app);
	certificate_sign(&id->certificate, hub->sign_sk);
	for (unsigned audience = AUDIENCE_COUNTER; audience <= AUDIENCE_TEAM; audience++) {
		struct audience_key *key = &id->audiences[id->audiences_count++];

		key->audience = (enum audience)audience;
		key->generation = 1;
		randombytes_buf(key->key, sizeof(key->key));
	}
	return identity_save(&ward->app, id, err);
}

static struct ward *ward_opened(struct hub *hub, const char *unit)
{
	for (size_t i = 0; i < hub->wards_count; i++)
		if (!strcmp(hub->wards[i]->app.unit, unit))
			return hub->wards[i];
	return NULL;
}

/* Under a name that no one opens, then renamed: a hub killed meanwhile makes it again. */
static enum rc ward_make(struct hub *hub, const char *path, const struct app_make *make, struct err *err)
{
	struct app app = { .lang = hub->lang };
	char making[HUB_PATH], wal[HUB_PATH];
	enum rc rc;

	if (snprintf(making, sizeof(making), "%s.new", path) >= (int)sizeof(making) ||
	    snprintf(wal, sizeof(wal), "%s-wal", making) >= (int)sizeof(wal))
		return err_set(err, RC_INPUT, "Đường dẫn quá dài.", "The path is too long.");
	(void)unlink(making);
	(void)unlink(wal);
	rc = app_open_key(&app, making, hub->key, make, err);
	app_close(&app);
	return rc ? rc : file_rename(making, path, err);
}

static enum rc ward_open(struct hub *hub, const char *unit, const char *name, struct ward *ward,
			 struct err *err)
{
	struct app_make make = { .unit = unit, .unit_name = name };
	char path[HUB_PATH];
	enum rc rc;

	if (snprintf(path, sizeof(path), "%s/%s.motcua", hub->dir, unit) >= (int)sizeof(path))
		return err_set(err, RC_INPUT, "Đường dẫn quá dài.", "The path is too long.");
	rc = name && access(path, F_OK) ? ward_make(hub, path, &make, err) : RC_OK;
	ward->app.lang = hub->lang;
	if (!rc)
		rc = app_open_key(&ward->app, path, hub->key, NULL, err);
	if (!rc)
		rc = load_identity(hub, ward, err);
	return rc;
}

enum rc hub_ward(struct hub *hub, const char *unit, const char *name, struct ward **out, struct err *err)
{
	struct ward *ward = ward_opened(hub, unit);
	enum rc rc;

	if (ward) {
		*out = ward;
		return RC_OK;
	}
	if (!code_unit_valid(unit))
		return err_field(err, "unit", "Mã đơn vị không hợp lệ.", "Not a unit code.");
	if (hub->wards_count == HUB_WARDS_MAX)
		return err_set(err, RC_FULL, "Quá nhiều đơn vị.", "Too many wards.");
	ward = calloc(1, sizeof(*ward));
	if (!ward)
		die("out of memory");
	rc = ward_open(hub, unit, name, ward, err);
	if (rc) {
		app_close(&ward->app);
		free(ward);
		return rc;
	}
	hub->wards[hub->wards_count++] = ward;
	*out = ward;
	return RC_OK;
}

/* The unit of UNIT.motcua; false for any other name. */
static bool unit_of(const char *name, char out[UNIT_TEXT])
{
	static const char ending[] = ".motcua";
	size_t len = strlen(name), tail = sizeof(ending) - 1;

	if (len <= tail || len - tail >= UNIT_TEXT || strcmp(name + len - tail, ending) != 0)
		return false;
	memcpy(out, name, len - tail);
	out[len - tail] = '\0';
	return code_unit_valid(out);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

enum rc hub_units(const char *dir, struct hub_units *out, struct err *err)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;

	out->count = 0;
	if (!folder)
		return err_set(err, RC_IO, "Không mở được thư mục dữ liệu.",
			       "The data folder cannot be opened.");
	while (out->count < HUB_WARDS_MAX && (entry = readdir(folder)))
		out->count += unit_of(entry->d_name, out->unit[out->count]);
	closedir(folder);
	qsort(out->unit, out->count, sizeof(out->unit[0]), by_name);
	return RC_OK;
}

enum rc hub_open_all(struct hub *hub, struct err *err)
{
	struct hub_units units;
	struct ward *ward;
	enum rc rc = hub_units(hub->dir, &units, err);

	for (size_t i = 0; !rc && i < units.count; i++)
		rc = hub_ward(hub, units.unit[i], NULL, &ward, err);
	return rc;
}
