/* Handles the signals that end a process. */
#include "cmd/console/signals.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/select.h>

typedef void cleanup_fn(void);

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
static volatile sig_atomic_t caught;
static _Atomic(cleanup_fn *) clean_up;
static bool is_held, is_held_to_end;

static void
record(int signal_number)
{
	caught = signal_number;
}

static void
end_process(int signal_number)
{
	cleanup_fn *cleanup = clean_up;

	if (cleanup)
		cleanup();
	raise(signal_number);
}

static void
handle_all(void (*handler)(int), int flags)
{
	struct sigaction now, wanted = {.sa_flags = flags};
	size_t i;

	wanted.sa_handler = handler;
	sigemptyset(&wanted.sa_mask);
	for (i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		if (sigaction(ending[i], NULL, &now) == 0 &&
			now.sa_handler != SIG_IGN)
			sigaction(ending[i], &wanted, NULL);
}

/* SA_RESETHAND: the signal that end_process raises takes its default action. */
static void
let_end(void)
{
	if (clean_up)
		handle_all(end_process, (int)SA_RESETHAND | SA_NODEFER);
	else
		handle_all(SIG_DFL, 0);
}

void
signals_hold(void)
{
	is_held = true;
	handle_all(record, SA_RESTART);
}

void
signals_set_cleanup(void (*cleanup)(void))
{
	clean_up = cleanup;
	if (!is_held)
		let_end();
}

void
signals_hold_to_end(void)
{
	is_held_to_end = true;
	signals_hold();
}

void
signals_release(void)
{
	if (is_held_to_end)
		return;
	is_held = false;
	let_end();
	if (caught)
		raise(caught);
}

int
signals_wait(long milliseconds)
{
	const struct timespec time = {
		.tv_sec = milliseconds / 1000,
		.tv_nsec = milliseconds % 1000 * 1000000,
	};
	sigset_t blocked, before;
	size_t i;

	/* so that a signal between the check and pselect ends the wait, too */
	sigemptyset(&blocked);
	for (i = 0; i < sizeof(ending) / sizeof(ending[0]); i++)
		sigaddset(&blocked, ending[i]);
	pthread_sigmask(SIG_BLOCK, &blocked, &before);
	if (!caught)
		pselect(0, NULL, NULL, NULL, &time, &before);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return caught ? -1 : 0;
}

bool
signals_caught(void)
{
	return caught != 0;
}

bool
signals_caught_by(void *unused)
{
	(void)unused;
	return signals_caught();
}

bool
signals_caught_sigint(void)
{
	return caught == SIGINT;
}
