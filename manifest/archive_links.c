/* Follows the symbolic links of an archive, and adds the objects. */
#include "manifest/archive_links.h"

#include <string.h>

#include "manifest/archive_path.h"

enum {
	/* Links followed for one name, as in the kernel. */
	LINKS_MAX = 40,
};

struct link_resolver {
	const struct archive_members *members;
	const char *root;
	const struct build_options *options;
	struct manifest *manifest;
	bool *missing;
};

/* A folder whose members become objects, maybe through links. */
struct archive_view {
	const struct archive_view *above; /* NULL for the top */
	const char *folder; /* its own name in the archive */
	const char *shown; /* the key it appears under, "" for the top */
	int depth; /* of links to folders */
};

/* A link that is being followed. */
struct link_walk {
	struct buf *reached; /* the name that it has led to so far */
	struct buf rest; /* the path from there on */
	size_t at; /* offset in `rest`: what precedes it is done */
	int links; /* followed so far */
};

static bool
is_excluded(
	const struct link_resolver *resolver, const char *key, bool is_folder)
{
	return build_excludes(resolver->options, key, strlen(key), is_folder);
}

/*
 * Go on to the next link, and set *link to it, or to NULL at the end. Returns
 * false if the path leaves the archive.
 */
static bool
walk_to_link(const struct archive_members *members, struct link_walk *walk,
	const struct archive_member **link)
{
	const char *path = buf_str(&walk->rest), *at = path + walk->at;
	bool inside = *at != '/';
	struct buf part;
	size_t len;

	*link = NULL;
	buf_init(&part, walk->rest.max);
	while (inside && *at && !*link) {
		len = strcspn(at, "/");
		buf_clear(&part);
		buf_add(&part, at, len);
		inside = archive_path_append(
				 walk->reached, buf_str(&part), true) &&
			 !part.failed;
		at += len;
		at += strspn(at, "/");
		*link = archive_members_find(members, buf_str(walk->reached));
		if (*link && (*link)->kind != MEMBER_SYMLINK)
			*link = NULL;
	}
	walk->at = (size_t)(at - path);
	buf_release(&part);
	return inside && !walk->reached->failed && !walk->rest.failed;
}

/*
 * Continue with the link's target, from the link's folder, then with the rest.
 */
static void
enter_link(struct link_walk *walk, const struct archive_member *link)
{
	struct buf path;

	archive_path_cut(walk->reached);
	buf_init(&path, walk->rest.max);
	buf_addstr(&path, link->target);
	buf_addch(&path, '/');
	buf_addstr(&path, buf_str(&walk->rest) + walk->at);
	buf_release(&walk->rest);
	walk->rest = path;
	walk->at = 0;
}

/*
 * Follow the symbolic link `member`, and further links, to a name that is not a
 * link, which `out` receives.
 */
static int
resolve(const struct archive_members *members,
	const struct archive_member *member, struct buf *out, struct err *err)
{
	const struct archive_member *link = member;
	struct link_walk walk = {.reached = out};
	int rc = 0;

	buf_init(&walk.rest, (size_t)4 * KEY_MAX);
	buf_addstr(out, member->name);
	while (rc == 0 && link) {
		enter_link(&walk, link);
		if (!walk_to_link(members, &walk, &link))
			rc = archive_path_fail(member->name,
				"a symbolic link out of the archive", err);
		else if (link && ++walk.links > LINKS_MAX)
			rc = archive_path_fail(member->name,
				"a symbolic link that forms a cycle", err);
	}
	buf_release(&walk.rest);
	return rc;
}

/* Is the view inside `folder`, directly or through a link above it? */
static bool
forms_cycle(const struct archive_view *view,
	const struct archive_member *member, const char *folder)
{
	const struct archive_view *above;
	size_t len = strlen(folder);

	for (above = view; above; above = above->above) {
		/* the link is in above->folder or below it */
		const char *at = above == view ? member->name : above->folder;

		if (len == 0 || (strncmp(at, folder, len) == 0 &&
					(at[len] == '/' || !at[len])))
			return true;
	}
	return false;
}

static int add_folder(const struct link_resolver *resolver,
	const struct archive_view *view, struct err *err);

/* A link to a folder: its members appear under the link's key too. */
static int
add_linked_folder(const struct link_resolver *resolver,
	const struct archive_view *view, const struct archive_member *member,
	const char *key, const char *folder, struct err *err)
{
	struct archive_view linked = {.above = view,
		.folder = folder,
		.shown = key,
		.depth = view->depth + 1};

	if (!archive_members_have_folder(resolver->members, folder))
		return archive_path_fail(key,
			"a symbolic link to a name that is not in the archive",
			err);
	if (strcmp(folder, resolver->root) != 0 &&
		!archive_path_below(resolver->root, folder))
		return archive_path_fail(key,
			"a symbolic link to a folder outside the build", err);
	if (is_excluded(resolver, key, true))
		return 0;
	if (forms_cycle(view, member, folder))
		return archive_path_fail(
			key, "a symbolic link that forms a cycle", err);
	if (linked.depth > LINKED_FOLDERS_DEPTH_MAX)
		return archive_path_fail(
			key, "linked folders nested too deeply", err);
	return add_folder(resolver, &linked, err);
}

/* Add a file under this key, which outlives the manifest or is copied. */
static int
add_file(const struct link_resolver *resolver,
	const struct archive_member *member, const char *key, bool outlives,
	struct err *err)
{
	struct object object = {.key = key,
		.key_len = (uint32_t)strlen(key),
		.size = member->size};

	if (!build_has(resolver->options, key, object.key_len))
		return 0;
	*resolver->missing |= member->unread;
	memcpy(object.fingerprint, member->fingerprint, FINGERPRINT_SIZE);
	if (outlives)
		return manifest_add_kept(resolver->manifest, &object, err);
	return manifest_add(resolver->manifest, key, object.key_len,
		object.size, object.fingerprint, err);
}

static int
add_link(const struct link_resolver *resolver, const struct archive_view *view,
	const struct archive_member *member, const char *key, struct err *err)
{
	const struct archive_member *target;
	struct buf name;
	int rc;

	buf_init(&name, KEY_MAX);
	rc = resolve(resolver->members, member, &name, err);
	target = rc == 0 ? archive_members_find(
				   resolver->members, buf_str(&name))
			 : NULL;
	if (target && target->kind == MEMBER_FILE)
		rc = add_file(resolver, target, key, false, err);
	else if (rc == 0)
		rc = add_linked_folder(
			resolver, view, member, key, buf_str(&name), err);
	buf_release(&name);
	return rc;
}

static int
add_member(const struct link_resolver *resolver,
	const struct archive_view *view, const struct archive_member *member,
	const char *key, struct err *err)
{
	if (is_excluded(resolver, key, member->kind == MEMBER_FOLDER))
		return 0;
	switch (member->kind) {
	case MEMBER_FILE:
		return add_file(resolver, member, key, !view->above, err);
	case MEMBER_SYMLINK:
		return add_link(resolver, view, member, key, err);
	case MEMBER_FOLDER:
		return 0;
	default:
		return archive_path_fail(key,
			"a device, fifo or socket: only files and folders "
			"can be served",
			err);
	}
}

/* Add a member of the view's folder; at the top, its key is part of its name. */
static int
add_under(const struct link_resolver *resolver, const struct archive_view *view,
	const struct archive_member *member, const char *name, struct buf *key,
	struct err *err)
{
	if (!view->above)
		return add_member(resolver, view, member, name, err);
	buf_clear(key);
	buf_addstr(key, view->shown);
	buf_addch(key, '/');
	buf_addstr(key, name);
	if (buf_check(key, err) != 0)
		return -1;
	return add_member(resolver, view, member, buf_str(key), err);
}

/* Add every member below the view's folder, under the view's key. */
static int
add_folder(const struct link_resolver *resolver,
	const struct archive_view *view, struct err *err)
{
	const struct archive_members *members = resolver->members;
	size_t i;
	struct buf below, key;
	int rc = 0;

	buf_init(&below, KEY_MAX + 1);
	buf_init(&key, (size_t)2 * KEY_MAX);
	buf_addstr(&below, view->folder);
	if (below.len > 0)
		buf_addch(&below, '/');
	for (i = archive_members_from(members, buf_str(&below));
		rc == 0 && i < members->count; i++) {
		const struct archive_member *member = &members->list[i];

		if (strncmp(member->name, buf_str(&below), below.len) != 0)
			break;
		if (!member->name[below.len])
			continue;
		rc = add_under(resolver, view, member, member->name + below.len,
			&key, err);
	}
	buf_release(&key);
	buf_release(&below);
	return rc;
}

int
archive_links_follow(const struct archive_members *members, const char *root,
	const struct build_options *options, struct manifest *manifest,
	bool *missing, struct err *err)
{
	struct link_resolver resolver = {.members = members,
		.root = root,
		.options = options,
		.manifest = manifest,
		.missing = missing};
	struct archive_view top = {.folder = root, .shown = ""};

	*missing = false;
	if (root[0] && !archive_members_have_folder(members, root)) {
		archive_path_fail(root, "no such folder in the archive", err);
		return err_context(err, "--root");
	}
	return add_folder(&resolver, &top, err);
}
