/*
 * A copy of the store as it is at one moment, while others read it and write to it. It is a store
 * by itself, in one file.
 */
#ifndef ARCHIVE_STORE_BACKUP_H
#define ARCHIVE_STORE_BACKUP_H

#include "archive/base/watch.h"
#include "archive/store/store.h"

/* Copies the store to the file, with the store's mode. Written under a temporary name beside it,
 * looked over for damage, flushed to the disk and renamed: whatever happens, the file is the former
 * one or the whole new one. An older backup there is replaced; ERR_USAGE for a file that is
 * anything else, or the store itself. ERR_MALFORMED when the store is damaged. bytes is what it
 * takes. */
MUST_CHECK bool store_backup(struct store *store, const char *path, const struct watch *watch,
			     int64_t *bytes, struct err *err);

#endif
