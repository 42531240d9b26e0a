/*
 * SHA-256 (FIPS 180-4) by OpenSSL, as a stream and in one call, and HMAC of
 * it (RFC 2104); lower-case hexadecimal.
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

/* A failure can only be one of memory. Release is needed after every start. */
int sha256_start(struct sha256 *hash, struct err *err);
int sha256_add(
	struct sha256 *hash, const void *data, size_t len, struct err *err);
int sha256_finish(struct sha256 *hash, unsigned char digest[SHA256_SIZE],
	struct err *err);
void sha256_release(struct sha256 *hash);

int sha256_of(const void *data, size_t len, unsigned char digest[SHA256_SIZE],
	struct err *err);

int hmac_sha256(const void *key, size_t key_len, const void *data, size_t len,
	unsigned char digest[SHA256_SIZE], struct err *err);

/* `len` bytes as 2 * len lower-case digits and a NUL. */
void hex_encode(char *out, const unsigned char *bytes, size_t len);

/* 2 * len digits, lower-case only, into len bytes: 0, or -1 (sets no err). */
int hex_decode(unsigned char *out, const char *digits, size_t len);

#endif
