/* Turns AWS options and variables into a connection that calls can be made on. */
#ifndef CMD_CONNECT_H
#define CMD_CONNECT_H

#include "aws/cloudfront.h"
#include "cmd/options.h"

struct connection {
	struct http *http;
	struct credentials credentials;
	struct cloudfront cloudfront;
};

/*
 * Nothing is sent yet. The settings are borrowed until the release, which is
 * due after a failure too.
 */
int connection_open(struct connection *connection,
	const struct settings *settings, struct err *err);
void connection_release(struct connection *connection);

#endif
