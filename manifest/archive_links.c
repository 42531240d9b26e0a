/* Follows the symbolic links of an archive, and adds the objects. */
#include "manifest/archive_links.h"

#include <string.h>

#include "base/escape.h"
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
};

static bool
is_excluded(
	const struct link_resolver *resolver, const char *key, bool is_folder)
{
	return build_excludes(resolver->options, key, strlen(key), is_folder);
}

/* What following a link came to. */
enum link_step {
	STEP_END, /* a name that is not a link */
	STEP_LINK, /* another link */
	STEP_OUT, /* out of the archive */
	STEP_NO_FOLDER, /* through something that is not a folder */
};

static int
fail_step(enum link_step step, const struct link_walk *walk,
	const struct archive_member *member, struct err *err)
{
	struct escaped_name link, reached;

	escape_show_str(&link, member->name);
	if (step == STEP_OUT)
		return err_set(err, ERR_INPUT,
			"%s: a symbolic link out of the archive, which does "
			"not contain its target: pack the target too, or "
			"--exclude the link",
			link.text);
	if (step == STEP_LINK)
		return err_set(err, ERR_INPUT,
			"%s: a symbolic link that forms a cycle: remove it, or "
			"--exclude it",
			link.text);
	return err_set(err, ERR_INPUT,
		"%s: a symbolic link through %s, which is not a folder in the "
		"archive: correct the link, or --exclude it",
		link.text, escape_show_str(&reached, buf_str(walk->reached)));
}

/* Append the component at `at`, which may be . or ..; false if that leads out. */
static bool
append_component(struct buf *reached, const char *at, size_t len)
{
	if (len == 2 && memcmp(at, "..", 2) == 0) {
		if (reached->len == 0)
			return false;
		archive_path_cut(reached);
	} else if (len > 0 && !(len == 1 && *at == '.')) {
		if (reached->len > 0)
			buf_addch(reached, '/');
		buf_add(reached, at, len);
	}
	return true;
}

/*
 * Go on to the next link, which is *link, or to the end. As in a file system,
 * what a / follows must be a folder.
 */
static int
walk_to_link(const struct archive_members *members, struct link_walk *walk,
	const struct archive_member **link, enum link_step *step,
	struct err *err)
{
	const char *path = buf_str(&walk->rest), *at = path;
	size_t len;

	*link = NULL;
	*step = *at == '/' ? STEP_OUT : STEP_END;
	while (*at && *step == STEP_END) {
		if (*at == '/' && !archive_members_have_folder(
					  members, buf_str(walk->reached))) {
			*step = STEP_NO_FOLDER;
			break;
		}
		at += strspn(at, "/");
		len = strcspn(at, "/");
		if (!append_component(walk->reached, at, len))
			*step = STEP_OUT;
		if (buf_check(walk->reached, err) != 0)
			return -1;
		at += len;
		*link = archive_members_find(members, buf_str(walk->reached));
		if (*link && (*link)->kind == MEMBER_SYMLINK)
			*step = STEP_LINK;
	}
	walk->at = (size_t)(at - path);
	return 0;
}

/* Continue with the link's target, in its folder, then with what is left. */
static int
enter_link(struct link_walk *walk, const struct archive_member *link,
	struct err *err)
{
	struct buf path;

	archive_path_cut(walk->reached);
	buf_init(&path, walk->rest.max);
	buf_addstr(&path, link->target);
	buf_addstr(&path, buf_str(&walk->rest) + walk->at);
	buf_release(&walk->rest);
	walk->rest = path;
	walk->at = 0;
	return buf_check(&path, err);
}

static int
fail_path(const char *link, struct err *err)
{
	struct escaped_name shown;

	return err_context(err, "%s", escape_show_str(&shown, link));
}

static int
follow_steps(const struct archive_members *members, struct link_walk *walk,
	const struct archive_member *member, struct err *err)
{
	const struct archive_member *link = member;
	enum link_step step = STEP_LINK;
	int links = 0;

	while (step == STEP_LINK && links++ <= LINKS_MAX)
		if (enter_link(walk, link, err) != 0 ||
			walk_to_link(members, walk, &link, &step, err) != 0)
			return fail_path(member->name, err);
	return step == STEP_END ? 0 : fail_step(step, walk, member, err);
}

/*
 * Follow the symbolic link `member`, and further links, to a name that is not a
 * link, which `out` receives.
 */
static int
resolve(const struct archive_members *members,
	const struct archive_member *member, struct buf *out, struct err *err)
{
	struct link_walk walk = {.reached = out};
	int rc;

	buf_init(&walk.rest, (size_t)4 * KEY_MAX);
	buf_addstr(out, member->name);
	rc = buf_check(out, err);
	if (rc == 0)
		rc = follow_steps(members, &walk, member, err);
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
add_link(const struct link_resolver *resolver, const struct archive_view *view,
	const struct archive_member *member, const char *key, struct err *err)
{
	const struct archive_member *target;
	struct buf name;
	int rc;

	buf_init(&name, KEY_MAX);
	rc = resolve(resolver->members, member, &name, err);
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
