/* Hashes keys with xxHash. */
#include "manifest/key_hash.h"

#include <xxhash.h>

uint64_t
key_hash(const char *key, size_t len)
{
	return XXH3_64bits(key, len);
}
