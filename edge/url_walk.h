/* Visits the URLs of every object of a delta, with the object. */
#ifndef EDGE_URL_WALK_H
#define EDGE_URL_WALK_H

#include "diff/delta.h"

/* A URL of an object. All borrowed. */
struct url_visit {
	const struct url *url; /* one of the delta's */
	const struct object *now; /* NULL: it was removed */
	const struct change *change; /* NULL: it did not change */
	bool alias; /* the object also has a longer URL: its own */
};

/*
 * Call `visit` for each URL of each object of the new build, and of each removed
 * one, by the rules and what is known of the site now. Two objects can share a
 * URL. A failure of `visit` ends the walk. The delta has its URLs. ERR_MEMORY.
 */
int url_walk(const struct delta *delta,
	int (*visit)(
		void *context, const struct url_visit *at, struct err *err),
	void *context, struct err *err);

#endif
