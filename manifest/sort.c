/*
 * Multikey quicksort (Bentley and Sedgewick, 1997) with eight bytes of each
 * key at hand. Keys share long beginnings, their folders: comparing whole keys
 * reads those again and again, each from another place in memory. Here keys
 * that agree so far are sorted by the next eight bytes alone.
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
};

struct handle {
	uint64_t
		bytes; /* eight of the key, as a number; zeros behind its end */
	const char *rest; /* of the key, behind these */
	uint32_t left; /* its length */
	uint32_t index; /* of the object */
};

/* The next eight bytes of the key. */
static void
load(struct handle *handle)
{
	const unsigned char *at = (const unsigned char *)handle->rest;
	size_t len = handle->left < 8 ? handle->left : 8, i;
	uint64_t bytes = 0;

	for (i = 0; i < len; i++)
		bytes |= (uint64_t)at[i] << (56 - 8 * i);
	handle->bytes = bytes;
	handle->rest += len;
	handle->left -= (uint32_t)len;
}

/* No key holds a NUL, so strcmp is memcmp, and a zero byte is an end. */
static int
compare(const void *a, const void *b)
{
	const struct handle *left = a, *right = b;

	if (left->bytes != right->bytes)
		return left->bytes < right->bytes ? -1 : 1;
	return strcmp(left->rest, right->rest);
}

static void
sort_few(struct handle *list, size_t count)
{
	struct handle moved;
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
choose_pivot(const struct handle *list, size_t count)
{
	size_t step = count / 8;
	const struct handle *mid = list + count / 2, *end = list + count - 1;

	return middle_of(middle_of(list[0].bytes, list[step].bytes,
				 list[2 * step].bytes),
		middle_of(mid[-(ptrdiff_t)step].bytes, mid->bytes,
			mid[step].bytes),
		middle_of(end[-2 * (ptrdiff_t)step].bytes,
			end[-(ptrdiff_t)step].bytes, end->bytes));
}

static void
swap(struct handle *a, struct handle *b)
{
	struct handle moved = *a;

	*a = *b;
	*b = moved;
}

/* Less than the pivot to the front, more to the back: [*low, *high) is equal. */
static void
partition(struct handle *list, size_t count, size_t *low, size_t *high)
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
load_next(struct handle *list, size_t count)
{
	size_t i;

	if ((list[0].bytes & 0xff) == 0)
		return false;
	for (i = 0; i < count; i++)
		load(&list[i]);
	return true;
}

static void
sort(struct handle *list, size_t count, int patience)
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

/* Put each object where its handle is, going round each circle of moves. */
static void
arrange(struct object *objects, struct handle *list, size_t count)
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

int
objects_sort(struct object *objects, size_t count)
{
	struct handle *list = malloc((count + 1) * sizeof(*list));
	int patience = PATIENCE;
	size_t i;

	if (!list)
		return -1;
	for (i = 0; i < count; i++) {
		list[i] = (struct handle){.rest = objects[i].key,
			.left = objects[i].key_len,
			.index = (uint32_t)i};
		load(&list[i]);
	}
	for (i = count; i > 0; i /= 2)
		patience += PATIENCE;
	sort(list, count, patience);
	arrange(objects, list, count);
	free(list);
	return 0;
}
