#include "archive/store/put.h"

#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/known.h"
#include "archive/store/stored.h"

/* One call of store_put_page(). */
struct putting {
	struct store *store;
	const char *source, *tag; /* source NULL: nobody saw it */
	bool forced;		  /* whoever asks knows that it wins, and sees to idle authors */
	int64_t answer, fetched;
	struct put_report *report;
};

static bool see(const struct putting *p, int64_t id, const struct reading *reading, struct err *err)
{
	const struct post *post = reading->post;
	struct query q = db_query(p->store, SQL_SIGHTING_PUT);

	if (!p->source)
		return true;
	db_int(&q, id);
	db_text(&q, p->source);
	db_text(&q, post->context || !p->tag ? "" : p->tag);
	db_int(&q, reading->fetched);
	db_id(&q, p->answer);
	db_text(&q, post->place);
	return db_done(&q, err);
}

static bool put_optout(const struct putting *p, const struct reading *reading,
		       const struct stored_post *stored, struct err *err)
{
	int64_t author = 0;

	p->report->optouts++;
	if (!stored->id)
		return post_add_empty(p->store, reading, err);
	if (!p->forced && reading->fetched < stored->fetched)
		return true;
	return author_of_post(p->store, stored->id, &author, err) &&
	       post_empty(p->store, stored->id, reading->fetched, err) &&
	       (!author || p->forced || author_remove_idle(p->store, author, err));
}

/* Was it found by a tag before, or did it only come along with another post? */
static bool count_known(const struct putting *p, int64_t id, const struct post *post,
			struct err *err)
{
	struct query q;
	int64_t found = 1;

	if (post->context)
		return true;
	if (p->tag) {
		q = db_query(p->store, SQL_SIGHTING_BY_TAG);
		db_int(&q, id);
		if (!db_value(&q, 0, &found, err))
			return false;
	}
	p->report->known += found != 0;
	p->report->fresh += found == 0;
	return true;
}

/* What a page showed of a post changes nothing of one that is stored, and whatever its network or
 * its author's archive told, whenever that was, takes its place. */
static bool is_better(const struct reading *reading, const struct stored_post *stored)
{
	if (reading->post->taken)
		return false;
	if (!stored->taken && reading->fetched == stored->fetched)
		return reading->post->edited >= stored->edited; /* versions in one file */
	return stored->taken || reading->fetched > stored->fetched;
}

/* A file may be older than the day on which a post was found deleted: it does not bring it back. */
static bool put_newer(const struct putting *p, const struct reading *reading,
		      const struct stored_post *stored, bool same, struct err *err)
{
	bool stays_gone = stored->gone && p->source && str_starts(p->source, "file:");

	bool comes_back = stored->gone && !stays_gone;

	if (same && !comes_back && reading->fetched <= stored->fetched)
		return true;
	if (same ? !post_touch(p->store, stored->id, reading->fetched, err)
		 : !post_change(p->store, reading, stored->id, err))
		return false;
	return !stays_gone || known_mark_gone(p->store, stored->id, stored->gone, err);
}

static bool put_known(const struct putting *p, const struct reading *reading,
		      const struct stored_post *stored, struct err *err)
{
	bool newer = p->forced || is_better(reading, stored);
	bool stays = !newer || (!p->forced &&
				reading->post->network == NETWORK_MISSKEY); /* it tells no wishes */
	bool same = !stored->optout && stored->fingerprint == reading->fingerprint &&
		    !(p->forced && reading->fetched < stored->fetched);

	if (!count_known(p, stored->id, reading->post, err))
		return false;
	if (stays && stored->optout)
		return true;
	if (newer && !put_newer(p, reading, stored, same, err))
		return false;
	return see(p, stored->id, reading, err);
}

static bool put_new(const struct putting *p, const struct reading *reading, struct err *err)
{
	int64_t id = 0;

	if (!post_add(p->store, reading, &id, err))
		return false;
	p->report->fresh += id != 0 && !reading->post->context;
	return id == 0 || see(p, id, reading, err);
}

static bool put_author_of(const struct putting *p, const struct reading *reading,
			  struct put_author *out, struct err *err)
{
	const struct author *author = &reading->post->author;

	return reading->post->taken ? author_put_taken(p->store, author, out, err)
				    : author_put(p->store, author, reading->fetched, out, err);
}

static bool put_post(const struct putting *p, const struct post *post, struct err *err)
{
	struct reading reading = { .post = post };
	struct put_author author = { 0 };
	struct stored_post stored;

	reading.fetched = post->fetched ? post->fetched : p->fetched;
	hash_short_id(post->uri, reading.short_id);
	if (!put_author_of(p, &reading, &author, err) ||
	    !stored_post_at(p->store, reading.short_id, post->uri, &stored, err))
		return false;
	if (post->optout || author.optout)
		return put_optout(p, &reading, &stored, err);
	reading.author = author.id;
	reading.fingerprint = fingerprint_of_post(post);
	return stored.id ? put_known(p, &reading, &stored, err) : put_new(p, &reading, err);
}

/* Oldest first: the search index is written at once only while the ids rise. A page is mostly
 * newest first, so of two of the same moment the later in the page is the older. */
static int by_time(const void *a, const void *b)
{
	const struct post *left = *(const struct post *const *)a;
	const struct post *right = *(const struct post *const *)b;

	if (left->created != right->created)
		return left->created < right->created ? -1 : 1;
	return left > right ? -1 : left < right;
}

static size_t select_posts(const struct page *page, const struct post **out)
{
	size_t count = 0;

	for (size_t i = 0; i < page->count; i++) {
		const struct post *post = &page->posts[i];

		if (post->uri && *post->uri && post->created != 0 && !post->repost)
			out[count++] = post;
	}
	qsort(out, count, sizeof(const struct post *), by_time);
	return count;
}

/* Leaves out what was forgotten. The adapter should have cut it out of the answer; where it did not
 * (somebody forgot it while the answer was on its way) nobody knows where it stands, and the answer
 * goes. */
static bool leave_out_forgotten(struct putting *p, const struct post **posts, size_t *count,
				struct err *err)
{
	size_t left = 0;
	bool forgotten;

	for (size_t i = 0; i < *count; i++) {
		if (!forgotten_post(p->store, posts[i], &forgotten, err))
			return false;
		if (!forgotten)
			posts[left++] = posts[i];
	}
	if (left < *count && p->answer) {
		if (!answer_drop(p->store, p->answer, err))
			return false;
		p->answer = 0;
	}
	*count = left;
	return true;
}

bool store_put_page(struct store *store, const struct page *page, const char *source,
		    const char *tag, int64_t answer_id, int64_t fetched, struct put_report *report,
		    struct err *err)
{
	struct put_report counted = *report;
	struct putting p = { .store = store,
			     .source = source,
			     .tag = tag,
			     .answer = answer_id,
			     .fetched = fetched,
			     .report = &counted };
	const struct post **posts = xcalloc(page->count, sizeof(const struct post *));
	size_t count = select_posts(page, posts);
	struct db_scope scope = { 0 };
	bool ok = db_enter(store, &scope, err);

	if (!ok)
		goto out;
	ok = leave_out_forgotten(&p, posts, &count, err);
	for (size_t i = 0; ok && i < count; i++)
		ok = put_post(&p, posts[i], err);
	ok = db_leave(store, &scope, ok, err);
	if (ok)
		*report = counted;
out:
	free(posts);
	return ok;
}

bool post_put_forced(struct store *store, const struct post *post, struct put_report *report,
		     struct err *err)
{
	const struct putting p = {
		.store = store,
		.forced = true,
		.fetched = post->fetched,
		.report = report,
	};

	return put_post(&p, post, err);
}
