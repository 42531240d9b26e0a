/*
 * Shows the progress of reading builds (cmd/console/progress_line.h). It needs
 * no thread of its own: the threads that read call back (base/progress.h), and
 * one of them draws when that is due, while the others go on.
 */
#ifndef CMD_CONSOLE_READING_PROGRESS_H
#define CMD_CONSOLE_READING_PROGRESS_H

#include <pthread.h>

#include "base/escape.h"
#include "base/progress.h"
#include "manifest/build.h"

/* It must not be moved between begin and end. */
struct reading_progress {
	struct progress progress; /* for build_options */
	struct escaped_name name; /* of the build */
	uint64_t guess; /* at the number of files; 0 if unknown */
	long long began; /* a time of clock_elapsed() */
	pthread_mutex_t lock; /* held by the thread that draws */
	atomic_llong next; /* when to draw */
};

/* `path` is the build's; NULL for two builds that are read at once. */
void reading_progress_begin(
	struct reading_progress *reading, const char *path, uint64_t guess);
void reading_progress_end(struct reading_progress *reading);

/*
 * build_read with progress shown; --verbose says how long it took and what the
 * cache saved. If `guess` is 0, the cache supplies one.
 */
int reading_progress_build(const char *path,
	const struct build_options *options, uint64_t guess,
	struct manifest *manifest, struct err *err);

#endif
