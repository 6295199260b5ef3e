/*
 * What the parts of an intake share: only for this room.
 */
#ifndef ARCHIVE_COLLECT_INTAKE_PARTS_H
#define ARCHIVE_COLLECT_INTAKE_PARTS_H

#include "archive/base/str.h"
#include "archive/collect/intake.h"
#include "archive/import/archives.h"
#include "archive/store/ledger.h"

/* One file on its way in. It is the owner of the import's client. */
struct intake {
	struct store *store; /* NULL: a dry run without one */
	const struct intake_order *order;
	struct intake_report *report;
	struct str source;	       /* "file:SHA256" */
	const char *name;	       /* for sentences */
	FILE *in;		       /* NULL: a folder */
	struct import_archive archive; /* the same, for what holds several files */
	bool packed;
	bool looking; /* at one moment of the store */
	int64_t size, now;
	struct run run;	 /* of the ledger */
	bool has_thread; /* the file had one */
	int64_t *chosen; /* posts for order.into_thread, where the file has no thread */
	size_t chosen_count, chosen_room;
};

/* ---- intake-filter.c ---- */

/* Takes out of the page what the order does not want, and out of the evidence by cuts; counts it in
 * the report. */
void intake_filter(struct intake *intake, struct page *page, size_t len);

/* ---- intake-thread.c, intake-leads.c: of the import's client ---- */

MUST_CHECK bool intake_take_thread(void *owner, const struct found_thread *thread, struct err *err);
MUST_CHECK bool intake_take_mention(void *owner, const struct mention *mention, struct err *err);
/* Posts for the thread that the order names. */
void intake_choose(struct intake *intake, int64_t id);
MUST_CHECK bool intake_choose_page(struct intake *intake, const struct page *page, struct err *err);
/* At the file's end. */
MUST_CHECK bool intake_choose_all(struct intake *intake, struct err *err);

/* ---- intake-pictures.c: of the import's client ---- */

MUST_CHECK bool intake_take_picture(void *owner, const struct found_picture *found,
				    struct err *err);

/* ---- intake.c ---- */

/* Shows the watcher how far it is; false when it is to end. */
MUST_CHECK bool intake_show(const struct intake *intake, struct err *err);

/* ---- intake-run.c ---- */

/* Was the file taken in whole, with the same form? Then report.before says when. */
MUST_CHECK bool intake_was_taken(struct intake *intake, bool *taken, struct err *err);
MUST_CHECK bool intake_run_begin(struct intake *intake, struct err *err);
/* The figures so far; in each page's transaction. */
MUST_CHECK bool intake_run_note(struct intake *intake, struct err *err);
/* ok: it was read to its end; else why says what ended it. */
MUST_CHECK bool intake_run_end(struct intake *intake, bool ok, const struct err *why,
			       struct err *err);

#endif
