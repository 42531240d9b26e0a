/* A clock that measures how long something takes. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

/*
 * Milliseconds since an arbitrary start. The clock never goes back, and it
 * includes the time during which the machine is suspended, if the system can
 * measure it.
 */
long long clock_elapsed(void);

#endif
