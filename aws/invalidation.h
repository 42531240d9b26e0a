/*
 * Invalidations as CloudFront's API, version 2020-05-31, describes them in
 * XML: batches to send, and invalidations and lists to read.
 */
#ifndef AWS_INVALIDATION_H
#define AWS_INVALIDATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

enum {
	INVALIDATION_ID_MAX = 128, /* AWS's have 13 to 26 characters */
	CREATE_TIME_MAX = 63, /* ISO 8601: 24 characters */
};

struct invalidation {
	const char *id;
	const char *status; /* InProgress or Completed */
	const char *create_time; /* ISO 8601, as received */
	const char *caller_reference;
	const char *const *items; /* the paths */
	size_t item_count;
	struct arena texts; /* owns all of the above */
};

struct invalidation_summary {
	const char *id;
	const char *status;
	const char *create_time;
};

struct invalidation_list {
	struct invalidation_summary *list; /* newest first, as received */
	size_t count;
	const char *next_marker; /* NULL on the last page */
	bool truncated;
	struct arena texts; /* owns all of the above */
};

/*
 * Append the body of CreateInvalidation, an <InvalidationBatch>. The same
 * arguments always give the same bytes.
 */
void invalidation_batch_write(struct buf *out, const char *caller_reference,
	const char *const *items, size_t count);

/*
 * Read what invalidation_batch_write() wrote: the reference and the items; id,
 * status and create_time are "". Fails with ERR_INPUT if the body is anything
 * else. Release `out` even after a failure.
 */
int invalidation_batch_read(struct invalidation *out, const char *body,
	size_t len, struct err *err);

/*
 * Read an <Invalidation> as CloudFront returns it. The id, the status and the
 * time are printable ASCII without spaces, so they fit in a line of text. Fails
 * with ERR_SERVICE if the body is anything else. Release `out` even after a
 * failure.
 */
int invalidation_read(struct invalidation *out, const char *body, size_t len,
	struct err *err);
void invalidation_release(struct invalidation *invalidation);

/* The same for an <InvalidationList>. */
int invalidation_list_read(struct invalidation_list *out, const char *body,
	size_t len, struct err *err);
void invalidation_list_release(struct invalidation_list *list);

#endif
