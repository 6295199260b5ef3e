#include "archive/cli/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"

bool shelf_open(struct shelf *shelf, const struct config *config, const char *const *names,
		size_t count, struct err *err)
{
	shelf->config = config;
	return count == 0 || (sources_choose(&shelf->named, config, names, count, err) &&
			      sources_sign_in(&shelf->named, config, err));
}

/* "x" and "bluesky" say no address; which one is asked, the user may say. */
static const struct source *find_named(const struct shelf *shelf, const char *spec)
{
	for (size_t i = 0; i < shelf->named.count; i++) {
		const struct source *source = &shelf->named.items[i];

		if (str_same(source->name.buf, spec) ||
		    str_same(network_name(source->ops->network), spec))
			return source;
	}
	return NULL;
}

static const struct source *find_made(const struct shelf *shelf, const struct source *like)
{
	for (size_t i = 0; i < shelf->count; i++)
		if (str_same(shelf->made[i].items[0].name.buf, like->name.buf))
			return &shelf->made[i].items[0];
	return NULL;
}

const struct source *shelf_find(struct shelf *shelf, const char *spec, struct err *err)
{
	const struct source *found = find_named(shelf, spec);
	struct source_list list = { 0 };

	if (found)
		return found;
	if (!sources_choose(&list, shelf->config, &spec, 1, err))
		goto out;
	found = find_made(shelf, &list.items[0]);
	if (found || !sources_sign_in(&list, shelf->config, err))
		goto out;
	if (shelf->count == shelf->room) {
		shelf->room = shelf->room > 0 ? 2 * shelf->room : 16;
		shelf->made = xreallocarray(shelf->made, shelf->room, sizeof(*shelf->made));
	}
	shelf->made[shelf->count] = list;
	return &shelf->made[shelf->count++].items[0];
out:
	sources_release(&list);
	return found;
}

void shelf_release(struct shelf *shelf)
{
	sources_release(&shelf->named);
	for (size_t i = 0; i < shelf->count; i++)
		sources_release(&shelf->made[i]);
	free(shelf->made);
}
