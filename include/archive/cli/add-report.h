/*
 * What became of each post that was added by its address.
 */
#ifndef ARCHIVE_CLI_ADD_REPORT_H
#define ARCHIVE_CLI_ADD_REPORT_H

#include "archive/cli/cli.h"
#include "archive/collect/add.h"
#include "archive/json/write.h"

void add_report(const struct cli *cli, const struct add_result *result, bool conversation);
void add_report_json(const struct add_result *result);
/* The member "conversations". */
void print_talks_json(struct jwrite *w, const struct talk_result *talk);

#endif
