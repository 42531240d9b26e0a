/* Collects what each URL of a sample may answer. */
#include "edge/sample_values.h"

#include <string.h>

#include "edge/url_walk.h"
#include "manifest/again.h"

struct filling {
	struct sample *sample;
	const struct delta *delta;
	const uint32_t *place;
};

bool
sample_values_is_page(const struct url_rules *rules, const char *key)
{
	size_t i;

	for (i = 0; i < rules->fallback_count; i++)
		if (strcmp(rules->fallback[i], key) == 0)
			return true;
	for (i = 0; rules->site && i < rules->site->page_count; i++)
		if (strcmp(rules->site->pages[i].key, key) == 0)
			return true;
	return false;
}

/* ------------------------------------------------------------- one value */

static bool
has(const struct sample_value *list, const struct object *object)
{
	for (; list; list = list->next)
		if (!list->absent && list->size == object->size &&
			memcmp(list->fingerprint, object->fingerprint,
				FINGERPRINT_SIZE) == 0)
			return true;
	return false;
}

static struct sample_value *
add(struct sample *sample, struct sample_value **list, const char *key,
	struct err *err)
{
	struct sample_value *value =
		arena_alloc(&sample->texts, sizeof(*value));

	if (!value) {
		err_memory(err);
		return NULL;
	}
	*value = (struct sample_value){.next = *list};
	value->key = arena_copy(&sample->texts, key, strlen(key));
	if (!value->key) {
		err_memory(err);
		return NULL;
	}
	*list = value;
	return value;
}

static int
add_content(struct sample *sample, struct sample_value **list,
	const struct object *object, struct err *err)
{
	struct sample_value *value;

	if (object_is_unknown(object) || has(*list, object))
		return 0;
	value = add(sample, list, object->key, err);
	if (!value)
		return -1;
	value->size = object->size;
	memcpy(value->fingerprint, object->fingerprint, FINGERPRINT_SIZE);
	return 0;
}

static int
add_absent(struct sample *sample, struct sample_value **list, const char *key,
	struct err *err)
{
	struct sample_value *value = add(sample, list, key, err);

	if (!value)
		return -1;
	value->absent = true;
	return 0;
}

/* -------------------------------------------------------- what was before */

/* The object of a sealed manifest with this key, or NULL. */
static const struct object *
find_object(const struct manifest *manifest, const char *key)
{
	size_t low = 0, high = manifest->count, middle;
	int order;

	while (low < high) {
		middle = low + (high - low) / 2;
		order = strcmp(manifest->objects[middle].key, key);
		if (order == 0)
			return &manifest->objects[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* The first value of the key, if there is one. */
static size_t
find_values(const struct value_sets *sets, const char *key)
{
	size_t low = 0, high = sets->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(sets->list[middle].object.key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* That nothing answers is old only where something should. */
static int
add_old_absent(struct sample *sample, struct sample_url *url, const char *key,
	const struct object *now, struct err *err)
{
	return now ? add_absent(sample, &url->old, key, err) : 0;
}

static int
add_old_content(struct sample *sample, struct sample_url *url,
	const struct object *object, const struct object *now, struct err *err)
{
	if (now && object_same_content(object, now))
		return 0;
	return add_content(sample, &url->old, object, err);
}

/* All that caches could hold before, but for what is right now. */
static int
add_old(const struct filling *f, struct sample_url *url, const char *key,
	const struct object *now, struct err *err)
{
	const struct value_sets *sets = f->delta->sets;
	const struct object *before = find_object(f->delta->before, key);
	const struct cached_value *value;
	size_t i;
	int rc;

	rc = before ? add_old_content(f->sample, url, before, now, err)
		    : add_old_absent(f->sample, url, key, now, err);
	if (!sets)
		return rc;
	for (i = find_values(sets, key); rc == 0 && i < sets->count; i++) {
		value = &sets->list[i];
		if (strcmp(value->object.key, key) != 0)
			break;
		rc = value->absent
			     ? add_old_absent(f->sample, url, key, now, err)
			     : add_old_content(f->sample, url, &value->object,
				       now, err);
	}
	return rc;
}

/* ------------------------------------------------------------------- all */

/* A page replaces errors with what it was or is. */
static int
add_page(const struct filling *f, const struct url_visit *at, const char *key,
	struct err *err)
{
	const struct object *before =
		f->delta->before ? find_object(f->delta->before, key) : NULL;
	struct sample_value **pages = &f->sample->pages;

	if (at->now && add_content(f->sample, pages, at->now, err) != 0)
		return -1;
	return before ? add_content(f->sample, pages, before, err) : 0;
}

static int
fill_url(void *context, const struct url_visit *at, struct err *err)
{
	const struct filling *f = context;
	const struct object *object = at->now ? at->now : at->change->before;
	uint32_t place = f->place[at->url - f->delta->urls.list];
	struct sample_url *url;

	if (sample_values_is_page(f->delta->rules, object->key) &&
		add_page(f, at, object->key, err) != 0)
		return -1;
	if (place == 0)
		return 0;
	url = &f->sample->list[place - 1];
	if (at->now && add_content(f->sample, &url->fresh, at->now, err) != 0)
		return -1;
	return at->change && f->delta->before
		       ? add_old(f, url, object->key, at->now, err)
		       : 0;
}

/* What one object has now is not old, if another had it before. */
static void
drop_fresh(struct sample_url *url)
{
	struct sample_value **at = &url->old;
	const struct sample_value *fresh;
	bool same;

	while (*at) {
		same = false;
		for (fresh = url->fresh; fresh && !same; fresh = fresh->next)
			same = !(*at)->absent && fresh->size == (*at)->size &&
			       memcmp(fresh->fingerprint, (*at)->fingerprint,
				       FINGERPRINT_SIZE) == 0;
		if (same)
			*at = (*at)->next;
		else
			at = &(*at)->next;
	}
}

static uint64_t
largest(const struct sample_value *list, uint64_t size)
{
	for (; list; list = list->next)
		if (list->size > size)
			size = list->size;
	return size;
}

int
sample_values_fill(struct sample *sample, const struct delta *delta,
	const uint32_t *place, struct err *err)
{
	struct filling f = {sample, delta, place};
	const struct sample_value *fresh;
	struct sample_url *url;
	size_t i;

	if (url_walk(delta, fill_url, &f, err) != 0)
		return -1;
	for (i = 0; i < sample->count; i++) {
		url = &sample->list[i];
		drop_fresh(url);
		url->size_max = largest(sample->pages,
			largest(url->old, largest(url->fresh, 0)));
		for (fresh = url->fresh; fresh; fresh = fresh->next)
			again_has_key(
				sample->again, fresh->key, &url->size_max);
		if (!url->fresh && url->size_max < SAMPLE_UNKNOWN_SIZE)
			url->size_max = SAMPLE_UNKNOWN_SIZE;
	}
	return 0;
}
