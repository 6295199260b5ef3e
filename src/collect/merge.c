#include "archive/collect/merge.h"

#include <string.h>

#include "archive/base/clock.h"
#include "archive/collect/evidence.h"
#include "archive/collect/merge-parts.h"
#include "archive/model/picture.h"
#include "archive/store/replies.h"

#define FORGOTTEN_AT_ONCE 10000

/* ---- people and posts ---- */

static bool take_author(void *owner, const struct author *author, int64_t fetched, struct err *err)
{
	struct merge *merge = owner;
	struct arena arena = ARENA_INIT;
	struct author fit;
	bool ok = merge_goes_on(merge, "taking in people", merge->people++, err);

	if (ok && fetched >= 0 && fetched <= merge_latest(merge) &&
	    clean_author(&arena, author, &fit))
		ok = merge_author(merge->into, &fit, fetched, err);
	arena_release(&arena);
	return ok;
}

static bool take_sighting(void *owner, int64_t post, const struct merge_sighting *sighting,
			  struct err *err)
{
	struct merge *merge = owner;
	struct arena arena = ARENA_INIT;
	struct merge_sighting fit = *sighting;
	bool ok = merge_goes_on(merge, "taking in who showed them", merge->sightings++, err);

	fit.place = clean_line(&arena, sighting->place);
	if (ok && clean_source(sighting->source) && clean_tag(sighting->tag) &&
	    sighting->first >= 0 && sighting->last >= sighting->first &&
	    sighting->last <= merge_latest(merge))
		ok = merge_sighting(merge->into, post, &fit, err);
	arena_release(&arena);
	return ok;
}

static bool take_post(void *owner, const struct post *post, struct err *err)
{
	struct merge *merge = owner;
	struct merge_report *report = merge->report;
	struct arena arena = ARENA_INIT;
	enum merged merged = MERGED_LEFT_OUT;
	struct post fit;
	bool ok = merge_goes_on(merge, "taking in posts", merge->posts++, err);

	if (ok && clean_post(&arena, post, merge_latest(merge), &fit))
		ok = merge_post(merge->into, &fit, &merged, &merge->idle, err);
	arena_release(&arena);
	report->posts += merged == MERGED_NEW && !post->optout;
	report->changed += merged == MERGED_CHANGED;
	report->left_out += merged == MERGED_LEFT_OUT;
	return ok;
}

static bool take_posts(struct merge *merge, struct err *err)
{
	if (!merge_each_post(merge->from, take_post, merge, err))
		return false;
	for (size_t i = 0; i < merge->idle.room; i++)
		if (merge->idle.slots[i] &&
		    !merge_idle_author(merge->into, merge->idle.slots[i], err))
			return false;
	return true;
}

static bool take_reply(void *owner, const char *tag, const char *uri, struct err *err)
{
	struct merge *merge = owner;

	return !clean_tag(tag) || !uri || store_put_reply(merge->into, uri, tag, err);
}

/* ---- files and pictures ---- */

static bool take_file(void *owner, const struct kept_file *file, struct err *err)
{
	struct merge *merge = owner;
	struct arena arena = ARENA_INIT;
	struct kept_file fit = *file;
	bool ok = true;

	fit.name = clean_line(&arena, file->name);
	fit.form = clean_line(&arena, file->form);
	if (clean_source(file->source) && fit.name && fit.form && !strchr(fit.name, '/'))
		ok = merge_file(merge->into, &fit, err);
	arena_release(&arena);
	return ok;
}

static bool take_bytes(void *owner, const char *name, const void *bytes, size_t len, int64_t mtime,
		       struct err *err)
{
	struct merge *merge = owner;
	char right[PICTURE_NAME_SIZE];
	enum picture_type type;

	if (!merge_goes_on(merge, "taking in pictures", merge->pictures++, err))
		return false;
	if (!name || !bytes || len == 0 || len > PICTURE_MAX_BYTES ||
	    !picture_type_of_name(name, &type))
		return true;
	picture_set_name(right, type, bytes, len);
	return !str_same(name, right) || merge_bytes(merge->into, name, bytes, len, mtime, err);
}

static bool take_picture(void *owner, const struct merge_picture *picture, struct err *err)
{
	struct merge *merge = owner;
	struct arena arena = ARENA_INIT;
	struct merge_picture fit = *picture;
	enum picture_size size;
	bool ok = true;

	fit.why = clean_line(&arena, picture->why);
	if (clean_url(picture->url) && picture->size && picture_size_parse(picture->size, &size) &&
	    picture->width >= 0 && picture->height >= 0 && picture->at >= 0 &&
	    picture->at <= merge_latest(merge))
		ok = merge_picture(merge->into, &fit, err);
	arena_release(&arena);
	return ok;
}

/* ---- all of it ---- */

static bool take_all(struct merge *merge, struct err *err)
{
	struct store *into = merge->into, *from = merge->from;

	return merge_each_file(from, take_file, merge, err) &&
	       merge_each_author(from, take_author, merge, err) && take_posts(merge, err) &&
	       merge_answers(merge, err) &&
	       merge_each_sighting(into, from, take_sighting, merge, err) &&
	       merge_each_reply(from, take_reply, merge, err) && merge_tidy(into, err) &&
	       merge_each_bytes(from, take_bytes, merge, err) &&
	       merge_each_picture(from, take_picture, merge, err) && merge_tidy_pictures(into, err);
}

/* Pictures that no post shows are gone when it is committed: they are counted behind it. */
static bool take_in(struct merge *merge, struct err *err)
{
	int64_t before = 0, after = 0;
	bool ok = store_begin(merge->into, err) && merge_count_bytes(merge->into, &before, err) &&
		  take_all(merge, err) && store_commit(merge->into, err);

	store_rollback(merge->into);
	if (!ok || !merge_count_bytes(merge->into, &after, err))
		return false;
	merge->report->pictures += after > before ? after - before : 0;
	return true;
}

/* ---- what was forgotten ---- */

/* Some at a time, until there is nothing of it left. */
static bool forget_some(struct merge *merge, bool *more, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct forget_item *items = NULL;
	struct forget_report report = { 0 };
	size_t count = 0, answers = 0;
	bool ok = merge_find_forgotten(merge->into, FORGOTTEN_AT_ONCE, &arena, &items, &count, err);

	*more = count > 0;
	if (ok && *more)
		ok = store_forget(merge->into, items, count, 0, &arena, &report, err) &&
		     evidence_cut(merge->into, items, count, &answers, err);
	merge->report->forgotten += (int64_t)report.posts;
	merge->report->exported = merge->report->exported || report.target_count > 0;
	arena_release(&arena);
	return ok;
}

static bool forget_all(struct merge *merge, bool *done, struct err *err)
{
	bool more = false;

	if (!merge_forgotten(merge->into, merge->from, merge_latest(merge), &more, err))
		return false;
	while (more) {
		if (!merge_goes_on(merge, "forgetting", 0, err) || !forget_some(merge, &more, err))
			return false;
		*done = *done || more;
	}
	return true;
}

/* The hashes first: what they name goes here, and never comes in from there. */
static bool forget(struct merge *merge, bool *done, struct err *err)
{
	bool ok;

	if (!store_forget_begin(merge->into, err))
		return false;
	ok = forget_all(merge, done, err);
	return store_forget_end(merge->into, ok, err);
}

/* It is forgotten by then: what is left is done by the next command that writes. */
static bool scrub(struct merge *merge)
{
	struct err why = { 0 };
	bool clean = false;

	return store_scrub(merge->into, &clean, &why) && clean;
}

bool merge_store(struct store *into, const char *path, const struct watch *watch,
		 struct arena *arena, struct merge_report *report, struct err *err)
{
	struct merge merge = {
		.into = into, .watch = watch, .arena = arena, .report = report, .now = clock_now()
	};
	bool forgot = false;
	bool ok;

	merge.from = merge_open(into, path, err);
	if (!merge.from)
		return false;
	ok = forget(&merge, &forgot, err) && take_in(&merge, err) && merge_threads(&merge, err);
	store_close(merge.from);
	idset_release(&merge.idle);
	if (forgot && !scrub(&merge))
		report->clean = false;
	return ok;
}
