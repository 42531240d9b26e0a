/*
 * Sorts objects: by merging runs if there are few, else name by name.
 *
 * A walk sorts the names of each folder while it has them in cache, so what it
 * finds comes in ascending runs, the files of one folder each, that seldom
 * overlap: runs are merged, as whole blocks if possible.
 */
#include "manifest/object_sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/large.h"

#include "manifest/sort_names.h"

enum {
	/* Runs are merged if they hold this many objects on average. */
	RUN_MIN = 8,
};

/* Move each object to the place of its name, one cycle of moves at a time. */
static void
arrange(struct object *objects, struct sort_name *list, size_t count)
{
	struct object moved;
	size_t i, at, from;

	for (i = 0; i < count; i++) {
		if (list[i].index == i)
			continue;
		moved = objects[i];
		for (at = i; (from = list[at].index) != i; at = from) {
			objects[at] = objects[from];
			list[at].index = (uint32_t)at;
		}
		objects[at] = moved;
		list[at].index = (uint32_t)at;
	}
}

static int
sort_each(struct object *objects, size_t count)
{
	struct sort_name *list = large_alloc((count + 1) * sizeof(*list));
	size_t i;

	if (!list)
		return -1;
	for (i = 0; i < count; i++)
		list[i] = sort_name(objects[i].key, objects[i].key_len, i);
	sort_names(list, count);
	arrange(objects, list, count);
	free(list);
	return 0;
}

/* What is left to be merged of an ascending run. */
struct sorted_run {
	const struct object *at, *end;
};

static bool
is_less(const struct object *a, const struct object *b)
{
	return object_compare(a, b) < 0;
}

/* Find up to `most` runs; returns most + 1 if there are more. */
static size_t
find_runs(const struct object *objects, size_t count, struct sorted_run *runs,
	size_t most)
{
	size_t found = 0, start = 0, i;

	for (i = 1; i <= count; i++) {
		if (i < count && is_less(&objects[i - 1], &objects[i]))
			continue;
		if (found == most)
			return most + 1;
		runs[found++] =
			(struct sorted_run){objects + start, objects + i};
		start = i;
	}
	return found;
}

/* Restore the heap (the smallest key on top) after the run at `i` changed. */
static void
sift_down(struct sorted_run *heap, size_t count, size_t i)
{
	struct sorted_run moved = heap[i];
	size_t below;

	while ((below = 2 * i + 1) < count) {
		if (below + 1 < count &&
			is_less(heap[below + 1].at, heap[below].at))
			below++;
		if (!is_less(heap[below].at, moved.at))
			break;
		heap[i] = heap[below];
		i = below;
	}
	heap[i] = moved;
}

/* How many objects of the top run come before those of all other runs? */
static size_t
count_first(const struct sorted_run *heap, size_t count)
{
	const struct object *limit = NULL;
	size_t low = 1, high = (size_t)(heap[0].end - heap[0].at), mid;

	if (count > 1)
		limit = heap[1].at;
	if (count > 2 && is_less(heap[2].at, limit))
		limit = heap[2].at;
	if (!limit || is_less(heap[0].end - 1, limit))
		return high;
	while (low < high) {
		mid = low + (high - low) / 2;
		if (is_less(heap[0].at + mid, limit))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
merge(struct object *out, struct sorted_run *heap, size_t count)
{
	size_t i, first;

	for (i = count / 2; i-- > 0;)
		sift_down(heap, count, i);
	while (count > 0) {
		first = count_first(heap, count);
		memcpy(out, heap[0].at, first * sizeof(*out));
		out += first;
		heap[0].at += first;
		if (heap[0].at == heap[0].end)
			heap[0] = heap[--count];
		sift_down(heap, count, 0);
	}
}

int
objects_sort(struct object **objects, size_t count)
{
	size_t most = count / RUN_MIN + 1, found;
	struct sorted_run *runs = malloc(most * sizeof(*runs));
	struct object *out;
	int rc = -1;

	if (!runs)
		return -1;
	found = find_runs(*objects, count, runs, most);
	if (found > most) {
		rc = sort_each(*objects, count);
	} else if (found < 2) {
		rc = 0;
	} else if ((out = large_alloc(count * sizeof(*out)))) {
		merge(out, runs, found);
		free(*objects);
		*objects = out;
		rc = 0;
	}
	free(runs);
	return rc;
}
