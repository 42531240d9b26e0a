/*
 * The XML of CloudFront's API, version 2020-05-31, and of STS's, version
 * 2011-06-15: written by hand, read by libxml2 (no entities, no DTD, no
 * network; a document with a DTD is refused).
 */
#ifndef AWS_XML_H
#define AWS_XML_H

#include <stdbool.h>

#include "aws/credentials.h"
#include "base/arena.h"
#include "base/buf.h"

enum {
	INVALIDATION_ID_MAX = 128, /* AWS's have 13 to 26 characters */
	CREATE_TIME_MAX = 63, /* ISO 8601: 24 characters */
};

struct invalidation {
	const char *id;
	const char *status; /* InProgress or Completed */
	const char *create_time; /* ISO 8601, as answered */
	const char *caller_reference;
	const char *const *items;
	size_t item_count;
	struct arena texts; /* holds all of the above */
};

struct invalidation_summary {
	const char *id;
	const char *status;
	const char *create_time;
};

struct invalidation_list {
	struct invalidation_summary *list; /* newest first, as answered */
	size_t count;
	const char *next_marker; /* NULL on the last page */
	bool truncated;
	struct arena texts;
};

struct service_error {
	char code[128];
	char message[1024]; /* one line, escaped as names are */
	char request_id[128];
	char region[64]; /* where the service names the right one, else "" */
};

/* Append the body of CreateInvalidation: always the same bytes. */
void xml_write_batch(struct buf *out, const char *caller_reference,
	const char *const *items, size_t count);

/*
 * Each reads a whole answer and owns its texts (release also on failure);
 * ERR_SERVICE where it is not the document it should be.
 */
int xml_read_invalidation(struct invalidation *out, const char *body,
	size_t len, struct err *err);
void invalidation_release(struct invalidation *invalidation);

/*
 * The body of a batch as written by xml_write_batch: reference and items.
 * ERR_INPUT where it is not.
 */
int xml_read_batch(struct invalidation *out, const char *body, size_t len,
	struct err *err);

int xml_read_list(struct invalidation_list *out, const char *body, size_t len,
	struct err *err);
void invalidation_list_release(struct invalidation_list *list);

/*
 * The <Credentials> of the STS operation that `operation` names, into empty
 * ones; release also on failure.
 */
int xml_read_credentials(struct credentials *out, const char *operation,
	const char *body, size_t len, struct err *err);

/*
 * An error answer: CloudFront's <ErrorResponse> or a bare <Error>. Where it is
 * neither, the code is the status number, the message its reason.
 */
void xml_read_error(
	struct service_error *out, long status, const char *body, size_t len);

#endif
