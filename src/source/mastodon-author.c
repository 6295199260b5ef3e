#include "archive/source/mastodon.h"

#include <string.h>

#include "archive/markup/markup.h"
#include "archive/source/intake.h"
#include "archive/text/link.h"

const struct emoji *mastodon_emojis(struct arena *arena, const struct jnode *array, size_t *count)
{
	size_t len = jnode_len(array);
	struct emoji *emojis;

	*count = 0;
	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	if (!len)
		return NULL;
	emojis = arena_array(arena, len, sizeof(*emojis));
	for (size_t i = 0; i < len; i++) {
		const struct jnode *node = jnode_at(array, i);
		const char *code = intake_line_of(arena, node, "shortcode");
		const char *url = intake_url_of(arena, node, "url");

		if (!url)
			url = intake_url_of(arena, node, "static_url");
		if (code && url && !strpbrk(code, ": "))
			emojis[(*count)++] = (struct emoji){ code, url };
	}
	return *count ? emojis : NULL;
}

/* A profile's note is HTML; most have no hashtag and need no closer look. */
bool mastodon_note_says_no(const char *note)
{
	struct str text = STR_INIT;
	bool no;

	if (!note || (!strchr(note, '#') && !strstr(note, "\xEF\xBC\x83")))
		return false;
	markup_from_html(note, strlen(note), false, NULL, &text);
	no = intake_says_no(text.buf);
	str_release(&text);
	return no;
}

static const char *lower_host(struct arena *arena, const char *host)
{
	char *small = (char *)arena_alloc(arena, strlen(host) + 1);

	for (size_t i = 0; host[i]; i++)
		small[i] = (char)(host[i] >= 'A' && host[i] <= 'Z' ? host[i] - 'A' + 'a' : host[i]);
	return small;
}

/* Where the account lives: what its name says, else who answered, else where its page is. */
static const char *home_of(const struct source *source, struct arena *arena, const char *domain,
			   const struct jnode *account)
{
	struct str host = STR_INIT;
	const char *page = jnode_string(account, "url");
	const char *home = NULL;

	if (domain && *domain)
		return lower_host(arena, domain);
	if (source && source->host.len)
		return arena_strdup(arena, source->host.buf);
	if (!page)
		page = jnode_string(account, "uri");
	if (page && link_host(page, &host))
		home = intake_line(arena, host.buf);
	str_release(&host);
	return home;
}

static void name_author(const struct source *source, struct arena *arena,
			const struct jnode *account, struct author *author)
{
	const char *acct = intake_line_of(arena, account, "acct");
	const char *at;
	size_t len;

	if (!acct || strchr(acct, ' '))
		acct = intake_line_of(arena, account, "username");
	if (!acct || strchr(acct, ' '))
		return;
	while (*acct == '@')
		acct++;
	at = strchr(acct, '@');
	len = at ? (size_t)(at - acct) : strlen(acct);
	author->host = home_of(source, arena, at ? at + 1 : NULL, account);
	if (len && author->host)
		author->handle = arena_printf(arena, "@%.*s@%s", (int)len, acct, author->host);
}

void mastodon_author(const struct source *source, struct arena *arena, const struct jnode *account,
		     struct author *author)
{
	*author = (struct author){ .network = NETWORK_MASTODON };
	name_author(source, arena, account, author);
	author->network_id = intake_id_of(arena, account, "id");
	author->url = intake_url_of(arena, account, "url");
	author->uri = intake_uri(arena, jnode_string(account, "uri"));
	if (!author->uri)
		author->uri = author->url;
	if (!author->uri && author->handle)
		author->uri = arena_printf(arena, "acct:%s", author->handle + 1);
	author->name = intake_line_of(arena, account, "display_name");
	if (!author->name)
		author->name = author->handle;
	author->avatar = intake_url_of(arena, account, "avatar");
	if (!author->avatar)
		author->avatar = intake_url_of(arena, account, "avatar_static");
	author->emojis = mastodon_emojis(arena, jnode_get(account, "emojis"), &author->emoji_count);
	author->bot = jnode_bool(account, "bot", false);
	author->optout = jnode_bool(account, "noindex", false) ||
			 mastodon_note_says_no(jnode_string(account, "note"));
}
