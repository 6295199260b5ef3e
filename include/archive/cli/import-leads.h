/*
 * What an import found in files beside posts: the thread that one has become, and what leads on,
 * each with the next step. Printed behind all files, when it is known what they brought.
 */
#ifndef ARCHIVE_CLI_IMPORT_LEADS_H
#define ARCHIVE_CLI_IMPORT_LEADS_H

#include "archive/cli/cli.h"
#include "archive/collect/intake.h"
#include "archive/json/write.h"

/* A line about the file's thread; nothing when it had none. */
void import_thread_text(const struct intake_report *report, bool dry_run);
void import_thread_json(struct jwrite *w, const struct intake_report *report);
/* Those that the store has by now are left out. */
MUST_CHECK bool import_leads_print(const struct cli *cli, struct intake_leads *leads,
				   struct err *err);

#endif
