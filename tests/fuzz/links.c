/*
 * Links of an archive: each leads where a simple walk over the names leads, which
 * recurses in place of rewriting the path. An input has a line for each member: a
 * name; after a tab the target of a link; after two tabs, it is a folder.
 */
#include "tests/fuzz/fuzz.h"

#include "manifest/archive_link.h"
#include "manifest/archive_links.h"
#include "manifest/archive_path.h"

enum {
	LINKS_MAX = 40,
	WALK_SIZE = 4096,
	MEMBERS_MAX = 32,
};

/* A walk from the top of the archive: where it is, and the links it took. */
struct walk {
	const struct archive_members *members;
	char at[WALK_SIZE];
	int links;
};

static bool
is_folder(const struct archive_members *members, const char *name)
{
	size_t len = strlen(name), i;

	if (len == 0)
		return true;
	for (i = 0; i < members->count; i++) {
		const struct archive_member *m = &members->list[i];

		if (strncmp(m->name, name, len) != 0)
			continue;
		if (m->name[len] == '/' ||
			(!m->name[len] && m->kind == MEMBER_FOLDER))
			return true;
	}
	return false;
}

static void
leave(char *at)
{
	char *slash = strrchr(at, '/');

	*(slash ? slash : at) = '\0';
}

static bool
go_along(struct walk *w, const char *path)
{
	const struct archive_member *member;
	size_t len;

	if (*path == '/')
		return false;
	while (*path) {
		len = strcspn(path, "/");
		if (len == 2 && strncmp(path, "..", 2) == 0) {
			if (!w->at[0])
				return false;
			leave(w->at);
		} else if (len > 0 && !(len == 1 && *path == '.')) {
			snprintf(w->at + strlen(w->at),
				WALK_SIZE - strlen(w->at), "%s%.*s",
				w->at[0] ? "/" : "", (int)len, path);
		}
		path += len;
		member = archive_members_find(w->members, w->at);
		if (member && member->kind == MEMBER_SYMLINK) {
			if (++w->links > LINKS_MAX)
				return false;
			leave(w->at);
			if (!go_along(w, member->target))
				return false;
		}
		if (*path == '/' && !is_folder(w->members, w->at))
			return false;
		path += strspn(path, "/");
	}
	return true;
}

static void
add_line(struct archive_members *members, char *line)
{
	struct err err = ERR_INIT;
	struct archive_member *member;
	char *target = strchr(line, '\t');
	const char *name;

	if (target)
		*target++ = '\0';
	/* no file system has a link without a target */
	if (!archive_path_is_normal(line) || (target && !*target) ||
		archive_path_normalise(&members->arena, line, &name, &err) != 0)
		return;
	HOLDS(strcmp(name, line) == 0);
	member = archive_members_add(members, &err);
	HOLDS(member != NULL);
	member->name = name;
	member->size = members->count;
	member->kind = !target           ? MEMBER_FILE
		       : *target == '\t' ? MEMBER_FOLDER
					 : MEMBER_SYMLINK;
	if (member->kind == MEMBER_SYMLINK)
		member->target =
			arena_copy(&members->arena, target, strlen(target));
}

static void
check_link(const struct archive_members *members,
	const struct archive_member *link)
{
	struct walk walk = {.members = members, .links = 1};
	struct err err = ERR_INIT;
	struct buf out;
	bool there;

	buf_init(&out, KEY_MAX);
	snprintf(walk.at, sizeof(walk.at), "%s", link->name);
	leave(walk.at);
	there = go_along(&walk, link->target);
	if (archive_link_resolve(members, link, &out, &err) == 0) {
		HOLDS(there);
		HOLDS(strcmp(buf_str(&out), walk.at) == 0);
	} else {
		fuzz_check_error(&err);
		HOLDS(!there || walk.links >= LINKS_MAX);
	}
	buf_release(&out);
}

static void
check_build(const struct archive_members *members)
{
	struct build_options options = {.jobs = 1};
	struct manifest manifest;
	struct err err = ERR_INIT;
	bool missing = false;

	manifest_init(&manifest);
	if (archive_links_follow(
		    members, "", &options, &manifest, &missing, &err) != 0)
		fuzz_check_error(&err);
	HOLDS(!missing);
	manifest_release(&manifest);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	struct archive_members members;
	struct err err = ERR_INIT;
	size_t i;

	if (size > WALK_SIZE / 4)
		return 0;
	archive_members_init(&members);
	while (input.at < input.end && members.count < MEMBERS_MAX) {
		char *line = fuzz_take_text(&input, '\n');

		add_line(&members, line);
		free(line);
	}
	if (archive_members_sort(&members, &err) == 0) {
		for (i = 0; i < members.count; i++)
			if (members.list[i].kind == MEMBER_SYMLINK)
				check_link(&members, &members.list[i]);
		check_build(&members);
	}
	archive_members_release(&members);
	return 0;
}
