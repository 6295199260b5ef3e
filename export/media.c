#include "archive/export/media.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/export/emoji.h"
#include "archive/export/gallery.h"
#include "archive/export/pictures.h"
#include "archive/export/safe.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

#define REL		"nofollow ugc"
#define DESCRIPTION_MAX 140

/* What the author says of it, else the curator, else that nobody says anything. */
static void add_description(struct writer *w, const struct media *media, const char *words,
			    size_t len)
{
	bool described = part_has_text(media->alt);
	bool worded = !described && safe_has_text(words, len);
	struct str kind = STR_INIT;
	struct str text = STR_INIT;
	struct str value = STR_INIT;

	tell_length(&w->teller, &kind, media);
	if (worded)
		str_add_n(&text, words, len);
	part_add_value(&value, described ? media->alt : text.buf);
	language_fill(&w->buf,
		      described ? w->teller.language->described
		      : worded	? w->teller.language->worded
				: w->teller.language->undescribed,
		      kind.buf, value.buf);
	str_release(&kind);
	str_release(&text);
	str_release(&value);
}

static enum part link_part(enum media_kind kind)
{
	switch (kind) {
	case MEDIA_IMAGE:
		return PART_PHOTO;
	case MEDIA_GIFV:
	case MEDIA_VIDEO:
		return PART_VIDEO;
	case MEDIA_AUDIO:
		return PART_AUDIO;
	default:
		return PART_FILE;
	}
}

/* The file beside the document where it is kept, else where the post shows it. */
static bool open_link(struct writer *w, enum part part, const struct media *media)
{
	bool plain = w->options && w->options->media == MEDIA_NONE;
	struct picture film;

	if (plain)
		return false;
	if (!pictures_film(w->options, media->url, &film))
		return part_link(w, part, media->url ? media->url : media->preview, REL);
	part_begin(w, part);
	str_add(&w->buf, " href=\"");
	pictures_add_src(&w->buf, w->options, &film);
	str_add(&w->buf, "\">");
	return true;
}

static void write_medium(struct writer *w, const struct media *media, const char *words, size_t len)
{
	enum part part = link_part(media->kind);
	bool linked;

	part_open(w, PART_MEDIA_ITEM);
	part_open(w, PART_MEDIA_TEXT);
	linked = open_link(w, part, media);
	add_description(w, media, words, len);
	if (linked)
		part_close(w, part);
	part_close(w, PART_MEDIA_TEXT);
	part_close(w, PART_MEDIA_ITEM);
}

/* The picture that stands for it; a sound has none. */
static bool find_still(const struct writer *w, const struct media *media, struct picture *out)
{
	bool moves = media->kind == MEDIA_VIDEO || media->kind == MEDIA_GIFV;
	const char *first = moves ? media->preview : media->url;
	const char *second = moves ? media->url : media->preview;

	return media->kind != MEDIA_AUDIO &&
	       (pictures_shown(w->options, first, out) || pictures_shown(w->options, second, out));
}

/* Where the file does not tell its size, the network may have. */
static void add_size(struct exhibit *exhibit)
{
	struct picture *picture = &exhibit->picture;

	if (picture->width > 0 && picture->height > 0)
		return;
	picture->width = exhibit->media->width;
	picture->height = exhibit->media->height;
}

static void write_list(struct writer *w, const struct post *post, const char *words)
{
	struct picture still;

	part_open(w, PART_MEDIA);
	for (size_t i = 0; i < post->media_count; i++) {
		size_t len = strcspn(words, "\n");

		if (!find_still(w, &post->media[i], &still))
			write_medium(w, &post->media[i], words, len);
		words += len + (words[len] == '\n');
	}
	part_close(w, PART_MEDIA);
	part_line(w);
}

void media_write(struct writer *w, const struct post *post, const char *words)
{
	const char *line = words ? words : "";
	struct exhibit *exhibits;
	size_t count = 0;

	if (post->media_count == 0)
		return;
	exhibits = xcalloc(post->media_count, sizeof(*exhibits));
	for (size_t i = 0; i < post->media_count; i++) {
		struct exhibit *exhibit = &exhibits[count];

		exhibit->media = &post->media[i];
		exhibit->words = line;
		exhibit->len = strcspn(line, "\n");
		line += exhibit->len + (line[exhibit->len] == '\n');
		if (!find_still(w, exhibit->media, &exhibit->picture))
			continue;
		add_size(exhibit);
		count++;
	}
	gallery_write(w, exhibits, count);
	if (count < post->media_count)
		write_list(w, post, words ? words : "");
	free(exhibits);
}

static int64_t all_votes(const struct poll *poll)
{
	int64_t sum = 0;

	for (size_t i = 0; i < poll->option_count; i++) {
		if (poll->options[i].votes < 0)
			return -1;
		if (__builtin_add_overflow(sum, poll->options[i].votes, &sum))
			return -1;
	}
	return sum;
}

/* Of whom a share is one: with several choices of the voters, else of the votes. 0 when there is
 * none or not told. */
static int64_t poll_base(const struct poll *poll)
{
	int64_t votes = all_votes(poll);

	return poll->multiple && poll->voters > 0 && votes >= 0 ? poll->voters : votes;
}

/* Per cent, rounded. */
static int share_of(int64_t votes, int64_t base)
{
	double share = base > 0 && votes > 0 ? (double)votes * 100 / (double)base : 0;

	return share > 100 ? 100 : (int)(share + 0.5);
}

static void open_option(struct writer *w, int share)
{
	char class[32];
	char style[96];

	snprintf(class, sizeof(class), "archive-tenths-%d", (share + 5) / 10);
	snprintf(style, sizeof(style),
		 "background-image:linear-gradient(90deg,#8883 %d%%,#8880 %d%%)", share, share);
	part_begin_with(w, PART_OPTION, class, style);
	part_end(w);
}

static void write_share(struct writer *w, int64_t votes, int share)
{
	struct str count = STR_INIT;
	char percent[8];

	snprintf(percent, sizeof(percent), "%d%%", share);
	language_count(&count, &w->teller.language->votes, votes);
	str_add_char(&w->buf, ' ');
	part_open(w, PART_SHARE);
	language_fill(&w->buf, w->teller.language->votes_shared, count.buf, percent);
	part_close(w, PART_SHARE);
	str_release(&count);
}

static void write_option(struct writer *w, const struct poll_option *option, int64_t base)
{
	int share = share_of(option->votes, base);

	open_option(w, share);
	part_open(w, PART_OPTION_TEXT);
	emoji_value(w, option->title ? option->title : "");
	if (option->votes >= 0 && base >= 0)
		write_share(w, option->votes, share);
	part_close(w, PART_OPTION_TEXT);
	part_close(w, PART_OPTION);
}

static void write_ends(struct writer *w, int64_t ends)
{
	struct str when = STR_INIT;
	char iso[ZONE_ISO_SIZE];

	zone_format_iso(w->teller.zone, ends, iso);
	part_date_and_clock(&when, iso);
	language_fill(&w->buf, w->teller.language->ends, when.buf, NULL);
	str_release(&when);
}

static void write_poll_facts(struct writer *w, const struct poll *poll)
{
	int64_t votes = all_votes(poll);

	part_open(w, PART_POLL_FACTS);
	if (poll->multiple && poll->voters >= 0)
		language_count(&w->buf, &w->teller.language->voters, poll->voters);
	else
		language_count(&w->buf, &w->teller.language->votes, votes > 0 ? votes : 0);
	if (poll->multiple) {
		part_dot(w);
		str_add(&w->buf, w->teller.language->multiple);
	}
	if (poll->closed || poll->ends)
		part_dot(w);
	if (poll->closed)
		str_add(&w->buf, w->teller.language->closed);
	else if (poll->ends)
		write_ends(w, poll->ends);
	part_close(w, PART_POLL_FACTS);
	part_line(w);
}

void media_poll(struct writer *w, const struct poll *poll)
{
	if (!poll || poll->option_count == 0)
		return;
	part_open(w, PART_POLL);
	for (size_t i = 0; i < poll->option_count; i++)
		write_option(w, &poll->options[i], poll_base(poll));
	part_close(w, PART_POLL);
	part_line(w);
	write_poll_facts(w, poll);
}

static void write_site(struct writer *w, const struct card *card)
{
	struct str host = STR_INIT;

	if (part_has_text(card->site))
		str_add(&host, card->site);
	else if (!link_host(card->url, &host))
		str_clear(&host);
	if (host.len > 0) {
		str_add_char(&w->buf, ' ');
		part_whole(w, PART_CARD_SITE, host.buf);
	}
	str_release(&host);
}

/* Of the page; a long one only as far as DESCRIPTION_MAX code points. */
static void write_summary(struct writer *w, const char *description)
{
	struct str shown = STR_INIT;
	size_t len = description ? strlen(description) : 0;
	size_t end = len > 0 ? utf8_offset(description, len, DESCRIPTION_MAX) : 0;

	if (!part_has_text(description))
		return;
	str_add_n(&shown, description, end);
	str_add(&shown, end < len ? "…" : "");
	str_add(&w->buf, "<br />");
	part_open(w, PART_CARD_TEXT);
	part_add_value(&w->buf, shown.buf);
	part_close(w, PART_CARD_TEXT);
	str_release(&shown);
}

/* The link beside it says what it is of. */
static void write_card_image(struct writer *w, const struct card *card)
{
	struct picture picture;

	if (!pictures_shown(w->options, card->image, &picture))
		return;
	part_begin(w, PART_CARD_IMAGE);
	part_picture(w, &picture);
	str_add(&w->buf, " alt=\"\"");
	part_end_empty(w);
}

void media_card(struct writer *w, const struct card *card)
{
	size_t mark = w->buf.len;

	if (!card || !card->url)
		return;
	part_open(w, PART_CARD);
	write_card_image(w, card);
	if (!part_link(w, PART_CARD_LINK, card->url, REL)) {
		str_truncate(&w->buf, mark);
		return;
	}
	part_add_value(&w->buf, part_has_text(card->title) ? card->title : card->url);
	part_close(w, PART_CARD_LINK);
	write_site(w, card);
	write_summary(w, card->description);
	part_close(w, PART_CARD);
	part_line(w);
}
