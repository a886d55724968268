/*
 * shot.h - a whole screen against the file that says how it must look.
 *
 * The file FOLDER/NAME.screen holds one line a row, blanks at its end cut; a screen of another
 * size than 80x24 has FOLDER/NAME-COLSxROWS.screen. All terminals share one file a size.
 */
#ifndef MOTCUA_TESTS_SHOT_H
#define MOTCUA_TESTS_SHOT_H

#include "tests/drive/vt.h"

enum { SHOT_BLUR = 64 };

struct shot {
	const struct vt *vt;
	const char *folder;
	char (*blur)[SHOT_BLUR]; /* what follows one of these texts in a row is not compared */
	unsigned blurs;
};

/* True when the screen equals the file; else `difference` holds each row that differs, as wanted and as shown. */
bool shot_equal(const struct shot *shot, const char *name, struct buf *difference);
/* Write the file as the screen is now. */
bool shot_write(const struct shot *shot, const char *name) MUST_CHECK;

#endif
