/*
 * An object of a build: what CloudFront serves under one key.
 *
 * Only its content counts (key, size, fingerprint), so a folder and an archive
 * of that folder hold the same objects on any machine.
 */
#ifndef MANIFEST_OBJECT_H
#define MANIFEST_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "manifest/platform.h"

enum {
	FINGERPRINT_SIZE = 16, /* bytes: XXH3-128, see manifest/fingerprint.h */

	/*
	 * Longest key in bytes. PATH_MAX is 4,096, but an archive can hold
	 * longer names, and a CloudFront path ends at 4,000 characters.
	 */
	KEY_MAX = 16 * 1024,

	/*
	 * Most objects in a manifest: a thousand times a very large site. Row
	 * numbers fit in 32 bits.
	 */
	OBJECTS_MAX = 1000 * 1000 * 1000,
};

struct object {
	const char *key; /* NUL-terminated, never empty; the manifest owns it */
	uint32_t key_len;
	unsigned char fingerprint[FINGERPRINT_SIZE]; /* canonical */

	/*
	 * Its content was read here, and is a Git LFS pointer. A manifest's
	 * text does not say so.
	 */
	bool lfs_pointer;
	uint64_t size; /* bytes */
};

/*
 * Can a manifest hold this key? ERR_INPUT if it is empty, too long, contains a
 * NUL, or is not a path that a folder could hold (it has an empty, . or ..
 * component).
 */
int object_check_key(const char *key, size_t len, struct err *err);

/* The order of a manifest: by the bytes of the keys. Keys contain no NUL. */
int object_compare(const struct object *a, const struct object *b);

/* Do both have the same content? The keys are not compared. */
bool object_same_content(const struct object *a, const struct object *b);

/* Is the state of this key at the edge unknown? See manifest_unknown.h. */
bool object_is_unknown(const struct object *object);

#endif
