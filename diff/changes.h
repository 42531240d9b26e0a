/*
 * What changed between two manifests: a merge of the two sorted lists.
 */
#ifndef DIFF_CHANGES_H
#define DIFF_CHANGES_H

#include "manifest/manifest.h"

enum change_kind { CHANGE_ADDED, CHANGE_CHANGED, CHANGE_REMOVED };

struct change {
	enum change_kind kind;
	const struct object
		*before; /* NULL where added; the manifest owns it */
	const struct object *after; /* NULL where removed */
};

struct changes {
	struct change *list; /* by key */
	size_t count;
	size_t added, changed, removed; /* counts */
};

/* "added", "changed", "removed". */
const char *change_word(enum change_kind kind);

/* Both manifests are sealed and outlive the changes. Fails for memory only. */
int changes_find(struct changes *changes, const struct manifest *before,
	const struct manifest *after, struct err *err);
void changes_release(struct changes *changes);

#endif
