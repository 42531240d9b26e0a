/*
 * SIGINT, SIGTERM and SIGHUP. As long as nothing is pending they end the
 * process at once, as the shell and make expect: nothing was sent. While they
 * are held they are only noted: nothing new is begun, and the command says how
 * to go on.
 */
#ifndef CMD_CONSOLE_INTERRUPT_H
#define CMD_CONSOLE_INTERRUPT_H

#include <stdbool.h>

/* A signal that the process was started to ignore (nohup) stays ignored. */
void interrupts_hold(void);

/* Let them end the process again; one that was noted does so now. */
void interrupts_release(void);

/* Hold them to the end, whatever releases: there is something to be told. */
void interrupts_hold_for_good(void);

/*
 * Have `tidy`, which must be safe in a signal handler, called before one ends
 * the process; NULL for nothing.
 */
void interrupts_tidy(void (*tidy)(void));

/* Wait: 0, or -1 where a signal is noted before or meanwhile. */
int interrupts_wait(long milliseconds);

/* Was one noted? A predicate as aws/http.h wants it; `context` is unused. */
bool interrupted(void *context);

/* Was the one that was noted SIGINT, the user's own? */
bool interrupt_is_by_user(void);

#endif
