/*
 * draft.h - a half-filled form as bytes and back: what stands in its fields, where the cursor is.
 *
 * The bytes are versioned and bounds-checked; a draft of another version of
 * the form gives back the fields it still knows, by name.
 */
#ifndef MOTCUA_TUI_DRAFT_H
#define MOTCUA_TUI_DRAFT_H

#include "db/base/wire.h"
#include "tui/form.h"

enum { DRAFT_MAX = 256 * 1024 };

/* The form, then whatever the screen adds behind. */
void draft_write(const struct form *form, struct buf *out);
/* False: not the bytes of a form. `r` then stands behind it. */
bool draft_read(struct form *form, struct reader *r);
/* Only names, texts and choices: whether anything was filled in since. What is secret is in neither. */
void draft_write_fields(const struct form *form, struct buf *out);
/* A choice whose words are others by now (another catalogue) is no choice any more. */
void draft_settle(struct form *form);
/* One line about a draft: when, what form (NULL: a dossier), whose, of what. */
void draft_words(const struct words *form, struct span body, msec saved_at, enum lang lang, char *out, size_t size);

#endif
