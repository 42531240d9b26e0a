/* What plans have to know of a distribution: from conclusions to diff/site.h. */
#ifndef EDGE_KNOWN_SITE_H
#define EDGE_KNOWN_SITE_H

#include "diff/site.h"
#include "edge/conclusions.h"

/* What options leave to the conclusions; they decide the rest. */
struct known_site_scope {
	bool index_urls, query_strings, pages;
};

/*
 * Make the site; the arena owns what it consists of, except for the digest,
 * which is borrowed. `prefix` is where the build is, not encoded: pages elsewhere
 * are not its own. ERR_MEMORY.
 */
int known_site_make(struct site *out, struct arena *texts,
	const struct distribution *distribution,
	const struct conclusions *conclusions, const char *digest,
	const char *prefix, struct err *err);

/*
 * Nothing is known of the configuration that parts of the edge may still go by:
 * any URL may have query strings in its keys, and so much is kept, as a
 * configuration of its own. ERR_MEMORY.
 */
int known_site_doubt(struct site *site, struct arena *texts, struct err *err);

/* Take out of a site what options decide. ERR_MEMORY. */
int known_site_limit(struct site *site, struct arena *texts,
	const struct known_site_scope *scope, struct err *err);

#endif
