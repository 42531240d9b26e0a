/* Counts the keys of which it is not known what the edge has. */
#include "manifest/manifest_unknown.h"

size_t
manifest_count_unknown(const struct manifest *manifest)
{
	size_t count = 0, i;

	for (i = 0; i < manifest->count; i++)
		count += object_is_unknown(&manifest->objects[i]);
	return count;
}
