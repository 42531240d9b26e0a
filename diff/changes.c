/* Merges two sorted manifests into a list of changes. */
#include "diff/changes.h"

#include <stdlib.h>
#include <string.h>

static int
add_change(struct changes *changes, size_t *capacity,
	const struct object *before, const struct object *after,
	struct err *err)
{
	struct change *list;
	size_t more;

	if (changes->count == *capacity) {
		more = *capacity ? *capacity * 2 : 64;
		if (more > SIZE_MAX / sizeof(*list))
			return err_memory(err);
		list = realloc(changes->list, more * sizeof(*list));
		if (!list)
			return err_memory(err);
		changes->list = list;
		*capacity = more;
	}
	changes->list[changes->count++] = (struct change){
		.kind = !before  ? CHANGE_ADDED
			: !after ? CHANGE_REMOVED
				 : CHANGE_CHANGED,
		.before = before,
		.after = after,
	};
	changes->added += !before;
	changes->removed += !after;
	changes->changed += before && after;
	return 0;
}

const char *
change_word(enum change_kind kind)
{
	static const char *const words[] = {
		[CHANGE_ADDED] = "added",
		[CHANGE_CHANGED] = "changed",
		[CHANGE_REMOVED] = "removed",
	};

	return words[kind];
}

int
changes_find(struct changes *changes, const struct manifest *before,
	const struct manifest *after, struct err *err)
{
	const struct object *a = before->objects, *b = after->objects;
	size_t i = 0, j = 0, capacity = 0;
	int order, rc = 0;

	*changes = (struct changes){0};
	while (rc == 0 && (i < before->count || j < after->count)) {
		if (i == before->count)
			order = 1;
		else if (j == after->count)
			order = -1;
		else
			order = object_compare(&a[i], &b[j]);
		if (order != 0 || !object_same_content(&a[i], &b[j]))
			rc = add_change(changes, &capacity,
				order <= 0 ? &a[i] : NULL,
				order >= 0 ? &b[j] : NULL, err);
		i += order <= 0;
		j += order >= 0;
	}
	if (rc != 0)
		changes_release(changes);
	return rc;
}

void
changes_release(struct changes *changes)
{
	free(changes->list);
	*changes = (struct changes){0};
}
