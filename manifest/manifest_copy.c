/* Copies a manifest. */
#include "manifest/manifest_copy.h"

#include <assert.h>
#include <string.h>

int
manifest_copy(
	struct manifest *out, const struct manifest *manifest, struct err *err)
{
	size_t i;
	int rc = 0;

	assert(manifest->hash[0]); /* sealed */
	manifest_init(out);
	for (i = 0; rc == 0 && i < manifest->count; i++)
		rc = manifest_append(out, &manifest->objects[i], err);
	if (rc != 0) {
		manifest_release(out);
		return -1;
	}
	out->threads = manifest->threads;
	out->shard = manifest->shard;
	memcpy(out->hash, manifest->hash, sizeof(out->hash));
	return 0;
}
