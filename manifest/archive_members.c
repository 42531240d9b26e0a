/* Keeps the members of an archive, sorts them, and finds them by name. */
#include "manifest/archive_members.h"

#include <stdlib.h>
#include <string.h>

#include "manifest/archive_path.h"

void
archive_members_init(struct archive_members *members)
{
	*members = (struct archive_members){.list = NULL};
	arena_init(&members->arena);
}

void
archive_members_release(struct archive_members *members)
{
	free(members->list);
	arena_release(&members->arena);
	archive_members_init(members);
}

struct archive_member *
archive_members_add(struct archive_members *members, struct err *err)
{
	size_t capacity = members->capacity ? members->capacity * 2 : 64;
	struct archive_member *list;

	if (members->count == ARCHIVE_MEMBERS_MAX) {
		err_set(err, ERR_INPUT,
			"more than the limit of %d members in an archive",
			ARCHIVE_MEMBERS_MAX);
		return NULL;
	}
	if (members->count == members->capacity) {
		list = realloc(members->list, capacity * sizeof(*list));
		if (!list) {
			err_memory(err);
			return NULL;
		}
		members->list = list;
		members->capacity = capacity;
	}
	members->list[members->count] = (struct archive_member){0};
	return &members->list[members->count++];
}

int
archive_members_make(
	struct archive_members *members, size_t count, struct err *err)
{
	members->list = calloc(count + 1, sizeof(*members->list));
	if (!members->list)
		return err_memory(err);
	members->count = members->capacity = count;
	return 0;
}

static int
compare_members(const void *a, const void *b)
{
	const struct archive_member *left = a, *right = b;

	return strcmp(left->name, right->name);
}

/* The index of the first member whose name is not less than `name`. */
static size_t
find_from(const struct archive_members *members, const char *name)
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

const struct archive_member *
archive_members_find(const struct archive_members *members, const char *name)
{
	size_t at = find_from(members, name);

	if (at < members->count && strcmp(members->list[at].name, name) == 0)
		return &members->list[at];
	return NULL;
}

/* Does `name` sort before all names that begin with `folder` and a slash? */
static bool
is_before_contents(const char *name, const char *folder, size_t len)
{
	int order = strncmp(name, folder, len);

	return order != 0 ? order < 0 : (unsigned char)name[len] < '/';
}

size_t
archive_members_below(const struct archive_members *members, const char *folder)
{
	size_t low = 0, high = members->count, middle, len = strlen(folder);

	while (len > 0 && low < high) {
		middle = low + (high - low) / 2;
		if (is_before_contents(members->list[middle].name, folder, len))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Is there a member below the folder `name`? "" is the top of the archive. */
static bool
has_members(const struct archive_members *members, const char *name)
{
	size_t at = archive_members_below(members, name);

	return at < members->count &&
	       archive_path_below(name, members->list[at].name);
}

bool
archive_members_have_folder(
	const struct archive_members *members, const char *name)
{
	const struct archive_member *member =
		archive_members_find(members, name);

	return (member && member->kind == MEMBER_FOLDER) ||
	       has_members(members, name);
}

/* Names that begin with this one, as those below it do, sort right after it. */
static bool
may_have_members(const struct archive_members *members, size_t at)
{
	const struct archive_member *member = &members->list[at];

	return at + 1 < members->count &&
	       strncmp(member[1].name, member->name, strlen(member->name)) == 0;
}

int
archive_members_sort(struct archive_members *members, struct err *err)
{
	const struct archive_member *member;
	size_t i;

	if (members->count > 1)
		qsort(members->list, members->count, sizeof(*members->list),
			compare_members);
	for (i = 0; i < members->count; i++) {
		member = &members->list[i];
		if (i > 0 && strcmp(member[-1].name, member->name) == 0 &&
			(member->kind != MEMBER_FOLDER ||
				member[-1].kind != MEMBER_FOLDER))
			return archive_path_fail(
				member->name, "duplicate in the archive", err);
		if (member->kind != MEMBER_FOLDER && member->name[0] &&
			may_have_members(members, i) &&
			has_members(members, member->name))
			return archive_path_fail(member->name,
				"both a file and a folder in the archive", err);
	}
	return 0;
}
