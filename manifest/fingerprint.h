/*
 * Fingerprints: XXH3-128 of an object's bytes, in xxHash's canonical
 * (big-endian) form, so that `xxhsum -H2` prints the same digits.
 */
#ifndef MANIFEST_FINGERPRINT_H
#define MANIFEST_FINGERPRINT_H

#include <stddef.h>

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

#endif
