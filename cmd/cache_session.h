/*
 * The stat cache of a command. It only saves time: if it cannot be read or
 * written, a warning is logged and the command goes on.
 */
#ifndef CMD_CACHE_SESSION_H
#define CMD_CACHE_SESSION_H

#include "cmd/options.h"
#include "manifest/cache.h"

/*
 * Open the cache at `path`; with --dry-run it is only read. Returns what
 * build_options takes: NULL if `path` is NULL or with --no-cache.
 */
struct cache *cache_session_begin(
	struct cache *cache, const struct settings *settings, const char *path);

/*
 * The same for a deployment. The cache is at --cache; by default it is beside
 * the baseline, or beside where that would be by default if it is in S3.
 */
struct cache *cache_session_begin_beside(struct cache *cache,
	const struct settings *settings, const char *baseline,
	const char *default_baseline);

/*
 * Write the cache if a build was read with it, and release it. Call it even if
 * none was begun: it does nothing for CACHE_INIT.
 */
void cache_session_end(struct cache *cache);

#endif
