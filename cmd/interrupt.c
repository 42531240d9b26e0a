/* Notes signals while a batch is pending. */
#include "cmd/interrupt.h"

#include <signal.h>
#include <stddef.h>

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

bool
interrupted(void *context)
{
	(void)context;
	return noted != 0;
}
