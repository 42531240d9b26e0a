/* Reads an archive: first every member, then the objects they stand for. */
#include "manifest/archive.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "manifest/content.h"
#include "manifest/extract.h"
#include "manifest/links.h"
#include "manifest/unpack.h"
#include "manifest/unzip.h"

enum {
	READ_SIZE = 256 * 1024,

	/* Two blocks of zeros end a tar. */
	TAR_END = 1024,
};

struct archive_reader {
	int fd;
	struct extract_choice choice;
	locale_t locale;
	struct archive *archive;
	struct unpack *unpack; /* what it reads from, NULL for the file */
	struct extract extract;
	struct members members;
};

/* A hard link is the content of a member that came before it. */
static int
copy_target(struct archive_reader *r, struct member *member, const char *target,
	struct err *err)
{
	const struct member *list = r->members.list;
	const char *name;
	size_t i;

	if (path_normalise(&r->members.arena, target, &name, err) != 0)
		return err_context(err, "a hard link");
	/* links mostly follow their target closely */
	for (i = r->members.count - 1; i-- > 0;) {
		if (strcmp(list[i].name, name) != 0)
			continue;
		if (list[i].kind == MEMBER_FOLDER)
			break;
		name = member->name;
		*member = list[i];
		member->name = name;
		return 0;
	}
	return member_fail(member->name,
		"a hard link to a file that does not come before it", err);
}

static int
read_member(
	struct archive_reader *r, struct archive_entry *entry, struct err *err)
{
	const char *name = archive_entry_pathname(entry), *normal;
	const char *hard = archive_entry_hardlink(entry);
	struct member *member;

	if (!name)
		return err_set(err, ERR_INPUT,
			"member %zu has a name that can't be read",
			r->members.count + 1);
	if (path_normalise(&r->members.arena, name, &normal, err) != 0)
		return -1;
	member = members_add(&r->members, err);
	if (!member)
		return -1;
	member->name = normal;
	if (!normal[0] && archive_entry_filetype(entry) != AE_IFDIR)
		return member_fail(name, "a file without a name", err);
	if (hard)
		return copy_target(r, member, hard, err);
	return extract_member(
		&r->extract, entry, member, &r->members.arena, err);
}

/*
 * Behind the last member, of which `last` bytes of the archive were read: is
 * this the archive's end and the file's? libarchive takes any end of file for
 * a tar's end, and does not look behind compressed data.
 */
static int
check_end(const struct archive_reader *r, int64_t last, struct err *err)
{
	int64_t used;
	struct stat st;

	if (archive_filter_bytes(r->archive, 0) - last < TAR_END)
		return err_set(err, ERR_INPUT,
			"the archive ends without its end mark: it was cut");
	if (fstat(r->fd, &st) != 0)
		return err_system(err, "cannot read");
	used = r->unpack ? unpack_used(r->unpack)
			 : archive_filter_bytes(r->archive, -1);
	if (used != st.st_size)
		return err_set(err, ERR_INPUT,
			"something follows the end of the archive");
	return 0;
}

static int
read_members(struct archive_reader *r, struct err *err)
{
	struct archive_entry *entry;
	int64_t last = 0;
	int rc;

	for (;;) {
		rc = archive_read_next_header(r->archive, &entry);
		if (rc == ARCHIVE_EOF)
			return check_end(r, last, err);
		if (extract_is_failure(r->archive, rc))
			return extract_fail(r->archive,
				rc == ARCHIVE_WARN
					? archive_entry_pathname(entry)
					: NULL,
				err);
		if (read_member(r, entry, err) != 0)
			return -1;
		if (archive_read_data_skip(r->archive) != ARCHIVE_OK)
			return extract_fail(r->archive,
				r->members.list[r->members.count - 1].name,
				err);
		last = archive_filter_bytes(r->archive, 0);
	}
}

static int
support_tar(struct archive *a)
{
	if (archive_read_support_format_tar(a) != ARCHIVE_OK)
		return ARCHIVE_FATAL;
	/* without it, what follows a first archive is silently left out */
	return archive_read_set_options(a, "tar:read_concatenated_archives");
}

/* A tar, plain or compressed. */
static int
support_tars(struct archive *a)
{
	int rc = support_tar(a);

	return rc == ARCHIVE_OK ? unpack_support(a) : rc;
}

/* From the file's start, on this thread. */
static int
open_file(struct archive_reader *r, int support(struct archive *),
	struct err *err)
{
	struct archive *a;

	archive_read_free(r->archive);
	a = r->archive = archive_read_new();
	if (!a)
		return err_memory(err);
	if (lseek(r->fd, 0, SEEK_SET) != 0)
		return err_system(err, "cannot read");
	if (support(a) != ARCHIVE_OK)
		return err_context(
			(extract_fail(a, NULL, err), err), "libarchive");
	if (archive_read_open_fd(a, r->fd, READ_SIZE) != ARCHIVE_OK)
		return extract_fail(a, NULL, err);
	return 0;
}

static la_ssize_t
next_block(struct archive *archive, void *context, const void **block)
{
	return unpack_next(context, archive, block);
}

static int
open_unpacked(struct archive_reader *r, struct err *err)
{
	struct archive *a = r->archive = archive_read_new();

	if (!a)
		return err_memory(err);
	if (support_tar(a) != ARCHIVE_OK ||
		archive_read_open(a, r->unpack, NULL, next_block, NULL) !=
			ARCHIVE_OK)
		return extract_fail(a, NULL, err);
	return 0;
}

/* What is compressed as a whole is decompressed by a second thread. */
static int
read_tar(struct archive_reader *r, struct err *err)
{
	struct stat st;

	if (fstat(r->fd, &st) == 0)
		progress_expect(
			r->choice.options->progress, (uint64_t)st.st_size);
	if (r->choice.options->jobs > 1 &&
		archive_filter_count(r->archive) > 1) {
		if (lseek(r->fd, 0, SEEK_SET) != 0)
			return err_system(err, "cannot read");
		archive_read_free(r->archive);
		r->archive = NULL;
		r->unpack = unpack_start(
			r->fd, r->locale, r->choice.options->progress);
		if ((r->unpack ? open_unpacked(r, err)
			       : open_file(r, support_tars, err)) != 0)
			return -1;
	}
	r->extract.archive = r->archive;
	r->extract.counts_bytes = !r->unpack;
	return read_members(r, err);
}

/* A tar is known by its beginning, a zip by its end. */
static int
read_archive(struct archive_reader *r, struct err *err)
{
	if (extract_init(&r->extract, &r->choice, err) != 0)
		return -1;
	if (open_file(r, support_tars, err) == 0)
		return read_tar(r, err);
	if (!r->archive || !extract_is_unknown(r->archive) ||
		open_file(r, archive_read_support_format_zip_seekable, err) !=
			0)
		return -1;
	return unzip_members(r->fd, &r->choice, r->locale, &r->members, err);
}

/* The whole archive; *missing where it has to be read with all content. */
static int
read_once(struct archive_reader *r, struct manifest *manifest, bool *missing,
	struct err *err)
{
	const struct extract_choice *choice = &r->choice;
	int rc;

	members_init(&r->members);
	rc = read_archive(r, err);
	if (rc == 0)
		rc = members_sort(&r->members, err);
	if (rc == 0)
		rc = links_follow(&r->members, choice->root, choice->options,
			manifest, missing, err);
	archive_read_free(r->archive);
	r->archive = NULL;
	unpack_stop(r->unpack);
	r->unpack = NULL;
	extract_release(&r->extract);
	arena_join(&manifest->keys, &r->members.arena);
	members_release(&r->members);
	return rc;
}

static int
read_all(struct archive_reader *r, struct manifest *manifest, struct err *err)
{
	const char *root = r->choice.options->root;
	struct arena arena;
	bool missing = false;
	int rc = 0;

	arena_init(&arena);
	r->choice.root = "";
	if (root)
		rc = path_normalise(&arena, root, &r->choice.root, err);
	if (rc != 0)
		err_context(err, "--root");
	else
		rc = read_once(r, manifest, &missing, err);
	if (rc == 0 && missing) {
		manifest_release(manifest);
		r->choice.all = true;
		rc = read_once(r, manifest, &missing, err);
	}
	arena_release(&arena);
	return rc;
}

/* A failure of what changed meanwhile is told as that. */
static int
check_unchanged(int fd, const struct stat *before, int rc, struct err *err)
{
	struct stat after;

	if (rc != 0 && err->code != ERR_INPUT)
		return -1;
	if (fstat(fd, &after) != 0)
		return err_system(err, "cannot read");
	if (!content_is_unchanged(before, &after))
		return err_set(err, ERR_INPUT,
			"changed while it was read: run again when the "
			"archive is finished");
	return rc;
}

int
archive_read_build(int fd, const char *path,
	const struct build_options *options, struct manifest *manifest,
	struct err *err)
{
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0), before;
	struct archive_reader r = {
		.fd = fd, .choice = {.options = options}, .locale = plain};
	struct escaped_name shown;
	struct stat stat;
	int rc;

	if (!plain)
		return err_memory(err);
	before = uselocale(plain);
	if (fstat(fd, &stat) != 0)
		rc = err_system(err, "cannot read");
	else
		rc = check_unchanged(
			fd, &stat, read_all(&r, manifest, err), err);
	uselocale(before);
	freelocale(plain);
	if (rc != 0)
		err_context(err, "%s", escape_show_str(&shown, path));
	return rc;
}
