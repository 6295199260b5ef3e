#include "archive/export/head.h"

#include "archive/export/curator.h"

static void write_title(struct writer *w)
{
	const char *title = tell_title(&w->teller);

	part_begin(w, PART_TITLE);
	part_direction(w, title);
	part_end(w);
	part_text(w, title);
	part_close(w, PART_TITLE);
	part_line(w);
}

static void write_tags(struct writer *w)
{
	struct str tag = STR_INIT;

	for (size_t i = 0; i < w->teller.thread->tag_count; i++) {
		str_clear(&tag);
		str_addf(&tag, "#%s", w->teller.thread->tags[i]);
		part_whole(w, PART_TAG, tag.buf);
		str_add(&w->buf, i + 1 < w->teller.thread->tag_count ? " " : " · ");
	}
	str_release(&tag);
}

static void write_activity(struct writer *w, const struct activity *activity)
{
	struct str words = STR_INIT;

	if (!activity_has_shape(activity))
		return;
	activity_add_words(&words, activity, w->teller.zone, w->teller.language);
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
		  w->teller.thread->lang && *w->teller.thread->lang ? w->teller.thread->lang
								    : w->teller.language->code);
	str_add(&w->buf, " dir=\"ltr\""); /* as the fragment's own words */
	if (section)
		part_attr(w, "aria-label", section);
	part_end(w);
	part_line(w);
	if (!section)
		write_title(w);
	part_open(w, PART_FACTS);
	tell_range(&w->teller, &w->buf, facts);
	write_tags(w);
	tell_counts(&w->teller, &w->buf, facts, w->counts);
	part_close(w, PART_FACTS);
	part_line(w);
	if (!section)
		curator_about(w, w->teller.thread->description);
	write_activity(w, &facts->activity);
}
