/* Finds the folders of the links that a path leads through. */
#include "manifest/link_folders.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LINKS_MAX = 40, /* links followed for one path; the kernel's limit */
	WALKED_MAX = 64 * 1024, /* longer paths cannot be opened */
};

/* On the way along a path. */
struct link_way {
	struct sources *sources;
	struct buf at; /* reached so far; "" is the current folder */
	struct buf rest; /* the path from there */
	int links;
	bool skip_first; /* the folder of the first link is known */
};

static int
add_folder(struct link_way *way, struct err *err)
{
	const char *at = buf_str(&way->at);
	char *real;
	int rc = 0;

	way->links++;
	if (way->skip_first && way->links == 1)
		return 0;
	real = realpath(*at ? at : ".", NULL);
	if (real)
		rc = sources_add_path(way->sources, real, err);
	free(real);
	return rc;
}

/* The target of the link that has been reached replaces its name. */
static int
enter_link(struct link_way *way, size_t folder_len, const char *target,
	const char *rest, struct err *err)
{
	struct buf path;

	buf_cut(&way->at, folder_len);
	if (add_folder(way, err) != 0)
		return -1;
	if (*target == '/') {
		buf_cut(&way->at, 0);
		buf_addch(&way->at, '/');
	}
	buf_init(&path, WALKED_MAX);
	buf_addf(&path, "%s/%s", target, rest);
	buf_release(&way->rest);
	way->rest = path;
	return 0;
}

/* Follow the first component of the rest. */
static int
follow(struct link_way *way, struct err *err)
{
	const char *rest = buf_str(&way->rest);
	size_t folder_len = way->at.len, len;
	char target[PATH_MAX];
	struct buf left;
	ssize_t got;
	int rc = 0;

	rest += strspn(rest, "/");
	len = strcspn(rest, "/");
	if (way->at.len > 0 && way->at.data[way->at.len - 1] != '/')
		buf_addch(&way->at, '/');
	buf_add(&way->at, rest, len);
	buf_init(&left, WALKED_MAX);
	buf_addstr(&left, rest + len);
	if (buf_check(&way->at, err) != 0 || buf_check(&left, err) != 0) {
		buf_release(&left);
		return -1;
	}
	got = len > 0 ? readlink(way->at.data, target, PATH_MAX - 1) : -1;
	if (got >= 0) {
		target[got] = '\0';
		rc = enter_link(way, folder_len, target, buf_str(&left), err);
		buf_release(&left);
	} else {
		buf_release(&way->rest);
		way->rest = left;
	}
	return rc == 0 ? buf_check(&way->rest, err) : -1;
}

static int
add_all(struct link_way *way, const char *folder, const char *path,
	struct err *err)
{
	int rc;

	buf_init(&way->at, WALKED_MAX);
	buf_init(&way->rest, WALKED_MAX);
	buf_addstr(&way->at, folder);
	buf_addstr(&way->rest, path);
	rc = buf_check(&way->at, err);
	if (rc == 0)
		rc = buf_check(&way->rest, err);
	while (rc == 0 && way->rest.len > 0 && way->links < LINKS_MAX)
		rc = follow(way, err);
	buf_release(&way->at);
	buf_release(&way->rest);
	return rc;
}

int
link_folders_add(struct sources *sources, const char *path, struct err *err)
{
	struct link_way way = {.sources = sources};

	return add_all(&way, *path == '/' ? "/" : "", path, err);
}

int
link_folders_add_key(struct sources *sources, const char *key, struct err *err)
{
	struct link_way way = {.sources = sources, .skip_first = true};
	const char *slash = strrchr(key, '/');
	struct buf folder;
	int rc;

	buf_init(&folder, WALKED_MAX);
	buf_append(&folder, &sources->top);
	buf_addch(&folder, '/');
	if (slash)
		buf_add(&folder, key, (size_t)(slash - key));
	rc = buf_check(&folder, err);
	if (rc == 0)
		rc = add_all(
			&way, buf_str(&folder), slash ? slash + 1 : key, err);
	buf_release(&folder);
	return rc;
}
