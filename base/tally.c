/* Counts the work of one thread. */
#include "base/tally.h"

enum {
	/* How much is added at once: a few milliseconds of work. */
	FILES_AT_ONCE = 64,
	BYTES_AT_ONCE = 1024 * 1024,
};

void
tally_add(struct tally *tally)
{
	struct progress *progress = tally->progress;

	if (!progress)
		return;
	progress_add(&progress->files, tally->files);
	progress_add(&progress->bytes, tally->bytes);
	progress_add(&progress->saved_files, tally->saved_files);
	progress_add(&progress->saved_bytes, tally->saved_bytes);
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
