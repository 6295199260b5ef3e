#include "archive/curate/sheet.h"

#include <string.h>

#include "archive/base/zone.h"
#include "archive/curate/sheet-name.h"
#include "archive/curate/sheet-text.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

#define WIDE_BLANK "\xE3\x80\x80" /* U+3000 */
#define MARK	   "# ! "

/* ---- names ---- */

bool sheet_name_valid(const char *name)
{
	size_t len = strnlen(name, SHEET_MAX_NAME + 1);
	struct str plain = STR_INIT;
	bool valid;

	if (len == 0 || len > SHEET_MAX_NAME || strpbrk(name, " \t\n") || strchr("{#", name[0]) ||
	    strstr(name, WIDE_BLANK))
		return false;
	utf8_add_plain(&plain, name, len, false);
	valid = str_same(plain.buf, name);
	str_release(&plain);
	return valid;
}

const char *sheet_name(struct arena *arena, const struct post *post)
{
	bool by_page = post->network == NETWORK_MASTODON || post->network == NETWORK_MISSKEY;

	if (by_page && post->url && link_safe_web(post->url) && sheet_name_valid(post->url))
		return arena_strdup(arena, post->url);
	if (post->uri && sheet_name_valid(post->uri))
		return arena_strdup(arena, post->uri);
	return arena_strdup(arena, post->short_id[0] ? post->short_id : "?");
}

/* ---- a thread of the store ---- */

static void set_item(struct arena *arena, struct item *out, const struct item *item,
		     bool below_post)
{
	bool post = item->kind == ITEM_POST, heading = item->kind == ITEM_HEADING;

	*out = (struct item){ .id = item->id, .kind = item->kind, .post = item->post };
	out->text = post ? sheet_plain_words(arena, item->text) : sheet_plain(arena, item->text);
	out->fixed = item->fixed;
	out->joined = post && item->joined && below_post;
	if (post || item->kind == ITEM_NOTE)
		out->style = item->style;
	if (!post && item->kind != ITEM_NOTE)
		out->url = sheet_plain_url(arena, item->url);
	if (!heading)
		return;
	out->key = arena_strdup(arena, item->key);
	out->fixed = item->fixed && item->key;
	out->speaker = sheet_plain(arena, item->speaker);
	out->label = out->url ? sheet_plain(arena, item->label) : NULL;
	out->starts = sheet_plain_time(item->starts);
}

static void set_thread(struct arena *arena, struct thread *out, const struct thread *thread)
{
	*out = *thread;
	out->title = sheet_plain(arena, thread->title);
	out->curator = sheet_plain(arena, thread->curator);
	out->description = sheet_plain(arena, thread->description);
	out->lang = str_same(thread->lang, "ja") ? "ja" : "en";
	out->zone = zone_known(thread->zone) ? thread->zone : "UTC";
	out->since = sheet_plain_time(thread->since);
	out->until = sheet_plain_time(thread->until);
	out->lag = thread->lag > 0 ? thread->lag / 1000 * 1000 : 0;
}

void sheet_of(struct arena *arena, const struct thread *thread, const struct item *items,
	      size_t item_count, const struct post *dropped, size_t dropped_count,
	      struct sheet *out)
{
	size_t count = item_count + dropped_count;
	struct sheet_line *lines = arena_array(arena, count, sizeof(*lines));

	*out = (struct sheet){ .lines = lines, .count = count };
	set_thread(arena, &out->thread, thread);
	for (size_t i = 0; i < item_count; i++) {
		set_item(arena, &lines[i].item, &items[i], i > 0 && items[i - 1].kind == ITEM_POST);
		if (!items[i].post)
			continue;
		lines[i].name = sheet_name(arena, items[i].post);
		lines[i].post = items[i].post->id;
	}
	for (size_t i = 0; i < dropped_count; i++)
		lines[item_count + i] = (struct sheet_line){
			.name = sheet_name(arena, &dropped[i]),
			.post = dropped[i].id,
			.dropped = true,
			.item = { .kind = ITEM_POST, .post = &dropped[i] },
		};
}

/* ---- marks ---- */

static size_t line_length(const char *text, size_t len)
{
	const char *end = memchr(text, '\n', len);

	return end ? (size_t)(end - text) + 1 : len;
}

void sheet_add_unmarked(struct str *out, const char *bytes, size_t len)
{
	struct str plain = STR_INIT;

	utf8_add_plain(&plain, bytes, len, false);
	for (size_t at = 0, line; at < plain.len; at += line) {
		line = line_length(plain.buf + at, plain.len - at);
		if (!str_starts(plain.buf + at, MARK))
			str_add_n(out, plain.buf + at, line);
	}
	str_release(&plain);
}

void sheet_add_marked(struct str *out, const char *bytes, size_t len,
		      const struct sheet_mistake *mistake)
{
	struct str plain = STR_INIT;
	size_t number = 1;
	size_t at = 0;

	sheet_add_unmarked(&plain, bytes, len);
	for (; at < plain.len && number < mistake->line; number++)
		at += line_length(plain.buf + at, plain.len - at);
	str_add_n(out, plain.buf, at);
	if (at > 0 && plain.buf[at - 1] != '\n')
		str_add_char(out, '\n');
	str_addf(out, MARK "line %zu: %s\n", mistake->line, mistake->why.msg);
	str_add_n(out, plain.buf + at, plain.len - at);
	str_release(&plain);
}
