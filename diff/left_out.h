/*
 * What the options let a deployment leave out, although caches may have it: as
 * text, for a baseline, so that a later deployment without them can make up for
 * it.
 *
 * The text is words with a space between them:
 *
 *	immutable:<glob>	objects that never make a URL stale
 *	skip-added		the URLs of added objects
 *	query-strings		nothing: URLs with query strings were covered, too
 *	query-strings:<pattern>	the same for the URLs of this cache behaviour, or
 *				without a pattern for those of the default
 *	uncached:<pattern>	the URLs of this cache behaviour, which no cache has
 *	fallback:<key>		nothing: all URLs at which it answers were covered
 *	wildcard:<URL>		what diff/left_wildcards.h explains
 *	-			none of these
 *
 * What is known of the site counts like options. Globs, keys and patterns are
 * encoded like URLs (diff/url.h). The first two,
 * uncached and wildcard leave out more than their absence, the others less. What
 * follows from all but wildcard is that everything may be stale.
 */
#ifndef DIFF_LEFT_OUT_H
#define DIFF_LEFT_OUT_H

#include "diff/delta.h"

enum {
	LEFT_OUT_MAX = 64 * 1024, /* bytes of the text: one line */
};

/*
 * The text of these rules and of what a delta with them leaves, which the caller
 * frees. Without a delta (NULL), it has no word wildcard. NULL: ERR_MEMORY, or
 * ERR_INPUT if it would be longer than LEFT_OUT_MAX.
 */
char *left_out_text(const struct url_rules *rules, const struct delta *delta,
	struct err *err);

/*
 * Did a deployment with the text `before` leave out what one with `now` does not?
 * Then returns which option has changed, as the end of a sentence, else NULL.
 */
const char *left_out_compare(const char *before, const char *now);

#endif
