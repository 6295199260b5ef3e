/*
 * Forgetting for good. Of a post or an author that is never to be taken again the store keeps a
 * hash and nothing else. Rows go here; the evidence is gone over by who knows the adapters
 * (collect/forget.h), in the same transaction:
 *
 *	store_forget_begin()    one transaction
 *	store_forget()          rows, items, words; the hashes, so that store_judge() refuses them
 *	store_cut_answer()      each answer that holds them (answers.h)
 *	store_forget_end()
 *	store_scrub()           the bytes that SQLite would leave behind
 */
#ifndef ARCHIVE_STORE_FORGET_H
#define ARCHIVE_STORE_FORGET_H

#include "archive/base/str.h"
#include "archive/store/targets.h"

/* Was anything ever forgotten in this store? */
bool store_has_forgotten(struct store *store);
/* A page_judge_fn (model/page.h) whose owner is the store: FATE_DROPPED for what was forgotten, by
 * its own uri or its author's; FATE_OPTED_OUT for posts of authors who are known to have asked not
 * to be archived, and for a post that opted out elsewhere, when a network shows it that does not
 * tell such wishes (Misskey); else FATE_KEPT. A store that cannot be read says so when the post is
 * stored. */
enum fate store_judge(void *owner, const struct post *post);

struct named_post {
	const char *uri, *short_id;
	const char *handle; /* of its author; NULL when not known */
};

/* What a person calls the post; in the arena. */
MUST_CHECK bool store_name_post(struct store *store, int64_t id, struct arena *arena,
				struct named_post *out, struct err *err);

struct forget_item {
	bool author; /* else a post */
	const char *uri;
};

struct forget_report {
	size_t posts, authors;	/* that are no longer in the store */
	size_t items;		/* that are no longer in a thread */
	struct target *targets; /* files that hold them still; in the arena */
	size_t target_count;
};

/* No transaction may be open. */
MUST_CHECK bool store_forget_begin(struct store *store, struct err *err);
/* Takes posts and authors away with all that hangs on them: an author with all posts, an item with
 * its steps in the journal, so that nothing brings it back. What is not in the store is only noted,
 * never to be taken. now 0: another store forgot it, and nothing is noted or dated by this one. */
MUST_CHECK bool store_forget(struct store *store, const struct forget_item *items, size_t count,
			     int64_t now, struct arena *arena, struct forget_report *report,
			     struct err *err);
/* Commits when ok, else rolls back; returns whether all is done. */
MUST_CHECK bool store_forget_end(struct store *store, bool ok, struct err *err);
/* Rewrites the index and the whole file, and empties the -wal file, so that no file of the store
 * holds what was taken out of it. clean is false when another program still reads the older state:
 * the next command that writes does it then. */
MUST_CHECK bool store_scrub(struct store *store, bool *clean, struct err *err);

/* The uri that a post at this address has by its network's custom: replaces what out holds; false
 * when it is no web address. */
bool store_post_uri(const char *url, struct str *out);
/* Takes the hash of this uri, or folded handle, away. */
MUST_CHECK bool store_unforget(struct store *store, const char *uri, bool *was, struct err *err);

#endif
