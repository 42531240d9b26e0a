/* Computes the CallerReference of a batch. */
#include "diff/batch.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hex.h"

/* Every reference that edgediff makes begins with this. */
#define REFERENCE_PREFIX "edgediff-"

enum {
	HASH_DIGITS = 32,
};

/*
 * Hash text as a netstring, so that different lists never hash the same bytes.
 */
static int
add_text(struct sha256 *hash, const char *text, struct err *err)
{
	char length[32];
	size_t len = strlen(text);
	int digits = snprintf(length, sizeof(length), "%zu:", len);

	if (sha256_add(hash, length, (size_t)digits, err) != 0 ||
		sha256_add(hash, text, len, err) != 0)
		return -1;
	return sha256_add(hash, ",", 1, err);
}

static int
add_all(struct sha256 *hash, const struct batch_origin *origin,
	const char *const *items, size_t count, struct err *err)
{
	char serial[32];
	size_t i;

	snprintf(serial, sizeof(serial), "%" PRIu64, origin->serial);
	if (add_text(hash, origin->distribution, err) != 0 ||
		add_text(hash, origin->lineage, err) != 0 ||
		add_text(hash, serial, err) != 0 ||
		add_text(hash, origin->hash_before, err) != 0 ||
		add_text(hash, origin->hash_after, err) != 0)
		return -1;
	for (i = 0; i < count; i++)
		if (add_text(hash, items[i], err) != 0)
			return -1;
	return 0;
}

int
batch_reference(char reference[CALLER_REFERENCE_SIZE],
	const struct batch_origin *origin, const char *const *items,
	size_t count, struct err *err)
{
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	struct sha256 hash = {0};
	int rc;

	assert(strlen(origin->hash_after) == SHA256_HEX_SIZE - 1);
	assert(strlen(origin->tag) >= BATCH_TAG_DIGITS);
	rc = sha256_start(&hash, err);
	if (rc == 0)
		rc = add_all(&hash, origin, items, count, err);
	if (rc == 0)
		rc = sha256_finish(&hash, digest, err);
	sha256_release(&hash);
	if (rc != 0)
		return -1;
	hex_encode(hex, digest, sizeof(digest));
	snprintf(reference, CALLER_REFERENCE_SIZE,
		REFERENCE_PREFIX "%.*s-%.*s-%.*s", BATCH_BUILD_DIGITS,
		origin->hash_after, BATCH_TAG_DIGITS, origin->tag, HASH_DIGITS,
		hex);
	return 0;
}

/* Are there this many digits, and then this character? */
static bool
is_part(const char *text, size_t digits, char end)
{
	return strspn(text, "0123456789abcdef") == digits &&
	       text[digits] == end;
}

bool
batch_reference_read(const char *reference, char tag[BATCH_TAG_DIGITS + 1])
{
	const char *at = reference + strlen(REFERENCE_PREFIX);

	tag[0] = '\0';
	if (strncmp(reference, REFERENCE_PREFIX, strlen(REFERENCE_PREFIX)) !=
			0 ||
		!is_part(at, BATCH_BUILD_DIGITS, '-'))
		return false;
	at += BATCH_BUILD_DIGITS + 1;
	if (is_part(at, BATCH_TAG_DIGITS, '-')) {
		memcpy(tag, at, BATCH_TAG_DIGITS);
		tag[BATCH_TAG_DIGITS] = '\0';
		at += BATCH_TAG_DIGITS + 1;
	}
	return is_part(at, HASH_DIGITS, '\0');
}

bool
batch_reference_is_of(const char *reference, const char *hash)
{
	return strncmp(reference + strlen(REFERENCE_PREFIX), hash,
		       BATCH_BUILD_DIGITS) == 0;
}
