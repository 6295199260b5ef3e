#include "archive/import/kind.h"

#include <string.h>

#include "archive/source/activity-kept.h"
#include "archive/source/source.h"
#include "archive/source/span.h"
#include "archive/source/x-old.h"

static bool has(const char *bytes, size_t len, size_t from, const char *key)
{
	struct span_member member;

	return span_find(bytes, len, from, key, &member);
}

static bool is_x_post(const char *bytes, size_t len, size_t from)
{
	return has(bytes, len, from, "text") && has(bytes, len, from, "id") &&
	       (has(bytes, len, from, "author_id") ||
		has(bytes, len, from, "edit_history_tweet_ids") ||
		has(bytes, len, from, "edit_history_post_ids"));
}

static bool is_x_old(const char *bytes, size_t len)
{
	return (has(bytes, len, 0, "id_str") || has(bytes, len, 0, "id")) &&
	       has(bytes, len, 0, "created_at") &&
	       (has(bytes, len, 0, "full_text") || has(bytes, len, 0, "text")) &&
	       has(bytes, len, 0, "user");
}

static bool is_activity(const char *bytes, size_t len)
{
	struct span_member actor, object;

	return span_find(bytes, len, 0, "actor", &actor) && bytes[actor.value.from] == '{' &&
	       span_find(bytes, len, 0, "object", &object) && bytes[object.value.from] == '{';
}

/* A note, whatever became of its content. */
static bool is_note(const char *bytes, size_t len)
{
	return has(bytes, len, 0, "userId") && has(bytes, len, 0, "user") &&
	       has(bytes, len, 0, "visibility") && has(bytes, len, 0, "createdAt");
}

/* A page holds posts under data, or says how many it would hold. */
static bool is_x_page(const char *bytes, size_t len)
{
	struct span_member data, count;
	size_t first;

	if (!span_find(bytes, len, 0, "data", &data))
		return span_path(bytes, len, 0, "meta.result_count", &count);
	first = data.value.from;
	if (bytes[first] == '[')
		first = span_blank(bytes, len, first + 1);
	if (first < len && bytes[first] == ']')
		return span_path(bytes, len, 0, "meta.result_count", &count);
	return has(bytes, data.value.to, first, "id") && has(bytes, data.value.to, first, "text");
}

/* "errors" with the type of a problem of X's (apis.md 1.7). */
static bool is_x_problem(const char *bytes, size_t len)
{
	static const char mark[] = "/2/problems/";
	struct span_member errors;

	return span_find(bytes, len, 0, "errors", &errors) &&
	       memmem(bytes, len, mark, sizeof(mark) - 1) != NULL;
}

/* A view of a post, which begins at from. */
static bool is_bluesky_post(const char *bytes, size_t len, size_t from)
{
	struct span_member uri;

	return span_find(bytes, len, from, "uri", &uri) && len - uri.value.from > 6 &&
	       !memcmp(bytes + uri.value.from, "\"at://", 6) && has(bytes, len, from, "author") &&
	       has(bytes, len, from, "record");
}

/* "posts": the first one that was not cut out tells; none at all is an empty answer. */
static bool is_bluesky_page(const char *bytes, size_t len)
{
	struct span_member posts;
	size_t first;

	if (!span_find(bytes, len, 0, "posts", &posts) || bytes[posts.value.from] != '[')
		return false;
	first = span_blank(bytes, posts.value.to, posts.value.from + 1);
	while (first < posts.value.to && bytes[first] == ',')
		first = span_blank(bytes, posts.value.to, first + 1);
	return first == posts.value.to - 1 || is_bluesky_post(bytes, posts.value.to, first);
}

static bool is_bluesky_thread(const char *bytes, size_t len)
{
	static const char mark[] = "\"app.bsky.";
	struct span_member thread;

	return span_find(bytes, len, 0, "thread", &thread) &&
	       memmem(bytes, len, mark, sizeof(mark) - 1) != NULL;
}

static enum import_kind bluesky_kind_of(const char *bytes, size_t len)
{
	if (is_bluesky_post(bytes, len, 0))
		return IMPORT_BLUESKY_POST;
	if (is_bluesky_page(bytes, len))
		return IMPORT_BLUESKY_PAGE;
	return is_bluesky_thread(bytes, len) ? IMPORT_BLUESKY_THREAD : IMPORT_UNKNOWN;
}

enum import_kind import_kind_of(const char *bytes, size_t len)
{
	if (has(bytes, len, 0, "account") && has(bytes, len, 0, "content"))
		return IMPORT_STATUS;
	if (is_note(bytes, len))
		return IMPORT_NOTE;
	if (is_x_post(bytes, len, 0))
		return IMPORT_X_POST;
	if (is_x_old(bytes, len))
		return IMPORT_X_OLD;
	if (is_activity(bytes, len))
		return IMPORT_ACTIVITY;
	if (is_x_page(bytes, len))
		return IMPORT_X_PAGE;
	if (has(bytes, len, 0, "ancestors") && has(bytes, len, 0, "descendants"))
		return IMPORT_CONVERSATION;
	if (is_x_problem(bytes, len))
		return IMPORT_X_PROBLEM;
	return bluesky_kind_of(bytes, len);
}

bool import_kind_is_single(enum import_kind kind)
{
	return kind == IMPORT_STATUS || kind == IMPORT_NOTE || kind == IMPORT_BLUESKY_POST ||
	       kind == IMPORT_X_POST || kind == IMPORT_X_OLD || kind == IMPORT_ACTIVITY;
}

bool import_kind_read(enum import_kind kind, const char *bytes, size_t len, struct page *page,
		      struct err *err)
{
	enum network network;

	if (kind == IMPORT_X_OLD)
		return x_old_read(bytes, len, page, err);
	if (kind == IMPORT_ACTIVITY)
		return activity_kept_read(bytes, len, page, err);
	if (!import_kind_network(kind, &network))
		return err_set(err, ERR_MALFORMED, "no network is known that answers so");
	return source_ops_for(network)->parse_body(NULL, bytes, len, page, err);
}

bool import_kind_network(enum import_kind kind, enum network *out)
{
	switch (kind) {
	case IMPORT_STATUS:
	case IMPORT_CONVERSATION:
	case IMPORT_ACTIVITY:
		*out = NETWORK_MASTODON;
		return true;
	case IMPORT_NOTE:
		*out = NETWORK_MISSKEY;
		return true;
	case IMPORT_BLUESKY_POST:
	case IMPORT_BLUESKY_PAGE:
	case IMPORT_BLUESKY_THREAD:
		*out = NETWORK_BLUESKY;
		return true;
	case IMPORT_X_POST:
	case IMPORT_X_PAGE:
	case IMPORT_X_OLD:
		*out = NETWORK_X;
		return true;
	case IMPORT_X_PROBLEM:
	case IMPORT_UNKNOWN:
		break;
	}
	return false;
}
