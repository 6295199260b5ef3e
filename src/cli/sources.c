#include "archive/cli/sources.h"

#include <stdlib.h>

#include "archive/base/mem.h"

static const char *const default_sources[] = {
	"mastodon:mastodon.social",
	"mastodon:mstdn.jp",
	"mastodon:fedibird.com",
};

static bool add(struct source_list *list, const char *name, bool named, struct err *err)
{
	struct source source = SOURCE_INIT;

	if (!source_parse(&source, name, err))
		return false;
	source.named = named;
	for (size_t i = 0; i < list->count; i++) {
		if (str_same(list->items[i].name.buf, source.name.buf)) {
			source_release(&source);
			return true;
		}
	}
	list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
	list->items[list->count++] = source;
	return true;
}

bool sources_choose(struct source_list *list, const char *const *names, size_t count,
		    struct err *err)
{
	const char *x_token = getenv("ARCHIVE_X_TOKEN");

	for (size_t i = 0; i < count; i++)
		if (!add(list, names[i], true, err))
			return false;
	for (size_t i = 0; count == 0 && i < ARRAY_LEN(default_sources); i++)
		if (!add(list, default_sources[i], false, err))
			return false;
	return count > 0 || !x_token || !*x_token || add(list, "x", false, err);
}

void sources_sign_in(struct source_list *list)
{
	struct str name = STR_INIT;

	for (size_t i = 0; i < list->count; i++) {
		const char *token;

		str_clear(&name);
		source_token_name(&list->items[i], &name);
		token = getenv(name.buf);
		if (token)
			str_add(&list->items[i].token, token);
	}
	str_release(&name);
}

void sources_release(struct source_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		source_release(&list->items[i]);
	free(list->items);
	*list = (struct source_list){ 0 };
}
