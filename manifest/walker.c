/* The state of one thread of a walk, and the error of the smallest key. */
#include "manifest/walker.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

int
walker_init(struct walker *walker, struct walk *walk, struct err *err)
{
	walker->walk = walk;
	manifest_init(&walker->manifest);
	arena_init(&walker->arena);
	buf_init(&walker->key, KEY_MAX);
	/* so that memory can't run out later: a part of a key is another key */
	buf_reserve(&walker->key, KEY_MAX);
	if (buf_check(&walker->key, err) != 0)
		return -1;
	return file_hash_init(&walker->file_hash, walk->options->progress, err);
}

void
walker_release(struct walker *walker)
{
	file_hash_release(&walker->file_hash);
	free(walker->rows.list);
	buf_release(&walker->key);
	arena_release(&walker->arena);
	manifest_release(&walker->manifest);
}

void
walker_set_key(struct walker *walker, const struct walk_folder *folder)
{
	buf_clear(&walker->key);
	buf_add(&walker->key, folder->key, folder->key_len);
}

size_t
walker_set_prefix(struct walker *walker, const struct walk_folder *folder)
{
	walker_set_key(walker, folder);
	if (folder->key_len > 0)
		buf_addch(&walker->key, '/');
	return walker->key.len;
}

bool
walker_is_past_failure(struct walker *walker)
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

void
walker_fail(struct walker *walker, struct err *err)
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
