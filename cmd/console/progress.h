/*
 * Shows how far something is that takes its time: on a terminal a line that is
 * drawn again at most ten times a second, elsewhere a line each half minute.
 * Nothing is shown of what takes less than half a second, and nothing with
 * --quiet.
 *
 * No thread of its own: those that read come by (base/progress.h), and one of
 * them draws when it is time to. The others go on meanwhile.
 */
#ifndef CMD_CONSOLE_PROGRESS_H
#define CMD_CONSOLE_PROGRESS_H

#include <pthread.h>

#include "base/escape.h"
#include "base/progress.h"
#include "manifest/build.h"

/* A reading of builds; it may not be moved while it is shown. */
struct reading_shown {
	struct progress progress; /* for build_options */
	struct escaped_name name; /* of the build */
	uint64_t
		guess; /* files it will have, about; 0 where nothing is known */
	long long began;
	pthread_mutex_t lock; /* of who draws */
	atomic_llong next; /* when to draw */
};

/* Of the build at a path, or of two builds at once: NULL. */
void reading_begin(
	struct reading_shown *reading, const char *path, uint64_t guess);
void reading_end(struct reading_shown *reading);

/*
 * As build_read, shown, and with --verbose said how long it took and what the
 * cache saved. The guess is made of the cache where it is 0.
 */
int reading_of_build(const char *path, const struct build_options *options,
	uint64_t guess, struct manifest *manifest, struct err *err);

/* A waiting, in several parts, for `what`, which may change between them. */
struct waiting_shown {
	long long began, most; /* when, and ms that it will take at most */
	long long said; /* when a line was, where there is no terminal */
};

void waiting_begin(struct waiting_shown *waiting, long long most);

/* As aws_system's wait: -1 where it was interrupted. */
int waiting_pause(struct waiting_shown *waiting, const char *what,
	long long milliseconds);
void waiting_end(void);

/*
 * Write a line of at most `columns` columns: "VERB NAME: PART, PART". The name
 * is cut at its front where there is no room for it, then parts are left out,
 * the last one first, and the name at last; "" where not even one part has
 * room. The parts are of ASCII.
 */
enum {
	PARTS_MAX = 4,
	PART_MAX = 64,
};
void progress_fit(struct buf *out, int columns, const char *verb,
	const char *name, const char (*parts)[PART_MAX], size_t count);

/* Columns that well-formed UTF-8 takes on a terminal. */
size_t text_columns(const char *text);

#endif
