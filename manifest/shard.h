/*
 * A shard: a stable part of a build, the `index`th (from 1) of `count` (up to
 * SHARDS_MAX) into which the keys are divided by their hashes. A count
 * of 0 or 1 means the whole build.
 */
#ifndef MANIFEST_SHARD_H
#define MANIFEST_SHARD_H

#include <stdbool.h>
#include <stdint.h>

enum {
	SHARDS_MAX = 100 * 1000,
};

struct shard {
	uint32_t index, count;
};

/* Is it less than the whole build? */
static inline bool
shard_is_part(const struct shard *shard)
{
	return shard->count > 1;
}

/*
 * Does a key with this hash (manifest/key_hash.h) belong to the shard? The
 * lower half of the hash decides: the upper half chooses the bucket in a stat
 * cache, and so the keys of one shard are spread over all buckets.
 */
static inline bool
shard_has(const struct shard *shard, uint64_t hash)
{
	return shard->count == 0 ||
	       (hash & UINT32_MAX) * shard->count >> 32 == shard->index - 1;
}

#endif
