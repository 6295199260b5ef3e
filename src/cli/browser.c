#include "archive/cli/browser.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/cli/child.h"

#define NO_SUCH_PROGRAM 127

static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

/* The program's name: the command's first word, without its folders. */
static bool draws_on_terminal(const char *command)
{
	static const char *const names[] = { "w3m",    "lynx",	 "links",    "links2",
					     "elinks", "browsh", "carbonyl", "www-browser" };
	size_t len = strcspn(command, " \t");
	size_t from = len;

	while (from > 0 && command[from - 1] != '/')
		from--;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strlen(names[i]) == len - from &&
		    strncmp(names[i], command + from, len - from) == 0)
			return true;
	return false;
}

/* true when it was there, whatever it made of the address. */
static bool try(const char *command, const char *url, struct err *err)
{
	int status = draws_on_terminal(command) ? child_run(command, url, err)
						: child_start(command, url, err);

	return status >= 0 && status != NO_SUCH_PROGRAM;
}

/* The commands stand with colons between them. */
static bool try_list(const char *list, const char *url, struct err *err)
{
	bool done = false;

	while (*list && !done && err->code == ERR_NONE) {
		size_t len = strcspn(list, ":");
		char *command = xstrndup(list, len);

		done = len > 0 && try(command, url, err);
		free(command);
		list += len + (list[len] == ':');
	}
	return done;
}

bool browser_open(const char *url, struct err *err)
{
	const char *list = getenv("BROWSER");
	bool screen = is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");

	if (list && *list ? try_list(list, url, err) : screen && try("xdg-open", url, err))
		return true;
	if (err->code != ERR_NONE)
		return false;
	return err_set(err, ERR_IO, "no browser is there: name one in BROWSER for %s", url);
}
