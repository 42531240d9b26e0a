/*
 * The members of an archive: what each name in it stands for.
 *
 * Names are whole and normalised: no /, . or .. too many. A list is filled in
 * the archive's order, and sorted before it is asked for names. Where names
 * clash (a name twice, a file that is a folder too) sorting fails.
 */
#ifndef MANIFEST_MEMBERS_H
#define MANIFEST_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "manifest/manifest.h"

enum member_kind { MEMBER_FILE, MEMBER_FOLDER, MEMBER_SYMLINK, MEMBER_OTHER };

struct member {
	const char *name;
	enum member_kind kind;
	const char *target; /* of a symbolic link, as it stands there */
	uint64_t size;
	unsigned char fingerprint[FINGERPRINT_SIZE];
	bool unread; /* its content, which is another shard's */
};

struct members {
	struct member *list;
	size_t count, capacity;
	struct arena arena; /* names and targets */
};

void members_init(struct members *members);
void members_release(struct members *members);

/* A new member, all zeros, at the list's end; NULL where there is no memory. */
struct member *members_add(struct members *members, struct err *err);

/* `count` members, all zeros, where there were none: for several threads. */
int members_make(struct members *members, size_t count, struct err *err);

/* By name; folders may be there twice. ERR_INPUT names what clashes. */
int members_sort(struct members *members, struct err *err);

/* Of a sorted list. */
const struct member *members_find(
	const struct members *members, const char *name);

/* The first member whose name is not before `name`. */
size_t members_from(const struct members *members, const char *name);

/* A folder that is a member, or that others are in; "" is the whole archive. */
bool members_have_folder(const struct members *members, const char *name);

/*
 * Append a path's components to `out`, without ".", empty ones and, where
 * `up` allows it, with ".." undone; false for a .. that leads out.
 */
bool path_add(struct buf *out, const char *path, bool up);

/* Cut the last component off; nothing is left of a single one. */
void path_cut(struct buf *path);

/*
 * A member's name in normal form, from the arena. ERR_INPUT for one that is
 * absolute, leads out or is too long.
 */
int path_normalise(struct arena *arena, const char *name, const char **out,
	struct err *err);

/* The part of a name that is below the folder (normal, "" for all), or NULL. */
const char *path_below(const char *folder, const char *name);

/* Is the name what path_normalise would make of it? */
bool path_is_normal(const char *name);

/* ERR_INPUT: "<name>: <what>". */
int member_fail(const char *name, const char *what, struct err *err);

#endif
