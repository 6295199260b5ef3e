#include "archive/source/bluesky.h"

#include <string.h>

#include "archive/source/intake.h"

#define MAX_NAME 512 /* bytes of a DID, or of a record's key */
#define LOWER	 "abcdefghijklmnopqrstuvwxyz"
#define PLAIN	 LOWER "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"

/* The bytes of the DID that begins here, up to a slash or the end; 0 when none does (DID syntax:
 * "did:METHOD:ID"). */
static size_t did_len(const char *text)
{
	size_t method, len;

	if (!str_starts(text, "did:"))
		return 0;
	method = strlen("did:") + strspn(text + strlen("did:"), LOWER);
	if (method == strlen("did:") || text[method] != ':')
		return 0;
	len = method + 1 + strspn(text + method + 1, PLAIN "_:%");
	return len > method + 1 && len <= MAX_NAME && text[len - 1] != ':' ? len : 0;
}

bool bluesky_is_did(const char *text)
{
	size_t len = text ? did_len(text) : 0;

	return len > 0 && !text[len];
}

/* The record's key; NULL when it is no at-uri of a post. */
static const char *key_of(const char *uri)
{
	const char *did, *key;
	size_t len;

	if (!uri || !str_starts(uri, "at://"))
		return NULL;
	did = uri + strlen("at://");
	len = did_len(did);
	if (!len || !str_starts(did + len, BLUESKY_COLLECTION))
		return NULL;
	key = did + len + strlen(BLUESKY_COLLECTION);
	len = strspn(key, PLAIN "_:~");
	return len > 0 && len <= MAX_NAME && !key[len] ? key : NULL;
}

const char *bluesky_uri(struct arena *arena, const char *uri)
{
	return key_of(uri) ? arena_strdup(arena, uri) : NULL;
}

const char *bluesky_page(struct arena *arena, const char *uri)
{
	const char *did = uri + strlen("at://");

	return arena_printf(arena, BLUESKY_PAGE_URL "%.*s/post/%s", (int)did_len(did), did,
			    key_of(uri));
}

/* "handle.invalid" is what a server says when the handle does not lead to the DID. */
static bool is_handle(const char *handle)
{
	return handle && strlen(handle) <= 253 && strchr(handle, '.') &&
	       strspn(handle, PLAIN) == strlen(handle) && !str_same_ascii(handle, "handle.invalid");
}

static const char *handle_of(struct arena *arena, const char *handle, const char *did)
{
	char *made;

	if (!is_handle(handle))
		return arena_printf(arena, "@%s", did);
	made = arena_alloc(arena, strlen(handle) + 2);
	made[0] = '@';
	for (size_t i = 0; handle[i]; i++)
		made[i + 1] = (char)(handle[i] >= 'A' && handle[i] <= 'Z' ? handle[i] - 'A' + 'a'
									  : handle[i]);
	return made;
}

bool bluesky_author(struct arena *arena, const struct jnode *node, struct author *author)
{
	const char *did = jnode_string(node, "did");

	*author = (struct author){ .network = NETWORK_BLUESKY, .host = BLUESKY_HOST };
	if (!bluesky_is_did(did))
		return false;
	author->uri = arena_strdup(arena, did);
	author->network_id = author->uri;
	author->handle = handle_of(arena, jnode_string(node, "handle"), did);
	author->name = intake_line_of(arena, node, "displayName");
	if (!author->name)
		author->name = author->handle;
	author->url = arena_printf(arena, BLUESKY_PAGE_URL "%s", did);
	author->avatar = intake_url_of(arena, node, "avatar");
	return true;
}
