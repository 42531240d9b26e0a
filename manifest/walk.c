/*
 * Reads a folder. The walk is our own, because fts(3) and nftw(3) ignore
 * errors from readdir and continue with the names they already have.
 *
 * A task is a folder to be listed, or a batch of names from one. The thread
 * that lists a folder reads its files in batches, and gives batches away while
 * other threads wait for work. Each thread adds objects to its own manifest.
 */
#define _DEFAULT_SOURCE /* readdir's types */
#include "manifest/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"
#include "manifest/walk_entry.h"
#include "manifest/walk_link.h"

/* Give the names from index `from` on to the pool; false if memory is short. */
static bool
give_away(struct walker *walker, struct walk_batch *batch, size_t from)
{
	struct walk_batch *other = walk_batch_split(batch, from);

	if (!other)
		return false;
	other->task.kind = TASK_BATCH;
	walk_folder_reserve(&walker->walk->folders, batch->folder);
	thread_pool_push(&walker->walk->pool, &other->task);
	return true;
}

/* Give half of the remaining names away if another thread waits for work. */
static void
share(struct walker *walker, struct walk_batch *batch)
{
	size_t left = batch->count - batch->next;

	if (left > 1 && thread_pool_has_idle(&walker->walk->pool))
		give_away(walker, batch, batch->count - left / 2);
}

/* Read an entry, unless its key comes after one that failed. */
static int
read_name(struct walker *walker, const struct walk_batch *batch, size_t i,
	int fd, struct err *err)
{
	const char *name = walk_batch_name(batch, i);

	buf_addstr(&walker->key, name);
	if (buf_check(&walker->key, err) != 0)
		return -1;
	if (walker_is_past_failure(walker))
		return 0;
	return walk_entry_read(
		walker, batch->folder, fd, name, batch->types[i], err);
}

/* Read all entries of a batch; its folder is in use, and open as `fd`. */
static void
read_batch(struct walker *walker, struct walk_batch *batch, int fd)
{
	size_t start = walker_set_prefix(walker, batch->folder);
	struct err err = ERR_INIT;

	walk_batch_sort(batch);
	while (batch->next < batch->count) {
		share(walker, batch);
		buf_cut(&walker->key, start);
		if (read_name(walker, batch, batch->next++, fd, &err) != 0)
			walker_fail(walker, &err);
	}
	walk_batch_begin(batch, batch->folder);
}

/* Empty the walker's own batch: give it away, or read it. */
static void
make_room(struct walker *walker, int fd)
{
	struct walk_batch *batch = &walker->batch;

	if (!thread_pool_wants_tasks(&walker->walk->pool) ||
		!give_away(walker, batch, 0))
		read_batch(walker, batch, fd);
}

static void
take_name(struct walker *walker, const struct dirent *entry, int fd)
{
	struct walk_batch *batch = &walker->batch;

	if (walk_batch_add(batch, entry->d_name, entry->d_type))
		return;
	make_room(walker, fd);
	walk_batch_add(batch, entry->d_name, entry->d_type);
}

/* Read all entries of a folder that is in use; -1 with errno. */
static int
list_folder(struct walker *walker, struct walk_folder *folder)
{
	struct dirent *entry;

	folder->stream = fdopendir(folder->fd);
	if (!folder->stream)
		return -1;
	walk_batch_begin(&walker->batch, folder);
	for (;;) {
		errno = 0;
		entry = readdir(folder->stream);
		if (!entry)
			break;
		if (strcmp(entry->d_name, ".") != 0 &&
			strcmp(entry->d_name, "..") != 0)
			take_name(walker, entry, folder->fd);
	}
	if (errno != 0)
		return -1;
	read_batch(walker, &walker->batch, folder->fd);
	return 0;
}

static void
fail_folder(struct walker *walker, const struct walk_folder *folder,
	struct err *err)
{
	walker_set_key(walker, folder);
	walker_fail(walker, err);
}

static void
fail_folder_system(struct walker *walker, const struct walk_folder *folder,
	const char *what)
{
	struct err err = ERR_INIT;

	(void)err_system(&err, "%s", what);
	fail_folder(walker, folder, &err);
}

static void
read_folder(struct walker *walker, struct walk_folder *folder)
{
	struct walk_folders *folders = &walker->walk->folders;
	struct err err = ERR_INIT;

	walker_set_key(walker, folder);
	if (walker_is_past_failure(walker))
		return;
	if (folder->above && walk_folder_open(folders, folder) != 0) {
		fail_folder_system(walker, folder, "cannot open the folder");
		return;
	}
	if (walk_link_check_opened(walker->walk, folder, &err) != 0)
		fail_folder(walker, folder, &err);
	else if (list_folder(walker, folder) != 0)
		fail_folder_system(walker, folder, "cannot read the folder");
	walk_folder_give_back(folders, folder);
}

static void
read_given_batch(struct walker *walker, struct walk_batch *batch)
{
	struct walk_folders *folders = &walker->walk->folders;
	struct walk_folder *folder = batch->folder;
	int fd = walk_folder_take(folders, folder);

	if (fd < 0) {
		fail_folder_system(walker, folder, "cannot open the folder");
	} else {
		read_batch(walker, batch, fd);
		walk_folder_give_back(folders, folder);
	}
	free(batch);
}

/* One thread of the pool. */
static void
run_walker(void *context)
{
	struct walker *walker = context;
	struct task *task;

	while ((task = thread_pool_take(&walker->walk->pool))) {
		if (task->kind == TASK_BATCH)
			read_given_batch(walker, (struct walk_batch *)task);
		else
			read_folder(walker, (struct walk_folder *)task);
	}
}

static int
fill_cache(struct cache *cache, struct walker *walkers, size_t count,
	struct err *err)
{
	size_t i;

	for (i = 0; cache && i < count; i++)
		if (cache_take(cache, &walkers[i].rows) != 0)
			return err_memory(err);
	if (cache)
		cache_finish(cache);
	return 0;
}

/* Walk with `count` threads, and join what they have found. */
static int
walk_in_threads(struct walk *walk, struct walker *walkers, size_t count,
	struct manifest *manifest, struct err *err)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (walker_init(&walkers[i], walk, err) != 0)
			return -1;
	if (walk->options->cache)
		cache_restart(walk->options->cache, &walk->options->shard);
	walk->top.users = 2; /* its task, and the walk itself */
	thread_pool_push(&walk->pool, &walk->top.task);
	thread_pool_run(
		&walk->pool, count, run_walker, walkers, sizeof(*walkers));
	if (walk->failed) {
		*err = walk->err;
		return -1;
	}
	if (fill_cache(walk->options->cache, walkers, count, err) != 0)
		return -1;
	for (i = 0; i < count; i++)
		if (manifest_join(manifest, &walkers[i].manifest, err) != 0)
			return -1;
	return 0;
}

/* Open the build's folder: `fd`, or the root below it. */
static int
open_top(struct walk *walk, int fd, struct err *err)
{
	const char *root = walk->options->root;
	struct walk_folder *top = &walk->top;
	struct escaped_name shown;

	top->fd = walk_folder_open_below(fd, root ? root : "");
	if (top->fd < 0 && root)
		return err_system(err, "--root %s%s",
			escape_show_str(&shown, root),
			strchr(root, '\\') ? ", with \\ instead of /" : "");
	if (top->fd < 0)
		return err_system(err, "cannot open");
	if (fstat(top->fd, &walk->top_stat) != 0)
		return err_system(err, "cannot read the folder");
	top->device = walk->top_stat.st_dev;
	top->inode = walk->top_stat.st_ino;
	return 0;
}

static int
walk_top(struct walk *walk, struct manifest *manifest, struct err *err)
{
	size_t jobs = walk->options->jobs, count = jobs > 0 ? jobs : 1, i;
	struct walker *walkers = calloc(count, sizeof(*walkers));
	int rc;

	if (!walkers)
		return err_memory(err);
	walk_folders_init(&walk->folders);
	rc = walk_in_threads(walk, walkers, count, manifest, err);
	walk_folders_release(&walk->folders); /* the walkers own the folders */
	for (i = 0; i < count; i++)
		walker_release(&walkers[i]);
	free(walkers);
	return rc;
}

int
walk_read(int fd, const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	struct walk walk = {
		.options = options, .top = {.key = "", .name = "", .fd = -1}};
	struct escaped_name shown;
	int rc;

	atomic_init(&walk.failed, false);
	atomic_init(&walk.linked, 0);
	buf_init(&walk.failed_key, KEY_MAX);
	pthread_mutex_init(&walk.lock, NULL);
	thread_pool_init(&walk.pool);
	buf_reserve(&walk.failed_key, KEY_MAX);
	rc = buf_check(&walk.failed_key, err);
	if (rc == 0)
		rc = open_top(&walk, fd, err);
	if (rc == 0)
		rc = walk_top(&walk, manifest, err);
	if (rc != 0)
		err_context(err, "%s", escape_show_str(&shown, path));
	walk_folder_close(&walk.top);
	thread_pool_release(&walk.pool);
	pthread_mutex_destroy(&walk.lock);
	buf_release(&walk.failed_key);
	return rc;
}
