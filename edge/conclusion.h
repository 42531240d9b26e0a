/* What conclusions are; edge/conclusions.h explains and draws them. */
#ifndef EDGE_CONCLUSION_H
#define EDGE_CONCLUSION_H

#include "edge/reading.h"

enum {
	/*
	 * Seconds. If an error page is kept longer, a plan covers the URLs that
	 * may have it; otherwise waiting is enough.
	 */
	ERROR_TTL_SHORT = 60,
};

enum conclusion_level {
	CONCLUSION_NOTE,
	CONCLUSION_WARNING, /* something that no plan sees to */
	CONCLUSION_ERROR, /* no invalidation of this distribution can work */
};

struct conclusion {
	const char *code; /* such as "index-urls", for programs */
	enum conclusion_level level;

	/* The behaviour that it is about; NULL: the whole distribution. */
	const struct cache_behavior *behavior;

	const char *text; /* what follows: a clause, names escaped */
	const char *reason; /* what was read: a clause, names escaped */
};

/* What holds for the URLs of one behaviour. */
struct behavior_rules {
	/* Its origin is not the build's, so its URLs are other content. */
	bool foreign;

	/* Something in it may be cached, at any time. */
	bool cached;

	/* Keys may have query strings, so only wildcards cover a URL. */
	bool query_strings;

	/*
	 * The index document of a folder may answer at the folder's URL with a
	 * slash, and without one. It always answers at its own URL.
	 */
	bool index_slash, index_bare;
};

/* A page of the build that also answers at URLs that have no object. */
struct fallback_page {
	const char *page; /* its URL, as in the configuration: /index.html */
	int64_t code; /* of the error that it replaces */
	int64_t ttl; /* seconds for which such a URL keeps it */
	bool widens; /* if it is stale, so is everything in the mount */
};

struct conclusions {
	/* By row of the table, then by behaviour. */
	struct conclusion *list;
	size_t count;

	/* Nothing is in doubt; otherwise nothing is narrowed. */
	bool complete;

	/* No invalidation of this distribution can work. */
	bool refused;

	/*
	 * The URL / answers with the object at this path, which has no slash in
	 * front; "" if there is no default root object.
	 */
	const char *root_object;

	/* / has no other content than that: with "", it is no page's URL. */
	bool root_only;

	/*
	 * Some error is kept for longer than a moment, so a URL may have one
	 * that was asked for before its object was there.
	 */
	bool keeps_errors;

	struct behavior_rules *behaviors; /* as in the distribution */
	struct fallback_page *fallbacks;
	size_t fallback_count;
	struct arena texts; /* owns all of the above */
};

/* Where the build is. All borrowed. */
struct conclusions_place {
	const char *prefix; /* / or /docs/ */

	/*
	 * For each behaviour, whether the build may have URLs in it. NULL: no
	 * build is known; its origin is then that of the prefix itself.
	 */
	const bool *of_build;
};

#endif
