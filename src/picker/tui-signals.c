#include "tui-parts.h"

#include <errno.h>
#include <unistd.h>

#include "archive/base/mem.h"

static const struct {
	int number;
	enum catch which;
} catches[CATCHES] = {
	{ SIGTERM, CATCH_END },	  { SIGHUP, CATCH_END },   { SIGINT, CATCH_END },
	{ SIGWINCH, CATCH_SIZE }, { SIGTSTP, CATCH_STOP }, { SIGCONT, CATCH_CONTINUE },
};

static volatile sig_atomic_t came[CATCH_COUNT];

static void on_signal(int number)
{
	for (size_t i = 0; i < ARRAY_LEN(catches); i++)
		if (catches[i].number == number)
			came[catches[i].which] = 1;
}

/* What whoever started us wants ignored stays so. */
static void catch_one(int number, struct sigaction *before)
{
	const struct sigaction action = { .sa_handler = on_signal };

	sigaction(number, NULL, before);
	if (before->sa_handler != SIG_IGN)
		sigaction(number, &action, NULL);
}

void signals_catch(struct signals *signals)
{
	sigset_t held;

	sigemptyset(&held);
	for (size_t i = 0; i < ARRAY_LEN(catches); i++)
		sigaddset(&held, catches[i].number);
	sigprocmask(SIG_BLOCK, &held, &signals->mask_before);
	signals->mask_waiting = signals->mask_before;
	for (size_t i = 0; i < ARRAY_LEN(catches); i++) {
		sigdelset(&signals->mask_waiting, catches[i].number);
		catch_one(catches[i].number, &signals->before[i]);
	}
}

void signals_leave(const struct signals *signals)
{
	for (size_t i = 0; i < ARRAY_LEN(catches); i++)
		sigaction(catches[i].number, &signals->before[i], NULL);
	sigprocmask(SIG_SETMASK, &signals->mask_before, NULL);
}

bool signals_take(enum catch which)
{
	bool pending = came[which] != 0;

	came[which] = 0;
	return pending;
}

enum woken signals_wait(const struct signals *signals, int64_t ms)
{
	const struct timespec time = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	int rc = ppoll(&input, 1, &time, &signals->mask_waiting);

	if (rc < 0)
		return errno == EINTR ? WOKEN_SIGNAL : WOKEN_GONE;
	if (rc == 0)
		return WOKEN_TIME;
	if (input.revents & (POLLHUP | POLLERR | POLLNVAL))
		return WOKEN_GONE;
	return WOKEN_INPUT;
}
