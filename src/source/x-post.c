#include "archive/source/x.h"

#include <string.h>

#include "archive/source/intake.h"
#include "archive/text/link.h"

const struct jnode *x_references(const struct jnode *post)
{
	const struct jnode *list = jnode_get(post, "referenced_tweets");

	return list ? list : jnode_get(post, "referenced_posts");
}

const struct jnode *x_reference(const struct jnode *post, const char *type)
{
	const struct jnode *list = x_references(post);

	for (size_t i = 0; i < jnode_len(list); i++)
		if (str_same(jnode_string(jnode_at(list, i), "type"), type))
			return jnode_at(list, i);
	return NULL;
}

const struct jnode *x_versions(const struct jnode *node)
{
	const struct jnode *ids = jnode_get(node, "edit_history_tweet_ids");

	return ids ? ids : jnode_get(node, "edit_history_post_ids");
}

const char *x_first_id(struct arena *arena, const struct jnode *node)
{
	const char *first = jnode_text(jnode_at(x_versions(node), 0));

	return x_is_id(first) ? arena_strdup(arena, first) : intake_id_of(arena, node, "id");
}

/* X gives no time of an edit: each version's created_at is its own, and the first one's stands in
 * its id. */
static void read_times(const struct jnode *node, const char *id, const char *first,
		       struct post *post)
{
	int64_t own = intake_time_of(node, "created_at");

	if (!own)
		own = x_id_time(id);
	post->created = own;
	if (jnode_len(x_versions(node)) < 2)
		return;
	post->edited = own;
	if (x_id_time(first))
		post->created = x_id_time(first);
}

static void read_address(const struct x_answer *answer, const struct jnode *node, const char *id,
			 struct post *post)
{
	struct arena *arena = &answer->page->arena;

	if (post->author.url)
		post->url = arena_printf(arena, "%s/status/%s", post->author.url, id);
	else
		post->url = arena_printf(arena, X_PAGE_URL "i/web/status/%s", id);
	post->conversation = intake_id_of(arena, node, "conversation_id");
}

/* The uri of a post that is referred to; its first version is known only when it came along. */
static const char *uri_of(const struct x_answer *answer, const char *id, const struct x_item *item)
{
	struct arena *arena = &answer->page->arena;

	return arena_printf(arena, X_POST_URI "%s", item ? x_first_id(arena, item->node) : id);
}

static void read_references(const struct x_answer *answer, const struct jnode *node,
			    struct post *post)
{
	struct arena *arena = &answer->page->arena;
	const char *quoted = intake_id_of(arena, x_reference(node, "quoted"), "id");
	const char *parent = intake_id_of(arena, x_reference(node, "replied_to"), "id");
	const struct x_item *item = x_list_find(&answer->posts, quoted);
	struct author author;

	if (x_is_id(parent)) {
		post->reply_id = parent;
		post->reply_uri = uri_of(answer, parent, x_list_find(&answer->posts, parent));
	}
	if (!x_is_id(quoted))
		return;
	post->quote_uri = uri_of(answer, quoted, item);
	post->quote_url = arena_printf(arena, X_PAGE_URL "i/web/status/%s", quoted);
	if (!item)
		return;
	x_author(answer, item->node, &author);
	if (author.url)
		post->quote_url = arena_printf(arena, "%s/status/%s", author.url, quoted);
}

static int64_t count_of(const struct jnode *metrics, const char *key, const char *other)
{
	int64_t count = intake_count_of(metrics, key);

	return count < 0 && other ? intake_count_of(metrics, other) : count;
}

/* Those of the long text, which may tell none, and those of the beginning that stands for it. */
static void read_tags(struct arena *arena, const struct jnode *node, struct post *post)
{
	const struct jnode *whole = jnode_path(x_long_form(node), "entities.hashtags");
	const struct jnode *begin = jnode_path(node, "entities.hashtags");
	const char **tags;

	intake_tags(arena, post, whole ? whole : begin, "tag");
	if (!whole || jnode_len(begin) == 0)
		return;
	tags = arena_array(arena, post->tag_count + INTAKE_MAX_TAGS, sizeof(*tags));
	for (size_t i = 0; i < post->tag_count; i++)
		tags[i] = post->tags[i];
	for (size_t i = 0; i < jnode_len(begin) && i < INTAKE_MAX_TAGS; i++)
		intake_add_tag(arena, tags, &post->tag_count,
			       jnode_string(jnode_at(begin, i), "tag"));
	post->tags = tags;
}

static void read_rest(const struct x_answer *answer, const struct jnode *node, struct post *post)
{
	struct arena *arena = &answer->page->arena;
	const struct jnode *metrics = jnode_get(node, "public_metrics");
	const char *quoted = intake_id_of(arena, x_reference(node, "quoted"), "id");

	post->lang = intake_lang_of(arena, node, "lang");
	post->sensitive = jnode_bool(node, "possibly_sensitive", false);
	post->counts = (struct counts){
		.replies = count_of(metrics, "reply_count", NULL),
		.reposts = count_of(metrics, "retweet_count", "repost_count"),
		.likes = count_of(metrics, "like_count", NULL),
		.quotes = count_of(metrics, "quote_count", NULL),
	};
	read_tags(arena, node, post);
	read_references(answer, node, post);
	x_media(answer, node, post);
	post->poll = x_poll(answer, node);
	post->card = x_card(answer, node, quoted);
	x_text(answer, node, quoted, post);
}

static bool may_not_be_kept(const struct jnode *node, const struct jnode *user)
{
	return x_user_is_protected(user) || jnode_get(node, "withheld");
}

enum fate x_post(const struct x_answer *answer, const struct jnode *node, struct post *post)
{
	struct arena *arena = &answer->page->arena;
	const struct jnode *user = x_user_of(answer, node);
	const char *id = intake_id_of(arena, node, "id");
	const char *first = x_first_id(arena, node);
	bool readable = x_is_id(id) && jnode_get(node, "text");

	*post = (struct post){ .network = NETWORK_X, .host = X_HOST, .counts = { -1, -1, -1, -1 } };
	post->repost = x_reference(node, "retweeted") || x_reference(node, "reposted");
	if (readable)
		read_times(node, id, first, post);
	if (may_not_be_kept(node, user) || post->repost)
		return FATE_DROPPED;
	if (!readable || !post->created)
		return x_user_says_no(user) ? FATE_DROPPED : FATE_MALFORMED;
	post->network_id = id;
	post->uri = arena_printf(arena, X_POST_URI "%s", first);
	x_author(answer, node, &post->author);
	if (x_user_says_no(user)) {
		intake_empty(post, true);
		return FATE_OPTED_OUT;
	}
	read_address(answer, node, id, post);
	read_rest(answer, node, post);
	return intake_judge(answer->page, post, FATE_KEPT);
}
