#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/source/bluesky.h"

#define DID	     "did:plc:hana22"
#define OTHER	     "did:web:taro.example"
#define URI	     "at://" DID "/app.bsky.feed.post/3abc"
#define TIMES	     "\"createdAt\":\"2026-08-01T13:52:47.767Z\""
#define SEEN	     "\"indexedAt\":\"2026-08-01T13:52:48.000Z\""
#define AUTHOR(more) "\"author\":{\"did\":\"" DID "\",\"handle\":\"hana.example\"" more "}"
#define VIEW(record, more) \
	"{\"uri\":\"" URI "\"," AUTHOR("") "," SEEN ",\"record\":{" TIMES record "}" more "}"
#define FACET(from, to, feature) \
	"{\"index\":{\"byteStart\":" from ",\"byteEnd\":" to "},\"features\":[" feature "]}"
#define FEATURE(kind, rest) "{\"$type\":\"app.bsky.richtext.facet#" kind "\"," rest "}"
#define TAG(tag)	    FEATURE("tag", "\"tag\":\"" tag "\"")
#define LINK(uri)	    FEATURE("link", "\"uri\":\"" uri "\"")
#define TEXT(text, facets)  ",\"text\":\"" text "\",\"facets\":[" facets "]"
#define EMBED(kind, rest)   "{\"$type\":\"app.bsky.embed." kind "#view\"," rest "}"
#define LABEL(val)	    ",\"labels\":[{\"src\":\"" DID "\",\"val\":\"" val "\"}]"

/* What was read, and what it was read from. */
struct fixture {
	struct source source;
	struct arena arena;
	struct jnode *root;
	struct post post;
	enum fate fate;
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->source = (struct source)SOURCE_INIT;
	str_add(&f->source.name, "bluesky");
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	source_release(&f->source);
	arena_release(&f->arena);
	jnode_free(f->root);
	free(f);
	return 0;
}

static const struct post *read_as(struct fixture *f, const char *json, bool known)
{
	struct err err = { 0 };

	jnode_free(f->root);
	f->root = jnode_parse(json, strlen(json), &err);
	assert_non_null(f->root);
	f->fate = bluesky_post(known ? &f->source : NULL, &f->arena, f->root, &f->post);
	return &f->post;
}

static const struct post *read_view(struct fixture *f, const char *json)
{
	return read_as(f, json, true);
}

static const struct post *read_kept(struct fixture *f, const char *json)
{
	read_view(f, json);
	assert_int_equal(f->fate, FATE_KEPT);
	return &f->post;
}

static void check_time(int64_t ms, const char *iso)
{
	int64_t wanted;

	assert_true(clock_parse_rfc3339(iso, &wanted));
	assert_int_equal(ms, wanted);
}

/* ---- the post ---- */

static const char full[] = "{\"uri\":\"" URI "\",\"cid\":\"bafy1\"," AUTHOR(
	",\"displayName\":\"\\u202eはな "
	"\\u0007\",\"avatar\":\"https://cdn.example/a b.png\","
	"\"labels\":[{\"src\":\"did:plc:mod\",\"val\":\"bot\"}"
	"]") ","
	     "\"record\":{\"$type\":\"app.bsky.feed."
	     "post\"," TIMES ",\"langs\":[\"ja\",\"en\"],"
	     "\"tags\":[\"勉強会\",\"！\"],\"reply\":{\"root\":"
	     "{\"uri\":\"at://" OTHER "/app.bsky.feed.post/"
	     "3root\"},\"parent\":{\"uri\":\"at://" OTHER "/app.bsky.feed.post/3up\"}}" TEXT(
		     "見て #SSMJP", FACET("7", "13", TAG("SSMJP"))) "},"
								    "\"replyCount\":1,"
								    "\"repostCount\":2,"
								    "\"likeCount\":3,"
								    "\"quoteCount\":4,"
								    "\"bookmarkCount\":"
								    "5," SEEN ",\"labels\":[]}";

static void all_that_a_post_holds_is_kept(void **state)
{
	const struct post *post = read_kept(*state, full);

	assert_string_equal(post->uri, URI);
	assert_string_equal(post->network_id, URI);
	assert_string_equal(post->url, "https://bsky.app/profile/" DID "/post/3abc");
	assert_string_equal(post->host, "bsky.app");
	assert_string_equal(post->lang, "ja");
	assert_string_equal(post->text, "見て #SSMJP");
	assert_string_equal(post->html, "<p>見て <a href=\"https://bsky.app/hashtag/SSMJP\" "
					"class=\"p-category\" rel=\"tag\">#SSMJP</a></p>");
	assert_int_equal(post->tag_count, 2);
	assert_string_equal(post->tags[0], "ssmjp");
	assert_string_equal(post->tags[1], "勉強会");
	assert_string_equal(post->reply_uri, "at://" OTHER "/app.bsky.feed.post/3up");
	assert_string_equal(post->conversation, "at://" OTHER "/app.bsky.feed.post/3root");
	assert_null(post->quote_uri);
	assert_int_equal(post->counts.replies, 1);
	assert_int_equal(post->counts.reposts, 2);
	assert_int_equal(post->counts.likes, 3);
	assert_int_equal(post->counts.quotes, 4);
	assert_false(post->sensitive);
	check_time(post->created, "2026-08-01T13:52:47.767Z");
}

static void an_author_is_named_by_did_and_handle(void **state)
{
	const struct author *author = &read_kept(*state, full)->author;

	assert_string_equal(author->uri, DID);
	assert_string_equal(author->network_id, DID);
	assert_string_equal(author->handle, "@hana.example");
	assert_string_equal(author->name, "はな");
	assert_string_equal(author->url, "https://bsky.app/profile/" DID);
	assert_string_equal(author->avatar, "https://cdn.example/a%20b.png");
	assert_true(author->bot);
	assert_false(author->optout);
}

static void a_handle_that_leads_nowhere_gives_way_to_the_did(void **state)
{
	static const char *const handles[] = { "handle.invalid", "", "a b.example", "x<y.example" };

	for (size_t i = 0; i < ARRAY_LEN(handles); i++) {
		struct str json = STR_INIT;
		const struct post *post;

		str_addf(&json,
			 "{\"uri\":\"" URI "\",\"author\":{\"did\":\"" DID
			 "\",\"handle\":\"%s\"}," SEEN ",\"record\":{" TIMES ",\"text\":\"a\"}}",
			 handles[i]);
		post = read_kept(*state, json.buf);
		assert_string_equal(post->author.handle, "@" DID);
		assert_string_equal(post->author.name, "@" DID);
		str_release(&json);
	}
}

static void a_post_never_claims_to_be_of_the_future(void **state)
{
	static const struct {
		const char *created, *indexed, *time;
	} cases[] = {
		{ "2031-01-01T00:00:00Z", "2026-08-01T00:00:00Z", "2026-08-01T00:00:00Z" },
		{ "2017-06-30T19:00:00+09:00", "2026-08-01T00:00:00Z", "2017-06-30T10:00:00Z" },
		{ "yesterday", "2026-08-01T00:00:00Z", "2026-08-01T00:00:00Z" },
		{ "2026-08-01T00:00:00.5Z", "never", "2026-08-01T00:00:00.500Z" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str json = STR_INIT;

		str_addf(&json,
			 "{\"uri\":\"" URI "\"," AUTHOR("") ",\"indexedAt\":\"%s\",\"record\":{"
							    "\"createdAt\":\"%s\",\"text\":\"a\"}}",
			 cases[i].indexed, cases[i].created);
		check_time(read_kept(*state, json.buf)->created, cases[i].time);
		str_release(&json);
	}
}

static void what_names_no_post_is_broken(void **state)
{
	static const char *const views[] = {
		"[]",
		"{}",
		"{\"uri\":\"" URI "\"," SEEN ",\"record\":{" TIMES "}}",
		"{\"uri\":\"" URI "\"," AUTHOR("") "," SEEN "}",
		"{\"uri\":\"" URI "\"," AUTHOR("") ",\"record\":{}}",
		"{\"uri\":\"at://" DID
		"/app.bsky.feed.like/3abc\"," AUTHOR("") "," SEEN ",\"record\":{" TIMES "}}",
		"{\"uri\":\"at://" DID
		"2/app.bsky.feed.post/3abc\"," AUTHOR("") "," SEEN ",\"record\":{" TIMES "}}",
		"{\"uri\":\"at://hana.example/app.bsky.feed.post/3abc\"," AUTHOR(
			"") "," SEEN ",\"record\":{" TIMES "}}",
		"{\"uri\":\"at://" DID
		"/app.bsky.feed.post/3a/b\"," AUTHOR("") "," SEEN ",\"record\":{" TIMES "}}",
		"{\"uri\":\"at://" DID
		"/app.bsky.feed.post/3a\\\"b\"," AUTHOR("") "," SEEN ",\"record\":{" TIMES "}}",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		read_view(f, views[i]);
		assert_int_equal(f->fate, FATE_MALFORMED);
	}
}

/* ---- labels ---- */

static void labels_tell_what_is_sensitive(void **state)
{
	static const char *const marked[] = {
		VIEW(TEXT("a", ""), LABEL("porn")),
		VIEW(TEXT("a", ""), LABEL("sexual")),
		VIEW(TEXT("a", ""), LABEL("nudity")),
		VIEW(TEXT("a", ""), LABEL("graphic-media")),
		VIEW(TEXT("a", "") ",\"labels\":{\"values\":[{\"val\":\"porn\"}]}", ""),
	};
	static const char *const plain[] = {
		VIEW(TEXT("a", ""), LABEL("spam")),
		VIEW(TEXT("a", ""), ",\"labels\":[{\"val\":\"porn\",\"neg\":true},7,{\"val\":9}]"),
		VIEW(TEXT("a", "") ",\"labels\":\"porn\"", ""),
	};

	for (size_t i = 0; i < ARRAY_LEN(marked); i++)
		assert_true(read_kept(*state, marked[i])->sensitive);
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		assert_false(read_kept(*state, plain[i])->sensitive);
}

static void what_a_moderator_hid_is_dropped(void **state)
{
	static const char *const views[] = {
		VIEW(TEXT("a", ""), LABEL("!hide")),
		VIEW(TEXT("a", ""), LABEL("!takedown")),
		"{\"uri\":\"" URI "\"," AUTHOR(LABEL("!takedown")) "," SEEN ",\"record\":{" TIMES
								   "}}",
		"{\"uri\":\"nothing\"," AUTHOR(LABEL("!hide")) "," SEEN ",\"record\":{" TIMES "}}",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		read_view(f, views[i]);
		assert_int_equal(f->fate, FATE_DROPPED);
	}
}

#define OPTOUT(src)                                                     \
	"{\"uri\":\"" URI "\"," AUTHOR(                                 \
		",\"displayName\":\"はな\",\"labels\":[{\"src\":\"" src \
		"\",\"val\":\"!no-unauthenticated\"}]") "," SEEN        \
							",\"record\":{" TIMES TEXT("a", "") "}}"

static void who_is_not_for_strangers_is_kept_as_uri_and_time_alone(void **state)
{
	struct fixture *f = *state;
	const struct post *post = read_view(f, OPTOUT(DID));

	assert_int_equal(f->fate, FATE_OPTED_OUT);
	assert_true(post->optout);
	assert_string_equal(post->uri, URI);
	check_time(post->created, "2026-08-01T13:52:47.767Z");
	assert_null(post->html);
	assert_null(post->text);
	assert_null(post->url);
	assert_null(post->network_id);
	assert_null(post->author.name);
	assert_null(post->author.handle);
	assert_string_equal(post->author.uri, DID);
	assert_true(post->author.optout);
}

static void only_the_authors_own_word_is_about_all_posts(void **state)
{
	struct fixture *f = *state;

	read_view(f, OPTOUT("did:plc:mod"));
	assert_int_equal(f->fate, FATE_OPTED_OUT);
	assert_null(f->post.author.uri);
	read_as(f, OPTOUT(DID), false);
	assert_int_equal(f->fate, FATE_OPTED_OUT);
	assert_null(f->post.author.uri);
	read_view(f, VIEW(TEXT("a", ""), LABEL("!no-unauthenticated")));
	assert_int_equal(f->fate, FATE_OPTED_OUT);
	assert_null(f->post.author.uri);
}

/* ---- facets ---- */

static void facets_count_bytes(void **state)
{
	const struct post *post = read_kept(
		*state,
		VIEW(TEXT("🎉 は @hana と ＃勉強会 を https://a.example/x...",
			  FACET("9", "14", FEATURE("mention", "\"did\":\"" OTHER "\"")) "," FACET(
				  "19", "31",
				  TAG("勉強会")) "," FACET("36", "58",
							   LINK("https://a.example/x?y=1&z=2"))),
		     ""));

	assert_string_equal(
		post->html,
		"<p>🎉 は <a href=\"https://bsky.app/profile/" OTHER
		"\" class=\"u-url mention\">@hana</a> と <a "
		"href=\"https://bsky.app/hashtag/%E5%8B%89%E5%BC%B7%E4%BC%9A\" "
		"class=\"p-category\" "
		"rel=\"tag\">＃勉強会</a> を <a "
		"href=\"https://a.example/x?y=1&amp;z=2\">https://a.example/x…</a></p>");
	assert_string_equal(post->text, "🎉 は @hana と ＃勉強会 を https://a.example/x?y=1&z=2");
}

static void a_facet_that_does_not_fit_loses_its_link_and_no_text(void **state)
{
	static const char *const facets[] = {
		FACET("1", "6", TAG("x")),  /* inside of a character */
		FACET("0", "5", TAG("x")),  /* its end is */
		FACET("0", "99", TAG("x")), /* past the end */
		FACET("6", "0", TAG("x")),  /* reversed */
		FACET("6", "6", TAG("x")),  /* empty */
		FACET("-3", "6", TAG("x")),
		FACET("0", "99999999999999999999", TAG("x")),
		FACET("18446744073709551610", "3", TAG("x")),
		FACET("null", "{}", TAG("x")),
		FACET("0", "6", LINK("javascript:alert(1)")),
		FACET("0", "6", FEATURE("mention", "\"did\":\"did:x\"")),
		FACET("0", "6", FEATURE("hologram", "\"tag\":\"x\"")),
		"7",
		"{\"index\":[],\"features\":{}}",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(facets); i++) {
		struct str json = STR_INIT;

		str_addf(&json,
			 "{\"uri\":\"" URI
			 "\"," AUTHOR("") "," SEEN ",\"record\":{" TIMES
					  ",\"text\":\"見て<b>\",\"facets\":[%s]}}",
			 facets[i]);
		assert_string_equal(read_kept(f, json.buf)->html, "<p>見て&lt;b&gt;</p>");
		assert_string_equal(f->post.text, "見て<b>");
		str_release(&json);
	}
}

static void of_facets_that_overlap_the_first_counts(void **state)
{
	const struct post *post = read_kept(
		*state,
		VIEW(TEXT("abcdefghi",
			  FACET("3", "9", TAG("late")) "," FACET("0", "4", TAG("first")) "," FACET(
				  "4", "6", TAG("second"))),
		     ""));

	assert_string_equal(post->html,
			    "<p><a href=\"https://bsky.app/hashtag/first\" class=\"p-category\" "
			    "rel=\"tag\">abcd</a><a href=\"https://bsky.app/hashtag/second\" "
			    "class=\"p-category\" rel=\"tag\">ef</a>ghi</p>");
	assert_int_equal(post->tag_count, 3);
}

static void an_address_without_a_facet_is_linked_and_a_hashtag_is_not(void **state)
{
	const struct post *post =
		read_kept(*state, VIEW(TEXT("#no https://a.example/1 @no b.example.com/2 #yes",
					    FACET("44", "48", TAG("yes"))),
				       ""));

	assert_string_equal(post->html,
			    "<p>#no <a href=\"https://a.example/1\">https://a.example/1</a> @no <a "
			    "href=\"https://b.example.com/2\">b.example.com/2</a> <a "
			    "href=\"https://bsky.app/hashtag/yes\" class=\"p-category\" "
			    "rel=\"tag\">#yes</a></p>");
	assert_int_equal(post->tag_count, 1);
	post = read_kept(*state, VIEW(TEXT("https://a.example/b",
					   FACET("8", "19", LINK("https://c.example/"))),
				      ""));
	assert_string_equal(post->html,
			    "<p>https://<a href=\"https://c.example/\">a.example/b</a></p>");
}

static void a_tag_is_carried_by_a_facet_or_hidden_in_the_record(void **state)
{
	struct fixture *f = *state;

	read_kept(f,
		  VIEW(TEXT("#other", FACET("900", "990", TAG("ＳＳＭＪＰ"))) ",\"tags\":[\"hid\"]",
		       ""));
	assert_true(bluesky_carries(f->root, "ssmjp"));
	assert_true(bluesky_carries(f->root, "hid"));
	assert_false(bluesky_carries(f->root, "other"));
	assert_false(bluesky_carries(f->root, "ssm"));
}

/* ---- embeds ---- */

#define PICTURE(n)                                                       \
	"\"fullsize\":\"https://cdn.example/" n ".jpg\",\"alt\":\"絵 " n \
	"\",\"aspectRatio\":{\"width\":640,\"height\":480}"

static void pictures_come_with_their_words(void **state)
{
	const struct post *post = read_kept(
		*state,
		VIEW(TEXT("a", ""),
		     ",\"embed\":" EMBED(
			     "images",
			     "\"images\":[{\"thumb\":\"https://cdn.example/t1.jpg\"," PICTURE(
				     "1") "},{" PICTURE("2") "},{},8]")));

	assert_int_equal(post->media_count, 2);
	assert_int_equal(post->media[0].kind, MEDIA_IMAGE);
	assert_string_equal(post->media[0].url, "https://cdn.example/1.jpg");
	assert_string_equal(post->media[0].preview, "https://cdn.example/t1.jpg");
	assert_string_equal(post->media[0].alt, "絵 1");
	assert_int_equal(post->media[0].width, 640);
	assert_int_equal(post->media[0].height, 480);
	assert_string_equal(post->media[1].url, "https://cdn.example/2.jpg");
	post = read_kept(
		*state,
		VIEW(TEXT("a", ""),
		     ",\"embed\":" EMBED("gallery",
					 "\"items\":[{\"$type\":\"x\",\"thumbnail\":"
					 "\"https://cdn.example/t3.jpg\"," PICTURE("3") "}]")));
	assert_int_equal(post->media_count, 1);
	assert_string_equal(post->media[0].preview, "https://cdn.example/t3.jpg");
	assert_string_equal(post->media[0].alt, "絵 3");
}

#define VIDEO(more)                                                                             \
	EMBED("video", "\"playlist\":\"https://video.example/v.m3u8\",\"thumbnail\":"           \
		       "\"https://video.example/v.jpg\",\"alt\":\"動く絵\",\"aspectRatio\":" \
		       "{\"width\":16,\"height\":9}" more)

static void film_and_pages_come_along(void **state)
{
	const struct post *post = read_kept(*state, VIEW(TEXT("a", ""), ",\"embed\":" VIDEO("")));

	assert_int_equal(post->media_count, 1);
	assert_int_equal(post->media[0].kind, MEDIA_VIDEO);
	assert_string_equal(post->media[0].url, "https://video.example/v.m3u8");
	assert_string_equal(post->media[0].preview, "https://video.example/v.jpg");
	assert_string_equal(post->media[0].alt, "動く絵");
	assert_int_equal(post->media[0].width, 0);
	post = read_kept(*state,
			 VIEW(TEXT("a", ""), ",\"embed\":" VIDEO(",\"presentation\":\"gif\"")));
	assert_int_equal(post->media[0].kind, MEDIA_GIFV);
	post = read_kept(*state, VIEW(TEXT("a", ""),
				      ",\"embed\":" EMBED(
					      "external",
					      "\"external\":{\"uri\":\"https://slides.example/1\","
					      "\"title\":\"題\",\"description\":\"話\",\"thumb\":"
					      "\"https://cdn.example/s.jpg\"}")));
	assert_string_equal(post->card->url, "https://slides.example/1");
	assert_string_equal(post->card->title, "題");
	assert_string_equal(post->card->description, "話");
	assert_string_equal(post->card->image, "https://cdn.example/s.jpg");
}

static void what_is_embedded_in_an_unknown_way_is_skipped(void **state)
{
	static const char *const embeds[] = {
		"{\"$type\":\"app.bsky.embed.hologram#view\",\"images\":[{" PICTURE("1") "}]}",
		"{\"images\":[{" PICTURE("1") "}]}",
		"[]",
		EMBED("images", "\"images\":{}"),
		EMBED("video", "\"playlist\":\"file:///etc/passwd\""),
		EMBED("external", "\"external\":{\"uri\":\"javascript:alert(1)\"}"),
		EMBED("recordWithMedia", "\"media\":{\"$type\":\"new\"},\"record\":7"),
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(embeds); i++) {
		struct str json = STR_INIT;

		str_addf(&json,
			 "{\"uri\":\"" URI "\"," AUTHOR("") "," SEEN ",\"record\":{" TIMES
							    ",\"text\":\"a\"},\"embed\":%s}",
			 embeds[i]);
		read_kept(f, json.buf);
		assert_int_equal(f->post.media_count, 0);
		assert_null(f->post.media);
		assert_null(f->post.card);
		assert_null(f->post.quote_uri);
		str_release(&json);
	}
}

#define QUOTED "at://" OTHER "/app.bsky.feed.post/3q"
/* Without EMBED, inside of which it stands: cppcheck does not see through both. */
#define HELD(kind)                                                         \
	"{\"$type\":\"app.bsky.embed.record#view\",\"record\":{\"$type\":" \
	"\"app.bsky.embed.record#" kind "\",\"uri\":\"" QUOTED "\"}}"
#define NAMED ",\"embed\":{\"$type\":\"app.bsky.embed.record\",\"record\":{\"uri\":\"" QUOTED "\"}}"

static void what_is_quoted_is_named_unless_its_author_took_it_out(void **state)
{
	static const struct {
		const char *view, *uri;
	} cases[] = {
		{ VIEW(TEXT("a", "") NAMED, ",\"embed\":" HELD("viewRecord")), QUOTED },
		{ VIEW(TEXT("a", "") NAMED, ",\"embed\":" HELD("viewNotFound")), QUOTED },
		{ VIEW(TEXT("a", "") NAMED, ",\"embed\":" HELD("viewBlocked")), QUOTED },
		{ VIEW(TEXT("a", "") NAMED, ",\"embed\":" HELD("viewDetached")), NULL },
		{ VIEW(TEXT("a", "") NAMED,
		       ",\"embed\":" EMBED("recordWithMedia",
					   "\"media\":{},\"record\":" HELD("viewBlocked"))),
		  QUOTED },
		{ VIEW(TEXT("a", "") NAMED, ""), QUOTED },
		{ VIEW(TEXT("a", "") NAMED, ",\"embed\":" EMBED("record", "\"a\":1")), QUOTED },
		{ VIEW(TEXT("a", ""),
		       ",\"embed\":" EMBED(
			       "record",
			       "\"record\":{\"$type\":\"app.bsky.feed.defs#generatorView\","
			       "\"uri\":\"at://" OTHER "/app.bsky.feed.generator/x\"}")),
		  NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct post *post = read_kept(*state, cases[i].view);

		if (!cases[i].uri) {
			assert_null(post->quote_uri);
			continue;
		}
		assert_string_equal(post->quote_uri, cases[i].uri);
		assert_string_equal(post->quote_url, "https://bsky.app/profile/" OTHER "/post/3q");
	}
}

#define INNER_TEXT  TEXT("中 #x", FACET("4", "6", TAG("x")))
#define INNER_MEDIA EMBED("images", "\"images\":[{" PICTURE("1") "}]")
#define INNER_QUOTE HELD("viewRecord")

static const char quoting[] = "{\"uri\":\"" URI "\"," AUTHOR(
	"") "," SEEN ",\"record\":{" TIMES ",\"text\":\"a\"},"
	    "\"embed\":{\"$type\":\"app.bsky.embed.recordWithMedia#view\",\"media\":" VIDEO(
		    "") ","
			"\"record\":{\"record\":{\"$type\":\"app.bsky.embed.record#viewRecord\","
			"\"uri\":\"" URI "\"," AUTHOR("") "," SEEN ",\"likeCount\":8,"
							  "\"value\":{" TIMES INNER_TEXT
							  "},\"embeds\":[" INNER_MEDIA
							  "," INNER_QUOTE "]}}}}";

static void a_quoted_post_is_one_of_its_own(void **state)
{
	struct fixture *f = *state;
	struct post quoted;
	struct reading_part parts[READING_MAX_PARTS];

	read_kept(f, quoting);
	assert_int_equal(f->post.media_count, 1);
	assert_string_equal(f->post.quote_uri, URI);
	assert_int_equal(bluesky_parts(f->root, parts), 1);
	assert_true(parts[0].quoted);
	assert_string_equal(parts[0].path, "embed.record.record");
	assert_int_equal(bluesky_post(&f->source, &f->arena, parts[0].node, &quoted), FATE_KEPT);
	assert_string_equal(quoted.text, "中 #x");
	assert_int_equal(quoted.media_count, 1);
	assert_int_equal(quoted.counts.likes, 8);
	assert_string_equal(quoted.tags[0], "x");
	assert_int_equal(bluesky_parts(parts[0].node, parts), 1);
	assert_string_equal(parts[0].path, "embeds.1.record");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(all_that_a_post_holds_is_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_author_is_named_by_did_and_handle, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_handle_that_leads_nowhere_gives_way_to_the_did,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_post_never_claims_to_be_of_the_future, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_names_no_post_is_broken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(labels_tell_what_is_sensitive, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_a_moderator_hid_is_dropped, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			who_is_not_for_strangers_is_kept_as_uri_and_time_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(only_the_authors_own_word_is_about_all_posts,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(facets_count_bytes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_facet_that_does_not_fit_loses_its_link_and_no_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(of_facets_that_overlap_the_first_counts, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(
			an_address_without_a_facet_is_linked_and_a_hashtag_is_not, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(a_tag_is_carried_by_a_facet_or_hidden_in_the_record,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(pictures_come_with_their_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(film_and_pages_come_along, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_embedded_in_an_unknown_way_is_skipped,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_quoted_is_named_unless_its_author_took_it_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_quoted_post_is_one_of_its_own, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
