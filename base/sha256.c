/* SHA-256 and HMAC by OpenSSL's EVP interface. */
#include "base/sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

int
sha256_start(struct sha256 *hash, struct err *err)
{
	hash->context = EVP_MD_CTX_new();
	if (!hash->context)
		return err_memory(err);
	if (EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) != 1) {
		sha256_release(hash);
		return err_set(err, ERR_BUG, "OpenSSL offers no SHA-256");
	}
	return 0;
}

int
sha256_add(struct sha256 *hash, const void *data, size_t len, struct err *err)
{
	if (EVP_DigestUpdate(hash->context, data, len) != 1)
		return err_memory(err);
	return 0;
}

int
sha256_finish(
	struct sha256 *hash, unsigned char digest[SHA256_SIZE], struct err *err)
{
	if (EVP_DigestFinal_ex(hash->context, digest, NULL) != 1)
		return err_memory(err);
	return 0;
}

void
sha256_release(struct sha256 *hash)
{
	EVP_MD_CTX_free(hash->context);
	hash->context = NULL;
}

int
sha256_of(const void *data, size_t len, unsigned char digest[SHA256_SIZE],
	struct err *err)
{
	if (EVP_Digest(data, len, digest, NULL, EVP_sha256(), NULL) != 1)
		return err_memory(err);
	return 0;
}

int
hmac_sha256(const void *key, size_t key_len, const void *data, size_t len,
	unsigned char digest[SHA256_SIZE], struct err *err)
{
	if (!HMAC(EVP_sha256(), key, (int)key_len, data, len, digest, NULL))
		return err_memory(err);
	return 0;
}

void
hex_encode(char *out, const unsigned char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < len; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * len] = '\0';
}

/* A digit's value plus one; 0 for what is none. A table: this is most of the
 * time that reading a manifest takes. */
static const unsigned char digit_values[256] = {
	['0'] = 1,
	['1'] = 2,
	['2'] = 3,
	['3'] = 4,
	['4'] = 5,
	['5'] = 6,
	['6'] = 7,
	['7'] = 8,
	['8'] = 9,
	['9'] = 10,
	['a'] = 11,
	['b'] = 12,
	['c'] = 13,
	['d'] = 14,
	['e'] = 15,
	['f'] = 16,
};

int
hex_decode(unsigned char *out, const char *digits, size_t len)
{
	const unsigned char *in = (const unsigned char *)digits;
	unsigned high, low;
	size_t i;

	for (i = 0; i < len; i++) {
		/* not past a digit that is none: it may be the text's end */
		high = digit_values[in[2 * i]];
		low = high ? digit_values[in[2 * i + 1]] : 0;
		if (low == 0)
			return -1;
		out[i] = (unsigned char)((high - 1) << 4 | (low - 1));
	}
	return 0;
}
