/*
 * From options to what a command talks to: AWS's services, and the store of a
 * baseline. ERR_USAGE names the option and, for a value from edgediff.conf, its
 * line.
 */
#ifndef CMD_CONNECT_H
#define CMD_CONNECT_H

#include "aws/connection.h"
#include "cmd/options.h"
#include "deploy/store.h"

/*
 * Like connection_open, with the options from the settings, and this process's
 * clock, environment and signals.
 */
int connect_open(struct connection *connection, const struct settings *settings,
	struct err *err);

/* Check that these settings can connect, and open the store at `where`. */
int connect_check(
	const struct settings *settings, const char *where, struct err *err);

enum {
	/* Characters of a prefix in the name of a file, which has at most 255. */
	WHERE_PREFIX_MAX = 96,
	WHERE_SIZE = sizeof(".edgediff/") + DISTRIBUTION_MAX + 1 +
		     WHERE_PREFIX_MAX + sizeof(".baseline"),
};

/*
 * Where the baseline is: --baseline, or the default of the distribution and
 * --prefix, because one baseline is for one mount. That is
 * .edgediff/ID.baseline, or for another prefix than / for example
 * .edgediff/ID.docs%2Fapi.baseline: the prefix without its first and last slash,
 * percent-encoded; if it is longer than WHERE_PREFIX_MAX, its end is replaced by
 * + and 16 digits of its SHA-256. The default is written to `room` in any case,
 * unless there is no distribution. ERR_USAGE if `where` can be neither a path
 * nor a place in S3, if the prefix is malformed, or if neither --baseline nor a
 * distribution is given.
 */
int connect_where(const char **where, char room[WHERE_SIZE],
	const struct settings *settings, struct err *err);

/* --distribution-id as given; ERR_USAGE if it is missing or malformed. */
int connect_distribution(
	const char **id, const struct settings *settings, struct err *err);

#endif
