/*
 * app.h - one opened store and who sits before it: the first argument of
 * everything core does.
 */
#ifndef MOTCUA_APP_H
#define MOTCUA_APP_H

#include "core/rules/access.h"
#include "db/base/clock.h"
#include "db/row.h"

struct catalog; /* core/catalog.h: loaded when first asked for */
struct pending;

struct app {
	struct db *db;
	enum lang lang;
	char user[72]; /* who signed in */
	enum role role;
	uint8_t device[DEVICE_ID];
	uint16_t epoch;
	unsigned slot;	     /* of this device, 1..99 */
	bool team;	     /* a team laptop: holds no dossiers of others */
	bool copied;	     /* an enrolled store in another place: its next event begins an epoch */
	uint8_t home[16];    /* where it is now; zeros: not known */
	bool demo;	     /* made with init --demo: accepts --now */
	char unit[44];	     /* "H11.25" */
	char unit_name[204]; /* "Phường Bình Hưng" */
	struct catalog *catalog;
	struct pending *pending; /* core/project.h: records to fold later; NULL: at once */
};

/* What a new store is told. */
struct app_make {
	const char *unit, *unit_name, *admin, *passphrase;
	unsigned slot;
	bool demo;
};

/*
 * Make a store: file, device identity, first events (catalogue, settings, the
 * admin user). `recovery` gets the code to print once. Nothing stays on failure.
 */
enum rc app_make(const char *path, const struct app_make *make, char recovery[DB_RECOVERY_TEXT],
		 struct err *err) MUST_CHECK;
/*
 * Open and sign in. A store that was not closed cleanly is verified first.
 * RC_REFUSED also for a disabled user. `user` may be "" when there is one.
 */
enum rc app_open(struct app *app, const char *path, const char *user, const char *passphrase,
		 struct err *err) MUST_CHECK;
/*
 * Open a hub's store of one ward with the hub's key, as its own admin "hub";
 * `make` (may be NULL) makes it when it is missing: unit and unit_name count.
 * RC_NONE: missing, and nothing was to be made.
 */
enum rc app_open_key(struct app *app, const char *path, const uint8_t key[32], const struct app_make *make,
		     struct err *err) MUST_CHECK;
/*
 * The device goes on under the next epoch, so nothing it writes can be taken
 * for what another copy of it writes: after a restore. In the caller's
 * transaction, or in one of its own. RC_FULL: too many times.
 */
enum rc app_next_epoch(struct app *app, struct err *err) MUST_CHECK;
/*
 * Before a code is minted or an event written: a copy of an enrolled store
 * begins its own epoch now, as the other copy may go on under this one.
 */
enum rc app_before_event(struct app *app, struct err *err) MUST_CHECK;
/* db_rekey: the store has a new file, and is no copy for that. */
enum rc app_rekey(struct app *app, struct err *err) MUST_CHECK;
/* Record the digest in the header and close. Safe on a zeroed app. */
void app_close(struct app *app);
/* The office's time: clock_now(), whose offset app_open sets from the newest confirmed one. */
msec app_now(const struct app *app);
/* RC_REFUSED, saying who may, when the role may not. */
enum rc app_may(const struct app *app, enum right right, struct err *err) MUST_CHECK;
/* A setting of the ward, or `otherwise`. */
const char *app_setting(struct app *app, const char *name, const char *otherwise, struct buf *room);

#endif
