#include "archive/source/x.h"

#include <stdio.h>
#include <string.h>

#include "archive/base/clock.h"

#define END_DISTANCE_MS INT64_C(10000) /* end_time must lie so far back */
#define EPOCH_MS	INT64_C(1288834974657)
#define TIME_SHIFT	22
#define ID_SIZE		24

static const char tweet_fields[] = "author_id,created_at,lang,entities,note_tweet,conversation_id,"
				   "in_reply_to_user_id,referenced_tweets,attachments,"
				   "public_metrics,possibly_sensitive,edit_controls,withheld";
/* Authors are none of them: one that comes along is billed each time, and is looked up by itself
 * once. */
static const char expansions[] = "attachments.media_keys,attachments.poll_ids,referenced_tweets.id,"
				 "referenced_tweets.id.attachments.media_keys";
static const char media_fields[] =
	"url,preview_image_url,alt_text,type,width,height,duration_ms,variants";
static const char poll_fields[] = "options,voting_status,end_datetime,duration_minutes";

bool x_is_id(const char *id)
{
	int64_t value;

	return id && str_to_int(id, 0, INT64_MAX, &value) && *id >= '0' && *id <= '9';
}

int x_id_compare(const char *a, const char *b)
{
	size_t a_len = strlen(a), b_len = strlen(b);

	if (a_len != b_len)
		return a_len < b_len ? -1 : 1;
	return strcmp(a, b);
}

int64_t x_id_time(const char *id)
{
	int64_t value;

	if (!id || !str_to_int(id, 0, INT64_MAX, &value) || !(value >> TIME_SHIFT))
		return 0;
	return (value >> TIME_SHIFT) + EPOCH_MS;
}

static void first_id_of(int64_t ms, char out[ID_SIZE])
{
	int64_t id = ms > EPOCH_MS ? (ms - EPOCH_MS) << TIME_SHIFT : 0;

	snprintf(out, ID_SIZE, "%lld", (long long)id);
}

static void param_time(struct http_request *out, const char *name, int64_t ms)
{
	char text[CLOCK_ISO_SIZE];

	clock_format_utc(ms, false, text);
	http_request_param(out, name, text);
}

static int64_t whole_second_above(int64_t ms)
{
	return (ms + 999) / 1000 * 1000;
}

/* The window that the API can serve, out of the one that is wanted. */
struct bounds {
	const char *since_id, *until_id;
	int64_t start, end; /* UTC ms, 0 = open */
	char until_text[ID_SIZE];
};

/* What is wanted lies wholly beyond the reach: the shortest window there is, so that the walk ends
 * by an empty page. */
static void bound_to_nothing(struct bounds *b, int64_t reach)
{
	int64_t start = whole_second_above(reach);

	*b = (struct bounds){ .start = start, .end = start + 1000 };
}

/* since_id excludes start_time and end_time (a 400 otherwise), so the end then becomes an id. */
static void bound_by_ids(struct bounds *b, const struct position *position)
{
	b->since_id = position->above;
	b->start = 0;
	if (!b->end)
		return;
	first_id_of(b->end, b->until_text);
	b->end = 0;
	if (!b->until_id || x_id_compare(b->until_text, b->until_id) < 0)
		b->until_id = b->until_text;
}

static void set_bounds(const struct query *query, const struct position *position, struct bounds *b)
{
	int64_t reach = query->now - X_REACH_MS;
	int64_t below = x_id_time(position->below), above = x_id_time(position->above);
	int64_t end = query->until ? whole_second_above(query->until) : 0;

	*b = (struct bounds){ .until_id = position->below };
	if (query->since > reach)
		b->start = query->since;
	if (end && end <= query->now - END_DISTANCE_MS)
		b->end = end;
	if ((below && below <= reach) || (b->end && b->end <= (b->start ? b->start : reach))) {
		bound_to_nothing(b, reach);
		return;
	}
	if (!position->above)
		return;
	if (above && above <= reach)
		b->start = b->start ? b->start : reach;
	else if (!above || above >= b->start)
		bound_by_ids(b, position);
}

static void add_bounds(struct http_request *out, const struct bounds *b)
{
	if (b->since_id)
		http_request_param(out, "since_id", b->since_id);
	if (b->until_id)
		http_request_param(out, "until_id", b->until_id);
	if (b->start)
		param_time(out, "start_time", b->start);
	if (b->end)
		param_time(out, "end_time", b->end);
}

void x_add_window(struct http_request *out, const struct query *query)
{
	struct bounds bounds;

	set_bounds(query, &(struct position){ 0 }, &bounds);
	add_bounds(out, &bounds);
}

static int page_size(const struct position *position)
{
	int size = position->page_size;

	if (size <= 0 || size > X_MAX_PAGE)
		return X_MAX_PAGE;
	return size < X_MIN_PAGE ? X_MIN_PAGE : size;
}

bool x_request(const struct source *source, const struct query *query,
	       const struct position *position, struct http_request *out, struct err *err)
{
	struct str text = STR_INIT;
	struct bounds bounds;

	(void)err;
	http_request_clear(out);
	str_addf(&out->url, "%s/2/tweets/search/recent", source->base.buf);
	str_addf(&text, "#%s", query->tag);
	http_request_param(out, "query", text.buf);
	str_clear(&text);
	str_addf(&text, "%d", page_size(position));
	http_request_param(out, "max_results", text.buf);
	http_request_param(out, "tweet.fields", tweet_fields);
	http_request_param(out, "expansions", expansions);
	http_request_param(out, "media.fields", media_fields);
	http_request_param(out, "poll.fields", poll_fields);
	set_bounds(query, position, &bounds);
	add_bounds(out, &bounds);
	if (position->token)
		http_request_param(out, "next_token", position->token);
	str_add(&out->bearer, source->token.buf);
	str_release(&text);
	return true;
}
