/*
 * Before a batch is sent: does the bucket hold the new build? An invalidation that
 * runs before the upload is complete makes caches fetch the old objects again.
 *
 * Every added and changed key is asked for. While one has old bytes or is missing,
 * an upload may be under way: the keys that are not new yet are asked for again,
 * up to a limit. Removed keys should be gone; if one is still there, that is a
 * warning, as is a key of which S3 says too little.
 */
#ifndef DEPLOY_UPLOAD_CHECK_H
#define DEPLOY_UPLOAD_CHECK_H

#include "base/arena.h"
#include "base/string_list.h"
#include "deploy/callbacks.h"
#include "deploy/upload_ask.h"

enum {
	UPLOAD_NAMED_MAX = 10, /* keys that a message names */
};

struct upload_tally {
	size_t keys, of[UPLOAD_VERDICTS]; /* added and changed ones */
	size_t reasons[UPLOAD_REASONS]; /* of the unknown ones */
	size_t removed, gone, there; /* removed ones; the others are unknown */
	long long waited; /* ms */
};

struct upload_check {
	/* set by the caller, and borrowed */
	const struct upload_bucket *bucket;
	const struct deploy_callbacks *callbacks;
	long long wait_max; /* ms */

	/* the result; a failure can have one, too */
	bool has_result;
	struct upload_tally tally;
	struct buf text; /* what was found, in sentences of plain text */

	/* removed keys of which it is known, in the order of the changes */
	struct string_list gone, there;
	struct arena keys; /* owns them */
};

/*
 * Check the changes, whose manifests must outlive the check, and log warnings.
 * Fails with ERR_INPUT if a key is old or missing in the end, and names the first;
 * with ERR_BUSY if the user interrupts; and with the codes of aws_send if the
 * bucket cannot be asked until then. Release the check in any case.
 */
int upload_check_run(struct upload_check *check, const struct changes *changes,
	struct err *err);
void upload_check_release(struct upload_check *check);

#endif
