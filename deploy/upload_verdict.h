/*
 * Does the bucket hold the new object? A pure function of what the manifest says
 * of the object and what S3 says of the key. The proofs, the best first:
 *
 * - a full-object XXHASH128, which is the manifest's fingerprint;
 * - another size, which no other proof can outweigh;
 * - another full-object checksum, or the ETag of an object that was uploaded in
 *   one part and is not encrypted with a key of KMS: its MD5. That of the build's
 *   bytes has to be computed.
 *
 * An equal size alone proves nothing. If the object has a Content-Encoding, it may
 * have been compressed on its way, so only equality proves something.
 */
#ifndef DEPLOY_UPLOAD_VERDICT_H
#define DEPLOY_UPLOAD_VERDICT_H

#include "aws/s3_object.h"
#include "manifest/object.h"

enum upload_verdict {
	UPLOAD_UNDECIDED, /* the checksum of the build's bytes is needed */
	UPLOAD_NEW, /* the bucket holds what the build has */
	UPLOAD_OLD, /* it holds something else */
	UPLOAD_MISSING,
	UPLOAD_UNKNOWN, /* S3 says too little; see the reason */
	UPLOAD_VERDICTS,
};

/* Why a verdict is UPLOAD_UNKNOWN. */
enum upload_reason {
	UPLOAD_REASON_NONE,
	UPLOAD_FORBIDDEN, /* 403: it may be missing, or not be read */
	UPLOAD_ENCODED, /* it differs, but has a Content-Encoding */
	UPLOAD_COMPOSITE, /* of a multipart upload, only parts have checksums */
	UPLOAD_ENCRYPTED, /* KMS: the ETag says nothing, and no checksum */
	UPLOAD_NO_BYTES, /* BUILD has no bytes for S3's checksum */
	UPLOAD_BYTES_CHANGED, /* or they cannot be read again */
	UPLOAD_EQUAL_SIZE, /* nothing but the size can be compared */
	UPLOAD_NO_KEY, /* S3 can have no such key */
	UPLOAD_REASONS,
};

/* The answer to a HeadObject. */
enum upload_answer { UPLOAD_FOUND, UPLOAD_ABSENT, UPLOAD_REFUSED };

/* The checksum of the build's own bytes, of the kind that S3 has. */
enum upload_digest {
	UPLOAD_DIGEST_WANTED, /* not computed yet */
	UPLOAD_DIGEST_NONE, /* there are no bytes */
	UPLOAD_DIGEST_LOST, /* they have changed, or cannot be read */
	UPLOAD_DIGEST_EQUAL,
	UPLOAD_DIGEST_DIFFERENT,
};

/*
 * The verdict on a key of the new build, with the reason if it is unknown, else
 * UPLOAD_REASON_NONE. `found` counts only for UPLOAD_FOUND.
 */
enum upload_verdict upload_verdict_of(const struct object *object,
	enum upload_answer answer, const struct s3_object *found,
	enum upload_digest digest, enum upload_reason *reason);

/* Can S3 have this key: UTF-8 of at most 1,024 bytes? */
bool upload_verdict_is_key(const char *key);

/* "new", "old", "missing", "unknown". */
const char *upload_verdict_word(enum upload_verdict verdict);

/* The reason in words, as the end of "3 keys are unknown: ". */
const char *upload_verdict_reason(enum upload_reason reason);

#endif
