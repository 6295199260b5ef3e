/*
 * All posts made again from the kept answers. First everything is read and compared; only what an
 * answer tells otherwise than the store does is then stored anew. Threads, the ledger, what was
 * seen where and what was forgotten stay as they are, and that is proven. Posts that no answer
 * tells (of people who opted out, of versions that kept no answers) stay, too, and are counted.
 */
#ifndef ARCHIVE_COLLECT_REBUILD_H
#define ARCHIVE_COLLECT_REBUILD_H

#include "archive/base/arena.h"
#include "archive/base/watch.h"
#include "archive/store/audit.h"

struct rebuild_report {
	int64_t answers;   /* read */
	int64_t posts;	   /* told by an answer, as they are or otherwise */
	int64_t changed;   /* that an answer tells otherwise */
	int64_t authors;   /* the same of authors */
	int64_t missing;   /* told by an answer, and not in the store */
	int64_t kept;	   /* told by no answer */
	int64_t damaged;   /* answers that cannot be used */
	int64_t forgotten; /* answers that hold something forgotten still */
	bool index;	   /* the search index was, or would be, made anew */
};

/* Changes nothing. audit, NULL allowed, is told what was found. */
MUST_CHECK bool rebuild_compare(struct store *store, struct audit *audit, const struct watch *watch,
				struct rebuild_report *report, struct err *err);
/* In one transaction: a rebuild that was cut off has changed nothing. */
MUST_CHECK bool rebuild_run(struct store *store, const struct watch *watch,
			    struct rebuild_report *report, struct err *err);

#endif
