/*
 * SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), computed by OpenSSL.
 *
 *   sha256_start(&hash, err);
 *   sha256_add(&hash, data, len, err);    any number of times
 *   sha256_finish(&hash, digest, err);
 *   sha256_release(&hash);
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>

#include "base/err.h"

enum {
	SHA256_SIZE = 32,
	SHA256_HEX_SIZE = 2 * SHA256_SIZE + 1, /* with its NUL */
};

struct sha256 {
	void *context; /* OpenSSL's */
};

/*
 * These functions fail only if memory runs out or OpenSSL has no SHA-256.
 * Release the hash after every start, even after a failure.
 */
int sha256_start(struct sha256 *hash, struct err *err);
int sha256_add(
	struct sha256 *hash, const void *data, size_t len, struct err *err);
int sha256_finish(struct sha256 *hash, unsigned char digest[SHA256_SIZE],
	struct err *err);
void sha256_release(struct sha256 *hash);

/* The digest of one piece of data. */
int sha256_of(const void *data, size_t len, unsigned char digest[SHA256_SIZE],
	struct err *err);

/* The HMAC-SHA-256 of the data under the key. */
int sha256_hmac(const void *key, size_t key_len, const void *data, size_t len,
	unsigned char digest[SHA256_SIZE], struct err *err);

#endif
