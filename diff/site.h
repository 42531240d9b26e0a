/*
 * What is known about how the site is cached: which rules apply to a URL, and
 * which URLs of other origins a wildcard can drop from caches.
 *
 * A URL belongs to the first behaviour whose pattern matches it, and to the last
 * one, the default, if none does. Where diff/path_pattern.h leaves that open, it
 * may belong to any of several, and what any of them says holds.
 */
#ifndef DIFF_SITE_H
#define DIFF_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	/* As many as aws/distribution.h accepts; CloudFront's quota is 75. */
	SITE_BEHAVIORS_MAX = 1000,
};

struct site_behavior {
	const char *pattern; /* shorter than PATTERN_MAX; the last has NULL */
	bool foreign; /* goes to another origin than the build's */
	bool cached; /* caches may hold its URLs */
	bool query_strings; /* its keys contain query strings, or may */
	bool index_slash, index_bare; /* struct url_forms has the same */

	/* A number of the origin, the same as long as it is; 0: unknown. */
	uint32_t origin;
};

/* A page of the build that also answers at URLs which no build holds. */
struct site_page {
	const char *key;
	int64_t ttl; /* seconds for which such a URL keeps it */
	bool widens; /* it is kept so long that a change makes all URLs stale */
};

/* All is borrowed. */
struct site {
	/*
	 * Identifies what was read: equal if nothing was changed in between.
	 * Neither empty nor with spaces.
	 */
	const char *digest;

	const struct site_behavior *behaviors; /* in order */
	size_t count; /* 1 to SITE_BEHAVIORS_MAX; the last is the default */

	/*
	 * The object of this path, encoded (diff/url.h) and without a slash in
	 * front, also answers at /; "" for none.
	 */
	const char *root_object;

	/* index_slash and index_bare hold; else only what options say */
	bool index_urls;
	bool root_only; /* and nothing but root_object answers at / */

	/* A URL may keep an error of the time before its object was added. */
	bool keeps_errors;

	const struct site_page *pages;
	size_t page_count;

	/*
	 * Parts of the edge may still go by an older configuration: what was kept
	 * of that goes on to hold. It is no part of the text form.
	 */
	bool settling;
};

/* What may hold for a URL. */
struct site_url {
	bool foreign, cached, query_strings, index_slash, index_bare;

	/* Of its origin, or origins; 0: unknown. */
	uint32_t origin;
};

/* Are both known, and was nothing changed in between? Either may be NULL. */
bool site_is_same(const struct site *a, const struct site *b);

/* Find out about the URL, `len` characters, encoded as diff/url.h says. */
struct site_url site_look_up(
	const struct site *site, const char *url, size_t len);

/* Can the patterns of this behaviour's kind be met, or are they only said? */
bool site_is_foreign(const struct site_behavior *behavior);

/*
 * How many foreign cached behaviours the wildcard of these `len` characters and a
 * * can meet. Not counted are the default and patterns that begin with a *,
 * since every wildcard meets them, and what comes after a behaviour that takes
 * all of the wildcard's URLs. A wildcard that begins with another one meets no
 * more than the other.
 */
size_t site_count_foreign(
	const struct site *site, const char *prefix, size_t len);

/* One of them, in order, counted from 0; NULL if there are no more. */
const struct site_behavior *site_get_foreign(
	const struct site *site, const char *prefix, size_t len, size_t index);

#endif
