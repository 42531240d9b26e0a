/*
 * Multikey quicksort (Bentley and Sedgewick, 1997) with eight bytes of each
 * name loaded. Names share long beginnings, their folders: comparing whole
 * names reads those again and again, each from another place in memory. Here
 * names that are equal so far are sorted by their next eight bytes alone.
 */
#include "manifest/sort_names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* Up to this many are sorted by insertion. */
	FEW = 12,

	/* Pivots for each halving of the count before qsort takes over. */
	PATIENCE = 4,
};

/* Load the next eight bytes of the name. */
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

/* No name contains a NUL, so strcmp orders as memcmp, and a zero byte ends. */
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

/* Smaller ones go to the front, larger ones to the back; [*low, *high) equal. */
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

/* Load the next bytes of names that are equal so far; false if they ended. */
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
