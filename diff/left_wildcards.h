/*
 * What deployments left because no wildcard was allowed: words of the text of
 * diff/left_out.h, for a later deployment that may have one.
 *
 *	wildcard:<URL>
 *
 * All keys that begin with this URL, other than the URL itself, may be stale:
 * keys with query strings, of which an exact path covers none, any URL that a page
 * of the build answers at, what options left out before, at URLs that no build
 * holds any more, or what caches have by an older configuration. The URL is encoded (diff/url.h). If there would be many words,
 * one stands for all URLs in a folder of the mount, or for the mount.
 */
#ifndef DIFF_LEFT_WILDCARDS_H
#define DIFF_LEFT_WILDCARDS_H

#include "diff/delta.h"

enum {
	LEFT_WILDCARDS_MAX = 200, /* words; more are joined */
	LEFT_WILDCARDS_BYTES = 16 * 1024, /* of all words; the same */
};

/*
 * Append the words, each with a space in front unless `out` is empty: what the
 * delta's plan leaves, and what is left of its rules' wildcards. ERR_MEMORY.
 */
int left_wildcards_write(
	struct buf *out, const struct delta *delta, struct err *err);

/* The first that earlier deployments left, and this delta's plan leaves; or NULL. */
const char *left_wildcards_first(const struct delta *delta);

/*
 * Read the URLs from a text of diff/left_out.h, whose other words are passed
 * over; the arena owns the list and its strings. ERR_MEMORY.
 */
int left_wildcards_read(const char *const **list, size_t *count,
	struct arena *texts, const char *text, struct err *err);

#endif
