/*
 * What the parts of "archive source" share: its words, and what they say of a change.
 */
#ifndef ARCHIVE_CLI_SOURCE_WORDS_H
#define ARCHIVE_CLI_SOURCE_WORDS_H

#include "archive/cli/args.h"
#include "archive/source/source.h"

struct source_words {
	struct arg_list operands; /* the subcommand, then what stands behind it */
	const char *tag, *token_env, *token_command;
};

/* The one source behind the subcommand, parsed. ERR_USAGE. */
MUST_CHECK bool source_words_one(const struct source_words *words, struct source *source,
				 struct err *err);
/* Says what was done to a source in the configuration. */
void source_say(const struct cli *cli, const char *name, const char *done);

int source_login(struct cli *cli, const struct source_words *words, struct err *err);
int source_list(struct cli *cli, const struct source_words *words, struct err *err);

#endif
