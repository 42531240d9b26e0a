/*
 * Multikey quicksort (Bentley and Sedgewick, 1997) with eight bytes of each
 * key at hand. Keys share long beginnings, their folders: comparing whole keys
 * reads those again and again, each from another place in memory. Here keys
 * that agree so far are sorted by the next eight bytes alone.
 *
 * A walk sorts the few names of a folder while they are at hand, so what it has
 * found comes in ascending runs, a folder's files each, that seldom overlap:
 * these are merged, whole where that is possible.
 */
#include "manifest/sort.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* So few are sorted by insertion. */
	FEW = 12,

	/* Pivots for each halving of the count before qsort takes over. */
	PATIENCE = 4,

	/* Objects in a run, on average, from which on runs are merged. */
	RUN_MIN = 8,
};

/* The next eight bytes of the key. */
static void
load(struct sort_name *name)
{
	const unsigned char *at = (const unsigned char *)name->rest;
	size_t len = name->left < 8 ? name->left : 8, i;
	uint64_t bytes = 0;

	for (i = 0; i < len; i++)
		bytes |= (uint64_t)at[i] << (56 - 8 * i);
	name->bytes = bytes;
	name->rest += len;
	name->left -= (uint32_t)len;
}

/* No key holds a NUL, so strcmp is memcmp, and a zero byte is an end. */
static int
compare(const void *a, const void *b)
{
	const struct sort_name *left = a, *right = b;

	if (left->bytes != right->bytes)
		return left->bytes < right->bytes ? -1 : 1;
	return strcmp(left->rest, right->rest);
}

static void
sort_few(struct sort_name *list, size_t count)
{
	struct sort_name moved;
	size_t i, j;

	for (i = 1; i < count; i++) {
		moved = list[i];
		for (j = i; j > 0 && compare(&moved, &list[j - 1]) < 0; j--)
			list[j] = list[j - 1];
		list[j] = moved;
	}
}

static uint64_t
middle_of(uint64_t a, uint64_t b, uint64_t c)
{
	if (a < b)
		return b < c ? b : a < c ? c : a;
	return a < c ? a : b < c ? c : b;
}

static uint64_t
choose_pivot(const struct sort_name *list, size_t count)
{
	size_t step = count / 8;
	const struct sort_name *mid = list + count / 2, *end = list + count - 1;

	return middle_of(middle_of(list[0].bytes, list[step].bytes,
				 list[2 * step].bytes),
		middle_of(mid[-(ptrdiff_t)step].bytes, mid->bytes,
			mid[step].bytes),
		middle_of(end[-2 * (ptrdiff_t)step].bytes,
			end[-(ptrdiff_t)step].bytes, end->bytes));
}

static void
swap(struct sort_name *a, struct sort_name *b)
{
	struct sort_name moved = *a;

	*a = *b;
	*b = moved;
}

/* Less than the pivot to the front, more to the back: [*low, *high) is equal. */
static void
partition(struct sort_name *list, size_t count, size_t *low, size_t *high)
{
	uint64_t pivot = choose_pivot(list, count);
	size_t at = 0;

	*low = 0;
	*high = count;
	while (at < *high) {
		if (list[at].bytes < pivot)
			swap(&list[at++], &list[(*low)++]);
		else if (list[at].bytes > pivot)
			swap(&list[at], &list[--*high]);
		else
			at++;
	}
}

/* Those whose eight bytes are equal: by the next eight; a zero ended them. */
static bool
load_next(struct sort_name *list, size_t count)
{
	size_t i;

	if ((list[0].bytes & 0xff) == 0)
		return false;
	for (i = 0; i < count; i++)
		load(&list[i]);
	return true;
}

static void
sort(struct sort_name *list, size_t count, int patience)
{
	size_t low, high;

	while (count > FEW) {
		if (patience == 0) {
			qsort(list, count, sizeof(*list), compare);
			return;
		}
		partition(list, count, &low, &high);
		sort(list, low, patience - 1);
		sort(list + high, count - high, patience - 1);
		list += low;
		count = high - low;
		if (!load_next(list, count))
			return;
	}
	sort_few(list, count);
}

struct sort_name
sort_name(const char *name, size_t len, size_t index)
{
	struct sort_name out = {
		.rest = name, .left = (uint32_t)len, .index = (uint32_t)index};

	load(&out);
	return out;
}

void
sort_names(struct sort_name *list, size_t count)
{
	int patience = PATIENCE;
	size_t i;

	for (i = count; i > 0; i /= 2)
		patience += PATIENCE;
	sort(list, count, patience);
}

/* Put each object where its name is, going round each circle of moves. */
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
	struct sort_name *list = malloc((count + 1) * sizeof(*list));
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

/* An ascending run, or what is left of it. */
struct sorted_run {
	const struct object *at, *end;
};

static bool
is_less(const struct object *a, const struct object *b)
{
	return strcmp(a->key, b->key) < 0;
}

/* The runs of the objects, up to `most`; one more where there are more. */
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

/* Let the run at `i` sink in a heap, the one with the smallest key on top. */
static void
sink(struct sorted_run *heap, size_t count, size_t i)
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

/* How many objects of the run come before the first of every other run. */
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
		sink(heap, count, i);
	while (count > 0) {
		first = count_first(heap, count);
		memcpy(out, heap[0].at, first * sizeof(*out));
		out += first;
		heap[0].at += first;
		if (heap[0].at == heap[0].end)
			heap[0] = heap[--count];
		sink(heap, count, 0);
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
	} else if ((out = malloc(count * sizeof(*out)))) {
		merge(out, runs, found);
		free(*objects);
		*objects = out;
		rc = 0;
	}
	free(runs);
	return rc;
}
