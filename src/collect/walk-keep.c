#include "archive/collect/walk.h"

#include "archive/collect/price.h"

void walk_count_cost(struct walk *walk, const struct page *page, int64_t spent)
{
	struct run *run = &walk->view->run;

	run->billed_posts += (int64_t)page->billed_posts;
	run->billed_authors += (int64_t)page->billed_authors;
	if (!walk_is_paid(walk))
		return;
	walk->cost += price_of(&walk->options->price, page->billed_posts, page->billed_authors);
	run->spent_micros = walk->cost;
	walk->view->near_budget = price_is_near(spent + walk->cost, walk->source->budget_micros);
}

static enum stretch stretch_of(const struct course *course)
{
	if (course->doubted)
		return STRETCH_AGAIN;
	if (course->position.climbing)
		return STRETCH_ABOVE;
	return course->goal < course->span_count || course->from_top_again ? STRETCH_ABOVE
									   : STRETCH_NEW;
}

static void count_page(struct walk *walk, const struct put_report *put, enum stretch stretch)
{
	const struct page *page = &walk->page;
	struct walk_view *view = walk->view;
	struct run *run = &view->run;

	run->pages++;
	walk->look_pages++;
	run->fresh += (int64_t)put->fresh;
	run->known += stretch == STRETCH_AGAIN || walk->again ? 0 : (int64_t)put->known;
	run->dropped += (int64_t)page->dropped;
	walk->gone_on += (int64_t)put->fresh + (stretch == STRETCH_NEW ? (int64_t)put->known : 0);
	if (page->newest > view->newest)
		view->newest = page->newest;
	if (page->oldest && (!view->oldest || page->oldest < view->oldest))
		view->oldest = page->oldest;
}

static bool drop_spans(struct store *store, const struct span *spans, size_t from, size_t to,
		       struct err *err)
{
	for (size_t i = from; i < to; i++)
		if (!ledger_drop_span(store, spans[i].id, err))
			return false;
	return true;
}

static bool keep_span(struct walk *walk, struct store *store, const struct step *step,
		      struct err *err)
{
	struct course *course = &walk->course;
	struct span *span = course_written(course, step->climbing);
	size_t replaced = walk->replaced_count;

	if (!span->top_id)
		return true;
	walk->replaced_count = 0;
	return drop_spans(store, walk->replaced, 0, replaced, err) &&
	       drop_spans(store, course->spans, step->goal, course->goal, err) &&
	       ledger_put_span(store, &walk->key, span, err);
}

struct step walk_note_step(const struct walk *walk)
{
	return (struct step){
		.goal = walk->course.goal,
		.climbing = walk->course.position.climbing,
		.stretch = stretch_of(&walk->course),
	};
}

bool walk_keep(struct walk *walk, struct batch *batch, struct err *err)
{
	const struct http_answer *answer = &walk->answer;
	const struct step *step = &walk->step;
	struct run before = walk->view->run;
	struct put_report put = { 0 };
	int64_t answer_id = 0;
	bool ok = false;
	const struct evidence evidence = {
		.source = walk->source->name.buf,
		.url = walk->answer_url.buf,
		.status = answer->status,
		.fetched = answer->received,
		.bytes = answer->body.buf,
		.len = answer->body.len,
		.cuts = walk->page.cuts,
		.cut_count = walk->page.cut_count,
	};

	if (!batch_enter(batch, err))
		return false;
	if (!store_put_answer(batch->store, &evidence, &answer_id, err) ||
	    !store_put_page(batch->store, &walk->page, walk->key.source, walk->key.tag, answer_id,
			    answer->received, &put, err) ||
	    !keep_span(walk, batch->store, step, err))
		goto out;
	count_page(walk, &put, step->stretch);
	ok = ledger_run_put(batch->store, &walk->view->run, err) &&
	     batch_leave(batch, walk->page.matched, err);
out:
	if (!ok) {
		batch_drop(batch);
		walk->view->run = before;
	}
	return ok;
}

bool walk_keep_people(struct walk *walk, struct batch *batch, struct err *err)
{
	const struct http_answer *answer = &walk->exchange.answer;
	struct evidence evidence = {
		.source = walk->source->name.buf,
		.url = walk->request.url.buf,
		.status = answer->status,
		.fetched = answer->received,
		.bytes = answer->body.buf,
		.len = answer->body.len,
	};

	if (!batch_enter(batch, err))
		return false;
	if (people_keep(&walk->people, batch->store, &evidence, err) &&
	    ledger_run_put(batch->store, &walk->view->run, err) && batch_leave(batch, 0, err))
		return true;
	batch_drop(batch);
	return false;
}
