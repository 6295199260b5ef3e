#include "archive/source/standing.h"

#include <string.h>

#include "archive/base/amount.h"
#include "archive/base/mem.h"
#include "archive/source/intake.h"
#include "archive/source/mastodon.h"
#include "archive/source/span.h"
#include "archive/source/x.h"

static void ask(const struct source *source, const char *path, bool signed_in,
		struct http_request *out)
{
	http_request_clear(out);
	str_addf(&out->url, "%s%s", source->base.buf, path);
	if (!signed_in)
		return;
	str_add(&out->bearer, source->token.buf);
	out->secret = true;
}

/* The answer's object; NULL when it is none. */
static struct jnode *read_object(const struct source *source, const struct http_answer *answer,
				 struct err *err)
{
	struct err why = { 0 };
	struct jnode *root = NULL;

	if (http_answer_is_json(answer))
		root = jnode_parse(answer->body.buf, answer->body.len, &why);
	if (jnode_is_object(root))
		return root;
	jnode_free(root);
	source_refused(source, answer, err);
	return NULL;
}

void standing_ask_instance(const struct source *source, struct http_request *out)
{
	ask(source, "/api/v2/instance", false, out);
}

static enum openness openness_of(const struct jnode *node, const char *key)
{
	static const struct {
		const char *word;
		enum openness openness;
	} words[] = {
		{ "public", OPENNESS_EVERYBODY },
		{ "authenticated", OPENNESS_ACCOUNTS },
		{ "disabled", OPENNESS_NOBODY },
	};
	const char *word = jnode_string(node, key);

	for (size_t i = 0; word && i < ARRAY_LEN(words); i++)
		if (str_same(word, words[i].word))
			return words[i].openness;
	return OPENNESS_UNTOLD;
}

bool standing_read_instance(const struct source *source, const struct http_answer *answer,
			    struct feeds *feeds, struct err *err)
{
	const struct jnode *access;
	struct jnode *root;

	if (answer->status != 200)
		return mastodon_deny(source, answer, err);
	root = read_object(source, answer, err);
	if (!root)
		return false;
	access = jnode_path(root, "configuration.timelines_access.hashtag_feeds");
	feeds->own = openness_of(access, "local");
	feeds->foreign = openness_of(access, "remote");
	jnode_free(root);
	return true;
}

void standing_ask_account(const struct source *source, struct http_request *out)
{
	ask(source, "/api/v1/accounts/verify_credentials", true, out);
}

bool standing_read_account(const struct source *source, const struct http_answer *answer,
			   struct str *name, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct jnode *root;
	const char *acct;

	if (answer->status == 403 && http_answer_is_json(answer))
		return true;
	if (answer->status != 200)
		return mastodon_deny(source, answer, err);
	root = read_object(source, answer, err);
	if (!root)
		return false;
	acct = intake_line_of(&arena, root, "acct");
	if (acct)
		str_addf(name, "@%s", acct);
	jnode_free(root);
	arena_release(&arena);
	return true;
}

void standing_ask_credit(const struct source *source, struct http_request *out)
{
	ask(source, "/2/usage/credits", true, out);
}

/* A number or a string with one; read from its bytes, for a real number is no amount of money. */
static bool read_balance(const struct http_answer *answer, int64_t *micros)
{
	const char *bytes = answer->body.buf;
	struct span_member balance;
	struct str text = STR_INIT;
	bool ok;

	if (!span_path(bytes, answer->body.len, span_blank(bytes, answer->body.len, 0),
		       "data.total_balance", &balance))
		return false;
	for (size_t i = balance.value.from; i < balance.value.to; i++)
		if (!strchr("\" \t\r\n", bytes[i]))
			str_add_char(&text, bytes[i]);
	ok = amount_money(text.buf, micros);
	if (!ok && text.buf[0] == '-' && amount_money(text.buf + 1, micros)) {
		*micros = -*micros;
		ok = true;
	}
	str_release(&text);
	return ok;
}

bool standing_read_credit(const struct source *source, const struct http_answer *answer,
			  struct credit *credit, struct err *err)
{
	struct jnode *root;

	*credit = (struct credit){ 0 };
	if (answer->status == 404 || (answer->status == 403 && http_answer_is_json(answer)))
		return true;
	if (answer->status != 200)
		return x_deny(source, answer, err);
	root = read_object(source, answer, err);
	if (!root)
		return false;
	jnode_free(root);
	credit->told = read_balance(answer, &credit->micros);
	return true;
}
