/* Follows the symbolic links of an archive, and adds the objects. */
#include "manifest/archive_links.h"

#include <string.h>

#include "base/escape.h"
#include "manifest/archive_link.h"
#include "manifest/archive_path.h"

enum {
	/*
	 * Members reached through links to folders, each counted as often as
	 * it is reached: a few links in each of a few folders make more objects
	 * than can ever be listed. A site has only a few such links, such as
	 * one to its newest version.
	 */
	LINKED_MEMBERS_MAX = 2 * 1000 * 1000,
};

struct link_resolver {
	const struct archive_members *members;
	const char *root;
	const struct build_options *options;
	struct manifest *manifest;
	bool *missing;
	size_t linked; /* members reached through links to folders */
};

/* A folder whose members become objects, maybe through links. */
struct archive_view {
	const struct archive_view *above; /* NULL for the top */
	const char *folder; /* its own name in the archive */
	const char *shown; /* the key it appears under, "" for the top */
	int depth; /* of links to folders */
};

static bool
is_excluded(
	const struct link_resolver *resolver, const char *key, bool is_folder)
{
	return build_excludes(resolver->options, key, strlen(key), is_folder);
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

static int add_folder(struct link_resolver *resolver,
	const struct archive_view *view, struct err *err);

/* A link to a folder: its members appear under the link's key too. */
static int
add_linked_folder(struct link_resolver *resolver,
	const struct archive_view *view, const struct archive_member *member,
	const char *key, const char *folder, struct err *err)
{
	struct archive_view linked = {.above = view,
		.folder = folder,
		.shown = key,
		.depth = view->depth + 1};
	struct escaped_name shown;

	if (is_excluded(resolver, key, true))
		return 0;
	if (forms_cycle(view, member, folder))
		return archive_path_fail(key,
			"a symbolic link that forms a cycle: remove it, or "
			"--exclude it",
			err);
	if (linked.depth > LINKED_FOLDERS_DEPTH_MAX)
		return err_set(err, ERR_INPUT,
			"%s: linked folders nested too deeply: at most %d are "
			"followed, one inside the other",
			escape_show_str(&shown, key), LINKED_FOLDERS_DEPTH_MAX);
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
		.size = member->size,
		.lfs_pointer = member->lfs_pointer};

	if (!build_has(resolver->options, key, object.key_len))
		return 0;
	*resolver->missing |= member->unread;
	memcpy(object.fingerprint, member->fingerprint, FINGERPRINT_SIZE);
	if (outlives)
		return manifest_add_kept(resolver->manifest, &object, err);
	if (object_check_key(key, object.key_len, err) != 0)
		return -1;
	return manifest_append(resolver->manifest, &object, err);
}

/* A link may lead to any file or folder in the archive: is `name` one? */
static int
check_target(const struct link_resolver *resolver,
	const struct archive_member *member, const char *key, const char *name,
	struct err *err)
{
	const struct archive_members *members = resolver->members;
	const char *root = resolver->root;
	struct escaped_name link, target;

	escape_show_str(&link, key);
	if (!archive_members_find(members, name) &&
		!archive_members_have_folder(members, name))
		return err_set(err, ERR_INPUT,
			"%s: a symbolic link to %s, a name that is not in the "
			"archive: correct the link, or --exclude it",
			link.text, escape_show_str(&target, member->target));
	if (resolver->options->no_follow && strcmp(name, root) != 0 &&
		!archive_path_below(root, name))
		return err_set(err, ERR_INPUT,
			"%s: a symbolic link that leads out of the build, "
			"which --no-follow refuses: copy its target into the "
			"build, or --exclude the link",
			link.text);
	return 0;
}

static int
add_link(struct link_resolver *resolver, const struct archive_view *view,
	const struct archive_member *member, const char *key, struct err *err)
{
	const struct archive_member *target;
	struct buf name;
	int rc;

	buf_init(&name, KEY_MAX);
	rc = archive_link_resolve(resolver->members, member, &name, err);
	if (rc == 0)
		rc = check_target(resolver, member, key, buf_str(&name), err);
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
add_member(struct link_resolver *resolver, const struct archive_view *view,
	const struct archive_member *member, const char *key, struct err *err)
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
add_under(struct link_resolver *resolver, const struct archive_view *view,
	const struct archive_member *member, const char *name, struct buf *key,
	struct err *err)
{
	struct escaped_name shown;

	if (!view->above)
		return add_member(resolver, view, member, name, err);
	if (++resolver->linked > LINKED_MEMBERS_MAX)
		return err_set(err, ERR_INPUT,
			"%s: links to folders lead to more than the limit of "
			"%d members: --exclude such links, or pack the folders "
			"themselves",
			escape_show_str(&shown, view->shown),
			LINKED_MEMBERS_MAX);
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
add_folder(struct link_resolver *resolver, const struct archive_view *view,
	struct err *err)
{
	const struct archive_members *members = resolver->members;
	const struct archive_member *member;
	const char *name;
	struct buf key;
	size_t i;
	int rc = 0;

	buf_init(&key, (size_t)2 * KEY_MAX);
	for (i = archive_members_below(members, view->folder);
		rc == 0 && i < members->count; i++) {
		member = &members->list[i];
		name = archive_path_below(view->folder, member->name);
		if (!name)
			break;
		if (*name)
			rc = add_under(resolver, view, member, name, &key, err);
	}
	buf_release(&key);
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
