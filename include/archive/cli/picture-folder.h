/*
 * The pictures that a document shows, as files of a folder: named by content, so that one that is
 * there is never written again, and which of them no document shows any more can be told.
 */
#ifndef ARCHIVE_CLI_PICTURE_FOLDER_H
#define ARCHIVE_CLI_PICTURE_FOLDER_H

#include "archive/model/picture.h"

struct picture_note {
	char name[PICTURE_NAME_SIZE];
	int64_t bytes;
	bool shown;
};

struct picture_notes {
	struct picture_shelf source; /* of what is kept */
	struct picture_note *items;  /* in the order in which they were found */
	size_t count, room;
	size_t *index;	/* by name: places in items from 1 on, 0 = free */
	size_t shown;	/* how many of them */
	bool some_lack; /* a picture was asked for that is not kept */
};

/* The source, through which every picture that is found is noted. The notes must stay where they
 * are. */
struct picture_shelf picture_notes_shelf(struct picture_notes *notes);
/* For fragment_options.used: the owner is the notes. */
void picture_notes_used(void *owner, const char *name);
/* Adds the names of those shown, a line each. */
void picture_notes_list(const struct picture_notes *notes, struct str *names);
void picture_notes_release(struct picture_notes *notes);

/* Writes those shown that are not in the folder in their size; with check only looks. Each is there
 * whole or not at all. Adds the names of those, a line each. */
MUST_CHECK bool picture_folder_fill(const char *folder, const struct picture_notes *notes,
				    bool check, struct str *names, struct err *err);
/* Adds the files of the folder that have a picture's name and are not shown by this document, a
 * line each. A folder that is not there has none. */
MUST_CHECK bool picture_folder_others(const char *folder, const struct picture_notes *notes,
				      struct str *names, struct err *err);
/* The next of such lines into name; false at their end. */
bool picture_folder_next(const char **names, struct str *name);
/* Takes one away, and the folder when it is empty then. */
MUST_CHECK bool picture_folder_remove(const char *folder, const char *name, struct err *err);

#endif
