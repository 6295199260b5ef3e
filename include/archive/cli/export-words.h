/*
 * The words of "archive export", and the one writing that they ask for.
 */
#ifndef ARCHIVE_CLI_EXPORT_WORDS_H
#define ARCHIVE_CLI_EXPORT_WORDS_H

#include "archive/cli/args.h"
#include "archive/cli/export-order.h"

struct export_words {
	struct arg_list operands;
	const char *as, *blog, *file, *into, *under, *style, *level, *drop;
	const char *media, *media_dir, *media_url;
	bool unlisted, counts, people, avatars, stylesheet, all, check;
};

/* ERR_USAGE when they do not fit together. Strings are theirs, or the arena's. */
MUST_CHECK bool export_words_read(const struct export_words *words, struct arena *arena,
				  struct export_order *order, struct err *err);
/* A thread by its name alone: the files that it was written to are meant, if there are any. */
bool export_words_are_name(const struct export_words *words);
/* false and ERR_USAGE: there is nothing that could be looked at. */
bool export_words_lack_file(struct err *err);

#endif
