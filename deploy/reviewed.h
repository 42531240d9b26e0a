/*
 * A batch that was reviewed: what `invalidate --dry-run` printed, held against
 * the one that is about to be sent.
 */
#ifndef DEPLOY_REVIEWED_H
#define DEPLOY_REVIEWED_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "deploy/callbacks.h"
#include "deploy/transition.h"

enum {
	/* 3,000 items of 4,000 characters, and what stands around them. */
	REVIEWED_MAX = 16 * 1024 * 1024,
};

struct reviewed {
	const char *path; /* borrowed */
	const char *reference;
	const char **items; /* sorted by their bytes */
	size_t count;
	cJSON *tree; /* what the texts stand in */
};

/*
 * Read it strictly: ERR_INPUT for anything that no dry run prints, and for the
 * batch of another distribution. Release on success and on failure.
 */
int reviewed_read(struct reviewed *reviewed, const char *path,
	const char *distribution, struct err *err);
void reviewed_release(struct reviewed *reviewed);

/* How the edge stands to the build of the batch that is checked. */
enum reviewed_edge {
	REVIEWED_BEHIND,
	REVIEWED_UNKNOWN, /* the reference may be another: see below */
	REVIEWED_AGREES, /* nothing is to be sent */
};

/*
 * Is this the batch that was reviewed? ERR_INPUT says why not; which items
 * differ is logged. It is where the reference, which covers
 * all that the batch is made of, and the items are equal. Without a baseline,
 * where each run makes up a new one, and after a batch that was not accepted,
 * which the baseline keeps in mind, the reference's digits of the build are
 * compared in its place. Where the
 * edge agrees with the build already, those alone: the reviewed batch was
 * accepted before, or another that led to the same build.
 */
int reviewed_check(const struct reviewed *reviewed,
	const struct transition *transition, enum reviewed_edge edge,
	const struct deploy_callbacks *callbacks, struct err *err);

#endif
