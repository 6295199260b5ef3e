/*
 * One writing of a thread: which thread, in which form, where to. Comes from a command line or from
 * a target that the store remembers, and is remembered as one.
 */
#ifndef ARCHIVE_CLI_EXPORT_ORDER_H
#define ARCHIVE_CLI_EXPORT_ORDER_H

#include "archive/base/arena.h"
#include "archive/cli/cli.h"
#include "archive/export/form.h"
#include "archive/store/targets.h"
#include "archive/store/threads.h"

struct export_order {
	const char *slug;    /* NULL = the only thread there is */
	const char *section; /* key or number; NULL = the whole thread */
	const struct form *form;
	enum fragment_style style;
	int heading_level; /* 0 = the form's own */
	bool counts, people, unlisted;
	const char *file;  /* NULL = standard output */
	bool into;	   /* between markers in the file, or under a heading */
	const char *under; /* text of that heading; NULL = markers are there */
	bool passing;	   /* a file to be looked at and thrown away: private, not remembered */
};

/* "SLUG#KEY" into its two parts, in the arena. */
void order_read_name(struct export_order *order, const char *typed, struct arena *arena);
/* What is remembered beside thread, file, section and form: words such as "style=class unlisted".
 */
void order_add_options(struct str *out, const struct export_order *order);
/* From a remembered target; strings are its own. ERR_MALFORMED when another program wrote what is
 * not known here. */
MUST_CHECK bool order_of_target(struct export_order *order, const struct target *target,
				struct err *err);

enum export_state {
	EXPORT_WRITTEN,
	EXPORT_SAME,   /* the file held just that: nothing was written */
	EXPORT_DIFFERS /* it would be written, but was only looked at */
};

struct export_result {
	enum export_state state;
	struct thread thread;
	struct thread_summary summary;
};

/* Does it, or looks what it would do (a file is needed then). Strings of the result are the
 * arena's. The store is open for reading; a file of its own is noted as a target. */
MUST_CHECK bool export_do(struct cli *cli, const struct export_order *order, bool check,
			  struct arena *arena, struct export_result *out, struct err *err);

#endif
