#include <string.h>

#include "archive/base/amount.h"
#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/curate/sheet-reader.h"
#include "archive/curate/sheet-text.h"
#include "archive/text/tag.h"

static bool read_slug(struct sheet_reader *r, char *value)
{
	struct str slug = STR_INIT;
	struct err err = { 0 };
	bool ok = slug_fold(&slug, value, &err);

	r->thread.slug = arena_strdup(r->arena, slug.buf);
	str_release(&slug);
	return ok || sheet_mistaken(r, "%s", err.msg);
}

static bool read_title(struct sheet_reader *r, char *value)
{
	r->thread.title = sheet_unescaped(r, value);
	return true;
}

static bool read_description(struct sheet_reader *r, char *value)
{
	r->thread.description = sheet_unescaped(r, value);
	return true;
}

static bool read_curator(struct sheet_reader *r, char *value)
{
	r->thread.curator = sheet_unescaped(r, value);
	return true;
}

static bool has_tag(const struct sheet_reader *r, const char *tag)
{
	for (size_t i = 0; i < r->thread.tag_count; i++)
		if (str_same(r->tags[i], tag))
			return true;
	return false;
}

static bool read_tag(struct sheet_reader *r, char *value)
{
	struct str tag = STR_INIT;
	struct err err = { 0 };
	bool ok = tag_fold(&tag, value, &err);

	if (!r->tags)
		r->tags = arena_array(r->arena, SHEET_MAX_TAGS, sizeof(*r->tags));
	if (!ok)
		sheet_mistaken(r, "%s", err.msg);
	else if (r->thread.tag_count == SHEET_MAX_TAGS)
		ok = sheet_mistaken(r, "a thread has at most %d hashtags", SHEET_MAX_TAGS);
	else if (!has_tag(r, tag.buf))
		r->tags[r->thread.tag_count++] = arena_strdup(r->arena, tag.buf);
	r->thread.tags = r->tags;
	str_release(&tag);
	return ok;
}

static bool read_lang(struct sheet_reader *r, char *value)
{
	if (!str_same(value, "ja") && !str_same(value, "en"))
		return sheet_mistaken(r, "a thread's own words are in ja or en, not in %s",
				      sheet_shown(r, value));
	r->thread.lang = arena_strdup(r->arena, value);
	return true;
}

static bool read_zone(struct sheet_reader *r, char *value)
{
	if (!zone_known(value))
		return sheet_mistaken(r, "there is no zone %s: Asia/Tokyo and UTC are such names",
				      sheet_shown(r, value));
	r->thread.zone = arena_strdup(r->arena, value);
	return true;
}

static bool keep_window(struct sheet_reader *r, char *value)
{
	struct str copy = STR_INIT;

	str_add(&copy, value);
	r->window = arena_alloc(r->arena, copy.len + 1);
	memcpy(r->window, copy.buf, copy.len + 1);
	r->window_number = r->number;
	str_release(&copy);
	return true;
}

static bool read_lag(struct sheet_reader *r, char *value)
{
	if (!amount_time(value, &r->thread.lag))
		return sheet_mistaken(r, "%s is no length of time: 2m and 90s are such",
				      sheet_shown(r, value));
	return true;
}

typedef bool setting_fn(struct sheet_reader *r, char *value);

static const struct {
	const char *name;
	setting_fn *read;
	bool repeated;
} settings[] = {
	{ "slug", read_slug, false },	    { "title", read_title, false },
	{ "tag", read_tag, true },	    { "lang", read_lang, false },
	{ "zone", read_zone, false },	    { "window", keep_window, false },
	{ "lag", read_lag, false },	    { "description", read_description, false },
	{ "curator", read_curator, false },
};

bool sheet_read_setting(struct sheet_reader *r, const char *name, char *value)
{
	for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
		if (!str_same(settings[i].name, name))
			continue;
		if ((r->said & 1U << i) && !settings[i].repeated)
			return sheet_mistaken(r, "%s: stands here a second time", name);
		r->said |= 1U << i;
		return settings[i].read(r, value);
	}
	return sheet_mistaken(r,
			      "a thread has no setting %s: there are slug, title, description, "
			      "curator, tag, lang, zone, window and lag",
			      sheet_shown(r, name));
}

/* ---- the end of them ---- */

static bool read_side(struct sheet_reader *r, const char *word, bool until, int64_t *out)
{
	if (str_same(word, "-"))
		return true;
	if (!sheet_read_time(word, r->thread.zone, until, out))
		return sheet_mistaken(r,
				      "%s is no time with its date: 2017-06-30T19:00 is one, "
				      "and - leaves a side open",
				      sheet_shown(r, word));
	return true;
}

static bool read_window(struct sheet_reader *r)
{
	char *rest = r->window;
	const char *since, *until;

	if (!rest)
		return true;
	r->number = r->window_number;
	since = sheet_take_word(&rest);
	until = sheet_take_word(&rest);
	if (!*until || *rest)
		return sheet_mistaken(r, "a window has two times: 2017-06-30T18:30 "
					 "2017-06-30T22:00");
	if (!read_side(r, since, false, &r->thread.since) ||
	    !read_side(r, until, true, &r->thread.until))
		return false;
	if (r->thread.since && r->thread.until && r->thread.since >= r->thread.until)
		return sheet_mistaken(r, "%s is not before %s", since, until);
	return true;
}

static void fill_in(struct sheet_reader *r)
{
	struct thread *thread = &r->thread;

	thread->lang = thread->lang ? thread->lang : r->usual->lang;
	thread->zone = thread->zone ? thread->zone : r->usual->zone;
	thread->title = thread->title ? thread->title : r->usual->title;
	if (!thread->title && thread->tag_count > 0)
		thread->title = arena_printf(r->arena, "#%s", thread->tags[0]);
	if (!thread->title)
		thread->title = thread->slug;
}

bool sheet_end_settings(struct sheet_reader *r)
{
	size_t number = r->number;

	r->place = SHEET_ITEMS;
	r->said = 0;
	if (!r->thread.slug)
		return sheet_mistaken(r, "the thread's name is missing above this: "
					 "slug: ssmjp-2017-06");
	fill_in(r);
	if (!read_window(r))
		return false;
	r->number = number;
	if (r->thread.tag_count == 0 && !r->thread.since && !r->thread.until)
		return sheet_mistaken(r, "a hashtag or a window is missing above this: "
					 "tag: ssmjp");
	return true;
}

/* ---- of a heading ---- */

static bool read_speaker(struct sheet_reader *r, char *value)
{
	r->lines[r->count - 1].item.speaker = sheet_unescaped(r, value);
	return true;
}

static bool read_slides(struct sheet_reader *r, char *value)
{
	struct item *item = &r->lines[r->count - 1].item;

	if (!sheet_take_url(r, &value, &item->url))
		return false;
	item->label = sheet_unescaped(r, value);
	return true;
}

static bool read_starts(struct sheet_reader *r, char *value)
{
	if (!sheet_read_time(value, r->thread.zone, false, &r->lines[r->count - 1].item.starts))
		return sheet_mistaken(r, "%s is no time with its date: 2017-06-30T19:00 is one",
				      sheet_shown(r, value));
	return true;
}

static const struct {
	const char *name;
	setting_fn *read;
} parts[] = { { "speaker", read_speaker }, { "link", read_slides }, { "starts", read_starts } };

bool sheet_read_part(struct sheet_reader *r, const char *name, char *value)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (!str_same(parts[i].name, name))
			continue;
		if (r->place != SHEET_HEADING)
			return sheet_mistaken(r, "%s: stands right below a heading (##)", name);
		if (r->said & 1U << i)
			return sheet_mistaken(r, "%s: stands here a second time", name);
		r->said |= 1U << i;
		return parts[i].read(r, value);
	}
	for (size_t i = 0; i < ARRAY_LEN(settings); i++)
		if (str_same(settings[i].name, name))
			return sheet_mistaken(r, "%s: stands above the first section and item",
					      name);
	return sheet_mistaken(r, "a heading has no %s: there are speaker, link and starts",
			      sheet_shown(r, name));
}
