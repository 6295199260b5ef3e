/*
 * The foot of a fragment: who is quoted, when all of it was collected and from where.
 */
#ifndef ARCHIVE_EXPORT_FOOT_H
#define ARCHIVE_EXPORT_FOOT_H

#include "archive/export/parts.h"

/* Somebody of the list of people; open and close stand round all of them. */
void foot_open_people(struct writer *w, int64_t authors);
void foot_person(struct writer *w, const struct person *person);
void foot_close_people(struct writer *w);
/* Closes the root, too. */
void foot_write(struct writer *w, const struct fragment_facts *facts);

#endif
