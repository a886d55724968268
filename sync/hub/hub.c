#include "sync/hub/hub.h"

#include "core/commit.h"
#include "core/rules/code.h"
#include "db/base/file.h"
#include "db/base/hash.h"
#include "db/rec_fields.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
	sodium_memzero(hub, sizeof(*hub));
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

static enum rc ward_open(struct hub *hub, const char *unit, const char *name, struct ward *ward,
			 struct err *err)
{
	struct app_make make = { .unit = unit, .unit_name = name };
	char path[HUB_PATH];
	enum rc rc;

	if (snprintf(path, sizeof(path), "%s/%s.motcua", hub->dir, unit) >= (int)sizeof(path))
		return err_set(err, RC_INPUT, "Đường dẫn quá dài.", "The path is too long.");
	ward->app.lang = hub->lang;
	rc = app_open_key(&ward->app, path, hub->key, name ? &make : NULL, err);
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

enum rc hub_open_all(struct hub *hub, struct err *err)
{
	static const char ending[] = ".motcua";
	DIR *folder = opendir(hub->dir);
	struct dirent *entry;
	enum rc rc = RC_OK;

	if (!folder)
		return err_set(err, RC_IO, "Không mở được thư mục dữ liệu.",
			       "The data folder cannot be opened.");
	while (!rc && (entry = readdir(folder))) {
		size_t len = strlen(entry->d_name), tail = sizeof(ending) - 1;
		char unit[64];
		struct ward *ward;

		if (len <= tail || len - tail >= sizeof(unit) ||
		    strcmp(entry->d_name + len - tail, ending) != 0)
			continue;
		memcpy(unit, entry->d_name, len - tail);
		unit[len - tail] = '\0';
		if (code_unit_valid(unit))
			rc = hub_ward(hub, unit, NULL, &ward, err);
	}
	closedir(folder);
	return rc;
}
