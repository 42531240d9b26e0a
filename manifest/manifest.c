/* Collects the objects of a manifest. */
#include "manifest/manifest.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/large.h"

void
manifest_init(struct manifest *manifest)
{
	*manifest = (struct manifest){0};
	arena_init(&manifest->keys);
}

void
manifest_release(struct manifest *manifest)
{
	free(manifest->objects);
	arena_release(&manifest->keys);
	manifest_init(manifest);
}

static int
too_many(struct err *err)
{
	return err_set(err, ERR_INPUT, "more than the limit of %d objects",
		OBJECTS_MAX);
}

static int
grow(struct manifest *manifest, struct err *err)
{
	size_t capacity = manifest->capacity ? manifest->capacity * 2 : 64;
	struct object *objects;

	if (manifest->count >= OBJECTS_MAX)
		return too_many(err);
	objects = large_resize(manifest->objects,
		manifest->capacity * sizeof(*objects),
		capacity * sizeof(*objects));
	if (!objects)
		return err_memory(err);
	manifest->objects = objects;
	manifest->capacity = capacity;
	return 0;
}

/* The key has been checked, and outlives the manifest. */
static int
push(struct manifest *manifest, const struct object *object, struct err *err)
{
	assert(!manifest->hash[0]); /* not sealed */
	if (manifest->count == manifest->capacity && grow(manifest, err) != 0)
		return -1;
	manifest->objects[manifest->count++] = *object;
	return 0;
}

int
manifest_add_kept(
	struct manifest *manifest, const struct object *object, struct err *err)
{
	if (object_check_key(object->key, object->key_len, err) != 0)
		return -1;
	return push(manifest, object, err);
}

int
manifest_append(
	struct manifest *manifest, const struct object *object, struct err *err)
{
	struct object kept = *object;

	kept.key = arena_copy(&manifest->keys, object->key, object->key_len);
	if (!kept.key)
		return err_memory(err);
	return push(manifest, &kept, err);
}

int
manifest_add(struct manifest *manifest, const char *key, size_t key_len,
	uint64_t size, const unsigned char fingerprint[FINGERPRINT_SIZE],
	struct err *err)
{
	struct object object = {
		.key = key, .key_len = (uint32_t)key_len, .size = size};

	if (object_check_key(key, key_len, err) != 0)
		return -1;
	memcpy(object.fingerprint, fingerprint, FINGERPRINT_SIZE);
	return manifest_append(manifest, &object, err);
}

int
manifest_join(
	struct manifest *manifest, struct manifest *other, struct err *err)
{
	size_t count = manifest->count + other->count;
	struct object *objects;

	assert(!manifest->hash[0] && !other->hash[0]);
	if (count > OBJECTS_MAX)
		return too_many(err);
	if (manifest->count == 0) {
		free(manifest->objects);
		manifest->objects = other->objects;
		manifest->capacity = other->capacity;
		other->objects = NULL;
	} else if (other->count > 0) {
		objects = large_resize(manifest->objects,
			manifest->capacity * sizeof(*objects),
			count * sizeof(*objects));
		if (!objects)
			return err_memory(err);
		memcpy(objects + manifest->count, other->objects,
			other->count * sizeof(*objects));
		manifest->objects = objects;
		manifest->capacity = count;
	}
	manifest->count = count;
	arena_join(&manifest->keys, &other->keys);
	manifest_release(other);
	return 0;
}
