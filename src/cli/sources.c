#include "archive/cli/sources.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/cli/secret.h"
#include "archive/source/bluesky.h"

static const char *const default_sources[] = {
	"mastodon:mastodon.social", "mastodon:mstdn.jp", "mastodon:fedibird.com",
	"misskey:misskey.io",	    "bluesky",
};

bool sources_is_unnamed(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(default_sources); i++)
		if (str_same(default_sources[i], name))
			return true;
	return str_same(name, "x");
}

/* What the configuration says of it, or of all. */
static void apply(struct source *source, const struct config *config)
{
	const struct config_source *said = config_find(config, source->name.buf);
	bool paid = (source->ops->flags & SOURCE_IS_PAID) != 0;

	source->overlap_ms = config->overlap_ms;
	source->budget_micros = paid ? config->budget_micros : 0;
	if (!said)
		return;
	source->pace_ms = said->pace_ms;
	if (said->overlap_ms)
		source->overlap_ms = said->overlap_ms;
	if (said->budget_micros)
		source->budget_micros = said->budget_micros;
}

static bool add(struct source_list *list, const struct config *config, const char *name,
		enum source_from from, struct err *err)
{
	struct source source = SOURCE_INIT;

	if (!source_parse(&source, name, err))
		return false;
	source.named = from == FROM_COMMAND_LINE || from == FROM_CONFIGURATION;
	for (size_t i = 0; i < list->count; i++) {
		if (str_same(list->items[i].name.buf, source.name.buf)) {
			source_release(&source);
			return true;
		}
	}
	apply(&source, config);
	list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
	list->from = xreallocarray(list->from, list->count + 1, sizeof(*list->from));
	list->from[list->count] = from;
	list->items[list->count++] = source;
	return true;
}

/* One that nobody named, unless the configuration switched it off. */
static bool add_unnamed(struct source_list *list, const struct config *config, const char *name,
			enum source_from from, struct err *err)
{
	const struct config_source *said = config_find(config, name);

	return (said && said->off) || add(list, config, name, from, err);
}

bool sources_know(struct source_list *list, const struct config *config, struct err *err)
{
	const char *x_token = getenv("ARCHIVE_X_TOKEN");

	for (size_t i = 0; i < config->count; i++)
		if (!config->sources[i].off &&
		    !add(list, config, config->sources[i].name, FROM_CONFIGURATION, err))
			return false;
	for (size_t i = 0; !config->no_defaults && i < ARRAY_LEN(default_sources); i++)
		if (!add_unnamed(list, config, default_sources[i], FROM_DEFAULTS, err))
			return false;
	return !x_token || !*x_token || add_unnamed(list, config, "x", FROM_ENVIRONMENT, err);
}

bool sources_choose(struct source_list *list, const struct config *config, const char *const *names,
		    size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!add(list, config, names[i], FROM_COMMAND_LINE, err))
			return false;
	if (count == 0 && !sources_know(list, config, err))
		return false;
	return list->count > 0 ||
	       err_set(err, ERR_USAGE,
		       "no source is left to ask: name one with --source, or archive source add");
}

static bool has_variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

struct secret sources_secret(struct arena *arena, const struct source *source,
			     const struct config *config)
{
	const struct config_source *said = config_find(config, source->name.buf);
	struct secret secret = { 0 };
	struct str variable = STR_INIT;

	source_token_name(source, &variable);
	if (has_variable(variable.buf))
		secret = (struct secret){ SECRET_VARIABLE, arena_strdup(arena, variable.buf) };
	else if (said)
		secret = source->ops->session ? said->password : said->token;
	str_release(&variable);
	return secret;
}

void sources_ask_entry(struct source *source)
{
	if (!str_same(source->base.buf, source->ops->default_url))
		return;
	str_clear(&source->base);
	str_add(&source->base, BLUESKY_ENTRY);
	str_clear(&source->host);
	str_add(&source->host, &BLUESKY_ENTRY[strlen("https://")]);
}

/* A name and a password are worth something only together. */
static void add_login(struct source *source, const struct config *config)
{
	const struct config_source *said = config_find(config, source->name.buf);
	const char *handle = getenv("ARCHIVE_BLUESKY_HANDLE");

	if (handle && *handle)
		str_add(&source->login, handle);
	else if (said && said->handle)
		str_add(&source->login, said->handle);
	if (source->login.len == 0)
		str_clear(&source->password);
	else
		sources_ask_entry(source);
}

bool sources_sign_in(struct source_list *list, const struct config *config, struct err *err)
{
	struct arena arena = ARENA_INIT;
	bool ok = true;

	for (size_t i = 0; ok && i < list->count; i++) {
		struct source *source = &list->items[i];
		struct secret secret = sources_secret(&arena, source, config);
		bool by_session = source->ops->session != NULL;

		ok = secret_get(&secret, source->name.buf,
				by_session ? &source->password : &source->token, err);
		if (ok && by_session && source->password.len > 0)
			add_login(source, config);
	}
	arena_release(&arena);
	return ok;
}

void sources_release(struct source_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		source_release(&list->items[i]);
	free(list->items);
	free(list->from);
	*list = (struct source_list){ 0 };
}
