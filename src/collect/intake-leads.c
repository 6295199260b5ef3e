#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/collect/intake-parts.h"
#include "archive/collect/intake-thread.h"
#include "archive/import/found.h"
#include "archive/store/origins.h"
#include "archive/store/threads.h"

#define MINUTE_MS INT64_C(60000)

void intake_leads_release(struct intake_leads *leads)
{
	arena_release(&leads->arena);
	leads->count = leads->more = 0;
}

static bool is_there(struct store *store, const char *url, int64_t *id, struct err *err)
{
	struct err why = { 0 };

	if (store_find_post(store, url, id, &why))
		return true;
	*id = 0;
	return why.code == ERR_NOT_FOUND || why.code == ERR_USAGE || err_wrap(err, "%s", why.msg);
}

static bool part_is_there(struct store *store, const char *url, bool *done, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct origin_part part = { found_origin(&arena, url), found_part(url) };
	struct origin_place place = { 0 };
	int64_t thread = 0;
	bool ok = true;

	part.part += part.part == 0;
	if (part.origin)
		ok = origin_thread(store, part.origin, &thread, err) &&
		     (!thread || origin_find(store, thread, &part, &place, err));
	*done = place.there != 0;
	arena_release(&arena);
	return ok;
}

bool intake_lead_is_done(struct store *store, const struct intake_lead *lead, bool *done,
			 struct err *err)
{
	int64_t id = 0;

	*done = false;
	if (!store || lead->kind == MENTION_EMPTY)
		return true;
	if (lead->kind == MENTION_THREAD)
		return part_is_there(store, lead->url, done, err);
	if (!is_there(store, lead->url, &id, err))
		return false;
	*done = id != 0;
	return true;
}

bool intake_leads_thread(struct store *store, struct intake_leads *leads, const char **slug,
			 struct err *err)
{
	struct thread thread;
	int64_t only = 0;

	*slug = NULL;
	for (size_t i = 0; store && i < leads->count; i++) {
		const char *origin = leads->items[i].kind == MENTION_THREAD
					     ? found_origin(&leads->arena, leads->items[i].url)
					     : NULL;
		int64_t id = 0;

		if (origin && !origin_thread(store, origin, &id, err))
			return false;
		if (id && only && id != only)
			return true;
		only = id ? id : only;
	}
	if (only && !thread_load_id(store, only, &leads->arena, &thread, err))
		return false;
	*slug = only ? thread.slug : NULL;
	return true;
}

static bool is_told(const struct intake_leads *leads, const struct mention *mention)
{
	for (size_t i = 0; i < leads->count; i++)
		if (leads->items[i].kind == mention->kind && mention->kind != MENTION_EMPTY &&
		    str_same(leads->items[i].url, mention->url))
			return true;
	return false;
}

static void keep(struct intake *intake, const struct mention *mention)
{
	struct intake_leads *leads = intake->order->leads;

	if (!leads || is_told(leads, mention))
		return;
	if (leads->count == INTAKE_MAX_LEADS) {
		leads->more++;
		return;
	}
	leads->items[leads->count++] = (struct intake_lead){
		.kind = mention->kind,
		.url = arena_strdup(&leads->arena, mention->url),
		.text = arena_strdup(&leads->arena, mention->text),
		.place = arena_strdup(&leads->arena, mention->place),
		.file = arena_strdup(&leads->arena, intake->name),
	};
}

bool intake_take_mention(void *owner, const struct mention *mention, struct err *err)
{
	struct intake *intake = owner;
	int64_t id = 0;

	if (mention->kind == MENTION_POST && intake->store &&
	    !is_there(intake->store, mention->url, &id, err))
		return false;
	if (mention->kind == MENTION_POST && id) {
		intake->report->known_mentions++;
		intake_choose(intake, id);
		return true;
	}
	intake->report->unknown_mentions += mention->kind == MENTION_POST;
	keep(intake, mention);
	return true;
}

/* ---- posts without a thread of their own, into one that was named ---- */

void intake_choose(struct intake *intake, int64_t id)
{
	if (!intake->order->into_thread)
		return;
	if (intake->chosen_count == intake->chosen_room) {
		intake->chosen_room = intake->chosen_room ? intake->chosen_room * 2 : 64;
		intake->chosen = xreallocarray(intake->chosen, intake->chosen_room,
					       sizeof(*intake->chosen));
	}
	intake->chosen[intake->chosen_count++] = id;
}

bool intake_choose_page(struct intake *intake, const struct page *page, struct err *err)
{
	for (size_t i = 0; i < page->count && intake->order->into_thread; i++) {
		const struct post *post = &page->posts[i];
		int64_t id = 0;

		if (post->context || post->optout)
			continue;
		if (!is_there(intake->store, post->uri, &id, err))
			return false;
		if (id)
			intake_choose(intake, id);
	}
	return true;
}

static int by_number(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

/* A text and a page have an order of their own; whatever else there is goes by time. */
static bool has_order(enum import_form form)
{
	return form == IMPORT_TEXT || form == IMPORT_BLOG;
}

static struct thread thread_for(const struct intake *intake, const char *slug)
{
	const struct intake_order *order = intake->order;
	int64_t first = intake->chosen[0] >> 20, last = first;

	for (size_t i = 0; i < intake->chosen_count; i++) {
		int64_t when = intake->chosen[i] >> 20;

		first = when < first ? when : first;
		last = when > last ? when : last;
	}
	return (struct thread){ .slug = slug,
				.title = slug,
				.lang = order->lang,
				.zone = order->zone,
				.tags = order->tags,
				.tag_count = order->tag_count,
				.since = first / MINUTE_MS * MINUTE_MS,
				.until = (last / MINUTE_MS + 1) * MINUTE_MS };
}

static bool load_or_make(struct intake *intake, struct arena *arena, struct thread *thread,
			 struct err *err)
{
	const char *slug = intake->order->into_thread;
	struct err why = { 0 };

	if (thread_load(intake->store, slug, arena, thread, &why))
		return true;
	if (why.code != ERR_NOT_FOUND)
		return err_wrap(err, "%s", why.msg);
	*thread = thread_for(intake, slug);
	intake->report->thread.fresh = true;
	return thread_create(intake->store, thread, &thread->id, err) &&
	       thread_load(intake->store, slug, arena, thread, err); /* by the slug that it got */
}

static bool choose(struct intake *intake, struct arena *arena, struct err *err)
{
	struct intake_thread *out = &intake->report->thread;
	struct op *ops = xcalloc(intake->chosen_count, sizeof(*ops));
	bool ordered = has_order(intake->report->form);
	struct op_report report = { 0 };
	struct thread thread;
	bool ok;

	if (!ordered)
		qsort(intake->chosen, intake->chosen_count, sizeof(*intake->chosen), by_number);
	for (size_t i = 0; i < intake->chosen_count; i++) {
		ops[i] = (struct op){ .kind = OP_CHOOSE, .post = intake->chosen[i] };
		if (ordered)
			ops[i].spot.kind = i ? SPOT_NEXT : SPOT_END;
	}
	ok = load_or_make(intake, arena, &thread, err) &&
	     store_do(intake->store, thread.id, "import", ops, intake->chosen_count, &report, err);
	if (ok)
		snprintf(out->slug, sizeof(out->slug), "%s", thread.slug);
	out->posts = report.changed;
	free(ops);
	return ok;
}

bool intake_choose_all(struct intake *intake, struct err *err)
{
	struct arena arena = ARENA_INIT;
	bool ok = true;

	if (intake->has_thread || !intake->chosen_count)
		return true;
	ok = store_begin(intake->store, err);
	if (ok && !(choose(intake, &arena, err) && store_commit(intake->store, err))) {
		store_rollback(intake->store);
		ok = false;
	}
	arena_release(&arena);
	return ok;
}
