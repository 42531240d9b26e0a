/* Computes the CallerReference of a batch. */
#include "diff/batch.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hex.h"

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
		REFERENCE_PREFIX "%.16s-%.32s", origin->hash_after, hex);
	return 0;
}
