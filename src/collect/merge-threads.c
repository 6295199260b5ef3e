#include <string.h>

#include "archive/collect/merge-parts.h"

/* What was there goes, and what is to be there comes, as one step. */
static bool do_all(struct merge *merge, int64_t thread, const struct version *version,
		   struct arena *arena, struct err *err)
{
	struct item *items = NULL;
	struct post *dropped = NULL;
	size_t item_count = 0, dropped_count = 0, n = 0;
	struct op_report ignored;
	struct op *ops;

	if (!thread_outline(merge->into, thread, arena, &items, &item_count, err) ||
	    !thread_dropped(merge->into, thread, arena, &dropped, &dropped_count, err))
		return false;
	ops = arena_array(arena,
			  1 + item_count + dropped_count + version->item_count +
				  version->dropped_count,
			  sizeof(*ops));
	ops[n++] = (struct op){ .kind = OP_SETTINGS, .settings = &version->settings };
	for (size_t i = 0; i < item_count; i++)
		ops[n++] = (struct op){ .kind = OP_REMOVE, .item = items[i].id };
	for (size_t i = 0; i < dropped_count; i++)
		ops[n++] = (struct op){ .kind = OP_UNDECIDE, .post = dropped[i].id };
	for (size_t i = 0; i < version->item_count; i++)
		ops[n++] = version->items[i].op;
	for (size_t i = 0; i < version->dropped_count; i++)
		ops[n++] = (struct op){ .kind = OP_DROP, .post = version->dropped[i].post };
	return store_do(merge->into, thread, "merge", ops, n, &ignored, err);
}

/* The items stand there in the version's order now. */
static bool note_parts(struct merge *merge, int64_t thread, const struct version *version,
		       struct arena *arena, struct err *err)
{
	struct item *items = NULL;
	size_t count = 0;

	if (!thread_outline(merge->into, thread, arena, &items, &count, err))
		return false;
	for (size_t i = 0; i < count && i < version->item_count; i++)
		if (version->items[i].origin &&
		    !merge_set_item_part(merge->into, items[i].id, version->items[i].origin,
					 version->items[i].part, err))
			return false;
	return true;
}

static bool replace(struct merge *merge, int64_t thread, const struct version *version,
		    struct arena *arena, struct err *err)
{
	return do_all(merge, thread, version, arena, err) &&
	       note_parts(merge, thread, version, arena, err) &&
	       merge_date_thread(merge->into, thread, version->changed, version->origin, err);
}

/* A thread that cannot be one (its sections have one key, say) is left out, and the others come. */
static bool put(struct merge *merge, int64_t thread, const struct version *version,
		struct arena *arena, bool *done, struct err *err)
{
	struct err why = { 0 };

	if (!store_begin(merge->into, err))
		return false;
	*done = (thread || thread_create(merge->into, &version->settings, &thread, &why)) &&
		replace(merge, thread, version, arena, &why) && store_commit(merge->into, &why);
	store_rollback(merge->into);
	if (*done || why.code == ERR_USAGE)
		return true;
	*err = why;
	return false;
}

/* ---- what is said of it ---- */

static void name(struct merge *merge, struct merge_names *names, const char *slug)
{
	if (names->count++ < MERGE_NAMED)
		names->slugs[names->count - 1] = arena_strdup(merge->arena, slug);
}

/* Both are the same but for the time. */
static bool date(struct merge *merge, const struct merge_thread *here, const struct version *theirs,
		 struct err *err)
{
	bool ok;

	if (theirs->changed <= here->changed)
		return true;
	ok = store_begin(merge->into, err) &&
	     merge_date_thread(merge->into, here->id, theirs->changed, here->origin, err) &&
	     store_commit(merge->into, err);
	store_rollback(merge->into);
	return ok;
}

static bool take(struct merge *merge, const struct merge_thread *thread, struct arena *arena,
		 struct err *err)
{
	struct merge_report *report = merge->report;
	struct version theirs, ours = { 0 };
	struct merge_thread here;
	bool done = false;

	if (!version_read(merge, merge->from, thread, arena, &theirs, err) ||
	    !merge_find_thread(merge->into, thread->slug, arena, &here, err))
		return false;
	if (here.id && !version_read(merge, merge->into, &here, arena, &ours, err))
		return false;
	if (here.id && theirs.fit && memcmp(theirs.hash, ours.hash, sizeof(ours.hash)) == 0)
		return date(merge, &here, &theirs, err);
	if (here.id && theirs.fit && !version_wins(&theirs, &ours)) {
		name(merge, &report->kept, thread->slug);
		return true;
	}
	if (theirs.fit && !put(merge, here.id, &theirs, arena, &done, err))
		return false;
	report->left_out += !done;
	report->threads += done && !here.id;
	if (done && here.id)
		name(merge, &report->replaced, thread->slug);
	return true;
}

bool merge_threads(struct merge *merge, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct merge_thread thread = { 0 };
	struct str slug = STR_INIT;
	int64_t done = 0;
	bool ok;

	do {
		arena_clear(&arena);
		ok = merge_goes_on(merge, "taking in threads", done++, err) &&
		     merge_next_thread(merge->from, slug.buf, &arena, &thread, err);
		str_clear(&slug);
		str_add(&slug, ok && thread.slug ? thread.slug : "");
		if (ok && thread.slug)
			ok = take(merge, &thread, &arena, err);
	} while (ok && thread.slug);
	arena_release(&arena);
	str_release(&slug);
	return ok;
}
