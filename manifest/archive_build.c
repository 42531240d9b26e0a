/* Reads an archive: first all members, then the objects they stand for. */
#include "manifest/archive_build.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "manifest/archive_links.h"
#include "manifest/archive_member.h"
#include "manifest/archive_path.h"
#include "manifest/archive_stream.h"
#include "manifest/decompress.h"
#include "manifest/file_hash.h"
#include "manifest/libarchive.h"
#include "manifest/zip_parallel.h"

enum {
	READ_SIZE = 256 * 1024,

	/* Two blocks of zeros end a tar. */
	TAR_END = 1024,
};

struct archive_reader {
	int fd;
	struct archive_selection selection;
	struct archive_total total;
	locale_t locale;
	struct archive *archive;
	struct decompressor *decompressor; /* its input; NULL for the file */
	struct archive_stream *stream; /* instead of the file, or NULL */
	struct archive_member_reader member_reader;
	struct archive_members members;
};

/* Does the path end in / or /. , as only that of a folder may? */
static bool
names_folder(const char *path)
{
	const char *slash = strrchr(path, '/'),
		   *last = slash ? slash + 1 : path;

	return !*last || strcmp(last, ".") == 0;
}

/* A hard link has the content of a member that came before it. */
static int
copy_target(struct archive_reader *r, struct archive_member *member,
	const char *target, struct err *err)
{
	const struct archive_member *list = r->members.list;
	const char *name;
	size_t i;

	if (archive_path_normalise(&r->members.arena, target, &name, err) != 0)
		return err_context(err, "a hard link");
	if (names_folder(target))
		return archive_path_fail(member->name,
			"a hard link to the name of a folder", err);
	/* most links follow their target closely */
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
	return archive_path_fail(member->name,
		"a hard link to a file that does not come before it", err);
}

static int
read_member(
	struct archive_reader *r, struct archive_entry *entry, struct err *err)
{
	const char *name = archive_entry_pathname(entry), *normal;
	const char *hard = archive_entry_hardlink(entry);
	struct archive_member *member;

	if (!name)
		return err_set(err, ERR_INPUT,
			"member %zu has a name that cannot be read",
			r->members.count + 1);
	if (archive_path_normalise(&r->members.arena, name, &normal, err) != 0)
		return -1;
	member = archive_members_add(&r->members, err);
	if (!member)
		return -1;
	member->name = normal;
	if (!normal[0] && archive_entry_filetype(entry) != AE_IFDIR)
		return archive_path_fail(name, "a file without a name", err);
	if (hard)
		return copy_target(r, member, hard, err);
	return archive_member_read(
		&r->member_reader, entry, member, &r->members.arena, err);
}

/*
 * After the last member, which ended at offset `last` of the archive: is this
 * the end of the archive, and of the file? libarchive accepts any end of file
 * as the end of a tar, and ignores what follows compressed data.
 */
static int
check_end(struct archive_reader *r, int64_t last, struct err *err)
{
	int64_t used;
	struct stat st;

	if (archive_filter_bytes(r->archive, 0) - last < TAR_END)
		return err_set(err, ERR_INPUT,
			"the archive ends without its end mark: it was cut "
			"off");
	if (r->stream)
		return archive_stream_check_end(
			r->stream, archive_filter_bytes(r->archive, -1), err);
	if (fstat(r->fd, &st) != 0)
		return err_system(err, "cannot read");
	used = r->decompressor ? decompress_used(r->decompressor)
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
		if (libarchive_is_failure(r->archive, rc))
			return libarchive_fail(r->archive,
				rc == ARCHIVE_WARN
					? archive_entry_pathname(entry)
					: NULL,
				err);
		if (read_member(r, entry, err) != 0)
			return -1;
		if (archive_read_data_skip(r->archive) != ARCHIVE_OK)
			return libarchive_fail(r->archive,
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
	/* without this, libarchive ignores what follows a first archive */
	return archive_read_set_options(a, "tar:read_concatenated_archives");
}

/* A tar, plain or compressed. */
static int
support_tars(struct archive *a)
{
	int rc = support_tar(a);

	return rc == ARCHIVE_OK ? decompress_support(a) : rc;
}

/* Let libarchive read the file from its start, on this thread. */
static int
open_file(struct archive_reader *r, int support(struct archive *),
	struct err *err)
{
	struct archive *a;
	int rc;

	archive_read_free(r->archive);
	a = r->archive = archive_read_new();
	if (!a)
		return err_memory(err);
	if (!r->stream && lseek(r->fd, 0, SEEK_SET) != 0)
		return err_system(err, "cannot read");
	if (support(a) != ARCHIVE_OK) {
		libarchive_fail(a, NULL, err);
		return err_context(err, "libarchive");
	}
	rc = r->stream ? archive_stream_open(r->stream, a)
		       : archive_read_open_fd(a, r->fd, READ_SIZE);
	return rc == ARCHIVE_OK ? 0 : libarchive_fail(a, NULL, err);
}

static la_ssize_t
next_block(struct archive *archive, void *context, const void **block)
{
	return decompress_next(context, archive, block);
}

static int
open_decompressed(struct archive_reader *r, struct err *err)
{
	struct archive *a = r->archive = archive_read_new();

	if (!a)
		return err_memory(err);
	if (support_tar(a) != ARCHIVE_OK ||
		archive_read_open(a, r->decompressor, NULL, next_block, NULL) !=
			ARCHIVE_OK)
		return libarchive_fail(a, NULL, err);
	return 0;
}

/* Read a compressed tar from a second thread, or without one if that fails. */
static int
use_decompressor(struct archive_reader *r, struct err *err)
{
	if (lseek(r->fd, 0, SEEK_SET) != 0)
		return err_system(err, "cannot read");
	archive_read_free(r->archive);
	r->archive = NULL;
	r->decompressor = decompress_start(
		r->fd, r->locale, r->selection.options->progress);
	return r->decompressor ? open_decompressed(r, err)
			       : open_file(r, support_tars, err);
}

static int
read_tar(struct archive_reader *r, struct err *err)
{
	const struct build_options *options = r->selection.options;
	struct stat st;

	if (r->stream)
		progress_open_end(options->progress);
	else if (fstat(r->fd, &st) == 0)
		progress_expect(options->progress, (uint64_t)st.st_size);
	if (!r->stream && options->jobs > 1 &&
		archive_filter_count(r->archive) > 1 &&
		use_decompressor(r, err) != 0)
		return -1;
	r->member_reader.archive = r->archive;
	r->member_reader.counts_bytes = !r->decompressor;
	return read_members(r, err);
}

/* A tar is recognised by its beginning, a zip by its end. */
static int
read_archive(struct archive_reader *r, struct err *err)
{
	if (archive_member_reader_init(&r->member_reader, &r->selection, err) !=
		0)
		return -1;
	if (open_file(r, support_tars, err) == 0)
		return read_tar(r, err);
	if (r->stream || !r->archive ||
		!libarchive_is_unknown_format(r->archive) ||
		open_file(r, archive_read_support_format_zip_seekable, err) !=
			0)
		return -1;
	return zip_parallel_read(
		r->fd, &r->selection, r->locale, &r->members, err);
}

/* Read it once; *missing if it must be read again with all content. */
static int
read_once(struct archive_reader *r, struct manifest *manifest, bool *missing,
	struct err *err)
{
	const struct archive_selection *selection = &r->selection;
	int rc;

	archive_members_init(&r->members);
	atomic_init(&r->total.bytes, 0);
	r->selection.total = &r->total;
	rc = read_archive(r, err);
	if (rc == 0)
		rc = archive_members_sort(&r->members, err);
	if (rc == 0)
		rc = archive_links_follow(&r->members, selection->root,
			selection->options, manifest, missing, err);
	archive_read_free(r->archive);
	r->archive = NULL;
	decompress_stop(r->decompressor);
	r->decompressor = NULL;
	archive_member_reader_release(&r->member_reader);
	arena_join(&manifest->keys, &r->members.arena);
	archive_members_release(&r->members);
	return rc;
}

static int
read_all(struct archive_reader *r, struct manifest *manifest, struct err *err)
{
	const char *root = r->selection.options->root;
	struct arena arena;
	bool missing = false;
	int rc = 0;

	arena_init(&arena);
	r->selection.root = "";
	if (root)
		rc = archive_path_normalise(
			&arena, root, &r->selection.root, err);
	if (rc != 0)
		err_context(err, "--root");
	else
		rc = read_once(r, manifest, &missing, err);
	if (rc == 0 && missing) {
		manifest_release(manifest);
		r->selection.all = true;
		rc = read_once(r, manifest, &missing, err);
	}
	arena_release(&arena);
	return rc;
}

/* If the archive has changed, that is the error, whatever else went wrong. */
static int
check_unchanged(int fd, const struct stat *before, int rc, struct err *err)
{
	struct stat after;

	if (rc != 0 && err->code != ERR_INPUT)
		return -1;
	if (fstat(fd, &after) != 0)
		return err_system(err, "cannot read");
	if (!file_hash_is_unchanged(before, &after))
		return err_set(err, ERR_INPUT,
			"changed while it was read: run again when the "
			"archive is finished");
	return rc;
}

/* Read the members in the C locale, in which names are plain bytes. */
static int
read_plain(struct archive_reader *r, struct manifest *manifest, struct err *err)
{
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0), before;
	int rc;

	if (!plain)
		return err_memory(err);
	r->locale = plain;
	before = uselocale(plain);
	rc = read_all(r, manifest, err);
	uselocale(before);
	freelocale(plain);
	return rc;
}

int
archive_build_read(int fd, const char *path,
	const struct build_options *options, struct manifest *manifest,
	struct err *err)
{
	struct archive_reader r = {.fd = fd, .selection = {.options = options}};
	struct escaped_name shown;
	struct stat stat;
	int rc;

	if (fstat(fd, &stat) != 0)
		rc = err_system(err, "cannot read");
	else
		rc = check_unchanged(
			fd, &stat, read_plain(&r, manifest, err), err);
	if (rc != 0)
		err_context(err, "%s", escape_show_str(&shown, path));
	return rc;
}

int
archive_build_read_stream(struct archive_stream *stream,
	const struct build_options *options, struct manifest *manifest,
	struct err *err)
{
	/* a link may need the content of another shard, later */
	struct archive_reader r = {.fd = stream->fd,
		.stream = stream,
		.selection = {.options = options, .all = true}};

	return read_plain(&r, manifest, err);
}
