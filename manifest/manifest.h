/*
 * A manifest: the sorted list of a build's objects.
 *
 * Life: init, add..., seal (manifest/manifest_seal.h), release. A sealed
 * manifest is sorted, has its hash, and no longer changes. Its text form is
 * described in manifest/manifest_text.h.
 */
#ifndef MANIFEST_MANIFEST_H
#define MANIFEST_MANIFEST_H

#include "base/arena.h"
#include "base/sha256.h"
#include "manifest/object.h"
#include "manifest/shard.h"

struct manifest {
	struct object *objects;
	size_t count;
	size_t capacity;
	struct arena keys;
	size_t threads; /* that may make its text; 0 means 1, the caller's */
	struct shard shard; /* which part this is; set it before the seal */
	char hash[SHA256_HEX_SIZE]; /* of the text; set by manifest_seal */
};

void manifest_init(struct manifest *manifest);
void manifest_release(struct manifest *manifest);

/*
 * Add an object; the key's bytes are copied. ERR_INPUT if object_check_key
 * refuses the key, or if there are already OBJECTS_MAX objects.
 */
int manifest_add(struct manifest *manifest, const char *key, size_t key_len,
	uint64_t size, const unsigned char fingerprint[FINGERPRINT_SIZE],
	struct err *err);

/* The same for an object whose key has been checked. */
int manifest_append(struct manifest *manifest, const struct object *object,
	struct err *err);

/* Like manifest_add, but the key is borrowed: it must outlive the manifest. */
int manifest_add_kept(struct manifest *manifest, const struct object *object,
	struct err *err);

/*
 * Move all objects of another manifest into this one; neither is sealed. The
 * other is released if this succeeds.
 */
int manifest_join(
	struct manifest *manifest, struct manifest *other, struct err *err);

#endif
