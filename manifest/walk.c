/*
 * Reads a folder: our own walker, because fts(3) and nftw(3) swallow an error
 * of readdir and go on with what they have.
 *
 * A task is a folder to be listed, or a batch of names out of one. Whoever
 * lists a folder works off its files in batches, and gives away what other
 * members of the pool hunger for. Each member adds to a manifest of its own.
 *
 * After an error the walk goes on among the keys before the one that failed:
 * so the error that is reported is the one with the smallest key, whatever
 * the number of threads.
 */
#define _DEFAULT_SOURCE /* readdir's types */
#include "manifest/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"
#include "manifest/sort.h"
#include "manifest/walker.h"

/* Is the key at hand behind the one that has failed? */
static bool
is_past(struct walker *walker)
{
	struct walk *walk = walker->walk;
	bool past;

	if (!atomic_load_explicit(&walk->failed, memory_order_relaxed))
		return false;
	pthread_mutex_lock(&walk->lock);
	past = strcmp(buf_str(&walker->key), buf_str(&walk->failed_key)) > 0;
	pthread_mutex_unlock(&walk->lock);
	return past;
}

/* Keep an error of the key at hand, unless one of a smaller key is kept. */
static void
keep_error(struct walker *walker, struct err *err)
{
	struct walk *walk = walker->walk;
	const char *key = buf_str(&walker->key);
	struct escaped_name shown;

	if (walker->key.len > 0 && err->code != ERR_MEMORY)
		err_context(
			err, "%s", escape_show(&shown, key, walker->key.len));
	pthread_mutex_lock(&walk->lock);
	if (!walk->failed || strcmp(key, buf_str(&walk->failed_key)) < 0) {
		walk->err = *err;
		buf_clear(&walk->failed_key);
		if (err->code != ERR_MEMORY)
			buf_addstr(&walk->failed_key, key);
		walk->failed = true;
	}
	pthread_mutex_unlock(&walk->lock);
}

/* The beginning of the keys of a folder's entries; its length. */
static size_t
name_folder(struct walker *walker, const struct folder *folder)
{
	buf_clear(&walker->key);
	buf_add(&walker->key, folder->key, folder->key_len);
	if (folder->key_len > 0)
		buf_addch(&walker->key, '/');
	return walker->key.len;
}

static const char *
batch_name(const struct batch *batch, size_t i)
{
	return batch->names + batch->starts[i];
}

/* Is there room for a name of this size, its NUL included? */
static bool
has_room(const struct batch *batch, size_t size)
{
	return batch->count < BATCH_MAX && size <= BATCH_BYTES - batch->bytes;
}

static void
put_name(struct batch *batch, const char *name, size_t size, unsigned char type)
{
	batch->types[batch->count] = type;
	batch->starts[batch->count++] = (unsigned short)batch->bytes;
	memcpy(batch->names + batch->bytes, name, size);
	batch->bytes += size;
}

/*
 * In the order of the manifest: an object that stands behind its neighbour
 * needs no sorting later, and is behind it in the stat cache too.
 */
static void
sort_batch(struct batch *batch)
{
	struct sort_name list[BATCH_MAX];
	unsigned char types[BATCH_MAX];
	unsigned short starts[BATCH_MAX];
	size_t i;

	for (i = 0; i < batch->count; i++)
		list[i] = sort_name(
			batch_name(batch, i), strlen(batch_name(batch, i)), i);
	sort_names(list, batch->count);
	memcpy(types, batch->types, batch->count);
	memcpy(starts, batch->starts, batch->count * sizeof(*starts));
	for (i = 0; i < batch->count; i++) {
		batch->types[i] = types[list[i].index];
		batch->starts[i] = starts[list[i].index];
	}
}

/* Give the names of a batch from `from` on away; false without memory. */
static bool
give_away(struct walker *walker, struct batch *batch, size_t from)
{
	struct batch *other = malloc(sizeof(*other));
	size_t i;

	if (!other)
		return false;
	other->task.kind = TASK_BATCH;
	other->folder = batch->folder;
	other->at = other->count = other->bytes = 0;
	for (i = from; i < batch->count; i++)
		put_name(other, batch_name(batch, i),
			strlen(batch_name(batch, i)) + 1, batch->types[i]);
	batch->count = from;
	if (from == 0)
		batch->bytes = 0;
	folder_owe(&walker->walk->folders, batch->folder);
	thread_pool_push(&walker->walk->pool, &other->task);
	return true;
}

/* Half of what is left of a batch, where somebody waits for it. */
static void
share(struct walker *walker, struct batch *batch)
{
	size_t left = batch->count - batch->at;

	if (left > 1 && thread_pool_has_idle(&walker->walk->pool))
		give_away(walker, batch, batch->count - left / 2);
}

/* An entry; what is behind the key that failed is left out. */
static int
read_name(struct walker *walker, const struct batch *batch, size_t i, int fd,
	struct err *err)
{
	const char *name = batch_name(batch, i);

	buf_addstr(&walker->key, name);
	if (buf_check(&walker->key, err) != 0)
		return -1;
	if (is_past(walker))
		return 0;
	return walker_read_entry(
		walker, batch->folder, fd, name, batch->types[i], err);
}

/* Work a batch off; its folder is in use, and open as `fd`. */
static void
read_batch(struct walker *walker, struct batch *batch, int fd)
{
	size_t start = name_folder(walker, batch->folder);
	struct err err = ERR_INIT;

	sort_batch(batch);
	while (batch->at < batch->count) {
		share(walker, batch);
		buf_cut(&walker->key, start);
		if (read_name(walker, batch, batch->at++, fd, &err) != 0)
			keep_error(walker, &err);
	}
	batch->at = batch->count = batch->bytes = 0;
}

/* Room in the walker's own batch: it is given away or worked off. */
static void
make_room(struct walker *walker, int fd)
{
	struct batch *batch = &walker->batch;

	if (!thread_pool_wants_tasks(&walker->walk->pool) ||
		!give_away(walker, batch, 0))
		read_batch(walker, batch, fd);
}

static void
take_name(struct walker *walker, const struct dirent *entry, int fd)
{
	struct batch *batch = &walker->batch;
	size_t size = strlen(entry->d_name) + 1;

	if (!has_room(batch, size))
		make_room(walker, fd);
	put_name(batch, entry->d_name, size, entry->d_type);
}

/* All names of a folder that is in use. */
static int
list_folder(struct walker *walker, struct folder *folder)
{
	struct dirent *entry;

	folder->stream = fdopendir(folder->fd);
	if (!folder->stream)
		return -1;
	walker->batch.folder = folder;
	walker->batch.at = walker->batch.count = walker->batch.bytes = 0;
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
fail_folder(
	struct walker *walker, const struct folder *folder, const char *what)
{
	struct err err = ERR_INIT;

	(void)err_system(&err, "%s", what);
	buf_clear(&walker->key);
	buf_add(&walker->key, folder->key, folder->key_len);
	keep_error(walker, &err);
}

static void
read_folder(struct walker *walker, struct folder *folder)
{
	struct folders *folders = &walker->walk->folders;

	buf_clear(&walker->key);
	buf_add(&walker->key, folder->key, folder->key_len);
	if (is_past(walker))
		return;
	if (folder->above && folder_open(folders, folder) != 0) {
		fail_folder(walker, folder, "cannot open the folder");
		return;
	}
	if (list_folder(walker, folder) != 0)
		fail_folder(walker, folder, "cannot read the folder");
	folder_give_back(folders, folder);
}

static void
read_given(struct walker *walker, struct batch *batch)
{
	struct folders *folders = &walker->walk->folders;
	struct folder *folder = batch->folder;
	int fd = folder_take(folders, folder);

	if (fd < 0) {
		fail_folder(walker, folder, "cannot open the folder");
	} else {
		read_batch(walker, batch, fd);
		folder_give_back(folders, folder);
	}
	free(batch);
}

/* One member of the pool. */
static void
work(void *context)
{
	struct walker *walker = context;
	struct task *task;

	while ((task = thread_pool_take(&walker->walk->pool))) {
		if (task->kind == TASK_BATCH)
			read_given(walker, (struct batch *)task);
		else
			read_folder(walker, (struct folder *)task);
	}
}

static int
walker_init(struct walker *walker, struct walk *walk, struct err *err)
{
	walker->walk = walk;
	manifest_init(&walker->manifest);
	arena_init(&walker->arena);
	buf_init(&walker->key, KEY_MAX);
	return content_init(&walker->content, walk->options->progress, err);
}

static void
walker_release(struct walker *walker)
{
	content_release(&walker->content);
	free(walker->rows.list);
	buf_release(&walker->key);
	arena_release(&walker->arena);
	manifest_release(&walker->manifest);
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

/* Have a pool of `count` walk, and join what its members have found. */
static int
walk_with(struct walk *walk, struct walker *walkers, size_t count,
	struct manifest *manifest, struct err *err)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (walker_init(&walkers[i], walk, err) != 0)
			return -1;
	if (walk->options->cache)
		cache_restart(walk->options->cache, &walk->options->shard);
	walk->top.users = 2; /* the reading of it, and the walk */
	thread_pool_push(&walk->pool, &walk->top.task);
	thread_pool_run(&walk->pool, count, work, walkers, sizeof(*walkers));
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

static int
walk_top(struct walk *walk, const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	size_t count = options->jobs > 0 ? options->jobs : 1, i;
	struct walker *walkers = NULL;
	int rc = -1;

	if (fstat(walk->top.fd, &walk->top_stat) != 0)
		return err_system(err, "cannot read the folder");
	walk->top.device = walk->top_stat.st_dev;
	walk->top.inode = walk->top_stat.st_ino;
	walkers = calloc(count, sizeof(*walkers));
	if (!walkers)
		return err_memory(err);
	folders_init(&walk->folders);
	rc = walk_with(walk, walkers, count, manifest, err);
	folders_release(&walk->folders); /* before the folders are */
	for (i = 0; i < count; i++)
		walker_release(&walkers[i]);
	free(walkers);
	return rc;
}

int
walk_read(int fd, const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	const char *root = options->root ? options->root : "";
	struct walk walk = {.options = options, .top = {.key = "", .name = ""}};
	struct escaped_name shown, shown_root;
	int rc = -1;

	atomic_init(&walk.failed, false);
	buf_init(&walk.failed_key, KEY_MAX);
	pthread_mutex_init(&walk.lock, NULL);
	thread_pool_init(&walk.pool);
	walk.top.fd = folder_open_below(fd, root);
	if (walk.top.fd < 0)
		err_system(err, options->root ? "--root %s" : "cannot open%s",
			escape_show_str(&shown_root, root));
	else
		rc = walk_top(&walk, options, manifest, err);
	if (rc != 0)
		err_context(err, "%s", escape_show_str(&shown, path));
	folder_shut(&walk.top);
	thread_pool_release(&walk.pool);
	pthread_mutex_destroy(&walk.lock);
	buf_release(&walk.failed_key);
	return rc;
}
