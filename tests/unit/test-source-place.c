#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/source/place.h"

/* The ways as one word each: "SOURCE ID", an object's with "=" before its address. */
static void write_ways(struct str *out, const struct place *place)
{
	for (size_t i = 0; i < place->way_count; i++) {
		const struct place_way *way = &place->ways[i];

		str_addf(out, "%s%s %s%s", i > 0 ? " | " : "", way->source,
			 way->kind == PLACE_OBJECT ? "=" : "", way->id);
	}
}

static void check(const char *name, enum network network, const char *ways)
{
	struct arena arena = ARENA_INIT;
	struct str got = STR_INIT;
	struct place place;
	struct err err = { 0 };

	if (!place_of(&arena, name, &place, &err))
		fail_msg("%s: %s", name, err.msg);
	write_ways(&got, &place);
	assert_string_equal(got.buf, ways);
	assert_int_equal(place.network, network);
	str_release(&got);
	arena_release(&arena);
}

static void a_post_of_x_is_known_in_any_spelling(void **state)
{
	static const char *const names[] = {
		"https://x.com/hana/status/1234567890",
		"https://twitter.com/hana/status/1234567890",
		"http://www.twitter.com/hana/status/1234567890?s=20",
		"https://mobile.twitter.com/hana/statuses/1234567890/photo/1",
		"https://x.com/i/web/status/1234567890#top",
		"https://x.com/i/status/1234567890",
		"HTTPS://X.COM/hana/status/1234567890/",
		"x.com/hana/status/1234567890",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		check(names[i], NETWORK_X, "x 1234567890");
}

static void a_post_of_mastodon_is_asked_for_at_its_host_and_then_as_an_object(void **state)
{
	static const struct {
		const char *name, *ways;
	} cases[] = {
		{ "https://social.example/@hana/12",
		  "mastodon:social.example 12 | "
		  "mastodon:social.example =https://social.example/@hana/12" },
		{ "https://social.example/@hana@other.example/12?x=1#y",
		  "mastodon:social.example 12 | mastodon:social.example "
		  "=https://social.example/@hana@other.example/12?x=1" },
		{ "https://social.example/users/hana/statuses/12",
		  "mastodon:social.example 12 | mastodon:social.example "
		  "=https://social.example/users/hana/statuses/12" },
		{ "https://social.example/ap/users/7/statuses/12",
		  "mastodon:social.example 12 | mastodon:social.example "
		  "=https://social.example/ap/users/7/statuses/12" },
		{ "https://pleroma.example/notice/AbC9",
		  "mastodon:pleroma.example AbC9 | mastodon:pleroma.example "
		  "=https://pleroma.example/notice/AbC9" },
		{ "https://gts.example/@hana/statuses/01ABC",
		  "mastodon:gts.example 01ABC | mastodon:gts.example "
		  "=https://gts.example/@hana/statuses/01ABC" },
		{ "http://127.0.0.1:8080/@hana/12",
		  "mastodon:http://127.0.0.1:8080 12 | mastodon:http://127.0.0.1:8080 "
		  "=http://127.0.0.1:8080/@hana/12" },
		{ "http://social.example/@hana/12",
		  "mastodon:social.example 12 | "
		  "mastodon:social.example =https://social.example/@hana/12" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check(cases[i].name, NETWORK_MASTODON, cases[i].ways);
}

static void what_no_api_has_an_id_for_is_asked_for_as_an_object(void **state)
{
	(void)state;
	check("https://pleroma.example/objects/0f2d-aa", NETWORK_MASTODON,
	      "mastodon:pleroma.example =https://pleroma.example/objects/0f2d-aa");
	check("https://snac.example/hana/p/1780000000.123456", NETWORK_MASTODON,
	      "mastodon:snac.example =https://snac.example/hana/p/1780000000.123456");
	check("https://blog.example/?p=12", NETWORK_MASTODON,
	      "mastodon:blog.example =https://blog.example/?p=12");
	check("https://a.example/1/2/3/4/5/6/7/@hana/12", NETWORK_MASTODON,
	      "mastodon:a.example =https://a.example/1/2/3/4/5/6/7/@hana/12");
}

static void a_post_of_bluesky_is_an_at_uri(void **state)
{
	(void)state;
	check("https://bsky.app/profile/did:plc:abc123/post/3k", NETWORK_BLUESKY,
	      "bluesky at://did:plc:abc123/app.bsky.feed.post/3k");
	check("at://did:plc:abc123/app.bsky.feed.post/3k", NETWORK_BLUESKY,
	      "bluesky at://did:plc:abc123/app.bsky.feed.post/3k");
	check("at://did:web:hana.example/app.bsky.feed.post/3k", NETWORK_BLUESKY,
	      "bluesky at://did:web:hana.example/app.bsky.feed.post/3k");
}

static void a_handle_is_resolved_first(void **state)
{
	struct arena arena = ARENA_INIT;
	struct place place;
	struct err err = { 0 };

	(void)state;
	assert_true(
		place_of(&arena, "https://bsky.app/profile/Hana.Example/post/3k", &place, &err));
	assert_string_equal(place.handle, "hana.example");
	assert_false(place_resolve(&arena, &place, "no did", &err));
	assert_int_equal(err.code, ERR_MALFORMED);
	assert_false(place_resolve(&arena, &place, NULL, &err));
	assert_false(place_resolve(&arena, &place, "did:plc:a/b", &err));
	assert_true(place_resolve(&arena, &place, "did:plc:abc", &err));
	assert_null(place.handle);
	assert_string_equal(place.ways[0].id, "at://did:plc:abc/app.bsky.feed.post/3k");
	arena_release(&arena);
}

static void what_names_no_post_is_refused_with_what_would_be_right(void **state)
{
	static const char *const names[] = {
		"",
		"hana",
		"@hana@social.example",
		"https://",
		"https:///@hana/1",
		"ftp://social.example/@hana/1",
		"javascript:alert(1)",
		"https://social.example/",
		"https://social.example",
		"https://hana:sesame@social.example/@hana/1",
		"https://social.example/@hana/1 2",
		"https://social.example/@hana/1\n2",
		"https://soc\xffial.example/@hana/1",
		"https://social.example:99999/@hana/1",
		"https://[::1/@hana/1",
		"https://x.com/hana",
		"https://x.com/hana/status/",
		"https://x.com/hana/status/12345678901234567890",
		"https://x.com/hana/status/12a",
		"https://bsky.app/profile/hana.example",
		"https://bsky.app/profile/hana/post/3k",
		"https://bsky.app/profile/did:plc:a/post/..",
		"at://did:plc:abc/app.bsky.feed.like/3k",
		"at://did:plc:abc/app.bsky.feed.post/",
		"at://did:plc:abc/app.bsky.feed.post/a/b",
		"at://",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct arena arena = ARENA_INIT;
		struct place place;
		struct err err = { 0 };

		if (place_of(&arena, names[i], &place, &err))
			fail_msg("'%s' is taken for a post", names[i]);
		assert_int_equal(err.code, ERR_USAGE);
		assert_null(strstr(err.msg, "sesame"));
		arena_release(&arena);
	}
}

static void a_name_has_an_end(void **state)
{
	struct arena arena = ARENA_INIT;
	struct str name = STR_INIT;
	struct place place;
	struct err err = { 0 };

	(void)state;
	str_add(&name, "https://social.example/@hana/");
	while (name.len < PLACE_MAX_BYTES)
		str_add_char(&name, '1');
	assert_true(place_of(&arena, name.buf, &place, &err));
	assert_int_equal(place.way_count, 1); /* too long for an id */
	str_add_char(&name, '1');
	assert_false(place_of(&arena, name.buf, &place, &err));
	str_release(&name);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_post_of_x_is_known_in_any_spelling),
		cmocka_unit_test(a_post_of_mastodon_is_asked_for_at_its_host_and_then_as_an_object),
		cmocka_unit_test(what_no_api_has_an_id_for_is_asked_for_as_an_object),
		cmocka_unit_test(a_post_of_bluesky_is_an_at_uri),
		cmocka_unit_test(a_handle_is_resolved_first),
		cmocka_unit_test(what_names_no_post_is_refused_with_what_would_be_right),
		cmocka_unit_test(a_name_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
