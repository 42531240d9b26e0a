/*
 * A manifest: the sorted list of a build's objects.
 *
 * It holds content only (key, size, fingerprint), so a folder and an archive
 * of it give the same manifest on any machine. Its text form is:
 *
 *	edgediff-manifest 1 xxh3-128
 *	<32 hex digits> <size in bytes> <key>
 *	...
 *	end <number of objects> <SHA-256 of every byte before this line>
 *
 * sorted by the key's bytes (memcmp), no duplicates, each line ended by one
 * newline. The SHA-256 is the manifest hash: equal builds, equal hashes. Keys
 * are escaped as base/escape.h says. Life: init, add..., seal; a sealed manifest
 * does not change.
 */
#ifndef MANIFEST_MANIFEST_H
#define MANIFEST_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/emit.h"
#include "base/err.h"
#include "base/sha256.h"

enum {
	FINGERPRINT_SIZE = 16,

	/*
	 * Longest key in bytes. PATH_MAX is 4,096, but an archive can hold
	 * more, and a CloudFront path ends at 4,000 characters.
	 */
	KEY_MAX = 16 * 1024,

	/* Most objects: a million times more than a large site; rows count
	 * in 32 bits. */
	OBJECTS_MAX = 1000 * 1000 * 1000,
};

struct object {
	const char *key; /* NUL-terminated, never empty; the manifest owns it */
	uint32_t key_len;
	unsigned char fingerprint[FINGERPRINT_SIZE]; /* XXH3-128, canonical */
	uint64_t size; /* bytes */
};

struct manifest {
	struct object *objects;
	size_t count;
	size_t capacity;
	struct arena keys;
	size_t threads; /* that may make its text; 0 is one, the caller's */
	char hash[SHA256_HEX_SIZE]; /* set by seal */
};

void manifest_init(struct manifest *manifest);
void manifest_release(struct manifest *manifest);

/*
 * Can a manifest hold it? ERR_INPUT for a key that is empty, too long, holds a
 * NUL or is no path that a folder could hold (an empty, . or .. component).
 */
int key_check(const char *key, size_t len, struct err *err);

/*
 * Add an object; the key's bytes are copied. ERR_INPUT for a key that
 * key_check refuses, and for one object too many.
 */
int manifest_add(struct manifest *manifest, const char *key, size_t key_len,
	uint64_t size, const unsigned char fingerprint[FINGERPRINT_SIZE],
	struct err *err);

/* The same for an object whose key was checked. */
int manifest_append(struct manifest *manifest, const struct object *object,
	struct err *err);

/* The same for one whose key stays where it is as long as the manifest. */
int manifest_add_kept(struct manifest *manifest, const struct object *object,
	struct err *err);

/* Move all objects of another manifest into this one; both unsealed. */
int manifest_join(
	struct manifest *manifest, struct manifest *other, struct err *err);

/* Sort, refuse duplicate keys (ERR_INPUT names the key), compute the hash. */
int manifest_seal(struct manifest *manifest, struct err *err);

/*
 * Two sealed manifests as one, sealed: the objects that both have alike, and
 * each key in which they differ with a size of 0 and a fingerprint of zeros,
 * which no object has: what stands under it is not known. `out` is
 * initialised here; after a failure there is nothing to release.
 */
int manifest_blend(struct manifest *out, const struct manifest *a,
	const struct manifest *b, struct err *err);
bool object_is_unknown(const struct object *object);
size_t manifest_count_unknown(const struct manifest *manifest);

/* The text's part that the hash is over: all lines but the end line. */
int manifest_write_objects(const struct manifest *manifest, emit_fn *emit,
	void *to, struct err *err);

/* The text of a sealed manifest, in pieces. */
int manifest_write(const struct manifest *manifest, emit_fn *emit, void *to,
	struct err *err);

/*
 * Read one manifest from the start of text, strictly, and seal it. *used is
 * the length of its text: a caller that expects nothing behind it compares.
 * Every error is ERR_INPUT and names the line, counted from `first_line`; a
 * text without its end line, or with a wrong one, is cut or damaged. A key
 * that no folder could hold (`/a`, `a//b`, `a/../b`) is refused.
 */
int manifest_read(struct manifest *manifest, const char *text, size_t len,
	size_t first_line, size_t *used, struct err *err);

#endif
