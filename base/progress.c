/* Counts what was read. */
#include "base/progress.h"

#include <stddef.h>

enum {
	/* Added at once: some milliseconds of work. */
	FILES_AT_ONCE = 64,
	BYTES_AT_ONCE = 1024 * 1024,
};

static void
add(atomic_uint_fast64_t *counter, uint64_t more)
{
	if (more > 0)
		atomic_fetch_add_explicit(counter, more, memory_order_relaxed);
}

void
progress_expect(struct progress *progress, uint64_t bytes)
{
	if (progress)
		add(&progress->expected, bytes);
}

void
progress_open_end(struct progress *progress)
{
	if (progress)
		atomic_store_explicit(
			&progress->open_ended, true, memory_order_relaxed);
}

void
tally_add(struct tally *tally)
{
	struct progress *progress = tally->progress;

	if (!progress)
		return;
	add(&progress->files, tally->files);
	add(&progress->bytes, tally->bytes);
	add(&progress->saved_files, tally->saved_files);
	add(&progress->saved_bytes, tally->saved_bytes);
	*tally = (struct tally){.progress = progress};
	if (progress->look)
		progress->look(progress->context);
}

void
tally_file(struct tally *tally)
{
	if (tally->progress && ++tally->files >= FILES_AT_ONCE)
		tally_add(tally);
}

void
tally_bytes(struct tally *tally, uint64_t bytes)
{
	tally->bytes += bytes;
	if (tally->progress && tally->bytes >= BYTES_AT_ONCE)
		tally_add(tally);
}

void
tally_saved(struct tally *tally, uint64_t bytes)
{
	tally->saved_files++;
	tally->saved_bytes += bytes;
}
