/*
 * What the picker cannot do by itself: texts in the editor, posts and pages in the browser.
 */
#ifndef ARCHIVE_CLI_PICK_HELPERS_H
#define ARCHIVE_CLI_PICK_HELPERS_H

#include "archive/cli/cli.h"
#include "archive/cli/scratch.h"
#include "archive/picker/tui.h"

/* The owner of the helpers; begin with cli and thread told. */
struct pick {
	struct cli *cli; /* its store is open to be written */
	int64_t thread;
	struct scratch scratch; /* the page that was last shown */
};

struct tui_helpers pick_helpers(struct pick *pick);
/* Takes the shown page away. */
void pick_release(struct pick *pick);

#endif
