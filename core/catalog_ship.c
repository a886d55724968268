/*
 * catalog_ship.c - the catalogue the program carries, as rows.
 *
 * The files are compiled in (db/embed.h). Their rows have no events: they come
 * with the event that names their version, here as in a rebuild. A row that a
 * supervisor's event has changed stays as it is.
 */
#include "core/catalog.h"

#include <string.h>

#include "core/csv.h"
#include "db/base/hash.h"
#include "db/embed.h"

static const struct {
	const char *file;
	enum rec_kind kind;
} files[] = {
	{ "procedures.csv", REC_PROCEDURE }, { "documents.csv", REC_DOCUMENT },
	{ "steps.csv", REC_STEP },	     { "fields.csv", REC_FIELD },
	{ "holidays.csv", REC_HOLIDAY },     { "categories.csv", REC_CATEGORY },
};

static const char *text_of(const char *file)
{
	for (size_t i = 0; i < catalog_files_count; i++)
		if (!strcmp(catalog_files[i].name, file))
			return catalog_files[i].text;
	die("a file of the catalogue is missing");
}

const char *catalog_shipped_version(void)
{
	static char version[2 * HASH_SHORT + 1]; /* always the same text */
	struct hash_state state;
	uint8_t digest[HASH_SHORT];

	if (version[0])
		return version;
	hash_start(&state, sizeof(digest));
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		const char *text = text_of(files[i].file);

		hash_more(&state, files[i].file, strlen(files[i].file) + 1);
		hash_more(&state, text, strlen(text) + 1);
	}
	hash_end(&state, digest);
	hex_of(digest, sizeof(digest), version);
	return version;
}

struct ship {
	struct app *app;
	struct row row;
	struct buf key;
};

static enum rc ship_row(void *ctx, size_t line, const struct rec *rec, struct err *err)
{
	struct ship *ship = ctx;
	enum rc rc;

	(void)line;
	rec_clear(&ship->row.body, rec->kind);
	rec_apply(&ship->row.body, rec);
	buf_clear(&ship->key);
	rc = rec_key(&ship->row.body, &ship->key, err);
	if (rc)
		return rc;
	ship->row.kind = rec->kind;
	rc = row_find(ship->app->db, rec->kind, buf_str(&ship->key), &ship->row.rec, err);
	if (rc == RC_NONE) {
		ship->row.rec = 0;
		ship->row.rev = 0;
		ship->row.heads_count = 0;
		return row_write(ship->app->db, &ship->row, buf_str(&ship->key), err);
	}
	if (rc)
		return rc;
	rc = row_read(ship->app->db, ship->row.rec, &ship->row, err);
	if (rc || ship->row.rev)
		return rc;
	rec_clear(&ship->row.body, rec->kind);
	rec_apply(&ship->row.body, rec);
	return row_write(ship->app->db, &ship->row, NULL, err);
}

static void no_fault(void *ctx, size_t line, const struct err *err)
{
	(void)ctx;
	(void)line;
	(void)err;
}

enum rc catalog_load_shipped(struct app *app, const char *version, struct err *err)
{
	struct ship ship = { .app = app, .key = BUF(4096) };
	enum rc rc = RC_OK;

	if (strcmp(version, catalog_shipped_version()) != 0 && row_count(app->db, REC_PROCEDURE) > 0)
		return RC_OK;
	row_init(&ship.row);
	for (size_t i = 0; !rc && i < ARRAY_LEN(files); i++) {
		struct csv_reader reader = { files[i].kind, &ship, ship_row, no_fault };
		const char *text = text_of(files[i].file);

		rc = csv_read(&reader, text, strlen(text), err);
	}
	row_done(&ship.row);
	buf_done(&ship.key);
	catalog_forget(app);
	return rc;
}
