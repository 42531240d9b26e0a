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
	WHERE_SIZE =
		sizeof(".edgediff/") + DISTRIBUTION_MAX + sizeof(".baseline"),
};

/*
 * Where the baseline is: --baseline, or the default of the distribution, which
 * is written to `room`. ERR_USAGE if that can be neither a path nor a place in
 * S3, or if neither option is given.
 */
int connect_where(const char **where, char room[WHERE_SIZE],
	const struct settings *settings, struct err *err);

/* --distribution-id as given; ERR_USAGE if it is missing or malformed. */
int connect_distribution(
	const char **id, const struct settings *settings, struct err *err);

#endif
