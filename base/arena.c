/* The arena: a list of blocks, each filled from its start. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/large.h"

enum {
	FIRST_BLOCK = 4 * 1024,
	BLOCK_SIZE_MAX = 32 * 1024 * 1024,
};

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t size;
	alignas(max_align_t) char bytes[];
};

void
arena_init(struct arena *arena)
{
	arena->blocks = NULL;
}

void
arena_release(struct arena *arena)
{
	struct arena_block *block, *next;

	for (block = arena->blocks; block; block = next) {
		next = block->next;
		free(block);
	}
	arena->blocks = NULL;
}

/* Put a new block in front, large enough for `size` bytes. */
static struct arena_block *
add_block(struct arena *arena, size_t size)
{
	struct arena_block *block;
	size_t want = FIRST_BLOCK;

	if (arena->blocks)
		want = arena->blocks->size * 4;
	if (want > BLOCK_SIZE_MAX)
		want = BLOCK_SIZE_MAX;
	if (want < size)
		want = size;
	if (want > SIZE_MAX - sizeof(*block))
		return NULL;
	block = large_alloc(sizeof(*block) + want);
	if (!block)
		return NULL;
	block->next = arena->blocks;
	block->used = 0;
	block->size = want;
	arena->blocks = block;
	return block;
}

static void *
take(struct arena *arena, size_t size, size_t align)
{
	struct arena_block *block = arena->blocks;
	size_t start = 0;

	if (block)
		start = (block->used + align - 1) / align * align;
	if (!block || start > block->size || size > block->size - start) {
		block = add_block(arena, size);
		if (!block)
			return NULL;
		start = 0;
	}
	block->used = start + size;
	return block->bytes + start;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	return take(arena, size, alignof(max_align_t));
}

char *
arena_copy(struct arena *arena, const char *bytes, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		return NULL;
	copy = take(arena, len + 1, 1);
	if (!copy)
		return NULL;
	if (len > 0)
		memcpy(copy, bytes, len);
	copy[len] = '\0';
	return copy;
}

void
arena_join(struct arena *arena, struct arena *other)
{
	struct arena_block **last = &other->blocks;

	while (*last)
		last = &(*last)->next;
	*last = arena->blocks;
	arena->blocks = other->blocks;
	other->blocks = NULL;
}
