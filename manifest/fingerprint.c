/* Computes fingerprints with xxHash. */
#include "manifest/fingerprint.h"

#include <string.h>
#include <xxhash.h>

int
fingerprint_init(struct fingerprint *f, struct err *err)
{
	f->state = XXH3_createState();
	return f->state ? 0 : err_memory(err);
}

void
fingerprint_release(struct fingerprint *f)
{
	XXH3_freeState(f->state);
	f->state = NULL;
}

void
fingerprint_start(struct fingerprint *f)
{
	XXH3_128bits_reset(f->state);
}

void
fingerprint_add(struct fingerprint *f, const void *data, size_t len)
{
	XXH3_128bits_update(f->state, data, len);
}

static void
put_canonical(XXH128_hash_t hash, unsigned char out[FINGERPRINT_SIZE])
{
	XXH128_canonical_t canonical;

	XXH128_canonicalFromHash(&canonical, hash);
	memcpy(out, canonical.digest, FINGERPRINT_SIZE);
}

void
fingerprint_finish(
	const struct fingerprint *f, unsigned char out[FINGERPRINT_SIZE])
{
	put_canonical(XXH3_128bits_digest(f->state), out);
}

void
fingerprint_of(
	const void *data, size_t len, unsigned char out[FINGERPRINT_SIZE])
{
	put_canonical(XXH3_128bits(data, len), out);
}
