#include "archive/source/mastodon.h"

#include <string.h>

#include "archive/markup/markup.h"
#include "archive/source/intake.h"
#include "archive/text/link.h"

/* Who says nothing about visibility is not public. */
static bool read_visibility(const struct jnode *status, enum visibility *out)
{
	const char *text = jnode_string(status, "visibility");

	*out = str_same(text, "unlisted") ? VISIBILITY_UNLISTED : VISIBILITY_PUBLIC;
	return str_same(text, "unlisted") || str_same(text, "public");
}

bool mastodon_has_quote(const struct jnode *status)
{
	return jnode_is_object(jnode_get(status, "quote")) ||
	       jnode_is_object(jnode_path(status, "pleroma.quote"));
}

static bool is_status(const struct jnode *node)
{
	return jnode_is_object(jnode_get(node, "account"));
}

const struct jnode *mastodon_quoted(const struct jnode *status, const char **path, bool *accepted)
{
	const struct jnode *quote = jnode_get(status, "quote");
	const struct jnode *inner = jnode_get(quote, "quoted_status");

	*accepted = true;
	*path = "quote.quoted_status";
	if (is_status(inner)) {
		*accepted = str_same(jnode_string(quote, "state"), "accepted");
		return inner;
	}
	/* Akkoma's and Pleroma's ways: the Status itself (apis.md 2.3) */
	*path = "quote";
	if (is_status(quote))
		return quote;
	*path = "pleroma.quote";
	quote = jnode_path(status, *path);
	return is_status(quote) ? quote : NULL;
}

/* What is known of the quoted post when it did not come along. */
static void read_quote_names(struct arena *arena, const struct jnode *status, struct post *post)
{
	const struct jnode *inner = jnode_path(status, "quote.quoted_status");

	post->quote_uri = intake_uri(arena, jnode_string(inner, "uri"));
	if (!post->quote_uri)
		post->quote_uri =
			intake_uri(arena, jnode_string(jnode_get(status, "pleroma"), "quote_url"));
}

static void read_text(struct arena *arena, const struct jnode *status, struct post *post)
{
	const char *content = jnode_string(status, "content");
	bool quotes = mastodon_has_quote(status);
	struct str html = STR_INIT, text = STR_INIT;

	if (content)
		markup_from_html(content, strlen(content), quotes, &html, &text);
	post->html = intake_made(arena, &html);
	post->text = intake_made(arena, &text);
	post->spoiler = intake_text_of(arena, status, "spoiler_text");
	post->sensitive = jnode_bool(status, "sensitive", false);
	post->lang = intake_lang_of(arena, status, "language");
	str_release(&html);
	str_release(&text);
}

static void read_rest(struct arena *arena, const struct jnode *status, struct post *post)
{
	post->edited = intake_time_of(status, "edited_at");
	post->reply_id = intake_id_of(arena, status, "in_reply_to_id");
	intake_tags(arena, post, jnode_get(status, "tags"), "name");
	mastodon_media(arena, jnode_get(status, "media_attachments"), post);
	post->emojis = mastodon_emojis(arena, jnode_get(status, "emojis"), &post->emoji_count);
	post->poll = mastodon_poll(arena, jnode_get(status, "poll"));
	post->card = mastodon_card(arena, jnode_get(status, "card"));
	post->counts = (struct counts){
		.replies = intake_count_of(status, "replies_count"),
		.reposts = intake_count_of(status, "reblogs_count"),
		.likes = intake_count_of(status, "favourites_count"),
		.quotes = intake_count_of(status, "quotes_count"),
	};
	read_quote_names(arena, status, post);
}

/* The uri is the identity; a status without one is known by its page. */
static bool read_names(struct arena *arena, const struct jnode *status, struct post *post)
{
	post->network_id = intake_id_of(arena, status, "id");
	post->uri = intake_uri(arena, jnode_string(status, "uri"));
	post->url = intake_url_of(arena, status, "url");
	if (!post->uri)
		post->uri = post->url;
	if (!post->url)
		post->url = intake_url(arena, post->uri);
	post->created = intake_time_of(status, "created_at");
	return post->uri && post->created;
}

static bool is_withdrawn(const struct jnode *account)
{
	return jnode_bool(account, "suspended", false) || jnode_bool(account, "limited", false);
}

static bool is_its_own_word(const struct source *source, const struct author *author)
{
	struct str home = STR_INIT;
	bool own = source && source->host.len > 0 && author->uri && link_host(author->uri, &home) &&
		   str_same(home.buf, source->host.buf);

	str_release(&home);
	return own;
}

enum fate mastodon_status(const struct source *source, struct arena *arena,
			  const struct jnode *status, struct post *post)
{
	const struct jnode *account = jnode_get(status, "account");
	bool readable;

	*post = (struct post){ .network = NETWORK_MASTODON, .counts = { -1, -1, -1, -1 } };
	if (!jnode_is_object(status))
		return FATE_MALFORMED;
	readable = read_names(arena, status, post);
	post->repost = jnode_is_object(jnode_get(status, "reblog"));
	if (!read_visibility(status, &post->visibility) || post->repost || is_withdrawn(account))
		return FATE_DROPPED;
	mastodon_author(source, arena, account, &post->author);
	post->host = post->author.host;
	if (!readable || !post->author.handle || !post->host)
		return post->author.optout ? FATE_DROPPED : FATE_MALFORMED;
	if (post->author.optout) {
		intake_empty(post, is_its_own_word(source, &post->author));
		return FATE_OPTED_OUT;
	}
	read_text(arena, status, post);
	read_rest(arena, status, post);
	return FATE_KEPT;
}
