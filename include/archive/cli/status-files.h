/*
 * Which files posts were taken in from: of the whole store, and of one post.
 */
#ifndef ARCHIVE_CLI_STATUS_FILES_H
#define ARCHIVE_CLI_STATUS_FILES_H

#include "archive/cli/print.h"
#include "archive/cli/cli.h"
#include "archive/store/files.h"

/* What a file of the form of this name is, for people: "an archive of X". */
const char *status_form_words(const char *name);
/* A line each, those that were taken in last first; without --verbose not all of many. */
void status_files_text(const struct cli *cli, const struct file_row *rows, size_t count);
/* The member "files". */
void status_files_json(struct jwrite *w, const struct file_row *rows, size_t count);
/* The member "files" of a post: where in which files it stood. */
MUST_CHECK bool status_post_files_json(struct jwrite *w, struct store *store, int64_t post,
				       struct err *err);

#endif
