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
	 * Values that are told apart, the manifest's own included. To tell more
	 * apart saves something only if caches hold just what the next build
	 * brings back.
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

void value_sets_init(struct value_sets *sets);
void value_sets_release(struct value_sets *sets);

bool value_is_anything(const struct cached_value *value);

/* The order of the list. */
int value_compare(const struct cached_value *a, const struct cached_value *b);

/*
 * Append a value that comes after all others in the list's order; its key is
 * copied. ERR_INPUT if there are OBJECTS_MAX values already.
 */
int value_sets_append(struct value_sets *sets, const struct cached_value *value,
	struct err *err);

/*
 * The build may have been uploaded: add its value (absent, where it has none)
 * to the set of each key of manifest, sets and build, all sealed. *changed is
 * set to true if any set grew, else left alone. After a failure (ERR_MEMORY,
 * ERR_INPUT as above) the sets are as they were.
 */
int value_sets_add(struct value_sets *sets, const struct manifest *manifest,
	const struct manifest *build, bool *changed, struct err *err);

/* How many keys have a value beside the manifest's own? */
size_t value_sets_count_keys(const struct value_sets *sets);

#endif
