/* Counts how much of a build has been read. */
#include "base/progress.h"

#include <stdbool.h>

void
progress_add(atomic_uint_fast64_t *counter, uint64_t more)
{
	if (more > 0)
		atomic_fetch_add_explicit(counter, more, memory_order_relaxed);
}

void
progress_expect(struct progress *progress, uint64_t bytes)
{
	if (progress)
		progress_add(&progress->expected, bytes);
}

void
progress_open_end(struct progress *progress)
{
	if (progress)
		atomic_store_explicit(
			&progress->open_ended, true, memory_order_relaxed);
}
