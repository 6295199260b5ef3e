#include "archive/cli/prompt.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/cli/print.h"

static const int ending[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

static struct termios shown_as_before;

/* What ends the program, ends it with the terminal as it was; SA_RESETHAND lets the signal do its
 * work then. */
static void on_end(int number)
{
	tcsetattr(STDIN_FILENO, TCSANOW, &shown_as_before);
	raise(number);
}

/* How signals were taken before. */
struct guard {
	struct sigaction ends[ARRAY_LEN(ending)];
	struct sigaction stop;
};

static void watch_signals(struct guard *guard)
{
	struct sigaction restore = { .sa_handler = on_end, .sa_flags = (int)SA_RESETHAND };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	for (size_t i = 0; i < ARRAY_LEN(ending); i++)
		sigaction(ending[i], &restore, &guard->ends[i]);
	sigaction(SIGTSTP, &ignore, &guard->stop); /* the shell would be left without echo */
}

static void leave_signals(const struct guard *guard)
{
	for (size_t i = 0; i < ARRAY_LEN(ending); i++)
		sigaction(ending[i], &guard->ends[i], NULL);
	sigaction(SIGTSTP, &guard->stop, NULL);
}

/* Byte by byte, so that nothing is read that belongs to the next question, and no buffer of the
 * library keeps it. */
static bool read_line(struct str *out, bool *ended, struct err *err)
{
	ssize_t got;
	char c;

	while ((got = read(STDIN_FILENO, &c, 1)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, ERR_IO, "standard input: %s", strerror(errno));
		if (c == '\n')
			break;
		if (out->len >= PROMPT_MAX_BYTES)
			return err_set(err, ERR_USAGE, "the answer is longer than any should be");
		str_add_char(out, c);
	}
	*ended = got == 0 && out->len == 0;
	return true;
}

static bool check(struct str *line, const char *question, struct err *err)
{
	size_t from = strspn(line->buf, " \t\r");
	struct str tidy = STR_INIT;

	str_add_n(&tidy, line->buf + from, line->len - from);
	while (tidy.len > 0 && strchr(" \t\r", tidy.buf[tidy.len - 1]))
		str_truncate(&tidy, tidy.len - 1);
	explicit_bzero(line->buf, line->len);
	str_release(line);
	*line = tidy;
	if (tidy.len == 0)
		return err_set(err, ERR_USAGE, "nothing was given for: %s", question);
	for (size_t i = 0; i < tidy.len; i++)
		if ((unsigned char)tidy.buf[i] < ' ' || tidy.buf[i] == 0x7F)
			return err_set(err, ERR_USAGE, "the answer holds control characters");
	return true;
}

static bool ask(const char *question, struct str *out, struct err *err)
{
	struct str line = STR_INIT;
	bool ended;
	bool ok;

	fprintf(stderr, "%s: ", question);
	fflush(stderr);
	ok = read_line(&line, &ended, err) && check(&line, question, err);
	if (ok)
		str_add_n(out, line.buf, line.len);
	explicit_bzero(line.buf, line.len);
	str_release(&line);
	return ok;
}

bool prompt_line(const char *question, struct str *out, struct err *err)
{
	return ask(question, out, err);
}

bool prompt_default(const char *question, const char *usual, struct str *out, bool *ended,
		    struct err *err)
{
	struct str line = STR_INIT;
	bool ok;

	*ended = false;
	fprintf(stderr, "%s [", question);
	print_safe(stderr, usual, (int)PROMPT_MAX_BYTES);
	fputs("]: ", stderr);
	fflush(stderr);
	ok = read_line(&line, ended, err);
	if (ok && *ended)
		ok = err_set(err, ERR_USAGE, "nobody answers: nothing was made");
	else if (ok && line.len == 0)
		str_add(&line, usual);
	ok = ok && check(&line, question, err);
	if (ok)
		str_add_n(out, line.buf, line.len);
	str_release(&line);
	return ok;
}

bool prompt_secret(const char *question, struct str *out, struct err *err)
{
	struct termios unseen;
	struct guard guard;
	bool ok;

	if (tcgetattr(STDIN_FILENO, &shown_as_before) != 0)
		return ask(question, out, err); /* no terminal: nothing is shown anyway */
	watch_signals(&guard);
	unseen = shown_as_before;
	unseen.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
	ok = ask(question, out, err);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown_as_before);
	leave_signals(&guard);
	fputc('\n', stderr);
	return ok;
}
