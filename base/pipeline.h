/*
 * An ordered pipeline: several threads make the pieces of a long text, and the
 * caller's thread emits them in order.
 *
 * While the caller emits one piece, the other threads make the next few. If the
 * piece to be emitted next has not been begun, the caller makes it. So making
 * and emitting overlap, and neither waits longer than one piece takes.
 */
#ifndef BASE_PIPELINE_H
#define BASE_PIPELINE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/emit.h"

enum {
	/* more would make text faster than one thread can hash or write it */
	PIPELINE_THREADS_MAX = 4,
};

struct pipeline {
	size_t count; /* of pieces */
	size_t piece_max; /* bytes */

	/* including the caller's; clamped to 1 to PIPELINE_THREADS_MAX */
	size_t threads;

	/*
	 * appends piece `number` to `piece`; called by several threads at once
	 */
	void (*make)(const void *from, size_t number, struct buf *piece);
	const void *from;

	/* called in order, in the caller's thread */
	emit_fn *emit;
	void *to;
};

/*
 * Make and emit all pieces. Fails with the error of the first piece that could
 * not be made or emitted; none is emitted after it. If threads cannot be created,
 * those already running do the work.
 */
int pipeline_run(const struct pipeline *pipeline, struct err *err);

#endif
