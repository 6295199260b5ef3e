#include "archive/export/head.h"

static void write_title(struct writer *w)
{
	const char *title = part_has_text(w->thread->title) ? w->thread->title : w->thread->slug;

	part_begin(w, PART_TITLE);
	part_direction(w, title);
	part_end(w);
	part_text(w, title);
	part_close(w, PART_TITLE);
	part_line(w);
}

static void write_range(struct writer *w, const struct fragment_facts *facts)
{
	char iso[ZONE_ISO_SIZE];

	zone_format_iso(w->zone, facts->first, iso);
	part_date_and_clock(&w->buf, iso);
	str_add(&w->buf, w->many_days ? " – " : "–");
	zone_format_iso(w->zone, facts->last, iso);
	part_moment(w, &w->buf, iso);
	str_add(&w->buf, " · ");
}

static void write_tags(struct writer *w)
{
	struct str tag = STR_INIT;

	for (size_t i = 0; i < w->thread->tag_count; i++) {
		str_clear(&tag);
		str_addf(&tag, "#%s", w->thread->tags[i]);
		part_whole(w, PART_TAG, tag.buf);
		str_add(&w->buf, i + 1 < w->thread->tag_count ? " " : " · ");
	}
	str_release(&tag);
}

static void write_counts(struct writer *w, const struct fragment_facts *facts)
{
	struct str posts = STR_INIT;
	struct str people = STR_INIT;
	struct str counts = STR_INIT;
	char candidates[24];

	snprintf(candidates, sizeof(candidates), "%lld", (long long)facts->candidates);
	language_count(&posts, &w->language->posts, facts->posts);
	language_count(&people, &w->language->people, facts->authors);
	language_fill(&counts, w->language->counts, posts.buf, people.buf);
	if (w->counts && facts->candidates > facts->posts)
		language_fill(&w->buf, w->language->chosen, counts.buf, candidates);
	else
		str_add(&w->buf, counts.buf);
	str_release(&posts);
	str_release(&people);
	str_release(&counts);
}

static void write_activity(struct writer *w, const struct activity *activity)
{
	struct str words = STR_INIT;

	if (!activity_has_shape(activity))
		return;
	activity_add_words(&words, activity, w->zone, w->language);
	part_begin(w, PART_ACTIVITY);
	str_add(&w->buf, " role=\"img\"");
	part_attr(w, "aria-label", words.buf);
	part_end(w);
	activity_add_bars(&w->buf, activity);
	part_close(w, PART_ACTIVITY);
	part_line(w);
	str_release(&words);
}

void head_write(struct writer *w, const struct fragment_facts *facts, const char *section)
{
	part_begin(w, PART_ROOT);
	part_attr(w, "lang",
		  w->thread->lang && *w->thread->lang ? w->thread->lang : w->language->code);
	str_add(&w->buf, " dir=\"ltr\""); /* as the fragment's own words */
	if (section)
		part_attr(w, "aria-label", section);
	part_end(w);
	part_line(w);
	if (!section)
		write_title(w);
	part_open(w, PART_FACTS);
	if (facts->first && facts->last)
		write_range(w, facts);
	write_tags(w);
	write_counts(w, facts);
	part_close(w, PART_FACTS);
	part_line(w);
	write_activity(w, &facts->activity);
}
