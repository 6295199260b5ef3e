#include "archive/collect/evidence.h"
#include "archive/collect/merge-parts.h"
#include "archive/collect/reread.h"

#define LONGEST_URL    4096
#define HIGHEST_STATUS 599

/* An answer on its way in. */
struct taking {
	struct merge *merge;
	const struct kept_answer *answer;
	bool unknown; /* it shows a post that did not come in */
};

static bool is_answer(const struct merge *merge, const struct kept_answer *answer)
{
	return !answer->damage && clean_source(answer->source.buf) &&
	       answer->url.len <= LONGEST_URL &&
	       (answer->url.len == 0 || clean_url(answer->url.buf)) && answer->status >= 0 &&
	       answer->status <= HIGHEST_STATUS && answer->fetched > 0 &&
	       answer->fetched <= merge_latest(merge);
}

static bool look_at_page(void *owner, struct page *page, struct err *err)
{
	struct taking *t = owner;

	for (size_t i = 0; i < page->count; i++) {
		const struct post *post = &page->posts[i];
		bool has = true;

		if (!post->uri || !*post->uri || post->created == 0 || post->repost || post->optout)
			continue;
		if (!merge_has_post(t->merge->into, post->uri, &has, err))
			return false;
		t->unknown = t->unknown || !has;
	}
	return true;
}

/* Only what was forgotten; who opted out is another matter. */
static enum fate judge(void *owner, const struct post *post)
{
	const struct taking *t = owner;

	return store_judge(t->merge->into, post) == FATE_DROPPED ? FATE_DROPPED : FATE_KEPT;
}

/* The address may name what was forgotten, of which nothing but a hash is known. */
static bool put(const struct taking *t, const struct page_cut *cuts, size_t count, struct err *err)
{
	const struct kept_answer *answer = t->answer;
	bool told = answer->url.len > 0 && !store_has_forgotten(t->merge->into);
	struct evidence evidence = {
		.source = answer->source.buf,
		.url = told ? answer->url.buf : NULL,
		.status = answer->status,
		.fetched = answer->fetched,
		.redacted = answer->redacted,
		.bytes = answer->body.buf,
		.len = answer->body.len,
		.cuts = cuts,
		.cut_count = count,
	};
	bool fresh = false;

	if (!merge_answer(t->merge->into, &evidence, answer->id, &fresh, err))
		return false;
	t->merge->report->answers += fresh;
	return true;
}

/* What was forgotten is cut out, and all of it where somebody sees it but nobody knows where it
 * stands. What nobody can read holds no post. */
static bool put_cut(struct taking *t, bool forgotten, struct err *err)
{
	const struct page_cut all = { 0, t->answer->body.len };
	struct page page = PAGE_INIT;
	bool ok;

	page.judge = judge;
	page.judge_owner = t;
	if (evidence_read(t->answer, &page))
		ok = put(t, page.cuts, page.cut_count, err);
	else
		ok = put(t, &all, forgotten ? 1 : 0, err);
	page_release(&page);
	return ok;
}

static bool take_answer(struct merge *merge, const struct kept_answer *answer, struct err *err)
{
	struct taking t = { .merge = merge, .answer = answer };
	bool understood = false;
	size_t forgotten = 0;

	if (!reread_answer(merge->into, answer, look_at_page, &t, &understood, &forgotten, err))
		return false;
	if (t.unknown) {
		merge->report->answers_left_out++;
		return true;
	}
	if (forgotten > 0 ||
	    (!understood && answer->body.len > 0 && store_has_forgotten(merge->into)))
		return put_cut(&t, forgotten > 0, err);
	return put(&t, NULL, 0, err);
}

bool merge_answers(struct merge *merge, struct err *err)
{
	struct kept_answer answer = KEPT_ANSWER_INIT;
	int64_t id = 0, done = 0;
	bool ok = merge_answers_begin(merge->into, err);
	int rc = 0;

	while (ok && (rc = store_answer_look(merge->from, id, &answer, err)) > 0) {
		id = answer.id;
		if (!merge_goes_on(merge, "taking in answers", done++, err))
			ok = false;
		else if (!is_answer(merge, &answer))
			merge->report->answers_left_out++;
		else
			ok = take_answer(merge, &answer, err);
	}
	kept_answer_release(&answer);
	return ok && rc == 0;
}
