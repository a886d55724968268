/*
 * embed.h - text files compiled into the program by db/embed.awk.
 */
#ifndef MOTCUA_EMBED_H
#define MOTCUA_EMBED_H

#include <stddef.h>

struct embedded {
	const char *name; /* the file's name without its folder */
	const char *text;
};

extern const struct embedded schema_files[]; /* db/schema/ *.sql, in name order */
extern const size_t schema_files_count;
extern const struct embedded catalog_files[]; /* core/catalog/ *.csv, in name order */
extern const size_t catalog_files_count;
extern const struct embedded paper_files[]; /* core/papers/ *.txt, in name order */
extern const size_t paper_files_count;

#endif
