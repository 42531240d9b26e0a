/* Follows one symbolic link of an archive. */
#include "manifest/archive_link.h"

#include <string.h>

#include "base/escape.h"
#include "manifest/archive_path.h"

enum {
	/* Links followed for one name; the limit of the kernel, too. */
	LINKS_MAX = 40,
};

/* A link that is being followed. */
struct link_walk {
	struct buf *reached; /* the name that it has led to so far */
	struct buf rest; /* the path from there on */
	size_t at; /* offset in `rest`: what precedes it is done */
};

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

int
archive_link_resolve(const struct archive_members *members,
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
