#include "archive/source/x.h"

#include <string.h>

#include "archive/source/intake.h"
#include "archive/source/lookup.h"
#include "archive/source/span.h"

#define MAX_INCLUDED ((size_t)4 << 20) /* bytes that are nodes all at once */

static void note_id(struct page *page, const char *id)
{
	if (!x_is_id(id))
		return;
	if (!page->lowest || x_id_compare(id, page->lowest) < 0)
		page->lowest = id;
	if (!page->highest || x_id_compare(id, page->highest) > 0)
		page->highest = id;
}

/* What a kept post quotes or answers comes along as a post of its own. */
static void want_references(struct x_answer *answer, const struct jnode *node)
{
	static const char *const types[] = { "quoted", "replied_to" };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		const char *id = jnode_string(x_reference(node, types[i]), "id");
		struct x_item *item = x_list_find(&answer->posts, id);

		if (item)
			item->wanted = true;
	}
}

static void mark(const struct x_list *list, const char *id, enum fate fate)
{
	struct x_item *item = x_list_find(list, id);

	if (!item)
		return;
	item->kept = item->kept || fate == FATE_KEPT;
	item->refused = item->refused || fate == FATE_DROPPED || fate == FATE_OPTED_OUT;
}

/* The texts of pictures and polls stand beside the post that they belong to. */
static void mark_attachments(struct x_answer *answer, const struct jnode *node, enum fate fate)
{
	const struct jnode *keys = jnode_path(node, "attachments.media_keys");
	const struct jnode *ids = jnode_path(node, "attachments.poll_ids");

	for (size_t i = 0; i < jnode_len(keys); i++)
		mark(&answer->media, jnode_text(jnode_at(keys, i)), fate);
	for (size_t i = 0; i < jnode_len(ids); i++)
		mark(&answer->polls, jnode_text(jnode_at(ids, i)), fate);
}

/* Who wrote it does, too: whose only post here is not to be kept leaves no name. */
static void mark_user(struct x_answer *answer, const struct jnode *node, enum fate fate,
		      bool repost)
{
	if (!repost)
		mark(&answer->users, jnode_id(node, "author_id", &answer->page->arena), fate);
}

static void cut_refused(struct x_answer *answer, const struct x_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].refused && !list->items[i].kept)
			x_answer_cut(answer, list->items[i].from, list->items[i].to);
}

/* Flattened posts hold what they refer to inside of them. */
static bool holds_what_may_not_be_kept(const struct x_answer *answer, const struct jnode *node)
{
	const struct jnode *list = x_references(node);
	struct post post;

	for (size_t i = 0; i < jnode_len(list); i++) {
		const struct jnode *inner = jnode_at(list, i);

		if (jnode_string(inner, "text") && x_post(answer, inner, &post) != FATE_KEPT)
			return true;
	}
	return false;
}

/* Is something known against whatever this user writes? */
static bool is_refused(const struct x_answer *answer, const char *id)
{
	struct arena *arena = &answer->page->arena;
	struct post post = { .network = NETWORK_X };

	post.author.uri = arena_printf(arena, X_USER_URI "%s", id);
	return intake_judge(answer->page, &post, FATE_KEPT) != FATE_KEPT;
}

/* A look-up of users gives them where others give posts. */
static bool is_refused_user(const struct x_answer *answer, const struct jnode *node, const char *id)
{
	return id && !jnode_get(node, "text") && jnode_get(node, "username") &&
	       is_refused(answer, id);
}

static void read_element(struct x_answer *answer, const struct jnode *node, size_t from, size_t to)
{
	struct page *page = answer->page;
	struct post post;
	enum fate fate;
	const char *id = intake_id_of(&page->arena, node, "id");
	struct x_item *included = x_list_find(&answer->posts, id);

	if (jnode_is_null(node))
		return; /* a null stands where something was cut out */
	fate = x_post(answer, node, &post);
	page->matched++;
	page->element = (struct page_cut){ from, to };
	note_id(page, id);
	intake_note_time(page, post.created);
	if (included)
		included->seen = true;
	if (fate == FATE_MALFORMED)
		page->malformed++;
	page->dropped += fate == FATE_DROPPED;
	page->reposts += fate == FATE_DROPPED && post.repost;
	if (fate == FATE_DROPPED || fate == FATE_OPTED_OUT || is_refused_user(answer, node, id) ||
	    holds_what_may_not_be_kept(answer, node))
		x_answer_cut(answer, from, to);
	mark_attachments(answer, node, fate);
	mark_user(answer, node, fate, post.repost);
	if (fate == FATE_KEPT)
		want_references(answer, node);
	if (fate == FATE_KEPT || fate == FATE_OPTED_OUT)
		*page_add(page) = post;
}

static void read_list(struct x_answer *answer, const char *path)
{
	struct jelements reader;
	struct err why = { 0 };
	struct jnode *node;
	int rc;

	if (!jelements_begin(&reader, answer->bytes, answer->len, path))
		return;
	while (!page_is_overfull(answer->page) &&
	       (rc = jelements_next(&reader, &node, &why)) != 0) {
		if (rc < 0) {
			answer->page->matched++;
			answer->page->malformed++;
			continue;
		}
		read_element(answer, node, reader.from, reader.to);
		jnode_free(node);
	}
	answer->page->malformed += page_is_overfull(answer->page);
}

static void read_single(struct x_answer *answer, size_t from, size_t to)
{
	struct err why = { 0 };
	struct jnode *node = jnode_parse(answer->bytes + from, to - from, &why);

	if (!node) {
		answer->page->matched++;
		answer->page->malformed++;
		return;
	}
	read_element(answer, node, from, to);
	jnode_free(node);
}

/* Nobody asks who wrote what no kept post refers to: it is not known whether it may be kept. */
static bool is_nobodys(const struct x_answer *answer, const struct x_item *item)
{
	return !item->wanted && !x_user_of(answer, item->node);
}

static void read_included(struct x_answer *answer)
{
	for (size_t i = 0; i < answer->posts.count; i++) {
		const struct x_item *item = &answer->posts.items[i];
		struct post post;
		enum fate fate = x_post(answer, item->node, &post);

		mark_attachments(answer, item->node, fate);
		mark_user(answer, item->node, fate, post.repost);
		if (fate == FATE_DROPPED || fate == FATE_OPTED_OUT || is_nobodys(answer, item))
			x_answer_cut(answer, item->from, item->to);
		if (!item->wanted || item->seen || (fate != FATE_KEPT && fate != FATE_OPTED_OUT))
			continue;
		post.context = true;
		answer->page->element = (struct page_cut){ item->from, item->to };
		*page_add(answer->page) = post;
	}
	for (size_t i = 0; i < answer->users.count; i++) {
		const struct x_item *item = &answer->users.items[i];

		if (x_user_is_protected(item->node) || x_user_says_no(item->node) ||
		    (item->refused && !item->kept) || is_refused(answer, item->id))
			x_answer_cut(answer, item->from, item->to);
	}
	cut_refused(answer, &answer->media);
	cut_refused(answer, &answer->polls);
}

/* A page: an object with data, includes and meta. */
static void read_page(const char *bytes, size_t len, struct page *page)
{
	size_t from = span_blank(bytes, len, 0);
	struct span_member data;
	struct x_answer answer;

	x_answer_open(&answer, page, bytes, len);
	if (span_find(bytes, len, from, "data", &data)) {
		if (bytes[data.value.from] == '{')
			read_single(&answer, data.value.from, data.value.to);
		else
			read_list(&answer, "data");
	}
	page->billed_posts = page->matched + answer.posts.count;
	page->billed_authors = answer.users.count;
	read_included(&answer);
	x_answer_close(&answer);
}

static void read_next(const char *bytes, size_t len, struct page *page)
{
	struct span_member meta;
	struct err why = { 0 };
	struct jnode *node;

	if (!span_find(bytes, len, span_blank(bytes, len, 0), "meta", &meta))
		return;
	node = jnode_parse(bytes + meta.value.from, meta.value.to - meta.value.from, &why);
	page->next = intake_id_of(&page->arena, node, "next_token");
	jnode_free(node);
}

static bool is_page(const char *bytes, size_t len)
{
	size_t from = span_blank(bytes, len, 0);
	struct span_member member;

	return span_find(bytes, len, from, "data", &member) ||
	       span_find(bytes, len, from, "meta", &member);
}

static bool includes_fit(const char *bytes, size_t len, struct err *err)
{
	struct span_member includes;

	if (!span_find(bytes, len, span_blank(bytes, len, 0), "includes", &includes) ||
	    includes.value.to - includes.value.from <= MAX_INCLUDED)
		return true;
	return err_set(err, ERR_MALFORMED, "more came along with the posts than any answer holds");
}

/* A since_id that is too old is refused with the smallest one that would do. */
static bool reaches(const struct http_answer *answer, struct page *out)
{
	if (answer->status != 400)
		return false;
	out->reaches_to = x_usable_id(&out->arena, answer);
	out->oldest = x_id_time(out->reaches_to);
	return out->reaches_to != NULL;
}

static bool parse(const struct source *source, const struct http_answer *answer, struct page *out,
		  struct err *err)
{
	const char *bytes = answer->body.buf;
	size_t len = answer->body.len;
	size_t from = span_blank(bytes, len, 0);

	if (reaches(answer, out))
		return true;
	if (answer->status != 200 || from >= len || bytes[from] != '{')
		return x_deny(source, answer, err);
	if (!span_is_whole(bytes, len, from))
		return err_set(err, ERR_NETWORK,
			       "%s broke off in the middle of its answer: try again",
			       source->name.buf);
	if (!is_page(bytes, len))
		return x_deny(source, answer, err);
	if (!includes_fit(bytes, len, err))
		return err_wrap(err, "%s", source->name.buf);
	read_page(bytes, len, out);
	read_next(bytes, len, out);
	intake_limits(answer, X_LIMIT_LEFT, X_LIMIT_RESET, out);
	out->last = !out->next;
	return true;
}

static bool parse_body(const struct source *source, const char *bytes, size_t len, struct page *out,
		       struct err *err)
{
	size_t from = span_blank(bytes, len, 0);
	struct x_answer answer;

	(void)source;
	if (!span_is_whole(bytes, len, from))
		return err_set(err, ERR_MALFORMED, "the posts break off");
	if (bytes[from] == '{' && is_page(bytes, len)) {
		if (!includes_fit(bytes, len, err))
			return false;
		read_page(bytes, len, out);
		return true;
	}
	x_answer_open(&answer, out, "", 0);
	answer.bytes = bytes;
	answer.len = len;
	if (bytes[from] == '[')
		read_list(&answer, "");
	else
		read_single(&answer, from, span_value(bytes, len, from));
	x_answer_close(&answer);
	return true;
}

const struct source_ops source_x = {
	.network = NETWORK_X,
	.flags = SOURCE_NEEDS_TOKEN | SOURCE_IS_PAID | SOURCE_TOKENS_PAGE | SOURCE_IDS_BY_SIZE,
	.default_url = "https://api.x.com",
	.max_page = X_MAX_PAGE,
	.reach_ms = X_REACH_MS,
	.request = x_request,
	.parse = parse,
	.parse_body = parse_body,
	.counts = &x_counts,
	.authors = &x_authors,
	.lookup = &lookup_x,
};
