/* What a sample consists of: edge/sample.h makes it. */
#ifndef EDGE_SAMPLED_H
#define EDGE_SAMPLED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "manifest/object.h"

enum {
	/*
	 * Bytes of an answer that are looked at if no content is known that it
	 * could have: enough to tell an error page from a file.
	 */
	SAMPLE_UNKNOWN_SIZE = 64 * 1024,
};

/* Does the bucket still have an object that the build removed? */
enum sample_bucket {
	BUCKET_UNKNOWN,
	BUCKET_GONE,
	BUCKET_THERE,
};

/* What a cache may hold under a URL. Absent: an answer of "not found". */
struct sample_value {
	const char *key; /* of which object; the sample owns it */
	bool absent; /* then the size is 0, and the fingerprint zeros */
	uint64_t size;
	unsigned char fingerprint[FINGERPRINT_SIZE];
	enum sample_bucket bucket; /* of a removed object */
	struct sample_value *next;
};

struct sample_url {
	const char *url; /* as in the URL set: encoded for an invalidation */

	/*
	 * What objects of the new build have; NULL: it was removed, and nothing
	 * should answer.
	 */
	struct sample_value *fresh;
	struct sample_value *old; /* other values that are known */
	bool stale;
	bool identity; /* also ask for it without an encoding */
	bool over_budget; /* it does not fit into the bytes: it is not asked */
	uint64_t size_max; /* bytes of the largest value that is known */
};

struct sample {
	struct sample_url *list; /* in the order in which they are asked */
	size_t count;
	size_t urls, stale; /* of the delta */
	char hash[SHA256_HEX_SIZE]; /* of the new manifest */
	bool of_all; /* drawn from all URLs, not from the stale ones */

	/*
	 * What earlier verifications found stale: manifest/again.h, or NULL. An
	 * invalidation should have dropped it, so nothing else tells of it.
	 */
	const char *again;

	/* contents of the pages that replace errors, in both builds */
	struct sample_value *pages;
	struct arena texts; /* owns all of the above, but for the list */
};

#endif
