/*
 * clash.h - disagreements as core/project lists them: read only.
 */
#ifndef MOTCUA_DB_CLASH_H
#define MOTCUA_DB_CLASH_H

#include "db/event.h"
#include "db/stmt.h"

struct clash_row {
	uint8_t id[8];
	int64_t rec;
	struct path path;
	struct id a, b; /* whose value stands, whose is kept */
};
typedef enum rc clash_visit(void *ctx, const struct clash_row *row, struct err *err);

/* In the order of records. RC_DAMAGED for a row that cannot be read. */
enum rc clash_rows(struct db *db, clash_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* RC_NONE when there is none of this id. */
enum rc clash_row_get(struct db *db, const uint8_t id[8], struct clash_row *out, struct err *err) MUST_CHECK;
int64_t clash_count(struct db *db);

#endif
