/*
 * What caches can hold: for each key, the set of values that an upload may have
 * put there. A value is a content (size and fingerprint), "absent" (caches keep
 * answers of "not found", too), or "anything".
 *
 * The sets are kept relative to a sealed manifest: what caches can hold under
 * a key is the manifest's own value of that key (absent, if it has no such key)
 * and the values that are listed here. So nothing is listed while there was no
 * other upload. A set that would grow beyond VALUES_PER_KEY, the manifest's own
 * value included, becomes "anything". An object of the manifest that is unknown
 * (manifest/manifest_unknown.h) is "anything" already: nothing is listed for
 * it.
 *
 * The sets stay valid only with the manifest that they are relative to.
 */
#ifndef MANIFEST_VALUE_SETS_H
#define MANIFEST_VALUE_SETS_H

#include <stdbool.h>

#include "manifest/manifest.h"

enum {
	/*
	 * Values that are told apart, the manifest's own included. A build
	 * beyond them would only have to be the one that comes back to be worth
	 * more.
	 */
	VALUES_PER_KEY = 3,
};

/*
 * "Anything" is not absent, and its object is unknown (object_is_unknown). Then
 * it is the only listed value of its key.
 */
struct cached_value {
	struct object object; /* the sets own its key */
	bool absent; /* then the size is 0, and the fingerprint zeros */
};

struct value_sets {
	/*
	 * Sorted by key; for one key absent first, then by fingerprint and
	 * size; without duplicates, and never the manifest's own value.
	 */
	struct cached_value *list;
	size_t count;
	size_t capacity;
	struct arena keys;

	/*
	 * Any key can have any value, also one that no record knows. The list
	 * goes on to say which keys there may be.
	 */
	bool nothing_known;
};

#endif
