/*
 * Snapshots: a reading as JSON, in a file, which edge/snapshot_read.h reads.
 * docs/schema/reading.json describes it. It holds what edgediff uses of a
 * configuration, and nothing else: no value of an origin's custom header, and no
 * header that chooses a staging distribution's viewers.
 */
#ifndef EDGE_SNAPSHOT_H
#define EDGE_SNAPSHOT_H

#include "base/buf.h"
#include "edge/reading.h"

enum {
	SNAPSHOT_FORMAT = 1,

	/* Bytes; a distribution with everything that the limits allow has less. */
	SNAPSHOT_MAX = 64 * 1024 * 1024,
};

/* Append a snapshot. Equal readings give equal bytes. */
int snapshot_write(
	struct buf *out, const struct reading *reading, struct err *err);

#endif
