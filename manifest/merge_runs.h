/*
 * The runs of a merge that has more inputs than it reads at once: sorted parts,
 * in one temporary file without a name, which disappears with the process.
 * All runs share its descriptor.
 *
 * Life: create, then for each run add..., end; then any number of
 * merge_run_open and merge_run_next; release.
 */
#ifndef MANIFEST_MERGE_RUNS_H
#define MANIFEST_MERGE_RUNS_H

#include "base/buf.h"
#include "base/read_buffer.h"
#include "manifest/object.h"

struct merge_run {
	off_t from, to; /* in the file */
};

struct merge_runs {
	int fd;
	struct merge_run *list;
	size_t count;
	off_t end; /* the size of the file */
	struct buf piece; /* not yet written */
};

#define MERGE_RUNS_INIT  \
	{                \
		.fd = -1 \
	}

/* Create the file in this folder. Release the runs even after a failure. */
int merge_runs_create(
	struct merge_runs *runs, const char *folder, struct err *err);
void merge_runs_release(struct merge_runs *runs);

/* Append an object to the current run, with the number of its input. */
int merge_runs_add(struct merge_runs *runs, const struct object *object,
	uint32_t origin, struct err *err);

/* End the current run; from here on it can be read. */
int merge_runs_end(struct merge_runs *runs, struct err *err);

/* Read run `number` through a buffer; release it even after a failure. */
int merge_run_open(struct read_buffer *buffer, const struct merge_runs *runs,
	size_t number, struct err *err);

/*
 * The run's next object and the number of its input; the key stays valid until
 * the next call. After the last one sets *ended instead.
 */
int merge_run_next(struct read_buffer *buffer, struct object *object,
	uint32_t *origin, bool *ended, struct err *err);

#endif
