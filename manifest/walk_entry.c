/* Finds out what an entry of a folder stands for, and reads it. */
#define _DEFAULT_SOURCE /* readdir's types */
#include "manifest/walk_entry.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/tally.h"
#include "manifest/link_folders.h"
#include "manifest/walk_link.h"
#include "manifest/written_files.h"

static int
fail(const char *what, struct err *err)
{
	return err_set(err, ERR_INPUT, "%s", what);
}

static int
fail_system(const char *what, struct err *err)
{
	return err_system(err, "%s", what);
}

static bool
is_excluded(const struct walker *walker, bool is_folder)
{
	return build_excludes(walker->walk->options, buf_str(&walker->key),
		walker->key.len, is_folder);
}

static int
add_folder(struct walker *walker, struct walk_folder *above, bool link,
	struct err *err)
{
	struct walk_folder *folder =
		arena_alloc(&walker->arena, sizeof(*folder));
	struct sources *sources = walker->walk->options->sources;
	const char *key, *slash;

	if (sources && sources_add(sources, buf_str(&walker->key),
			       walker->key.len, err) != 0)
		return -1;
	key = arena_copy(
		&walker->arena, buf_str(&walker->key), walker->key.len);
	if (!folder || !key)
		return err_memory(err);
	slash = strrchr(key, '/');
	*folder = (struct walk_folder){
		.above = above,
		.key = key,
		.key_len = walker->key.len,
		.name = slash ? slash + 1 : key,
		.link = link,
		.links = above->links + link,
		.fd = -1,
	};
	walk_folder_reserve(&walker->walk->folders, above);
	thread_pool_push(&walker->walk->pool, &folder->task);
	return 0;
}

static int
add_object(struct walker *walker, struct object *object, struct err *err)
{
	tally_file(&walker->file_hash.tally);
	if (object_check_key(buf_str(&walker->key), walker->key.len, err) != 0)
		return -1;
	object->key = buf_str(&walker->key);
	object->key_len = (uint32_t)walker->key.len;
	return manifest_append(&walker->manifest, object, err);
}

/*
 * Hash an open file, and remember it for the cache; not a Git LFS pointer, so
 * that the next run finds it again.
 */
static int
read_open_file(struct walker *walker, int fd, const struct stat *st,
	struct object *object, struct err *err)
{
	const struct cache *cache = walker->walk->options->cache;

	if (!S_ISREG(st->st_mode))
		return fail("changed while it was read", err);
	if (cache && cache_is(cache, st))
		return err_set(err, ERR_USAGE,
			"the stat cache is inside the build: put it elsewhere "
			"with --cache, or --exclude its folder");
	if (file_hash_read(
		    &walker->file_hash, fd, st, object->fingerprint, err) != 0)
		return -1;
	object->lfs_pointer = walker->file_hash.lfs_pointer;
	if (cache && cache->fd >= 0 && !object->lfs_pointer &&
		cache_rows_add(&walker->rows, buf_str(&walker->key),
			walker->key.len, st, object->fingerprint) != 0)
		return err_memory(err);
	return 0;
}

/* Does the cache know the file? Then it need not be opened. */
static bool
is_known(struct walker *walker, int folder, const char *name, bool link,
	struct stat *st, unsigned char fingerprint[FINGERPRINT_SIZE])
{
	struct cache *cache = walker->walk->options->cache;

	return cache && cache_count(cache) > 0 &&
	       fstatat(folder, name, st, link ? 0 : AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(st->st_mode) &&
	       cache_find(cache, &walker->cache_next, buf_str(&walker->key),
		       walker->key.len, st, fingerprint);
}

static int
read_file(struct walker *walker, int folder, const char *name, bool link,
	struct err *err)
{
	struct object object = {0};
	struct stat st;
	int fd, rc;

	if (is_known(walker, folder, name, link, &st, object.fingerprint)) {
		tally_saved(&walker->file_hash.tally, (uint64_t)st.st_size);
		object.size = (uint64_t)st.st_size;
		return add_object(walker, &object, err);
	}
	/* don't block on a fifo that has taken the place of the file */
	fd = openat(folder, name,
		O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC |
			(link ? 0 : O_NOFOLLOW));
	if (fd < 0)
		return fail_system("cannot open", err);
	if (fstat(fd, &st) != 0)
		rc = fail_system("cannot read", err);
	else
		rc = read_open_file(walker, fd, &st, &object, err);
	close(fd);
	if (rc != 0)
		return -1;
	object.size = (uint64_t)st.st_size;
	return add_object(walker, &object, err);
}

/* Note where a link leads; what the run writes may not be there. */
static int
check_link(const struct walker *walker, const struct stat *st, struct err *err)
{
	const struct build_options *options = walker->walk->options;
	const char *key = buf_str(&walker->key);

	if (options->written && written_files_check_link(options->written,
					options, key, st, err) != 0)
		return -1;
	return options->sources
		       ? link_folders_add_key(options->sources, key, err)
		       : 0;
}

static const char *
kind_of(unsigned char type)
{
	switch (type) {
	case DT_FIFO:
		return "a fifo: only files and folders can be served";
	case DT_SOCK:
		return "a socket: only files and folders can be served";
	default:
		return "a device: only files and folders can be served";
	}
}

/* The type that readdir gives for an st_mode. */
static unsigned char
type_of(mode_t mode)
{
	return S_ISREG(mode)    ? DT_REG
	       : S_ISDIR(mode)  ? DT_DIR
	       : S_ISLNK(mode)  ? DT_LNK
	       : S_ISFIFO(mode) ? DT_FIFO
	       : S_ISSOCK(mode) ? DT_SOCK
				: DT_BLK;
}

static int
find_type(int fd, const char *name, int flags, unsigned char *type,
	struct stat *st, struct err *err)
{
	if (fstatat(fd, name, st, flags) != 0)
		return flags ? fail_system("cannot read", err)
			     : walk_link_fail(fd, name, err);
	*type = type_of(st->st_mode);
	return 0;
}

int
walk_entry_read(struct walker *walker, struct walk_folder *folder, int fd,
	const char *name, unsigned char type, struct err *err)
{
	bool link = false;
	struct stat st;

	if (type == DT_UNKNOWN &&
		find_type(fd, name, AT_SYMLINK_NOFOLLOW, &type, &st, err) != 0)
		return -1;
	if (is_excluded(walker, type == DT_DIR))
		return 0;
	if (type == DT_LNK) {
		link = true;
		if (find_type(fd, name, 0, &type, &st, err) != 0)
			return -1;
		if (type == DT_DIR && is_excluded(walker, true))
			return 0;
	}
	if (type == DT_REG && !build_has(walker->walk->options,
				      buf_str(&walker->key), walker->key.len))
		return 0;
	if (link && check_link(walker, &st, err) != 0)
		return -1;
	if (link && type == DT_REG &&
		walk_link_check_file(walker, fd, name, err) != 0)
		return -1;
	if (type == DT_REG)
		return read_file(walker, fd, name, link, err);
	if (type != DT_DIR)
		return fail(kind_of(type), err);
	if (link &&
		walk_link_check_folder(walker, folder, fd, name, &st, err) != 0)
		return -1;
	return add_folder(walker, folder, link, err);
}
