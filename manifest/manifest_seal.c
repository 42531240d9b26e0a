/* Sorts a manifest and computes its hash. */
#include "manifest/manifest_seal.h"

#include "base/escape.h"
#include "base/hex.h"
#include "manifest/manifest_text.h"
#include "manifest/object_sort.h"

static int
check_duplicates(const struct manifest *manifest, struct err *err)
{
	const struct object *object;
	struct escaped_name shown;
	size_t i;

	for (i = 1; i < manifest->count; i++) {
		object = &manifest->objects[i];
		if (object_compare(&object[-1], object) == 0)
			return err_set(err, ERR_INPUT, "%s: duplicate key",
				escape_show(
					&shown, object->key, object->key_len));
	}
	return 0;
}

static int
add_to_hash(void *to, const void *bytes, size_t len, struct err *err)
{
	return sha256_add(to, bytes, len, err);
}

static int
compute_hash(struct manifest *manifest, struct err *err)
{
	unsigned char digest[SHA256_SIZE];
	struct sha256 hash;
	int rc;

	if (sha256_start(&hash, err) != 0)
		return -1;
	rc = manifest_write_objects(manifest, add_to_hash, &hash, err);
	if (rc == 0)
		rc = sha256_finish(&hash, digest, err);
	if (rc == 0)
		hex_encode(manifest->hash, digest, sizeof(digest));
	sha256_release(&hash);
	return rc;
}

int
manifest_seal(struct manifest *manifest, struct err *err)
{
	if (objects_sort(&manifest->objects, manifest->count) != 0)
		return err_memory(err);
	manifest->capacity = manifest->count;
	if (check_duplicates(manifest, err) != 0)
		return -1;
	return compute_hash(manifest, err);
}
