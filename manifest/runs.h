/*
 * Runs: sorted parts of a merge that has more inputs than it reads at once, in
 * a temporary file without a name, which is gone with the process. One
 * descriptor serves them all.
 */
#ifndef MANIFEST_RUNS_H
#define MANIFEST_RUNS_H

#include "base/buf.h"
#include "base/read_buffer.h"
#include "manifest/manifest.h"

struct run {
	off_t from, to;
};

struct runs {
	int fd;
	struct run *list;
	size_t count;
	off_t end; /* of the file */
	struct buf piece; /* not yet written */
};

#define RUNS_INIT        \
	{                \
		.fd = -1 \
	}

/* In this folder. Release also after a failure. */
int runs_create(struct runs *runs, const char *folder, struct err *err);
void runs_release(struct runs *runs);

/*
 * Append an object to the run at hand, with the number of the input it came
 * from; end that run, so that it can be read.
 */
int runs_add(struct runs *runs, const struct object *object, uint32_t origin,
	struct err *err);
int runs_end(struct runs *runs, struct err *err);

/* Read the run with this number: a window to be released, also on failure. */
int run_open(struct read_buffer *buffer, const struct runs *runs, size_t number,
	struct err *err);

/* The next object, whose key stays until the next call; else *ended. */
int run_next(struct read_buffer *buffer, struct object *object,
	uint32_t *origin, bool *ended, struct err *err);

#endif
