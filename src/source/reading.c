#include "archive/source/reading.h"

#include <stdlib.h>
#include <string.h>

#include "archive/source/intake.h"
#include "archive/source/span.h"

/* What is emptied of one element: its parts, or the parts of its parts. */
#define MAX_CUTS (READING_MAX_PARTS * READING_MAX_PARTS)

struct cuts {
	struct span_range ranges[MAX_CUTS];
	size_t count;
	bool lost; /* one of them was not found among the bytes */
};

/* What stands between the brackets of the object at the path. */
static void empty_member(const struct reading *reading, const struct span_range *element,
			 const char *path, struct cuts *cuts)
{
	struct span_member member;

	if (!span_path(reading->bytes, element->to, element->from, path, &member) ||
	    member.value.to - member.value.from <= 2) {
		cuts->lost = true;
		return;
	}
	cuts->ranges[cuts->count++] = (struct span_range){ member.value.from + 1,
							   member.value.to - 1 };
}

static int by_place(const void *a, const void *b)
{
	const struct span_range *left = a;
	const struct span_range *right = b;

	return left->from < right->from ? -1 : left->from > right->from;
}

/* In their order, as a page wants them. A part that cannot be found takes the element with it. */
static void make_cuts(const struct reading *reading, const struct span_range *element,
		      struct cuts *cuts)
{
	if (cuts->lost) {
		page_add_cut(reading->page, element->from, element->to);
		return;
	}
	qsort(cuts->ranges, cuts->count, sizeof(cuts->ranges[0]), by_place);
	for (size_t i = 0; i < cuts->count; i++)
		page_add_cut(reading->page, cuts->ranges[i].from, cuts->ranges[i].to);
}

static void empty_inner_parts(const struct reading *reading, const struct span_range *element,
			      const struct reading_part *part, struct cuts *cuts)
{
	struct reading_part inner[READING_MAX_PARTS];
	size_t count = reading->ops->parts(part->node, inner);

	for (size_t i = 0; i < count; i++)
		empty_member(
			reading, element,
			arena_printf(&reading->page->arena, "%s.%s", part->path, inner[i].path),
			cuts);
}

static void name_part(struct post *outer, const struct reading_part *part, const struct post *post)
{
	if (!part->quoted) {
		outer->reply_uri = post->uri;
		return;
	}
	outer->quote_uri = post->uri;
	outer->quote_url = post->url;
}

static void read_part(const struct reading *reading, const struct span_range *element,
		      const struct reading_part *part, struct post *outer, struct cuts *cuts)
{
	struct page *page = reading->page;
	struct post post = { 0 };
	enum fate fate = intake_judge(
		page, &post, reading->ops->post(reading->source, &page->arena, part->node, &post));

	if (!part->refused && (fate == FATE_KEPT || fate == FATE_OPTED_OUT)) {
		name_part(outer, part, &post);
		post.context = true;
		*page_add(page) = post;
	}
	if (fate == FATE_KEPT)
		empty_inner_parts(reading, element, part, cuts);
	else
		empty_member(reading, element, part->path, cuts);
}

static void read_parts(const struct reading *reading, const struct jnode *node,
		       const struct span_range *element, struct post *outer)
{
	struct reading_part parts[READING_MAX_PARTS];
	struct cuts cuts = { 0 };
	size_t count = reading->ops->parts(node, parts);

	for (size_t i = 0; i < count; i++)
		read_part(reading, element, &parts[i], outer, &cuts);
	make_cuts(reading, element, &cuts);
}

static void note_place(const struct reading *reading, const struct jnode *node)
{
	struct page *page = reading->page;
	const char *id;

	if (reading->ops->place) {
		reading->ops->place(page, node);
		return;
	}
	id = intake_id_of(&page->arena, node, "id");
	if (id && reading->order && page->lowest) {
		reading->order->rises |= strcmp(page->lowest, id) < 0;
		reading->order->falls |= strcmp(page->lowest, id) > 0;
	}
	if (id && !page->highest)
		page->highest = id;
	if (id)
		page->lowest = id;
}

static bool is_wanted(const struct reading *reading, const struct jnode *node)
{
	const char *tag = reading->page->tag;

	return !tag || !reading->ops->carries || reading->ops->carries(node, tag);
}

static void count_fate(struct page *page, enum fate fate, const struct post *post,
		       const struct span_range *element)
{
	if (fate == FATE_DROPPED || fate == FATE_OPTED_OUT)
		page_add_cut(page, element->from, element->to);
	page->dropped += fate == FATE_DROPPED;
	page->reposts += fate == FATE_DROPPED && post->repost;
	page->malformed += fate == FATE_MALFORMED;
}

void reading_element(const struct reading *reading, const struct jnode *node, size_t from,
		     size_t to)
{
	struct page *page = reading->page;
	struct span_range element = { from, to };
	struct post post = { 0 };
	size_t place = page->count;
	enum fate fate;

	if (jnode_is_null(node))
		return;
	page->matched++;
	page->element = (struct page_cut){ from, to };
	note_place(reading, node);
	fate = reading->ops->post(reading->source, &page->arena, node, &post);
	if (fate != FATE_MALFORMED && !is_wanted(reading, node)) {
		page->unwanted++;
		page_add_cut(page, from, to);
		return;
	}
	fate = intake_judge(page, &post, fate);
	intake_note_time(page, post.created);
	count_fate(page, fate, &post, &element);
	if (fate != FATE_KEPT && fate != FATE_OPTED_OUT)
		return;
	*page_add(page) = post;
	if (fate != FATE_KEPT)
		return;
	read_parts(reading, node, &element, &post);
	page->posts[place] = post;
}

bool reading_array(const struct reading *reading, size_t len, const char *path)
{
	struct arena nodes = ARENA_INIT;
	struct jelements reader;
	struct jnode *node;
	struct err why = { 0 };
	int rc;

	if (!jelements_begin(&reader, reading->bytes, len, path))
		return true;
	reader.arena = &nodes;
	reader.unread = reading->ops->unread;
	while (!page_is_overfull(reading->page) &&
	       (rc = jelements_next(&reader, &node, &why)) != 0) {
		if (rc < 0) {
			reading->page->matched++;
			reading->page->malformed++;
			continue;
		}
		reading_element(reading, node, reader.from, reader.to);
	}
	arena_release(&nodes);
	reading->page->malformed += page_is_overfull(reading->page);
	return reader.to < len;
}

char reading_first_byte(const char *bytes, size_t len)
{
	size_t at = span_blank(bytes, len, 0);

	return at < len ? bytes[at] : '\0';
}

static void read_single(const struct reading *reading, size_t from, size_t to)
{
	struct err why = { 0 };
	struct jnode *node = jnode_parse(reading->bytes + from, to - from, &why);

	if (node) {
		reading_element(reading, node, from, to);
	} else {
		reading->page->matched++;
		reading->page->malformed++;
	}
	jnode_free(node);
}

bool reading_body(const struct reading_ops *ops, const char *bytes, size_t len, struct page *page,
		  struct err *err)
{
	const struct reading reading = { .ops = ops, .page = page, .bytes = bytes };
	size_t from = span_blank(bytes, len, 0);

	if (!span_is_whole(bytes, len, from))
		return err_set(err, ERR_MALFORMED, "the posts break off");
	if (bytes[from] == '[')
		(void)reading_array(&reading, len, "");
	else
		read_single(&reading, from, span_value(bytes, len, from));
	return true;
}
