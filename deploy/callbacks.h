/*
 * What a deployment needs from the program around it: to log, to wait, to hold
 * signals back, and to have a plan reviewed. The protocol itself prints
 * nothing, reads no options, and does not know about the terminal. (The time
 * comes from base/clock.h, or from the client's aws_system if it is compared
 * with AWS's.)
 */
#ifndef DEPLOY_CALLBACKS_H
#define DEPLOY_CALLBACKS_H

#include <stdbool.h>

#include "diff/delta.h"

enum deploy_level {
	DEPLOY_ERROR, /* why it failed, beside the err that is returned */
	DEPLOY_WARNING, /* it goes on, but somebody should look at it */
	DEPLOY_INFO, /* progress */
	DEPLOY_DEBUG, /* for a user who asks for details */
};

struct deploy_callbacks {
	/* One line of text for the user, without a newline. */
	void (*log)(void *context, enum deploy_level level, const char *text);

	/* The same for DEPLOY_DEBUG, with the time elapsed since `began`. */
	void (*log_elapsed)(void *context, long long began, const char *text);

	/*
	 * Does the build look like the site, compared with the last one? The
	 * delta has its changes, but need not have a plan. ERR_INPUT says what
	 * is wrong: then it is not taken for what was uploaded. Called once.
	 */
	int (*guard)(void *context, const struct delta *delta, struct err *err);

	/*
	 * Find out how the site is cached, before the plan is made. The delta
	 * has only its changes: with none, and if not everything is stale,
	 * there is nothing to ask for. `kept` is what was known at the last
	 * deployment (diff/site_text.h), or NULL. Set *site, or leave it NULL if
	 * nothing is known; it must outlive the deployment. A failure ends the
	 * deployment, as the batch would be for the wrong distribution. Called
	 * once; NULL: nothing is ever known.
	 */
	int (*inspect)(void *context, const struct delta *delta,
		const char *kept, const struct site **site, struct err *err);

	/*
	 * Does the bucket hold what the delta adds and changes? Called once,
	 * after the build was recorded as one that caches can hold, and before
	 * its batch becomes pending. A failure ends the deployment, and nothing
	 * of the build is sent. NULL: nobody looks.
	 */
	int (*check_upload)(
		void *context, const struct delta *delta, struct err *err);

	/*
	 * Review a delta before any of it is sent or saved; a failure ends the
	 * deployment. `reference` is the CallerReference of its batch, NULL if
	 * there is nothing to send. `earlier` says that it is the pending batch
	 * of an earlier run, which has reviewed it too.
	 */
	int (*review)(void *context, const struct delta *delta,
		const char *reference, bool earlier, struct err *err);

	/*
	 * Begin a wait of at most `limit` milliseconds, pause as often as
	 * needed, then end it. `what` names what a pause waits for; a pause
	 * returns -1 if the user interrupts it.
	 */
	void (*wait_begin)(void *context, long long limit);
	int (*wait_pause)(
		void *context, const char *what, long long milliseconds);
	void (*wait_end)(void *context);

	/*
	 * Between hold and release, a signal is only recorded and must not end
	 * the process: a batch is pending, and the user has to be told.
	 */
	void (*hold_signals)(void *context);
	void (*release_signals)(void *context);
	bool (*is_interrupted)(void *context);

	/* Fill with random bytes. Returns 0, or -1 if none are available. */
	int (*random)(void *context, unsigned char *bytes, size_t len);

	void *context;
};

/* Format a line, and log it. A line over 2,000 bytes is truncated. */
void callbacks_log(const struct deploy_callbacks *callbacks,
	enum deploy_level level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* `began` is a time of clock_elapsed. */
void callbacks_log_elapsed(const struct deploy_callbacks *callbacks,
	long long began, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
