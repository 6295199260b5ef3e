#include "archive/export/teller.h"

#include <errno.h>
#include <string.h>

#include "archive/base/zone.h"
#include "archive/export/parts.h"
#include "archive/text/utf8.h"

static bool one_day(const char *zone, int64_t first, int64_t last)
{
	struct civil a, b;

	zone_civil(zone, first, &a);
	zone_civil(zone, last, &b);
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

struct teller teller_of(const struct thread *thread, const struct fragment_facts *facts)
{
	const char *zone = zone_known(thread->zone) ? thread->zone : "UTC";

	return (struct teller){
		.thread = thread,
		.language = language_find(thread->lang),
		.zone = zone,
		.many_days = !one_day(zone, facts->first, facts->last),
	};
}

const char *tell_title(const struct teller *t)
{
	return part_has_text(t->thread->title) ? t->thread->title : t->thread->slug;
}

const char *tell_name(const struct author *author)
{
	if (part_has_text(author->name))
		return author->name;
	return author->handle ? author->handle : "?";
}

void tell_card(struct str *out, const struct card *card)
{
	if (part_has_text(card->site))
		str_add(out, card->site);
	if (!part_has_text(card->description))
		return;
	str_add(out, out->len > 0 ? ": " : "");
	str_add(out, card->description);
}

void tell_line(struct str *out, const char *text)
{
	utf8_add_plain(out, text, strlen(text), true);
}

bool tell_out(FILE *out, struct str *buf, struct err *err)
{
	if (fwrite(buf->buf, 1, buf->len, out) != buf->len)
		return err_set(err, ERR_IO, "the thread cannot be written: %s", strerror(errno));
	str_clear(buf);
	return true;
}

/* ---- times ---- */

void tell_moment(const struct teller *t, struct str *out, int64_t ms)
{
	char iso[ZONE_ISO_SIZE];

	if (ms == 0)
		return;
	zone_format_iso(t->zone, ms, iso);
	if (t->many_days)
		part_date_and_clock(out, iso);
	else
		part_clock(out, iso);
}

void tell_range(const struct teller *t, struct str *out, const struct fragment_facts *facts)
{
	char iso[ZONE_ISO_SIZE];

	if (!facts->first || !facts->last)
		return;
	zone_format_iso(t->zone, facts->first, iso);
	part_date_and_clock(out, iso);
	str_add(out, t->many_days ? " – " : "–");
	tell_moment(t, out, facts->last);
	str_add(out, " · ");
}

/* ---- the thread ---- */

void tell_counts(const struct teller *t, struct str *out, const struct fragment_facts *facts,
		 bool candidates)
{
	struct str posts = STR_INIT, people = STR_INIT, counts = STR_INIT;
	char all[24];

	snprintf(all, sizeof(all), "%lld", (long long)facts->candidates);
	language_count(&posts, &t->language->posts, facts->posts);
	language_count(&people, &t->language->people, facts->authors);
	language_fill(&counts, t->language->counts, posts.buf, people.buf);
	if (candidates && facts->candidates > facts->posts)
		language_fill(out, t->language->chosen, counts.buf, all);
	else
		str_add(out, counts.buf);
	str_release(&posts);
	str_release(&people);
	str_release(&counts);
}

void tell_facts(const struct teller *t, struct str *out, const struct fragment_facts *facts)
{
	tell_range(t, out, facts);
	for (size_t i = 0; i < t->thread->tag_count; i++)
		str_addf(out, "#%s%s", t->thread->tags[i],
			 i + 1 < t->thread->tag_count ? " " : " · ");
	tell_counts(t, out, facts, false);
}

static void tell_collected(const struct teller *t, struct str *out,
			   const struct fragment_facts *facts)
{
	struct str networks = STR_INIT, date = STR_INIT;
	char iso[ZONE_ISO_SIZE];

	for (int n = 0; n < NETWORK_COUNT; n++) {
		if (!facts->networks[n])
			continue;
		str_add(&networks, networks.len > 0 ? t->language->separator : "");
		str_add(&networks, network_label((enum network)n));
	}
	if (facts->collected && networks.len > 0) {
		zone_format_iso(t->zone, facts->collected, iso);
		part_date(&date, iso);
		language_fill(out, t->language->collected, date.buf, networks.buf);
	}
	str_release(&networks);
	str_release(&date);
}

void tell_curator(const struct teller *t, struct str *out)
{
	struct str name = STR_INIT;

	if (!part_has_text(t->thread->curator))
		return;
	tell_line(&name, t->thread->curator);
	language_fill(out, t->language->curated, name.buf, NULL);
	str_release(&name);
}

void tell_footer(const struct teller *t, struct str *out, const struct fragment_facts *facts)
{
	tell_collected(t, out, facts);
	str_add(out, t->language->deleted);
	language_fill(out, t->language->zone, t->zone, NULL);
}

/* ---- a post ---- */

void tell_marks(const struct teller *t, struct str *out, const struct post *post)
{
	if (post->reply_uri || post->reply_id)
		str_addf(out, " · %s", t->language->reply);
	if (post->edited)
		str_addf(out, " · %s", t->language->edited);
}

const char *tell_own_words(const struct item *item, size_t n, struct str *out)
{
	const char *text = item->text ? item->text : "";

	for (; n > 0 && *text; n--) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	str_clear(out);
	str_add_n(out, text, strcspn(text, "\n"));
	return part_has_text(out->buf) ? out->buf : NULL;
}

const char *tell_kind(const struct teller *t, enum media_kind kind)
{
	return t->language->media[kind < MEDIA_UNKNOWN ? kind : MEDIA_UNKNOWN];
}

void tell_length(const struct teller *t, struct str *out, const struct media *media)
{
	long long seconds = (media->duration_ms + 500) / 1000;

	str_add(out, tell_kind(t, media->kind));
	if (media->duration_ms > 0)
		str_addf(out, " %lld:%02lld", seconds / 60, seconds % 60);
}

void tell_medium(const struct teller *t, struct str *out, const struct media *media,
		 const char *own)
{
	const char *words = part_has_text(media->alt) ? media->alt : own;
	struct str line = STR_INIT;

	tell_line(&line, words ? words : "");
	language_fill(out, words ? t->language->described : t->language->undescribed,
		      tell_kind(t, media->kind), line.buf);
	str_release(&line);
}

void tell_option(const struct teller *t, struct str *out, const struct poll *poll, size_t n)
{
	const struct poll_option *option = &poll->options[n];
	struct str votes = STR_INIT;

	tell_line(out, option->title ? option->title : "");
	if (option->votes >= 0) {
		language_count(&votes, &t->language->votes, option->votes);
		str_addf(out, " — %s", votes.buf);
	}
	str_release(&votes);
}
