/*
 * A folder for a moment, nobody else's (mode 0700), below $TMPDIR or /tmp: for a text in an editor,
 * a page in a browser.
 */
#ifndef ARCHIVE_CLI_SCRATCH_H
#define ARCHIVE_CLI_SCRATCH_H

#include "archive/base/str.h"

struct scratch {
	struct str folder; /* empty = not made yet */
};

#define SCRATCH_INIT                \
	{                           \
		.folder = STR_INIT, \
	}

/* Adds the path of a file of that name in it; the folder is made when it is not there. */
MUST_CHECK bool scratch_path(struct scratch *scratch, const char *name, struct str *out,
			     struct err *err);
/* Takes it away with all that lies in it. */
void scratch_release(struct scratch *scratch);

#endif
