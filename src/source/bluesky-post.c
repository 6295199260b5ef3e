#include "archive/source/bluesky.h"

#include <string.h>

#include "archive/source/intake.h"

#define MAX_LABELS 256

/* ---- labels ---- */

static const char *const hidden[] = { "!hide", "!takedown", "!suspend", NULL };
static const char *const sensitive[] = {
	"porn", "sexual", "nudity", "graphic-media", "!warn", NULL
};
static const char *const strangers[] = { "!no-unauthenticated", NULL };
static const char *const robots[] = { "bot", NULL };

static bool is_one_of(const char *value, const char *const *values)
{
	for (; value && *values; values++)
		if (str_same(value, *values))
			return true;
	return false;
}

/* The first label with one of these values that was not taken back. */
static const struct jnode *find_label(const struct jnode *labels, const char *const *values)
{
	for (size_t i = 0; i < jnode_len(labels) && i < MAX_LABELS; i++) {
		const struct jnode *label = jnode_at(labels, i);

		if (is_one_of(jnode_string(label, "val"), values) &&
		    !jnode_bool(label, "neg", false))
			return label;
	}
	return NULL;
}

static bool has_label(const struct jnode *node, const char *const *values)
{
	return find_label(jnode_get(node, "labels"), values) != NULL;
}

/* By a moderator, or by the author in the record. */
static bool post_has_label(const struct jnode *view, const char *const *values)
{
	const struct jnode *own = jnode_path(bluesky_record(view), "labels.values");

	return has_label(view, values) || find_label(own, values);
}

/* Does the author want to be shown to no stranger, or not to be kept? own_word: the author's DID
 * says so, by a server that was asked for it. */
static bool says_no(const struct source *source, const struct jnode *view, bool *own_word)
{
	const struct jnode *author = jnode_get(view, "author");
	const struct jnode *label = find_label(jnode_get(author, "labels"), strangers);
	const char *did = jnode_string(author, "did");

	*own_word = source && (!label || str_same(jnode_string(label, "src"), did));
	if (label || intake_says_no(jnode_string(author, "description")))
		return true;
	*own_word = false;
	return post_has_label(view, strangers);
}

/* ---- the post ---- */

static void read_reply(struct arena *arena, const struct jnode *record, struct post *post)
{
	const struct jnode *reply = jnode_get(record, "reply");

	post->reply_uri = bluesky_uri(arena, jnode_string(jnode_get(reply, "parent"), "uri"));
	post->conversation = bluesky_uri(arena, jnode_string(jnode_get(reply, "root"), "uri"));
	if (!post->conversation)
		post->conversation = post->uri;
}

static const char *lang_of(struct arena *arena, const struct jnode *record)
{
	const struct jnode *first = jnode_at(jnode_get(record, "langs"), 0);

	return intake_lang(arena, jnode_text(first));
}

static void read_rest(struct arena *arena, const struct jnode *view, struct post *post)
{
	const struct jnode *record = bluesky_record(view);

	post->url = bluesky_page(arena, post->uri);
	post->lang = lang_of(arena, record);
	post->sensitive = post_has_label(view, sensitive);
	post->author.bot = has_label(jnode_get(view, "author"), robots);
	post->counts = (struct counts){
		.replies = intake_count_of(view, "replyCount"),
		.reposts = intake_count_of(view, "repostCount"),
		.likes = intake_count_of(view, "likeCount"),
		.quotes = intake_count_of(view, "quoteCount"),
	};
	read_reply(arena, record, post);
	post->quote_uri = bluesky_quote_uri(arena, view);
	if (post->quote_uri)
		post->quote_url = bluesky_page(arena, post->quote_uri);
	bluesky_tags(arena, record, post);
	bluesky_embeds(arena, view, post);
	bluesky_text(arena, record, post);
}

static bool is_by(const char *uri, const char *did)
{
	const char *authority = uri + strlen("at://");
	size_t len = strlen(did);

	return !strncmp(authority, did, len) && authority[len] == '/';
}

/* A uri in another's name is nobody's post. */
static bool read_names(struct arena *arena, const struct jnode *view, struct post *post)
{
	post->uri = bluesky_uri(arena, jnode_string(view, "uri"));
	post->network_id = post->uri;
	post->created = bluesky_time(view);
	return bluesky_author(arena, jnode_get(view, "author"), &post->author) && post->uri &&
	       post->created && is_by(post->uri, post->author.uri) &&
	       jnode_is_object(bluesky_record(view));
}

enum fate bluesky_post(const struct source *source, struct arena *arena, const struct jnode *view,
		       struct post *post)
{
	bool own_word, readable, no;

	*post = (struct post){ .network = NETWORK_BLUESKY,
			       .host = BLUESKY_HOST,
			       .counts = { -1, -1, -1, -1 } };
	if (!jnode_is_object(view))
		return FATE_MALFORMED;
	readable = read_names(arena, view, post);
	no = says_no(source, view, &own_word);
	if (post_has_label(view, hidden) || has_label(jnode_get(view, "author"), hidden))
		return FATE_DROPPED;
	if (!readable)
		return no ? FATE_DROPPED : FATE_MALFORMED;
	if (no) {
		intake_empty(post, own_word);
		return FATE_OPTED_OUT;
	}
	read_rest(arena, view, post);
	return FATE_KEPT;
}
