/*
 * The pictures that the posts of an archive show, by the names under which the archive holds them:
 * they wait, in a temporary file, until all posts are read, because a picture may stand before its
 * post. Then the archive is gone over once more. Only for this room.
 */
#ifndef ARCHIVE_IMPORT_ALBUM_H
#define ARCHIVE_IMPORT_ALBUM_H

#include <stdio.h>

#include "archive/import/archives.h"

#define ALBUM_MOST   250000 /* what follows stays in the archive */
#define ALBUM_FIELDS 4

struct album_entry {
	uint64_t hash; /* of the name */
	int64_t at;    /* in the file; -1 = it was handed out */
};

struct album {
	FILE *file; /* NULL until there is a picture */
	struct album_entry *entries;
	size_t count, room;
	char *fields[ALBUM_FIELDS]; /* of the picture that was read last */
	size_t rooms[ALBUM_FIELDS];
	bool has_portrait;
};

/* Where an archive holds its pictures: folders with "/" at their ends, "" = beside everything. */
struct album_places {
	const char *const *folders;
	size_t count;
	enum picture_size size; /* that it holds them in */
};

void album_release(struct album *album);
/* A picture that the post shows: name is its path below one of the places. */
MUST_CHECK bool album_add(struct album *album, const char *name, const char *url,
			  const struct post *post, struct err *err);
/* The portrait of who wrote the post; once is enough. */
MUST_CHECK bool album_add_portrait(struct album *album, const char *name, const struct post *post,
				   struct err *err);
/* Gives the client each picture that the archive holds of these. Without any the archive is not
 * opened. */
MUST_CHECK bool album_hand_out(struct album *album, const struct import_archive *archive,
			       const struct album_places *places,
			       const struct import_client *client, struct import_report *report,
			       struct err *err);

/* The last part of the path of an address; "" when it has none. Replaces what out holds. */
void album_last_part(const char *url, struct str *out);

#endif
