#include "archive/source/activity.h"

#include <string.h>

#include "archive/markup/markup.h"
#include "archive/source/activity-parts.h"
#include "archive/source/intake.h"
#include "archive/text/link.h"

#define ACCEPT                        \
	"application/activity+json, " \
	"application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\""

void activity_request(const char *url, struct http_request *out)
{
	http_request_clear(out);
	str_add(&out->url, url);
	str_add(&out->accept, ACCEPT);
}

bool activity_same_host(const char *a, const char *b)
{
	struct str left = STR_INIT, right = STR_INIT;
	bool same = a && b && link_host(a, &left) && link_host(b, &right) &&
		    str_same(left.buf, right.buf);

	str_release(&left);
	str_release(&right);
	return same;
}

/* ---- an object ---- */

static bool is_public_word(const char *text)
{
	return str_same(text, "https://www.w3.org/ns/activitystreams#Public") ||
	       str_same(text, "as:Public") || str_same(text, "Public");
}

static bool goes_to_all(const struct jnode *object, const char *key)
{
	const struct jnode *list = jnode_get(object, key);

	for (size_t i = 0; i < jnode_len(list); i++)
		if (is_public_word(jnode_text(jnode_at(list, i))))
			return true;
	return is_public_word(jnode_text(list));
}

bool activity_visibility(const struct jnode *object, struct post *post)
{
	post->visibility = goes_to_all(object, "to") ? VISIBILITY_PUBLIC : VISIBILITY_UNLISTED;
	return post->visibility == VISIBILITY_PUBLIC || goes_to_all(object, "cc");
}

static void read_text(struct arena *arena, const struct jnode *object, struct post *post)
{
	const char *content = jnode_string(object, "content");
	struct str html = STR_INIT, text = STR_INIT;

	if (content)
		markup_from_html(content, strlen(content), post->quote_uri != NULL, &html, &text);
	post->html = intake_made(arena, &html);
	post->text = intake_made(arena, &text);
	post->spoiler = intake_text_of(arena, object, "summary");
	post->sensitive = jnode_bool(object, "sensitive", false);
	str_release(&html);
	str_release(&text);
}

static const char *read_quote(struct arena *arena, const struct jnode *object)
{
	static const char *const keys[] = { "quote", "quoteUri", "quoteUrl", "_misskey_quote" };
	const char *uri = NULL;

	for (size_t i = 0; !uri && i < sizeof(keys) / sizeof(keys[0]); i++)
		uri = intake_uri(arena, jnode_string(object, keys[i]));
	return uri;
}

void activity_rest(struct arena *arena, const struct jnode *object, const char *base,
		   struct post *post)
{
	post->edited = intake_time_of(object, "updated");
	if (post->edited <= post->created)
		post->edited = 0;
	post->reply_uri = intake_uri(arena, jnode_string(object, "inReplyTo"));
	post->quote_uri = read_quote(arena, object);
	post->quote_url = intake_url(arena, post->quote_uri);
	post->counts = (struct counts){
		.replies = intake_count_of(jnode_get(object, "replies"), "totalItems"),
		.reposts = intake_count_of(jnode_get(object, "shares"), "totalItems"),
		.likes = intake_count_of(jnode_get(object, "likes"), "totalItems"),
		.quotes = -1,
	};
	activity_tags(arena, jnode_get(object, "tag"), post);
	activity_media(arena, jnode_get(object, "attachment"), base, post);
	post->lang = intake_lang(arena, jnode_first_key(jnode_get(object, "contentMap")));
	post->poll = activity_poll(arena, object);
	read_text(arena, object, post);
}

static const char *first_text(const struct jnode *value)
{
	const struct jnode *first = jnode_len(value) > 0 ? jnode_at(value, 0) : value;
	const char *text = jnode_text(first);

	return text ? text : jnode_string(first, "id");
}

static const char *page_of(struct arena *arena, const struct jnode *object)
{
	const struct jnode *value = jnode_get(object, "url");
	const struct jnode *first = jnode_len(value) > 0 ? jnode_at(value, 0) : value;
	const char *text = jnode_text(first);

	return intake_url(arena, text ? text : jnode_string(first, "href"));
}

bool activity_is_post(const struct jnode *object)
{
	const char *type = jnode_string(object, "type");

	return str_same(type, "Note") || str_same(type, "Question") || str_same(type, "Article");
}

static bool broken(const char *asked, const char *what, struct err *err)
{
	struct str host = STR_INIT;

	if (!link_host(asked, &host))
		str_add(&host, "the server");
	err_set(err, ERR_MALFORMED, "%s %s", host.buf, what);
	str_release(&host);
	return false;
}

bool activity_names(struct arena *arena, const struct jnode *object, struct post *post)
{
	post->uri = intake_uri(arena, jnode_string(object, "id"));
	post->url = page_of(arena, object);
	if (!activity_same_host(post->url, post->uri))
		post->url = intake_url(arena, post->uri);
	post->created = intake_time_of(object, "published");
	return post->uri && post->created && post->url;
}

static bool read_object(enum network network, const char *asked, const struct jnode *object,
			struct activity *out, struct page *page, struct err *err)
{
	struct arena *arena = &page->arena;
	const char *type = jnode_string(object, "type");
	const char *id = intake_url(arena, jnode_string(object, "id"));
	struct post post = { .network = network, .counts = { -1, -1, -1, -1 } };

	if (str_same(type, "Tombstone")) {
		out->state = LOOKUP_GONE;
		return true;
	}
	if (!activity_is_post(object) || !id)
		return broken(asked, "shows something there that is no post", err);
	if (!activity_same_host(id, asked)) {
		out->elsewhere = id;
		return true;
	}
	out->author = intake_url(arena, first_text(jnode_get(object, "attributedTo")));
	if (!activity_names(arena, object, &post) || !activity_same_host(out->author, id))
		return broken(asked, "shows a post there that cannot be read", err);
	out->state = LOOKUP_HIDDEN;
	page->matched = 1;
	if (!activity_visibility(object, &post)) {
		page->dropped = 1;
		return true;
	}
	out->state = LOOKUP_FOUND;
	activity_rest(arena, object, NULL, &post);
	*page_add(page) = post;
	return true;
}

static bool refuse(const char *asked, const struct http_answer *answer, struct activity *out,
		   struct err *err)
{
	switch (answer->status) {
	case 404:
	case 410:
		out->state = LOOKUP_GONE;
		return true;
	case 401:
	case 403:
		out->state = LOOKUP_REFUSED;
		return true;
	case 429:
		err_set(err, ERR_RATE, "asked to wait: too many requests");
		err->retry_at = http_answer_retry_after(answer);
		return false;
	case 200:
	case 406:
		return broken(asked, "gives that page to browsers only", err);
	default:
		broken(asked, "has a failure of its own: try again later", err);
		err->code = answer->status >= 500 ? ERR_NETWORK : ERR_MALFORMED;
		return false;
	}
}

bool activity_read(enum network network, const char *asked, const struct http_answer *answer,
		   struct activity *out, struct page *page, struct err *err)
{
	struct err why = { 0 };
	struct jnode *object;
	bool ok;

	*out = (struct activity){ 0 };
	if (answer->status != 200 || !http_answer_is_json(answer))
		return refuse(asked, answer, out, err);
	if (answer->body.len > ACTIVITY_MAX_BYTES)
		return broken(asked, "gives an object that is too large", err);
	object = jnode_parse(answer->body.buf, answer->body.len, &why);
	if (!object)
		return broken(asked, "gives an object that is broken", err);
	ok = read_object(network, asked, object, out, page, err);
	jnode_free(object);
	return ok;
}
