#include "archive/collect/intake-parts.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

bool intake_is_choosy(const struct intake_order *order)
{
	return order->tag_count > 0 || order->author || order->since || order->until;
}

static bool has_tag(const struct intake_order *order, const struct post *post)
{
	for (size_t i = 0; i < order->tag_count; i++)
		for (size_t k = 0; k < post->tag_count; k++)
			if (str_same(order->tags[i], post->tags[k]))
				return true;
	return order->tag_count == 0;
}

static bool holds_folded(const char *text, const struct str *word)
{
	struct str folded = STR_INIT;
	bool found;

	if (!text)
		return false;
	utf8_add_folded(&folded, text, strlen(text));
	found = memmem(folded.buf, folded.len, word->buf, word->len) != NULL;
	str_release(&folded);
	return found;
}

static bool is_by(const struct intake_order *order, const struct author *author)
{
	const char *name = order->author;
	struct str word = STR_INIT;
	bool found;

	if (!name)
		return true;
	name += *name == '@';
	utf8_add_folded(&word, name, strlen(name));
	found = holds_folded(author->handle, &word) || holds_folded(author->name, &word);
	str_release(&word);
	return found;
}

static bool is_wanted(const struct intake_order *order, const struct post *post)
{
	return (!order->since || post->created >= order->since) &&
	       (!order->until || post->created < order->until) && is_by(order, &post->author) &&
	       has_tag(order, post);
}

static bool same_place(const struct page_cut *a, const struct page_cut *b)
{
	return a->to > a->from && a->from == b->from && a->to == b->to;
}

/* Did it come along with one that stays? */
static bool is_referred_to(const struct page *page, const bool *wanted, size_t index)
{
	const struct post *post = &page->posts[index];

	for (size_t i = 0; i < page->count; i++) {
		if (!wanted[i] || page->posts[i].context)
			continue;
		if (same_place(&page->origins[i], &page->origins[index]) ||
		    str_same(page->posts[i].quote_uri, post->uri) ||
		    str_same(page->posts[i].reply_uri, post->uri))
			return true;
	}
	return false;
}

static int by_place(const void *a, const void *b)
{
	const struct page_cut *left = a, *right = b;

	return (left->from > right->from) - (left->from < right->from);
}

/* The cuts of what is not wanted among those that are there: ascending, one where they meet. */
static void settle_cuts(struct page *page, size_t len)
{
	size_t kept = 0;

	if (page->cut_count == 0)
		return;
	qsort(page->cuts, page->cut_count, sizeof(*page->cuts), by_place);
	for (size_t i = 0; i < page->cut_count; i++) {
		struct page_cut cut = page->cuts[i];

		if (cut.to > len)
			cut.to = len;
		if (kept > 0 && cut.from < page->cuts[kept - 1].to) {
			if (cut.to > page->cuts[kept - 1].to)
				page->cuts[kept - 1].to = cut.to;
			continue;
		}
		page->cuts[kept++] = cut;
	}
	page->cut_count = kept;
}

/* What is wanted stays where it is in the order; an element that holds another one stays whole. */
static void take_out(struct page *page, const bool *wanted)
{
	size_t kept = 0;

	for (size_t i = 0; i < page->count; i++) {
		if (!wanted[i]) {
			if (page->origins[i].to > page->origins[i].from)
				page_add_cut(page, page->origins[i].from, page->origins[i].to);
			continue;
		}
		page->posts[kept] = page->posts[i];
		page->origins[kept++] = page->origins[i];
	}
	page->count = kept;
}

void intake_filter(struct intake *intake, struct page *page, size_t len)
{
	bool *wanted;

	if (!intake_is_choosy(intake->order) || page->count == 0)
		return;
	wanted = xcalloc(page->count, sizeof(*wanted));
	for (size_t i = 0; i < page->count; i++)
		wanted[i] = !page->posts[i].context && is_wanted(intake->order, &page->posts[i]);
	for (size_t i = 0; i < page->count; i++) {
		if (page->posts[i].context)
			wanted[i] = is_referred_to(page, wanted, i);
		else
			intake->report->read.unwanted += !wanted[i];
	}
	take_out(page, wanted);
	settle_cuts(page, len);
	free(wanted);
}
