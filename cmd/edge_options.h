/*
 * From options to what a verification of the edge needs. ERR_USAGE names the
 * option and, for a value from edgediff.conf, its line; it never has the value of
 * a --header, which may be a secret.
 */
#ifndef CMD_EDGE_OPTIONS_H
#define CMD_EDGE_OPTIONS_H

#include "cmd/options.h"
#include "edge/sample.h"
#include "edge/viewer.h"

enum {
	/* Bytes of a file that --header @FILE names. */
	HEADER_FILE_MAX = 64 * 1024,
	HEADERS_MAX = 100,
};

struct edge_options {
	struct sample_limits limits;
	struct viewer_options viewer;
	unsigned long seconds; /* --wait-timeout */

	/* its own */
	char base[VIEWER_BASE_MAX];
	struct buf texts[HEADERS_MAX]; /* a header each */
	const char *headers[HEADERS_MAX];
};

/* Release the options even after a failure; they borrow from the settings. */
int edge_options_read(struct edge_options *options,
	const struct settings *settings, struct err *err);

/* Overwrites the headers. */
void edge_options_release(struct edge_options *options);

#endif
