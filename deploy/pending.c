/* Reads a pending batch. */
#include "deploy/pending.h"

int
pending_read(struct invalidation *batch, const struct pending *pending,
	struct err *err)
{
	return xml_read_batch(
		batch, pending->body.data, pending->body.len, err);
}
