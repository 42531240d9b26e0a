/*
 * The exit statuses of edgediff's own commands. The stand-in for
 * `aws cloudfront` has the AWS CLI's: cmd/awscli.
 */
#ifndef CMD_EXIT_STATUS_H
#define CMD_EXIT_STATUS_H

#include "base/err.h"

enum exit_status {
	EXIT_DONE = 0, /* done, or nothing to do */
	EXIT_FAILED = 1, /* failed: this build was not sent */
	EXIT_USAGE = 2, /* wrong arguments */
	EXIT_PENDING = 3, /* a batch was or may have been sent: run again */
	EXIT_AFTER = 4, /* accepted and recorded, then something failed */
	EXIT_STALE = 5, /* accepted, and the edge still serves old bytes */
};

/*
 * Log an error and, for some codes, what to do about it. Returns EXIT_USAGE or
 * EXIT_FAILED, by its code.
 */
int exit_status_log(const struct err *err);

#endif
