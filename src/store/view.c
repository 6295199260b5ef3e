#include "archive/store/view.h"

#include "archive/store/row.h"
#include "archive/store/sift.h"
#include "archive/store/view-row.h"
#include "archive/store/view-words.h"

#define BUDGET_PER_ROW 64
#define READING_COST   8 /* rows, for a whole post */

/* One window of candidates on its way. */
struct window {
	struct store *store;
	const struct view_filter *filter;
	const struct view_span *span;
	struct scan scan;
	struct sift sift;
	struct words words;
	struct query row;
	struct arena *arena;
	struct view_page *page;
	size_t budget;
	bool looks; /* for words */
};

static unsigned sources_of(const struct view_filter *filter)
{
	if (filter->dropped)
		return SCAN_DROPPED;
	return filter->undecided ? SCAN_MATCHING : SCAN_MATCHING | SCAN_CHOSEN;
}

static void bind_row(struct window *w, int64_t thread)
{
	const struct view_filter *filter = w->filter;

	w->row = db_query(w->store, SQL_VIEW_CANDIDATE);
	db_int(&w->row, thread);
	db_int(&w->row, 0);
	db_text(&w->row, filter->network < 0 ? NULL : network_name((enum network)filter->network));
	db_id(&w->row, filter->author);
	db_id(&w->row, filter->likes > 0 ? filter->likes : 0);
	db_int(&w->row, filter->media);
	db_int(&w->row, filter->undecided);
	db_int(&w->row, filter->dropped);
	sift_bind(&w->sift, &w->row);
}

/* The first id that the search can find from there on. */
static int64_t first_of(const struct window *w, int64_t id)
{
	const struct sift *sift = &w->sift;

	if (w->span->back)
		return id < sift->end ? id : sift->end - 1;
	return id > sift->first ? id : sift->first;
}

static bool is_beyond(const struct window *w, int64_t id)
{
	return w->span->back ? id < w->sift.first : id >= w->sift.end;
}

static bool begin(struct window *w, const struct thread *thread, struct err *err)
{
	const struct search_query *query = w->filter->query;
	const char *match = query ? query->match : NULL;

	scan_begin(&w->scan, w->store, thread, sources_of(w->filter), w->span->back);
	w->looks = match != NULL;
	if (!sift_begin(&w->sift, w->store, query, err) ||
	    (match && !words_begin(&w->words, w->store, match, err)))
		return false;
	w->sift.thread = thread->id;
	bind_row(w, thread->id);
	w->budget = w->span->budget ? w->span->budget : w->span->limit * BUDGET_PER_ROW;
	w->page->rows = arena_array(w->arena, w->span->limit, sizeof(*w->page->rows));
	w->page->count = 0;
	w->page->reached = w->span->from;
	w->page->end = false;
	return scan_reach(&w->scan, first_of(w, w->span->from), err);
}

static void finish(struct window *w)
{
	scan_release(&w->scan);
	sift_release(&w->sift);
	words_release(&w->words);
	db_end(&w->row);
}

/* Does the row that q stands on have what only its text tells? */
static bool text_passes(struct window *w, const struct query *q, int64_t id, bool *passes,
			struct err *err)
{
	*passes = !w->filter->questions || view_row_asks(q);
	if (!*passes || !w->words.reads)
		return true;
	w->scan.spent += READING_COST;
	return words_hold(&w->words, w->store, id, passes, err);
}

/* The row of an id, if the filter lets it through. */
static bool look_at(struct window *w, int64_t id, struct err *err)
{
	struct row *row = &w->page->rows[w->page->count];
	struct query *q = &w->row;
	bool passes = false;
	bool ok = true;
	int rc;

	db_end(q);
	q->next = 1;
	db_int(q, id);
	rc = db_step(q, err);
	w->scan.spent++;
	if (rc > 0)
		ok = text_passes(w, q, id, &passes, err);
	if (ok && passes) {
		ok = view_read_row(q, w->arena, row, err);
		w->page->count++;
	}
	db_end(q);
	return ok && rc >= 0;
}

/* Moves everything on to id. */
static bool go_on(struct window *w, int64_t id, struct err *err)
{
	w->page->reached = id;
	return scan_reach(&w->scan, id, err);
}

/* One step from the scan's head on: to where the words are next, or behind a row that was looked
 * at. */
static bool advance(struct window *w, int64_t id, struct err *err)
{
	struct words *words = &w->words;
	bool indexed = w->looks && !words->reads;

	if (indexed && !words_reach(words, &w->scan, id, w->budget, err))
		return false;
	if (words->ended)
		return true;
	if (indexed && (!words->hit || words->head != id))
		return go_on(w, words->head, err);
	return look_at(w, id, err) && go_on(w, scan_beyond(&w->scan, id), err);
}

static bool is_over(const struct window *w, int64_t *id)
{
	return w->words.ended || !scan_head(&w->scan, id) || is_beyond(w, *id);
}

/* One step at least, whatever the budget, so that whoever goes on gets on. */
static bool walk(struct window *w, struct err *err)
{
	int64_t id;

	while (w->page->count < w->span->limit && !is_over(w, &id)) {
		if (!advance(w, id, err))
			return false;
		if (w->scan.spent >= w->budget)
			break;
	}
	w->page->end = is_over(w, &id);
	return true;
}

static void turn(struct view_page *page)
{
	for (size_t i = 0; i < page->count / 2; i++) {
		struct row row = page->rows[i];

		page->rows[i] = page->rows[page->count - 1 - i];
		page->rows[page->count - 1 - i] = row;
	}
}

static bool find_roots(struct store *store, struct arena *arena, struct view_page *page,
		       struct err *err)
{
	for (size_t i = 0; i < page->count; i++)
		if (!view_find_root(store, arena, &page->rows[i], err))
			return false;
	return true;
}

bool view_candidates(struct store *store, const struct thread *thread,
		     const struct view_filter *filter, const struct view_span *span,
		     struct arena *arena, struct view_page *out, struct err *err)
{
	struct window w = { .store = store,
			    .filter = filter,
			    .span = span,
			    .words = WORDS_INIT,
			    .arena = arena,
			    .page = out };
	bool ok = begin(&w, thread, err) && walk(&w, err) && find_roots(store, arena, out, err);

	if (span->back)
		turn(out);
	finish(&w);
	return ok;
}

bool view_items(struct store *store, int64_t thread, const struct view_span *span,
		struct arena *arena, struct view_page *out, struct err *err)
{
	struct query q = db_query(store, span->back ? SQL_VIEW_ITEMS_DOWN : SQL_VIEW_ITEMS_UP);
	int rc = 1;

	*out = (struct view_page){ .reached = span->from };
	out->rows = arena_array(arena, span->limit, sizeof(*out->rows));
	db_int(&q, thread);
	db_int(&q, span->from);
	db_int(&q, (int64_t)span->limit);
	while (out->count < span->limit && (rc = db_step(&q, err)) > 0) {
		struct row *row = &out->rows[out->count++];

		if (!view_read_row(&q, arena, row, err)) {
			rc = -1;
			break;
		}
		out->reached = span->back ? row->position - 1 : row->position + 1;
	}
	db_end(&q);
	out->end = rc == 0;
	if (span->back)
		turn(out);
	return rc >= 0 && find_roots(store, arena, out, err);
}

/* ---- single ones ---- */

bool view_post_row(struct store *store, int64_t thread, int64_t post, struct arena *arena,
		   struct row *out, struct err *err)
{
	struct query q = db_query(store, SQL_VIEW_POST);
	bool ok = true;
	int rc;

	db_int(&q, thread);
	db_int(&q, post);
	rc = db_step(&q, err);
	if (rc > 0)
		ok = view_read_row(&q, arena, out, err);
	db_end(&q);
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND, "that post is no more in %s", store->path);
	return ok && rc > 0 && view_find_root(store, arena, out, err);
}
