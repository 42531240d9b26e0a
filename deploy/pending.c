/* Reads a pending batch. */
#include "deploy/pending.h"

int
pending_read(struct invalidation *batch, const struct pending *pending,
	struct err *err)
{
	return invalidation_batch_read(
		batch, pending->body.data, pending->body.len, err);
}
