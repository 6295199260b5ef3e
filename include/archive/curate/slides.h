/*
 * Links to slides among the posts of a talk: Speaker Deck, SlideShare, Docswell, Google Slides, a
 * host that is called slides, a PDF. Pure. They are looked for in the text, in the links of the
 * html and in the card; one deck under several addresses is one.
 */
#ifndef ARCHIVE_CURATE_SLIDES_H
#define ARCHIVE_CURATE_SLIDES_H

#include "archive/base/arena.h"
#include "archive/model/post.h"

#define SLIDES_MAX 50 /* decks of one talk; more are not slides */

enum slide_host {
	SLIDE_SPEAKERDECK,
	SLIDE_SLIDESHARE,
	SLIDE_DOCSWELL,
	SLIDE_GOOGLE,
	SLIDE_OTHER,
	SLIDE_PDF
};

struct slide {
	enum slide_host host;
	const char *url; /* link_safe_web(), as it was first seen */
	const char *key; /* what is the same for one deck */
	size_t posts;	 /* that name it */
	bool by_speaker; /* one of them is the speaker's own */
};

struct slides {
	struct arena *arena;
	struct slide *slides;
	size_t count;
};

/* "Speaker Deck", …: for people. */
const char *slide_host_label(enum slide_host host);
/* Is it a link to slides? */
bool slide_parse(const char *url, enum slide_host *host);
/* Is the author who the timetable names as speaker? By name or handle; NULL is nobody. */
bool slide_is_speaker(const struct author *author, const char *speaker);
/* Adds what the post names. */
void slides_add(struct slides *slides, const struct post *post, const char *speaker);
/* The best first: those that the speaker named, then by the number of posts, then as they came. */
void slides_rank(struct slides *slides);

#endif
