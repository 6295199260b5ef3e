#include <string.h>

#include "archive/json/write.h"
#include "archive/source/intake.h"
#include "archive/source/lookup.h"
#include "archive/source/misskey.h"
#include "archive/source/reading.h"

enum step { STEP_ABOVE, STEP_BELOW, STEPS };

static void begin(const struct source *source, const char *endpoint, struct http_request *out)
{
	http_request_clear(out);
	str_addf(&out->url, "%s/api/notes/%s", source->base.buf, endpoint);
	str_add(&out->bearer, source->token.buf);
}

static bool request(const struct source *source, const struct lookup_ask *ask,
		    struct http_request *out, struct err *err)
{
	struct jwrite w;

	(void)err;
	begin(source, "show", out);
	jwrite_begin(&w, &out->body);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "noteId", ask->ids[0]);
	jwrite_close_object(&w);
	return true;
}

static void read_names(const struct source *source, struct arena *arena, const struct jnode *note,
		       struct lookup_names *out)
{
	struct post post;

	out->id = intake_id_of(arena, note, "id");
	misskey_note(source, arena, note, &post);
	out->uri = post.uri;
}

/* What a refusal says of the note itself. */
static enum lookup_state state_of(const struct http_answer *answer)
{
	static const struct {
		const char *code;
		enum lookup_state state;
	} codes[] = {
		{ "NO_SUCH_NOTE", LOOKUP_GONE },
		{ "CONTENT_RESTRICTED_BY_USER", LOOKUP_HIDDEN },
		{ "CONTENT_RESTRICTED_BY_SERVER", LOOKUP_REFUSED },
		{ "CREDENTIAL_REQUIRED", LOOKUP_REFUSED },
	};
	enum lookup_state state = answer->status == 401 || answer->status == 403 ? LOOKUP_REFUSED
										 : LOOKUP_NOT_TOLD;
	struct err ignored = { 0 };
	struct jnode *root = NULL;
	const char *code;

	if (http_answer_is_json(answer))
		root = jnode_parse(answer->body.buf, answer->body.len, &ignored);
	code = jnode_string(jnode_get(root, "error"), "code");
	for (size_t i = 0; code && i < sizeof(codes) / sizeof(codes[0]); i++)
		if (str_same(code, codes[i].code))
			state = codes[i].state;
	jnode_free(root);
	return state;
}

static bool parse(const struct source *source, const struct lookup_ask *ask,
		  const struct http_answer *answer, struct lookup_hit *hits, struct page *out,
		  struct err *err)
{
	struct lookup_names names = { 0 };
	struct jnode *note;

	if (answer->status >= 400 && answer->status < 500)
		hits[0].state = state_of(answer);
	if (hits[0].state != LOOKUP_NOT_TOLD)
		return true;
	if (answer->status != 200 || reading_first_byte(answer->body.buf, answer->body.len) != '{')
		return misskey_deny(source, answer, err);
	if (!source_misskey.parse_body(source, answer->body.buf, answer->body.len, out, err))
		return err_wrap(err, "%s", source->name.buf);
	misskey_limits(answer, out);
	note = jnode_parse(answer->body.buf, answer->body.len, err);
	if (!note)
		return false;
	read_names(source, &out->arena, note, &names);
	lookup_mark_one(ask, &names, hits, out);
	jnode_free(note);
	return true;
}

/* What a note answers, all of it at once, and then what answers it, by pages; answers to those are
 * a question of their own. Quotes come along as answers do. */
static bool conversation(const struct source *source, const struct conversation *what,
			 struct http_request *out, struct err *err)
{
	struct jwrite w;

	(void)err;
	begin(source, what->step == STEP_ABOVE ? "conversation" : "children", out);
	jwrite_begin(&w, &out->body);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "noteId", what->id);
	jwrite_int(&w, "limit", MISSKEY_MAX_PAGE);
	if (what->token)
		jwrite_text(&w, "untilId", what->token);
	jwrite_close_object(&w);
	return true;
}

static bool parse_conversation(const struct source *source, const struct conversation *what,
			       const struct http_answer *answer, struct page *out, struct err *err)
{
	if (answer->status == 204 || (answer->status == 400 && state_of(answer) == LOOKUP_GONE))
		return true;
	if (answer->status != 200 || reading_first_byte(answer->body.buf, answer->body.len) != '[')
		return misskey_deny(source, answer, err);
	if (!source_misskey.parse_body(source, answer->body.buf, answer->body.len, out, err))
		return err_wrap(err, "%s", source->name.buf);
	misskey_limits(answer, out);
	if (what->step == STEP_BELOW && out->matched >= MISSKEY_MAX_PAGE)
		out->next = out->lowest;
	return true;
}

const struct lookup_ops lookup_misskey = {
	.most = 1,
	.request = request,
	.parse = parse,
	.steps = STEPS,
	.by_level = true,
	.conversation = conversation,
	.parse_conversation = parse_conversation,
};
