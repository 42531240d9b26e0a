/* Adds the values of a build to what caches can hold. */
#include "manifest/value_sets.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
value_sets_init(struct value_sets *sets)
{
	*sets = (struct value_sets){0};
	arena_init(&sets->keys);
}

void
value_sets_release(struct value_sets *sets)
{
	free(sets->list);
	arena_release(&sets->keys);
	value_sets_init(sets);
}

bool
value_is_anything(const struct cached_value *value)
{
	return !value->absent && object_is_unknown(&value->object);
}

/* The order of two values of one key. */
static int
compare_values(const struct cached_value *a, const struct cached_value *b)
{
	int order;

	if (a->absent != b->absent)
		return a->absent ? -1 : 1;
	order = memcmp(
		a->object.fingerprint, b->object.fingerprint, FINGERPRINT_SIZE);
	if (order != 0 || a->object.size == b->object.size)
		return order;
	return a->object.size < b->object.size ? -1 : 1;
}

int
value_compare(const struct cached_value *a, const struct cached_value *b)
{
	int order = object_compare(&a->object, &b->object);

	return order != 0 ? order : compare_values(a, b);
}

/* The key is the sets' own. */
static int
push(struct value_sets *sets, const struct cached_value *value, struct err *err)
{
	size_t capacity = sets->capacity ? sets->capacity * 2 : 64;
	struct cached_value *list;

	if (sets->count == sets->capacity) {
		if (sets->count >= OBJECTS_MAX)
			return err_set(err, ERR_INPUT,
				"more than the limit of %d values",
				OBJECTS_MAX);
		list = realloc(sets->list, capacity * sizeof(*list));
		if (!list)
			return err_memory(err);
		sets->list = list;
		sets->capacity = capacity;
	}
	sets->list[sets->count++] = *value;
	return 0;
}

int
value_sets_append(struct value_sets *sets, const struct cached_value *value,
	struct err *err)
{
	const struct cached_value *last =
		sets->count > 0 ? &sets->list[sets->count - 1] : NULL;
	struct cached_value kept = *value;

	if (last && object_compare(&last->object, &kept.object) == 0)
		kept.object.key = last->object.key;
	else
		kept.object.key = arena_copy(
			&sets->keys, kept.object.key, kept.object.key_len);
	if (!kept.object.key)
		return err_memory(err);
	return push(sets, &kept, err);
}

/* Everything about one key: what is known of it, and what the build has. */
struct key_values {
	const struct object *key; /* some object with this key */
	const struct object *own; /* the manifest's; NULL: absent */
	const struct object *added; /* the build's; NULL: absent */
	const struct cached_value *set; /* what is listed */
	size_t count;
};

/* The positions in manifest, build and sets. */
struct heads {
	const struct object *own, *own_end;
	const struct object *added, *added_end;
	const struct cached_value *set, *set_end;
};

/* An object with the smallest key of all that are left; NULL: none is left. */
static const struct object *
find_smallest(const struct heads *heads)
{
	const struct object *smallest = NULL;

	if (heads->own != heads->own_end)
		smallest = heads->own;
	if (heads->added != heads->added_end &&
		(!smallest || object_compare(heads->added, smallest) < 0))
		smallest = heads->added;
	if (heads->set != heads->set_end &&
		(!smallest ||
			object_compare(&heads->set->object, smallest) < 0))
		smallest = &heads->set->object;
	return smallest;
}

/* Take the object if it has this key. */
static const struct object *
take_object(const struct object **at, const struct object *end,
	const struct object *key)
{
	if (*at == end || (*at != key && object_compare(*at, key) != 0))
		return NULL;
	return (*at)++;
}

/* Take what belongs to the next key; false if there is none. */
static bool
take_key(struct heads *heads, struct key_values *key)
{
	const struct object *smallest = find_smallest(heads);

	if (!smallest)
		return false;
	*key = (struct key_values){.key = smallest, .set = heads->set};
	key->own = take_object(&heads->own, heads->own_end, smallest);
	key->added = take_object(&heads->added, heads->added_end, smallest);
	while (heads->set != heads->set_end &&
		object_compare(&heads->set->object, smallest) == 0)
		heads->set++;
	key->count = (size_t)(heads->set - key->set);
	return true;
}

static bool
is_value(const struct cached_value *value, const struct object *object)
{
	return value->absent
		       ? !object
		       : object && !value_is_anything(value) &&
				 object_same_content(&value->object, object);
}

/* Does what is known of the key include the build's value? */
static bool
includes(const struct key_values *key)
{
	size_t i;

	if (key->own && object_is_unknown(key->own))
		return true;
	if (!key->own && !key->added)
		return true;
	if (key->own && key->added && object_same_content(key->own, key->added))
		return true;
	for (i = 0; i < key->count; i++)
		if (value_is_anything(&key->set[i]) ||
			is_value(&key->set[i], key->added))
			return true;
	return false;
}

/* Append what is listed and the build's value, or "anything". */
static int
push_grown(
	struct value_sets *out, const struct key_values *key, struct err *err)
{
	struct cached_value added = {.absent = !key->added};
	size_t i = 0;

	added.object.key_len = key->key->key_len;
	added.object.key = key->count > 0
				   ? key->set->object.key
				   : arena_copy(&out->keys, key->key->key,
					     key->key->key_len);
	if (!added.object.key)
		return err_memory(err);
	if (key->count + 2 > VALUES_PER_KEY) {
		added.absent = false;
		return push(out, &added, err);
	}
	if (key->added) {
		added.object.size = key->added->size;
		memcpy(added.object.fingerprint, key->added->fingerprint,
			FINGERPRINT_SIZE);
	}
	if (value_is_anything(&added)) {
		added.object.size = 0;
		return push(out, &added, err);
	}
	for (; i < key->count && compare_values(&key->set[i], &added) < 0; i++)
		if (push(out, &key->set[i], err) != 0)
			return -1;
	if (push(out, &added, err) != 0)
		return -1;
	for (; i < key->count; i++)
		if (push(out, &key->set[i], err) != 0)
			return -1;
	return 0;
}

/* The first `count` values stay as they are. */
static int
begin(struct value_sets *out, const struct value_sets *sets, size_t count,
	struct err *err)
{
	out->capacity = sets->count + 64;
	out->list = malloc(out->capacity * sizeof(*out->list));
	if (!out->list)
		return err_memory(err);
	if (count > 0)
		memcpy(out->list, sets->list, count * sizeof(*out->list));
	out->count = count;
	return 0;
}

/* Nothing is copied to `out` before the first key whose set differs. */
static int
add_key(struct value_sets *out, const struct value_sets *sets,
	const struct key_values *key, bool *grew, struct err *err)
{
	bool same = includes(key);
	size_t i;

	if (!same && !out->list &&
		begin(out, sets, (size_t)(key->set - sets->list), err) != 0)
		return -1;
	*grew |= !same;
	if (!same)
		return push_grown(out, key, err);
	for (i = 0; out->list && i < key->count; i++)
		if (push(out, &key->set[i], err) != 0)
			return -1;
	return 0;
}

int
value_sets_add(struct value_sets *sets, const struct manifest *manifest,
	const struct manifest *build, bool *changed, struct err *err)
{
	struct heads heads = {
		manifest->objects,
		manifest->objects + manifest->count,
		build->objects,
		build->objects + build->count,
		sets->list,
		sets->list + sets->count,
	};
	struct key_values key;
	struct value_sets out;
	bool grew = false;
	int rc = 0;

	assert(manifest->hash[0] && build->hash[0]); /* sealed */
	value_sets_init(&out);
	while (rc == 0 && take_key(&heads, &key))
		rc = add_key(&out, sets, &key, &grew, err);
	if (rc == 0 && grew) {
		arena_join(&sets->keys, &out.keys);
		free(sets->list);
		sets->list = out.list;
		sets->count = out.count;
		sets->capacity = out.capacity;
		out.list = NULL;
		*changed = true;
	}
	value_sets_release(&out);
	return rc;
}

size_t
value_sets_count_keys(const struct value_sets *sets)
{
	size_t count = 0, i;

	for (i = 0; i < sets->count; i++)
		count += i == 0 || object_compare(&sets->list[i - 1].object,
					   &sets->list[i].object) != 0;
	return count;
}
