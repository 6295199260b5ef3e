/*
 * One writing of a thread: which thread, in which form, where to. Comes from a command line or from
 * a target that the store remembers, and is remembered as one.
 */
#ifndef ARCHIVE_CLI_EXPORT_ORDER_H
#define ARCHIVE_CLI_EXPORT_ORDER_H

#include "archive/base/arena.h"
#include "archive/cli/blog.h"
#include "archive/cli/cli.h"
#include "archive/export/form.h"
#include "archive/store/targets.h"
#include "archive/store/threads.h"

struct export_order {
	const char *slug;    /* NULL = the only thread there is */
	const char *section; /* key or number; NULL = the whole thread */
	const struct form *form;
	const struct blog *blog; /* that it is for; NULL = none in particular */
	enum fragment_style style;
	int heading_level; /* 0 = the form's own */
	bool counts, people, unlisted, avatars;
	enum media_way media;
	const char *media_dir; /* absolute and real; NULL = by its usual name, beside the file */
	const char *media_url; /* where that folder is on the web, with '/' at its end; or NULL */
	const char *file;      /* NULL = standard output */
	bool into;	       /* between markers in the file, or under a heading */
	const char *under;     /* text of that heading; NULL = markers are there */
	bool passing;	       /* a file to be looked at and thrown away: private, not remembered */
};

/* "SLUG#KEY" into its two parts, in the arena. */
void order_read_name(struct export_order *order, const char *typed, struct arena *arena);
/* The way of pictures where nobody asks for another. */
enum media_way order_usual_media(const struct export_order *order);
/* By its name: "link", "files", "inside" or "none". ERR_USAGE */
MUST_CHECK bool order_read_media(struct export_order *order, const char *word, struct err *err);
/* What is remembered beside thread, file, section and form: words such as "style=class unlisted".
 */
void order_add_options(struct str *out, const struct export_order *order);
/* From a remembered target; strings are its own, or the arena's. ERR_MALFORMED when another program
 * wrote what is not known here. */
MUST_CHECK bool order_of_target(struct export_order *order, const struct target *target,
				struct arena *arena, struct err *err);

enum export_state {
	EXPORT_WRITTEN,
	EXPORT_SAME,   /* the file held just that: nothing was written */
	EXPORT_DIFFERS /* it would be written, but was only looked at */
};

struct export_result {
	enum export_state state;
	struct thread thread;
	struct thread_summary summary;
	size_t pictures;       /* that are shown, or will be */
	const char *folder;    /* of them; NULL = they were put nowhere */
	const char *written;   /* those that were not there before, a line each */
	const char *uploads;   /* those that the blog does not have yet, as far as we know */
	size_t removed;	       /* those that nobody shows any more */
	const char *unshown;   /* such ones in a folder that may be anybody's: they stay; or NULL */
	int64_t not_kept;      /* of the thread, which nobody asked their servers for yet */
	const char *part;      /* the file that the post calls; NULL = the thread is in the post */
	const char *shortcode; /* what shows it, if that is new; else NULL */
};

/* Does it, or looks what it would do (a file is needed then). Strings of the result are the
 * arena's. The store is open for reading; a file of its own is noted as a target. */
MUST_CHECK bool export_do(struct cli *cli, const struct export_order *order, bool check,
			  struct arena *arena, struct export_result *out, struct err *err);

#endif
