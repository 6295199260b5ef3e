#include <string.h>

#include "archive/source/bluesky.h"
#include "archive/source/intake.h"
#include "archive/source/lookup.h"
#include "archive/source/reading.h"
#include "archive/source/span.h"

#define MOST	    25	   /* getPosts (apis.md 3.5) */
#define DEPTH	    "1000" /* of a thread, and of what stands above it */
#define LIMIT_LEFT  "RateLimit-Remaining"
#define LIMIT_RESET "RateLimit-Reset"

static void begin(const struct source *source, const char *method, struct http_request *out)
{
	http_request_clear(out);
	str_addf(&out->url, "%s/xrpc/%s", source->base.buf, method);
	str_add(&out->bearer, source->token.buf);
}

static bool request(const struct source *source, const struct lookup_ask *ask,
		    struct http_request *out, struct err *err)
{
	(void)err;
	begin(source, "app.bsky.feed.getPosts", out);
	for (size_t i = 0; i < ask->count; i++)
		http_request_param(out, "uris", ask->ids[i]);
	return true;
}

static void read_names(const struct source *source, struct arena *arena, const struct jnode *view,
		       struct lookup_names *out)
{
	(void)source;
	out->id = out->uri = bluesky_uri(arena, jnode_string(view, "uri"));
}

/* "NotFound" in a refusal. */
static bool is_error(const struct http_answer *answer, const char *name)
{
	struct err ignored = { 0 };
	struct jnode *root = NULL;
	bool same;

	if (http_answer_is_json(answer))
		root = jnode_parse(answer->body.buf, answer->body.len, &ignored);
	same = str_same(jnode_string(root, "error"), name);
	jnode_free(root);
	return same;
}

static bool has_member(const struct http_answer *answer, const char *key)
{
	const char *bytes = answer->body.buf;
	size_t len = answer->body.len;
	struct span_member member;

	return answer->status == 200 &&
	       span_find(bytes, len, span_blank(bytes, len, 0), key, &member);
}

static bool parse(const struct source *source, const struct lookup_ask *ask,
		  const struct http_answer *answer, struct lookup_hit *hits, struct page *out,
		  struct err *err)
{
	const char *bytes = answer->body.buf;
	size_t len = answer->body.len;

	/* one that is no at-uri spoils the request for all */
	if (ask->count > 1 && answer->status == 400 && is_error(answer, "InvalidRequest"))
		return err_set(err, ERR_NOT_FOUND, "%s does not take these at once",
			       source->name.buf);
	if (!has_member(answer, "posts"))
		return bluesky_deny(source, answer, err);
	if (!source_bluesky.parse_body(source, bytes, len, out, err))
		return err_wrap(err, "%s", source->name.buf);
	intake_limits(answer, LIMIT_LEFT, LIMIT_RESET, out);
	lookup_mark(source, ask, bytes, len, "posts", read_names, hits, out);
	for (size_t i = 0; i < ask->count && out->malformed == 0; i++)
		if (hits[i].state == LOOKUP_NOT_TOLD)
			hits[i].state = LOOKUP_GONE;
	return true;
}

static void resolve(const struct source *source, const char *handle, struct http_request *out)
{
	begin(source, "com.atproto.identity.resolveHandle", out);
	http_request_param(out, "handle", handle);
}

static bool conversation(const struct source *source, const struct conversation *what,
			 struct http_request *out, struct err *err)
{
	(void)err;
	begin(source, "app.bsky.feed.getPostThread", out);
	http_request_param(out, "uri", what->id);
	http_request_param(out, "depth", DEPTH);
	http_request_param(out, "parentHeight", DEPTH);
	return true;
}

static bool parse_conversation(const struct source *source, const struct conversation *what,
			       const struct http_answer *answer, struct page *out, struct err *err)
{
	(void)what;
	if (answer->status == 400 && is_error(answer, "NotFound"))
		return true;
	if (!has_member(answer, "thread"))
		return bluesky_deny(source, answer, err);
	if (!source_bluesky.parse_body(source, answer->body.buf, answer->body.len, out, err))
		return err_wrap(err, "%s", source->name.buf);
	intake_limits(answer, LIMIT_LEFT, LIMIT_RESET, out);
	return true;
}

const struct lookup_ops lookup_bluesky = {
	.most = MOST,
	.request = request,
	.parse = parse,
	.resolve = resolve,
	.steps = 1,
	.conversation = conversation,
	.parse_conversation = parse_conversation,
};
