/*
 * Guards: what makes a build look like something else than the site.
 *
 * Each is a pure function of the last manifest and the new one, in a list to
 * which the options and the manual refer by name. A false alarm is a fault, too:
 * it stops a deployment. So what the last deployment looked like is no reason to
 * refuse the next one, and a doubt is only a warning.
 */
#ifndef DIFF_GUARD_H
#define DIFF_GUARD_H

#include "base/buf.h"
#include "diff/delta.h"

enum guard_verdict {
	GUARD_PASS,
	GUARD_WARN, /* say it, and go on */
	GUARD_REFUSE, /* nothing should be sent */
};

enum {
	GUARD_TEXT_MAX = 64 * 1024, /* a sentence with two names */
};

struct guard_input {
	/* `before` may be NULL; only then need there be no changes */
	const struct delta *delta;

	const char *index_document; /* index.html */
	const char
		*root; /* the build is this folder of what was read; or NULL */

	/*
	 * The old manifest was deployed. Otherwise it is only another build,
	 * which may have the same fault.
	 */
	bool deployed;

	bool part; /* the build is only a shard: see struct guard */
};

struct guard {
	const char *name; /* for --allow */

	/* Appends a sentence without a full stop, unless it passes. */
	enum guard_verdict (*check)(
		const struct guard_input *input, struct buf *text);

	bool of_parts; /* it can judge a shard, too */
};

/* All guards; the last one has no name. */
extern const struct guard guards[];

/* The guard of this name, which need not end in a NUL; NULL if there is none. */
const struct guard *guard_find(const char *name, size_t len);

/* Check the build, unless it is a shard that this guard cannot judge. */
enum guard_verdict guard_check(const struct guard *guard,
	const struct guard_input *input, struct buf *text);

#endif
