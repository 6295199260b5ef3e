/*
 * The fragment's own words, one table per language. A template holds "%1" and "%2" where values
 * go; everything else in it is HTML as it stands, without anything that safe.h would have to
 * write differently.
 */
#ifndef ARCHIVE_EXPORT_LANGUAGE_H
#define ARCHIVE_EXPORT_LANGUAGE_H

#include "archive/base/str.h"
#include "archive/model/post.h"

struct plural {
	const char *one, *many; /* %1: the number */
};

struct language {
	const char *code; /* primary subtag of BCP 47 */
	struct plural posts, people, votes, voters, likes, reposts;
	const char *counts;	  /* %1: posts, %2: people */
	const char *chosen;	  /* %1: posts, %2: number of candidates */
	const char *separator;	  /* between networks */
	const char *activity;	  /* %1: posts by time */
	const char *hour;	  /* %1: "19", %2: number of posts */
	const char *listed;	  /* between these */
	const char *talks;	  /* %1: when they began */
	const char *slides;	  /* of a talk, where nothing else was said of its link */
	const char *described;	  /* %1: kind of a medium, %2: its alt text */
	const char *worded;	  /* %1: kind of a medium, %2: the curator's words for it */
	const char *worded_alone; /* %1: the curator's words for a picture that is shown */
	const char *undescribed;  /* %1: kind of a medium */
	const char *media[MEDIA_UNKNOWN + 1];
	const char *sensitive;	  /* summary of media that are hidden without a word of warning */
	const char *warning;	  /* %1: content warning */
	const char *votes_shared; /* %1: votes, %2: percent */
	const char *multiple, *closed;
	const char *ends; /* %1: date and time */
	const char *edited, *reply, *original;
	const char *answer;    /* %1: name of whom it answers */
	const char *also;      /* %1: other networks that it was posted on, linked */
	const char *cited;     /* %1: people */
	const char *taken;     /* not from its network, but from a page that showed it */
	const char *curated;   /* %1: name */
	const char *collected; /* %1: date, %2: networks */
	const char *deleted;
	const char *zone; /* %1: name of the zone */
};

/* The table for a thread's language; English where there is none. NULL is allowed. */
const struct language *language_find(const char *code);
/* Adds a template with its values, which are HTML already; NULL adds nothing in its place. */
void language_fill(struct str *out, const char *template, const char *first, const char *second);
/* Adds a number and its noun. */
void language_count(struct str *out, const struct plural *plural, int64_t count);

#endif
