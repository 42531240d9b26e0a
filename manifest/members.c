/* Keeps an archive's members, sorts them, and finds them by name. */
#include "manifest/members.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

void
members_init(struct members *members)
{
	*members = (struct members){.list = NULL};
	arena_init(&members->arena);
}

void
members_release(struct members *members)
{
	free(members->list);
	arena_release(&members->arena);
	members_init(members);
}

int
member_fail(const char *name, const char *what, struct err *err)
{
	struct escaped_name shown;

	return err_set(
		err, ERR_INPUT, "%s: %s", escape_show_str(&shown, name), what);
}

struct member *
members_add(struct members *members, struct err *err)
{
	size_t capacity = members->capacity ? members->capacity * 2 : 64;
	struct member *list;

	if (members->count == members->capacity) {
		list = realloc(members->list, capacity * sizeof(*list));
		if (!list) {
			err_memory(err);
			return NULL;
		}
		members->list = list;
		members->capacity = capacity;
	}
	members->list[members->count] = (struct member){0};
	return &members->list[members->count++];
}

int
members_make(struct members *members, size_t count, struct err *err)
{
	members->list = calloc(count + 1, sizeof(*members->list));
	if (!members->list)
		return err_memory(err);
	members->count = members->capacity = count;
	return 0;
}

void
path_cut(struct buf *path)
{
	const char *slash = strrchr(buf_str(path), '/');

	if (!path->data)
		return;
	path->len = slash ? (size_t)(slash - path->data) : 0;
	path->data[path->len] = '\0';
}

bool
path_add(struct buf *out, const char *path, bool up)
{
	size_t len;

	while (*path) {
		len = strcspn(path, "/");
		if (len == 2 && memcmp(path, "..", 2) == 0) {
			if (!up || out->len == 0)
				return false;
			path_cut(out);
		} else if (len > 0 && !(len == 1 && *path == '.')) {
			if (out->len > 0)
				buf_addch(out, '/');
			buf_add(out, path, len);
		}
		path += len;
		path += strspn(path, "/");
	}
	return true;
}

int
path_normalise(struct arena *arena, const char *name, const char **out,
	struct err *err)
{
	struct buf path;
	int rc = -1;

	buf_init(&path, KEY_MAX);
	if (name[0] == '/')
		member_fail(name, "an absolute name in an archive", err);
	else if (!path_add(&path, name, false))
		member_fail(name, ".. in the name of an archive's member", err);
	else if (buf_check(&path, err) != 0)
		member_fail(name, "a name that is too long", err);
	else {
		*out = arena_copy(arena, buf_str(&path), path.len);
		rc = *out ? 0 : err_memory(err);
	}
	buf_release(&path);
	return rc;
}

const char *
path_below(const char *folder, const char *name)
{
	size_t len = strlen(folder);

	if (len == 0)
		return name;
	return strncmp(name, folder, len) == 0 && name[len] == '/'
		       ? name + len + 1
		       : NULL;
}

bool
path_is_normal(const char *name)
{
	const char *at = name;
	size_t len;

	for (;; at += len + 1) {
		len = strcspn(at, "/");
		if (len == 0 || (at[0] == '.' && len == 1) ||
			(at[0] == '.' && at[1] == '.' && len == 2))
			return false;
		if (!at[len])
			return (size_t)(at + len - name) <= KEY_MAX;
	}
}

static int
compare_members(const void *a, const void *b)
{
	const struct member *left = a, *right = b;

	return strcmp(left->name, right->name);
}

size_t
members_from(const struct members *members, const char *name)
{
	size_t low = 0, high = members->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(members->list[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct member *
members_find(const struct members *members, const char *name)
{
	size_t at = members_from(members, name);

	if (at < members->count && strcmp(members->list[at].name, name) == 0)
		return &members->list[at];
	return NULL;
}

/* Is there a member below the folder `name`? "" is the archive's top. */
static bool
has_members(const struct members *members, const char *name)
{
	size_t len = strlen(name), at;
	struct buf below;
	bool found;

	if (len == 0)
		return members->count > 0;
	buf_init(&below, KEY_MAX + 1);
	buf_add(&below, name, len);
	buf_addch(&below, '/');
	at = members_from(members, buf_str(&below));
	found = !below.failed && at < members->count &&
		strncmp(members->list[at].name, below.data, len + 1) == 0;
	buf_release(&below);
	return found;
}

bool
members_have_folder(const struct members *members, const char *name)
{
	const struct member *member = members_find(members, name);

	return (member && member->kind == MEMBER_FOLDER) ||
	       has_members(members, name);
}

/* A name that begins with another stands behind it, and none between does not. */
static bool
may_have_members(const struct members *members, size_t at)
{
	const struct member *member = &members->list[at];

	return at + 1 < members->count &&
	       strncmp(member[1].name, member->name, strlen(member->name)) == 0;
}

int
members_sort(struct members *members, struct err *err)
{
	const struct member *member;
	size_t i;

	if (members->count > 1)
		qsort(members->list, members->count, sizeof(*members->list),
			compare_members);
	for (i = 0; i < members->count; i++) {
		member = &members->list[i];
		if (i > 0 && strcmp(member[-1].name, member->name) == 0 &&
			(member->kind != MEMBER_FOLDER ||
				member[-1].kind != MEMBER_FOLDER))
			return member_fail(
				member->name, "twice in the archive", err);
		if (member->kind != MEMBER_FOLDER && member->name[0] &&
			may_have_members(members, i) &&
			has_members(members, member->name))
			return member_fail(member->name,
				"both a file and a folder in the archive", err);
	}
	return 0;
}
