#include "archive/collect/plan.h"

#include "archive/collect/fetch.h"

#define PAGE_MS	    500 /* a page on its way, about */
#define WINDOW_MS   (INT64_C(5) * 60000)
#define WINDOW_SIZE 300 /* requests that a server allows in that time, where it does not tell */

static int64_t divide_up(int64_t a, int64_t b)
{
	return (a + b - 1) / b;
}

static int64_t share(int64_t total, int64_t part, int64_t whole)
{
	return whole > 0 ? (int64_t)((double)total * (double)part / (double)whole + 0.5) : total;
}

static int64_t left_of(const struct plan_view *view)
{
	return view->posts > view->there ? view->posts - view->there : 0;
}

void plan_price(struct plan_view *view, const struct price *price, const struct plan_past *past)
{
	int64_t left = left_of(view);
	int64_t posts = share(left, past->posts, past->shown);

	view->authors = share(left, past->authors, past->shown);
	view->most = price_at_worst(price, (size_t)left);
	view->about = price_of(price, (size_t)posts, (size_t)view->authors);
	if (view->about > view->most)
		view->about = view->most;
}

/* Posts of the window, as dense as on the page. */
static int64_t posts_of(const struct probe_view *page, int64_t since, int64_t until)
{
	int64_t from = until && until < page->newest ? until : page->newest;
	int64_t shown = page->newest - page->oldest;

	if (from <= since)
		return 0;
	return share(page->posts, from - since, shown > 1000 ? shown : 1000);
}

static int64_t wait_of(const struct probe_view *page, int64_t pages, int64_t now)
{
	int64_t beyond = page->remaining >= 0 ? pages - page->remaining : 0;
	int64_t first = page->limit_ends > now ? page->limit_ends - now : WINDOW_MS;

	if (beyond <= 0)
		return pages * PAGE_MS;
	return pages * PAGE_MS + first + (beyond - 1) / WINDOW_SIZE * WINDOW_MS;
}

void plan_guess(struct plan_view *view, const struct probe_view *page, int64_t since, int64_t until,
		int64_t now)
{
	int64_t size = page->source->ops->max_page;

	view->state = PLAN_GUESSED;
	if (page->posts < size)
		view->posts = since || until ? posts_of(page, since, until) : page->posts;
	else if (since)
		view->posts = posts_of(page, since, until);
	else
		view->state = PLAN_ENDLESS;
	if (view->state == PLAN_ENDLESS || (view->posts > FETCH_MAX_POSTS && !since))
		view->posts = FETCH_MAX_POSTS;
	if (page->posts < size && view->posts > page->posts)
		view->posts = page->posts;
	view->pages = 1 + divide_up(left_of(view), size);
	view->wait_ms = wait_of(page, view->pages, now);
}
