/*
 * A reviewed batch, as `invalidate --dry-run` printed it, to be compared with
 * the one that is about to be sent.
 */
#ifndef DEPLOY_REVIEWED_H
#define DEPLOY_REVIEWED_H

#include <cjson/cJSON.h>

#include "deploy/callbacks.h"
#include "deploy/transition.h"

enum {
	/* Bytes of the file: 3,000 items of 4,000 characters, and some more. */
	REVIEWED_MAX = 16 * 1024 * 1024,
};

struct reviewed {
	const char *path; /* borrowed */
	const char *reference;
	const char **items; /* sorted by their bytes */
	size_t count;
	cJSON *tree; /* owns the strings */
};

/*
 * Read the file strictly: ERR_INPUT for anything that a dry run does not print,
 * and for the batch of another distribution. Release on success and on failure.
 */
int reviewed_read(struct reviewed *reviewed, const char *path,
	const char *distribution, struct err *err);
void reviewed_release(struct reviewed *reviewed);

/*
 * Is this the batch that was reviewed? ERR_INPUT says why not, and the items
 * that differ are logged.
 *
 * It is if the items are equal, and the build's digits in the reference. The
 * rest of the reference says only from where the batch starts: another
 * lineage or serial changes nothing that a reviewer looks at. If the edge
 * agrees with the build, so that there is nothing to send, only the build's
 * digits are compared: the reviewed batch, or another one that led to the same
 * build, has been accepted before.
 */
int reviewed_check(const struct reviewed *reviewed,
	const struct transition *transition, bool edge_agrees,
	const struct deploy_callbacks *callbacks, struct err *err);

#endif
