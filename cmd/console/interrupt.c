/* Notes signals while a batch is pending. */
#include "cmd/console/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/select.h>

typedef void void_function(void);

static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
static volatile sig_atomic_t noted;
static _Atomic(void_function *) tidy_up;
static bool held, for_good;

static void
note(int signal_number)
{
	noted = signal_number;
}

static void
end(int signal_number)
{
	void_function *tidy = tidy_up;

	if (tidy)
		tidy();
	raise(signal_number);
}

static void
handle_all(void (*handler)(int), int flags)
{
	struct sigaction now, wanted = {.sa_flags = flags};
	size_t i;

	wanted.sa_handler = handler;
	sigemptyset(&wanted.sa_mask);
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (sigaction(ends[i], NULL, &now) == 0 &&
			now.sa_handler != SIG_IGN)
			sigaction(ends[i], &wanted, NULL);
}

/* One ends the process, by way of `end`, which then has no handler any more. */
static void
let_end(void)
{
	if (tidy_up)
		handle_all(end, (int)SA_RESETHAND | SA_NODEFER);
	else
		handle_all(SIG_DFL, 0);
}

void
interrupts_hold(void)
{
	held = true;
	handle_all(note, SA_RESTART);
}

void
interrupts_tidy(void (*tidy)(void))
{
	tidy_up = tidy;
	if (!held)
		let_end();
}

void
interrupts_hold_for_good(void)
{
	for_good = true;
	interrupts_hold();
}

void
interrupts_release(void)
{
	if (for_good)
		return;
	held = false;
	let_end();
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
