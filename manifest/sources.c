/* Collects the paths that builds were read from. */
#include "manifest/sources.h"

#include <stdlib.h>
#include <string.h>

#include "base/strings.h"

enum {
	TOP_MAX = 64 * 1024, /* longer paths cannot be opened */
};

void
sources_init(struct sources *sources)
{
	*sources = (struct sources){.list = NULL};
	arena_init(&sources->texts);
	buf_init(&sources->top, TOP_MAX);
	pthread_mutex_init(&sources->lock, NULL);
}

void
sources_release(struct sources *sources)
{
	free(sources->list);
	arena_release(&sources->texts);
	buf_release(&sources->top);
	pthread_mutex_destroy(&sources->lock);
}

/* Append a text from the arena to the list. */
static int
append(struct sources *sources, const char *text)
{
	size_t count = sources->count;
	const char **grown;

	if ((count & (count - 1)) == 0) {
		grown = realloc(sources->list,
			(count ? 2 * count : 1) * sizeof(*grown));
		if (!grown)
			return -1;
		sources->list = grown;
	}
	sources->list[sources->count++] = text;
	return 0;
}

/* Remove slashes at the end, except the one of the root folder. */
static void
trim(struct buf *path)
{
	while (path->len > 1 && path->data[path->len - 1] == '/')
		buf_cut(path, path->len - 1);
}

int
sources_begin(struct sources *sources, const char *path, const char *root,
	struct err *err)
{
	struct buf *top = &sources->top;

	buf_clear(top);
	buf_addstr(top, path);
	if (buf_check(top, err) != 0)
		return -1;
	trim(top);
	if (root)
		buf_addf(top, "/%s", root);
	if (buf_check(top, err) != 0)
		return -1;
	trim(top);
	return sources_add(sources, "", 0, err);
}

int
sources_add(
	struct sources *sources, const char *key, size_t len, struct err *err)
{
	const struct buf *top = &sources->top;
	size_t slash = len > 0 && top->data[top->len - 1] != '/';
	size_t size = top->len + slash + len;
	char *text;
	int rc = -1;

	pthread_mutex_lock(&sources->lock);
	text = arena_alloc(&sources->texts, size + 1);
	if (text) {
		memcpy(text, top->data, top->len);
		text[top->len] = '/';
		memcpy(text + top->len + slash, key, len);
		text[size] = '\0';
		rc = append(sources, text);
	}
	pthread_mutex_unlock(&sources->lock);
	return rc == 0 ? 0 : err_memory(err);
}

int
sources_add_path(struct sources *sources, const char *path, struct err *err)
{
	const char *text;
	int rc = -1;

	pthread_mutex_lock(&sources->lock);
	text = arena_copy(&sources->texts, path, strlen(path));
	if (text)
		rc = append(sources, text);
	pthread_mutex_unlock(&sources->lock);
	return rc == 0 ? 0 : err_memory(err);
}

void
sources_sort(struct sources *sources)
{
	size_t count = 0, i;

	if (sources->count == 0)
		return;
	strings_sort(sources->list, sources->count);
	for (i = 1; i < sources->count; i++)
		if (strcmp(sources->list[count], sources->list[i]) != 0)
			sources->list[++count] = sources->list[i];
	sources->count = count + 1;
}
