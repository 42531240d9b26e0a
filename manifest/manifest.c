/* Collects a build's objects, sorts them, and computes the manifest hash. */
#include "manifest/manifest.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/hex.h"
#include "manifest/sort.h"

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

/* Could a folder hold it? No empty, . or .. component. */
static bool
is_path(const char *key, size_t len)
{
	const char *at = key, *end = key + len, *slash;
	size_t part;

	for (;; at = slash + 1) {
		slash = memchr(at, '/', (size_t)(end - at));
		part = (size_t)((slash ? slash : end) - at);
		if (part == 0 || (part == 1 && at[0] == '.') ||
			(part == 2 && at[0] == '.' && at[1] == '.'))
			return false;
		if (!slash)
			return true;
	}
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
	objects = realloc(manifest->objects, capacity * sizeof(*objects));
	if (!objects)
		return err_memory(err);
	manifest->objects = objects;
	manifest->capacity = capacity;
	return 0;
}

int
key_check(const char *key, size_t len, struct err *err)
{
	struct escaped_name shown;

	if (len == 0)
		return err_set(err, ERR_INPUT, "an object without a name");
	if (len > KEY_MAX)
		return err_set(err, ERR_INPUT,
			"%s: a name of %zu bytes, over the limit of %d",
			escape_show(&shown, key, len), len, KEY_MAX);
	if (memchr(key, '\0', len))
		return err_set(err, ERR_INPUT, "%s: a NUL in a name",
			escape_show(&shown, key, len));
	if (!is_path(key, len))
		return err_set(err, ERR_INPUT,
			"%s: an empty, . or .. component in a name",
			escape_show(&shown, key, len));
	return 0;
}

/* An object whose key was checked, and stays. */
static int
push(struct manifest *manifest, const struct object *object, struct err *err)
{
	if (manifest->count == manifest->capacity && grow(manifest, err) != 0)
		return -1;
	manifest->objects[manifest->count++] = *object;
	return 0;
}

int
manifest_add_kept(
	struct manifest *manifest, const struct object *object, struct err *err)
{
	if (key_check(object->key, object->key_len, err) != 0)
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

	if (key_check(key, key_len, err) != 0)
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

	if (count > OBJECTS_MAX)
		return too_many(err);
	if (manifest->count == 0) {
		free(manifest->objects);
		manifest->objects = other->objects;
		manifest->capacity = other->capacity;
		other->objects = NULL;
	} else if (other->count > 0) {
		objects = realloc(manifest->objects, count * sizeof(*objects));
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

static int
hash_emit(void *to, const void *bytes, size_t len, struct err *err)
{
	return sha256_add(to, bytes, len, err);
}

int
manifest_seal(struct manifest *manifest, struct err *err)
{
	unsigned char digest[SHA256_SIZE];
	struct escaped_name shown;
	const struct object *object;
	struct sha256 hash;
	size_t i;
	int rc;

	if (objects_sort(&manifest->objects, manifest->count) != 0)
		return err_memory(err);
	manifest->capacity = manifest->count;
	for (i = 1; i < manifest->count; i++) {
		object = &manifest->objects[i];
		if (strcmp(object[-1].key, object->key) == 0)
			return err_set(err, ERR_INPUT, "%s: there twice",
				escape_show(
					&shown, object->key, object->key_len));
	}
	if (sha256_start(&hash, err) != 0)
		return -1;
	rc = manifest_write_objects(manifest, hash_emit, &hash, err);
	if (rc == 0)
		rc = sha256_finish(&hash, digest, err);
	if (rc == 0)
		hex_encode(manifest->hash, digest, sizeof(digest));
	sha256_release(&hash);
	return rc;
}

static const unsigned char unknown_print[FINGERPRINT_SIZE];

bool
object_is_unknown(const struct object *object)
{
	return memcmp(object->fingerprint, unknown_print, FINGERPRINT_SIZE) ==
	       0;
}

size_t
manifest_count_unknown(const struct manifest *manifest)
{
	size_t count = 0, i;

	for (i = 0; i < manifest->count; i++)
		count += object_is_unknown(&manifest->objects[i]);
	return count;
}

static int
compare_keys(const struct object *a, const struct object *b)
{
	return !a ? 1 : !b ? -1 : strcmp(a->key, b->key);
}

/* One key of the two: a or b may be NULL, or they have the same key. */
static int
blend_one(struct manifest *out, const struct object *a, const struct object *b,
	struct err *err)
{
	const struct object *either = a ? a : b;

	if (!either)
		return 0;
	if (a && b && a->size == b->size &&
		memcmp(a->fingerprint, b->fingerprint, FINGERPRINT_SIZE) == 0)
		return manifest_add(
			out, a->key, a->key_len, a->size, a->fingerprint, err);
	return manifest_add(
		out, either->key, either->key_len, 0, unknown_print, err);
}

int
manifest_blend(struct manifest *out, const struct manifest *a,
	const struct manifest *b, struct err *err)
{
	size_t i = 0, j = 0;
	int order, rc = 0;

	manifest_init(out);
	while (rc == 0 && (i < a->count || j < b->count)) {
		const struct object *left =
			i < a->count ? &a->objects[i] : NULL;
		const struct object *right =
			j < b->count ? &b->objects[j] : NULL;

		order = compare_keys(left, right);
		rc = blend_one(out, order <= 0 ? left : NULL,
			order >= 0 ? right : NULL, err);
		i += order <= 0;
		j += order >= 0;
	}
	if (rc == 0)
		rc = manifest_seal(out, err);
	if (rc != 0)
		manifest_release(out);
	return rc;
}
