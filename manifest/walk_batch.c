/* Fills, sorts and splits batches of names. */
#include "manifest/walk_batch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "manifest/sort_names.h"

void
walk_batch_begin(struct walk_batch *batch, struct walk_folder *folder)
{
	batch->folder = folder;
	batch->next = batch->count = batch->bytes = 0;
}

const char *
walk_batch_name(const struct walk_batch *batch, size_t i)
{
	return batch->names + batch->starts[i];
}

bool
walk_batch_add(struct walk_batch *batch, const char *name, unsigned char type)
{
	size_t size = strlen(name) + 1;

	if (batch->count == WALK_BATCH_MAX ||
		size > WALK_BATCH_BYTES - batch->bytes)
		return false;
	batch->types[batch->count] = type;
	batch->starts[batch->count++] = (unsigned short)batch->bytes;
	memcpy(batch->names + batch->bytes, name, size);
	batch->bytes += size;
	return true;
}

void
walk_batch_sort(struct walk_batch *batch)
{
	struct sort_name list[WALK_BATCH_MAX];
	unsigned char types[WALK_BATCH_MAX];
	unsigned short starts[WALK_BATCH_MAX];
	const char *name;
	size_t i;

	for (i = 0; i < batch->count; i++) {
		name = walk_batch_name(batch, i);
		list[i] = sort_name(name, strlen(name), i);
	}
	sort_names(list, batch->count);
	memcpy(types, batch->types, batch->count);
	memcpy(starts, batch->starts, batch->count * sizeof(*starts));
	for (i = 0; i < batch->count; i++) {
		batch->types[i] = types[list[i].index];
		batch->starts[i] = starts[list[i].index];
	}
}

struct walk_batch *
walk_batch_split(struct walk_batch *batch, size_t from)
{
	struct walk_batch *other = malloc(sizeof(*other));
	size_t i;

	assert(from <= batch->count);
	if (!other)
		return NULL;
	walk_batch_begin(other, batch->folder);
	/* what fits one batch fits another */
	for (i = from; i < batch->count; i++)
		walk_batch_add(
			other, walk_batch_name(batch, i), batch->types[i]);
	batch->count = from;
	if (from == 0)
		batch->bytes = 0;
	return other;
}
