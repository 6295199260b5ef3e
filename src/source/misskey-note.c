#include "archive/source/misskey.h"

#include <string.h>

#include "archive/markup/markup.h"
#include "archive/source/intake.h"

/* Who says nothing about visibility is not public. What its author did not let out of the server is
 * readable there without an account: it is kept as what is home. */
static bool read_visibility(const struct jnode *note, enum visibility *out)
{
	const char *text = jnode_string(note, "visibility");
	bool home = str_same(text, "home");

	*out = home || jnode_bool(note, "localOnly", false) ? VISIBILITY_UNLISTED
							    : VISIBILITY_PUBLIC;
	return home || str_same(text, "public");
}

/* A quote has something of its own to say. */
static bool is_pure_renote(const struct jnode *note)
{
	return (jnode_get(note, "renoteId") || jnode_get(note, "renote")) &&
	       !jnode_string(note, "text") && !jnode_string(note, "cw") &&
	       !jnode_get(note, "replyId") && !jnode_len(jnode_get(note, "files")) &&
	       !jnode_len(jnode_get(note, "fileIds")) && !jnode_is_object(jnode_get(note, "poll"));
}

/* The uri is the identity; a local note has none, and is known by its page. */
static bool read_names(struct arena *arena, const struct jnode *note, const char *server,
		       struct post *post)
{
	post->network_id = intake_id_of(arena, note, "id");
	post->uri = intake_uri(arena, jnode_string(note, "uri"));
	post->url = intake_url_of(arena, note, "url");
	if (!post->uri)
		post->uri = post->url;
	if (!post->uri && server && post->network_id)
		post->uri = intake_uri(arena, arena_printf(arena, "https://%s/notes/%s", server,
							   post->network_id));
	if (!post->url)
		post->url = intake_url(arena, post->uri);
	post->created = intake_time_of(note, "createdAt");
	return post->uri && post->created;
}

static void find_emojis(const char *text, struct str *names)
{
	if (text)
		markup_from_mfm(text, strlen(text), NULL, NULL, NULL, names);
}

static void read_text(struct arena *arena, const struct jnode *note, struct post *post,
		      struct str *emojis)
{
	const char *content = jnode_string(note, "text");
	const char *base = arena_printf(arena, "https://%s", post->host);
	struct str html = STR_INIT, text = STR_INIT;

	if (content)
		markup_from_mfm(content, strlen(content), base, &html, &text, emojis);
	post->html = intake_made(arena, &html);
	post->text = intake_made(arena, &text);
	post->spoiler = intake_text_of(arena, note, "cw");
	post->sensitive = post->spoiler != NULL;
	find_emojis(post->spoiler, emojis);
	str_release(&html);
	str_release(&text);
}

static void read_rest(struct arena *arena, const struct jnode *note, struct post *post)
{
	post->edited = intake_time_of(note, "updatedAt");
	post->reply_id = intake_id_of(arena, note, "replyId");
	intake_tags(arena, post, jnode_get(note, "tags"), NULL);
	misskey_files(arena, jnode_get(note, "files"), post);
	post->poll = misskey_poll(arena, jnode_get(note, "poll"));
	post->counts = (struct counts){
		.replies = intake_count_of(note, "repliesCount"),
		.reposts = intake_count_of(note, "renoteCount"),
		.likes = intake_count_of(note, "reactionCount"),
		.quotes = -1,
	};
}

static void read_emojis(struct arena *arena, const struct jnode *note, struct str *names,
			struct post *post)
{
	bool local = !jnode_string(jnode_get(note, "user"), "host");

	for (size_t i = 0; post->poll && i < post->poll->option_count; i++)
		find_emojis(post->poll->options[i].title, names);
	post->emojis = misskey_emojis(arena, names->buf, jnode_get(note, "emojis"),
				      local ? post->host : NULL, &post->emoji_count);
}

static enum fate read_content(struct arena *arena, const struct jnode *note, struct post *post)
{
	struct str emojis = STR_INIT;

	read_text(arena, note, post, &emojis);
	read_rest(arena, note, post);
	read_emojis(arena, note, &emojis, post);
	str_release(&emojis);
	return FATE_KEPT;
}

enum fate misskey_note(const struct source *source, struct arena *arena, const struct jnode *note,
		       struct post *post)
{
	const struct jnode *user = jnode_get(note, "user");
	const char *server = misskey_server(source, arena, user);
	bool readable;

	*post = (struct post){ .network = NETWORK_MISSKEY, .counts = { -1, -1, -1, -1 } };
	if (!jnode_is_object(note))
		return FATE_MALFORMED;
	readable = read_names(arena, note, server, post);
	post->repost = is_pure_renote(note);
	misskey_author(arena, user, server, &post->author);
	post->host = post->author.host;
	if (!read_visibility(note, &post->visibility))
		return FATE_DROPPED;
	if (post->author.optout && readable && post->author.handle) {
		intake_empty(post, str_same(post->host, server));
		return FATE_OPTED_OUT;
	}
	if (post->author.optout || post->repost || jnode_bool(note, "isHidden", false))
		return FATE_DROPPED;
	if (!readable || !post->author.handle)
		return FATE_MALFORMED;
	return read_content(arena, note, post);
}
