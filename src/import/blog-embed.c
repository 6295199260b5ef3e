#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/blog.h"
#include "archive/source/intake.h"

static const struct fact addresses[] = {
	{ "[data-bluesky-uri]", "data-bluesky-uri" },
	{ "a[href*=/status/]", "href" },
	{ "a[href*=/statuses/]", "href" },
	{ NULL, NULL },
};

bool embed_begins(const struct node *element)
{
	return node_is(element, element,
		       "blockquote.twitter-tweet,blockquote.twitter-video,"
		       "blockquote.bluesky-embed");
}

/* The last address is the post's own: those before it stand in its text. */
static bool read_names(struct arena *arena, const struct node *root, struct post *post)
{
	bool found = false;

	for (const struct fact *fact = addresses; fact->selector && !found; fact++) {
		const struct node *node = node_find(root, fact->selector);

		for (; node; node = node_find_next(root, node, fact->selector))
			if (found_names(arena, node_attr(node, fact->attr), post))
				found = true;
	}
	return found;
}

/* The moment in a record's key (atproto: TID, microseconds and ten bits of a clock's number). */
static int64_t key_time(const char *uri)
{
	static const char digits[] = "234567abcdefghijklmnopqrstuvwxyz";
	const char *key = strrchr(uri, '/') + 1;
	uint64_t value = 0;

	if (strlen(key) != 13 || !strchr("234567abcdefghij", key[0]))
		return 0;
	for (; *key; key++) {
		const char *digit = strchr(digits, *key);

		if (!digit)
			return 0;
		value = value << 5 | (uint64_t)(digit - digits);
	}
	return (int64_t)((value >> 10) / 1000);
}

/* "— はな (@hana) June 30, 2017": what stands beside the paragraphs. */
static void read_author(struct arena *arena, const struct node *root, struct post *post)
{
	struct str text = STR_INIT;
	const char *at, *name = NULL;

	for (const struct node *node = root->first; node; node = node->next)
		if (!str_same(node->name, "p"))
			node_add_text(node, &text);
	at = strstr(text.buf, "(@");
	if (at) {
		const char *from = text.buf + strspn(text.buf, " ");

		from += str_starts(from, "—") ? strlen("—") : 0;
		if (at > from)
			name = intake_line(arena, arena_strndup(arena, from, (size_t)(at - from)));
		if (!post->author.handle)
			post->author.handle = intake_line(
				arena, arena_strndup(arena, at + 1, strcspn(at + 1, ") ")));
	}
	post->author.name = name ? name : post->author.handle;
	str_release(&text);
}

bool embed_read(struct grove *g, struct arena *arena, struct post *post)
{
	const struct node *found = node_find(g->root, "p");
	struct node *text = g->root;

	if (!found || !read_names(arena, g->root, post) || !post->uri)
		return false;
	post->created = post->network == NETWORK_X ? found_id_time(post->network_id)
						   : key_time(post->uri);
	if (post->created > POST_MAX_TIME)
		post->created = 0;
	read_author(arena, g->root, post);
	post->lang = intake_lang(arena, node_attr(found, "lang"));
	while (text && text != found)
		text = node_after(text, g->root);
	found_text(g, text, arena, post);
	return post->created && post->author.handle && post->author.handle[0] == '@' &&
	       post->author.uri && post->text;
}
