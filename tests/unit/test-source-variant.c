#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/source/variant.h"

#define PBS "https://pbs.twimg.com/"
#define CDN "https://cdn.bsky.app/img/"

static void each_network_gives_the_sizes_that_it_serves(void **state)
{
	static const struct {
		enum network network;
		enum picture_size size;
		const char *url, *preview, *address;
		enum picture_size is;
	} cases[] = {
		{ NETWORK_X, PICTURE_SMALL, PBS "media/A.jpg", NULL, PBS "media/A.jpg?name=small",
		  PICTURE_SMALL },
		{ NETWORK_X, PICTURE_LARGE, PBS "media/A?format=png&name=small#x", NULL,
		  PBS "media/A?format=png&name=large", PICTURE_LARGE },
		{ NETWORK_X, PICTURE_ORIGINAL, PBS "media/A.jpg?name=&", NULL,
		  PBS "media/A.jpg?name=orig", PICTURE_ORIGINAL },
		{ NETWORK_X, PICTURE_LARGE, PBS "ext_tw_video_thumb/1/pu/img/a.jpg", NULL,
		  PBS "ext_tw_video_thumb/1/pu/img/a.jpg?name=large", PICTURE_LARGE },
		{ NETWORK_X, PICTURE_LARGE, PBS "profile_images/1/a_normal.png", NULL,
		  PBS "profile_images/1/a_400x400.png", PICTURE_LARGE },
		{ NETWORK_X, PICTURE_ORIGINAL, PBS "profile_images/1/a_normal.png", NULL,
		  PBS "profile_images/1/a.png", PICTURE_ORIGINAL },
		{ NETWORK_X, PICTURE_SMALL, PBS "card_img/1/a?format=jpg&name=600x600", NULL,
		  PBS "card_img/1/a?format=jpg&name=600x600", PICTURE_ORIGINAL },
		{ NETWORK_X, PICTURE_SMALL, "https://elsewhere.example/media/A.jpg", NULL,
		  "https://elsewhere.example/media/A.jpg", PICTURE_ORIGINAL },
		{ NETWORK_X, PICTURE_SMALL, "https://pbs.twimg.com.evil.example/media/A.jpg", NULL,
		  "https://pbs.twimg.com.evil.example/media/A.jpg", PICTURE_ORIGINAL },
		{ NETWORK_MASTODON, PICTURE_SMALL, "https://f.example/original/a.png",
		  "https://f.example/small/a.png", "https://f.example/small/a.png", PICTURE_SMALL },
		{ NETWORK_MASTODON, PICTURE_LARGE, "https://f.example/original/a.png",
		  "https://f.example/small/a.png", "https://f.example/original/a.png",
		  PICTURE_ORIGINAL },
		{ NETWORK_MASTODON, PICTURE_SMALL, "https://f.example/a.png",
		  "https://f.example/a.png", "https://f.example/a.png", PICTURE_ORIGINAL },
		{ NETWORK_MISSKEY, PICTURE_SMALL, "https://f.example/a.webp",
		  "https://f.example/thumbnail-a.webp", "https://f.example/thumbnail-a.webp",
		  PICTURE_SMALL },
		{ NETWORK_MISSKEY, PICTURE_ORIGINAL, "https://f.example/a.webp",
		  "https://f.example/thumbnail-a.webp", "https://f.example/a.webp",
		  PICTURE_ORIGINAL },
		{ NETWORK_BLUESKY, PICTURE_SMALL, CDN "feed_fullsize/plain/did:plc:a/b@jpeg", NULL,
		  CDN "feed_thumbnail/plain/did:plc:a/b@jpeg", PICTURE_SMALL },
		{ NETWORK_BLUESKY, PICTURE_LARGE, CDN "feed_fullsize/plain/did:plc:a/b@jpeg",
		  CDN "feed_thumbnail/plain/did:plc:a/b@jpeg",
		  CDN "feed_fullsize/plain/did:plc:a/b@jpeg", PICTURE_ORIGINAL },
		{ NETWORK_BLUESKY, PICTURE_SMALL, CDN "avatar/plain/did:plc:a/b@jpeg", NULL,
		  CDN "avatar_thumbnail/plain/did:plc:a/b@jpeg", PICTURE_SMALL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;
		enum picture_size is = variant_address(cases[i].network, cases[i].size,
						       cases[i].url, cases[i].preview, &out);

		assert_string_equal(out.buf, cases[i].address);
		assert_int_equal(is, cases[i].is);
		str_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_network_gives_the_sizes_that_it_serves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
