/* Computes SHA-256 and HMAC with OpenSSL's EVP interface. */
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
sha256_hmac(const void *key, size_t key_len, const void *data, size_t len,
	unsigned char digest[SHA256_SIZE], struct err *err)
{
	if (!HMAC(EVP_sha256(), key, (int)key_len, data, len, digest, NULL))
		return err_memory(err);
	return 0;
}
