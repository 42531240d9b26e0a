/*
 * Memory for what can grow large: the objects of a build, its URLs, arenas.
 *
 * The system maps memory when it is first touched, one page after another, and on a
 * virtual machine that costs more than filling the page. So large memory begins at
 * the start of a huge page, and huge pages are asked for; the system may have none.
 */
#ifndef BASE_LARGE_H
#define BASE_LARGE_H

#include <stddef.h>

/* As malloc; free it with free. */
void *large_alloc(size_t size);

/* As realloc, which would move large memory away from the start of a huge page. */
void *large_resize(void *memory, size_t old_size, size_t new_size);

#endif
