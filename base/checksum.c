/* Computes checksums by a table of their kinds. */
#include "base/checksum.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "base/crc.h"

static const struct {
	const char *name;
	size_t size;
	uint64_t polynomial; /* of a CRC; else 0 */
	const EVP_MD *(*digest)(void);
} kinds[CHECKSUM_KINDS] = {
	[CHECKSUM_CRC64NVME] = {"CRC64NVME", 8, CRC_64NVME, NULL},
	[CHECKSUM_CRC32] = {"CRC32", 4, CRC_32, NULL},
	[CHECKSUM_CRC32C] = {"CRC32C", 4, CRC_32C, NULL},
	[CHECKSUM_SHA256] = {"SHA256", 32, 0, EVP_sha256},
	[CHECKSUM_SHA1] = {"SHA1", 20, 0, EVP_sha1},
	[CHECKSUM_MD5] = {"MD5", 16, 0, EVP_md5},
};

const char *
checksum_name(enum checksum_kind kind)
{
	return kinds[kind].name;
}

size_t
checksum_size(enum checksum_kind kind)
{
	return kinds[kind].size;
}

int
checksum_start(struct checksum *sum, enum checksum_kind kind, struct err *err)
{
	const bool is_crc = kinds[kind].polynomial != 0;

	sum->kind = kind;
	sum->state = is_crc ? malloc(sizeof(struct crc)) : EVP_MD_CTX_new();
	if (!sum->state)
		return err_memory(err);
	if (is_crc)
		crc_start(sum->state, kinds[kind].polynomial);
	else if (EVP_DigestInit_ex(sum->state, kinds[kind].digest(), NULL) != 1)
		return err_set(err, ERR_INPUT, "OpenSSL offers no %s here",
			kinds[kind].name);
	return 0;
}

int
checksum_add(
	struct checksum *sum, const void *data, size_t len, struct err *err)
{
	if (kinds[sum->kind].polynomial)
		crc_add(sum->state, data, len);
	else if (EVP_DigestUpdate(sum->state, data, len) != 1)
		return err_memory(err);
	return 0;
}

int
checksum_finish(struct checksum *sum, unsigned char digest[CHECKSUM_SIZE_MAX],
	struct err *err)
{
	size_t size = kinds[sum->kind].size, i;
	uint64_t value;

	if (!kinds[sum->kind].polynomial)
		return EVP_DigestFinal_ex(sum->state, digest, NULL) == 1
			       ? 0
			       : err_memory(err);
	value = crc_finish(sum->state);
	for (i = size; i-- > 0; value >>= 8)
		digest[i] = (unsigned char)value;
	return 0;
}

void
checksum_release(struct checksum *sum)
{
	if (kinds[sum->kind].polynomial)
		free(sum->state);
	else
		EVP_MD_CTX_free(sum->state);
	sum->state = NULL;
}
