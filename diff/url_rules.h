/* The options that say at which URLs the objects of a build are served. */
#ifndef DIFF_URL_RULES_H
#define DIFF_URL_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "diff/site.h"
#include "diff/url_forms.h"

/* All strings are borrowed. */
struct url_rules {
	const char *prefix; /* the build's URL path, not encoded: / or /docs/ */
	struct url_forms forms;

	/*
	 * The forms at the last deployment; NULL if they were these. A URL that
	 * they would not derive from its object was not that object's before,
	 * so whatever caches have of it is stale, once; so is one that only they
	 * derive, as nothing says that it still is the object's.
	 */
	const struct url_forms *deployed;

	/*
	 * What is known of the site, now and at the last deployment; NULL if
	 * nothing is. If it has changed, what either says of a URL holds, once;
	 * a URL that gets another answer for that reason is stale, once.
	 * A URL that is in no cache by both, and nothing has changed, is never
	 * stale; if it is in none only by the first, it is stale, once, unless no
	 * deployment is known.
	 */
	const struct site *site, *deployed_site;

	/*
	 * Let an exact path be enough for what the site says of query strings
	 * and of its pages, and for `wildcards`: because no wildcard is left
	 * for them.
	 */
	bool exact_only;

	/* Nor may anything be stale because the site has changed. */
	bool changed_only;

	/*
	 * URLs, or starts of URLs, of which earlier deployments left what only a
	 * wildcard covers (diff/left_out.h). Each is stale if a wildcard may
	 * cover it.
	 */
	const char *const *wildcards;
	size_t wildcard_count;

	/* cache keys contain query strings, so no exact path is enough */
	bool query_strings;

	/*
	 * Rely on paths with an encoded ~ or '. Otherwise such a URL is covered
	 * only by a wildcard that is cut before the first of them. In either
	 * case, no exact path covers a URL with a *. See diff/url.h.
	 */
	bool doubtful_encode;

	/*
	 * No cache has a URL of an added object, so it is neutral
	 * (diff/url_set.h). True if the uploader deletes what a build removed:
	 * else the object may have been served before, with other content.
	 * Where the site keeps errors, such a URL may have one.
	 */
	bool skip_added;

	/* globs (base/glob.h) of objects that never make a URL stale */
	const char *const *immutable;
	size_t immutable_count;

	/* keys of pages that answer at other URLs, too: diff/fallback.h */
	const char *const *fallback;
	size_t fallback_count;

	/* prefixes, not encoded, that no wildcard may reach into: /api/ */
	const char *const *never_widen;
	size_t never_widen_count;
};

/*
 * Let this be what is known of the site, or NULL. What it says of index URLs
 * replaces the forms'.
 */
void url_rules_take_site(struct url_rules *rules, const struct site *site);

/* Is this the form of a prefix? If not, ERR_USAGE says what it should be. */
int url_rules_check_prefix(const char *prefix, struct err *err);

/*
 * Fails with ERR_USAGE, naming the option that is wrong and what it should be.
 * *wrong is then that string among the rules, or NULL if several of them do not
 * go together.
 */
int url_rules_check(
	const struct url_rules *rules, const char **wrong, struct err *err);

#endif
