#include "archive/source/mastodon.h"

#include <string.h>

#include "archive/source/intake.h"
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

/* What the elements of one array are read with. */
struct reading {
	const struct source *source;
	struct page *page;
	const char *bytes;
};

static void add_post(struct page *page, const struct post *post)
{
	*page_add(page) = *post;
}

static void cut_member(const struct reading *reading, size_t from, size_t to, const char *path)
{
	struct span_member member;

	if (span_path(reading->bytes, to, from, path, &member))
		page_add_cut(reading->page, member.whole.from, member.whole.to);
	else
		page_add_cut(reading->page, from, to);
}

/* The quoted post comes along as one of its own; what may not be kept of it, and what it quotes
 * itself, which nobody looks at, is cut out of the element. */
static void read_quoted(const struct reading *reading, const struct jnode *status,
			struct post *outer, size_t from, size_t to)
{
	struct arena *arena = &reading->page->arena;
	const char *path, *deeper;
	bool accepted;
	const struct jnode *node = mastodon_quoted(status, &path, &accepted);
	struct post quoted = { 0 };
	enum fate fate;

	if (!node)
		return;
	fate = intake_judge(reading->page, &quoted,
			    mastodon_status(reading->source, arena, node, &quoted));
	if (accepted && (fate == FATE_KEPT || fate == FATE_OPTED_OUT)) {
		outer->quote_uri = quoted.uri;
		outer->quote_url = quoted.url;
		quoted.context = true;
		add_post(reading->page, &quoted);
	}
	if (fate != FATE_KEPT)
		cut_member(reading, from, to, path);
	else if (mastodon_quoted(node, &deeper, &accepted))
		cut_member(reading, from, to, arena_printf(arena, "%s.%s", path, deeper));
}

static void note_id(struct page *page, const char *id)
{
	if (!id)
		return;
	if (!page->highest)
		page->highest = id;
	page->lowest = id;
}

static void read_status(const struct reading *reading, const struct jnode *status, size_t from,
			size_t to)
{
	struct page *page = reading->page;
	struct post post = { 0 };
	size_t place = page->count;
	enum fate fate;

	if (jnode_is_null(status))
		return; /* a null stands where something was cut out */
	page->matched++;
	note_id(page, intake_id_of(&page->arena, status, "id"));
	fate = intake_judge(page, &post,
			    mastodon_status(reading->source, &page->arena, status, &post));
	intake_note_time(page, post.created);
	if (fate == FATE_DROPPED || fate == FATE_OPTED_OUT)
		page_add_cut(page, from, to);
	if (fate == FATE_DROPPED)
		page->dropped++;
	else if (fate == FATE_MALFORMED)
		page->malformed++;
	if (fate != FATE_KEPT && fate != FATE_OPTED_OUT)
		return;
	add_post(page, &post);
	if (fate != FATE_KEPT)
		return;
	read_quoted(reading, status, &post, from, to);
	page->posts[place] = post;
}

/* false when the array breaks off before its end. */
static bool read_array(const struct reading *reading, size_t len, const char *path)
{
	struct jelements reader;
	struct jnode *status;
	struct err why = { 0 };
	int rc;

	if (!jelements_begin(&reader, reading->bytes, len, path))
		return true;
	while (!page_is_overfull(reading->page) &&
	       (rc = jelements_next(&reader, &status, &why)) != 0) {
		if (rc < 0) {
			reading->page->matched++;
			reading->page->malformed++;
			continue;
		}
		read_status(reading, status, reader.from, reader.to);
		jnode_free(status);
	}
	reading->page->malformed += page_is_overfull(reading->page);
	return reader.to < len;
}

/* Does a Link header say whether older posts follow, and that they do not? snac sends none (apis.md
 * 2.6). */
static bool says_last(const struct http_answer *answer)
{
	const char *line = answer->headers.buf;
	bool linked = false;

	while (line && *line) {
		const char *end = strstr(line, "\r\n");
		size_t len = end ? (size_t)(end - line) : strlen(line);

		if (len > 5 && !strncasecmp(line, "link:", 5)) {
			linked = true;
			if (memmem(line, len, "rel=\"next\"", 10) ||
			    memmem(line, len, "rel=next", 8))
				return false;
		}
		line = end ? end + 2 : NULL;
	}
	return linked;
}

static char first_byte(const char *bytes, size_t len)
{
	size_t at = span_blank(bytes, len, 0);

	return at < len ? bytes[at] : '\0';
}

static bool parse(const struct source *source, const struct http_answer *answer, struct page *out,
		  struct err *err)
{
	struct reading reading = { source, out, answer->body.buf };

	if (answer->status == 404 && http_answer_is_json(answer)) {
		intake_limits(answer, LIMIT_LEFT, LIMIT_RESET, out);
		out->last = true;
		return true;
	}
	if (answer->status != 200 || first_byte(answer->body.buf, answer->body.len) != '[')
		return mastodon_deny(source, answer, err);
	if (!read_array(&reading, answer->body.len, ""))
		return err_set(err, ERR_NETWORK,
			       "%s broke off in the middle of its answer: try again",
			       source->name.buf);
	intake_limits(answer, LIMIT_LEFT, LIMIT_RESET, out);
	out->last = !out->matched || says_last(answer);
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
	return read_array(reading, len, first) && read_array(reading, len, second);
}

static bool parse_body(const struct source *source, const char *bytes, size_t len, struct page *out,
		       struct err *err)
{
	struct reading reading = { source, out, bytes };
	size_t from = span_blank(bytes, len, 0);
	struct span_member above, below;
	struct jnode *status;

	if (first_byte(bytes, len) == '[')
		return read_array(&reading, len, "") ||
		       err_set(err, ERR_MALFORMED, "the list of posts breaks off");
	if (span_find(bytes, len, from, "descendants", &below) ||
	    span_find(bytes, len, from, "ancestors", &above))
		return read_conversation(&reading, len) ||
		       err_set(err, ERR_MALFORMED, "the conversation breaks off");
	status = jnode_parse(bytes, len, err);
	if (!status)
		return false;
	read_status(&reading, status, from, span_value(bytes, len, from));
	jnode_free(status);
	return true;
}

const struct source_ops source_mastodon = {
	.network = NETWORK_MASTODON,
	.max_page = MASTODON_MAX_PAGE,
	.request = request,
	.parse = parse,
	.parse_body = parse_body,
};
