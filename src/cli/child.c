#include "archive/cli/child.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"

#define OPERAND "\"$1\""

/* ARCHIVE_X_TOKEN, ARCHIVE_BLUESKY_PASSWORD and the like. */
static bool is_credential(const char *entry)
{
	size_t len = strcspn(entry, "=");

	return str_starts(entry, "ARCHIVE_") &&
	       (memmem(entry, len, "TOKEN", 5) || memmem(entry, len, "PASSWORD", 8));
}

char **child_environment(void)
{
	size_t count = 0;
	size_t kept = 0;
	char **list;

	while (environ[count])
		count++;
	list = xcalloc(count + 1, sizeof(*list));
	for (size_t i = 0; i < count; i++)
		if (!is_credential(environ[i]))
			list[kept++] = environ[i];
	return list;
}

static void add_command(struct str *out, const char *command)
{
	const char *place = strstr(command, "%s");

	if (!place) {
		str_addf(out, "%s " OPERAND, command);
		return;
	}
	str_add_n(out, command, (size_t)(place - command));
	str_addf(out, OPERAND "%s", place + 2);
}

/* Signals as the shell gave them to us. */
static bool spawn(const char *script, const char *operand, short flags, pid_t *child)
{
	char *words[] = { xstrdup("sh"), xstrdup("-c"),	   xstrdup(script),
			  xstrdup("sh"), xstrdup(operand), NULL };
	char **env = child_environment();
	posix_spawnattr_t attributes;
	sigset_t usual;
	bool ok;

	sigemptyset(&usual);
	sigaddset(&usual, SIGINT);
	sigaddset(&usual, SIGQUIT);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	posix_spawnattr_setflags(&attributes, (short)(flags | POSIX_SPAWN_SETSIGDEF));
	ok = posix_spawn(child, "/bin/sh", NULL, &attributes, words, env) == 0;
	posix_spawnattr_destroy(&attributes);
	for (size_t i = 0; words[i]; i++)
		free(words[i]);
	free(env);
	return ok;
}

static int wait_for(pid_t child, struct err *err)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0) {
		if (errno == EINTR)
			continue;
		err_set(err, ERR_IO, "/bin/sh: %s", strerror(errno));
		return -1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int run(const char *script, const char *operand, short flags, struct err *err)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct sigaction interrupt, leave;
	int status = -1;
	pid_t child;

	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &leave);
	if (spawn(script, operand, flags, &child))
		status = wait_for(child, err);
	else
		err_set(err, ERR_IO, "/bin/sh cannot be run");
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &leave, NULL);
	return status;
}

int child_run(const char *command, const char *operand, struct err *err)
{
	/* the shell outlives it, too, and tells its status */
	struct str script = STR_INIT;
	int status;

	str_add(&script, "trap : INT QUIT; ");
	add_command(&script, command);
	status = run(script.buf, operand, 0, err);
	str_release(&script);
	return status;
}

/* In a session of its own: closing the terminal does not close it. */
int child_start(const char *command, const char *operand, struct err *err)
{
	struct str script = STR_INIT;
	int status;

	str_addf(&script, "command -v %.*s >/dev/null 2>&1 || exit 127; ",
		 (int)strcspn(command, " \t"), command);
	add_command(&script, command);
	str_add(&script, " </dev/null >/dev/null 2>&1 &");
	status = run(script.buf, operand, POSIX_SPAWN_SETSID, err);
	str_release(&script);
	return status;
}
