#include "archive/collect/rebuild.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/hash.h"
#include "archive/base/idset.h"
#include "archive/base/mem.h"
#include "archive/collect/reread.h"
#include "archive/store/derive.h"

/* The sets outlive the first reading, and say in the second one what is to be stored. */
struct rebuild {
	struct store *store;
	struct audit *audit;
	const struct watch *watch;
	struct rebuild_report *report;
	struct kept_answer answer;
	int64_t answers;	  /* in the store */
	struct idset same, other; /* posts that one of their newest readings tells so, or not */
	struct idset same_people, other_people;
	struct idset missing; /* by their uris */
	struct idset doubted; /* answers that tell otherwise */
	bool again;	      /* the second reading */
	int64_t told_other, told_missing, told_damaged, told_forgotten;
};

/* What is not stored has no id. */
static int64_t number_of(const char *uri)
{
	uint8_t hash[HASH_SIZE];
	int64_t number;

	hash_sha256(uri, strlen(uri), hash);
	memcpy(&number, hash, sizeof(number));
	return number ? number : 1;
}

static void release(struct rebuild *r)
{
	kept_answer_release(&r->answer);
	idset_release(&r->same);
	idset_release(&r->other);
	idset_release(&r->same_people);
	idset_release(&r->other_people);
	idset_release(&r->missing);
	idset_release(&r->doubted);
}

/* ---- the first reading ---- */

static bool compare_post(struct rebuild *r, const struct post *post, struct err *err)
{
	struct derivation found;

	if (!store_derive(r->store, post, r->answer.id, &found, err))
		return false;
	if (found.post == DERIVED_SAME)
		idset_add(&r->same, found.id);
	if (found.post == DERIVED_OTHER)
		idset_add(&r->other, found.id);
	if (found.author == DERIVED_SAME)
		idset_add(&r->same_people, found.author_id);
	if (found.author == DERIVED_OTHER)
		idset_add(&r->other_people, found.author_id);
	if (found.post == DERIVED_MISSING)
		idset_add(&r->missing, number_of(post->uri));
	if (found.post >= DERIVED_OTHER || found.author == DERIVED_OTHER)
		idset_add(&r->doubted, r->answer.id);
	return true;
}

/* ---- the second one ---- */

static bool put_missing(struct rebuild *r, const struct post *post, struct err *err)
{
	struct post copy = *post;
	const struct page page = { .posts = &copy, .count = 1 };
	struct put_report ignored = { 0 };
	struct str tag = STR_INIT;
	bool ok = store_answer_tag(r->store, r->answer.id, &tag, err) &&
		  store_put_page(r->store, &page, r->answer.source.buf,
				 tag.len > 0 ? tag.buf : NULL, r->answer.id, r->answer.fetched,
				 &ignored, err);

	str_release(&tag);
	return ok;
}

static bool put_again(struct rebuild *r, const struct post *post, struct err *err)
{
	struct derivation found;

	if (post->uri && !post->optout && idset_has(&r->missing, number_of(post->uri)))
		return put_missing(r, post, err);
	if (!store_derive(r->store, post, r->answer.id, &found, err))
		return false;
	if (idset_has(&r->same, found.id) || found.post != DERIVED_OTHER)
		found.post = DERIVED_PASSED;
	if (idset_has(&r->same_people, found.author_id) || found.author != DERIVED_OTHER)
		found.author = DERIVED_PASSED;
	return store_put_again(r->store, post, &found, err);
}

/* As when they were stored: the oldest first, and of the same moment the last on the page. */
static int by_time(const void *a, const void *b)
{
	const struct post *left = *(const struct post *const *)a;
	const struct post *right = *(const struct post *const *)b;

	if (left->created != right->created)
		return left->created < right->created ? -1 : 1;
	return left > right ? -1 : left < right;
}

static bool take_page(void *owner, struct page *page, struct err *err)
{
	struct rebuild *r = owner;
	const struct post **posts = xcalloc(page->count, sizeof(const struct post *));
	bool ok = true;

	for (size_t i = 0; i < page->count; i++)
		posts[i] = &page->posts[i];
	qsort(posts, page->count, sizeof(const struct post *), by_time);
	for (size_t i = 0; ok && i < page->count; i++)
		ok = (r->again ? put_again : compare_post)(r, posts[i], err);
	free(posts);
	return ok;
}

/* ---- every answer ---- */

static void note_damage(struct rebuild *r)
{
	r->report->damaged++;
	if (r->audit)
		audit_add(r->audit, &r->told_damaged, CURE_BACKUP,
			  "answer %lld of %s %s: what it held cannot be derived again",
			  (long long)r->answer.id, r->answer.source.buf, r->answer.damage);
}

static void note_forgotten(struct rebuild *r)
{
	r->report->forgotten++;
	if (r->audit)
		audit_add(r->audit, &r->told_forgotten, CURE_FORGET,
			  "answer %lld of %s still holds something that was forgotten",
			  (long long)r->answer.id, r->answer.source.buf);
}

static bool read_answer(struct rebuild *r, struct err *err)
{
	size_t forgotten = 0;
	bool understood;

	if (r->again && !idset_has(&r->doubted, r->answer.id))
		return true;
	if (r->answer.damage && !r->again)
		note_damage(r);
	if (r->answer.damage)
		return true;
	if (!reread_answer(r->store, &r->answer, take_page, r, &understood, &forgotten, err))
		return false;
	if (forgotten > 0 && !r->again)
		note_forgotten(r);
	return true;
}

static bool read_all(struct rebuild *r, struct err *err)
{
	const char *doing = r->again ? "storing what was found" : "reading the evidence";
	int64_t id = 0, done = 0;
	int rc;

	while ((rc = store_answer_look(r->store, id, &r->answer, err)) > 0) {
		id = r->answer.id;
		if (!watch_tell(r->watch, doing, done++, r->answers))
			return err_set(err, ERR_IO,
				       "ended before it was done; nothing was changed");
		if (!read_answer(r, err))
			return false;
	}
	if (!r->again)
		r->report->answers = done;
	return rc == 0;
}

/* Told otherwise by one of several readings of the same moment, and as it is by another: that one
 * was stored last. */
static int64_t without(const struct idset *other, const struct idset *same)
{
	int64_t count = 0;

	for (size_t i = 0; i < other->room; i++)
		count += other->slots[i] != 0 && !idset_has(same, other->slots[i]);
	return count;
}

static bool compare_all(struct rebuild *r, struct err *err)
{
	struct post_counts counts = { 0 };
	struct rebuild_report *report = r->report;

	if (!store_count_posts(r->store, &counts, err))
		return false;
	r->answers = counts.answers;
	if (!read_all(r, err))
		return false;
	report->changed = without(&r->other, &r->same);
	report->authors = without(&r->other_people, &r->same_people);
	report->missing = (int64_t)r->missing.count;
	report->posts = (int64_t)r->same.count + report->changed;
	report->kept = counts.posts - report->posts;
	return true;
}

static void tell_posts(struct rebuild *r)
{
	struct str name = STR_INIT;

	for (size_t i = 0; i < r->other.room; i++) {
		int64_t id = r->other.slots[i];

		if (id == 0 || idset_has(&r->same, id))
			continue;
		audit_name(r->store, id, &name);
		audit_add(r->audit, &r->told_other, CURE_REBUILD,
			  "post %s is not what its evidence tells", name.buf);
	}
	audit_close(r->audit, r->told_other, CURE_REBUILD,
		    "posts that are not what their evidence tells");
	str_release(&name);
}

static void tell(struct rebuild *r)
{
	struct audit *audit = r->audit;

	audit_close(audit, r->told_damaged, CURE_BACKUP, "answers that cannot be used");
	audit_close(audit, r->told_forgotten, CURE_FORGET, "answers with what was forgotten");
	tell_posts(r);
	if (r->report->authors > 0)
		audit_add(audit, &r->told_missing, CURE_REBUILD,
			  "%lld people are not what the evidence of their posts tells",
			  (long long)r->report->authors);
	if (r->report->missing > 0)
		audit_add(audit, &r->told_missing, CURE_REBUILD,
			  "%lld posts of the evidence are not in the store",
			  (long long)r->report->missing);
}

static bool is_index_damaged(struct rebuild *r, bool *damaged, struct err *err)
{
	struct audit audit = { .watch = r->watch };

	if (!audit_words(r->store, &audit, err))
		return false;
	*damaged = audit.found > 0;
	return true;
}

bool rebuild_compare(struct store *store, struct audit *audit, const struct watch *watch,
		     struct rebuild_report *report, struct err *err)
{
	struct rebuild r = { .store = store,
			     .audit = audit,
			     .watch = watch,
			     .report = report,
			     .answer = KEPT_ANSWER_INIT };
	bool ok;

	*report = (struct rebuild_report){ 0 };
	ok = compare_all(&r, err) && (audit || is_index_damaged(&r, &report->index, err));
	if (ok && audit)
		tell(&r);
	release(&r);
	return ok;
}

/* ---- in one transaction ---- */

static bool store_all(struct rebuild *r, struct err *err)
{
	const struct rebuild_report *report = r->report;

	if (report->changed + report->authors + report->missing == 0)
		return true;
	r->again = true;
	store_hold_index(r->store);
	return read_all(r, err);
}

static bool rebuild_all(struct rebuild *r, struct err *err)
{
	uint64_t before, after;

	if (!store_rest_digest(r->store, &before, err) || !compare_all(r, err) ||
	    !store_all(r, err) || (!r->again && !is_index_damaged(r, &r->report->index, err)))
		return false;
	r->report->index = r->report->index || r->again;
	if ((r->report->index && !store_reindex(r->store, r->watch, err)) ||
	    !store_rest_digest(r->store, &after, err))
		return false;
	return before == after ||
	       err_set(err, ERR_MALFORMED,
		       "more than posts would have changed, so nothing was: archive status --check "
		       "says what is wrong with the store");
}

bool rebuild_run(struct store *store, const struct watch *watch, struct rebuild_report *report,
		 struct err *err)
{
	struct rebuild r = {
		.store = store, .watch = watch, .report = report, .answer = KEPT_ANSWER_INIT
	};
	bool ok;

	*report = (struct rebuild_report){ 0 };
	if (!store_begin(store, err))
		return false;
	ok = rebuild_all(&r, err) && store_commit(store, err);
	store_rollback(store);
	release(&r);
	return ok;
}
