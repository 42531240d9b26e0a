/*
 * Fingerprints: XXH3-128 of an object's bytes, in xxHash's canonical
 * (big-endian) form, so that `xxhsum -H2` prints the same digits.
 *
 * Life: init, then start, add..., finish any number of times, release. If all
 * bytes are in memory, fingerprint_of does it in one call.
 */
#ifndef MANIFEST_FINGERPRINT_H
#define MANIFEST_FINGERPRINT_H

#include <stddef.h>

#include "base/err.h"
#include "manifest/object.h"

struct fingerprint {
	void *state; /* xxHash's */
};

int fingerprint_init(struct fingerprint *f, struct err *err);
void fingerprint_release(struct fingerprint *f);
void fingerprint_start(struct fingerprint *f);
void fingerprint_add(struct fingerprint *f, const void *data, size_t len);
void fingerprint_finish(
	const struct fingerprint *f, unsigned char out[FINGERPRINT_SIZE]);

/* The fingerprint of bytes that are all in memory; needs no state. */
void fingerprint_of(
	const void *data, size_t len, unsigned char out[FINGERPRINT_SIZE]);

#endif
