#include "archive/cli/secret.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/cli/child.h"

/* Runs it with its output in the pipe; false when it could not be started. */
static bool start(const char *command, const int pipe_ends[2], pid_t *child)
{
	char *words[] = { xstrdup("sh"), xstrdup("-c"), xstrdup(command), NULL };
	char **env = child_environment();
	posix_spawn_file_actions_t actions;
	bool ok;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, pipe_ends[0]);
	posix_spawn_file_actions_addclose(&actions, pipe_ends[1]);
	ok = posix_spawn(child, "/bin/sh", &actions, NULL, words, env) == 0;
	posix_spawn_file_actions_destroy(&actions);
	for (size_t i = 0; words[i]; i++)
		free(words[i]);
	free(env);
	return ok;
}

/* All that comes, so that the command is not broken off; what is too long is not kept. */
static void read_all(int fd, struct str *out)
{
	char chunk[1024];
	ssize_t got;

	while ((got = read(fd, chunk, sizeof(chunk))) != 0) {
		if (got < 0 && errno != EINTR)
			return;
		if (got > 0 && out->len <= SECRET_MAX_BYTES)
			str_add_n(out, chunk, (size_t)got);
	}
	explicit_bzero(chunk, sizeof(chunk));
}

static bool wait_for(pid_t child, const char *whose, struct err *err)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return err_set(err, ERR_IO, "%s: %s", whose, strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	return err_set(err, ERR_AUTH,
		       "the command that is to print the secret of %s failed (%s %d): run it by "
		       "hand to see why",
		       whose, WIFEXITED(status) ? "status" : "signal",
		       WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

static bool take_line(const struct str *said, const char *whose, struct str *out, struct err *err)
{
	size_t len = strcspn(said->buf, "\r\n");

	if (len == 0)
		return err_set(err, ERR_AUTH,
			       "the command that is to print the secret of %s printed nothing in "
			       "its first line",
			       whose);
	if (len > SECRET_MAX_BYTES)
		return err_set(err, ERR_AUTH,
			       "the command that is to print the secret of %s printed more than a "
			       "secret is long",
			       whose);
	str_add_n(out, said->buf, len);
	return true;
}

static bool run(const char *command, const char *whose, struct str *out, struct err *err)
{
	struct str said = STR_INIT;
	int ends[2];
	pid_t child;
	bool ok;

	if (pipe(ends) != 0)
		return err_set(err, ERR_IO, "%s: %s", whose, strerror(errno));
	ok = start(command, ends, &child);
	close(ends[1]);
	if (ok) {
		read_all(ends[0], &said);
		ok = wait_for(child, whose, err) && take_line(&said, whose, out, err);
	} else {
		err_set(err, ERR_IO, "%s: /bin/sh cannot be run", whose);
	}
	close(ends[0]);
	explicit_bzero(said.buf, said.len);
	str_release(&said);
	return ok;
}

bool secret_get(const struct secret *secret, const char *whose, struct str *out, struct err *err)
{
	const char *value;

	switch (secret->kind) {
	case SECRET_NONE:
		return true;
	case SECRET_HERE:
		str_add(out, secret->text);
		return true;
	case SECRET_VARIABLE:
		value = getenv(secret->text);
		if (!value || !*value)
			return err_set(err, ERR_AUTH,
				       "the environment has no %s, where the secret of %s is to be",
				       secret->text, whose);
		str_add(out, value);
		return true;
	case SECRET_COMMAND:
		return run(secret->text, whose, out, err);
	}
	return false;
}
