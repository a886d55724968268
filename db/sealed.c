#include "db/sealed.h"

static const char SQL_HOLDS[] = "SELECT 1 FROM batch b JOIN device d ON d.ix = b.device"
				" WHERE d.id = ?1 AND b.epoch = ?2 AND ?3 BETWEEN b.first AND b.last LIMIT 1";

enum rc sealed_holds(struct db *db, const struct id *event, bool *holds, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_HOLDS);
	enum rc rc;

	stmt_bind_blob(s, 1, event->device, DEVICE_ID);
	stmt_bind_int(s, 2, event->epoch);
	stmt_bind_int(s, 3, (int64_t)event->seq);
	rc = stmt_row(s, err);
	stmt_done(s);
	if (rc && rc != RC_NONE)
		return rc;
	*holds = rc == RC_OK;
	return RC_OK;
}
