/* Shows how long the program has been waiting (cmd/console/progress_line.h). */
#ifndef CMD_CONSOLE_WAITING_PROGRESS_H
#define CMD_CONSOLE_WAITING_PROGRESS_H

/* A wait, which consists of several pauses. */
struct waiting_progress {
	long long began; /* a time of clock_elapsed() */
	long long limit; /* milliseconds that it will take at most */
	long long shown; /* when the last message was shown */
};

void waiting_progress_begin(struct waiting_progress *waiting, long long limit);

/*
 * Pause. `what` names what the pause waits for; it may change from one pause to
 * the next. Returns 0, or -1 if a signal interrupts the pause, like the wait of
 * struct aws_system.
 */
int waiting_progress_pause(struct waiting_progress *waiting, const char *what,
	long long milliseconds);
void waiting_progress_end(void);

#endif
