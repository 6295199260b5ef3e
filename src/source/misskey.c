#include "archive/source/misskey.h"

#include <string.h>

#include "archive/json/write.h"
#include "archive/source/intake.h"
#include "archive/source/lookup.h"
#include "archive/source/reading.h"
#include "archive/source/span.h"

/* A tag with one of these is a failure inside of the server (apis.md 4.1). */
static bool may_be_asked(const char *tag)
{
	for (const char *p = tag; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7F)
			return false;
	return *tag && !strpbrk(tag, "\"'\\%");
}

static void write_question(struct str *out, const struct query *query,
			   const struct position *position)
{
	struct jwrite w;
	int limit = position->page_size;

	if (limit <= 0 || limit > MISSKEY_MAX_PAGE)
		limit = MISSKEY_MAX_PAGE;
	jwrite_begin(&w, out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "tag", query->tag);
	jwrite_int(&w, "limit", limit);
	if (position->climbing && position->above)
		jwrite_text(&w, "sinceId", position->above);
	else if (position->below)
		jwrite_text(&w, "untilId", position->below);
	jwrite_close_object(&w);
}

static bool request(const struct source *source, const struct query *query,
		    const struct position *position, struct http_request *out, struct err *err)
{
	if (!may_be_asked(query->tag))
		return err_set(
			err, ERR_USAGE,
			"%s cannot look for a hashtag with quotation marks, a backslash or a "
			"percent sign: leave them out",
			source->name.buf);
	http_request_clear(out);
	str_addf(&out->url, "%s/api/notes/search-by-tag", source->base.buf);
	write_question(&out->body, query, position);
	str_add(&out->bearer, source->token.buf);
	return true;
}

static bool is_note(const struct jnode *node)
{
	return jnode_is_object(jnode_get(node, "user"));
}

static size_t read_parts(const struct jnode *note, struct reading_part *parts)
{
	static const char *const names[] = { "renote", "reply" };
	size_t count = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct jnode *node = jnode_get(note, names[i]);

		if (is_note(node))
			parts[count++] = (struct reading_part){ .node = node,
								.path = names[i],
								.quoted = i == 0 };
	}
	return count;
}

static const struct reading_ops reading_ops = { .post = misskey_note, .parts = read_parts };

/* Asked for what is above an id, a server answers with the oldest first (apis.md 4.2). */
static void take_order(struct page *page, const struct reading_order *order)
{
	const char *first = page->highest;

	page->climbed = !order->falls;
	if (!order->rises || order->falls)
		return;
	page->highest = page->lowest;
	page->lowest = first;
}

static bool read_list(const struct source *source, const struct http_answer *answer,
		      struct page *out, struct err *err)
{
	struct reading_order order = { 0 };
	struct reading reading = { .ops = &reading_ops,
				   .source = source,
				   .page = out,
				   .bytes = answer->body.buf,
				   .order = &order };

	if (!reading_array(&reading, answer->body.len, ""))
		return err_set(err, ERR_NETWORK,
			       "%s broke off in the middle of its answer: try again",
			       source->name.buf);
	take_order(out, &order);
	return true;
}

/* The server leaves notes out after it has counted them: a short page need not be the last. */
static bool parse(const struct source *source, const struct http_answer *answer, struct page *out,
		  struct err *err)
{
	bool empty = answer->status == 204;

	if (!empty && (answer->status != 200 ||
		       reading_first_byte(answer->body.buf, answer->body.len) != '['))
		return misskey_deny(source, answer, err);
	if (!empty && !read_list(source, answer, out, err))
		return false;
	misskey_limits(answer, out);
	out->climbed |= !out->matched;
	out->last = !out->matched;
	return true;
}

static bool parse_body(const struct source *source, const char *bytes, size_t len, struct page *out,
		       struct err *err)
{
	struct reading reading = {
		.ops = &reading_ops, .source = source, .page = out, .bytes = bytes
	};
	size_t from = span_blank(bytes, len, 0);
	struct jnode *note;

	if (reading_first_byte(bytes, len) == '[')
		return reading_array(&reading, len, "") ||
		       err_set(err, ERR_MALFORMED, "the list of notes breaks off");
	note = jnode_parse(bytes, len, err);
	if (!note)
		return false;
	reading_element(&reading, note, from, span_value(bytes, len, from));
	jnode_free(note);
	return true;
}

const struct source_ops source_misskey = {
	.network = NETWORK_MISSKEY,
	.flags = SOURCE_CLIMBS,
	.max_page = MISSKEY_MAX_PAGE,
	.request = request,
	.parse = parse,
	.parse_body = parse_body,
	.lookup = &lookup_misskey,
};
