/* Notes signals while a batch is pending. */
#include "cmd/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <sys/select.h>

static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
static volatile sig_atomic_t noted;

static void
note(int signal_number)
{
	noted = signal_number;
}

static void
handle_all(void (*handler)(int))
{
	struct sigaction now, wanted = {.sa_flags = SA_RESTART};
	size_t i;

	wanted.sa_handler = handler;
	sigemptyset(&wanted.sa_mask);
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (sigaction(ends[i], NULL, &now) == 0 &&
			now.sa_handler != SIG_IGN)
			sigaction(ends[i], &wanted, NULL);
}

void
interrupts_hold(void)
{
	handle_all(note);
}

void
interrupts_release(void)
{
	handle_all(SIG_DFL);
	if (noted)
		raise(noted);
}

/* The set of them, with all others as they are now. */
static void
add_all(sigset_t *set)
{
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		sigaddset(set, ends[i]);
}

int
interrupts_wait(long milliseconds)
{
	const struct timespec time = {
		.tv_sec = milliseconds / 1000,
		.tv_nsec = milliseconds % 1000 * 1000000,
	};
	sigset_t blocked, before;

	/* one that comes between the question and the wait must end it */
	sigemptyset(&blocked);
	add_all(&blocked);
	pthread_sigmask(SIG_BLOCK, &blocked, &before);
	if (!noted)
		pselect(0, NULL, NULL, NULL, &time, &before);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return noted ? -1 : 0;
}

bool
interrupted(void *context)
{
	(void)context;
	return noted != 0;
}

bool
interrupt_is_by_user(void)
{
	return noted == SIGINT;
}
