#include "archive/export/json.h"

#include "archive/export/entry.h"
#include "archive/export/pictures.h"
#include "archive/export/teller.h"
#include "archive/json/write.h"

#define FORM_VERSION 1

struct document {
	struct jwrite w;
	const struct fragment_options *options;
};

static void add_emojis(struct jwrite *w, const struct emoji *emojis, size_t count)
{
	jwrite_open_array(w, "emojis");
	for (size_t i = 0; i < count; i++) {
		jwrite_open_object(w, NULL);
		jwrite_text(w, "code", emojis[i].code);
		jwrite_text(w, "url", emojis[i].url);
		jwrite_close_object(w);
	}
	jwrite_close_array(w);
}

static void add_author(struct jwrite *w, const struct author *author)
{
	jwrite_open_object(w, "author");
	jwrite_text(w, "uri", author->uri);
	jwrite_text(w, "network", network_name(author->network));
	jwrite_text(w, "host", author->host);
	jwrite_text(w, "network_id", author->network_id);
	jwrite_text(w, "handle", author->handle);
	jwrite_text(w, "name", author->name);
	jwrite_text(w, "url", author->url);
	jwrite_text(w, "avatar", author->avatar);
	jwrite_bool(w, "bot", author->bot);
	add_emojis(w, author->emojis, author->emoji_count);
	jwrite_close_object(w);
}

/* The name of the file; with files beside the document it is one of them. */
static void add_kept(const struct document *d, struct jwrite *w, const struct media *media)
{
	const struct fragment_options *options = d->options;
	struct picture picture;

	if (!pictures_kept(options, media->url, &picture) &&
	    !pictures_kept(options, media->preview, &picture)) {
		jwrite_null(w, "kept");
		return;
	}
	jwrite_text(w, "kept", picture.name);
	if (options->media == MEDIA_FILES && options->used)
		options->used(options->used_owner, picture.name);
}

static void add_media(const struct document *d, struct jwrite *w, const struct post *post)
{
	jwrite_open_array(w, "media");
	for (size_t i = 0; i < post->media_count; i++) {
		const struct media *media = &post->media[i];

		jwrite_open_object(w, NULL);
		jwrite_text(w, "kind", media_kind_name(media->kind));
		jwrite_text(w, "url", media->url);
		jwrite_text(w, "preview", media->preview);
		jwrite_text(w, "alt", media->alt);
		jwrite_told(w, "width", media->width > 0, media->width);
		jwrite_told(w, "height", media->height > 0, media->height);
		jwrite_told(w, "duration_ms", media->duration_ms > 0, media->duration_ms);
		jwrite_text(w, "blurhash", media->blurhash);
		add_kept(d, w, media);
		jwrite_close_object(w);
	}
	jwrite_close_array(w);
}

static void add_poll(struct jwrite *w, const struct poll *poll)
{
	if (!poll) {
		jwrite_null(w, "poll");
		return;
	}
	jwrite_open_object(w, "poll");
	jwrite_open_array(w, "options");
	for (size_t i = 0; i < poll->option_count; i++) {
		jwrite_open_object(w, NULL);
		jwrite_text(w, "title", poll->options[i].title);
		jwrite_told(w, "votes", poll->options[i].votes >= 0, poll->options[i].votes);
		jwrite_close_object(w);
	}
	jwrite_close_array(w);
	jwrite_time(w, "ends_at", poll->ends);
	jwrite_told(w, "voters", poll->voters >= 0, poll->voters);
	jwrite_bool(w, "multiple", poll->multiple);
	jwrite_bool(w, "closed", poll->closed);
	jwrite_close_object(w);
}

static void add_card(struct jwrite *w, const struct card *card)
{
	if (!card) {
		jwrite_null(w, "card");
		return;
	}
	jwrite_open_object(w, "card");
	jwrite_text(w, "url", card->url);
	jwrite_text(w, "title", card->title);
	jwrite_text(w, "description", card->description);
	jwrite_text(w, "image", card->image);
	jwrite_text(w, "site", card->site);
	jwrite_close_object(w);
}

static void add_counts(struct jwrite *w, const struct counts *counts)
{
	jwrite_open_object(w, "counts");
	jwrite_told(w, "replies", counts->replies >= 0, counts->replies);
	jwrite_told(w, "reposts", counts->reposts >= 0, counts->reposts);
	jwrite_told(w, "likes", counts->likes >= 0, counts->likes);
	jwrite_told(w, "quotes", counts->quotes >= 0, counts->quotes);
	jwrite_close_object(w);
}

static void add_names(struct jwrite *w, const struct post *post)
{
	jwrite_text(w, "id", post->short_id[0] ? post->short_id : NULL);
	jwrite_text(w, "uri", post->uri);
	jwrite_text(w, "url", post->url);
	jwrite_text(w, "network", network_name(post->network));
	jwrite_text(w, "host", post->host);
	jwrite_text(w, "network_id", post->network_id);
	jwrite_time(w, "created_at", post->created);
	jwrite_time(w, "edited_at", post->edited);
	jwrite_time(w, "fetched_at", post->fetched);
	jwrite_text(w, "taken_from", post->taken);
	jwrite_text(w, "visibility", visibility_name(post->visibility));
}

static void add_post(const struct document *d, struct jwrite *w, const char *key,
		     const struct post *post)
{
	jwrite_open_object(w, key);
	add_names(w, post);
	add_author(w, &post->author);
	jwrite_text(w, "lang", post->lang);
	jwrite_text(w, "html", post->html);
	jwrite_text(w, "text", post->text);
	jwrite_text(w, "spoiler", post->spoiler);
	jwrite_bool(w, "sensitive", post->sensitive);
	jwrite_text(w, "reply_to", post->reply_uri);
	jwrite_text(w, "reply_to_id", post->reply_id);
	jwrite_text(w, "quote_of", post->quote_uri);
	jwrite_text(w, "quote_url", post->quote_url);
	jwrite_text(w, "conversation", post->conversation);
	jwrite_texts(w, "tags", post->tags, post->tag_count);
	add_media(d, w, post);
	add_emojis(w, post->emojis, post->emoji_count);
	add_poll(w, post->poll);
	add_card(w, post->card);
	if (d->options->counts)
		add_counts(w, &post->counts);
	jwrite_close_object(w);
}

static void add_post_item(const struct document *d, struct jwrite *w, const struct item *item)
{
	struct str style = STR_INIT;

	item_style_add(&style, &item->style);
	jwrite_text(w, "style", style.len > 0 ? style.buf : NULL);
	jwrite_bool(w, "fixed", item->fixed);
	jwrite_text(w, "picture_texts", item->text);
	add_post(d, w, "post", item->post);
	if (entry_may_show(item->quote))
		add_post(d, w, "quote", item->quote);
	else
		jwrite_null(w, "quote");
	jwrite_open_array(w, "also");
	for (size_t i = 0; i < item->also_count; i++)
		if (entry_may_show(item->also[i]))
			add_post(d, w, NULL, item->also[i]);
	jwrite_close_array(w);
	str_release(&style);
}

static void add_heading(struct jwrite *w, const struct item *item)
{
	jwrite_text(w, "key", item->key);
	jwrite_text(w, "text", item->text);
	jwrite_text(w, "speaker", item->speaker);
	jwrite_text(w, "url", item->url);
	jwrite_text(w, "label", item->label);
	jwrite_time(w, "starts_at", item->starts);
}

static void add_item(const struct document *d, struct jwrite *w, const struct item *item)
{
	if (item->kind == ITEM_POST && !entry_may_show(item->post))
		return;
	jwrite_open_object(w, NULL);
	jwrite_text(w, "kind", item_kind_name(item->kind));
	if (item->kind == ITEM_POST)
		add_post_item(d, w, item);
	else if (item->kind == ITEM_HEADING)
		add_heading(w, item);
	else
		jwrite_text(w, "text", item->text);
	if (item->kind == ITEM_LINK)
		jwrite_text(w, "url", item->url);
	jwrite_close_object(w);
	str_add_char(w->out, '\n');
}

static void add_thread(struct jwrite *w, const struct thread *thread)
{
	jwrite_open_object(w, NULL);
	jwrite_int(w, "archive_thread", FORM_VERSION);
	jwrite_text(w, "slug", thread->slug);
	jwrite_text(w, "title", thread->title);
	jwrite_text(w, "curator", thread->curator);
	jwrite_text(w, "description", thread->description);
	jwrite_texts(w, "tags", thread->tags, thread->tag_count);
	jwrite_text(w, "lang", thread->lang);
	jwrite_text(w, "zone", thread->zone);
	jwrite_open_object(w, "window");
	jwrite_time(w, "since", thread->since);
	jwrite_time(w, "until", thread->until);
	jwrite_close_object(w);
	jwrite_int(w, "lag_ms", thread->lag);
	jwrite_open_array(w, "items");
	str_add_char(w->out, '\n');
}

bool json_write(FILE *out, const struct thread *thread, struct item_iter *items,
		const struct fragment_options *options, struct err *err)
{
	struct document d = { .options = options };
	struct str buf = STR_INIT;
	struct item item = { 0 };
	bool ok = false;
	int rc;

	jwrite_begin(&d.w, &buf);
	add_thread(&d.w, thread);
	while ((rc = items->next(items, &item, err)) > 0) {
		add_item(&d, &d.w, &item);
		if (!tell_out(out, &buf, err))
			goto out;
		item = (struct item){ 0 };
	}
	jwrite_close_array(&d.w);
	jwrite_close_object(&d.w);
	str_add_char(&buf, '\n');
	ok = rc == 0 && tell_out(out, &buf, err);
out:
	str_release(&buf);
	return ok;
}
