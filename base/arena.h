/*
 * Many small allocations that live and die together: keys, URLs, items.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first */
};

void arena_init(struct arena *arena);
void arena_release(struct arena *arena);

/* `size` bytes, aligned for any type; NULL where there is no memory. */
void *arena_alloc(struct arena *arena, size_t size);

/*
 * A copy of `len` bytes with a NUL behind it, unaligned and so packed tightly;
 * NULL where there is no memory.
 */
char *arena_copy(struct arena *arena, const char *bytes, size_t len);

/* Move all that was allocated from another arena into this one. */
void arena_join(struct arena *arena, struct arena *other);

#endif
