/* Sees what a build is, and has it read. */
#include "manifest/build.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/glob.h"
#include "manifest/archive.h"
#include "manifest/baseline.h"
#include "manifest/foreign.h"
#include "manifest/stream.h"
#include "manifest/walk.h"

static const char manifest_magic[] = "edgediff-manifest ";
static const char baseline_magic[] = "edgediff-baseline ";

/* As a stream: its text and its objects are not in memory both. */
static int
read_manifest_file(
	int fd, const char *path, struct manifest *manifest, struct err *err)
{
	struct object object;
	struct stream stream;
	bool ended = false;
	int rc = stream_begin(&stream, fd, path, err);

	while (rc == 0 && !ended) {
		rc = stream_next(&stream, &object, &ended, err);
		if (rc == 0 && !ended)
			rc = manifest_append(manifest, &object, err);
	}
	if (rc == 0)
		memcpy(manifest->hash, stream.digits, sizeof(manifest->hash));
	stream.fd = -1;
	stream_close(&stream);
	return rc;
}

/* The manifest of a baseline that CloudFront has accepted. */
static int
take_accepted(const char *text, size_t len, struct manifest *manifest,
	struct err *err)
{
	struct baseline baseline;
	int rc;

	baseline_init(&baseline);
	rc = baseline_read(&baseline, text, len, err);
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

/* Keep the objects that are asked for: what is left is another manifest. */
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
			!(excludes && build_excludes(options, object->key)))
			manifest->objects[count++] = *object;
	}
	manifest->count = count;
	return manifest_seal(manifest, err);
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

/* A manifest or a baseline: text of ours. */
static int
read_text(int fd, const char *path, bool is_manifest,
	const struct build_options *options, struct manifest *manifest,
	struct err *err)
{
	struct escaped_name shown, root;
	int rc;

	if (options->root && !options->deployed)
		return err_set(err, ERR_USAGE,
			"--root %s: %s is a list of objects, not a folder: "
			"give --root where the list is made",
			escape_show_str(&root, options->root),
			escape_show_str(&shown, path));
	rc = is_manifest ? read_manifest_file(fd, path, manifest, err)
			 : read_baseline_file(fd, path, manifest, err);
	return rc == 0 ? keep_part(options, manifest, err) : -1;
}

/* It is no archive: is it something that another program wrote? */
static int
name_foreign(const char *path, const char *head, size_t len, struct err *err)
{
	const char *looks_like = foreign_name(head, len);
	struct escaped_name shown;

	if (err->code == ERR_INPUT && looks_like)
		err_set(err, ERR_INPUT,
			"%s: this looks like %s: 'edgediff manifest BUILD "
			">FILE' makes a manifest that edgediff reads",
			escape_show_str(&shown, path), looks_like);
	return -1;
}

static int
read_file(int fd, const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	char head[FOREIGN_HEAD];
	const size_t magic = sizeof(manifest_magic) - 1;
	struct escaped_name shown;
	ssize_t got;

	do
		got = pread(fd, head, sizeof(head), 0);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_system(
			err, "cannot read %s", escape_show_str(&shown, path));
	if (got == 0)
		return err_set(err, ERR_INPUT, "%s: an empty file",
			escape_show_str(&shown, path));
	if ((size_t)got >= magic && memcmp(head, manifest_magic, magic) == 0)
		return read_text(fd, path, true, options, manifest, err);
	if ((size_t)got >= magic && memcmp(head, baseline_magic, magic) == 0)
		return read_text(fd, path, false, options, manifest, err);
	if (archive_read_build(fd, path, options, manifest, err) != 0)
		return name_foreign(path, head, (size_t)got, err);
	return manifest_seal(manifest, err);
}

/* The folders were added when they were met; their files are the objects. */
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

	if (sources && sources_begin(sources, path, options->root, err) != 0)
		return -1;
	if (walk_read(fd, path, options, manifest, err) != 0 ||
		manifest_seal(manifest, err) != 0)
		return -1;
	return add_files(sources, manifest, err);
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
			sources_begin(options->sources, path, NULL, err) != 0)
			return -1;
		return read_file(fd, path, options, manifest, err);
	}
	if (!S_ISDIR(st.st_mode))
		return err_set(err, ERR_INPUT,
			"%s: neither a folder nor a regular file",
			escape_show_str(&shown, path));
	progress_open_end(options->progress);
	return read_folder(fd, path, options, manifest, err);
}

/* A root is a relative path without ..; anything else is a mistake. */
int
build_check_root(const char *root, struct err *err)
{
	struct escaped_name shown;
	const char *at = root;
	size_t len;

	if (!root)
		return 0;
	for (; *at; at += len, at += strspn(at, "/")) {
		len = strcspn(at, "/");
		if (len == 0 || (len == 2 && memcmp(at, "..", 2) == 0))
			return err_set(err, ERR_USAGE,
				"--root '%s': want a folder inside the build, "
				"without .. or a / at the start",
				escape_show_str(&shown, root));
	}
	return 0;
}

bool
build_excludes(const struct build_options *options, const char *key)
{
	return glob_match_any(options->exclude, options->exclude_count, key,
		strlen(key), false);
}

bool
build_has(const struct build_options *options, const char *key, size_t len)
{
	return options->shard.count == 0 ||
	       shard_has(&options->shard, key_number(key, len));
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
	/* not blocked by a fifo, which read_open then refuses */
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_system(
			err, "cannot open %s", escape_show_str(&shown, path));
	rc = read_open(fd, path, options, manifest, err);
	close(fd);
	return rc;
}
