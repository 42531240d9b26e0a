/*
 * Reads an archive: first every member, hashed as it passes by, then, since a
 * link may point forward, the objects that the members and links stand for.
 */
#include "manifest/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/glob.h"
#include "base/name.h"
#include "manifest/fingerprint.h"
#include "manifest/zip.h"

enum {
	READ_SIZE = 256 * 1024,

	/* Two blocks of zeros end a tar. */
	TAR_END = 1024,

	/* Links followed for one name: the kernel's own limit. */
	LINKS_MOST = 40,
};

/*
 * Largest member: a sparse one can claim more than any disk holds, and every
 * byte of a hole has to be hashed.
 */
#define MEMBER_LARGEST (1LL << 40)

enum member_kind { MEMBER_FILE, MEMBER_FOLDER, MEMBER_SYMLINK, MEMBER_OTHER };

struct member {
	const char *name; /* whole and normalised: no /, ., .. too many */
	enum member_kind kind;
	const char *target; /* of a symbolic link, as it stands there */
	uint64_t size;
	unsigned char fingerprint[FINGERPRINT_SIZE];
	bool unread; /* its bytes, which are of another shard */
};

struct reader {
	int fd;
	struct archive *archive;
	bool is_zip; /* known from the first header on */
	struct zip_names names; /* of a zip */
	const struct build_options *options;
	struct manifest *manifest;
	struct fingerprint fingerprint;
	struct arena arena; /* names and targets */
	struct member *members;
	size_t count, capacity;
	const char *root; /* normalised, "" for the whole */
	bool all; /* read the bytes of all members */
	bool missing; /* some that were left out are linked to */
};

static int
fail(const char *name, const char *what, struct err *err)
{
	struct shown_name shown;

	return err_set(
		err, ERR_INPUT, "%s: %s", name_show_str(&shown, name), what);
}

static int
fail_archive(const struct reader *r, const char *name, struct err *err)
{
	const char *what = archive_error_string(r->archive);
	struct shown_name shown, shown_what;

	if (what && strcmp(what, "Unrecognized archive format") == 0)
		what = "neither a folder, a manifest, a baseline nor an "
		       "archive that can be read (tar or zip; plain, gzip, "
		       "bzip2, xz or zstd)";
	if (!what)
		what = "libarchive gives no reason";
	name_show_str(&shown_what, what);
	if (!name)
		return err_set(err, ERR_INPUT, "%s", shown_what.text);
	return err_set(err, ERR_INPUT, "%s: %s", name_show_str(&shown, name),
		shown_what.text);
}

/*
 * Append a path's components to `out`, without ".", empty ones and, where
 * `up` allows it, with ".." undone; false for a .. that leads out.
 */
static bool
add_components(struct buf *out, const char *path, bool up)
{
	const char *slash;
	size_t len;

	while (*path) {
		len = strcspn(path, "/");
		if (len == 2 && memcmp(path, "..", 2) == 0) {
			if (!up || out->len == 0 || !out->data)
				return false;
			slash = strrchr(out->data, '/');
			out->len = slash ? (size_t)(slash - out->data) : 0;
			out->data[out->len] = '\0';
		} else if (len > 0 && !(len == 1 && *path == '.')) {
			if (out->len > 0)
				buf_addch(out, '/');
			buf_add(out, path, len);
		}
		path += len;
		path += strspn(path, "/");
	}
	return true;
}

/* A member's name in normal form, from the reader's arena. */
static int
normalise(struct reader *r, const char *name, const char **out, struct err *err)
{
	struct buf path;
	int rc = -1;

	buf_init(&path, KEY_LONGEST);
	if (name[0] == '/')
		fail(name, "an absolute name in an archive", err);
	else if (!add_components(&path, name, false))
		fail(name, ".. in the name of an archive's member", err);
	else if (buf_check(&path, err) != 0)
		fail(name, "a name that is too long", err);
	else {
		*out = arena_copy(&r->arena, buf_str(&path), path.len);
		rc = *out ? 0 : err_memory(err);
	}
	buf_release(&path);
	return rc;
}

/* The key of a name below the root; NULL where it is not below it. */
static const char *
key_of(const struct reader *r, const char *name)
{
	size_t len = strlen(r->root);

	if (len == 0)
		return name;
	if (strncmp(name, r->root, len) != 0 || name[len] != '/')
		return NULL;
	return name + len + 1;
}

static bool
is_excluded(const struct reader *r, const char *key, bool folder)
{
	return glob_match_any(r->options->exclude, r->options->exclude_count,
		key, strlen(key), folder);
}

static struct member *
add_member(struct reader *r, struct err *err)
{
	size_t capacity = r->capacity ? r->capacity * 2 : 64;
	struct member *members;

	if (r->count == r->capacity) {
		members = realloc(r->members, capacity * sizeof(*members));
		if (!members) {
			err_memory(err);
			return NULL;
		}
		r->members = members;
		r->capacity = capacity;
	}
	r->members[r->count] = (struct member){0};
	return &r->members[r->count++];
}

static void
add_zeros(struct fingerprint *f, int64_t count)
{
	static const char zeros[READ_SIZE];

	while (count > 0) {
		size_t now = count < READ_SIZE ? (size_t)count : READ_SIZE;

		fingerprint_add(f, zeros, now);
		count -= (int64_t)now;
	}
}

/* Hash a member's data; holes are zeros; as many bytes as it says it has. */
static int
hash_data(struct reader *r, struct archive_entry *entry, struct member *member,
	struct err *err)
{
	int64_t size = 0, offset, end;
	const void *block;
	size_t len;
	int rc;

	if (archive_entry_size_is_set(entry) &&
		archive_entry_size(entry) > MEMBER_LARGEST)
		return fail(member->name,
			"larger than the limit of 1 TiB for a member", err);
	fingerprint_start(&r->fingerprint);
	for (;;) {
		rc = archive_read_data_block(r->archive, &block, &len, &offset);
		if (rc == ARCHIVE_EOF)
			break;
		if (rc != ARCHIVE_OK)
			return fail_archive(r, member->name, err);
		if (offset < size || offset > MEMBER_LARGEST ||
			len > (size_t)MEMBER_LARGEST)
			return fail(member->name, "damaged", err);
		add_zeros(&r->fingerprint, offset - size);
		fingerprint_add(&r->fingerprint, block, len);
		size = offset + (int64_t)len;
	}
	if (archive_entry_size_is_set(entry)) {
		end = archive_entry_size(entry);
		if (archive_entry_sparse_count(entry) > 0 && size < end) {
			add_zeros(&r->fingerprint, end - size);
			size = end;
		}
		if (size != end)
			return fail(member->name,
				"fewer or more bytes than the archive says",
				err);
	}
	member->size = (uint64_t)size;
	fingerprint_finish(&r->fingerprint, member->fingerprint);
	return 0;
}

/* A hard link is the content of a member that came before it. */
static int
copy_target(struct reader *r, struct member *member, const char *target,
	struct err *err)
{
	const char *name;
	size_t i;

	if (normalise(r, target, &name, err) != 0)
		return err_context(err, "a hard link");
	/* links mostly follow their target closely */
	for (i = r->count - 1; i-- > 0;) {
		if (strcmp(r->members[i].name, name) != 0)
			continue;
		if (r->members[i].kind == MEMBER_FOLDER)
			break;
		member->kind = r->members[i].kind;
		member->target = r->members[i].target;
		member->unread = r->members[i].unread;
		member->size = r->members[i].size;
		memcpy(member->fingerprint, r->members[i].fingerprint,
			FINGERPRINT_SIZE);
		return 0;
	}
	return fail(member->name,
		"a hard link to a file that does not come before it", err);
}

static int
read_link(struct reader *r, struct member *member, const char *target,
	struct err *err)
{
	member->kind = MEMBER_SYMLINK;
	if (!target)
		return fail(member->name,
			"a symbolic link whose target can't be read", err);
	member->target = arena_copy(&r->arena, target, strlen(target));
	return member->target ? 0 : err_memory(err);
}

/*
 * The name of the member at hand: a zip's as its directory has it, a tar's
 * as it stands there; NULL where there is none.
 */
static const char *
name_of(const struct reader *r, struct archive_entry *entry)
{
	if (!r->is_zip)
		return archive_entry_pathname(entry);
	return r->count < r->names.count ? r->names.list[r->count].name : NULL;
}

/* Is it of the shard by its own name? By a link's it may be too. */
static bool
is_wanted(const struct reader *r, const char *name)
{
	const char *key = key_of(r, name);

	return r->all || r->options->shard.count == 0 ||
	       (key && build_has(r->options, key, strlen(key)));
}

static int
read_member(struct reader *r, struct archive_entry *entry, struct err *err)
{
	const char *name = name_of(r, entry), *normal;
	const char *hard = archive_entry_hardlink(entry);
	struct member *member;

	if (!name)
		return err_set(err, ERR_INPUT,
			"member %zu has a name that can't be read",
			r->count + 1);
	if (normalise(r, name, &normal, err) != 0)
		return -1;
	member = add_member(r, err);
	if (!member)
		return -1;
	member->name = normal;
	if (!normal[0] && archive_entry_filetype(entry) != AE_IFDIR)
		return fail(name, "a file without a name", err);
	if (hard)
		return copy_target(r, member, hard, err);
	switch (archive_entry_filetype(entry)) {
	case AE_IFREG:
		member->kind = MEMBER_FILE;
		member->unread = !is_wanted(r, normal);
		return member->unread ? 0 : hash_data(r, entry, member, err);
	case AE_IFDIR:
		member->kind = MEMBER_FOLDER;
		return 0;
	case AE_IFLNK:
		return read_link(r, member, archive_entry_symlink(entry), err);
	default:
		member->kind = MEMBER_OTHER;
		return 0;
	}
}

/* Before the first member: what kind of archive is it? */
static int
begin_members(struct reader *r, struct err *err)
{
	int format = archive_format(r->archive) & ARCHIVE_FORMAT_BASE_MASK;

	r->is_zip = format == ARCHIVE_FORMAT_ZIP;
	return r->is_zip ? zip_names_read(&r->names, r->fd, err) : 0;
}

/*
 * libarchive gives the names' own bytes in the C locale, and only warns that
 * it could not turn them into characters.
 */
static bool
is_name_warning(const struct reader *r, int rc)
{
	const char *what = archive_error_string(r->archive);

	return rc == ARCHIVE_WARN && what &&
	       (strstr(what, "can't be converted") ||
		       strstr(what, "cannot be converted"));
}

/*
 * Behind the last member, of which `last` bytes of the archive were read: is
 * this the archive's end and the file's? libarchive takes any end of file for
 * a tar's end, and does not look behind compressed data.
 */
static int
check_end(const struct reader *r, int64_t last, struct err *err)
{
	struct stat st;

	if (r->is_zip) {
		if (r->count != r->names.count)
			return err_set(err, ERR_INPUT, "members are missing");
		return 0;
	}
	if (archive_filter_bytes(r->archive, 0) - last < TAR_END)
		return err_set(err, ERR_INPUT,
			"the archive ends without its end mark: it was cut");
	if (fstat(r->fd, &st) != 0)
		return err_system(err, "cannot read");
	if (archive_filter_bytes(r->archive, -1) != st.st_size)
		return err_set(err, ERR_INPUT,
			"something follows the end of the archive");
	return 0;
}

static int
read_members(struct reader *r, struct err *err)
{
	struct archive_entry *entry;
	int64_t last = 0;
	bool first = true;
	int rc;

	for (;;) {
		rc = archive_read_next_header(r->archive, &entry);
		if (first && (rc == ARCHIVE_EOF || rc >= ARCHIVE_WARN) &&
			begin_members(r, err) != 0)
			return -1;
		first = false;
		if (rc == ARCHIVE_EOF)
			return check_end(r, last, err);
		if (rc != ARCHIVE_OK && !is_name_warning(r, rc))
			return fail_archive(r,
				rc == ARCHIVE_WARN ? name_of(r, entry) : NULL,
				err);
		if (read_member(r, entry, err) != 0)
			return -1;
		rc = archive_read_data_skip(r->archive);
		if (rc != ARCHIVE_OK)
			return fail_archive(
				r, r->members[r->count - 1].name, err);
		last = archive_filter_bytes(r->archive, 0);
	}
}

static int
compare_members(const void *a, const void *b)
{
	const struct member *left = a, *right = b;

	return strcmp(left->name, right->name);
}

/* The first member whose name is not before `name`. */
static size_t
lower_bound(const struct reader *r, const char *name)
{
	size_t low = 0, high = r->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(r->members[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct member *
find_member(const struct reader *r, const char *name)
{
	size_t at = lower_bound(r, name);

	if (at < r->count && strcmp(r->members[at].name, name) == 0)
		return &r->members[at];
	return NULL;
}

/* Is there a member below the folder `name`? "" is the archive's top. */
static bool
has_members(const struct reader *r, const char *name)
{
	size_t len = strlen(name), at;
	struct buf below;
	bool found;

	if (len == 0)
		return r->count > 0;
	buf_init(&below, KEY_LONGEST + 1);
	buf_add(&below, name, len);
	buf_addch(&below, '/');
	at = lower_bound(r, buf_str(&below));
	found = !below.failed && at < r->count &&
		strncmp(r->members[at].name, below.data, len + 1) == 0;
	buf_release(&below);
	return found;
}

static bool
is_folder(const struct reader *r, const char *name)
{
	const struct member *member = find_member(r, name);

	return (member && member->kind == MEMBER_FOLDER) ||
	       has_members(r, name);
}

/* Sorted, each name once (a folder may come again), no file above a file. */
static int
sort_members(struct reader *r, struct err *err)
{
	const struct member *member;
	size_t i;

	if (r->count > 1)
		qsort(r->members, r->count, sizeof(*r->members),
			compare_members);
	for (i = 0; i < r->count; i++) {
		member = &r->members[i];
		if (i > 0 && strcmp(member[-1].name, member->name) == 0 &&
			(member->kind != MEMBER_FOLDER ||
				member[-1].kind != MEMBER_FOLDER))
			return fail(member->name, "twice in the archive", err);
		if (member->kind != MEMBER_FOLDER && member->name[0] &&
			has_members(r, member->name))
			return fail(member->name,
				"both a file and a folder in the archive", err);
	}
	return 0;
}

/*
 * Follow the symbolic link `member`, and links on the way, to a name that is
 * no link: into `out`.
 */
static int
resolve(const struct reader *r, const struct member *member, struct buf *out,
	struct err *err)
{
	const struct member *link = member;
	struct buf rest, now;
	const char *slash;
	int links = 0, rc = -1;

	buf_init(&rest, (size_t)4 * KEY_LONGEST);
	buf_init(&now, (size_t)4 * KEY_LONGEST);
	buf_addstr(&rest, member->name);
	slash = strrchr(buf_str(&rest), '/');
	buf_add(out, rest.data, slash ? (size_t)(slash - rest.data) : 0);
	buf_clear(&rest);
	buf_addstr(&rest, member->target);
	for (;;) {
		const char *at = buf_str(&rest);
		size_t len;
		bool followed = false;

		if (*at == '/')
			break;
		while (*at && !followed) {
			len = strcspn(at, "/");
			buf_clear(&now);
			buf_add(&now, at, len);
			if (!add_components(out, buf_str(&now), true))
				goto outside;
			at += len;
			at += strspn(at, "/");
			link = find_member(r, buf_str(out));
			followed = link && link->kind == MEMBER_SYMLINK;
		}
		if (out->failed || rest.failed)
			break;
		if (!followed) {
			rc = 0;
			break;
		}
		if (++links > LINKS_MOST) {
			fail(member->name,
				"a symbolic link that leads round in a circle",
				err);
			goto out;
		}
		/* the link's target, from the link's folder, then the rest */
		slash = strrchr(buf_str(out), '/');
		out->len = slash ? (size_t)(slash - out->data) : 0;
		if (out->data)
			out->data[out->len] = '\0';
		buf_clear(&now);
		buf_addstr(&now, link->target);
		buf_addch(&now, '/');
		buf_addstr(&now, at);
		buf_clear(&rest);
		buf_add(&rest, buf_str(&now), now.len);
	}
outside:
	if (rc != 0)
		fail(member->name,
			"a symbolic link that leads out of the archive", err);
out:
	buf_release(&now);
	buf_release(&rest);
	return rc;
}

/* A folder whose members become objects, and through which links it came. */
struct view {
	const struct view *above;
	const char *folder; /* its own name in the archive */
	const char *shown; /* the key it appears under, "" for the top */
	int depth;
};

static int emit_folder(
	struct reader *r, const struct view *view, struct err *err);

/* The object that a file is under this key. */
static int
emit_file(struct reader *r, const struct member *member, const char *key,
	struct err *err)
{
	if (!build_has(r->options, key, strlen(key)))
		return 0;
	r->missing |= member->unread;
	return manifest_add(r->manifest, key, strlen(key), member->size,
		member->fingerprint, err);
}

static int
emit_link(struct reader *r, const struct view *view,
	const struct member *member, const char *key, struct err *err)
{
	const struct member *target;
	const struct view *above;
	struct view linked = {
		.above = view, .shown = key, .depth = view->depth + 1};
	struct buf name;
	size_t len;
	int rc;

	buf_init(&name, KEY_LONGEST);
	rc = resolve(r, member, &name, err);
	if (rc != 0)
		goto out;
	target = find_member(r, buf_str(&name));
	if (target && target->kind == MEMBER_FILE) {
		rc = emit_file(r, target, key, err);
		goto out;
	}
	rc = -1;
	linked.folder = buf_str(&name);
	if (!is_folder(r, linked.folder)) {
		fail(key, "a symbolic link to nothing in the archive", err);
		goto out;
	}
	if (strcmp(linked.folder, r->root) != 0 && !key_of(r, linked.folder)) {
		fail(key, "a symbolic link to a folder outside the build", err);
		goto out;
	}
	if (is_excluded(r, key, true)) {
		rc = 0;
		goto out;
	}
	len = name.len;
	for (above = view; above; above = above->above) {
		/* the link stands in above->folder or below it */
		const char *at = above == view ? member->name : above->folder;

		if (len == 0 || (strncmp(at, linked.folder, len) == 0 &&
					(at[len] == '/' || !at[len]))) {
			fail(key,
				"a symbolic link that leads round in a circle",
				err);
			goto out;
		}
	}
	if (linked.depth > LINKED_FOLDERS_DEEPEST) {
		fail(key, "linked folders nested too deeply", err);
		goto out;
	}
	rc = emit_folder(r, &linked, err);
out:
	buf_release(&name);
	return rc;
}

static int
emit_member(struct reader *r, const struct view *view,
	const struct member *member, const char *key, struct err *err)
{
	if (is_excluded(r, key, member->kind == MEMBER_FOLDER))
		return 0;
	switch (member->kind) {
	case MEMBER_FILE:
		return emit_file(r, member, key, err);
	case MEMBER_SYMLINK:
		return emit_link(r, view, member, key, err);
	case MEMBER_FOLDER:
		return 0;
	default:
		return fail(key,
			"a device, fifo or socket: only files and folders "
			"can be served",
			err);
	}
}

/* Every member below the view's folder, under the view's key. */
static int
emit_folder(struct reader *r, const struct view *view, struct err *err)
{
	size_t len = strlen(view->folder), i;
	struct buf below, key;
	int rc = 0;

	buf_init(&below, KEY_LONGEST + 1);
	buf_init(&key, (size_t)2 * KEY_LONGEST);
	buf_add(&below, view->folder, len);
	if (len > 0)
		buf_addch(&below, '/');
	for (i = lower_bound(r, buf_str(&below)); rc == 0 && i < r->count;
		i++) {
		const struct member *member = &r->members[i];

		if (strncmp(member->name, buf_str(&below), below.len) != 0)
			break;
		if (!member->name[below.len])
			continue;
		buf_clear(&key);
		buf_addstr(&key, view->shown);
		if (key.len > 0)
			buf_addch(&key, '/');
		buf_addstr(&key, member->name + below.len);
		rc = buf_check(&key, err);
		if (rc == 0)
			rc = emit_member(r, view, member, buf_str(&key), err);
	}
	buf_release(&key);
	buf_release(&below);
	return rc;
}

static int
open_archive(struct reader *r, struct err *err)
{
	struct archive *a = r->archive = archive_read_new();

	if (!a)
		return err_memory(err);
	if (archive_read_support_format_tar(a) != ARCHIVE_OK ||
		archive_read_support_format_zip_seekable(a) != ARCHIVE_OK ||
		archive_read_support_filter_gzip(a) != ARCHIVE_OK ||
		archive_read_support_filter_bzip2(a) != ARCHIVE_OK ||
		archive_read_support_filter_xz(a) != ARCHIVE_OK ||
		archive_read_support_filter_zstd(a) != ARCHIVE_OK)
		return err_context(
			(fail_archive(r, NULL, err), err), "libarchive");
	/* without it, what follows a first archive is silently left out */
	if (archive_read_set_options(a, "tar:read_concatenated_archives") !=
		ARCHIVE_OK)
		return fail_archive(r, NULL, err);
	if (archive_read_open_fd(a, r->fd, READ_SIZE) != ARCHIVE_OK)
		return fail_archive(r, NULL, err);
	return 0;
}

static int
read_all(struct reader *r, struct err *err)
{
	struct view top = {.folder = "", .shown = ""};

	if (fingerprint_init(&r->fingerprint, err) != 0)
		return -1;
	if (r->options->root &&
		normalise(r, r->options->root, &r->root, err) != 0)
		return err_context(err, "--root");
	if (open_archive(r, err) != 0 || read_members(r, err) != 0 ||
		sort_members(r, err) != 0)
		return -1;
	if (r->root[0] && !is_folder(r, r->root))
		return err_context(
			(fail(r->root, "no such folder in the archive", err),
				err),
			"--root");
	top.folder = r->root;
	return emit_folder(r, &top, err);
}

/* The whole archive, once; *missing where it has to be read with `all`. */
static int
read_once(int fd, const struct build_options *options,
	struct manifest *manifest, bool all, bool *missing, struct err *err)
{
	struct reader r = {.fd = fd,
		.options = options,
		.manifest = manifest,
		.root = "",
		.all = all};
	int rc;

	arena_init(&r.arena);
	rc = read_all(&r, err);
	*missing = r.missing;
	archive_read_free(r.archive);
	fingerprint_release(&r.fingerprint);
	zip_names_release(&r.names);
	free(r.members);
	arena_release(&r.arena);
	return rc;
}

int
archive_read_build(int fd, const char *path,
	const struct build_options *options, struct manifest *manifest,
	struct err *err)
{
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0), before;
	struct shown_name shown;
	bool missing;
	int rc;

	if (!plain)
		return err_memory(err);
	before = uselocale(plain);
	rc = read_once(fd, options, manifest, false, &missing, err);
	if (rc == 0 && missing) {
		manifest_release(manifest);
		if (lseek(fd, 0, SEEK_SET) < 0)
			rc = err_system(err, "cannot read");
		else
			rc = read_once(
				fd, options, manifest, true, &missing, err);
	}
	uselocale(before);
	freelocale(plain);
	if (rc != 0)
		err_context(err, "%s", name_show_str(&shown, path));
	return rc;
}
