/*
 * Words of a command line into the variables of a command, by a table. Global options are known
 * everywhere, before and behind the command. Options are written out, never shortened. Options and
 * operands may be mixed; "--" ends the options.
 */
#ifndef ARCHIVE_CLI_ARGS_H
#define ARCHIVE_CLI_ARGS_H

#include "archive/base/arena.h"
#include "archive/cli/cli.h"

enum arg_kind { ARG_FLAG, ARG_TEXT, ARG_LIST };

struct arg_list {
	const char **items;
	size_t count;
};

struct arg {
	const char *name; /* without "--" */
	char letter;	  /* 0 = none */
	enum arg_kind kind;
	void *target; /* bool *, const char **, struct arg_list * */
};

/* Reads argv[1…]. The table ends with a row without name. operands receives what is no option; the
 * lists are freed by arg_list_release(), the words belong to argv. ERR_USAGE names the word and the
 * nearest option. Then the configuration is read (cli_configure()), unless help is all that is
 * asked for. */
MUST_CHECK bool args_parse(struct cli *cli, int argc, char **argv, const struct arg *table,
			   struct arg_list *operands, struct err *err);
/* ERR_USAGE that names the first operand beyond max: nothing is passed over unread. */
MUST_CHECK bool args_at_most(const struct cli *cli, const struct arg_list *operands, size_t max,
			     struct err *err);
/* Only global options, up to the command's name; *index is where that stands. */
MUST_CHECK bool args_parse_globals(struct cli *cli, int argc, char **argv, int *index,
				   struct err *err);
void arg_list_release(struct arg_list *list);

/* "--max": a whole number of at least min; text NULL leaves out untouched. */
MUST_CHECK bool args_number(const char *name, const char *text, int64_t min, int64_t *out,
			    struct err *err);
/* "--since" and "--until" as UTC ms, read in that zone; NULL leaves its side untouched. */
MUST_CHECK bool args_window(const char *since, const char *until, const char *zone, int64_t *from,
			    int64_t *to, struct err *err);
/* The same for what is yet to come: a bare "22:30" is the next one, and until must not have passed.
 */
MUST_CHECK bool args_window_ahead(const char *since, const char *until, const char *zone,
				  int64_t *from, int64_t *to, struct err *err);

/* "--tag": folded, each once, in the arena. */
MUST_CHECK bool args_tags(struct arena *arena, const struct arg_list *typed,
			  const char *const **tags, size_t *count, struct err *err);

#endif
