/*
 * session.h - users: their record, which travels, and their key slot, which stays here.
 *
 * Names are letters, digits, dots, dashes and underscores of any script,
 * compared without case. Passphrases are NUL-terminated UTF-8, NFC, wiped by
 * their owner. Slot and record change together or not at all.
 */
#ifndef MOTCUA_SESSION_H
#define MOTCUA_SESSION_H

#include "core/app.h"

/*
 * A new user, or the slot of one that travelled here without (the role may
 * then be ROLE_NONE: it stays), or a disabled one taken back in. Needs
 * MAY_USER. RC_INPUT: bad name, no role, or there is such a user with a slot.
 */
enum rc session_add(struct app *app, const char *name, enum role role, const char *passphrase,
		    struct err *err) MUST_CHECK;

struct session_user {
	const char *name, *full_name; /* until the visit returns */
	enum role role;
	bool disabled;
	bool slot; /* can sign in on this device */
};
typedef enum rc session_visit(void *ctx, const struct session_user *user, struct err *err);
enum rc session_list(struct app *app, session_visit *each, void *ctx, struct err *err) MUST_CHECK;

/* A new passphrase: one's own, or (MAY_USER) another's. No page is touched. RC_NONE: no such user with a slot. */
enum rc session_passwd(struct app *app, const char *name, const char *passphrase, struct err *err) MUST_CHECK;

/*
 * Another role, from the next sign-in on. Needs MAY_USER. RC_REFUSED: the last admin.
 * RC_NONE: no such user. The same role again changes nothing.
 */
enum rc session_role(struct app *app, const char *name, enum role role, struct err *err) MUST_CHECK;

/* The full name that papers and lists show; "" takes it away. Needs MAY_USER. RC_NONE: no such user. */
enum rc session_full_name(struct app *app, const char *name, const char *full_name, struct err *err) MUST_CHECK;

/*
 * Nobody signs in under this name any more: record, slot, and a new data key.
 * Needs MAY_USER. RC_REFUSED: oneself, or the last admin. RC_NONE: no such user.
 */
enum rc session_disable(struct app *app, const char *name, struct err *err) MUST_CHECK;

/* With the recovery code instead of a passphrase: give `name` a new one. The store must not be open. */
enum rc session_recover(const char *path, const char *code, const char *name, const char *passphrase,
			struct err *err) MUST_CHECK;

/* The passphrase of who is signed in, once more (unlocking the screen). RC_REFUSED when it is another. */
enum rc session_check(struct app *app, const char *passphrase, struct err *err) MUST_CHECK;

/*
 * The passphrase of another user, while this one is signed in: who takes the seat at a locked screen. app_open
 * then signs in. RC_REFUSED: wrong name or passphrase.
 */
enum rc session_check_other(struct app *app, const char *name, const char *passphrase, struct err *err) MUST_CHECK;

/* Failed attempts to sign in since the last good one: worth a message, not proof. */
unsigned session_failures(const struct app *app);
/* For the audit: "open", "export", "backup" ... by who is signed in. Never fails a command. */
void session_note(struct app *app, const char *what);

#endif
