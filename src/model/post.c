#include "archive/model/post.h"

#include "archive/base/mem.h"
#include "archive/base/str.h"

static const char *const network_names[] = {
	[NETWORK_X] = "x",
	[NETWORK_MASTODON] = "mastodon",
	[NETWORK_BLUESKY] = "bluesky",
	[NETWORK_MISSKEY] = "misskey",
};

static const char *const network_labels[] = {
	[NETWORK_X] = "X",
	[NETWORK_MASTODON] = "Mastodon",
	[NETWORK_BLUESKY] = "Bluesky",
	[NETWORK_MISSKEY] = "Misskey",
};

static const char *const visibility_names[] = {
	[VISIBILITY_PUBLIC] = "public",
	[VISIBILITY_UNLISTED] = "unlisted",
};

static const char *const media_names[] = {
	[MEDIA_IMAGE] = "image", [MEDIA_GIFV] = "gifv",	      [MEDIA_VIDEO] = "video",
	[MEDIA_AUDIO] = "audio", [MEDIA_UNKNOWN] = "unknown",
};

/* The place of name among names, or count. */
static size_t find(const char *const *names, size_t count, const char *name)
{
	size_t i = 0;

	while (i < count && !str_same(names[i], name))
		i++;
	return i;
}

const char *network_name(enum network network)
{
	return network_names[network];
}

const char *network_label(enum network network)
{
	return network_labels[network];
}

bool network_parse(const char *name, enum network *out)
{
	size_t i = find(network_names, ARRAY_LEN(network_names), name);

	if (i == ARRAY_LEN(network_names))
		return false;
	*out = (enum network)i;
	return true;
}

const char *visibility_name(enum visibility visibility)
{
	return visibility_names[visibility];
}

const char *media_kind_name(enum media_kind kind)
{
	return media_names[kind];
}

bool media_kind_parse(const char *name, enum media_kind *out)
{
	size_t i = find(media_names, ARRAY_LEN(media_names), name);

	if (i == ARRAY_LEN(media_names))
		return false;
	*out = (enum media_kind)i;
	return true;
}

const char *author_identity(const struct author *author)
{
	return author->uri ? author->uri : author->url;
}
