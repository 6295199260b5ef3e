/*
 * What archive media says: how many pictures were kept, and which could not be had and why.
 */
#ifndef ARCHIVE_CLI_MEDIA_REPORT_H
#define ARCHIVE_CLI_MEDIA_REPORT_H

#include "archive/cli/media.h"

void media_report(const struct cli *cli, const struct pictures_result *result);
void media_report_json(const struct media_order *order, const struct pictures_result *result);

/* "3.1 MB", "12 kB". */
void media_add_bytes(struct str *out, int64_t bytes);

#endif
