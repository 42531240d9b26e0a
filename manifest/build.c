/* Finds out what kind of build it is, and reads it. */
#include "manifest/build.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"
#include "manifest/archive_build.h"
#include "manifest/baseline_parser.h"
#include "manifest/link_folders.h"
#include "manifest/magic.h"
#include "manifest/manifest_seal.h"
#include "manifest/manifest_stream.h"
#include "manifest/sniff.h"
#include "manifest/walk.h"

/* Read it as a stream, so that text and objects are never both in memory. */
static int
read_manifest_file(
	int fd, const char *path, struct manifest *manifest, struct err *err)
{
	struct object object;
	struct manifest_stream stream;
	bool ended = false;
	int rc = manifest_stream_begin(&stream, fd, path, err);

	if (rc == 0)
		rc = manifest_stream_check_whole(&stream, err);
	while (rc == 0 && !ended) {
		rc = manifest_stream_next(&stream, &object, &ended, err);
		if (rc == 0 && !ended)
			rc = manifest_append(manifest, &object, err);
	}
	if (rc == 0)
		memcpy(manifest->hash, stream.digits, sizeof(manifest->hash));
	stream.fd = -1;
	manifest_stream_close(&stream);
	return rc;
}

/* Read a baseline's accepted manifest. */
static int
take_accepted(const char *text, size_t len, struct manifest *manifest,
	struct err *err)
{
	struct baseline baseline;
	int rc;

	baseline_init(&baseline);
	rc = baseline_parse(&baseline, text, len, err);
	if (rc == 0 && baseline.serial == 0)
		rc = err_set(err, ERR_INPUT,
			"a baseline without an accepted deployment yet");
	if (rc == 0) {
		*manifest = baseline.manifest;
		manifest_init(&baseline.manifest);
	}
	baseline_release(&baseline);
	return rc;
}

/* Its text says which shard it is. */
static int
seal(const struct build_options *options, struct manifest *manifest,
	struct err *err)
{
	manifest->shard = options->shard;
	return manifest_seal(manifest, err);
}

/* Keep only the objects of the shard that are not excluded, and seal again. */
static int
keep_part(const struct build_options *options, struct manifest *manifest,
	struct err *err)
{
	bool excludes = options->exclude_count > 0 && !options->deployed;
	const struct object *object;
	size_t count = 0, i;

	if (options->shard.count == 0 && !excludes)
		return 0;
	for (i = 0; i < manifest->count; i++) {
		object = &manifest->objects[i];
		if (build_has(options, object->key, object->key_len) &&
			!(excludes && build_excludes(options, object->key,
					      object->key_len, false)))
			manifest->objects[count++] = *object;
	}
	manifest->count = count;
	return seal(options, manifest, err);
}

static int
read_baseline_file(
	int fd, const char *path, struct manifest *manifest, struct err *err)
{
	struct escaped_name shown;
	struct buf text;
	int rc;

	buf_init(&text, BASELINE_MAX);
	rc = file_read_fd(fd, path, &text, err);
	if (rc == 0)
		rc = take_accepted(text.data, text.len, manifest, err);
	buf_release(&text);
	if (rc != 0)
		err_context(err, "%s", escape_show_str(&shown, path));
	return rc;
}

/* A manifest or a baseline. */
static int
read_list(int fd, const char *path, bool is_manifest,
	const struct build_options *options, struct manifest *manifest,
	struct err *err)
{
	struct escaped_name shown, root;
	int rc;

	if (options->root && !options->deployed)
		return err_set(err, ERR_USAGE,
			"--root %s: %s is a list of objects, not a folder: "
			"give --root when the list is made",
			escape_show_str(&root, options->root),
			escape_show_str(&shown, path));
	rc = is_manifest ? read_manifest_file(fd, path, manifest, err)
			 : read_baseline_file(fd, path, manifest, err);
	return rc == 0 ? keep_part(options, manifest, err) : -1;
}

/* It is not an archive: was it written by another program? */
static int
explain(const char *path, const char *head, size_t len, struct err *err)
{
	const char *looks_like = sniff_format(head, len);
	struct escaped_name shown;

	if (err->code == ERR_INPUT && looks_like)
		err_set(err, ERR_INPUT,
			"%s: this looks like %s: 'edgediff manifest BUILD "
			">FILE' makes a manifest that edgediff reads",
			escape_show_str(&shown, path), looks_like);
	return -1;
}

static bool
begins(const char *head, size_t len, const char *magic)
{
	return len >= strlen(magic) && memcmp(head, magic, strlen(magic)) == 0;
}

static int
read_file(int fd, const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	char head[SNIFF_MAX];
	struct escaped_name shown;
	ssize_t len = file_read_at(fd, 0, head, sizeof(head));

	if (len < 0)
		return err_system(
			err, "cannot read %s", escape_show_str(&shown, path));
	if (len == 0)
		return err_set(err, ERR_INPUT, "%s: an empty file",
			escape_show_str(&shown, path));
	if (begins(head, (size_t)len, MANIFEST_MAGIC))
		return read_list(fd, path, true, options, manifest, err);
	if (begins(head, (size_t)len, BASELINE_MAGIC))
		return read_list(fd, path, false, options, manifest, err);
	if (archive_build_read(fd, path, options, manifest, err) != 0)
		return explain(path, head, (size_t)len, err);
	return seal(options, manifest, err);
}

/* The walk has added the folders; the files are the objects. */
static int
add_files(struct sources *sources, const struct manifest *manifest,
	struct err *err)
{
	size_t i;

	for (i = 0; sources && i < manifest->count; i++)
		if (sources_add(sources, manifest->objects[i].key,
			    manifest->objects[i].key_len, err) != 0)
			return -1;
	return 0;
}

static int
read_folder(int fd, const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	struct sources *sources = options->sources;

	if (sources && (sources_begin(sources, path, options->root, err) != 0 ||
			       link_folders_add(sources, buf_str(&sources->top),
				       err) != 0))
		return -1;
	if (walk_read(fd, path, options, manifest, err) != 0 ||
		seal(options, manifest, err) != 0)
		return -1;
	return add_files(sources, manifest, err);
}

/* A pipe can be read only once, and only forwards. */
static int
read_stream(int fd, const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	struct archive_stream stream;
	const char *head = stream.head;
	int rc = archive_stream_begin(&stream, fd, err);

	if (rc == 0 && (begins(head, stream.head_len, MANIFEST_MAGIC) ||
			       begins(head, stream.head_len, BASELINE_MAGIC)))
		rc = err_set(err, ERR_INPUT,
			"a manifest or a baseline, which cannot be read from "
			"a pipe: write it to a file");
	if (rc == 0)
		rc = archive_build_read_stream(&stream, options, manifest, err);
	archive_stream_release(&stream);
	return rc == 0 ? seal(options, manifest, err) : -1;
}

static int
read_standard_input(const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	static const char name[] = "standard input";
	struct stat st;
	int rc;

	if (fstat(STDIN_FILENO, &st) != 0)
		rc = err_system(err, "cannot read");
	else if (S_ISREG(st.st_mode))
		return read_file(STDIN_FILENO, name, options, manifest, err);
	else if (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode))
		rc = read_stream(STDIN_FILENO, options, manifest, err);
	else
		rc = err_set(err, ERR_INPUT,
			"neither a pipe nor a regular file: pipe a tar into "
			"edgediff");
	return rc == 0 ? 0 : err_context(err, name);
}

static int
fail_kind(const char *path, mode_t mode, struct err *err)
{
	struct escaped_name shown;

	escape_show_str(&shown, path);
	if (S_ISFIFO(mode))
		return err_set(err, ERR_INPUT,
			"%s: a pipe: give - to read a tar from standard input",
			shown.text);
	return err_set(err, ERR_INPUT,
		"%s: neither a folder nor a regular file", shown.text);
}

static int
read_open(int fd, const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	struct escaped_name shown;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_system(
			err, "cannot read %s", escape_show_str(&shown, path));
	if (S_ISREG(st.st_mode)) {
		if (options->sources &&
			(sources_begin(options->sources, path, NULL, err) !=
					0 ||
				link_folders_add(options->sources, path, err) !=
					0))
			return -1;
		return read_file(fd, path, options, manifest, err);
	}
	if (!S_ISDIR(st.st_mode))
		return fail_kind(path, st.st_mode, err);
	progress_open_end(options->progress);
	return read_folder(fd, path, options, manifest, err);
}

bool
build_is_standard_input(const char *path)
{
	return strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0;
}

int
build_read(const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	struct escaped_name shown;
	int fd, rc;

	manifest_init(manifest);
	manifest->threads = options->jobs;
	if (build_check_root(options->root, err) != 0)
		return -1;
	if (build_is_standard_input(path))
		return read_standard_input(options, manifest, err);
	/* don't block on a fifo, which read_open then refuses */
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_system(err, "cannot open %s%s",
			escape_show_str(&shown, path),
			strchr(path, '\\') ? ", with \\ instead of /" : "");
	rc = read_open(fd, path, options, manifest, err);
	close(fd);
	return rc;
}
