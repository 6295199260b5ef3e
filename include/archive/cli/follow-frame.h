/*
 * What the screen shows while an event is followed, as lines of text: how the evening goes, a line
 * a network, what is waited for. Pure, and safe for a terminal whatever the posts hold.
 */
#ifndef ARCHIVE_CLI_FOLLOW_FRAME_H
#define ARCHIVE_CLI_FOLLOW_FRAME_H

#include "archive/collect/fetch.h"
#include "archive/store/minutes.h"

#define FOLLOW_RECENT_MS INT64_C(600000) /* what counts as the rate of now */

/* The last post of a network. */
struct follow_last {
	enum network network;
	int64_t time;		/* 0 = there is none */
	const char *who, *text; /* of outside */
};

struct follow_frame {
	const struct fetch_options *options;
	const char *zone;
	int64_t now;
	int64_t from; /* the evening's beginning, UTC ms; 0 = nothing has come */
	const struct minute *minutes;
	size_t minute_count;
	const struct follow_last *lasts; /* one a network that is asked */
	size_t last_count;
	const struct walk_view *views;
	size_t view_count;
};

/* Adds at most so many lines, each at most so many columns wide and ended by LF. */
void follow_frame_add(struct str *out, const struct follow_frame *frame, int columns, int lines);

#endif
