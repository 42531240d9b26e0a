/*
 * The changes from what caches can hold to a new build.
 *
 * Caches can hold, under a key, the content that the old manifest has, or
 * `absent` if it has none, and every value in the key's set. A key is
 * - changed if the new manifest has it, and caches can hold other content;
 * - added if the new manifest has it, and caches can hold `absent`, but no
 *   other content;
 * - removed if the new manifest lacks it, and caches can hold any content.
 */
#ifndef DIFF_CHANGES_H
#define DIFF_CHANGES_H

#include "manifest/manifest.h"
#include "manifest/value_sets.h"

enum change_kind { CHANGE_ADDED, CHANGE_CHANGED, CHANGE_REMOVED };

struct change {
	enum change_kind kind;
	/*
	 * Both are owned by the manifests and the sets. `before` is NULL if it
	 * was added; else the old manifest's object, or, if that is not what
	 * differs, the first such content of the set.
	 */
	const struct object *before;
	const struct object *after; /* NULL if it was removed */
	bool from_sets; /* `before` is one of the sets */
};

struct changes {
	struct change *list; /* sorted by key */
	size_t count;
	size_t added, changed, removed; /* how many of each kind */

	/* how many keys the manifests alone say were changed or removed */
	size_t plain_changed, plain_removed;
};

/* Returns "added", "changed" or "removed". */
const char *change_word(enum change_kind kind);

/* The new object or, if it was removed, the old one: both have its key. */
const struct object *change_object(const struct change *change);

/*
 * Find the changes. Both manifests must be sealed, and outlive the changes, as
 * must the sets, which belong to `before`. Without sets (NULL) caches hold what
 * `before` says; whether nothing is known (value_sets.h) is ignored here. Fails
 * only if memory runs out. Release the changes after success only.
 */
int changes_find(struct changes *changes, const struct manifest *before,
	const struct value_sets *sets, const struct manifest *after,
	struct err *err);
void changes_release(struct changes *changes);

#endif
