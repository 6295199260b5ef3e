/*
 * How work that takes long tells how far it has come, and learns that it is to end.
 */
#ifndef ARCHIVE_BASE_WATCH_H
#define ARCHIVE_BASE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

struct watch {
	/* doing is a few words such as "reading the evidence", NULL: the same as before; of whole
	 * (0 = not known) so much is done. false: it is to end. */
	bool (*look)(void *owner, const char *doing, int64_t done, int64_t whole);
	void *owner;
};

/* May it go on? watch NULL: nobody looks, and it may. */
bool watch_tell(const struct watch *watch, const char *doing, int64_t done, int64_t whole);

#endif
