#include "archive/import/form.h"

#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"

#define TAR_MAGIC_AT 257
#define THREAD_HEAD  4096 /* bytes: our own export says at once what it is */

static bool begins(const char *bytes, size_t len, const char *magic, size_t magic_len)
{
	return len >= magic_len && !memcmp(bytes, magic, magic_len);
}

bool import_is_packed(const char *head, size_t len)
{
	return begins(head, len, "PK\3\4", 4) || begins(head, len, "PK\5\6", 4) ||
	       begins(head, len, "\x1f\x8b", 2) ||
	       (len > TAR_MAGIC_AT && begins(head + TAR_MAGIC_AT, len - TAR_MAGIC_AT, "ustar", 5));
}

/* ASCII letters alike. */
static bool holds(const char *bytes, size_t len, const char *word)
{
	size_t word_len = strlen(word);

	for (size_t i = 0; i + word_len <= len; i++)
		if ((bytes[i] | 0x20) == (word[0] | 0x20) &&
		    !strncasecmp(bytes + i, word, word_len))
			return true;
	return false;
}

static bool holds_any(const char *bytes, size_t len, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (holds(bytes, len, words[i]))
			return true;
	return false;
}

static bool is_named(const char *name, const char *const *endings, size_t count)
{
	for (size_t i = 0; name && i < count; i++) {
		size_t len = strlen(name), end = strlen(endings[i]);

		if (len > end && str_same_ascii(name + len - end, endings[i]))
			return true;
	}
	return false;
}

/* What a page says of its own address. */
static bool is_matome(const char *head, size_t len)
{
	static const char *const marks[] = {
		"rel=\"canonical\" href=\"https://togetter.com/",
		"rel=\"canonical\" href=\"http://togetter.com/",
		"property=\"og:url\" content=\"https://togetter.com/",
		"property=\"og:url\" content=\"http://togetter.com/",
		"content=\"https://togetter.com/li/",
		"content=\"http://togetter.com/li/",
		"https://min.togetter.com/",
		"https://posfie.com/",
		"content=\"togetter",
		"content=\"min.t",
		"content=\"posfie",
		"content=\"twilog",
		"rel=\"canonical\" href=\"https://twilog.",
		"rel=\"canonical\" href=\"https://twilog.togetter.com/",
		/* what a browser writes into the page that it saves */
		")https://togetter.com/",
		")http://togetter.com/",
		"url: https://togetter.com/",
		/* the list itself */
		"class=\"tweet_box",
		"tweet_box\"",
		"list_box type_tweet",
		"class=\"tl-tweet",
	};

	return holds_any(head, len, marks, ARRAY_LEN(marks));
}

static enum import_form form_of_markup(const char *head, size_t len)
{
	static const char *const feeds[] = { "<rss", "<feed", "<rdf:RDF" };
	static const char *const pages[] = { "<!doctype html", "<html", "<head", "<body" };

	if (holds_any(head, len < 2048 ? len : 2048, pages, ARRAY_LEN(pages)))
		return is_matome(head, len) ? IMPORT_MATOME : IMPORT_BLOG;
	if (holds_any(head, len, feeds, ARRAY_LEN(feeds)))
		return IMPORT_FEED;
	return is_matome(head, len) ? IMPORT_MATOME : IMPORT_BLOG;
}

static enum import_form form_of_text(const char *head, size_t len, const char *name)
{
	static const char *const blogs[] = { ".md", ".markdown", ".mdx", ".html", ".htm" };
	static const char *const jsons[] = { ".json", ".jsonl", ".ndjson" };

	if (memchr(head, '\0', len))
		return IMPORT_NOTHING;
	if (is_named(name, jsons, ARRAY_LEN(jsons)))
		return IMPORT_ANSWERS;
	if (is_named(name, blogs, ARRAY_LEN(blogs)) || holds(head, len, "<blockquote"))
		return IMPORT_BLOG;
	return IMPORT_TEXT;
}

enum import_form import_form_of(const char *head, size_t len, const char *name)
{
	static const char sqlite[] = "SQLite format 3";
	const char *at = head, *end = head + len;

	if (begins(head, len, sqlite, sizeof(sqlite)))
		return IMPORT_STORE;
	if (import_is_packed(head, len))
		return IMPORT_NOTHING;
	if (begins(at, len, "\xEF\xBB\xBF", 3))
		at += 3;
	while (at < end && strchr(" \t\r\n", *at) && *at)
		at++;
	len = (size_t)(end - at);
	if (len == 0)
		return IMPORT_NOTHING;
	if (*at == '{' && holds(at, len < THREAD_HEAD ? len : THREAD_HEAD, "\"archive_thread\""))
		return IMPORT_THREAD;
	if (*at == '{' || *at == '[')
		return IMPORT_ANSWERS;
	if (begins(at, len, "window.YTD.", 11))
		return IMPORT_X_ARCHIVE;
	/* a month of one of the first archives of X, in which each post has its author */
	if (begins(at, len, "Grailbird.data.tweets", 21))
		return IMPORT_ANSWERS;
	if (*at == '<')
		return form_of_markup(at, len);
	return form_of_text(at, len, name);
}
