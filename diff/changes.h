/* The changes from one manifest to another. */
#ifndef DIFF_CHANGES_H
#define DIFF_CHANGES_H

#include "manifest/manifest.h"

enum change_kind { CHANGE_ADDED, CHANGE_CHANGED, CHANGE_REMOVED };

struct change {
	enum change_kind kind;
	/* owned by the manifests */
	const struct object *before; /* NULL if it was added */
	const struct object *after; /* NULL if it was removed */
};

struct changes {
	struct change *list; /* sorted by key */
	size_t count;
	size_t added, changed, removed; /* how many of each kind */
};

/* Returns "added", "changed" or "removed". */
const char *change_word(enum change_kind kind);

/*
 * Find the changes. Both manifests must be sealed and outlive the changes.
 * Fails only if memory runs out. Release the changes after success only.
 */
int changes_find(struct changes *changes, const struct manifest *before,
	const struct manifest *after, struct err *err);
void changes_release(struct changes *changes);

#endif
