/*
 * How far the reading of a build is: counters that its threads add to, and
 * that somebody else may look at meanwhile.
 *
 * A thread counts for itself, in a tally, and adds to the common counters only
 * now and then: with small files the counting costs nothing that could be
 * measured.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct progress {
	atomic_uint_fast64_t files; /* those that the build has so far */
	atomic_uint_fast64_t bytes; /* read, of archives as they are stored */

	/* those of the files that did not have to be read, and their size */
	atomic_uint_fast64_t saved_files;
	atomic_uint_fast64_t saved_bytes;

	/* What `bytes` comes to in the end; 0 as long as nobody knows. */
	atomic_uint_fast64_t expected;
	atomic_bool open_ended; /* a folder is read too: nobody can know */

	/* Called when something was added, by any thread; or NULL. */
	void (*look)(void *context);
	void *context;
};

/* One thread's own, all zeros at first; without a progress it does nothing. */
struct tally {
	struct progress *progress;
	uint32_t files, saved_files;
	uint64_t bytes, saved_bytes;
};

/* So many more bytes are to come; NULL for nobody. */
void progress_expect(struct progress *progress, uint64_t bytes);

/* It is not known how many; NULL for nobody. */
void progress_open_end(struct progress *progress);

void tally_file(struct tally *tally);
void tally_bytes(struct tally *tally, uint64_t bytes);

/* A file that need not be read. */
void tally_saved(struct tally *tally, uint64_t bytes);

/* Add what was counted, in the end at the latest. */
void tally_add(struct tally *tally);

#endif
