#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/import/blog.h"
#include "archive/text/link.h"

#define MAX_LINE 65536 /* bytes; what is longer is looked at in pieces */

/* ---- what leads on ---- */

static void tell(struct sniffer *s, enum mention_kind kind, const char *url, const char *text,
		 int64_t line)
{
	struct mention mention = { .kind = kind, .url = url, .text = text };

	mention.place = arena_printf(&s->arena, "line %lld", (long long)line);
	s->found++;
	if (!s->failed && s->client->mention &&
	    !s->client->mention(s->client->owner, &mention, s->err))
		s->failed = true;
}

/* A page of a service that keeps threads. */
static bool is_thread(const char *url)
{
	static const char *const pages[] = { "togetter.com/li/", "min.togetter.com/",
					     "posfie.com/@" };
	const char *at = strstr(url, "://");

	if (!at)
		return false;
	at += 3;
	at += str_starts(at, "www.") ? 4 : 0;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		if (str_starts(at, pages[i]) && at[strlen(pages[i])])
			return true;
	return false;
}

/* What a page embeds is a post under an address that nobody else calls it by. */
static void look_at_url(struct sniffer *s, const char *url)
{
	struct post post;
	bool found = found_names(&s->arena, url, &post);

	if (found && (post.network == NETWORK_MASTODON || post.network == NETWORK_MISSKEY))
		tell(s, MENTION_POST, post.url, NULL, s->number);
	else if (found)
		tell(s, MENTION_POST, url, NULL, s->number);
	else if (is_thread(url))
		tell(s, MENTION_THREAD, url, NULL, s->number);
}

static void look_for_urls(struct sniffer *s)
{
	struct link_span span;
	size_t from = 0;
	const char *at = s->line.buf;

	while (link_next(s->line.buf, s->line.len, from, &span)) {
		from = span.end;
		if (span.kind == LINK_URL)
			look_at_url(s,
				    arena_printf(&s->arena, "%s%.*s", span.bare ? "https://" : "",
						 (int)(span.end - span.start),
						 s->line.buf + span.start));
	}
	while ((at = strstr(at, "at://"))) {
		size_t len = strcspn(at, " \t\r\n\"'<>)]");

		look_at_url(s, arena_strndup(&s->arena, at, len));
		at += len;
	}
}

/* The digits behind a word of the line; NULL when there are none. */
static const char *number_behind(struct sniffer *s, const char *from, const char *word)
{
	const char *at = strstr(from, word);
	size_t len;

	if (!at)
		return NULL;
	at += strlen(word);
	at += strspn(at, " =:\"'");
	len = strspn(at, "0123456789");
	return len > 0 && len < 20 ? arena_strndup(&s->arena, at, len) : NULL;
}

/* Hugo: {{< tweet user="hana" id="1" >}}, {{< x … >}}, {{< tweet 1 >}}. Togetter's widget names the
 * thread by its number. */
static void look_for_shortcodes(struct sniffer *s)
{
	static const char *const codes[] = { "{{< tweet", "{{<tweet", "{{< x ", "{{<x ",
					     "{{< twitter" };
	const char *widget = strstr(s->line.buf, "ExtendWidget");
	const char *id = widget ? number_behind(s, widget + strlen("ExtendWidget"), "id") : NULL;

	if (id)
		tell(s, MENTION_THREAD, arena_printf(&s->arena, "https://togetter.com/li/%s", id),
		     "its embed is lost", s->number);
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		const char *at = strstr(s->line.buf, codes[i]);

		id = at ? number_behind(s, at, " id") : NULL;
		if (at && !id)
			id = number_behind(s, at, codes[i]);
		if (id)
			tell(s, MENTION_POST,
			     arena_printf(&s->arena, "https://x.com/i/status/%s", id), NULL,
			     s->number);
	}
}

/* ---- headings ---- */

static void add_without_tags(struct str *out, const char *at)
{
	for (bool tag = false; *at; at++) {
		tag = tag || (*at == '<' && (isalpha((unsigned char)at[1]) || at[1] == '/'));
		if (!tag)
			str_add_char(out, *at);
		tag = tag && *at != '>';
	}
}

/* A row of marks may close the line as one opened it. */
static void cut_marks(struct str *words)
{
	size_t len = words->len;

	while (len > 0 && strchr(" \t", words->buf[len - 1]))
		len--;
	str_truncate(words, len);
	while (len > 0 && words->buf[len - 1] == '#')
		len--;
	if (len > 0 && len < words->len && words->buf[len - 1] == ' ')
		str_truncate(words, len - 1);
}

/* The words of a heading, as those who look at the page see them; false when the line is none. */
static bool heading_of(const char *line, struct str *out)
{
	const char *at = line + strspn(line, " \t");
	size_t marks = strspn(at, "#");

	str_clear(out);
	if (marks >= 1 && marks <= 6 && at[marks] == ' ') {
		add_without_tags(out, at + marks + strspn(at + marks, " "));
		cut_marks(out);
		return true;
	}
	if (strncasecmp(at, "<h", 2) != 0 || at[2] < '1' || at[2] > '6')
		return false;
	add_without_tags(out, at);
	return true;
}

static bool is_of_thread(const char *heading)
{
	static const char *const words[] = { "togetter", "posfie", "まとめ",  "ツイート",
					     "つぶやき", "tweet",  "twitter", "トゥギャ" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcasestr(heading, words[i]))
			return true;
	return false;
}

/* Nothing but tags and comments, and none of them shows anything. */
static bool is_empty(const char *line)
{
	bool tag = false;

	if (strstr(line, "archive:begin") || strstr(line, "<img") || strstr(line, "<iframe"))
		return false;
	for (; *line; line++) {
		tag = tag || *line == '<';
		if (!tag && !isspace((unsigned char)*line))
			return false;
		tag = tag && *line != '>';
	}
	return true;
}

static void end_heading(struct sniffer *s)
{
	if (s->heading_line)
		tell(s, MENTION_EMPTY, NULL, s->heading.buf, s->heading_line);
	s->heading_line = 0;
}

static void look_for_heading(struct sniffer *s)
{
	struct str words = STR_INIT;

	if (heading_of(s->line.buf, &words)) {
		end_heading(s);
		str_clear(&s->heading);
		str_add(&s->heading, words.buf);
		if (words.len > 0 && is_of_thread(words.buf))
			s->heading_line = s->number;
	} else if (!is_empty(s->line.buf)) {
		s->heading_line = 0;
	}
	str_release(&words);
}

/* ---- lines ---- */

static void look_at_line(struct sniffer *s)
{
	while (s->line.len > 0 && s->line.buf[s->line.len - 1] == '\r')
		str_truncate(&s->line, s->line.len - 1);
	if (s->headings)
		look_for_heading(s);
	look_for_urls(s);
	look_for_shortcodes(s);
	str_clear(&s->line);
	arena_clear(&s->arena);
}

void sniffer_add(struct sniffer *s, const char *bytes, size_t len)
{
	const char *end = bytes + len;

	while (bytes < end && !s->failed) {
		const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
		size_t room = MAX_LINE - s->line.len;
		size_t take = (size_t)((stop ? stop : end) - bytes);
		bool whole = stop && take <= room;

		if (take > room)
			take = room;
		str_add_n(&s->line, bytes, take);
		bytes += take + whole;
		if (!whole && s->line.len < MAX_LINE)
			continue;
		look_at_line(s);
		s->number += whole;
	}
}

void sniffer_end(struct sniffer *s)
{
	if (!s->failed)
		look_at_line(s);
	if (!s->failed)
		end_heading(s);
	str_release(&s->line);
	str_release(&s->heading);
	arena_release(&s->arena);
}
