/* Merges two sorted manifests and value sets into a list of changes. */
#include "diff/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/large.h"

static int
add_change(struct changes *changes, size_t *capacity,
	const struct change *change, struct err *err)
{
	struct change *list;
	size_t more;

	if (changes->count == *capacity) {
		more = *capacity ? *capacity * 2 : 64;
		if (more > SIZE_MAX / sizeof(*list))
			return err_memory(err);
		list = large_resize(changes->list, *capacity * sizeof(*list),
			more * sizeof(*list));
		if (!list)
			return err_memory(err);
		changes->list = list;
		*capacity = more;
	}
	changes->list[changes->count++] = *change;
	changes->added += change->kind == CHANGE_ADDED;
	changes->changed += change->kind == CHANGE_CHANGED;
	changes->removed += change->kind == CHANGE_REMOVED;
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

const struct object *
change_object(const struct change *change)
{
	return change->after ? change->after : change->before;
}

/* What is left of the lists to merge. */
struct change_merge {
	const struct object *before, *before_end;
	const struct object *after, *after_end;
	const struct cached_value *value, *value_end;
};

/* What the lists say of one key. */
struct change_key {
	const struct object *before, *after; /* NULL if it has none */
	const struct cached_value *values; /* its set */
	size_t value_count;
};

/* An empty list may be NULL, to which not even 0 may be added. */
static void
begin_merge(struct change_merge *m, const struct manifest *before,
	const struct value_sets *sets, const struct manifest *after)
{
	*m = (struct change_merge){
		.before = before->objects,
		.before_end = before->objects,
		.after = after->objects,
		.after_end = after->objects,
	};
	if (before->count > 0)
		m->before_end += before->count;
	if (after->count > 0)
		m->after_end += after->count;
	if (!sets || sets->count == 0)
		return;
	m->value = sets->list;
	m->value_end = sets->list + sets->count;
}

/* Take the smallest key of both manifests. */
static void
take_objects(struct change_merge *m, struct change_key *key)
{
	int order;

	if (m->before == m->before_end)
		order = 1;
	else if (m->after == m->after_end)
		order = -1;
	else
		order = object_compare(m->before, m->after);
	key->before = order <= 0 ? m->before++ : NULL;
	key->after = order >= 0 ? m->after++ : NULL;
	key->value_count = 0;
}

/* Skip what is the same in both manifests: most of them, and fast. */
static void
skip_same(struct change_merge *m)
{
	const struct object *a = m->before, *b = m->after;

	while (a != m->before_end && b != m->after_end &&
		object_same_content(a, b) && object_compare(a, b) == 0) {
		a++;
		b++;
	}
	m->before = a;
	m->after = b;
}

/* Take the key's set, if it has one. */
static void
take_values(struct change_merge *m, const struct object *object,
	struct change_key *key)
{
	key->values = m->value;
	while (m->value != m->value_end &&
		object_compare(&m->value->object, object) == 0)
		m->value++;
	key->value_count = (size_t)(m->value - key->values);
}

/* Take the smallest key of all lists, some of which have sets. */
static void
take_key(struct change_merge *m, struct change_key *key)
{
	const struct object *object = &m->value->object;

	*key = (struct change_key){0};
	if ((m->before == m->before_end ||
		    object_compare(object, m->before) < 0) &&
		(m->after == m->after_end ||
			object_compare(object, m->after) < 0)) {
		take_values(m, object, key);
		return;
	}
	take_objects(m, key);
	take_values(m, key->before ? key->before : key->after, key);
}

/* Is it what caches should have under this key? */
static bool
is_new_content(const struct change_key *key, const struct object *object)
{
	return key->after && object_same_content(object, key->after);
}

/* Find out whether the key changes, from every value that caches can hold. */
static bool
find_change(const struct change_key *key, struct change *change)
{
	const struct object *other = NULL;
	bool absent = !key->before;
	size_t i;

	if (key->before && !is_new_content(key, key->before))
		other = key->before;
	for (i = 0; i < key->value_count; i++) {
		const struct cached_value *value = &key->values[i];

		absent |= value->absent;
		if (!other && !value->absent &&
			!is_new_content(key, &value->object))
			other = &value->object;
	}
	*change = (struct change){
		.kind = !other        ? CHANGE_ADDED
			: !key->after ? CHANGE_REMOVED
				      : CHANGE_CHANGED,
		.before = other,
		.after = key->after,
		.from_sets = other && other != key->before,
	};
	return other || (absent && key->after);
}

static void
count_plain(struct changes *changes, const struct change_key *key)
{
	changes->plain_removed += key->before && !key->after;
	changes->plain_changed += key->before && key->after &&
				  !object_same_content(key->before, key->after);
}

int
changes_find(struct changes *changes, const struct manifest *before,
	const struct value_sets *sets, const struct manifest *after,
	struct err *err)
{
	struct change_merge m;
	struct change_key key = {0};
	struct change change;
	size_t capacity = 0;
	int rc = 0;

	*changes = (struct changes){0};
	begin_merge(&m, before, sets, after);
	while (rc == 0) {
		if (m.value != m.value_end) {
			take_key(&m, &key);
		} else {
			skip_same(&m);
			if (m.before == m.before_end && m.after == m.after_end)
				break;
			take_objects(&m, &key);
		}
		if (find_change(&key, &change)) {
			count_plain(changes, &key);
			rc = add_change(changes, &capacity, &change, err);
		}
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
