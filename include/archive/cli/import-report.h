/*
 * What an import says: how far it is, what each file was and gave, and the sum of several.
 */
#ifndef ARCHIVE_CLI_IMPORT_REPORT_H
#define ARCHIVE_CLI_IMPORT_REPORT_H

#include "archive/cli/task.h"
#include "archive/collect/intake.h"

struct import_report_sum {
	const struct cli *cli;
	const struct intake_order *order;
	size_t files; /* that were named */
	struct intake_report total;
	bool any;     /* something was taken in, or would be */
	bool damaged; /* something could not be understood */
	/* progress on a terminal */
	struct task task; /* which Ctrl-C ends */
	bool shown, drawn;
	int64_t started, last;
	const char *name; /* of the file that is read */
};

/* Makes the order's watch draw how far it is. The order must outlive the sum. */
void import_report_begin(struct import_report_sum *sum, const struct cli *cli,
			 struct intake_order *order, size_t files);
/* Prints what was found in the file; ok: it was read to its end. */
void import_report_file(struct import_report_sum *sum, const char *name,
			const struct intake_report *report, bool ok);
void import_report_end(struct import_report_sum *sum);

#endif
