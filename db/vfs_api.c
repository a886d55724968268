/* Here, and only here, sqlite3_* are the real symbols: SQLITE_CORE keeps sqlite3ext.h from renaming them. */
#define SQLITE_CORE 1
#include <stdbool.h>
#include <stddef.h>

#include "db/vfs_api.h"

/* Weak: in a shell that keeps its SQLite to itself they are absent, and its table is used instead. */
#pragma weak sqlite3_auto_extension
#pragma weak sqlite3_db_name
#pragma weak sqlite3_exec
#pragma weak sqlite3_file_control
#pragma weak sqlite3_libversion_number
#pragma weak sqlite3_mprintf
#pragma weak sqlite3_vfs_find
#pragma weak sqlite3_vfs_register

const sqlite3_api_routines *sqlite3_api;

bool vfs_api_use(const sqlite3_api_routines *api)
{
	static const sqlite3_api_routines linked = {
		.auto_extension = sqlite3_auto_extension,
		.db_name = sqlite3_db_name,
		.exec = sqlite3_exec,
		.file_control = sqlite3_file_control,
		.libversion_number = sqlite3_libversion_number,
		.mprintf = sqlite3_mprintf,
		.vfs_find = sqlite3_vfs_find,
		.vfs_register = sqlite3_vfs_register,
	};

	if (!api)
		api = &linked;
	if (!api->vfs_find || !api->vfs_register || api->libversion_number() < 3032000)
		return false;
	sqlite3_api = api;
	return true;
}
