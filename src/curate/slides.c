#include "archive/curate/slides.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/curate/alike.h"
#include "archive/text/link.h"

#define HREF "href=\""

/* ---- what is a link to slides ---- */

/* A host, its subdomains too, and what its path has to begin with; how many parts the path has at
 * least. */
static const struct {
	const char *host, *path;
	size_t parts;
	enum slide_host is;
} hosts[] = {
	{ "speakerdeck.com", "/", 2, SLIDE_SPEAKERDECK },
	{ "slideshare.net", "/", 2, SLIDE_SLIDESHARE },
	{ "docswell.com", "/s/", 3, SLIDE_DOCSWELL },
	{ "docs.google.com", "/presentation/", 3, SLIDE_GOOGLE },
	{ "slides.com", "/", 2, SLIDE_OTHER },
	{ "slides", "/", 1, SLIDE_OTHER }, /* slides.anything */
};

static const char *const labels[] = {
	[SLIDE_SPEAKERDECK] = "Speaker Deck",
	[SLIDE_SLIDESHARE] = "SlideShare",
	[SLIDE_DOCSWELL] = "Docswell",
	[SLIDE_GOOGLE] = "Google Slides",
	[SLIDE_OTHER] = "slides",
	[SLIDE_PDF] = "PDF",
};

const char *slide_host_label(enum slide_host host)
{
	return labels[host];
}

/* The path of an http(s) URL, from its slash on; "" when it has none. len is that before a query
 * or fragment. */
static const char *path_of(const char *url, size_t *len)
{
	const char *host = strstr(url, "://"), *path;

	path = host ? host + strlen("://") : url;
	path += strcspn(path, "/?#");
	*len = *path == '/' ? strcspn(path, "?#") : 0;
	return path;
}

static size_t parts_of(const char *path, size_t len)
{
	size_t parts = 0;

	for (size_t i = 0; i + 1 < len; i++)
		parts += path[i] == '/' && path[i + 1] != '/';
	return parts;
}

static bool is_host(const char *host, const char *name)
{
	size_t len = strlen(name);

	if (!strchr(name, '.'))
		return strncmp(host, name, len) == 0 && host[len] == '.';
	return str_same(host, name) ||
	       (str_ends(host, name) && host[strlen(host) - len - 1] == '.');
}

bool slide_parse(const char *url, enum slide_host *out)
{
	struct str host = STR_INIT;
	size_t len;
	const char *path = path_of(url, &len);
	bool found = false;

	if (!link_safe_web(url) || !link_host(url, &host)) {
		str_release(&host);
		return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(hosts) && !found; i++) {
		found = is_host(host.buf, hosts[i].host) && str_starts(path, hosts[i].path) &&
			parts_of(path, len) >= hosts[i].parts;
		*out = hosts[i].is;
	}
	if (!found && len > strlen("/.pdf") && strncasecmp(path + len - 4, ".pdf", 4) == 0) {
		*out = SLIDE_PDF;
		found = true;
	}
	str_release(&host);
	return found;
}

/* ---- one deck ---- */

/* Of a path of Google's what names the presentation: "/presentation/d/ID", "…/d/e/ID". */
static size_t google_len(const char *path, size_t len)
{
	const char *id = memmem(path, len, "/d/", 3);
	size_t from;

	if (!id)
		return len;
	from = (size_t)(id - path) + 3;
	from += strncmp(path + from, "e/", 2) == 0 ? 2 : 0;
	return from + strcspn(path + from, "/?#");
}

static const char *key_of(struct arena *arena, const char *url, enum slide_host is)
{
	struct str host = STR_INIT;
	const char *key, *from;
	size_t len;
	const char *path = path_of(url, &len);

	link_host(url, &host);
	from = str_starts(host.buf, "www.") ? host.buf + 4 : host.buf;
	if (is == SLIDE_GOOGLE)
		len = google_len(path, len);
	while (len > 0 && path[len - 1] == '/')
		len--;
	if (is == SLIDE_PDF)
		len = strcspn(path, "#"); /* a query may name the file */
	key = arena_printf(arena, "%s%.*s", from, (int)len, path);
	str_release(&host);
	return key;
}

/* ---- who ---- */

static bool has_letters(const struct alike *text, const struct alike *part)
{
	if (part->len < 2)
		return false;
	for (size_t i = 0; i + part->len <= text->len; i++)
		if (memcmp(text->letters + i, part->letters, part->len * sizeof(*part->letters)) ==
		    0)
			return true;
	return false;
}

static bool names_handle(const char *speaker, const char *handle)
{
	const char *at = strcasestr(speaker, handle);
	unsigned char next = at ? (unsigned char)at[strlen(handle)] : 0;

	return at && !(next >= '0' && next <= '9') && !((next | 32) >= 'a' && (next | 32) <= 'z') &&
	       next != '_' && next != '.' && next != '-';
}

bool slide_is_speaker(const struct author *author, const char *speaker)
{
	struct arena arena = ARENA_INIT;
	struct alike name = { 0 }, called = { 0 };
	bool is = false;

	if (!speaker)
		return false;
	alike_read_name(&called, &arena, speaker);
	if (author->name)
		alike_read_name(&name, &arena, author->name);
	is = has_letters(&name, &called) || has_letters(&called, &name) ||
	     (author->handle && author->handle[0] == '@' && author->handle[1] &&
	      names_handle(speaker, author->handle));
	arena_release(&arena);
	return is;
}

/* ---- looking ---- */

struct looking {
	struct slides *slides;
	bool by_speaker;
	uint64_t seen; /* decks that this post has named: a bit each */
};

static void note(struct looking *looking, const char *url)
{
	struct slides *slides = looking->slides;
	struct slide slide = { .url = url };
	size_t i = 0;

	if (!slide_parse(url, &slide.host))
		return;
	slide.key = key_of(slides->arena, url, slide.host);
	while (i < slides->count && !str_same(slides->slides[i].key, slide.key))
		i++;
	if (i == SLIDES_MAX || (i < slides->count && (looking->seen >> i & 1)))
		return;
	if (!slides->slides)
		slides->slides = arena_array(slides->arena, SLIDES_MAX, sizeof(slide));
	if (i == slides->count) {
		slide.url = arena_strdup(slides->arena, url);
		slides->slides[slides->count++] = slide;
	}
	slides->slides[i].posts++;
	slides->slides[i].by_speaker |= looking->by_speaker;
	looking->seen |= UINT64_C(1) << i;
}

static void look_at_text(struct looking *looking, const char *text)
{
	size_t len = strlen(text), from = 0;
	struct link_span span;
	struct str url = STR_INIT;

	while (link_next(text, len, from, &span)) {
		from = span.end;
		if (span.kind != LINK_URL)
			continue;
		str_clear(&url);
		str_add(&url, span.bare ? "https://" : "");
		str_add_n(&url, text + span.start, span.end - span.start);
		note(looking, url.buf);
	}
	str_release(&url);
}

/* Canonical html (markup.h): an attribute is in double quotes, and of the entities "&amp;" alone
 * occurs in a URL. */
static void look_at_html(struct looking *looking, const char *html)
{
	struct str url = STR_INIT;

	while ((html = strstr(html, HREF)) != NULL) {
		size_t len;

		html += strlen(HREF);
		len = strcspn(html, "\"");
		str_clear(&url);
		for (const char *p = html; p < html + len; p++) {
			str_add_char(&url, *p);
			if (str_starts(p, "&amp;"))
				p += strlen("amp;");
		}
		note(looking, url.buf);
	}
	str_release(&url);
}

void slides_add(struct slides *slides, const struct post *post, const char *speaker)
{
	struct looking looking = { .slides = slides,
				   .by_speaker = slide_is_speaker(&post->author, speaker) };

	if (post->text)
		look_at_text(&looking, post->text);
	if (post->html)
		look_at_html(&looking, post->html);
	if (post->card && post->card->url)
		note(&looking, post->card->url);
}

static bool before(const struct slide *a, const struct slide *b)
{
	if (a->by_speaker != b->by_speaker)
		return a->by_speaker;
	return a->posts > b->posts;
}

/* By insertion: they are few, and equal ones stay in their order. */
void slides_rank(struct slides *slides)
{
	for (size_t i = 1; i < slides->count; i++) {
		struct slide slide = slides->slides[i];
		size_t at = i;

		for (; at > 0 && before(&slide, &slides->slides[at - 1]); at--)
			slides->slides[at] = slides->slides[at - 1];
		slides->slides[at] = slide;
	}
}
