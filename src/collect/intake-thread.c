#include "archive/collect/intake-thread.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/collect/intake-parts.h"
#include "archive/store/known.h"
#include "archive/store/origins.h"
#include "archive/store/threads.h"

#define STEP	   "import"
#define MINUTE_MS  INT64_C(60000)
#define MAX_SUFFIX 1000

/* A thread on its way into the store. */
struct taking {
	struct intake *intake;
	const struct found_thread *found;
	struct arena arena;
	struct arena looked_at; /* one post of it, as the store knows it */
	struct thread thread;	/* what it becomes */
	bool fresh;
	struct origin_part part;
	struct op *ops;
	size_t op_count;
	size_t posts, words, missing;
};

/* ---- which thread ---- */

static bool load(struct taking *t, const char *slug, bool *there, struct err *err)
{
	struct err why = { 0 };

	*there = thread_load(t->intake->store, slug, &t->arena, &t->thread, &why);
	if (!*there && why.code != ERR_NOT_FOUND) {
		*err = why;
		return false;
	}
	return true;
}

/* The one that was named; the one that another part of it has become; of our own export the one of
 * its name. */
static bool find_thread(struct taking *t, bool *there, struct err *err)
{
	const struct found_thread *found = t->found;
	int64_t id = 0;

	*there = false;
	if (t->intake->order->into_thread)
		return load(t, t->intake->order->into_thread, there, err);
	if (!found->origin)
		return !found->slug || load(t, found->slug, there, err);
	if (!origin_thread(t->intake->store, found->origin, &id, err))
		return false;
	*there = id != 0;
	return !id || thread_load_id(t->intake->store, id, &t->arena, &t->thread, err);
}

/* Folded; NULL when it cannot be a slug. */
static const char *folded(struct taking *t, const char *name)
{
	struct str slug = STR_INIT;
	struct err why = { 0 };
	const char *made = NULL;

	if (name && slug_fold(&slug, name, &why))
		made = arena_strdup(&t->arena, slug.buf);
	str_release(&slug);
	return made;
}

/* A name that no thread has yet: "saved", "saved-2" and so on. */
static bool free_slug(struct taking *t, const char **out, struct err *err)
{
	const char *wanted = folded(t, t->intake->order->into_thread);
	struct thread other;
	struct err why = { 0 };

	if (!wanted)
		wanted = folded(t, t->found->slug);
	if (!wanted)
		wanted = folded(t, t->found->title);
	if (!wanted)
		wanted = "saved";
	*out = wanted;
	for (int i = 2; thread_load(t->intake->store, *out, &t->arena, &other, &why); i++) {
		*out = arena_printf(&t->arena, "%.*s-%d", SLUG_MAX_BYTES - 5, wanted, i);
		if (i > MAX_SUFFIX || !folded(t, *out))
			return err_set(err, ERR_USAGE,
				       "there is a thread '%s' already: name another one with "
				       "--into-thread",
				       wanted);
	}
	return why.code == ERR_NOT_FOUND || err_wrap(err, "%s", why.msg);
}

static bool create(struct taking *t, struct err *err)
{
	const struct found_thread *found = t->found;
	const struct intake_order *order = t->intake->order;
	const char *slug;

	if (!free_slug(t, &slug, err))
		return false;
	t->thread = (struct thread){
		.slug = slug,
		.title = found->title ? found->title : slug,
		.lang = found->lang ? found->lang : order->lang,
		.zone = found->zone ? found->zone : order->zone,
		.since = found->since,
		.until = found->until,
		.lag = found->lag,
		.tags = found->tags,
		.tag_count = found->tag_count,
		.curator = found->curator,
		.description = found->description,
	};
	if (!t->thread.tag_count && !t->thread.since && !t->thread.until) {
		t->thread.since = t->intake->now / MINUTE_MS * MINUTE_MS;
		t->thread.until = t->thread.since + MINUTE_MS;
	}
	t->fresh = true;
	return thread_create(t->intake->store, &t->thread, &t->thread.id, err);
}

/* ---- what goes into it ---- */

/* One whose author asked not to be archived is none of the thread. */
static bool find_post(struct taking *t, const char *name, int64_t *id, struct err *err)
{
	struct known_post known;
	struct err why = { 0 };

	*id = 0;
	if (!store_find_post(t->intake->store, name, id, &why)) {
		*id = 0;
		return why.code == ERR_NOT_FOUND || why.code == ERR_USAGE ||
		       err_wrap(err, "%s", why.msg);
	}
	arena_clear(&t->looked_at);
	if (!known_load(t->intake->store, *id, &t->looked_at, &known, err))
		return false;
	if (known.optout)
		*id = 0;
	return true;
}

static bool add_item(struct taking *t, const struct found_item *item, struct err *err)
{
	struct op *op = &t->ops[t->op_count];
	int64_t post = 0;

	*op = (struct op){
		.kind = item->kind == ITEM_POST ? OP_CHOOSE : OP_INSERT,
		.spot = { .kind = SPOT_NEXT },
		.words = { .kind = item->kind,
			   .text = item->text,
			   .url = item->url,
			   .speaker = item->speaker,
			   .label = item->label,
			   .key = t->fresh ? item->key : NULL,
			   .starts = item->starts,
			   .style = item->style,
			   .fixed = item->fixed,
			   .joined = item->joined },
	};
	if (item->kind == ITEM_POST && !find_post(t, item->post, &post, err))
		return false;
	if (item->kind == ITEM_POST && !post) {
		t->missing++;
		return true;
	}
	op->post = post;
	t->posts += post != 0;
	t->words += post == 0;
	t->op_count++;
	return true;
}

/* The window grows with the parts of the same thread; tags stay. */
static void widen(struct taking *t, struct thread *wider)
{
	const struct found_thread *found = t->found;

	*wider = t->thread;
	if (wider->since && found->since && found->since < wider->since)
		wider->since = found->since;
	if (wider->until && found->until > wider->until)
		wider->until = found->until;
	if (wider->since == t->thread.since && wider->until == t->thread.until)
		return;
	t->ops[t->op_count++] = (struct op){ .kind = OP_SETTINGS, .settings = wider };
}

static struct spot first_spot(const struct origin_place *place)
{
	if (place->before)
		return (struct spot){ .kind = SPOT_AFTER, .item = place->before };
	if (place->behind)
		return (struct spot){ .kind = SPOT_BEFORE, .item = place->behind };
	return (struct spot){ .kind = SPOT_END };
}

static bool run_ops(struct taking *t, const struct origin_place *place, struct err *err)
{
	struct store *store = t->intake->store;
	struct op_report report = { 0 };
	struct thread wider;

	for (size_t i = 0; i < t->found->item_count; i++)
		if (!add_item(t, &t->found->items[i], err))
			return false;
	if (t->op_count > 0)
		t->ops[0].spot = first_spot(place);
	if (!t->fresh && !t->intake->order->into_thread)
		widen(t, &wider);
	if (!store_do(store, t->thread.id, STEP, t->ops, t->op_count, &report, err))
		return false;
	return !report.step || origin_note(store, t->thread.id, report.step, &t->part, err);
}

static bool take(struct taking *t, struct err *err)
{
	const struct found_thread *found = t->found;
	struct origin_place place = { 0 };
	bool there = false;

	if (!find_thread(t, &there, err) || (!there && !create(t, err)) ||
	    (found->origin &&
	     !origin_set_thread(t->intake->store, t->thread.id, found->origin, err)))
		return false;
	if (there && !origin_find(t->intake->store, t->thread.id, &t->part, &place, err))
		return false;
	t->intake->report->thread.before = place.there || (there && !found->origin &&
							   !t->intake->order->into_thread);
	return t->intake->report->thread.before || run_ops(t, &place, err);
}

/* What names the saved thread for good. */
static struct origin_part name_part(struct taking *t)
{
	const struct found_thread *found = t->found;
	const char *origin = found->origin;

	if (!origin && found->slug)
		origin = arena_printf(&t->arena, "thread:%s", found->slug);
	if (!origin)
		origin = t->intake->source.buf;
	return (struct origin_part){ origin, found->part > 0 ? found->part : 1 };
}

static void tell(const struct taking *t)
{
	struct intake_thread *out = &t->intake->report->thread;

	snprintf(out->slug, sizeof(out->slug), "%s", t->thread.slug ? t->thread.slug : "");
	out->part = t->part.part;
	out->fresh = t->fresh;
	out->posts = t->posts;
	out->words = t->words;
	out->missing = t->missing;
}

/* A dry run says only what is in the file. */
static void count(struct taking *t)
{
	const char *slug = folded(t, t->intake->order->into_thread);

	for (size_t i = 0; i < t->found->item_count; i++) {
		t->posts += t->found->items[i].kind == ITEM_POST;
		t->words += t->found->items[i].kind != ITEM_POST;
	}
	if (!slug)
		slug = folded(t, t->found->slug);
	t->thread.slug = slug ? slug : "saved";
}

bool intake_take_thread(void *owner, const struct found_thread *thread, struct err *err)
{
	struct intake *intake = owner;
	struct taking t = { .intake = intake, .found = thread };
	bool ok = true;

	intake->has_thread = true;
	t.ops = xcalloc(thread->item_count + 1, sizeof(*t.ops));
	t.part = name_part(&t);
	if (intake->order->dry_run) {
		count(&t);
		tell(&t);
		goto out;
	}
	ok = store_begin(intake->store, err);
	if (ok && !(take(&t, err) && store_commit(intake->store, err))) {
		store_rollback(intake->store);
		ok = false;
	}
	if (ok)
		tell(&t);
out:
	free(t.ops);
	arena_release(&t.arena);
	arena_release(&t.looked_at);
	return ok;
}
