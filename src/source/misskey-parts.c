#include "archive/source/misskey.h"

#include <string.h>

#include "archive/markup/markup.h"
#include "archive/source/intake.h"
#include "archive/text/link.h"

static const char *lower_host(struct arena *arena, const char *host)
{
	char *small = (char *)arena_alloc(arena, strlen(host) + 1);

	for (size_t i = 0; host[i]; i++)
		small[i] = (char)(host[i] >= 'A' && host[i] <= 'Z' ? host[i] - 'A' + 'a' : host[i]);
	return small;
}

/* A picture that the server itself makes or passes on shows where that server is. */
const char *misskey_server(const struct source *source, struct arena *arena,
			   const struct jnode *user)
{
	static const char *const own_paths[] = { "/identicon/", "/proxy/" };
	const char *picture = jnode_string(user, "avatarUrl");
	const char *path = picture ? strstr(picture, "://") : NULL;
	struct str host = STR_INIT;
	const char *server = NULL;

	if (source && source->host.len)
		return arena_strdup(arena, source->host.buf);
	path = path ? strchr(path + 3, '/') : NULL;
	for (size_t i = 0; path && i < sizeof(own_paths) / sizeof(own_paths[0]); i++)
		if (!server && str_starts(path, own_paths[i]) && link_host(picture, &host))
			server = intake_line(arena, host.buf);
	str_release(&host);
	return server;
}

static bool is_known(const struct emoji *emojis, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(emojis[i].code, code))
			return true;
	return false;
}

static const char *emoji_url(struct arena *arena, const char *code, const struct jnode *map,
			     const char *server)
{
	const char *url = intake_url_of(arena, map, code);

	if (url || !server)
		return url;
	return intake_url(arena, arena_printf(arena, "https://%s/emoji/%s.webp", server, code));
}

const struct emoji *misskey_emojis(struct arena *arena, const char *names, const struct jnode *map,
				   const char *server, size_t *count)
{
	struct emoji *emojis;

	*count = 0;
	if (!*names)
		return NULL;
	emojis = arena_array(arena, INTAKE_MAX_PARTS, sizeof(*emojis));
	while (*names && *count < INTAKE_MAX_PARTS) {
		size_t len = strcspn(names, "\n");
		const char *code = arena_strndup(arena, names, len);

		if (!is_known(emojis, *count, code)) {
			const char *url = emoji_url(arena, code, map, server);

			if (url)
				emojis[(*count)++] = (struct emoji){ code, url };
		}
		names += len + (names[len] != '\0');
	}
	return *count ? emojis : NULL;
}

static void read_name(struct arena *arena, const struct jnode *user, const char *server,
		      struct author *author)
{
	const char *name = jnode_string(user, "name");
	struct str emojis = STR_INIT;

	author->name = intake_line(arena, name);
	if (author->name) {
		markup_from_mfm(name, strlen(name), NULL, NULL, NULL, &emojis);
		author->emojis = misskey_emojis(arena, emojis.buf, jnode_get(user, "emojis"),
						server, &author->emoji_count);
	} else {
		author->name = author->handle;
	}
	str_release(&emojis);
}

/* An account's uri comes along seldom; then its page on its own server is its name, for the id is
 * that of the server which answered. */
static void name_author(struct arena *arena, const struct jnode *user, bool local,
			struct author *author)
{
	const char *name = author->handle + 1;
	size_t len = strcspn(name, "@");

	author->uri = intake_uri(arena, jnode_string(user, "uri"));
	author->url = intake_url_of(arena, user, "url");
	if (!author->url)
		author->url = intake_url(arena, arena_printf(arena, "https://%s/@%.*s",
							     author->host, (int)len, name));
	if (!author->uri && local && author->network_id)
		author->uri = arena_printf(arena, "https://%s/users/%s", author->host,
					   author->network_id);
	if (!author->uri)
		author->uri = author->url;
	if (!author->uri)
		author->uri = arena_printf(arena, "acct:%s", name);
}

void misskey_author(struct arena *arena, const struct jnode *user, const char *server,
		    struct author *author)
{
	const char *name = intake_line_of(arena, user, "username");
	const char *host = intake_line_of(arena, user, "host");

	*author = (struct author){ .network = NETWORK_MISSKEY };
	author->network_id = intake_id_of(arena, user, "id");
	author->host = host && !strchr(host, ' ') ? lower_host(arena, host) : server;
	author->bot = jnode_bool(user, "isBot", false);
	author->optout = jnode_bool(user, "requireSigninToViewContents", false);
	author->avatar = intake_url_of(arena, user, "avatarUrl");
	if (!name || strpbrk(name, " @") || !author->host)
		return;
	author->handle = arena_printf(arena, "@%s@%s", name, author->host);
	name_author(arena, user, !host, author);
	read_name(arena, user, host ? NULL : server, author);
}

static enum media_kind kind_of(const char *type)
{
	if (!type)
		return MEDIA_UNKNOWN;
	if (str_starts(type, "image/"))
		return MEDIA_IMAGE;
	if (str_starts(type, "video/"))
		return MEDIA_VIDEO;
	return str_starts(type, "audio/") ? MEDIA_AUDIO : MEDIA_UNKNOWN;
}

static void read_file(struct arena *arena, const struct jnode *node, struct media *out)
{
	const struct jnode *properties = jnode_get(node, "properties");
	const char *hash = intake_line_of(arena, node, "blurhash");

	out->kind = kind_of(jnode_string(node, "type"));
	out->url = intake_url_of(arena, node, "url");
	out->preview = intake_url_of(arena, node, "thumbnailUrl");
	out->alt = intake_text_of(arena, node, "comment");
	out->width = intake_pixels_of(properties, "width");
	out->height = intake_pixels_of(properties, "height");
	out->blurhash = hash && strlen(hash) <= 128 && !strchr(hash, ' ') ? hash : NULL;
}

void misskey_files(struct arena *arena, const struct jnode *array, struct post *post)
{
	size_t len = jnode_len(array);
	struct media *media;

	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	if (!len)
		return;
	media = arena_array(arena, len, sizeof(*media));
	for (size_t i = 0; i < len; i++) {
		const struct jnode *node = jnode_at(array, i);

		if (!jnode_is_object(node))
			continue;
		read_file(arena, node, &media[post->media_count++]);
		post->sensitive |= jnode_bool(node, "isSensitive", false);
	}
	post->media = post->media_count ? media : NULL;
}

/* Who may choose but once is one voter. */
static int64_t count_voters(const struct poll *poll)
{
	int64_t voters = 0;

	for (size_t i = 0; i < poll->option_count; i++) {
		if (poll->multiple || poll->options[i].votes < 0)
			return -1;
		voters += poll->options[i].votes;
	}
	return voters;
}

const struct poll *misskey_poll(struct arena *arena, const struct jnode *node)
{
	const struct jnode *choices = jnode_get(node, "choices");
	size_t len = jnode_len(choices);
	struct poll_option *options;
	struct poll *poll;

	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	if (!len)
		return NULL;
	poll = arena_alloc(arena, sizeof(*poll));
	poll->options = options = arena_array(arena, len, sizeof(*options));
	for (size_t i = 0; i < len; i++) {
		const struct jnode *choice = jnode_at(choices, i);
		const char *title = intake_line_of(arena, choice, "text");

		if (title)
			options[poll->option_count++] =
				(struct poll_option){ title, intake_count_of(choice, "votes") };
	}
	poll->ends = intake_time_of(node, "expiresAt");
	poll->multiple = jnode_bool(node, "multiple", false);
	poll->voters = count_voters(poll);
	return poll->option_count ? poll : NULL;
}
