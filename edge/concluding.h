/*
 * What the functions that draw conclusions share. edge/conclusions.h explains
 * what a conclusion is.
 */
#ifndef EDGE_CONCLUDING_H
#define EDGE_CONCLUDING_H

#include "base/buf.h"
#include "edge/conclusion.h"

struct concluding {
	const struct reading *reading;
	const struct distribution *distribution; /* the reading's */
	const char *prefix;
	const bool *of_build; /* for each behaviour; not NULL */
	struct conclusions *out;

	/* Some function may rewrite a URL before the cache is looked up. */
	bool rewrites;

	size_t room; /* of out->list */
	struct buf text, reason; /* of the conclusion that comes next */
	struct err err; /* the first failure */
};

/* Returns 0, or -1 with ERR_MEMORY. Release it even after a failure. */
int concluding_begin(struct concluding *c, struct conclusions *out,
	const struct reading *reading, const struct conclusions_place *place,
	struct err *err);

/* Returns 0, or -1 with the first failure. */
int concluding_finish(const struct concluding *c, struct err *err);
void concluding_release(struct concluding *c);

/*
 * Add a conclusion, whose text and reason are in the two buffers. They are empty
 * afterwards.
 */
void concluding_add(struct concluding *c, const char *code,
	enum conclusion_level level, const struct cache_behavior *behavior);

/* Append a name that was read, escaped. */
void concluding_name(struct buf *out, const char *name);

/* Does a function of the behaviour run at this event? */
bool concluding_has_event(
	const struct cache_behavior *behavior, enum function_event event);

#endif
