/*
 * Which parts of a build (manifest/shard.h) a merge has seen: together they must
 * be the whole. Manifests that are no parts, or were made by an edgediff that did
 * not mark them, are not checked.
 *
 * Life: init, add for each operand, check, release.
 */
#ifndef MANIFEST_MERGE_PARTS_H
#define MANIFEST_MERGE_PARTS_H

#include "base/err.h"
#include "manifest/shard.h"

struct merge_parts {
	bool unchecked;
	uint32_t count; /* into which the build is divided; 0: not known yet */
	uint32_t found;

	/* [index - 1]: the number of the operand plus 1, or 0 */
	uint32_t *operands;
	uint32_t first; /* the number of the first operand that is a part */
};

/* If `unchecked`, nothing is refused. */
void merge_parts_init(struct merge_parts *parts, bool unchecked);
void merge_parts_release(struct merge_parts *parts);

/*
 * Add the operand paths[number]. ERR_INPUT names it and another one if both are
 * the same part, or if their numbers of parts differ.
 */
int merge_parts_add(struct merge_parts *parts, const char *const *paths,
	uint32_t number, const struct shard *shard, struct err *err);

/* After the last operand: ERR_INPUT says which part is missing. */
int merge_parts_check(const struct merge_parts *parts, struct err *err);

#endif
