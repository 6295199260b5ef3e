#include "archive/source/bluesky.h"

#include <string.h>

#include "archive/base/clock.h"
#include "archive/source/intake.h"
#include "archive/source/lookup.h"
#include "archive/source/span.h"

#define LIMIT_LEFT  "RateLimit-Remaining"
#define LIMIT_RESET "RateLimit-Reset"
#define MAX_CURSOR  8192 /* bytes */

/* ---- the request ---- */

static void add_time(struct http_request *request, const char *name, int64_t ms)
{
	char iso[CLOCK_ISO_SIZE];

	if (!ms)
		return;
	clock_format_utc(ms, true, iso);
	http_request_param(request, name, iso);
}

static int64_t earlier(int64_t a, int64_t b)
{
	if (!a || !b)
		return a ? a : b;
	return a < b ? a : b;
}

static bool request(const struct source *source, const struct query *query,
		    const struct position *position, struct http_request *out, struct err *err)
{
	int limit = position->page_size;
	struct str text = STR_INIT;

	(void)err;
	if (limit <= 0 || limit > BLUESKY_MAX_PAGE)
		limit = BLUESKY_MAX_PAGE;
	http_request_clear(out);
	str_addf(&out->url, "%s/xrpc/app.bsky.feed.searchPosts", source->base.buf);
	str_addf(&text, "#%s", query->tag);
	http_request_param(out, "q", text.buf);
	http_request_param(out, "sort", "latest");
	str_clear(&text);
	str_addf(&text, "%d", limit);
	http_request_param(out, "limit", text.buf);
	add_time(out, "since", query->since);
	add_time(out, "until", earlier(query->until, position->before));
	if (position->token)
		http_request_param(out, "cursor", position->token);
	str_add(&out->bearer, source->token.buf);
	str_release(&text);
	return true;
}

/* ---- the answer ---- */

/* The search goes by time, and what it shows need not be in order. */
static void note_place(struct page *page, const struct jnode *view)
{
	const char *uri = intake_uri(&page->arena, jnode_string(view, "uri"));
	int64_t time = bluesky_time(view);

	if (!uri || !time)
		return;
	if (!page->highest || time > page->newest)
		page->highest = uri;
	if (!page->lowest || time <= page->oldest)
		page->lowest = uri;
	intake_note_time(page, time);
}

static const struct reading_ops reading_ops = {
	.post = bluesky_post,
	.parts = bluesky_parts,
	.carries = bluesky_carries,
	.place = note_place,
};

static bool is_nothing(const char *value, size_t len)
{
	return (len == 4 && !memcmp(value, "null", len)) ||
	       (len == 2 && !memcmp(value, "\"\"", len));
}

/* The page token; a server that gives none has shown all. */
static bool read_cursor(const struct source *source, const struct http_answer *answer,
			struct page *page, struct err *err)
{
	const char *bytes = answer->body.buf;
	struct span_member member;
	struct str list = STR_INIT;
	struct err why = { 0 };
	struct jnode *node;
	const char *cursor;
	size_t len;

	if (!span_find(bytes, answer->body.len, 0, "cursor", &member))
		return true;
	len = member.value.to - member.value.from;
	str_addf(&list, "[%.*s]", (int)(len < MAX_CURSOR ? len : 0), bytes + member.value.from);
	node = jnode_parse(list.buf, list.len, &why);
	cursor = jnode_text(jnode_at(node, 0));
	page->next = arena_strdup(&page->arena, cursor);
	jnode_free(node);
	str_release(&list);
	if (page->next || is_nothing(bytes + member.value.from, len))
		return true;
	return err_set(err, ERR_MALFORMED, "%s does not say where its next page begins",
		       source->name.buf);
}

static bool is_page(const char *bytes, size_t len)
{
	struct span_member posts;

	return span_find(bytes, len, 0, "posts", &posts) && bytes[posts.value.from] == '[';
}

static bool parse(const struct source *source, const struct http_answer *answer, struct page *out,
		  struct err *err)
{
	const char *bytes = answer->body.buf;
	size_t len = answer->body.len;
	struct reading reading = {
		.ops = &reading_ops, .source = source, .page = out, .bytes = bytes
	};

	if (answer->status != 200 || reading_first_byte(bytes, len) != '{')
		return bluesky_deny(source, answer, err);
	if (!span_is_whole(bytes, len, span_blank(bytes, len, 0)) ||
	    (is_page(bytes, len) && !reading_array(&reading, len, "posts")))
		return err_set(err, ERR_NETWORK,
			       "%s broke off in the middle of its answer: try again",
			       source->name.buf);
	if (!is_page(bytes, len))
		return bluesky_deny(source, answer, err);
	if (!read_cursor(source, answer, out, err))
		return false;
	intake_limits(answer, LIMIT_LEFT, LIMIT_RESET, out);
	out->last = !out->next;
	return true;
}

/* ---- files ---- */

static void read_view(const struct reading *reading, size_t from, size_t to)
{
	struct err why = { 0 };
	struct jnode *node = jnode_parse(reading->bytes + from, to - from, &why);

	if (!node) {
		reading->page->matched++;
		reading->page->malformed++;
		return;
	}
	reading_element(reading, node, from, to);
	jnode_free(node);
}

/* The member "post" that begins at from; false when something else does. */
static bool post_at(const char *bytes, size_t len, size_t from, struct span_range *out)
{
	static const char key[] = "\"post\"";
	size_t at;

	if (len - from < sizeof(key) || memcmp(bytes + from, key, sizeof(key) - 1) != 0)
		return false;
	at = span_blank(bytes, len, from + sizeof(key) - 1);
	if (at >= len || bytes[at] != ':')
		return false;
	at = span_blank(bytes, len, at + 1);
	if (at >= len || bytes[at] != '{')
		return false;
	*out = (struct span_range){ at, span_value(bytes, len, at) };
	return true;
}

/* A thread is posts in parents and replies, nested as deep as the conversation: its posts are found
 * by going through the bytes once, however deep they stand. */
static void read_thread(const struct reading *reading, size_t len)
{
	struct span_range post;
	size_t at = 0;

	while (at < len && !page_is_overfull(reading->page)) {
		if (reading->bytes[at] != '"') {
			at++;
		} else if (post_at(reading->bytes, len, at, &post)) {
			read_view(reading, post.from, post.to);
			at = post.to;
		} else {
			at = span_value(reading->bytes, len, at);
		}
	}
	reading->page->malformed += page_is_overfull(reading->page);
}

static bool parse_body(const struct source *source, const char *bytes, size_t len, struct page *out,
		       struct err *err)
{
	struct reading reading = {
		.ops = &reading_ops, .source = source, .page = out, .bytes = bytes
	};
	size_t from = span_blank(bytes, len, 0);
	struct span_member thread;

	if (!span_is_whole(bytes, len, from))
		return err_set(err, ERR_MALFORMED, "the posts break off");
	if (bytes[from] == '[' || is_page(bytes, len))
		return reading_array(&reading, len, bytes[from] == '[' ? "" : "posts") ||
		       err_set(err, ERR_MALFORMED, "the list of posts breaks off");
	if (span_find(bytes, len, from, "thread", &thread))
		read_thread(&reading, len);
	else
		read_view(&reading, from, span_value(bytes, len, from));
	return true;
}

const struct source_ops source_bluesky = {
	.network = NETWORK_BLUESKY,
	.flags = SOURCE_TOKENS_PAGE | SOURCE_GOES_BY_TIME,
	.default_url = "https://api.bsky.app",
	.max_page = BLUESKY_MAX_PAGE,
	.request = request,
	.parse = parse,
	.parse_body = parse_body,
	.session = &bluesky_session,
	.lookup = &lookup_bluesky,
};
