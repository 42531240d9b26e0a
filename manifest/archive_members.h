/*
 * The members of an archive: what each name in it stands for.
 *
 * Names are whole and in normal form (manifest/archive_path.h).
 *
 * Life: init, add... (in the archive's order) or make, sort, then look up any
 * number of times, release.
 */
#ifndef MANIFEST_ARCHIVE_MEMBERS_H
#define MANIFEST_ARCHIVE_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "manifest/object.h"

enum {
	/*
	 * Members of an archive: each takes memory. It is more than fit the
	 * largest central directory of a zip that is read.
	 */
	ARCHIVE_MEMBERS_MAX = 25 * 1000 * 1000,
};

enum archive_member_kind {
	MEMBER_FILE,
	MEMBER_FOLDER,
	MEMBER_SYMLINK,
	MEMBER_OTHER, /* a device, fifo or socket */
};

struct archive_member {
	const char *name;
	enum archive_member_kind kind;
	const char *target; /* of a symbolic link, not normalised */
	uint64_t size;
	unsigned char fingerprint[FINGERPRINT_SIZE];
	bool lfs_pointer; /* see struct object */
	bool unread; /* its content, since it belongs to another shard */
};

struct archive_members {
	struct archive_member *list;
	size_t count, capacity;
	struct arena arena; /* names and targets */
};

void archive_members_init(struct archive_members *members);
void archive_members_release(struct archive_members *members);

/*
 * Append a member, all zeros. NULL if memory runs out, or beyond
 * ARCHIVE_MEMBERS_MAX.
 */
struct archive_member *archive_members_add(
	struct archive_members *members, struct err *err);

/* Give an empty list `count` members, all zeros, for several threads to fill. */
int archive_members_make(
	struct archive_members *members, size_t count, struct err *err);

/*
 * Sort by name. ERR_INPUT names a member that occurs twice (a folder may) or is
 * both a file and a folder.
 */
int archive_members_sort(struct archive_members *members, struct err *err);

/* The functions below need a sorted list. */

/* NULL if there is no member of this name. */
const struct archive_member *archive_members_find(
	const struct archive_members *members, const char *name);

/*
 * The index of the first member that may be below `folder` ("" is the top of the
 * archive); those that are follow each other.
 */
size_t archive_members_below(
	const struct archive_members *members, const char *folder);

/*
 * Is `name` a folder, either because a member says so or because other members
 * are in it?
 * "" is the top of the archive.
 */
bool archive_members_have_folder(
	const struct archive_members *members, const char *name);

#endif
