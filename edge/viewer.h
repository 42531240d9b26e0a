/*
 * Asks a site for its URLs as browsers do: several at a time, over HTTP/2 where
 * the site has it, without following redirects, and compressed as far as libcurl
 * can decode it. Bodies are hashed as they come, and never kept.
 */
#ifndef EDGE_VIEWER_H
#define EDGE_VIEWER_H

#include "edge/viewer_request.h"

struct viewer;

/* Close the viewer after success only. */
int viewer_open(struct viewer **viewer, const struct viewer_options *options,
	struct err *err);
void viewer_close(struct viewer *viewer); /* NULL is allowed */

/*
 * Ask them all. If the first VIEWER_PARALLEL answers do not come, and no other
 * one ever did, the rest is not asked. Returns -1 for a fault on our side
 * (ERR_USAGE, ERR_INPUT, ERR_MEMORY), and with ERR_NETWORK if it was interrupted.
 */
int viewer_ask(struct viewer *viewer, struct viewer_request *requests,
	size_t count, struct err *err);

#endif
