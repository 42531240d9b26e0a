/*
 * SIGINT, SIGTERM and SIGHUP. They end the process at once, as the shell and
 * make expect, unless they are held: then a signal is only recorded, nothing new
 * begins, and the command says how to continue.
 */
#ifndef CMD_CONSOLE_SIGNALS_H
#define CMD_CONSOLE_SIGNALS_H

#include <stdbool.h>

/* Hold them. A signal that the process inherited as ignored stays ignored. */
void signals_hold(void);

/* Let them end the process again. One that was recorded does so now. */
void signals_release(void);

/* Hold them until the process ends, even if signals_release is called. */
void signals_hold_to_end(void);

/*
 * Call `cleanup`, which must be async-signal-safe, before a signal ends the
 * process; NULL for nothing.
 */
void signals_set_cleanup(void (*cleanup)(void));

/* Wait. Returns 0, or -1 if a signal is recorded before the time is over. */
int signals_wait(long milliseconds);

/* Was a signal recorded? */
bool signals_caught(void);

/* signals_caught as a predicate of aws/http.h and deploy/callbacks.h. */
bool signals_caught_by(void *unused);

/* Was the recorded signal SIGINT? */
bool signals_caught_sigint(void);

#endif
