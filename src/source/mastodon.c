#include "archive/source/mastodon.h"

#include <string.h>

#include "archive/source/intake.h"
#include "archive/source/lookup.h"
#include "archive/source/reading.h"
#include "archive/source/span.h"
#include "archive/text/link.h"

#define LIMIT_LEFT  "X-RateLimit-Remaining"
#define LIMIT_RESET "X-RateLimit-Reset"

static bool request(const struct source *source, const struct query *query,
		    const struct position *position, struct http_request *out, struct err *err)
{
	int limit = position->page_size;
	struct str text = STR_INIT;

	(void)err;
	if (limit <= 0 || limit > MASTODON_MAX_PAGE)
		limit = MASTODON_MAX_PAGE;
	http_request_clear(out);
	str_addf(&out->url, "%s/api/v1/timelines/tag/", source->base.buf);
	link_add_escaped(&out->url, query->tag);
	str_addf(&text, "%d", limit);
	http_request_param(out, "limit", text.buf);
	if (position->climbing)
		http_request_param(out, "min_id", position->above);
	else if (position->below)
		http_request_param(out, "max_id", position->below);
	str_add(&out->bearer, source->token.buf);
	str_release(&text);
	return true;
}

static size_t read_parts(const struct jnode *status, struct reading_part *parts)
{
	bool accepted;

	parts[0] = (struct reading_part){ .quoted = true };
	parts[0].node = mastodon_quoted(status, &parts[0].path, &accepted);
	parts[0].refused = !accepted;
	return parts[0].node ? 1 : 0;
}

/* Most of a profile, which comes along with each post, and what only a client shows. */
static const char *const unread[] = { "fields",	  "header",	 "header_static",
				      "mentions", "application", "quote_approval",
				      NULL };

static const struct reading_ops reading_ops = {
	.post = mastodon_status,
	.parts = read_parts,
	.unread = unread,
};

/* What a Link header says: that older posts follow, and that younger ones do. snac sends none
 * (apis.md 2.6). */
struct links {
	bool told, older, younger;
};

static bool links_to(const char *line, size_t len, const char *what)
{
	struct str quoted = STR_INIT;
	struct str plain = STR_INIT;
	bool found;

	str_addf(&quoted, "rel=\"%s\"", what);
	str_addf(&plain, "rel=%s", what);
	found = memmem(line, len, quoted.buf, quoted.len) ||
		memmem(line, len, plain.buf, plain.len);
	str_release(&quoted);
	str_release(&plain);
	return found;
}

static struct links read_links(const struct http_answer *answer)
{
	const char *line = answer->headers.buf;
	struct links links = { 0 };

	while (line && *line) {
		const char *end = strstr(line, "\r\n");
		size_t len = end ? (size_t)(end - line) : strlen(line);

		if (len > 5 && !strncasecmp(line, "link:", 5)) {
			links.told = true;
			links.older = links.older || links_to(line, len, "next");
			links.younger = links.younger || links_to(line, len, "prev");
		}
		line = end ? end + 2 : NULL;
	}
	return links;
}

static bool parse(const struct source *source, const struct http_answer *answer, struct page *out,
		  struct err *err)
{
	struct reading reading = {
		.ops = &reading_ops, .source = source, .page = out, .bytes = answer->body.buf
	};
	struct links links = read_links(answer);

	if (answer->status == 404 && http_answer_is_json(answer)) {
		intake_limits(answer, LIMIT_LEFT, LIMIT_RESET, out);
		out->last = true;
		return true;
	}
	if (answer->status != 200 || reading_first_byte(answer->body.buf, answer->body.len) != '[')
		return mastodon_deny(source, answer, err);
	if (!reading_array(&reading, answer->body.len, ""))
		return err_set(err, ERR_NETWORK,
			       "%s broke off in the middle of its answer: try again",
			       source->name.buf);
	intake_limits(answer, LIMIT_LEFT, LIMIT_RESET, out);
	out->last = !out->matched || (links.told && !links.older);
	out->climbed = links.younger;
	return true;
}

/* The two lists in the order in which they stand, so that cuts ascend. */
static bool read_conversation(const struct reading *reading, size_t len)
{
	struct span_member above = { 0 }, below = { 0 };
	size_t from = span_blank(reading->bytes, len, 0);
	const char *first = "ancestors", *second = "descendants";

	if (span_find(reading->bytes, len, from, first, &above) &&
	    span_find(reading->bytes, len, from, second, &below) &&
	    below.value.from < above.value.from) {
		first = "descendants";
		second = "ancestors";
	}
	return reading_array(reading, len, first) && reading_array(reading, len, second);
}

static bool parse_body(const struct source *source, const char *bytes, size_t len, struct page *out,
		       struct err *err)
{
	struct reading reading = {
		.ops = &reading_ops, .source = source, .page = out, .bytes = bytes
	};
	size_t from = span_blank(bytes, len, 0);
	struct span_member above, below;
	struct jnode *status;

	if (reading_first_byte(bytes, len) == '[')
		return reading_array(&reading, len, "") ||
		       err_set(err, ERR_MALFORMED, "the list of posts breaks off");
	if (span_find(bytes, len, from, "descendants", &below) ||
	    span_find(bytes, len, from, "ancestors", &above))
		return read_conversation(&reading, len) ||
		       err_set(err, ERR_MALFORMED, "the conversation breaks off");
	status = jnode_parse(bytes, len, err);
	if (!status)
		return false;
	reading_element(&reading, status, from, span_value(bytes, len, from));
	jnode_free(status);
	return true;
}

const struct source_ops source_mastodon = {
	.network = NETWORK_MASTODON,
	.flags = SOURCE_CLIMBS,
	.max_page = MASTODON_MAX_PAGE,
	.request = request,
	.parse = parse,
	.parse_body = parse_body,
	.lookup = &lookup_mastodon,
};
