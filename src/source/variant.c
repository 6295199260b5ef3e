#include "archive/source/variant.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/text/link.h"

static bool is_at(const char *url, const char *host)
{
	struct str found = STR_INIT;
	bool same = link_host(url, &found) && str_same(found.buf, host);

	str_release(&found);
	return same;
}

/* The text with one part of it replaced. */
static void add_replaced(struct str *out, const char *url, const char *part, size_t len,
			 const char *by)
{
	str_add_n(out, url, (size_t)(part - url));
	str_add(out, by);
	str_add(out, part + len);
}

/* ---- X ---- */

#define X_PICTURES "pbs.twimg.com"

static const char *const x_sizes[PICTURE_SIZE_COUNT] = { "small", "large", "orig" };
static const char *const x_faces[PICTURE_SIZE_COUNT] = { "_normal.", "_400x400.", "." };

/* "…/ID.jpg" and "…/ID?format=jpg" take name=; what was asked for by another one is left out. */
static void add_x_named(struct str *out, const char *url, enum picture_size size)
{
	size_t path = strcspn(url, "?#");
	const char *query = url[path] == '?' ? url + path + 1 : "";
	char between = '?';

	str_add_n(out, url, path);
	while (*query && *query != '#') {
		size_t len = strcspn(query, "&#");

		if (len > 0 && strncmp(query, "name=", 5) != 0) {
			str_add_char(out, between);
			str_add_n(out, query, len);
			between = '&';
		}
		query += len + (query[len] == '&');
	}
	str_addf(out, "%cname=%s", between, x_sizes[size]);
}

static enum picture_size x_variant(enum picture_size size, const char *url, struct str *out)
{
	static const char *const folders[] = { "/media/", "/ext_tw_video_thumb/",
					       "/amplify_video_thumb/", "/tweet_video_thumb/" };
	const char *path = url + strlen("https://" X_PICTURES);
	const char *face;

	if (!str_starts(url, "https://") || !is_at(url, X_PICTURES))
		return PICTURE_SIZE_COUNT;
	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		if (!str_starts(path, folders[i]))
			continue;
		add_x_named(out, url, size);
		return size;
	}
	face = str_starts(path, "/profile_images/") ? strstr(path, "_normal.") : NULL;
	if (!face)
		return PICTURE_SIZE_COUNT;
	add_replaced(out, url, face, strlen("_normal."), x_faces[size]);
	return size;
}

/* ---- Bluesky ---- */

static enum picture_size bluesky_variant(enum picture_size size, const char *url, struct str *out)
{
	static const struct {
		const char *large, *small;
	} kinds[] = {
		{ "/img/feed_fullsize/", "/img/feed_thumbnail/" },
		{ "/img/avatar/", "/img/avatar_thumbnail/" },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds) && size == PICTURE_SMALL; i++) {
		const char *part = strstr(url, kinds[i].large);

		if (!part)
			continue;
		add_replaced(out, url, part, strlen(kinds[i].large), kinds[i].small);
		return PICTURE_SMALL;
	}
	return PICTURE_SIZE_COUNT;
}

/* ---- which of them ---- */

/* PICTURE_SIZE_COUNT and nothing added where a network's address says nothing of sizes. Mastodon
 * and Misskey name the smaller one beside the original. */
static enum picture_size (*const variants[NETWORK_COUNT])(enum picture_size size, const char *url,
							  struct str *out) = {
	[NETWORK_X] = x_variant,
	[NETWORK_BLUESKY] = bluesky_variant,
};

enum picture_size variant_address(enum network network, enum picture_size size, const char *url,
				  const char *preview, struct str *out)
{
	enum picture_size is = PICTURE_SIZE_COUNT;

	if (size == PICTURE_SMALL && preview && !str_same(preview, url)) {
		str_add(out, preview);
		return PICTURE_SMALL;
	}
	if (variants[network])
		is = variants[network](size, url, out);
	if (is != PICTURE_SIZE_COUNT)
		return is;
	str_add(out, url);
	return PICTURE_ORIGINAL;
}
