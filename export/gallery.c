#include "archive/export/gallery.h"

#include "archive/export/pictures.h"
#include "archive/export/safe.h"

#define REL "nofollow ugc"

/* Of width to height, in thousandths. */
#define RATIO_GUESS 1500
#define RATIO_LEAST 330
#define RATIO_MOST  3000
#define RATIO_WIDE  1200 /* wide enough for a row of its own above two others */

#define ROW_MOST    3
#define ROW_HEIGHT  20	/* em, at most */
#define WIDTH	    40	/* em of what is written: a narrower gallery says so */
#define GAP	    100 /* hundredths of a per cent */
#define SPARE	    8	/* so much of a row stays empty: browsers round */
#define NARROW	    6	/* em: classes know multiples of it alone */

struct gallery {
	const struct exhibit *exhibits;
	size_t count;
	bool even; /* cropped to one height, equally wide */
};

static bool ratio_of(const struct exhibit *exhibit, int *out)
{
	const struct picture *picture = &exhibit->picture;
	int64_t ratio = RATIO_GUESS;
	bool known = picture->width > 0 && picture->height > 0;

	if (known)
		ratio = (int64_t)picture->width * 1000 / picture->height;
	known = known && ratio >= RATIO_LEAST && ratio <= RATIO_MOST;
	*out = known ? (int)ratio : RATIO_GUESS;
	return known;
}

static bool is_even(const struct gallery *g)
{
	int ratio;

	for (size_t i = 0; i < g->count; i++)
		if (!ratio_of(&g->exhibits[i], &ratio))
			return true;
	return false;
}

/* Rows of three, with two above them where it does not come out even. */
static size_t row_length(const struct gallery *g, size_t from)
{
	size_t left = g->count - from;
	int first;

	if (left == 3 && g->count == 3) {
		ratio_of(&g->exhibits[0], &first);
		return !g->even && first >= RATIO_WIDE ? 1 : 3;
	}
	return left % ROW_MOST == 0 ? ROW_MOST : left < 2 ? left : 2;
}

static int row_ratio(const struct gallery *g, size_t from, size_t length)
{
	int sum = 0, ratio;

	for (size_t i = from; i < from + length; i++) {
		ratio_of(&g->exhibits[i], &ratio);
		sum += g->even ? RATIO_GUESS : ratio;
	}
	return sum;
}

/* em that the gallery is wide when its highest row is as high as a row may be. */
static int width_of(const struct gallery *g)
{
	int least = WIDTH * 1000 / ROW_HEIGHT;

	for (size_t from = 0, length; from < g->count; from += length) {
		int ratio;

		length = row_length(g, from);
		ratio = row_ratio(g, from, length);
		least = ratio < least ? ratio : least;
	}
	return least * ROW_HEIGHT / 1000;
}

/* ---- one picture ---- */

static bool is_film(const struct exhibit *exhibit)
{
	return exhibit->media->kind == MEDIA_VIDEO || exhibit->media->kind == MEDIA_GIFV;
}

/* What the author says of it, else the curator, else that nobody says anything. */
static void write_alt(struct writer *w, const struct exhibit *exhibit)
{
	const struct language *language = w->teller.language;
	const struct media *media = exhibit->media;
	struct str words = STR_INIT, alt = STR_INIT;

	str_add_n(&words, exhibit->words, exhibit->len);
	if (part_has_text(media->alt))
		str_add(&alt, media->alt);
	else if (part_has_text(words.buf))
		language_fill(&alt, language->worded_alone, words.buf, NULL);
	else
		language_fill(&alt, language->undescribed, tell_kind(&w->teller, media->kind),
			      NULL);
	part_attr(w, "alt", alt.buf);
	str_release(&words);
	str_release(&alt);
}

static void write_film(struct writer *w, const struct media *media)
{
	str_add(&w->buf, "<br />");
	part_open(w, PART_FILM);
	str_add(&w->buf, "► ");
	tell_length(&w->teller, &w->buf, media);
	part_close(w, PART_FILM);
}

static void write_image(struct writer *w, const struct gallery *g, const struct exhibit *exhibit)
{
	bool alone = g->count == 1;
	enum part part = is_film(exhibit) ? PART_STILL : PART_SHOWN;

	part_begin_with(w, part, "",
			alone	  ? "width:auto;max-height:30em"
			: g->even ? "height:min(12em,32vw);object-fit:cover"
				  : "");
	part_picture(w, &exhibit->picture);
	write_alt(w, exhibit);
	part_end_empty(w);
}

/* The film's own file where it is kept, else where the post shows it. */
static bool begin_link(struct writer *w, const struct exhibit *exhibit, const char *class,
		       const char *style)
{
	const struct media *media = exhibit->media;
	enum part part = is_film(exhibit) ? PART_CELL_FILM : PART_CELL_LINK;
	size_t mark = w->buf.len;
	struct picture film;

	part_begin_with(w, part, class, style);
	if (is_film(exhibit) && pictures_film(w->options, media->url, &film)) {
		str_add(&w->buf, " href=\"");
		pictures_add_src(&w->buf, w->options, &film);
		str_add_char(&w->buf, '"');
		return true;
	}
	if (part_url(w, "href", media->url ? media->url : media->preview)) {
		part_attr(w, "rel", REL);
		return true;
	}
	str_truncate(&w->buf, mark);
	return false;
}

static void write_cell(struct writer *w, const struct gallery *g, size_t n, const char *class,
		       const char *style)
{
	const struct exhibit *exhibit = &g->exhibits[n];
	bool linked = begin_link(w, exhibit, class, style);

	if (!linked)
		part_begin_with(w, PART_CELL, class, style);
	part_end(w);
	write_image(w, g, exhibit);
	if (is_film(exhibit))
		write_film(w, exhibit->media);
	part_close(w, linked ? PART_CELL_LINK : PART_CELL);
}

/* ---- rows ---- */

/* Of the row of length pictures from this one. */
static void write_row(struct writer *w, const struct gallery *g, size_t from, size_t length)
{
	int room = 10000 - SPARE - GAP * (int)(length - 1);
	int sum = row_ratio(g, from, length);
	int before = 0, ratio;
	char class[32], style[96];

	for (size_t i = 0; i < length; i++) {
		int share, part;

		ratio_of(&g->exhibits[from + i], &ratio);
		ratio = g->even ? RATIO_GUESS : ratio;
		share = (int)((int64_t)room * ratio / sum);
		part = (20 * (before + ratio) + sum / 2) / sum - (20 * before + sum / 2) / sum;
		before += ratio;
		snprintf(class, sizeof(class), "archive-wide-%d", part);
		snprintf(style, sizeof(style), "width:%d.%02d%%;margin:%s 0 0 %s%s", share / 100,
			 share % 100, from > 0 ? "1%" : "0", i > 0 ? "1%" : "0",
			 i > 0 ? "" : ";clear:left");
		write_cell(w, g, from + i, class, style);
	}
}

static void open_gallery(struct writer *w, const struct gallery *g)
{
	int width = width_of(g);
	char class[64], style[32];

	snprintf(class, sizeof(class), "%sarchive-narrow-%d", g->even ? "archive-even " : "",
		 (width + NARROW - 1) / NARROW);
	snprintf(style, sizeof(style), "max-width:%dem", width);
	if (g->count == 1)
		part_begin_with(w, PART_PICTURES, "archive-lone", "");
	else if (width < WIDTH)
		part_begin_with(w, PART_PICTURES, class, style);
	else
		part_begin_with(w, PART_PICTURES, g->even ? "archive-even" : "", "");
	part_end(w);
}

void gallery_write(struct writer *w, const struct exhibit *exhibits, size_t count)
{
	struct gallery g = { .exhibits = exhibits, .count = count };

	if (count == 0)
		return;
	g.even = is_even(&g);
	open_gallery(w, &g);
	if (count == 1)
		write_cell(w, &g, 0, "", "float:none");
	for (size_t from = 0, length; count > 1 && from < count; from += length) {
		length = row_length(&g, from);
		write_row(w, &g, from, length);
	}
	part_close(w, PART_PICTURES);
	part_line(w);
}
