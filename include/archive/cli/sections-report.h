/*
 * What became of a thread's sections, as people and scripts read it on standard output.
 */
#ifndef ARCHIVE_CLI_SECTIONS_REPORT_H
#define ARCHIVE_CLI_SECTIONS_REPORT_H

#include "archive/cli/cli.h"
#include "archive/curate/sections.h"
#include "archive/json/write.h"

struct sections_report {
	const struct thread *thread;
	const char *zone;
	const struct timetable *timetable;
	int64_t lag;
	const struct sections *plan;
	const struct item *after; /* the thread's items as they are now */
	size_t after_count;
	bool dry_run;
	int64_t step; /* 0 = nothing was changed */
};

void sections_report_print(const struct cli *cli, const struct sections_report *report);
/* The members of an object that is open. */
void sections_report_json(struct jwrite *w, const struct sections_report *report);

#endif
