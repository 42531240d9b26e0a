/* Finds the folder of one manifest that holds most of another. */
#include "diff/moved_folder.h"

#include <string.h>

enum {
	SAMPLES = 16, /* keys that are looked for */

	/* Folders that are counted; index.html may be in any number. */
	FOLDERS_MAX = 256,
};

struct votes {
	struct moved_folder list[FOLDERS_MAX]; /* `shared` counts samples */
	size_t count;
};

static void
add_vote(struct votes *votes, const char *name, size_t len)
{
	struct moved_folder *folder;
	size_t i;

	for (i = 0; i < votes->count; i++) {
		folder = &votes->list[i];
		if (folder->len == len && memcmp(folder->name, name, len) == 0)
			break;
	}
	if (i == FOLDERS_MAX)
		return;
	if (i == votes->count)
		votes->list[votes->count++] =
			(struct moved_folder){.name = name, .len = len};
	votes->list[i].shared++;
}

/* Vote for each folder that has this key. */
static void
look_for(struct votes *votes, const struct object *key,
	const struct manifest *outer)
{
	const struct object *object;
	size_t i, len;

	for (i = 0; i < outer->count; i++) {
		object = &outer->objects[i];
		if (object->key_len < key->key_len + 2)
			continue;
		len = object->key_len - key->key_len - 1;
		if (object->key[len] == '/' &&
			memcmp(object->key + len + 1, key->key, key->key_len) ==
				0)
			add_vote(votes, object->key, len);
	}
}

static bool
is_in(const struct moved_folder *folder, const struct object *object)
{
	return object->key_len > folder->len &&
	       object->key[folder->len] == '/' &&
	       memcmp(object->key, folder->name, folder->len) == 0;
}

/* The part of a key after the folder and its slash. */
static struct object
below(const struct moved_folder *folder, const struct object *object)
{
	struct object inner = *object;

	inner.key += folder->len + 1;
	inner.key_len -= (uint32_t)folder->len + 1;
	return inner;
}

/* The objects of a folder follow each other, in the order of the inner keys. */
static void
compare(struct moved_folder *folder, const struct manifest *inner,
	const struct manifest *outer)
{
	struct object object;
	size_t i, j = 0;
	int order;

	folder->shared = 0;
	for (i = 0; i < outer->count; i++) {
		if (!is_in(folder, &outer->objects[i]))
			continue;
		folder->objects++;
		object = below(folder, &outer->objects[i]);
		order = -1;
		while (j < inner->count) {
			order = object_compare(&inner->objects[j], &object);
			if (order >= 0)
				break;
			j++;
		}
		if (j == inner->count || order != 0)
			continue;
		folder->shared++;
		folder->equal +=
			object_same_content(&inner->objects[j], &object);
	}
}

void
moved_folder_find(struct moved_folder *found, const struct manifest *inner,
	const struct manifest *outer)
{
	struct votes votes = {.count = 0};
	size_t samples = inner->count < SAMPLES ? inner->count : SAMPLES, i;

	*found = (struct moved_folder){.len = 0};
	for (i = 0; i < samples; i++)
		look_for(&votes, &inner->objects[i * inner->count / samples],
			outer);
	for (i = 0; i < votes.count; i++)
		if (votes.list[i].shared > found->shared)
			*found = votes.list[i];
	if (found->len > 0)
		compare(found, inner, outer);
}
