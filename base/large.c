/* Allocates memory in huge pages if it is large. */
#include "base/large.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/portable.h"

enum {
	HUGE_PAGE =
		2 * 1024 * 1024, /* the usual size; another only costs time */
	LARGE_MIN = HUGE_PAGE / 4,
};

void *
large_alloc(size_t size)
{
	void *memory;
	size_t pages;

	if (size < LARGE_MIN || size > SIZE_MAX - HUGE_PAGE)
		return malloc(size);
	pages = (size + HUGE_PAGE - 1) / HUGE_PAGE;
	memory = aligned_alloc(HUGE_PAGE, pages * HUGE_PAGE);
	if (memory)
		portable_want_huge_pages(memory, pages * HUGE_PAGE);
	return memory;
}

void *
large_resize(void *memory, size_t old_size, size_t new_size)
{
	void *moved;

	if (new_size < LARGE_MIN)
		return realloc(memory, new_size);
	moved = large_alloc(new_size);
	if (!moved)
		return NULL;
	if (old_size > 0)
		memcpy(moved, memory,
			old_size < new_size ? old_size : new_size);
	free(memory);
	return moved;
}
