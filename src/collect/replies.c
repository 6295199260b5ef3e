#include "archive/collect/replies.h"

#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/known.h"

struct replies {
	struct store *store;
	struct arena arena;
	const struct fetch_options *fetch;
	struct talk_options options;
	struct talk_item *items;
	size_t count, room;
	struct talk *talk;
};

static bool is_among(const struct replies *replies, const struct source *source, const char *uri)
{
	for (size_t i = 0; i < replies->count; i++)
		if (replies->items[i].source == source && str_same(replies->items[i].uri, uri))
			return true;
	return false;
}

static void add_item(struct replies *replies, const struct source *source,
		     const struct known_post *post)
{
	if (is_among(replies, source, post->uri))
		return;
	if (replies->count == replies->room) {
		replies->room = replies->room > 0 ? 2 * replies->room : 64;
		replies->items = xreallocarray(replies->items, replies->room,
					       sizeof(*replies->items));
	}
	replies->items[replies->count++] = (struct talk_item){
		.source = source,
		.uri = post->uri,
		.id = post->network_id,
		.root = post->conversation,
	};
}

static bool add_view(struct replies *replies, const struct walk_view *view, struct err *err)
{
	struct known_post *posts = NULL;
	size_t count = 0;

	if (!view->source->ops->lookup || view->run.pages == 0)
		return true;
	if (!known_with_answers(replies->store, view->source->name.buf, view->tag,
				view->run.started, &replies->arena, &posts, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		add_item(replies, view->source, &posts[i]);
	return true;
}

struct replies *replies_new(struct store *store, const struct fetch_options *options,
			    const struct fetch_result *result, struct err *err)
{
	struct replies *replies = xcalloc(1, sizeof(*replies));

	replies->store = store;
	replies->fetch = options;
	for (size_t i = 0; i < result->count; i++) {
		if (!add_view(replies, &result->views[i], err)) {
			replies_free(replies);
			return NULL;
		}
	}
	return replies;
}

size_t replies_count(const struct replies *replies)
{
	return replies->count;
}

bool replies_run(struct replies *replies, struct http_loop *loop,
		 const struct talk_options *options, struct talk_result *result, struct err *err)
{
	replies->options = *options;
	replies->options.tags = replies->fetch->tags;
	replies->options.tag_count = replies->fetch->tag_count;
	replies->talk = talk_new(replies->store, loop, &replies->options, replies->items,
				 replies->count);
	return talk_run(replies->talk, result, err);
}

void replies_free(struct replies *replies)
{
	if (!replies)
		return;
	talk_free(replies->talk);
	free(replies->items);
	arena_release(&replies->arena);
	free(replies);
}
