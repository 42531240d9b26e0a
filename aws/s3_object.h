/*
 * What S3 says of an object without its content: HeadObject with
 * x-amz-checksum-mode, and ListObjectsV2 (API version 2006-03-01).
 */
#ifndef AWS_S3_OBJECT_H
#define AWS_S3_OBJECT_H

#include <stdint.h>

#include "aws/call.h"
#include "aws/s3.h"
#include "base/arena.h"
#include "base/checksum.h"

enum {
	S3_XXHASH128_SIZE = 16, /* bytes */
	S3_PAGE_MAX = 1000, /* keys of a page, as S3 defines it */

	/* A key has 3,072 characters if each byte is encoded; and the rest. */
	S3_PAGE_BYTES_MAX = 8 * 1024 * 1024,
};

struct s3_object {
	uint64_t size;

	/* Of the whole object: of its parts' checksums it is of no use here. */
	bool has_xxhash128;
	unsigned char xxhash128[S3_XXHASH128_SIZE];

	/* The best other checksum of the whole object; the ETag may be one. */
	bool has_checksum;
	enum checksum_kind kind;
	unsigned char digest[CHECKSUM_SIZE_MAX];

	bool composite; /* all checksums are made of the parts' checksums */
	bool encrypted; /* by a key that makes the ETag no MD5 */
	bool encoded; /* Content-Encoding: its bytes need not be the file's */
	uint64_t
		version; /* a hash of the ETag: another one is another object */
};

/*
 * Prepare HeadObject for a key of the client's bucket, to be made by aws_send or
 * send_many. The facts go to `object`, which must last as long. The response to
 * a refused HEAD has no body, so there is only the status: 404, or 403, which
 * may mean a missing key if s3:ListBucket is not allowed.
 */
void s3_object_head(
	struct aws_call *call, const char *key, struct s3_object *object);

/* A key as a list shows it: without checksums and what decides on the ETag. */
struct s3_listed {
	const char *key;
	uint64_t size;
	bool has_md5; /* the ETag has the form of a single part's MD5 */
	unsigned char md5[16];
};

struct s3_page {
	struct s3_listed *list; /* in the order of the keys' bytes */
	size_t count;
	bool truncated; /* more keys follow */
	struct arena texts; /* owns all of the above */
};

/*
 * List up to `max` keys (1 to S3_PAGE_MAX) that begin with `prefix` and follow
 * `after` ("" for the first). Fails with the codes of aws_send; ERR_SERVICE also
 * if the answer is not what S3 sends. Release the page in any case.
 */
int s3_object_list(struct aws_client *client, const char *prefix,
	const char *after, unsigned max, struct s3_page *page, struct err *err);
void s3_page_release(struct s3_page *page);

#endif
