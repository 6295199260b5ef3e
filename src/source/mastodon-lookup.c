#include <string.h>

#include "archive/source/intake.h"
#include "archive/source/lookup.h"
#include "archive/source/mastodon.h"
#include "archive/source/span.h"
#include "archive/text/link.h"

#define MOST	    20 /* statuses?id[]= (apis.md 2.4) */
#define LIMIT_LEFT  "X-RateLimit-Remaining"
#define LIMIT_RESET "X-RateLimit-Reset"

static bool request(const struct source *source, const struct lookup_ask *ask,
		    struct http_request *out, struct err *err)
{
	(void)err;
	http_request_clear(out);
	str_addf(&out->url, "%s/api/v1/statuses", source->base.buf);
	if (ask->count == 1) {
		str_add_char(&out->url, '/');
		link_add_escaped(&out->url, ask->ids[0]);
	}
	for (size_t i = 0; ask->count > 1 && i < ask->count; i++)
		http_request_param(out, "id[]", ask->ids[i]);
	str_add(&out->bearer, source->token.buf);
	return true;
}

static char first_byte(const struct http_answer *answer)
{
	size_t at = span_blank(answer->body.buf, answer->body.len, 0);

	return at < answer->body.len ? answer->body.buf[at] : '\0';
}

static bool not_here(const struct source *source, struct err *err)
{
	return err_set(err, ERR_NOT_FOUND, "%s has no such request", source->name.buf);
}

/* "Record not found" in any language, but not what another API says of an address that it lacks. */
static bool says_gone(const struct http_answer *answer)
{
	struct err ignored = { 0 };
	struct jnode *root = NULL;
	bool gone;

	if (http_answer_is_json(answer))
		root = jnode_parse(answer->body.buf, answer->body.len, &ignored);
	gone = jnode_string(root, "error") != NULL;
	jnode_free(root);
	return gone;
}

static void set_all(const struct lookup_ask *ask, enum lookup_state from, enum lookup_state to,
		    struct lookup_hit *hits)
{
	for (size_t i = 0; i < ask->count; i++)
		if (hits[i].state == from)
			hits[i].state = to;
}

/* An answer other than 200. */
static bool refused(const struct source *source, const struct lookup_ask *ask,
		    const struct http_answer *answer, struct lookup_hit *hits, struct err *err)
{
	switch (answer->status) {
	case 401:
	case 403:
		set_all(ask, LOOKUP_NOT_TOLD, LOOKUP_REFUSED, hits);
		return true;
	case 404:
	case 410:
		if (ask->count > 1 || !says_gone(answer))
			return not_here(source, err);
		hits[0].state = LOOKUP_GONE;
		return true;
	case 400:
	case 405:
	case 422:
		return not_here(source, err);
	default:
		return mastodon_deny(source, answer, err);
	}
}

static void names(const struct source *source, struct arena *arena, const struct jnode *node,
		  struct lookup_names *out)
{
	(void)source;
	out->id = intake_id_of(arena, node, "id");
	out->uri = intake_uri(arena, jnode_string(node, "uri"));
}

/* A server that does not know the list of ids may well answer with another list. */
static bool read_several(const struct source *source, const struct lookup_ask *ask,
			 const struct http_answer *answer, struct lookup_hit *hits,
			 struct page *out, struct err *err)
{
	bool any = false;

	lookup_mark(source, ask, answer->body.buf, answer->body.len, "", names, hits, out);
	for (size_t i = 0; i < ask->count; i++)
		any = any || hits[i].state != LOOKUP_NOT_TOLD;
	if (!any)
		return not_here(source, err);
	if (out->malformed == 0)
		set_all(ask, LOOKUP_NOT_TOLD, LOOKUP_GONE, hits);
	return true;
}

static bool read_single(const struct source *source, const struct lookup_ask *ask,
			const struct http_answer *answer, struct lookup_hit *hits, struct page *out,
			struct err *err)
{
	struct jnode *node = jnode_parse(answer->body.buf, answer->body.len, err);
	struct lookup_names found = { 0 };

	if (!node)
		return false;
	names(source, &out->arena, node, &found);
	lookup_mark_one(ask, &found, hits, out);
	jnode_free(node);
	return true;
}

static bool parse(const struct source *source, const struct lookup_ask *ask,
		  const struct http_answer *answer, struct lookup_hit *hits, struct page *out,
		  struct err *err)
{
	char first = first_byte(answer);

	if (answer->status != 200)
		return refused(source, ask, answer, hits, err);
	if (first != (ask->count > 1 ? '[' : '{'))
		return ask->count > 1 ? not_here(source, err) : mastodon_deny(source, answer, err);
	if (!source_mastodon.parse_body(source, answer->body.buf, answer->body.len, out, err))
		return err_wrap(err, "%s", source->name.buf);
	intake_limits(answer, LIMIT_LEFT, LIMIT_RESET, out);
	return ask->count > 1 ? read_several(source, ask, answer, hits, out, err)
			      : read_single(source, ask, answer, hits, out, err);
}

static bool conversation(const struct source *source, const struct conversation *what,
			 struct http_request *out, struct err *err)
{
	(void)err;
	http_request_clear(out);
	str_addf(&out->url, "%s/api/v1/statuses/", source->base.buf);
	link_add_escaped(&out->url, what->id);
	str_add(&out->url, "/context");
	str_add(&out->bearer, source->token.buf);
	return true;
}

static bool is_context(const struct http_answer *answer)
{
	const char *bytes = answer->body.buf;
	size_t len = answer->body.len, from = span_blank(bytes, len, 0);
	struct span_member member;

	return span_find(bytes, len, from, "ancestors", &member) ||
	       span_find(bytes, len, from, "descendants", &member);
}

static bool parse_conversation(const struct source *source, const struct conversation *what,
			       const struct http_answer *answer, struct page *out, struct err *err)
{
	(void)what;
	if ((answer->status == 404 || answer->status == 410) && says_gone(answer))
		return true;
	if (answer->status != 200 || first_byte(answer) != '{' || !is_context(answer))
		return mastodon_deny(source, answer, err);
	if (!source_mastodon.parse_body(source, answer->body.buf, answer->body.len, out, err))
		return err_wrap(err, "%s", source->name.buf);
	intake_limits(answer, LIMIT_LEFT, LIMIT_RESET, out);
	return true;
}

const struct lookup_ops lookup_mastodon = {
	.most = MOST,
	.request = request,
	.parse = parse,
	.steps = 1,
	.conversation = conversation,
	.parse_conversation = parse_conversation,
};
