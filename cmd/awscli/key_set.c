/* Collects and sorts keys. */
#include "cmd/awscli/key_set.h"

#include <stdlib.h>

#include "cmd/awscli/python_text.h"

static int
compare_keys(const void *left, const void *right)
{
	const struct value *a = *(const struct value *const *)left;
	const struct value *b = *(const struct value *const *)right;

	return python_text_compare(a->key, a->key_len, b->key, b->key_len);
}

void
key_set_release(struct key_set *keys)
{
	free(keys->list);
	*keys = (struct key_set){NULL, 0};
}

bool
key_set_add(
	struct key_set *keys, const struct value *dict, enum key_set_kind kind)
{
	const struct value **longer, *v;

	longer = realloc(keys->list,
		(keys->count + dict->count + 1) * sizeof(const struct value *));
	if (!longer)
		return false;
	keys->list = longer;
	for (v = dict->first; v; v = v->next)
		if (kind == KEY_SET_ALL ||
			value_is_container(v) == (kind == KEY_SET_CONTAINERS))
			keys->list[keys->count++] = v;
	return true;
}

void
key_set_sort(struct key_set *keys)
{
	size_t i, kept = 0;

	if (keys->count > 0)
		qsort(keys->list, keys->count, sizeof(const struct value *),
			compare_keys);
	for (i = 0; i < keys->count; i++)
		if (i == 0 ||
			compare_keys(&keys->list[i - 1], &keys->list[i]) != 0)
			keys->list[kept++] = keys->list[i];
	keys->count = kept;
}

bool
key_set_has(const struct key_set *keys, const struct value *member)
{
	size_t i;

	for (i = 0; i < keys->count; i++)
		if (compare_keys(&keys->list[i], &member) == 0)
			return true;
	return false;
}
