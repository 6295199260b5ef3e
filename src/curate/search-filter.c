#include "archive/curate/search-filter.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/model/thread.h"
#include "archive/text/near.h"
#include "archive/text/tag.h"
#include "archive/text/utf8.h"
#include "archive/text/when.h"

#define NAME_MAX_BYTES 32
#define LANG_MAX_BYTES 35

/* One filter on its way into a query. */
struct reading {
	const struct search_reading *given;
	const struct search_filter *filter;
	const char *value;
	bool unwanted;
	struct search_query *query;
};

/* A word that a filter may stand with, and what that is. */
struct word {
	const char *name;
	int means;
};

struct search_filter {
	const char *name;
	bool (*read)(const struct reading *r, struct err *err);
	enum search_field field;
	const struct word *words; /* the first without name ends them */
};

/* ---- words of a table ---- */

/* "media, link or poll" */
static void add_words(struct str *out, const struct word *words)
{
	for (const struct word *word = words; word->name; word++)
		str_addf(out, "%s%s",
			 word == words	? ""
			 : word[1].name ? ", "
					: " or ",
			 word->name);
}

static bool refuse_word(const struct reading *r, const char *folded, struct err *err)
{
	const char *filter = r->filter->name, *near = NULL;
	struct str shown = STR_INIT, all = STR_INIT;

	for (const struct word *word = r->filter->words; word->name; word++)
		near = near_word(folded, near, word->name);
	utf8_add_plain(&shown, r->value, utf8_offset(r->value, strnlen(r->value, 240), 60), true);
	add_words(&all, r->filter->words);
	if (near)
		err_set(err, ERR_USAGE, "%s:%s: did you mean %s:%s?", filter, shown.buf, filter,
			near);
	else
		err_set(err, ERR_USAGE, "%s:%s: take %s", filter, shown.buf, all.buf);
	str_release(&shown);
	str_release(&all);
	return false;
}

static bool read_word(const struct reading *r, const struct word **out, struct err *err)
{
	struct str folded = STR_INIT;
	bool found = false;

	utf8_add_folded(&folded, r->value, strlen(r->value));
	for (const struct word *word = r->filter->words; word->name && !found; word++) {
		found = str_same(folded.buf, word->name);
		*out = word;
	}
	if (!found)
		refuse_word(r, folded.buf, err);
	str_release(&folded);
	return found;
}

/* ---- what goes into the query ---- */

static void add_value(const struct reading *r, const char *value)
{
	struct search_values *values = &r->query->wanted[r->filter->field];
	const char **items;

	if (r->unwanted)
		values = &r->query->unwanted[r->filter->field];
	items = arena_array(r->given->arena, values->count + 1, sizeof(*items));
	for (size_t i = 0; i < values->count; i++)
		items[i] = values->items[i];
	items[values->count++] = arena_strdup(r->given->arena, value);
	values->items = items;
}

static bool read_from(const struct reading *r, struct err *err)
{
	struct str folded = STR_INIT;
	bool ok;

	utf8_add_folded(&folded, r->value, strlen(r->value));
	ok = folded.buf[folded.buf[0] == '@'] != '\0' && !strchr(folded.buf, '\n');
	if (ok)
		add_value(r, folded.buf);
	else
		err_set(err, ERR_USAGE,
			"from: wants a handle or a part of a name, as in from:@hana");
	str_release(&folded);
	return ok;
}

static bool read_tag(const struct reading *r, struct err *err)
{
	struct str folded = STR_INIT;
	bool ok = tag_fold(&folded, r->value, err);

	if (ok)
		add_value(r, folded.buf);
	str_release(&folded);
	return ok;
}

static bool read_network(const struct reading *r, struct err *err)
{
	const struct word *word;

	if (!read_word(r, &word, err))
		return false;
	add_value(r, word->name);
	return true;
}

static bool is_language(const char *text)
{
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return len > 1 && len <= LANG_MAX_BYTES && text[len] == '\0';
}

static bool read_lang(const struct reading *r, struct err *err)
{
	struct str folded = STR_INIT;
	bool ok;

	utf8_add_folded(&folded, r->value, strlen(r->value));
	ok = is_language(folded.buf);
	if (ok)
		add_value(r, folded.buf);
	else
		err_set(err, ERR_USAGE, "lang: wants the short name of a language, as in lang:ja");
	str_release(&folded);
	return ok;
}

static bool read_in(const struct reading *r, struct err *err)
{
	struct str slug = STR_INIT;
	bool ok = slug_fold(&slug, r->value, err);

	if (ok)
		add_value(r, slug.buf);
	str_release(&slug);
	return ok;
}

static bool read_trait(const struct reading *r, struct err *err)
{
	const struct word *word;

	if (!read_word(r, &word, err))
		return false;
	*(r->unwanted ? &r->query->has_not : &r->query->has) |= 1u << word->means;
	return true;
}

static void begin_at(struct search_query *query, int64_t ms)
{
	query->since = ms > query->since ? ms : query->since;
}

static void end_at(struct search_query *query, int64_t ms)
{
	query->until = query->until == 0 || ms < query->until ? ms : query->until;
}

/* What is not since a moment is before it. */
static bool read_since(const struct reading *r, struct err *err)
{
	int64_t ms;

	if (!when_parse(r->value, WHEN_SINCE, r->given->now, r->given->zone, &ms, err))
		return false;
	(r->unwanted ? end_at : begin_at)(r->query, ms);
	return true;
}

static bool read_until(const struct reading *r, struct err *err)
{
	int64_t ms;

	if (!when_parse(r->value, WHEN_UNTIL, r->given->now, r->given->zone, &ms, err))
		return false;
	(r->unwanted ? begin_at : end_at)(r->query, ms);
	return true;
}

static bool read_sort(const struct reading *r, struct err *err)
{
	const struct word *word;

	if (r->unwanted)
		return err_set(err, ERR_USAGE, "sort: takes no '-' in front of it");
	if (!read_word(r, &word, err))
		return false;
	r->query->sort = (enum search_sort)word->means;
	return true;
}

/* ---- the table ---- */

static const struct word networks[] = {
	{ "x", NETWORK_X },
	{ "mastodon", NETWORK_MASTODON },
	{ "bluesky", NETWORK_BLUESKY },
	{ "misskey", NETWORK_MISSKEY },
	{ 0 },
};
static const struct word has[] = {
	{ "media", SEARCH_HAS_MEDIA }, { "link", SEARCH_HAS_LINK }, { "poll", SEARCH_HAS_POLL },
	{ "alt", SEARCH_HAS_ALT },     { "cw", SEARCH_HAS_CW },	    { 0 },
};
static const struct word is[] = {
	{ "reply", SEARCH_IS_REPLY },
	{ "quote", SEARCH_IS_QUOTE },
	{ "gone", SEARCH_IS_GONE },
	{ "unlisted", SEARCH_IS_UNLISTED },
	{ "edited", SEARCH_IS_EDITED },
	{ "chosen", SEARCH_IS_CHOSEN },
	{ 0 },
};
static const struct word sorts[] = {
	{ "time", SEARCH_NEWEST },
	{ "oldest", SEARCH_OLDEST },
	{ "relevance", SEARCH_RELEVANCE },
	{ 0 },
};

static const struct search_filter filters[] = {
	{ .name = "from", .read = read_from, .field = SEARCH_FROM },
	{ .name = "tag", .read = read_tag, .field = SEARCH_TAG },
	{ .name = "network", .read = read_network, .field = SEARCH_NETWORK, .words = networks },
	{ .name = "lang", .read = read_lang, .field = SEARCH_LANG },
	{ .name = "in", .read = read_in, .field = SEARCH_IN },
	{ .name = "has", .read = read_trait, .words = has },
	{ .name = "is", .read = read_trait, .words = is },
	{ .name = "since", .read = read_since },
	{ .name = "until", .read = read_until },
	{ .name = "sort", .read = read_sort, .words = sorts },
};

const char *search_filter_name(size_t index)
{
	return index < ARRAY_LEN(filters) ? filters[index].name : NULL;
}

const struct search_filter *search_find_filter(const char *name, size_t len)
{
	struct str folded = STR_INIT;
	const struct search_filter *found = NULL;

	if (len > NAME_MAX_BYTES)
		return NULL;
	utf8_add_folded(&folded, name, len);
	for (size_t i = 0; i < ARRAY_LEN(filters) && !found; i++)
		if (str_same(folded.buf, filters[i].name))
			found = &filters[i];
	str_release(&folded);
	return found;
}

const char *search_near_filter(const char *name)
{
	const char *near = NULL;

	for (size_t i = 0; i < ARRAY_LEN(filters); i++)
		near = near_word(name, near, filters[i].name);
	return near;
}

bool search_read_filter(const struct search_reading *reading, const struct search_filter *filter,
			const char *value, bool unwanted, struct search_query *query,
			struct err *err)
{
	const struct reading r = { .given = reading,
				   .filter = filter,
				   .value = value,
				   .unwanted = unwanted,
				   .query = query };

	if (strnlen(value, SEARCH_MAX_BYTES + 1) > SEARCH_MAX_BYTES)
		return err_set(err, ERR_USAGE, "%s: its value is longer than %d bytes",
			       filter->name, SEARCH_MAX_BYTES);
	return filter->read(&r, err);
}
