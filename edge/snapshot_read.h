/* Reads snapshots: edge/snapshot.h explains them. */
#ifndef EDGE_SNAPSHOT_READ_H
#define EDGE_SNAPSHOT_READ_H

#include "edge/reading.h"

/*
 * Read what snapshot_write() wrote. Fails with ERR_INPUT if the text is
 * anything else, has a member too many or too few, or exceeds a limit of
 * aws/distribution.h. Release the reading even after a failure.
 */
int snapshot_read(
	struct reading *reading, const char *text, size_t len, struct err *err);

#endif
