/*
 * For tests of readers of files: what one hands out, as lines; and the promise of import.h, that
 * the evidence of a post gives the same post again.
 */
#ifndef ARCHIVE_TESTS_IN_IMPORT_H
#define ARCHIVE_TESTS_IN_IMPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/clock.h"
#include "archive/base/str.h"
#include "archive/import/import.h"

#define READ_AT INT64_C(1785592800000)

struct transcript {
	import_read_fn *read;
	struct str out;	  /* posts as lines, then threads and mentions */
	struct str again; /* what a post's evidence gave */
	bool inner;
	const char *refuse; /* the judge drops posts whose uri holds this */
	size_t posts;
};

static inline void tell(struct str *out, const char *name, const char *value)
{
	if (value)
		str_addf(out, " %s=%s", name, value);
}

static inline void tell_post(struct str *out, const struct post *post)
{
	char iso[CLOCK_ISO_SIZE];

	clock_format_utc(post->created, false, iso);
	str_addf(out, "post %s %s", post->uri, iso);
	tell(out, "url", post->url);
	tell(out, "who", post->author.handle);
	tell(out, "name", post->author.name);
	tell(out, "home", post->author.url);
	tell(out, "avatar", post->author.avatar);
	tell(out, "html", post->html);
	tell(out, "spoiler", post->spoiler);
	for (size_t i = 0; i < post->tag_count; i++)
		tell(out, "tag", post->tags[i]);
	for (size_t i = 0; i < post->media_count; i++) {
		tell(out, "media", post->media[i].url);
		tell(out, "alt", post->media[i].alt);
	}
	tell(out, "taken", post->taken);
	str_add_char(out, '\n');
}

static inline bool hear_page(void *owner, struct page *page, const char *bytes, size_t len,
			     struct err *err);
static inline enum fate hear_judge(void *owner, const struct post *post)
{
	struct transcript *t = owner;

	return t->refuse && strstr(post->uri, t->refuse) ? FATE_DROPPED : FATE_KEPT;
}

static inline void read_again(struct transcript *t, const char *bytes, size_t len)
{
	struct import_report report;
	struct err err = { 0 };
	const struct import_client client = { .take = hear_page, .owner = t };
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): a reader's bytes stay as they are */
	FILE *in = fmemopen((void *)(uintptr_t)bytes, len, "rb");

	t->inner = true;
	str_clear(&t->again);
	if (!t->read(in, "kept", READ_AT, &client, &report, &err))
		fail_msg("the evidence cannot be read: %s: %.*s", err.msg, (int)len, bytes);
	fclose(in);
	t->inner = false;
}

static inline bool hear_page(void *owner, struct page *page, const char *bytes, size_t len,
			     struct err *err)
{
	struct transcript *t = owner;
	struct str own = STR_INIT;

	(void)err;
	for (size_t i = 0; i < page->count; i++)
		tell_post(&own, &page->posts[i]);
	if (t->inner) {
		str_add(&t->again, own.buf);
	} else {
		t->posts += page->count;
		str_add(&t->out, own.buf);
		for (size_t i = 0; i < page->count; i++)
			assert_non_null(page->posts[i].place);
		read_again(t, bytes, len);
		assert_string_equal(t->again.buf, own.buf);
	}
	str_release(&own);
	return true;
}

static inline bool hear_thread(void *owner, const struct found_thread *thread, struct err *err)
{
	struct transcript *t = owner;
	struct str style = STR_INIT;

	(void)err;
	str_addf(&t->out, "thread %s part %d", thread->origin, thread->part);
	tell(&t->out, "slug", thread->slug);
	tell(&t->out, "title", thread->title);
	tell(&t->out, "about", thread->description);
	tell(&t->out, "by", thread->curator);
	for (size_t i = 0; i < thread->tag_count; i++)
		tell(&t->out, "tag", thread->tags[i]);
	str_addf(&t->out, " %lld..%lld\n", (long long)thread->since, (long long)thread->until);
	for (size_t i = 0; i < thread->item_count; i++) {
		const struct found_item *item = &thread->items[i];

		str_clear(&style);
		item_style_add(&style, &item->style);
		str_addf(&t->out, "- %s %s", item_kind_name(item->kind),
			 item->post ? item->post : item->text);
		tell(&t->out, "url", item->url);
		if (style.len)
			tell(&t->out, "style", style.buf);
		str_add_char(&t->out, '\n');
	}
	str_release(&style);
	return true;
}

static inline bool hear_mention(void *owner, const struct mention *mention, struct err *err)
{
	static const char *const kinds[] = { "post", "thread", "empty" };
	struct transcript *t = owner;

	(void)err;
	str_addf(&t->out, "mention %s %s", kinds[mention->kind],
		 mention->url ? mention->url : "(null)");
	tell(&t->out, "text", mention->text);
	tell(&t->out, "at", mention->place);
	str_add_char(&t->out, '\n');
	return true;
}

/* What the reader makes of the bytes; the error's sentence when it fails. The caller releases it.
 */
static inline struct str heard_bytes(import_read_fn *read, const char *bytes, size_t len,
				     const char *refuse)
{
	struct transcript t = {
		.read = read, .out = STR_INIT, .again = STR_INIT, .refuse = refuse
	};
	const struct import_client client = { .take = hear_page,
					      .thread = hear_thread,
					      .mention = hear_mention,
					      .judge = hear_judge,
					      .owner = &t };
	struct import_report report;
	struct err err = { 0 };
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): a reader's bytes stay as they are */
	FILE *in = fmemopen((void *)(uintptr_t)bytes, len ? len : 1, "rb");

	if (!read(in, "folder/page.html", READ_AT, &client, &report, &err))
		str_addf(&t.out, "failed: %s\n", err.msg);
	fclose(in);
	str_release(&t.again);
	return t.out;
}

/* Of a text, compared. */
static inline void assert_heard(import_read_fn *read, const char *text, const char *expected)
{
	struct str out = heard_bytes(read, text, strlen(text), NULL);

	assert_string_equal(out.buf, expected);
	str_release(&out);
}

#endif
