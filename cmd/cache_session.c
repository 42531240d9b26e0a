/* Opens and closes the stat cache of a command. */
#include "cmd/cache_session.h"

#include <string.h>

#include "base/escape.h"
#include "base/folder.h"
#include "cmd/console/log.h"
#include "deploy/store_open.h"

enum {
	CACHE_PATH_MAX = 64 * 1024, /* bytes; a longer path cannot be opened */
};

struct cache *
cache_session_begin(
	struct cache *cache, const struct settings *settings, const char *path)
{
	struct err why = ERR_INIT;
	struct escaped_name shown;

	if (!path || settings->no_cache)
		return NULL;
	if (cache_begin(cache, path, !settings->dry_run, &why) != 0)
		log_warning("the cache %s is not used: %s",
			escape_show_str(&shown, path), why.message);
	return cache;
}

/* Change the suffix .baseline to .cache; append .cache to any other name. */
static void
name_beside(struct buf *path, const char *baseline)
{
	static const char suffix[] = ".baseline";
	size_t len = strlen(baseline), end = sizeof(suffix) - 1;

	if (len > end && strcmp(baseline + len - end, suffix) == 0)
		len -= end;
	buf_add(path, baseline, len);
	buf_addstr(path, ".cache");
}

/* The folder of the default path may not exist yet. */
static void
make_folder_of(const struct buf *path)
{
	const char *slash = path->failed ? NULL : strrchr(buf_str(path), '/');
	struct err ignored = ERR_INIT;
	struct buf folder;

	if (!slash || slash == path->data)
		return;
	buf_init(&folder, CACHE_PATH_MAX);
	buf_add(&folder, path->data, (size_t)(slash - path->data));
	/* if this fails, opening the cache fails, too, and says so */
	if (!folder.failed)
		(void)folder_make(folder.data, &ignored);
	buf_release(&folder);
}

struct cache *
cache_session_begin_beside(struct cache *cache, const struct settings *settings,
	const char *baseline, const char *default_baseline)
{
	struct cache *begun;
	struct buf path;

	if (settings->cache || settings->no_cache)
		return cache_session_begin(cache, settings, settings->cache);
	buf_init(&path, CACHE_PATH_MAX);
	name_beside(&path, store_is_s3(baseline) ? default_baseline : baseline);
	if (!settings->dry_run)
		make_folder_of(&path);
	begun = path.failed
			? NULL
			: cache_session_begin(cache, settings, buf_str(&path));
	buf_release(&path);
	return begun;
}

void
cache_session_end(struct cache *cache)
{
	struct err err = ERR_INIT;
	struct escaped_name shown;

	if (cache_commit(cache, &err) != 0)
		log_warning("the cache %s is not written: %s",
			escape_show_str(&shown, cache->path), err.message);
	cache_release(cache);
}
