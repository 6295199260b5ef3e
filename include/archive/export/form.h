/*
 * The forms that a thread can be written in, as one table: what a command line, a remembered target
 * or a preview names is looked up here.
 */
#ifndef ARCHIVE_EXPORT_FORM_H
#define ARCHIVE_EXPORT_FORM_H

#include "archive/export/fragment.h"

struct form_options {
	struct fragment_options fragment;
	int columns; /* of text; 0 = TEXT_COLUMNS */
};

struct form {
	const char *name;     /* "fragment", "page", "markdown", "text", "json", "feed" */
	const char *ending;   /* of a file's name: "html", "md", "txt", "json", "xml" */
	const char *type;     /* of its media, without charset */
	enum media_way media; /* where nobody asked for another */
	bool names_kept;      /* what is kept is named in it, whether it is shown or not */
	bool (*write)(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		      struct item_iter *items, const struct form_options *options, struct err *err);
};

/* ERR_USAGE when a form cannot hold pictures in that way: MEDIA_INSIDE is of a page alone. */
MUST_CHECK bool form_takes(const struct form *form, enum media_way media, struct err *err);

/* NULL is the fragment. ERR_USAGE tells the names that there are. */
MUST_CHECK const struct form *form_find(const char *name, struct err *err);

#endif
