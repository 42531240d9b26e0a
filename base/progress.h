/*
 * How much of a build has been read: counters that several threads add to and
 * another may read at any time.
 *
 * Each thread counts in its own tally (base/tally.h) and adds that to these
 * counters now and then, so counting small files costs nothing measurable.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdatomic.h>
#include <stdint.h>

struct progress {
	atomic_uint_fast64_t files; /* files of the build found so far */
	atomic_uint_fast64_t bytes; /* read; archives count as stored on disk */

	/* files that did not have to be read, and their size */
	atomic_uint_fast64_t saved_files;
	atomic_uint_fast64_t saved_bytes;

	/* what `bytes` will be at the end; 0 while unknown */
	atomic_uint_fast64_t expected;
	atomic_bool open_ended; /* a folder of unknown size is read, too */

	/* called by any thread after it has added something; may be NULL */
	void (*look)(void *context);
	void *context;
};

/*
 * Note that this many more bytes will be read. Does nothing if `progress` is
 * NULL.
 */
void progress_expect(struct progress *progress, uint64_t bytes);

/*
 * Note that it is unknown how many more will be read. Does nothing if
 * `progress` is NULL.
 */
void progress_open_end(struct progress *progress);

/* Add to one of the counters. Any thread may call this. */
void progress_add(atomic_uint_fast64_t *counter, uint64_t more);

#endif
