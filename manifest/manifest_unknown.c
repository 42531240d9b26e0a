/* Marks and counts the keys of which it is not known what the edge has. */
#include "manifest/manifest_unknown.h"

#include <assert.h>

#include "manifest/manifest_seal.h"

/* Which comes first; a manifest that has ended (NULL) comes last. */
static int
compare_heads(const struct object *a, const struct object *b)
{
	return !a ? 1 : !b ? -1 : object_compare(a, b);
}

/* Add one key. It is in both manifests, or a or b is NULL, never both. */
static int
add_key(struct manifest *out, const struct object *a, const struct object *b,
	struct err *err)
{
	const struct object *either = a ? a : b;
	struct object unknown = {0};

	assert(either);
	unknown.key = either->key;
	unknown.key_len = either->key_len;
	if (a && b && object_same_content(a, b))
		return manifest_append(out, a, err);
	return manifest_append(out, &unknown, err);
}

int
manifest_mark_unknown(struct manifest *out, const struct manifest *a,
	const struct manifest *b, struct err *err)
{
	const struct object *left, *right;
	size_t i = 0, j = 0;
	int order, rc = 0;

	assert(a->hash[0] && b->hash[0]); /* sealed */
	manifest_init(out);
	while (rc == 0 && (i < a->count || j < b->count)) {
		left = i < a->count ? &a->objects[i] : NULL;
		right = j < b->count ? &b->objects[j] : NULL;
		order = compare_heads(left, right);
		rc = add_key(out, order <= 0 ? left : NULL,
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

size_t
manifest_count_unknown(const struct manifest *manifest)
{
	size_t count = 0, i;

	for (i = 0; i < manifest->count; i++)
		count += object_is_unknown(&manifest->objects[i]);
	return count;
}
