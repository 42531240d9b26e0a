/*
 * Fingerprints: XXH3-128 of an object's bytes, in xxHash's canonical
 * (big-endian) form, so that `xxhsum -H2` prints the same digits.
 */
#ifndef MANIFEST_FINGERPRINT_H
#define MANIFEST_FINGERPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "manifest/manifest.h"

struct fingerprint {
	void *state; /* xxHash's */
};

int fingerprint_init(struct fingerprint *f, struct err *err);
void fingerprint_release(struct fingerprint *f);
void fingerprint_start(struct fingerprint *f);
void fingerprint_add(struct fingerprint *f, const void *data, size_t len);
void fingerprint_finish(
	const struct fingerprint *f, unsigned char out[FINGERPRINT_SIZE]);

/* Of bytes that are all there: the short way. */
void fingerprint_of(
	const void *data, size_t len, unsigned char out[FINGERPRINT_SIZE]);

/*
 * XXH3-64 of a key: the same number on every machine. It says which shard a
 * key is in, and where a cache has it.
 */
uint64_t key_number(const char *key, size_t len);

enum {
	SHARDS_MAX = 100 * 1000,
};

/*
 * A stable part of a build: the `index`th (from 1) of `count` (to SHARDS_MAX)
 * into which the keys are dealt by their numbers. A count of 0 is the whole.
 */
struct shard {
	uint32_t index, count;
};

/*
 * Is the key with this number in it? By the number's lower half: the upper one
 * chooses the bucket in a cache, of which a shard's keys fill every one so.
 */
static inline bool
shard_has(const struct shard *shard, uint64_t number)
{
	return shard->count == 0 ||
	       (number & UINT32_MAX) * shard->count >> 32 == shard->index - 1;
}

#endif
