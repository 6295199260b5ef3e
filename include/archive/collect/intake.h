/*
 * Files into the store: tells by content what a file is, reads it with the reader of its form
 * (import/import.h) and keeps what it holds, a page a transaction. The evidence is the accepted
 * elements and the file's hash, never the file. A file is a run in the ledger: cut off anywhere,
 * the same command goes on, and the store becomes what one whole run makes of it.
 */
#ifndef ARCHIVE_COLLECT_INTAKE_H
#define ARCHIVE_COLLECT_INTAKE_H

#include "archive/collect/intake-thread.h"
#include "archive/import/form.h"
#include "archive/store/store.h"

/* Pictures that an archive holds beside its posts, and that the wanted posts show. */
struct intake_pictures {
	size_t kept;	/* in this run; of a dry run: would be */
	size_t known;	/* were kept before */
	size_t refused; /* could not be kept */
	char bad[224];	/* the first of these: its place, and why; "" = none */
};

struct intake_report {
	enum import_form form;
	struct import_report read;
	struct put_report put;
	int64_t oldest, newest;			 /* of the posts, 0 = none */
	size_t known_mentions, unknown_mentions; /* addresses of posts alone */
	struct intake_thread thread;
	struct intake_pictures pictures;
	int64_t before; /* it was taken in whole at that time, and is not read again */
};

/* done and size are bytes of the file; size 0 = not known. false: it is to end. */
typedef bool intake_watch_fn(void *owner, const struct intake_report *report, int64_t done,
			     int64_t size);

/* What is wanted of a file. All zero: everything. */
struct intake_order {
	const char *const *tags; /* folded; posts with any of them */
	size_t tag_count;
	const char *author;   /* of whose handle or name it is a part; as in struct post_filter */
	int64_t since, until; /* UTC ms, 0 = open */
	bool dry_run;	      /* nothing is changed */
	bool again;	      /* also what was taken in whole before */
	/* Its posts go into this thread, which is made when it is not there; NULL = a saved thread
	 * becomes one of its own, and posts none */
	const char *into_thread;
	const char *zone, *lang;    /* of a thread that is made, where the file tells none */
	struct intake_leads *leads; /* added to; NULL = nobody asks */
	intake_watch_fn *watch;	    /* NULL = nobody looks */
	void *watcher;
};

/* path "-" is standard input. store may be NULL for a dry run: then nothing is known yet. What was
 * stored before an error stays. Replaces the report. */
MUST_CHECK bool intake_file(struct store *store, const char *path, const struct intake_order *order,
			    struct intake_report *report, struct err *err);
/* Does the order leave anything out? */
bool intake_is_choosy(const struct intake_order *order);

#endif
