#include <string.h>

#include "archive/source/intake.h"
#include "archive/source/lookup.h"
#include "archive/source/span.h"
#include "archive/source/x.h"

#define MOST	    100 /* 2/tweets?ids= (apis.md 1.5) */
#define LIMIT_LEFT  "x-rate-limit-remaining"
#define LIMIT_RESET "x-rate-limit-reset"

/* What a search wants, and the authors, too: they are billed with their posts. */
static void ask_fields(struct http_request *out)
{
	http_request_param(out, "tweet.fields",
			   "author_id,created_at,lang,entities,note_tweet,conversation_id,"
			   "in_reply_to_user_id,referenced_tweets,attachments,public_metrics,"
			   "possibly_sensitive,edit_controls,withheld");
	http_request_param(out, "expansions",
			   "author_id,attachments.media_keys,attachments.poll_ids,"
			   "referenced_tweets.id,referenced_tweets.id.author_id,"
			   "referenced_tweets.id.attachments.media_keys");
	http_request_param(out, "user.fields",
			   "name,username,profile_image_url,description,protected");
	http_request_param(out, "media.fields",
			   "url,preview_image_url,alt_text,type,width,height,duration_ms,variants");
	http_request_param(out, "poll.fields",
			   "options,voting_status,end_datetime,duration_minutes");
}

static bool request(const struct source *source, const struct lookup_ask *ask,
		    struct http_request *out, struct err *err)
{
	struct str ids = STR_INIT;

	(void)err;
	http_request_clear(out);
	str_addf(&out->url, "%s/2/tweets", source->base.buf);
	for (size_t i = 0; i < ask->count; i++)
		str_addf(&ids, "%s%s", i > 0 ? "," : "", ask->ids[i]);
	http_request_param(out, "ids", ids.buf);
	ask_fields(out);
	str_add(&out->bearer, source->token.buf);
	str_release(&ids);
	return true;
}

static void names(const struct source *source, struct arena *arena, const struct jnode *node,
		  struct lookup_names *out)
{
	const struct jnode *versions = x_versions(node);
	const char *newest = jnode_text(jnode_at(versions, jnode_len(versions) - 1));

	(void)source;
	out->id = intake_id_of(arena, node, "id");
	if (!x_is_id(out->id))
		return;
	out->uri = arena_printf(arena, X_POST_URI "%s", x_first_id(arena, node));
	if (x_is_id(newest) && x_id_compare(newest, out->id) > 0)
		out->newer = arena_strdup(arena, newest);
}

static bool is_type(const struct jnode *problem, const char *name)
{
	const char *type = jnode_string(problem, "type");

	return type && str_ends(type, name);
}

/* What X says of the ids that it has nothing for. */
static enum lookup_state state_of(const struct jnode *problem)
{
	if (is_type(problem, "/resource-not-found"))
		return LOOKUP_GONE;
	if (is_type(problem, "/not-authorized-for-resource"))
		return LOOKUP_HIDDEN;
	return LOOKUP_NOT_TOLD;
}

static void read_problem(const struct lookup_ask *ask, struct arena *arena,
			 const struct jnode *problem, struct lookup_hit *hits)
{
	const char *id = jnode_id(problem, "resource_id", arena);

	if (!id)
		id = jnode_id(problem, "value", arena);
	for (size_t i = 0; i < ask->count; i++)
		if (hits[i].state == LOOKUP_NOT_TOLD && str_same(ask->ids[i], id))
			hits[i].state = state_of(problem);
}

/* false when there are none. */
static bool read_problems(const struct lookup_ask *ask, struct arena *arena, const char *bytes,
			  size_t len, struct lookup_hit *hits)
{
	struct jelements reader;
	struct err why = { 0 };
	struct jnode *node;
	bool any = false;
	int rc;

	if (!jelements_begin(&reader, bytes, len, "errors"))
		return false;
	while ((rc = jelements_next(&reader, &node, &why)) != 0) {
		if (rc < 0)
			continue;
		any = any || jnode_string(node, "resource_id") || jnode_string(node, "value");
		read_problem(ask, arena, node, hits);
		jnode_free(node);
	}
	return any;
}

static bool is_whole(const struct source *source, const struct http_answer *answer, struct err *err)
{
	size_t from = span_blank(answer->body.buf, answer->body.len, 0);

	if (answer->status != 200 || from >= answer->body.len || answer->body.buf[from] != '{')
		return x_deny(source, answer, err);
	return span_is_whole(answer->body.buf, answer->body.len, from) ||
	       err_set(err, ERR_NETWORK, "%s broke off in the middle of its answer: try again",
		       source->name.buf);
}

static bool has_data(const char *bytes, size_t len)
{
	struct span_member data;

	return span_find(bytes, len, span_blank(bytes, len, 0), "data", &data);
}

static bool parse(const struct source *source, const struct lookup_ask *ask,
		  const struct http_answer *answer, struct lookup_hit *hits, struct page *out,
		  struct err *err)
{
	const char *bytes = answer->body.buf;
	size_t len = answer->body.len;

	if (!is_whole(source, answer, err))
		return false;
	if (has_data(bytes, len)) {
		if (!source_x.parse_body(source, bytes, len, out, err))
			return err_wrap(err, "%s", source->name.buf);
		lookup_mark(source, ask, bytes, len, "data", names, hits, out);
	}
	if (!read_problems(ask, &out->arena, bytes, len, hits) && !has_data(bytes, len))
		return x_deny(source, answer, err);
	intake_limits(answer, LIMIT_LEFT, LIMIT_RESET, out);
	return true;
}

/* The posts of the last seven days: a search like that for a hashtag. */
static bool conversation(const struct source *source, const struct conversation *what,
			 struct http_request *out, struct err *err)
{
	const char *root = what->root ? what->root : what->id;
	int size = what->page_size > 0 && what->page_size < X_MAX_PAGE ? what->page_size
								       : X_MAX_PAGE;
	struct str text = STR_INIT;

	(void)err;
	http_request_clear(out);
	str_addf(&out->url, "%s/2/tweets/search/recent", source->base.buf);
	str_addf(&text, "conversation_id:%s", root);
	http_request_param(out, "query", text.buf);
	str_clear(&text);
	str_addf(&text, "%d", size < X_MIN_PAGE ? X_MIN_PAGE : size);
	http_request_param(out, "max_results", text.buf);
	ask_fields(out);
	if (what->token)
		http_request_param(out, "next_token", what->token);
	str_add(&out->bearer, source->token.buf);
	str_release(&text);
	return true;
}

static bool parse_conversation(const struct source *source, const struct conversation *what,
			       const struct http_answer *answer, struct page *out, struct err *err)
{
	(void)what;
	return source_x.parse(source, answer, out, err);
}

const struct lookup_ops lookup_x = {
	.most = MOST,
	.request = request,
	.parse = parse,
	.steps = 1,
	.conversation = conversation,
	.parse_conversation = parse_conversation,
};
