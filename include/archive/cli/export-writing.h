/*
 * One writing under way: the parts of export_do().
 */
#ifndef ARCHIVE_CLI_EXPORT_WRITING_H
#define ARCHIVE_CLI_EXPORT_WRITING_H

#include "archive/cli/export-place.h"
#include "archive/cli/picture-folder.h"

struct writing {
	struct cli *cli;
	const struct export_order *order;
	bool check;
	struct thread thread; /* as it is written: of a section with its title */
	struct item_range section;
	struct items_options which;
	struct fragment_facts facts;
	struct export_place place;
	struct picture_notes notes;
	struct str written; /* names of pictures that were not in their folder, a line each */
	struct str unshown; /* of those in it that no document shows any more */
};

/* The key of the one section that is written, or NULL. */
const char *writing_section(const struct writing *w);
/* Its bytes go to out, with pictures as media says. */
MUST_CHECK bool writing_render_as(struct writing *w, FILE *out, enum media_way media,
				  struct err *err);
/* The same, as they were ordered; as links while it is not known where they will be. */
MUST_CHECK bool writing_render(struct writing *w, FILE *out, struct err *err);
/* Puts everything where it belongs, pictures before the document that shows them; with check only
 * looks. *shortcode: Hugo's has to be written, or was. */
MUST_CHECK bool writing_put(struct writing *w, enum export_state *state, bool *shortcode,
			    struct err *err);
/* Finds pictures that no document shows any more, neither one that the store remembers nor one that
 * lies beside them. Out of the folder that bears our name they are taken away, or counted; any
 * other may be anybody's. */
MUST_CHECK bool writing_sweep(struct writing *w, size_t *removed, struct err *err);

#endif
