/*
 * register.h - registers kept as lists: households and the teams' roster from CSV, indicators by hand.
 *
 * What is new is made, what changed is changed (an event each, in one
 * transaction), what is the same stays. A CSV file is taken whole or not at all.
 */
#ifndef MOTCUA_REGISTER_H
#define MOTCUA_REGISTER_H

#include "core/app.h"

struct register_result {
	int64_t read, made, changed, same, refused;
};
/* A refused row; `line` as the file counts them. */
typedef void register_fault(void *ctx, size_t line, const struct err *why);

/*
 * kind REC_HOUSEHOLD (needs MAY_HOUSEHOLD) or REC_MEMBER (MAY_TEAM). RC_INPUT when a row was refused: nothing
 * changed, and each was told.
 */
enum rc register_import(struct app *app, enum rec_kind kind, const char *csv, size_t len, register_fault *fault,
			void *ctx, struct register_result *result, struct err *err) MUST_CHECK;

/* One indicator of a period; a second one for the same period corrects the first. Needs MAY_INDICATOR. */
enum rc register_indicator(struct app *app, const struct rec *indicator, struct register_result *result,
			   struct err *err) MUST_CHECK;

#endif
