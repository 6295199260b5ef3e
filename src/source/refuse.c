#include "archive/source/intake.h"

#include <string.h>

#include "archive/base/clock.h"

#define DAY_MS		  (INT64_C(24) * 3600 * 1000)
#define MAX_EPOCH_SECONDS (INT64_C(1) << 40)
#define MAX_MESSAGE	  200 /* bytes of a server's words in a sentence */

static int64_t reset_time(const char *text)
{
	int64_t value;

	if (str_to_int(text, 0, MAX_EPOCH_SECONDS, &value))
		return value * 1000;
	return clock_parse_rfc3339(text, &value) ? value : 0;
}

int64_t intake_retry_at(const struct http_answer *answer, const char *reset)
{
	struct str value = STR_INIT;
	int64_t at = 0;

	if (http_answer_header(answer, reset, &value))
		at = reset_time(value.buf);
	str_release(&value);
	if (at <= answer->received)
		at = http_answer_retry_after(answer);
	return at <= answer->received || at > answer->received + DAY_MS ? 0 : at;
}

void intake_limits(const struct http_answer *answer, const char *remaining, const char *reset,
		   struct page *page)
{
	struct str value = STR_INIT;
	int64_t left;

	if (http_answer_header(answer, remaining, &value) &&
	    str_to_int(value.buf, 0, INT32_MAX, &left)) {
		page->remaining = left;
		page->limit_ends = intake_retry_at(answer, reset);
		if (!left)
			page->wait_until = page->limit_ends;
	}
	str_release(&value);
}

static const struct jnode *first_of(const struct jnode *root)
{
	const struct jnode *errors = jnode_get(root, "errors");

	return jnode_len(errors) ? jnode_at(errors, 0) : NULL;
}

const char *intake_message(struct arena *arena, const struct http_answer *answer,
			   const char *const *paths)
{
	struct err ignored = { 0 };
	struct jnode *root = NULL;
	const char *text = NULL;

	if (http_answer_is_json(answer))
		root = jnode_parse(answer->body.buf, answer->body.len, &ignored);
	for (; root && *paths && !text; paths++) {
		if (str_starts(*paths, "errors."))
			text = jnode_string(first_of(root), *paths + strlen("errors."));
		else
			text = jnode_text(jnode_path(root, *paths));
	}
	text = intake_line(arena, text);
	jnode_free(root);
	if (text && strlen(text) > MAX_MESSAGE) {
		size_t len = MAX_MESSAGE;

		while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
			len--;
		text = arena_printf(arena, "%.*s…", (int)len, text);
	}
	return text;
}

/* Where a network has many servers, each has a token of its own. */
static const struct {
	const char *name;
	bool by_host;
} tokens[NETWORK_COUNT] = {
	[NETWORK_X] = { "X_TOKEN", false },
	[NETWORK_MASTODON] = { "MASTODON_TOKEN_", true },
	[NETWORK_BLUESKY] = { "BLUESKY_PASSWORD", false },
	[NETWORK_MISSKEY] = { "MISSKEY_TOKEN_", true },
};

void source_token_name(const struct source *source, struct str *out)
{
	enum network network = source->ops->network;

	str_addf(out, "ARCHIVE_%s", tokens[network].name);
	for (const char *p = source->host.buf; tokens[network].by_host && *p; p++) {
		bool lower = *p >= 'a' && *p <= 'z';
		bool plain = lower || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9');

		str_add_char(out, lower ? (char)(*p - 'a' + 'A') : plain ? *p : '_');
	}
}

static bool is_web_page(const struct http_answer *answer)
{
	struct str type = STR_INIT;
	const char *p = answer->body.buf;
	bool html;

	while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
		p++;
	html = http_answer_header(answer, "Content-Type", &type) && strcasestr(type.buf, "html");
	str_release(&type);
	return *p == '<' || (html && *p);
}

bool source_refused(const struct source *source, const struct http_answer *answer, struct err *err)
{
	static const char *const paths[] = { "error_description",
					     "error",
					     "error.message",
					     "errors.message",
					     "detail",
					     "title",
					     NULL };
	const char *name = source->name.buf;
	enum err_code code = answer->status >= 500 ? ERR_NETWORK : ERR_MALFORMED;
	struct arena arena = ARENA_INIT;
	const char *message = intake_message(&arena, answer, paths);

	if (is_web_page(answer))
		err_set(err, code,
			"%s answered with a web page, not with data (status %d): "
			"is the address right?",
			name, answer->status);
	else if (answer->status == 200 && !answer->body.len)
		err_set(err, ERR_NETWORK, "%s answered with nothing at all: try again later", name);
	else if (answer->status == 200 && message)
		err_set(err, ERR_MALFORMED, "%s answered with an error instead of posts: \"%s\"",
			name, message);
	else if (answer->status == 200)
		err_set(err, ERR_MALFORMED,
			"%s answered with something that is not a list of posts", name);
	else if (answer->status >= 500)
		err_set(err, ERR_NETWORK,
			"%s has a failure of its own (status %d%s%s%s): try again later", name,
			answer->status, message ? ", \"" : "", message ? message : "",
			message ? "\"" : "");
	else
		err_set(err, ERR_MALFORMED, "%s refused the request (status %d%s%s%s)", name,
			answer->status, message ? ", \"" : "", message ? message : "",
			message ? "\"" : "");
	arena_release(&arena);
	return false;
}
