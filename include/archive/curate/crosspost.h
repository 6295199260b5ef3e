/*
 * Which posts are one and the same, said by one person on several networks: so that they stand as
 * one row and on one card. Pure. Nobody is taken for somebody else for saying the same: the authors
 * have to be alike, the texts, and the times.
 *
 * Authors are alike, on two networks, when their profiles are one page (a bridge), when their
 * handles' first parts are the same ("@hana@social.example", "@hana.bsky.example", a bridge's
 * "@hana.bsky.example@bridge.example") and their names nearly, or when their names are the same but
 * for emoji, case and width; the last is not enough for a text of a few letters.
 *
 * Texts are alike when their letters are, hashtags, mentions, links, quoted lines, emoji codes and
 * punctuation aside: by pairs of characters, so that Japanese needs no words. Where one was cut off
 * ("…"), its beginning is compared; a longer text may have something added at either end.
 */
#ifndef ARCHIVE_CURATE_CROSSPOST_H
#define ARCHIVE_CURATE_CROSSPOST_H

#include "archive/model/post.h"

#define CROSSPOST_WINDOW_MS (INT64_C(10) * 60 * 1000)

struct crosspost {
	enum network network;
	int64_t author; /* a number for each account; 0 = not known: never folded */
	const char *name, *handle, *profile; /* profile: its page's url; NULL allowed, each */
	const char *text;		     /* NULL allowed */
	bool cut;			     /* the caller has cut the text */
	int64_t time;
};

/* The posts are in order of time. first[i] becomes the index of the post that stands for post i: of
 * its group the one whose text is least cut and longest, else the earliest; i itself when it is
 * alone. A group has one post of a network. Takes a step for each pair within the window. */
void crosspost_fold(const struct crosspost *posts, size_t count, size_t *first);

#endif
