/*
 * Many small allocations that are freed together: keys, URLs, items.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first */
};

/* Every arena_init needs an arena_release, which frees all allocations. */
void arena_init(struct arena *arena);
void arena_release(struct arena *arena);

/* `size` bytes, aligned for any type; NULL if out of memory. */
void *arena_alloc(struct arena *arena, size_t size);

/*
 * A copy of `len` bytes with a NUL appended; not aligned, so copies are packed
 * tightly; NULL if out of memory.
 */
char *arena_copy(struct arena *arena, const char *bytes, size_t len);

/* Move all allocations of another arena into this one; leaves `other` empty. */
void arena_join(struct arena *arena, struct arena *other);

#endif
