/*
 * A long text made piece by piece, by several threads, and given on in order.
 *
 * The caller gives each piece on. While it does, the others make those to come,
 * a few ahead and no more; where the next one is not begun yet, the caller makes
 * it. So making and giving on go side by side, and what they wait for each other
 * is at most one piece.
 */
#ifndef BASE_PIPELINE_H
#define BASE_PIPELINE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/emit.h"

enum {
	/* More than make text as fast as one hashes or writes it. */
	PIPELINE_THREADS_MAX = 4,
};

struct pipeline {
	size_t count; /* of the pieces */
	size_t largest; /* bytes of one */
	size_t threads; /* 0 is one: the caller's; more than the most are the most */

	/* Append piece `number`; several threads call it at once. */
	void (*make)(const void *from, size_t number, struct buf *piece);
	const void *from;

	/* Called in order, by the caller's thread. */
	emit_fn *emit;
	void *to;
};

/*
 * The error is that of the first piece that could not be made or given on; none
 * is given after it. Where the system refuses threads, those do that there are.
 */
int pipeline_run(const struct pipeline *pipeline, struct err *err);

#endif
