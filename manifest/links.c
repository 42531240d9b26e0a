/* Follows an archive's symbolic links, and adds the objects. */
#include "manifest/links.h"

#include <string.h>

#include "base/glob.h"

enum {
	/* Links followed for one name: the kernel's own limit. */
	LINKS_MAX = 40,
};

struct build {
	const struct members *members;
	const char *root;
	const struct build_options *options;
	struct manifest *manifest;
	bool *missing;
};

/* A folder whose members become objects, and through which links it came. */
struct view {
	const struct view *above;
	const char *folder; /* its own name in the archive */
	const char *shown; /* the key it appears under, "" for the top */
	int depth;
};

/* A link's way: where it has led so far, and what is left of it. */
struct way {
	struct buf *here; /* a name in the archive */
	struct buf path;
	size_t at; /* the path is walked up to here */
	int links;
};

static bool
is_excluded(const struct build *build, const char *key, bool folder)
{
	return glob_match_any(build->options->exclude,
		build->options->exclude_count, key, strlen(key), folder);
}

/*
 * Go on to the next link on the way, or to its end: false for a way out of
 * the archive. *link is the link, NULL at the end.
 */
static bool
walk_on(const struct members *members, struct way *way,
	const struct member **link)
{
	const char *path = buf_str(&way->path), *at = path + way->at;
	bool inside = *at != '/';
	struct buf part;
	size_t len;

	*link = NULL;
	buf_init(&part, way->path.max);
	while (inside && *at && !*link) {
		len = strcspn(at, "/");
		buf_clear(&part);
		buf_add(&part, at, len);
		inside = path_add(way->here, buf_str(&part), true) &&
			 !part.failed;
		at += len;
		at += strspn(at, "/");
		*link = members_find(members, buf_str(way->here));
		if (*link && (*link)->kind != MEMBER_SYMLINK)
			*link = NULL;
	}
	way->at = (size_t)(at - path);
	buf_release(&part);
	return inside && !way->here->failed && !way->path.failed;
}

/* Where a link stands: its target from its folder on, then what is left. */
static void
turn_off(struct way *way, const struct member *link)
{
	struct buf path;

	path_cut(way->here);
	buf_init(&path, way->path.max);
	buf_addstr(&path, link->target);
	buf_addch(&path, '/');
	buf_addstr(&path, buf_str(&way->path) + way->at);
	buf_release(&way->path);
	way->path = path;
	way->at = 0;
}

/*
 * Follow the symbolic link `member`, and links on the way, to a name that is
 * no link: into `out`.
 */
static int
resolve(const struct members *members, const struct member *member,
	struct buf *out, struct err *err)
{
	const struct member *link = member;
	struct way way = {.here = out};
	int rc = 0;

	buf_init(&way.path, (size_t)4 * KEY_MAX);
	buf_addstr(out, member->name);
	while (rc == 0 && link) {
		turn_off(&way, link);
		if (!walk_on(members, &way, &link))
			rc = member_fail(member->name,
				"a symbolic link that leads out of the archive",
				err);
		else if (link && ++way.links > LINKS_MAX)
			rc = member_fail(member->name,
				"a symbolic link that leads round in a circle",
				err);
	}
	buf_release(&way.path);
	return rc;
}

/* Does the view stand in `folder`, itself or through a link above it? */
static bool
leads_round(const struct view *view, const struct member *member,
	const char *folder)
{
	const struct view *above;
	size_t len = strlen(folder);

	for (above = view; above; above = above->above) {
		/* the link stands in above->folder or below it */
		const char *at = above == view ? member->name : above->folder;

		if (len == 0 || (strncmp(at, folder, len) == 0 &&
					(at[len] == '/' || !at[len])))
			return true;
	}
	return false;
}

static int add_folder(
	const struct build *build, const struct view *view, struct err *err);

/* A link to a folder: its members appear under the link's key too. */
static int
add_linked_folder(const struct build *build, const struct view *view,
	const struct member *member, const char *key, const char *folder,
	struct err *err)
{
	struct view linked = {.above = view,
		.folder = folder,
		.shown = key,
		.depth = view->depth + 1};

	if (!members_have_folder(build->members, folder))
		return member_fail(
			key, "a symbolic link to nothing in the archive", err);
	if (strcmp(folder, build->root) != 0 &&
		!path_below(build->root, folder))
		return member_fail(key,
			"a symbolic link to a folder outside the build", err);
	if (is_excluded(build, key, true))
		return 0;
	if (leads_round(view, member, folder))
		return member_fail(key,
			"a symbolic link that leads round in a circle", err);
	if (linked.depth > LINKED_FOLDERS_DEPTH_MAX)
		return member_fail(
			key, "linked folders nested too deeply", err);
	return add_folder(build, &linked, err);
}

/* The object that a file is under this key, which is `kept` or copied. */
static int
add_file(const struct build *build, const struct member *member,
	const char *key, bool kept, struct err *err)
{
	struct object object = {.key = key,
		.key_len = (uint32_t)strlen(key),
		.size = member->size};

	if (!build_has(build->options, key, object.key_len))
		return 0;
	*build->missing |= member->unread;
	memcpy(object.fingerprint, member->fingerprint, FINGERPRINT_SIZE);
	if (kept)
		return manifest_add_kept(build->manifest, &object, err);
	return manifest_add(build->manifest, key, object.key_len, object.size,
		object.fingerprint, err);
}

static int
add_link(const struct build *build, const struct view *view,
	const struct member *member, const char *key, struct err *err)
{
	const struct member *target;
	struct buf name;
	int rc;

	buf_init(&name, KEY_MAX);
	rc = resolve(build->members, member, &name, err);
	target = rc == 0 ? members_find(build->members, buf_str(&name)) : NULL;
	if (target && target->kind == MEMBER_FILE)
		rc = add_file(build, target, key, false, err);
	else if (rc == 0)
		rc = add_linked_folder(
			build, view, member, key, buf_str(&name), err);
	buf_release(&name);
	return rc;
}

static int
add_member(const struct build *build, const struct view *view,
	const struct member *member, const char *key, struct err *err)
{
	if (is_excluded(build, key, member->kind == MEMBER_FOLDER))
		return 0;
	switch (member->kind) {
	case MEMBER_FILE:
		return add_file(build, member, key, !view->above, err);
	case MEMBER_SYMLINK:
		return add_link(build, view, member, key, err);
	case MEMBER_FOLDER:
		return 0;
	default:
		return member_fail(key,
			"a device, fifo or socket: only files and folders "
			"can be served",
			err);
	}
}

/* A member of the view's folder: a key of the top is a part of its name. */
static int
add_under(const struct build *build, const struct view *view,
	const struct member *member, const char *name, struct buf *key,
	struct err *err)
{
	if (!view->above)
		return add_member(build, view, member, name, err);
	buf_clear(key);
	buf_addstr(key, view->shown);
	buf_addch(key, '/');
	buf_addstr(key, name);
	if (buf_check(key, err) != 0)
		return -1;
	return add_member(build, view, member, buf_str(key), err);
}

/* Every member below the view's folder, under the view's key. */
static int
add_folder(const struct build *build, const struct view *view, struct err *err)
{
	const struct members *members = build->members;
	size_t i;
	struct buf below, key;
	int rc = 0;

	buf_init(&below, KEY_MAX + 1);
	buf_init(&key, (size_t)2 * KEY_MAX);
	buf_addstr(&below, view->folder);
	if (below.len > 0)
		buf_addch(&below, '/');
	for (i = members_from(members, buf_str(&below));
		rc == 0 && i < members->count; i++) {
		const struct member *member = &members->list[i];

		if (strncmp(member->name, buf_str(&below), below.len) != 0)
			break;
		if (!member->name[below.len])
			continue;
		rc = add_under(build, view, member, member->name + below.len,
			&key, err);
	}
	buf_release(&key);
	buf_release(&below);
	return rc;
}

int
links_follow(const struct members *members, const char *root,
	const struct build_options *options, struct manifest *manifest,
	bool *missing, struct err *err)
{
	struct build build = {.members = members,
		.root = root,
		.options = options,
		.manifest = manifest,
		.missing = missing};
	struct view top = {.folder = root, .shown = ""};

	*missing = false;
	if (root[0] && !members_have_folder(members, root))
		return err_context(
			(member_fail(
				 root, "no such folder in the archive", err),
				err),
			"--root");
	return add_folder(&build, &top, err);
}
