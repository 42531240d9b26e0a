/*
 * Reads some objects of a build once more, for other checksums than the
 * fingerprint. A digest is given only for bytes that still have the
 * fingerprint, so a build that has changed since gives none, never a wrong one.
 */
#ifndef MANIFEST_BUILD_DIGESTS_H
#define MANIFEST_BUILD_DIGESTS_H

#include "base/checksum.h"
#include "manifest/build_options.h"
#include "manifest/object.h"

struct build_digest {
	/* set by the caller */
	const struct object *object; /* borrowed */
	enum checksum_kind kind;
	void *owner; /* whatever the caller wants to find it again by */

	/* the result */
	bool found;
	unsigned char digest[CHECKSUM_SIZE_MAX];
};

/*
 * Has the build bytes that can be read again? A manifest and a baseline have
 * none, standard input had them once. Also false if it cannot be opened.
 */
bool build_digests_are_possible(const char *path);

/*
 * Find the digests of a build that has bytes, read with these options. A folder's
 * files are opened by their keys; an archive is read as a whole, once. What
 * cannot be read, has changed, or has a checksum that OpenSSL does not offer, is
 * not found. The list is sorted differently afterwards. Fails only with
 * ERR_MEMORY.
 */
int build_digests_find(const char *path, const struct build_options *options,
	struct build_digest *list, size_t count, struct err *err);

#endif
