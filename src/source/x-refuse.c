#include "archive/source/x.h"

#include <string.h>

#include "archive/source/intake.h"

#define RATE_LEGACY 88 /* the code of API v1.1, still seen */
#define DIGITS	    "0123456789"
#define MAX_ID	    19

/* What a body says about why it is no answer. */
struct problem {
	const char *title, *type, *reason; /* NULL when not told */
	int64_t code;
	const char *message; /* the server's words, quoted, or "" */
};

static void read_problem(struct arena *arena, const struct http_answer *answer, struct problem *out)
{
	static const char *const paths[] = { "errors.message", "errors.detail", "detail", "title",
					     NULL };
	struct err ignored = { 0 };
	struct jnode *root = NULL;
	const char *message = intake_message(arena, answer, paths);

	if (http_answer_is_json(answer))
		root = jnode_parse(answer->body.buf, answer->body.len, &ignored);
	out->title = intake_line_of(arena, root, "title");
	out->type = intake_line_of(arena, root, "type");
	out->reason = intake_line_of(arena, root, "reason");
	out->code = jnode_int(jnode_at(jnode_get(root, "errors"), 0), "code", 0);
	out->message = message ? arena_printf(arena, ": \"%s\"", message) : "";
	jnode_free(root);
}

static bool mentions(const char *text, const char *word)
{
	return text && strcasestr(text, word);
}

static bool wants_money(const struct source *source, const struct http_answer *answer,
			const struct problem *p, struct err *err)
{
	const char *name = source->name.buf;

	if (answer->status == 402 || mentions(p->title, "CreditsDepleted") ||
	    mentions(p->type, "credits"))
		return !err_set(err, ERR_PAYMENT,
				"%s: the account has no credit left: buy some in the developer "
				"console, waiting does not help",
				name);
	if (mentions(p->title, "UsageCapExceeded") || mentions(p->type, "usage-capped"))
		return !err_set(err, ERR_PAYMENT,
				"%s: the posts that the app may read in this period are used up: "
				"raise its cap in the "
				"developer console, or wait for the next period",
				name);
	return false;
}

static bool unauthorized(const struct source *source, const struct problem *p, struct err *err)
{
	if (!source->token.len)
		return err_set(err, ERR_AUTH,
			       "%s wants a token: put the app's bearer token in ARCHIVE_X_TOKEN",
			       source->name.buf);
	return err_set(err, ERR_AUTH,
		       "%s does not accept the token in ARCHIVE_X_TOKEN%s; "
		       "copy a new one from the developer console",
		       source->name.buf, p->message);
}

static bool forbidden(const struct source *source, const struct problem *p, struct err *err)
{
	if (mentions(p->reason, "not-enrolled") || mentions(p->type, "client-forbidden"))
		return err_set(err, ERR_AUTH,
			       "%s: the app behind the token in ARCHIVE_X_TOKEN is not enrolled "
			       "for searching: put it into a "
			       "project in the developer console",
			       source->name.buf);
	return err_set(err, ERR_AUTH,
		       "%s forbids this to the token in ARCHIVE_X_TOKEN%s; see what the app may do "
		       "in the developer console",
		       source->name.buf, p->message);
}

static bool tell(const struct source *source, const struct http_answer *answer,
		 const struct problem *p, struct err *err)
{
	const char *name = source->name.buf;

	if (wants_money(source, answer, p, err))
		return false;
	if (answer->status == 429 || p->code == RATE_LEGACY) {
		err_set(err, ERR_RATE, "%s asks to wait: too many requests", name);
		err->retry_at = intake_retry_at(answer, "x-rate-limit-reset");
		return false;
	}
	switch (answer->status) {
	case 400:
		return err_set(err, ERR_MALFORMED, "%s does not understand the request%s", name,
			       p->message);
	case 401:
		return unauthorized(source, p, err);
	case 403:
		return forbidden(source, p, err);
	case 404:
		return err_set(err, ERR_NOT_FOUND,
			       "%s has no search at this address (status 404): is it right?", name);
	default:
		return source_refused(source, answer, err);
	}
}

/* A run of digits that is a word: ids are told so, times and patterns are not. */
static size_t id_len(const char *text, const char *at)
{
	size_t len = strspn(at, DIGITS);

	if (len == 0 || len > MAX_ID || (at > text && !strchr(" '\"`", at[-1])))
		return 0;
	return at[len] == '\0' || strchr(" .,;'\"`", at[len]) ? len : 0;
}

/* "… Please use a 'since_id' that is larger than 123": the last one in the sentence. */
static const char *last_id(struct arena *arena, const char *text)
{
	const char *found = NULL;

	for (const char *at = text; *(at += strcspn(at, DIGITS)); at += strspn(at, DIGITS)) {
		size_t len = id_len(text, at);

		if (len > 0)
			found = arena_strndup(arena, at, len);
	}
	return x_is_id(found) ? found : NULL;
}

const char *x_usable_id(struct arena *arena, const struct http_answer *answer)
{
	struct err ignored = { 0 };
	struct jnode *root = NULL;
	const struct jnode *error;
	const char *message, *found = NULL;

	if (http_answer_is_json(answer))
		root = jnode_parse(answer->body.buf, answer->body.len, &ignored);
	error = jnode_at(jnode_get(root, "errors"), 0);
	message = jnode_string(error, "message");
	if (message && strstr(message, "since_id"))
		found = last_id(arena, message);
	jnode_free(root);
	return found;
}

bool x_deny(const struct source *source, const struct http_answer *answer, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct problem problem;

	read_problem(&arena, answer, &problem);
	tell(source, answer, &problem, err);
	arena_release(&arena);
	return false;
}
