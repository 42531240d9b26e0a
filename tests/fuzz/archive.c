/*
 * Archives: one job and three read the same build of them, or fail in the same way,
 * and a tar that comes through a pipe is the same, too. The first byte chooses a
 * compression, so that what is compressed is changed and not only its checksum.
 */
#include "tests/fuzz/fuzz.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>

#include "manifest/archive_build.h"
#include "manifest/build.h"
#include "manifest/manifest_seal.h"

enum {
	PIPE_MAX = 65536, /* bytes that fit without a reader */
};

/* How a reading ended. */
struct outcome {
	int rc;
	struct err err;
	struct manifest manifest;
};

static int
add_filter(struct archive *archive, unsigned kind)
{
	switch (kind) {
	case 1:
		return archive_write_add_filter_gzip(archive);
	case 2:
		return archive_write_add_filter_bzip2(archive);
	case 3:
		return archive_write_add_filter_zstd(archive);
	default:
		return archive_write_add_filter_none(archive);
	}
}

/* A file with the bytes, compressed. */
static int
write_file(unsigned kind, const uint8_t *data, size_t size)
{
	int fd = fuzz_file(NULL, 0);
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();

	HOLDS(archive && entry);
	HOLDS(archive_write_set_format_raw(archive) == ARCHIVE_OK);
	HOLDS(add_filter(archive, kind) == ARCHIVE_OK);
	archive_write_set_bytes_in_last_block(archive, 1);
	HOLDS(archive_write_open_fd(archive, fd) == ARCHIVE_OK);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_pathname(entry, "x");
	HOLDS(archive_write_header(archive, entry) == ARCHIVE_OK);
	if (size > 0)
		HOLDS(archive_write_data(archive, data, size) ==
			(la_ssize_t)size);
	archive_entry_free(entry);
	HOLDS(archive_write_free(archive) == ARCHIVE_OK);
	return fd;
}

static void
read_file(struct outcome *outcome, int fd, size_t jobs)
{
	struct build_options options = {.jobs = jobs};

	*outcome = (struct outcome){.err = ERR_INIT};
	manifest_init(&outcome->manifest);
	HOLDS(lseek(fd, 0, SEEK_SET) == 0);
	outcome->rc = archive_build_read(
		fd, "fuzz", &options, &outcome->manifest, &outcome->err);
	if (outcome->rc == 0)
		outcome->rc = manifest_seal(&outcome->manifest, &outcome->err);
	if (outcome->rc != 0)
		fuzz_check_error(&outcome->err);
}

static void
check_same(const struct outcome *a, const struct outcome *b)
{
	if (a->rc != b->rc || strcmp(a->err.message, b->err.message) != 0)
		fprintf(stderr, "%d %s\n%d %s\n", a->rc, a->err.message, b->rc,
			b->err.message);
	HOLDS(a->rc == b->rc);
	HOLDS(a->err.code == b->err.code);
	HOLDS(strcmp(a->err.message, b->err.message) == 0);
	HOLDS(strcmp(a->manifest.hash, b->manifest.hash) == 0);
}

/* What is no zip is the same through a pipe. */
static void
read_pipe(const struct outcome *whole, int fd)
{
	struct build_options options = {.jobs = 1};
	struct outcome piped = {.err = ERR_INIT};
	struct archive_stream stream;
	static char bytes[PIPE_MAX];
	ssize_t len = pread(fd, bytes, sizeof(bytes), 0);
	int ends[2];

	HOLDS(len >= 0);
	if (len == PIPE_MAX || whole->rc != 0 ||
		(len > 1 && memcmp(bytes, "PK", 2) == 0))
		return;
	HOLDS(pipe(ends) == 0);
	HOLDS(len == 0 || write(ends[1], bytes, (size_t)len) == len);
	close(ends[1]);
	manifest_init(&piped.manifest);
	piped.rc = archive_stream_begin(&stream, ends[0], &piped.err);
	if (piped.rc == 0)
		piped.rc = archive_build_read_stream(
			&stream, &options, &piped.manifest, &piped.err);
	if (piped.rc == 0)
		piped.rc = manifest_seal(&piped.manifest, &piped.err);
	check_same(whole, &piped);
	archive_stream_release(&stream);
	manifest_release(&piped.manifest);
	close(ends[0]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outcome one, three;
	int fd;

	if (size == 0)
		return 0;
	fd = write_file(data[0] & 7, data + 1, size - 1);
	read_file(&one, fd, 1);
	read_file(&three, fd, 3);
	check_same(&one, &three);
	read_pipe(&one, fd);
	manifest_release(&one.manifest);
	manifest_release(&three.manifest);
	close(fd);
	return 0;
}
