/* The checks of a build before its plan is carried out. */
#include "diff/guard.h"

#include <string.h>

#include "base/escape.h"
#include "base/plural.h"
#include "diff/missing_part.h"
#include "diff/moved_folder.h"

enum {
	/* In a smaller site most objects may well go in one deployment. */
	GONE_MIN = 20,
};

static const char *const build_folders[] = {"_build", "_site", "artifact",
	"artifacts", "build", "dist", "htdocs", "html", "out", "output",
	"package", "public", "public_html", "site", "storybook-static", "web",
	"www", "wwwroot", NULL};

static const char *const archive_ends[] = {".7z", ".tar", ".tar.bz2", ".tar.gz",
	".tar.xz", ".tar.zst", ".tgz", ".txz", ".zip", NULL};

static enum guard_verdict
check_empty(const struct guard_input *input, struct buf *text)
{
	if (input->delta->after->count > 0)
		return GUARD_PASS;
	buf_addstr(text, "the build has no objects, so every page would be "
			 "invalidated: use --allow-empty if that is intended");
	return GUARD_REFUSE;
}

static bool
ends_in_any(const struct object *object, const char *const *ends)
{
	size_t len;

	for (; *ends; ends++) {
		len = strlen(*ends);
		if (object->key_len > len &&
			memcmp(object->key + object->key_len - len, *ends,
				len) == 0)
			return true;
	}
	return false;
}

/* The last deployment, if that is known. */
static const struct manifest *
last_deployment(const struct guard_input *input)
{
	const struct manifest *before = input->delta->before;

	return input->deployed && before && before->count > 0 ? before : NULL;
}

static bool
is_only_archive(const struct manifest *manifest)
{
	return manifest->count == 1 &&
	       ends_in_any(&manifest->objects[0], archive_ends);
}

static enum guard_verdict
check_archive(const struct guard_input *input, struct buf *text)
{
	const struct manifest *after = input->delta->after;
	const struct manifest *last = last_deployment(input);
	struct escaped_name shown;

	if (!is_only_archive(after) || (last && is_only_archive(last)))
		return GUARD_PASS;
	escape_show(&shown, after->objects[0].key, after->objects[0].key_len);
	buf_addf(text,
		"the only object is an archive, %s: unpack it and give that as "
		"the build, or use --allow archive to deploy the archive "
		"itself",
		shown.text);
	return GUARD_REFUSE;
}

/* The length of the folder that all objects are below; 0 if that is the top. */
static size_t
common_folder(const struct manifest *manifest)
{
	const struct object *first, *last;
	size_t i, len = 0;

	if (manifest->count == 0)
		return 0;
	/* what the first and the last of a sorted list share, all share */
	first = &manifest->objects[0];
	last = &manifest->objects[manifest->count - 1];
	for (i = 0; i < first->key_len && first->key[i] == last->key[i]; i++)
		if (first->key[i] == '/')
			len = i;
	return len;
}

static bool
is_build_folder(const char *name, size_t len)
{
	const char *const *at;

	for (at = build_folders; *at; at++)
		if (strlen(*at) == len && memcmp(*at, name, len) == 0)
			return true;
	return false;
}

/* The end of the component of a path that begins at `from`. */
static size_t
component_end(const char *path, size_t from, size_t len)
{
	while (from < len && path[from] != '/')
		from++;
	return from;
}

/*
 * The folder to suggest: the one that all objects are in if it has the index
 * page, else the last build folder above, else that at the top.
 */
static size_t
find_root(const char *path, size_t len, bool has_index)
{
	size_t root = component_end(path, 0, len), from, to;

	if (has_index)
		return len;
	for (from = root + 1; from < len; from = to + 1) {
		to = component_end(path, from, len);
		if (is_build_folder(path + from, to - from))
			root = to;
	}
	return root;
}

static bool
has_index(const struct manifest *manifest, size_t folder, const char *name)
{
	size_t len = strlen(name), i;
	const struct object *object;

	for (i = 0; i < manifest->count; i++) {
		object = &manifest->objects[i];
		if (object->key_len == folder + 1 + len &&
			memcmp(object->key + folder + 1, name, len) == 0)
			return true;
	}
	return false;
}

/* A folder that all objects of the new build are below. */
struct lone_folder {
	const char *path;
	size_t top; /* the length of its first component; 0: there is none */
	size_t root; /* of the folder to be used instead */
	enum guard_verdict verdict;
};

/* Is everything in the old manifest below this folder, too? */
static bool
had_lone_folder(const struct manifest *before, const char *path, size_t top)
{
	const char *key;

	if (!before || common_folder(before) < top)
		return false;
	key = before->objects[0].key;
	return memcmp(key, path, top) == 0 && key[top] == '/';
}

/* Was the site below another folder, whose name is no build folder's? */
static bool
was_below_folder(const struct guard_input *input)
{
	const struct manifest *last = last_deployment(input);
	size_t len = last ? common_folder(last) : 0, top;

	if (len == 0)
		return false;
	top = component_end(last->objects[0].key, 0, len);
	return !is_build_folder(last->objects[0].key, top);
}

/*
 * A site that is below v1/ and then below v2/ is only warned of: it is meant to
 * be below one folder. But dist/ after public/ is the same mistake again.
 */
static struct lone_folder
find_lone_folder(const struct guard_input *input)
{
	const struct manifest *after = input->delta->after;
	struct lone_folder lone = {.verdict = GUARD_PASS};
	size_t len = common_folder(after);
	bool index, had, built;

	if (len == 0)
		return lone;
	lone.path = after->objects[0].key;
	lone.top = component_end(lone.path, 0, len);
	index = has_index(after, len, input->index_document);
	lone.root = find_root(lone.path, len, index);
	built = is_build_folder(lone.path, lone.top);
	if (built || (index && !was_below_folder(input)))
		lone.verdict = GUARD_REFUSE;
	else
		lone.verdict = GUARD_WARN;
	had = had_lone_folder(input->delta->before, lone.path, lone.top);
	if (had && (input->deployed || lone.verdict == GUARD_WARN))
		lone.verdict = GUARD_PASS;
	return lone;
}

/* Ask whether this folder, seen from the current root, should be the root. */
static void
add_question(struct buf *text, const struct guard_input *input,
	const char *path, size_t len)
{
	size_t above = input->root ? strlen(input->root) : 0;
	struct escaped_name root, shown;

	while (above > 0 && input->root[above - 1] == '/')
		above--;
	buf_addstr(text, "did you mean --root ");
	if (above > 0)
		buf_addf(text, "%s/", escape_show(&root, input->root, above));
	buf_addf(text, "%s?", escape_show(&shown, path, len));
}

static enum guard_verdict
check_root(const struct guard_input *input, struct buf *text)
{
	const struct lone_folder lone = find_lone_folder(input);
	size_t count = input->delta->after->count;
	struct escaped_name shown;

	if (lone.verdict == GUARD_PASS)
		return GUARD_PASS;
	escape_show(&shown, lone.path, lone.root);
	if (count == 1)
		buf_addf(text, "the only object is below %s/", shown.text);
	else
		buf_addf(text, "all %zu objects are below %s/", count,
			shown.text);
	buf_addstr(text, " and no page is at the top: ");
	add_question(text, input, lone.path, lone.root);
	buf_addstr(text, " --allow root to deploy it as it is");
	return lone.verdict;
}

static bool
has_lost_most(const struct delta *delta)
{
	return delta->before && delta->changes.plain_removed > GONE_MIN &&
	       delta->changes.plain_removed * 2 > delta->before->count;
}

/* How many keys of the new build did the old one have, too? */
static size_t
count_kept(const struct delta *delta)
{
	return delta->before->count - delta->changes.plain_removed;
}

/* Most of the old objects are now below a folder. */
static enum guard_verdict
check_wrapped(const struct guard_input *input, struct buf *text)
{
	const struct delta *delta = input->delta;
	struct moved_folder folder;
	struct escaped_name shown;

	if (find_lone_folder(input).verdict == GUARD_REFUSE)
		return GUARD_PASS; /* the guard of the root says it */
	moved_folder_find(&folder, delta->before, delta->after);
	if (folder.shared * 2 <= delta->before->count)
		return GUARD_PASS;
	buf_addf(text,
		"%zu of the %zu objects deployed before are gone, and "
		"%zu of them are now below %s/: ",
		delta->changes.plain_removed, delta->before->count,
		folder.shared, escape_show(&shown, folder.name, folder.len));
	add_question(text, input, folder.name, folder.len);
	buf_addstr(text, " --allow moved to deploy it as it is");
	return GUARD_REFUSE;
}

/* Was the old build wrapped like the new one, in a folder for --root? */
static bool
was_wrapped_in(const struct manifest *before, const struct moved_folder *folder)
{
	return common_folder(before) == folder->len &&
	       is_build_folder(folder->name,
		       component_end(folder->name, 0, folder->len));
}

/* The build is what a folder of the old one had. */
static enum guard_verdict
check_unwrapped(const struct guard_input *input, struct buf *text)
{
	const struct delta *delta = input->delta;
	size_t count = delta->after->count;
	struct moved_folder folder;
	struct escaped_name shown;
	bool whole, most;

	moved_folder_find(&folder, delta->after, delta->before);
	if (folder.len == 0 || count_kept(delta) * 2 > folder.shared ||
		was_wrapped_in(delta->before, &folder))
		return GUARD_PASS;
	whole = count > 1 && folder.equal == count && folder.objects == count;
	most = has_lost_most(delta) && folder.shared * 4 >= count * 3;
	if (!whole && !most)
		return GUARD_PASS;
	buf_addf(text,
		"the build is what was deployed as %s/ before, and %zu of the "
		"%zu objects deployed before are gone: give the folder above, "
		"or use --allow moved to deploy it as it is",
		escape_show(&shown, folder.name, folder.len),
		delta->changes.plain_removed, delta->before->count);
	return GUARD_REFUSE;
}

/*
 * A folder that was renamed as a whole, v1/ to v2/, passes: a site of versions
 * does that on purpose, and every URL of v1/ is invalidated as removed.
 */
static enum guard_verdict
check_moved(const struct guard_input *input, struct buf *text)
{
	const struct delta *delta = input->delta;
	enum guard_verdict verdict = GUARD_PASS;

	if (!delta->before || delta->after->count == 0 ||
		delta->changes.plain_removed * 2 <= delta->before->count)
		return GUARD_PASS;
	if (has_lost_most(delta))
		verdict = check_wrapped(input, text);
	return verdict == GUARD_PASS ? check_unwrapped(input, text) : verdict;
}

static enum guard_verdict
check_partial(const struct guard_input *input, struct buf *text)
{
	const struct delta *delta = input->delta;
	struct shard shard;

	if (!missing_part_find(&shard, delta->before, delta->after))
		return GUARD_PASS;
	buf_addf(text,
		"none of the %zu objects belongs to --shard %u/%u, so a part "
		"of the build seems to be missing: merge all parts, or use "
		"--allow partial to deploy it as it is",
		delta->after->count, shard.index, shard.count);
	return GUARD_REFUSE;
}

static enum guard_verdict
check_lfs(const struct guard_input *input, struct buf *text)
{
	const struct manifest *after = input->delta->after;
	const struct object *first = NULL;
	struct escaped_name shown;
	size_t count = 0, i;

	for (i = 0; i < after->count; i++) {
		if (!after->objects[i].lfs_pointer)
			continue;
		if (count++ == 0)
			first = &after->objects[i];
	}
	if (!first)
		return GUARD_PASS;
	escape_show(&shown, first->key, first->key_len);
	if (count == 1)
		buf_addf(text, "%s is a Git LFS pointer, not the file itself",
			shown.text);
	else
		buf_addf(text,
			"%s and %zu other file%s are Git LFS pointers, not the "
			"files themselves",
			shown.text, count - 1, plural_s(count - 1));
	buf_addstr(text, ": run git lfs pull before the build (--allow lfs if "
			 "that is intended)");
	return GUARD_WARN;
}

const struct guard guards[] = {
	{"empty", check_empty, false},
	{"archive", check_archive, false},
	{"root", check_root, false},
	{"moved", check_moved, false},
	{"partial", check_partial, false},
	{"lfs", check_lfs, true},
	{NULL, NULL, false},
};

const struct guard *
guard_find(const char *name, size_t len)
{
	const struct guard *guard;

	for (guard = guards; guard->name; guard++)
		if (strlen(guard->name) == len &&
			memcmp(guard->name, name, len) == 0)
			return guard;
	return NULL;
}

enum guard_verdict
guard_check(const struct guard *guard, const struct guard_input *input,
	struct buf *text)
{
	return input->part && !guard->of_parts ? GUARD_PASS
					       : guard->check(input, text);
}
