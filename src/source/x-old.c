#include "archive/source/x-old.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/json/write.h"
#include "archive/source/intake.h"
#include "archive/source/x.h"

/* ---- times ---- */

static bool all_digits(const char *text, size_t len)
{
	return strspn(text, "0123456789") >= len;
}

/* "Jan" … "Dec" to 1 … 12; 0 for anything else. */
static int month_of(const char *text)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (size_t i = 0; i < 12; i++)
		if (!strncmp(text, &names[3 * i], 3))
			return (int)i + 1;
	return 0;
}

/* "Wed Oct 10 20:19:24 +0000 2018" */
static bool add_api_time(struct str *out, const char *text)
{
	int month = strlen(text) == 30 ? month_of(text + 4) : 0;

	if (!month || text[10] != ' ' || text[19] != ' ' || !all_digits(text + 8, 2) ||
	    !all_digits(text + 21, 4) || !all_digits(text + 26, 4))
		return false;
	str_addf(out, "%.4s-%02d-%.2sT%.8s%.3s:%.2s", text + 26, month, text + 8, text + 11,
		 text + 20, text + 23);
	return true;
}

/* "2012-01-31 12:00:00 +0000" */
static bool add_archive_time(struct str *out, const char *text)
{
	if (strlen(text) != 25 || text[10] != ' ' || text[19] != ' ')
		return false;
	str_addf(out, "%.10sT%.8s%.3s:%.2s", text, text + 11, text + 20, text + 23);
	return true;
}

bool x_old_time(struct str *out, const char *text)
{
	return text && (add_api_time(out, text) || add_archive_time(out, text));
}

/* ---- members under their newer names ---- */

static const char *either(const struct jnode *node, const char *key, const char *other)
{
	const char *text = jnode_string(node, key);

	return text ? text : jnode_string(node, other);
}

static void put_text(struct jwrite *w, const char *key, const char *text)
{
	if (text)
		jwrite_text(w, key, text);
}

static void put_int(struct jwrite *w, const char *key, int64_t value)
{
	if (value >= 0)
		jwrite_int(w, key, value);
}

static const struct jnode *extended(const struct jnode *tweet)
{
	const struct jnode *inner = jnode_get(tweet, "extended_tweet");

	return inner ? inner : tweet;
}

static const struct jnode *media_of(const struct jnode *tweet)
{
	const struct jnode *media = jnode_path(extended(tweet), "extended_entities.media");

	if (!media)
		media = jnode_path(tweet, "extended_entities.media");
	return media ? media : jnode_path(extended(tweet), "entities.media");
}

/* The place where an entity begins: a number or its digits. */
static void put_start(struct jwrite *w, const struct jnode *entity)
{
	const struct jnode *first = jnode_at(jnode_get(entity, "indices"), 0);

	jwrite_int(w, "start", jnode_number(first, jnode_int(entity, "fromIndex", 0)));
}

static void put_url(struct jwrite *w, const struct jnode *entity, bool is_media)
{
	const char *shown = either(entity, "display_url", "displayUrl");

	jwrite_open_object(w, NULL);
	put_start(w, entity);
	put_text(w, "url", either(entity, "url", "shortUrl"));
	put_text(w, "expanded_url", either(entity, "expanded_url", "expandedUrl"));
	put_text(w, "display_url", shown);
	if (is_media)
		jwrite_text(w, "media_key", "own");
	jwrite_close_object(w);
}

static void put_urls(struct jwrite *w, const struct jnode *urls, const struct jnode *media)
{
	jwrite_open_array(w, "urls");
	for (size_t i = 0; i < jnode_len(urls); i++)
		put_url(w, jnode_at(urls, i), false);
	if (jnode_len(media) > 0)
		put_url(w, jnode_at(media, 0), true);
	jwrite_close_array(w);
}

static void put_words(struct jwrite *w, const char *key, const struct jnode *list, const char *word,
		      const char *from, const char *other)
{
	jwrite_open_array(w, key);
	for (size_t i = 0; i < jnode_len(list); i++) {
		const struct jnode *item = jnode_at(list, i);

		jwrite_open_object(w, NULL);
		put_start(w, item);
		put_text(w, word, jnode_text(item) ? jnode_text(item) : either(item, from, other));
		jwrite_close_object(w);
	}
	jwrite_close_array(w);
}

static void put_entities(struct jwrite *w, const struct jnode *entities, const struct jnode *media,
			 const char *mentions)
{
	jwrite_open_object(w, "entities");
	put_urls(w, jnode_get(entities, "urls"), media);
	put_words(w, "hashtags", jnode_get(entities, "hashtags"), "tag", "text", "tag");
	put_words(w, "mentions", jnode_get(entities, mentions), "username", "screen_name",
		  "screenName");
	jwrite_close_object(w);
}

static void put_variants(struct jwrite *w, const struct jnode *variants)
{
	jwrite_open_array(w, "variants");
	for (size_t i = 0; i < jnode_len(variants); i++) {
		const struct jnode *variant = jnode_at(variants, i);

		jwrite_open_object(w, NULL);
		put_int(w, "bit_rate", jnode_int(variant, "bitrate", -1));
		put_text(w, "content_type", jnode_string(variant, "content_type"));
		put_text(w, "url", jnode_string(variant, "url"));
		jwrite_close_object(w);
	}
	jwrite_close_array(w);
}

static void put_medium(struct jwrite *w, const struct jnode *medium)
{
	const struct jnode *video = jnode_get(medium, "video_info");
	const struct jnode *size = jnode_get(medium, "original_info");
	const char *url = either(medium, "media_url_https", "media_url");
	const char *type = jnode_string(medium, "type"); /* the first archives tell none */

	if (!size)
		size = jnode_path(medium, "sizes.large");
	jwrite_open_object(w, NULL);
	put_text(w, "type", type ? type : "photo");
	put_text(w, video ? "preview_image_url" : "url", url);
	put_text(w, "alt_text", either(medium, "ext_alt_text", "alt_text"));
	put_int(w, "width", jnode_int(size, "width", jnode_int(size, "w", -1)));
	put_int(w, "height", jnode_int(size, "height", jnode_int(size, "h", -1)));
	put_int(w, "duration_ms", jnode_int(video, "duration_millis", -1));
	if (video)
		put_variants(w, jnode_get(video, "variants"));
	jwrite_close_object(w);
}

static void put_media(struct jwrite *w, const struct jnode *media)
{
	if (jnode_len(media) == 0)
		return;
	jwrite_open_object(w, "attachments");
	jwrite_open_array(w, "media");
	for (size_t i = 0; i < jnode_len(media) && i < INTAKE_MAX_PARTS; i++)
		put_medium(w, jnode_at(media, i));
	jwrite_close_array(w);
	jwrite_close_object(w);
}

static void put_author(struct jwrite *w, const struct jnode *user, struct arena *arena)
{
	const char *id = jnode_id(user, "id_str", arena);

	if (!id)
		id = jnode_id(user, "id", arena);
	put_text(w, "author_id", id);
	jwrite_open_object(w, "author");
	put_text(w, "id", id);
	put_text(w, "username", jnode_string(user, "screen_name"));
	put_text(w, "name", jnode_string(user, "name"));
	put_text(w, "profile_image_url",
		 either(user, "profile_image_url_https", "profile_image_url"));
	put_text(w, "description", jnode_string(user, "description"));
	jwrite_bool(w, "protected", jnode_bool(user, "protected", false));
	jwrite_close_object(w);
}

static void put_reference(struct jwrite *w, const char *type, const char *id)
{
	if (!id)
		return;
	jwrite_open_object(w, NULL);
	jwrite_text(w, "type", type);
	jwrite_text(w, "id", id);
	jwrite_close_object(w);
}

static void put_references(struct jwrite *w, const struct jnode *tweet, struct arena *arena)
{
	const struct jnode *passed_on = jnode_get(tweet, "retweeted_status");

	jwrite_open_array(w, "referenced_tweets");
	put_reference(w, "replied_to", jnode_id(tweet, "in_reply_to_status_id_str", arena));
	put_reference(w, "quoted", jnode_id(tweet, "quoted_status_id_str", arena));
	put_reference(w, "retweeted", passed_on ? "0" : NULL);
	jwrite_close_array(w);
}

/* "edit_info": {"initial": {"editTweetIds": […]}} or {"edit": {"editControlInitial": …}} */
static void put_versions(struct jwrite *w, const struct jnode *tweet)
{
	const struct jnode *ids = jnode_path(tweet,
					     "edit_info.edit.editControlInitial.editTweetIds");

	if (!ids)
		ids = jnode_path(tweet, "edit_info.initial.editTweetIds");
	if (jnode_len(ids) == 0)
		return;
	jwrite_open_array(w, "edit_history_tweet_ids");
	for (size_t i = 0; i < jnode_len(ids); i++)
		put_text(w, NULL, jnode_text(jnode_at(ids, i)));
	jwrite_close_array(w);
}

static void put_counts(struct jwrite *w, const struct jnode *tweet)
{
	jwrite_open_object(w, "public_metrics");
	put_int(w, "retweet_count", jnode_int(tweet, "retweet_count", -1));
	put_int(w, "like_count", jnode_int(tweet, "favorite_count", -1));
	put_int(w, "reply_count", jnode_int(tweet, "reply_count", -1));
	put_int(w, "quote_count", jnode_int(tweet, "quote_count", -1));
	jwrite_close_object(w);
}

static void put_note(struct jwrite *w, const struct jnode *note, const struct jnode *media)
{
	if (!jnode_string(note, "text"))
		return;
	jwrite_open_object(w, "note_tweet");
	jwrite_text(w, "text", jnode_string(note, "text"));
	put_entities(w, note, media, "mentions");
	jwrite_close_object(w);
}

static void put_time(struct jwrite *w, const char *text)
{
	struct str time = STR_INIT;

	if (x_old_time(&time, text))
		jwrite_text(w, "created_at", time.buf);
	str_release(&time);
}

static bool is_withheld(const struct jnode *tweet)
{
	return jnode_bool(tweet, "withheld_copyright", false) ||
	       jnode_len(jnode_get(tweet, "withheld_in_countries")) > 0;
}

/* In the shape of v2. */
static void translate(const struct jnode *tweet, struct arena *arena, struct str *out)
{
	const struct jnode *form = extended(tweet);
	const struct jnode *media = media_of(tweet);
	const char *id = jnode_id(tweet, "id_str", arena);
	struct jwrite w;

	jwrite_begin(&w, out);
	jwrite_open_object(&w, NULL);
	put_text(&w, "id", id ? id : jnode_id(tweet, "id", arena));
	put_text(&w, "text", either(form, "full_text", "text"));
	put_time(&w, jnode_string(tweet, "created_at"));
	put_text(&w, "lang", jnode_string(tweet, "lang"));
	jwrite_bool(&w, "possibly_sensitive", jnode_bool(tweet, "possibly_sensitive", false));
	if (is_withheld(tweet))
		jwrite_bool(&w, "withheld", true);
	put_author(&w, jnode_get(tweet, "user"), arena);
	put_versions(&w, tweet);
	put_references(&w, tweet, arena);
	put_counts(&w, tweet);
	put_entities(&w, jnode_get(form, "entities"), media, "user_mentions");
	put_note(&w, jnode_get(tweet, "noteTweet"), media);
	put_media(&w, media);
	jwrite_close_object(&w);
}

/* ---- reading ---- */

/* The adapter for v2 keeps what it makes in a page: it is lent the arena. */
static enum fate read_post(const struct source *source, struct arena *arena,
			   const struct jnode *node, struct post *post)
{
	struct page lent = { .arena = *arena };
	const struct x_answer answer = { .page = &lent, .bytes = "" };
	struct str bytes = STR_INIT;
	struct err why = { 0 };
	struct jnode *newer;
	enum fate fate = FATE_MALFORMED;

	(void)source;
	translate(node, &lent.arena, &bytes);
	newer = jnode_parse(bytes.buf, bytes.len, &why);
	if (newer)
		fate = x_post(&answer, newer, post);
	jnode_free(newer);
	str_release(&bytes);
	*arena = lent.arena;
	return fate;
}

static size_t parts_of(const struct jnode *node, struct reading_part *parts)
{
	const struct jnode *quoted = jnode_get(node, "quoted_status");

	if (!jnode_is_object(quoted))
		return 0;
	parts[0] = (struct reading_part){ quoted, "quoted_status", true, false };
	return 1;
}

const struct reading_ops x_old_ops = { .post = read_post, .parts = parts_of };

bool x_old_read(const char *bytes, size_t len, struct page *page, struct err *err)
{
	return reading_body(&x_old_ops, bytes, len, page, err);
}
