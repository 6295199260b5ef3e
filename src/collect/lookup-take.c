#include "archive/collect/lookup-way.h"

#include "archive/json/read.h"

enum fate way_judge(void *owner, const struct post *post)
{
	const struct way *way = owner;
	const struct lookup_options *options = way->lookup->options;
	enum fate fate = options->judge ? options->judge(options->judge_owner, post) : FATE_KEPT;

	for (size_t i = 0; fate == FATE_DROPPED && i < way->count; i++)
		if (way->question != WAY_IDS || str_same(way->ids[i], post->network_id) ||
		    str_same(way->ids[i], post->uri))
			way->items[i]->forgotten = true;
	return fate;
}

static struct lookup_ask ask_of(const struct way *way)
{
	return (struct lookup_ask){ .ids = way->ids, .count = way->count };
}

void way_ask(struct way *way)
{
	const struct source *source = way->asking.source;
	struct http_request *request = &way->asking.request;
	const struct lookup_ask ask = ask_of(way);
	struct err err = { 0 };

	switch (way->question) {
	case WAY_HANDLE:
		source->ops->lookup->resolve(source, way->items[0]->place.handle, request);
		break;
	case WAY_OBJECT:
		activity_request(way->ids[0], request);
		break;
	case WAY_AUTHOR:
		activity_request(way->activity.author, request);
		break;
	case WAY_IDS:
		if (source->ops->lookup->request(source, &ask, request, &err))
			break;
		way->asking.busy = true;
		way->asking.exchange.state = HTTP_FAILED;
		way->asking.exchange.err = err;
		return;
	}
	asking_start(&way->asking, way->lookup->loop);
}

static bool give_up(struct way *way, enum lookup_state state, const char *why, struct err *err)
{
	for (size_t i = 0; i < way->count; i++)
		if (!lookup_go_on(way->lookup, way->items[i], state, why, err))
			return false;
	return true;
}

/* No answer, or one that could not be read. */
static bool take_failure(struct way *way, const struct err *failure, struct err *err)
{
	const struct source *source = way->asking.source;

	if (asking_again(&way->asking, way->lookup->loop, failure))
		return true;
	if (source->ops->flags & SOURCE_IS_PAID && way->asking.exchange.state == HTTP_DONE &&
	    way->asking.exchange.answer.status == 200)
		way->lookup->dry = true; /* it was paid for, and nobody knows how much */
	return give_up(way, LOOKUP_NOT_TOLD, failure->msg, err);
}

/* ---- several posts by their ids ---- */

static bool has(struct lookup *lookup, const char *uri, bool *found, struct err *err)
{
	struct err why = { 0 };
	int64_t id = 0;

	*found = store_find_post(lookup->store, uri, &id, &why);
	if (*found || why.code == ERR_NOT_FOUND || why.code == ERR_USAGE)
		return true;
	*err = why;
	return false;
}

static bool is_there(enum lookup_state state)
{
	return state == LOOKUP_FOUND || state == LOOKUP_OPTED_OUT;
}

/* Before it is stored: was it there already? */
static bool note(struct way *way, struct lookup_item *item, const struct lookup_hit *hit,
		 struct err *err)
{
	struct lookup *lookup = way->lookup;
	bool known = false;

	item->uri = arena_strdup(&lookup->arena, hit->uri);
	if (!is_there(hit->state))
		return true;
	item->source = way->asking.source;
	item->id = item->place.ways[item->way].id;
	if (item->renewed)
		return true;
	if (hit->uri && !has(lookup, hit->uri, &known, err))
		return false;
	item->fresh = !known;
	return true;
}

/* A server that the post does not live on may have dropped it, or its author, for itself alone. */
static bool is_doubtful(const struct lookup_item *item, const struct lookup_hit *hit)
{
	return item->doubted && item->way == 0 && item->place.way_count > 1 &&
	       (hit->state == LOOKUP_GONE || hit->state == LOOKUP_HIDDEN) && !item->forgotten;
}

static bool take_hit(struct way *way, struct lookup_item *item, const struct lookup_hit *hit,
		     struct err *err)
{
	struct lookup *lookup = way->lookup;

	if (hit->state == LOOKUP_FOUND && hit->newer && !item->renewed) {
		item->renewed = true;
		item->place.ways[item->way].id = arena_strdup(&lookup->arena, hit->newer);
		item->stage = LOOKUP_WAITS;
		return true;
	}
	if (hit->state == LOOKUP_NOT_TOLD || hit->state == LOOKUP_REFUSED)
		return lookup_go_on(lookup, item, hit->state, NULL, err);
	if (is_doubtful(item, hit))
		return lookup_go_on(lookup, item, LOOKUP_NOT_TOLD, NULL, err);
	return lookup_settle(lookup, item, hit->state, NULL, err);
}

static bool keep(struct way *way, const char *url, struct err *err)
{
	struct put_report put = { 0 };
	const struct asking_keep keep = {
		.store = way->lookup->store,
		.url = url,
		.put = &put,
	};

	return asking_keep(&way->asking, &keep, &way->lookup->spent, err);
}

/* This server takes one at a time, or has not this API at all. */
static bool take_not_here(struct way *way, const struct err *failure, struct err *err)
{
	if (way->count == 1)
		return give_up(way, LOOKUP_NOT_TOLD, failure->msg, err);
	way->one_by_one = true;
	for (size_t i = 0; i < way->count; i++)
		way->items[i]->stage = LOOKUP_WAITS;
	return true;
}

static bool take_ids(struct way *way, struct err *err)
{
	const struct source *source = way->asking.source;
	const struct lookup_ask ask = ask_of(way);
	struct lookup_hit hits[LOOKUP_MAX_IDS] = { 0 };
	struct err failure = { 0 };

	if (!source->ops->lookup->parse(source, &ask, &way->asking.exchange.answer, hits,
					&way->asking.page, &failure))
		return failure.code == ERR_NOT_FOUND ? take_not_here(way, &failure, err)
						     : take_failure(way, &failure, err);
	for (size_t i = 0; i < way->count; i++)
		if (!note(way, way->items[i], &hits[i], err))
			return false;
	if (!keep(way, way->asking.request.url.buf, err))
		return false;
	for (size_t i = 0; i < way->count; i++)
		if (!take_hit(way, way->items[i], &hits[i], err))
			return false;
	return true;
}

/* ---- who a handle is ---- */

static bool take_handle(struct way *way, struct err *err)
{
	const struct http_answer *answer = &way->asking.exchange.answer;
	struct lookup_item *item = way->items[0];
	struct err why = { 0 };
	struct jnode *root = NULL;
	bool resolved;

	if (answer->status == 200 && http_answer_is_json(answer))
		root = jnode_parse(answer->body.buf, answer->body.len, &why);
	why = (struct err){ 0 };
	resolved = place_resolve(&way->lookup->arena, &item->place, jnode_string(root, "did"),
				 &why);
	jnode_free(root);
	item->stage = LOOKUP_WAITS;
	if (resolved)
		return true;
	if (answer->status != 200 && answer->status != 400)
		return !source_refused(way->asking.source, answer, &why) &&
		       take_failure(way, &why, err);
	return lookup_settle(way->lookup, item, LOOKUP_GONE, why.msg, err);
}

/* ---- an object, and then its author ---- */

/* The answer steps aside for that of the author. */
static void put_aside(struct way *way)
{
	struct asking *asking = &way->asking;
	struct http_answer answer = way->object;
	struct page page = way->object_page;

	way->object = asking->exchange.answer;
	asking->exchange.answer = answer;
	way->object_page = asking->page;
	asking->page = page;
	str_clear(&way->object_url);
	str_add(&way->object_url, asking->request.url.buf);
}

static bool take_object(struct way *way, struct err *err)
{
	struct lookup_item *item = way->items[0];
	struct activity *activity = &way->activity;
	struct err failure = { 0 };

	if (!activity_read(item->place.network, way->ids[0], &way->asking.exchange.answer, activity,
			   &way->asking.page, &failure))
		return take_failure(way, &failure, err);
	if (activity->elsewhere && item->moved)
		return give_up(way, LOOKUP_NOT_TOLD, "its address leads in circles", err);
	if (activity->elsewhere) {
		item->moved = true;
		item->place.ways[item->way].id = arena_strdup(&way->lookup->arena,
							      activity->elsewhere);
		item->stage = LOOKUP_WAITS;
		return true;
	}
	if (activity->state == LOOKUP_FOUND) {
		put_aside(way);
		way->question = WAY_AUTHOR;
		way_ask(way);
		return true;
	}
	/* who does not show it to strangers may well say to them that it is not there */
	if (activity->state == LOOKUP_REFUSED || item->state == LOOKUP_REFUSED)
		return give_up(way, LOOKUP_REFUSED, NULL, err);
	return lookup_settle(way->lookup, item, activity->state, NULL, err);
}

/* What may not be kept is the whole object. */
static void cut_all(struct page *page, const struct http_answer *answer)
{
	page_add_cut(page, 0, answer->body.len);
}

static bool keep_author(struct way *way, const struct http_answer *answer, struct err *err)
{
	int64_t id = 0;
	const struct evidence evidence = {
		.source = way->asking.source->name.buf,
		.url = way->activity.author,
		.status = answer->status,
		.fetched = answer->received,
		.bytes = answer->body.buf,
		.len = answer->body.len,
	};

	return answer->status != 200 || store_put_answer(way->lookup->store, &evidence, &id, err);
}

static bool take_author(struct way *way, struct err *err)
{
	struct asking *asking = &way->asking;
	struct lookup_item *item = way->items[0];
	const struct http_answer *author = &way->object; /* once they have changed places */
	struct lookup_hit hit = { 0 };
	bool came = asking->exchange.state == HTTP_DONE;
	struct page page;
	struct http_answer answer;

	page = asking->page;
	asking->page = way->object_page;
	way->object_page = page;
	answer = asking->exchange.answer;
	asking->exchange.answer = way->object;
	way->object = answer;
	activity_sign(came ? author : NULL, &way->activity, &asking->page);
	hit.state = way->activity.state;
	if (hit.state == LOOKUP_NOT_TOLD)
		return give_up(way, hit.state, "its author could not be asked", err);
	if (asking->page.count == 0)
		return take_hit(way, item, &hit, err);
	hit.uri = asking->page.posts[0].uri;
	if (!note(way, item, &hit, err))
		return false;
	if (hit.state != LOOKUP_FOUND)
		cut_all(&asking->page, &asking->exchange.answer);
	else if (!keep_author(way, author, err))
		return false;
	return keep(way, way->object_url.buf, err) && take_hit(way, item, &hit, err);
}

bool way_take(struct way *way, struct err *err)
{
	if (way->question == WAY_AUTHOR)
		return take_author(way, err);
	if (way->asking.exchange.state == HTTP_FAILED)
		return take_failure(way, &way->asking.exchange.err, err);
	switch (way->question) {
	case WAY_HANDLE:
		return take_handle(way, err);
	case WAY_OBJECT:
		return take_object(way, err);
	default:
		return take_ids(way, err);
	}
}
