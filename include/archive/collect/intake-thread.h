/*
 * Saved threads and mentions of a file, taken in: a thread becomes a thread of the store, a part of
 * one takes its place among the others, and what leads on is kept to be told.
 */
#ifndef ARCHIVE_COLLECT_INTAKE_THREAD_H
#define ARCHIVE_COLLECT_INTAKE_THREAD_H

#include "archive/import/import.h"
#include "archive/store/store.h"

/* What became of a file's thread. */
struct intake_thread {
	char slug[SLUG_MAX_BYTES + 1]; /* "" = there was none */
	int part;
	bool fresh;	     /* it was made now */
	bool before;	     /* this part was there already: nothing was changed */
	size_t posts, words; /* items that came in: posts; headings, notes and links */
	size_t missing;	     /* posts of it that the store does not have */
};

#define INTAKE_MAX_LEADS 500 /* that are kept; all are counted */

struct intake_lead {
	enum mention_kind kind;
	const char *url, *text, *place; /* NULL allowed, as in struct mention */
	const char *file;
};

/* Of all files of an import, in their order. */
struct intake_leads {
	struct arena arena;
	struct intake_lead items[INTAKE_MAX_LEADS];
	size_t count, more;
};

void intake_leads_release(struct intake_leads *leads);
/* Has the store by now what it leads to? A post, or that part of that thread. */
MUST_CHECK bool intake_lead_is_done(struct store *store, const struct intake_lead *lead, bool *done,
				    struct err *err);
/* The one thread of the store that any of them leads to: its slug, in their arena; NULL when there
 * is none, or more than one. */
MUST_CHECK bool intake_leads_thread(struct store *store, struct intake_leads *leads,
				    const char **slug, struct err *err);

#endif
