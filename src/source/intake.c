#include "archive/source/intake.h"

#include <string.h>

#include "archive/base/clock.h"
#include "archive/markup/markup.h"
#include "archive/text/link.h"
#include "archive/text/tag.h"
#include "archive/text/utf8.h"

#define MAX_PIXELS 100000
#define MAX_COUNT  INT64_C(1000000000000)

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t cut_length(const char *text, size_t max)
{
	size_t len = strnlen(text, max + 1);

	if (len <= max)
		return len;
	for (len = max; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;)
		len--;
	return len;
}

static const char *clean(struct arena *arena, const char *text, size_t max, bool one_line)
{
	struct str out = STR_INIT;
	const char *made = NULL;
	size_t from = 0;

	if (!text)
		return NULL;
	utf8_add_plain(&out, text, cut_length(text, max), one_line);
	while (out.len > 0 && is_blank(out.buf[out.len - 1]))
		out.len--;
	while (from < out.len && is_blank(out.buf[from]))
		from++;
	if (out.len > from)
		made = arena_strndup(arena, out.buf + from, out.len - from);
	str_release(&out);
	return made;
}

const char *intake_line(struct arena *arena, const char *text)
{
	return clean(arena, text, INTAKE_MAX_LINE, true);
}

const char *intake_text(struct arena *arena, const char *text)
{
	return clean(arena, text, INTAKE_MAX_TEXT, false);
}

const char *intake_line_of(struct arena *arena, const struct jnode *node, const char *key)
{
	return intake_line(arena, jnode_string(node, key));
}

const char *intake_text_of(struct arena *arena, const struct jnode *node, const char *key)
{
	return intake_text(arena, jnode_string(node, key));
}

const char *intake_made(struct arena *arena, const struct str *made)
{
	return made->len ? arena_strndup(arena, made->buf, made->len) : NULL;
}

const char *intake_url(struct arena *arena, const char *url)
{
	struct str out = STR_INIT;
	const char *made = NULL;

	if (!url)
		return NULL;
	if (link_safe_web(url))
		return arena_strdup(arena, url);
	if (link_add_clean(&out, url) && link_safe_web(out.buf))
		made = arena_strdup(arena, out.buf);
	str_release(&out);
	return made;
}

const char *intake_url_of(struct arena *arena, const struct jnode *node, const char *key)
{
	return intake_url(arena, jnode_string(node, key));
}

const char *intake_uri(struct arena *arena, const char *uri)
{
	size_t len = uri ? strnlen(uri, INTAKE_MAX_URI + 1) : 0;
	const char *made;

	if (!len || len > INTAKE_MAX_URI || strchr(uri, ' '))
		return NULL;
	made = clean(arena, uri, INTAKE_MAX_URI, true);
	return str_same(made, uri) ? made : NULL;
}

const char *intake_id_of(struct arena *arena, const struct jnode *node, const char *key)
{
	return intake_uri(arena, jnode_id(node, key, arena));
}

const char *intake_lang(struct arena *arena, const char *lang)
{
	static const char *const none[] = { "und", "zxx", "mul", "mis" };
	size_t len = lang ? strlen(lang) : 0;

	if (len < 2 || len > 35 || (len == 3 && lang[0] == 'q'))
		return NULL;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (str_same_ascii(lang, none[i]))
			return NULL;
	if (strspn(lang, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != len)
		return NULL;
	return arena_strdup(arena, lang);
}

const char *intake_lang_of(struct arena *arena, const struct jnode *node, const char *key)
{
	return intake_lang(arena, jnode_string(node, key));
}

int64_t intake_time_of(const struct jnode *node, const char *key)
{
	const char *text = jnode_string(node, key);
	int64_t ms;

	if (!text || !clock_parse_rfc3339(text, &ms))
		return 0;
	if (ms < 1)
		return 1;
	return ms > POST_MAX_TIME ? POST_MAX_TIME : ms;
}

int64_t intake_count_of(const struct jnode *node, const char *key)
{
	int64_t count = jnode_int(node, key, -1);

	return count < 0 || count > MAX_COUNT ? -1 : count;
}

int intake_pixels_of(const struct jnode *node, const char *key)
{
	int64_t pixels = jnode_int(node, key, 0);

	return pixels < 0 || pixels > MAX_PIXELS ? 0 : (int)pixels;
}

static bool has_tag(const char *const *tags, size_t count, const char *tag)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(tags[i], tag))
			return true;
	return false;
}

void intake_add_tag(struct arena *arena, const char **tags, size_t *count, const char *name)
{
	struct str folded = STR_INIT;

	if (name && tag_fold_quiet(&folded, name, strlen(name)) &&
	    !has_tag(tags, *count, folded.buf))
		tags[(*count)++] = arena_strndup(arena, folded.buf, folded.len);
	str_release(&folded);
}

void intake_tags(struct arena *arena, struct post *post, const struct jnode *list, const char *key)
{
	size_t len = jnode_len(list);
	const char **tags;

	if (len > INTAKE_MAX_TAGS)
		len = INTAKE_MAX_TAGS;
	if (!len)
		return;
	tags = arena_array(arena, len, sizeof(*tags));
	for (size_t i = 0; i < len; i++) {
		const struct jnode *node = jnode_at(list, i);

		intake_add_tag(arena, tags, &post->tag_count,
			       key ? jnode_string(node, key) : jnode_text(node));
	}
	post->tags = tags;
}

static bool is_no(const char *word, size_t len)
{
	static const char *const words[] = { "noarchive", "nobot", "nobots", "noindex" };
	struct str folded = STR_INIT;
	bool found = false;

	utf8_add_folded(&folded, word, len);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		found = found || str_same(folded.buf, words[i]);
	str_release(&folded);
	return found;
}

bool intake_says_no(const char *text)
{
	const char *p = text ? text : "";
	const char *end = p + strlen(p);

	while (p < end) {
		uint32_t c = utf8_next(&p, end);
		const char *word = p, *behind = p;

		if (c != '#' && c != 0xFF03)
			continue;
		while (behind < end && tag_may_hold(utf8_next(&behind, end)))
			p = behind;
		if (is_no(word, (size_t)(p - word)))
			return true;
	}
	return false;
}

void intake_note_time(struct page *page, int64_t created)
{
	if (!created)
		return;
	if (!page->oldest || created < page->oldest)
		page->oldest = created;
	if (created > page->newest)
		page->newest = created;
}

void intake_empty(struct post *post, bool own_word)
{
	*post = (struct post){
		.network = post->network,
		.host = post->host,
		.uri = post->uri,
		.created = post->created,
		.author = {
			.network = post->network,
			.uri = own_word ? post->author.uri : NULL,
			.optout = own_word,
		},
		.visibility = post->visibility,
		.context = post->context,
		.optout = true,
		.counts = { -1, -1, -1, -1 },
	};
}

enum fate intake_judge(const struct page *page, struct post *post, enum fate fate)
{
	if (!page->judge || (fate != FATE_KEPT && fate != FATE_OPTED_OUT))
		return fate;
	switch (page->judge(page->judge_owner, post)) {
	case FATE_DROPPED:
		return FATE_DROPPED;
	case FATE_OPTED_OUT:
		if (fate == FATE_KEPT)
			intake_empty(post, false);
		return FATE_OPTED_OUT;
	default:
		return fate;
	}
}
