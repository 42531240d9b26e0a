/* Decides whether the bucket holds the new object. */
#include "deploy/upload_verdict.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

static_assert((int)S3_XXHASH128_SIZE == (int)FINGERPRINT_SIZE,
	"XXHASH128 is the fingerprint");

static enum upload_verdict
unknown(enum upload_reason why, enum upload_reason *reason)
{
	*reason = why;
	return UPLOAD_UNKNOWN;
}

/* It differs, which proves nothing of an object that may be compressed. */
static enum upload_verdict
different(const struct s3_object *found, enum upload_reason *reason)
{
	return found->encoded ? unknown(UPLOAD_ENCODED, reason) : UPLOAD_OLD;
}

static enum upload_verdict
by_checksum(const struct s3_object *found, enum upload_digest digest,
	enum upload_reason *reason)
{
	switch (digest) {
	case UPLOAD_DIGEST_WANTED:
		return UPLOAD_UNDECIDED;
	case UPLOAD_DIGEST_EQUAL:
		return UPLOAD_NEW;
	case UPLOAD_DIGEST_DIFFERENT:
		return different(found, reason);
	case UPLOAD_DIGEST_NONE:
		return unknown(UPLOAD_NO_BYTES, reason);
	default:
		return unknown(UPLOAD_BYTES_CHANGED, reason);
	}
}

enum upload_verdict
upload_verdict_of(const struct object *object, enum upload_answer answer,
	const struct s3_object *found, enum upload_digest digest,
	enum upload_reason *reason)
{
	*reason = UPLOAD_REASON_NONE;
	if (answer == UPLOAD_ABSENT)
		return UPLOAD_MISSING;
	if (answer == UPLOAD_REFUSED)
		return unknown(UPLOAD_FORBIDDEN, reason);
	if (found->has_xxhash128)
		return memcmp(found->xxhash128, object->fingerprint,
			       FINGERPRINT_SIZE) == 0
			       ? UPLOAD_NEW
			       : different(found, reason);
	if (found->size != object->size)
		return different(found, reason);
	if (found->has_checksum)
		return by_checksum(found, digest, reason);
	if (found->encoded)
		return unknown(UPLOAD_ENCODED, reason);
	if (found->composite)
		return unknown(UPLOAD_COMPOSITE, reason);
	return unknown(found->encrypted ? UPLOAD_ENCRYPTED : UPLOAD_EQUAL_SIZE,
		reason);
}

bool
upload_verdict_is_key(const char *key)
{
	size_t len = strlen(key);

	return len <= S3_KEY_MAX && utf8_is_valid(key, len);
}

const char *
upload_verdict_word(enum upload_verdict verdict)
{
	static const char *const words[UPLOAD_VERDICTS] = {
		[UPLOAD_UNDECIDED] = "undecided",
		[UPLOAD_NEW] = "new",
		[UPLOAD_OLD] = "old",
		[UPLOAD_MISSING] = "missing",
		[UPLOAD_UNKNOWN] = "unknown",
	};

	return words[verdict];
}

const char *
upload_verdict_reason(enum upload_reason reason)
{
	static const char *const words[UPLOAD_REASONS] = {
		[UPLOAD_REASON_NONE] = "",
		[UPLOAD_FORBIDDEN] =
			"S3 refuses to say (403): the credentials lack "
			"s3:GetObject, or s3:ListBucket and the key is missing",
		[UPLOAD_ENCODED] = "it has a Content-Encoding, so its bytes "
				   "need not be those of the file",
		[UPLOAD_COMPOSITE] = "it was uploaded in parts, and only the "
				     "parts have checksums",
		[UPLOAD_ENCRYPTED] = "it is encrypted, so that its ETag is no "
				     "checksum, and it has no other",
		[UPLOAD_NO_BYTES] =
			"BUILD has no bytes for the checksum that S3 keeps: "
			"upload with --checksum-algorithm XXHASH128, or name "
			"the folder or the archive",
		[UPLOAD_BYTES_CHANGED] = "the file cannot be read again, or "
					 "has changed since it was read",
		[UPLOAD_EQUAL_SIZE] = "S3 has no checksum of it, and its size "
				      "is the same",
		[UPLOAD_NO_KEY] = "S3 has no such key: it is not UTF-8, or "
				  "longer than 1,024 bytes",
	};

	return words[reason];
}
