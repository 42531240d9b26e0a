/* Adds values that a verification found to a stored baseline. */
#include "deploy/stale.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "manifest/again.h"
#include "manifest/manifest_seal.h"

enum { LIST_MAX = AGAIN_MAX * (AGAIN_DIGITS + 1) };

/* The findings, sorted, while they are added to one baseline. */
struct adding {
	struct store *store;
	const struct stale_findings *findings;
	struct cached_value *stale; /* sorted by value_compare */
	bool *taken; /* of these, the next run covers it */
	struct buf again; /* the new list */
	size_t added;
};

/* ------------------------------------------------ what was covered again */

/* A full list takes nothing more. */
static bool
add_entry(struct buf *list, const char *entry)
{
	if (list->len + AGAIN_DIGITS + 1 > LIST_MAX)
		return false;
	if (list->len > 0)
		buf_addch(list, ',');
	buf_addstr(list, entry);
	return true;
}

static int
compare_key(const void *key, const void *value)
{
	return strcmp(key, ((const struct cached_value *)value)->object.key);
}

/* Has the entry the key of a finding that is fresh, and nowhere stale? */
static bool
is_over(const struct adding *a, const char *entry)
{
	const struct stale_findings *f = a->findings;
	uint64_t size = 0;
	size_t i;

	for (i = 0; i < f->fresh_count; i++)
		if (again_has_key(entry, f->fresh[i], &size))
			return f->stale_count == 0 ||
			       !bsearch(f->fresh[i], a->stale, f->stale_count,
				       sizeof(*a->stale), compare_key);
	return false;
}

/* Keep what is not over, and take in what is new. */
static int
make_list(struct adding *a, const char *before, struct err *err)
{
	const struct stale_findings *f = a->findings;
	char entry[AGAIN_DIGITS + 1];
	const char *at;
	size_t i;

	for (at = before; at;
		at = at[AGAIN_DIGITS] ? at + AGAIN_DIGITS + 1 : NULL) {
		snprintf(entry, sizeof(entry), "%.*s", AGAIN_DIGITS, at);
		if (!is_over(a, entry))
			add_entry(&a->again, entry);
	}
	for (i = 0; i < f->stale_count; i++) {
		again_make(entry, &a->stale[i]);
		a->taken[i] = !again_has(before, entry) &&
			      !(i > 0 && value_compare(&a->stale[i - 1],
						 &a->stale[i]) == 0) &&
			      add_entry(&a->again, entry);
		a->added += a->taken[i];
	}
	return buf_check(&a->again, err);
}

/* ------------------------------------------------------------------ values */

static int
compare_values(const void *a, const void *b)
{
	return value_compare(a, b);
}

/* The next value that is taken and of no key before; the count if none is. */
static size_t
next_taken(const struct adding *a, size_t i, const char *key)
{
	for (; i < a->findings->stale_count; i++)
		if (a->taken[i] &&
			(!key || strcmp(a->stale[i].object.key, key) != 0))
			return i;
	return a->findings->stale_count;
}

/*
 * Make a build that is the baseline's, but for the first value of each key that
 * is taken, which is then no longer: what it adds to the baseline are these.
 */
static int
make_build(struct adding *a, struct manifest *build,
	const struct manifest *manifest, struct err *err)
{
	const size_t count = a->findings->stale_count;
	size_t next = next_taken(a, 0, NULL), i = 0;
	const struct cached_value *value;
	int order, rc = 0;

	manifest_init(build);
	while (rc == 0 && (i < manifest->count || next < count)) {
		value = next < count ? &a->stale[next] : NULL;
		order = !value ? -1
			: i == manifest->count
				? 1
				: object_compare(&manifest->objects[i],
					  &value->object);
		if (order < 0) {
			rc = manifest_add_kept(
				build, &manifest->objects[i], err);
		} else {
			if (!value->absent)
				rc = manifest_add_kept(
					build, &value->object, err);
			a->taken[next] = false;
			next = next_taken(a, next + 1, value->object.key);
		}
		i += order <= 0;
	}
	return rc == 0 ? manifest_seal(build, err) : -1;
}

static int
add_values(struct adding *a, struct baseline *baseline, struct err *err)
{
	struct manifest build;
	bool changed;
	int rc = 0;

	while (rc == 0 && next_taken(a, 0, NULL) < a->findings->stale_count) {
		rc = make_build(a, &build, &baseline->manifest, err);
		if (rc == 0)
			rc = baseline_add_values(
				baseline, &build, &changed, err);
		manifest_release(&build);
	}
	return rc;
}

/* -------------------------------------------------------------------- saving */

static int
add_and_save(
	void *context, struct baseline *baseline, bool found, struct err *err)
{
	struct adding *a = context;
	const char *before = baseline->again ? baseline->again : "";

	if (!found)
		return err_set(err, ERR_INPUT,
			"%s: the baseline is not there any more",
			a->store->where);
	buf_clear(&a->again);
	a->added = 0;
	if (make_list(a, baseline->again, err) != 0 ||
		add_values(a, baseline, err) != 0)
		return -1;
	if (strcmp(buf_str(&a->again), before) == 0)
		return 0;
	free(baseline->again);
	baseline->again = a->again.len > 0 ? strdup(buf_str(&a->again)) : NULL;
	if (a->again.len > 0 && !baseline->again)
		return err_memory(err);
	return store_save(a->store, baseline, err);
}

static int
record(struct adding *a, const struct mount *mount,
	const struct deploy_callbacks *callbacks, struct err *err)
{
	const struct mount_amendment amendment = {
		.make = add_and_save, .context = a};
	struct baseline baseline;
	int rc;

	baseline_init(&baseline);
	rc = mount_amend(
		mount, a->store, callbacks, &baseline, true, &amendment, err);
	baseline_release(&baseline);
	return rc;
}

int
stale_record(const struct mount *mount, struct store *store,
	const struct deploy_callbacks *callbacks,
	const struct stale_findings *findings, size_t *added, struct err *err)
{
	const size_t count = findings->stale_count;
	struct adding a = {.store = store, .findings = findings};
	int rc;

	buf_init(&a.again, LIST_MAX);
	a.stale = calloc(count + 1, sizeof(*a.stale));
	a.taken = calloc(count + 1, sizeof(*a.taken));
	if (a.stale && a.taken) {
		if (count > 0)
			memcpy(a.stale, findings->stale,
				count * sizeof(*a.stale));
		qsort(a.stale, count, sizeof(*a.stale), compare_values);
		rc = record(&a, mount, callbacks, err);
	} else {
		rc = err_memory(err);
	}
	*added = rc == 0 ? a.added : 0;
	free(a.stale);
	free(a.taken);
	buf_release(&a.again);
	return rc;
}
