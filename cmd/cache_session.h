/* The stat cache of a command: where it is, and what is said about it. */
#ifndef CMD_CACHE_SESSION_H
#define CMD_CACHE_SESSION_H

#include "cmd/options.h"
#include "manifest/cache.h"

/*
 * Begin the cache at `path`; NULL for no path, or with --no-cache. A dry run
 * reads it only. What is wrong with it is said on standard error, and is no
 * failure. Returns what build_options takes.
 */
struct cache *cache_session_begin(
	struct cache *cache, const struct settings *settings, const char *path);

/*
 * The same for a deployment: --cache, or beside its baseline, or for one in S3
 * .edgediff/ID.cache.
 */
struct cache *cache_session_begin_beside(struct cache *cache,
	const struct settings *settings, const char *baseline,
	const char *distribution);

/* Write it, where a build was read, and release it; a failure is said. */
void cache_session_end(struct cache *cache);

#endif
