/*
 * What is known about the site's cache behaviours: which rules of caching apply
 * to a URL, and which URLs of other origins a wildcard can drop from caches.
 *
 * A URL belongs to the first behaviour whose pattern matches it, and to the last
 * one, the default, if none does. Where diff/path_pattern.h leaves that open, it
 * may belong to any of several, and what any of them says holds.
 */
#ifndef DIFF_SITE_H
#define DIFF_SITE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	/* As many as aws/distribution.h accepts; CloudFront's quota is 75. */
	SITE_BEHAVIORS_MAX = 1000,
};

struct site_behavior {
	const char *pattern; /* shorter than PATTERN_MAX; the last has NULL */
	bool foreign; /* goes to another origin than the build's */
	bool cached; /* caches may hold its URLs */
	bool query_strings; /* its keys contain query strings, or may */
};

struct site {
	const struct site_behavior *behaviors; /* in order; borrowed */
	size_t count; /* 1 to SITE_BEHAVIORS_MAX; the last is the default */
};

/* What may hold for a URL. */
struct site_url {
	bool cached, query_strings;
};

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

/* The first of them, or NULL. */
const struct site_behavior *site_find_foreign(
	const struct site *site, const char *prefix, size_t len);

#endif
