/*
 * What one thread has counted but not yet added to the shared progress. It
 * belongs to that thread alone.
 */
#ifndef BASE_TALLY_H
#define BASE_TALLY_H

#include "base/progress.h"

/* Initially all zeros. If `progress` is NULL, nothing is counted. */
struct tally {
	struct progress *progress; /* borrowed, or NULL */
	uint32_t files, saved_files;
	uint64_t bytes, saved_bytes;
};

/* A file was found; it may or may not have to be read. */
void tally_file(struct tally *tally);

/* Bytes were read. */
void tally_bytes(struct tally *tally, uint64_t bytes);

/* A file of this size did not have to be read. */
void tally_saved(struct tally *tally, uint64_t bytes);

/*
 * Add what was counted to the progress. Must be called at the end of the work.
 */
void tally_add(struct tally *tally);

#endif
