/*
 * The checksums by which S3 tells what an object contains, except XXHASH128,
 * which is a manifest's fingerprint ("Checking object integrity", Amazon S3 User
 * Guide). MD5, SHA-1 and SHA-256 are OpenSSL's.
 *
 *   checksum_start(&sum, CHECKSUM_SHA256, err);
 *   checksum_add(&sum, data, len, err);    any number of times
 *   checksum_finish(&sum, digest, err);
 *   checksum_release(&sum);
 */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum checksum_kind {
	CHECKSUM_CRC64NVME,
	CHECKSUM_CRC32,
	CHECKSUM_CRC32C,
	CHECKSUM_SHA256,
	CHECKSUM_SHA1,
	CHECKSUM_MD5,
	CHECKSUM_KINDS,
};

enum {
	CHECKSUM_SIZE_MAX = 32, /* bytes, of SHA-256 */
};

struct checksum {
	enum checksum_kind kind;
	void *state; /* a CRC's, or OpenSSL's */
};

/* Its name in S3's API; and the bytes of its digest. */
const char *checksum_name(enum checksum_kind kind);
size_t checksum_size(enum checksum_kind kind);

/*
 * These fail if memory runs out, or with ERR_INPUT if OpenSSL is configured to
 * offer no such digest (FIPS forbids MD5). Release after every start, even after
 * a failure.
 */
int checksum_start(
	struct checksum *sum, enum checksum_kind kind, struct err *err);
int checksum_add(
	struct checksum *sum, const void *data, size_t len, struct err *err);

/* Write checksum_size bytes; a CRC's most significant byte is the first. */
int checksum_finish(struct checksum *sum,
	unsigned char digest[CHECKSUM_SIZE_MAX], struct err *err);
void checksum_release(struct checksum *sum);

#endif
