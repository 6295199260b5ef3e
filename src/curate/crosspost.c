#include "archive/curate/crosspost.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/arena.h"
#include "archive/base/mem.h"
#include "archive/curate/alike.h"
#include "archive/text/utf8.h"

#define FEW_LETTERS	8  /* fewer: anybody says them */
#define CUT_LETTERS	16 /* a beginning of so many tells a text */
#define CONTAINED_LEAST 24 /* what stands whole in a longer text */

/* In hundredths: how much of two texts has to be the same. */
#define NEAR_NAME      50
#define NEAR_TEXT      80
#define NEAR_CONTAINED 92

enum person { PERSON_OTHER, PERSON_NAMESAKE, PERSON_SAME };

struct known {
	struct alike name;
	const char *handle; /* folded, without '@' */
	size_t local;	    /* bytes of its first part */
	struct alike text;
	bool read; /* has text been made? */
	size_t group;
};

struct folding {
	const struct crosspost *posts;
	struct known *known;
	struct arena arena;
};

/* ---- people ---- */

static void know_handle(struct folding *f, struct known *known, const struct crosspost *post)
{
	struct str folded = STR_INIT;
	const char *from = post->handle ? post->handle : "";

	from += *from == '@';
	utf8_add_folded(&folded, from, strlen(from));
	known->handle = arena_strdup(&f->arena, folded.buf);
	known->local = strcspn(known->handle, post->network == NETWORK_BLUESKY ? "." : "@");
	str_release(&folded);
}

/* Behind the scheme and "www.". */
static const char *plain_page(const char *url)
{
	const char *host = strstr(url, "://");

	host = host ? host + strlen("://") : url;
	return str_starts(host, "www.") ? host + strlen("www.") : host;
}

static bool same_page(const char *a, const char *b)
{
	size_t len;

	if (!a || !b)
		return false;
	a = plain_page(a);
	b = plain_page(b);
	len = strlen(a) - str_ends(a, "/");
	return len > 0 && len == strlen(b) - str_ends(b, "/") && memcmp(a, b, len) == 0;
}

static bool same_first_part(const struct known *a, const struct known *b)
{
	return a->local > 0 && a->local == b->local && memcmp(a->handle, b->handle, a->local) == 0;
}

/* Is the whole handle of one the first part of the other's, as a bridge makes it? */
static bool bridged(const struct known *a, const struct known *b)
{
	return a->local == strlen(b->handle) && memchr(b->handle, '.', a->local) &&
	       memcmp(a->handle, b->handle, a->local) == 0;
}

static enum person same_person(const struct folding *f, size_t i, size_t j)
{
	const struct crosspost *a = &f->posts[i], *b = &f->posts[j];
	const struct known *ka = &f->known[i], *kb = &f->known[j];
	if (a->network == b->network || !a->author || !b->author)
		return PERSON_OTHER;
	if (same_page(a->profile, b->profile))
		return PERSON_SAME;
	if ((same_first_part(ka, kb) || bridged(ka, kb) || bridged(kb, ka)) &&
	    alike_hundredths(&ka->name, &kb->name) >= NEAR_NAME)
		return PERSON_SAME;
	return ka->name.len > 1 && alike_same(&ka->name, &kb->name) ? PERSON_NAMESAKE
								    : PERSON_OTHER;
}

/* ---- texts ---- */

static const struct alike *text_of(struct folding *f, size_t i)
{
	struct known *known = &f->known[i];

	if (!known->read && f->posts[i].text)
		alike_read(&known->text, &f->arena, f->posts[i].text);
	known->text.cut |= f->posts[i].cut;
	known->read = true;
	return &known->text;
}

static int same_text(struct folding *f, size_t i, size_t j, enum person person)
{
	const struct alike *a = text_of(f, i), *b = text_of(f, j);
	const struct alike *shorter = a->len <= b->len ? a : b, *longer = shorter == a ? b : a;
	struct alike head = *longer, tail = *longer;
	int whole = alike_hundredths(a, b), part;

	if (shorter->len < FEW_LETTERS)
		return person == PERSON_SAME && whole == 100 && shorter->len > 0 ? whole : 0;
	if (whole >= NEAR_TEXT)
		return whole;
	head.len = shorter->len;
	part = alike_hundredths(shorter, &head);
	if (shorter->cut && shorter->len >= CUT_LETTERS)
		return part >= NEAR_TEXT ? part : 0;
	if (shorter->len < CONTAINED_LEAST)
		return 0;
	tail.letters += longer->len - shorter->len;
	tail.len = shorter->len;
	if (part < NEAR_CONTAINED)
		part = alike_hundredths(shorter, &tail);
	return part >= NEAR_CONTAINED ? part : 0;
}

/* ---- groups ---- */

/* A group may hold one post of a network; the group's posts are within the window of each other,
 * since each is tried against the latest. */
static bool group_has(const struct folding *f, size_t group, size_t upto, enum network network)
{
	for (size_t i = group; i < upto; i++)
		if (f->known[i].group == group && f->posts[i].network == network)
			return true;
	return false;
}

static void join(struct folding *f, size_t i)
{
	const int64_t earliest = f->posts[i].time - CROSSPOST_WINDOW_MS;
	int best = 0;

	f->known[i].group = i;
	for (size_t j = i; j-- > 0 && f->posts[j].time >= earliest;) {
		enum person person = same_person(f, i, j);
		size_t group = f->known[j].group;
		int alike;

		if (person == PERSON_OTHER || f->posts[group].time < earliest)
			continue;
		alike = same_text(f, i, j, person);
		if (alike <= best || group_has(f, group, i, f->posts[i].network))
			continue;
		best = alike;
		f->known[i].group = group;
	}
}

static bool better(struct folding *f, size_t i, size_t than)
{
	const struct alike *a = text_of(f, i), *b = text_of(f, than);

	if (a->cut != b->cut)
		return b->cut;
	return a->len > b->len;
}

/* Groups are named by their earliest post; here each finds who stands for it. */
static void elect(struct folding *f, size_t count, size_t *first)
{
	for (size_t i = 0; i < count; i++)
		first[i] = i;
	for (size_t i = 0; i < count; i++) {
		size_t group = f->known[i].group;

		if (group != i && better(f, i, first[group]))
			first[group] = i;
	}
	for (size_t i = count; i-- > 0;)
		if (f->known[i].group != i)
			first[i] = first[f->known[i].group];
}

void crosspost_fold(const struct crosspost *posts, size_t count, size_t *first)
{
	struct folding f = { .posts = posts, .arena = ARENA_INIT };

	f.known = xcalloc(count + 1, sizeof(*f.known));
	for (size_t i = 0; i < count; i++) {
		if (posts[i].name)
			alike_read_name(&f.known[i].name, &f.arena, posts[i].name);
		know_handle(&f, &f.known[i], &posts[i]);
		join(&f, i);
	}
	elect(&f, count, first);
	free(f.known);
	arena_release(&f.arena);
}
