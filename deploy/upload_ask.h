/*
 * Asks the bucket about keys, once each: the list of the bucket first, if there
 * are many, then HeadObject for those on which that does not decide, several at
 * the same time. Checksums of the build are computed for the keys that need one,
 * and for no others.
 */
#ifndef DEPLOY_UPLOAD_ASK_H
#define DEPLOY_UPLOAD_ASK_H

#include "deploy/upload_verdict.h"
#include "manifest/build_options.h"

enum {
	/* More keys than this are looked for in a list first. */
	UPLOAD_LIST_FROM = 200,

	/* S3 takes 5,500 reads a second of a prefix; this is far below it. */
	UPLOAD_CONNECTIONS = 16,
};

/* Where to ask, and what to compare with. All is borrowed. */
struct upload_bucket {
	const char *where; /* s3://BUCKET/PREFIX, for messages */
	struct aws_client *client;
	const char *prefix; /* of the keys: "", or with a / at its end */
	bool can_list; /* s3:ListBucket is allowed */

	/* the build, and how it was read */
	const char *build;
	const struct build_options *reading;
	bool has_bytes; /* manifest/build_digests.h */
};

/* What remains to be done for an item. */
enum upload_state {
	UPLOAD_ASK, /* HeadObject */
	UPLOAD_COMPARE, /* the checksum of the build with that of S3 */
	UPLOAD_DECIDED,
};

/*
 * A key. That of a removed object is UPLOAD_MISSING if it is gone, and
 * UPLOAD_OLD if it is still there.
 */
struct upload_item {
	const struct object *object; /* borrowed; the old one if removed */
	bool removed;
	enum upload_verdict verdict;
	enum upload_reason reason;

	/* its own */
	enum upload_state state;
	bool listed; /* `found` is from a list */
	struct s3_object found;
	uint64_t compared; /* the version of the object that was compared */
	enum upload_digest digest; /* with this result */
};

void upload_ask_init(
	struct upload_item *item, const struct object *object, bool removed);

/*
 * Set verdict and reason of these items, which are sorted by their keys. Fails
 * with the codes of aws_send if the bucket cannot be asked, and with ERR_MEMORY;
 * some items may have been decided then.
 */
int upload_ask(const struct upload_bucket *bucket, struct upload_item **items,
	size_t count, struct err *err);

#endif
