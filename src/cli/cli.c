#include "archive/cli/cli.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "archive/base/io.h"

#define LIST_INDENT 2
#define LIST_LINES  5 /* of a post */

int cli_columns(int fd)
{
	struct winsize size = { 0 };

	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

int cli_rows(int fd)
{
	struct winsize size = { 0 };

	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
		return size.ws_row;
	return 24;
}

struct wrap cli_wrap(const struct cli *cli)
{
	return (struct wrap){
		.indent = LIST_INDENT,
		.columns = cli_columns(STDOUT_FILENO),
		.max_lines = cli->verbose ? 0 : LIST_LINES,
	};
}

bool cli_open_store(struct cli *cli, enum store_mode mode, struct err *err)
{
	const char *given = cli->store_path ? cli->store_path : getenv("ARCHIVE_STORE");
	struct str path = STR_INIT;
	bool ok = false;

	if (!given || !*given)
		given = cli->config.store;
	if (given && *given)
		str_add(&path, given);
	else if (!io_xdg("XDG_DATA_HOME", ".local/share", &path, err))
		goto out;
	else
		str_add(&path, "/archive/archive.db");
	cli->store = store_open(path.buf, mode, err);
	ok = cli->store != NULL;
out:
	str_release(&path);
	return ok;
}

/* Does the environment say what the configuration says, too? Then it counts. */
static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

bool cli_configure(struct cli *cli, struct err *err)
{
	struct str path = STR_INIT;
	bool ok = false;

	bool somewhere = cli->config_path || is_set("ARCHIVE_CONFIG") ||
			 is_set("XDG_CONFIG_HOME") || is_set("HOME");

	if (!somewhere || str_same(cli->command->name, "help"))
		return true;
	config_release(&cli->config);
	if (!config_path(cli->config_path, &path, err) || !config_load(&cli->config, path.buf, err))
		goto out;
	if (!cli->config.there && (cli->config_path || is_set("ARCHIVE_CONFIG")) &&
	    !str_same(cli->command->name, "source")) {
		err_set(err, ERR_NOT_FOUND,
			"%s: there is no such configuration: archive source add begins one",
			path.buf);
		goto out;
	}
	if (cli->config.zone && !is_set("TZ"))
		cli->zone = cli->config.zone;
	ok = true;
out:
	str_release(&path);
	return ok;
}

struct http_options cli_http(const struct cli *cli)
{
	return (struct http_options){
		.user_agent = "archive/" ARCHIVE_VERSION " (event hashtag archiver)",
		.ca_file = is_set("ARCHIVE_CA_FILE") ? getenv("ARCHIVE_CA_FILE")
						     : cli->config.ca_file,
		.insecure_http = cli->insecure_http,
	};
}
