/* Computes checksums of a build's objects, from a folder or an archive. */
#include "manifest/build_digests.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "manifest/build.h"
#include "manifest/content_observer.h"
#include "manifest/fingerprint.h"
#include "manifest/magic.h"
#include "manifest/sniff.h"

enum {
	READ_SIZE = 256 * 1024,
	PATH_BYTES_MAX = 2 * KEY_MAX, /* the build's own, and a key */
};

/* What is known of one content that is being read, for each kind wanted. */
struct digest_pass {
	struct build_digest *list; /* sorted by fingerprint */
	size_t count;
	uint64_t *sizes; /* sorted, of a whole archive */
	bool wanted[CHECKSUM_KINDS];

	/* of the current content */
	bool active[CHECKSUM_KINDS];
	struct checksum sums[CHECKSUM_KINDS];
	struct err err; /* ERR_MEMORY, if that ever happened */
};

static int
open_build(const char *path)
{
	return open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static bool
is_list(int fd)
{
	char head[SNIFF_MAX];
	ssize_t len = file_read_at(fd, 0, head, sizeof(head));
	size_t manifest = strlen(MANIFEST_MAGIC);
	size_t baseline = strlen(BASELINE_MAGIC);

	return len < 0 ||
	       ((size_t)len >= manifest &&
		       memcmp(head, MANIFEST_MAGIC, manifest) == 0) ||
	       ((size_t)len >= baseline &&
		       memcmp(head, BASELINE_MAGIC, baseline) == 0);
}

bool
build_digests_are_possible(const char *path)
{
	struct stat st;
	bool possible;
	int fd;

	if (build_is_standard_input(path))
		return false;
	fd = open_build(path);
	if (fd < 0)
		return false;
	possible =
		fstat(fd, &st) == 0 &&
		(S_ISDIR(st.st_mode) || (S_ISREG(st.st_mode) && !is_list(fd)));
	close(fd);
	return possible;
}

/* ------------------------------------------------------- one content's sums */

static void
note(struct digest_pass *pass, const struct err *err)
{
	if (err->code == ERR_MEMORY)
		pass->err = *err;
}

static void
drop_sum(struct digest_pass *pass, size_t kind)
{
	if (pass->active[kind])
		checksum_release(&pass->sums[kind]);
	pass->active[kind] = false;
}

static void
drop_sums(struct digest_pass *pass)
{
	size_t kind;

	for (kind = 0; kind < CHECKSUM_KINDS; kind++)
		drop_sum(pass, kind);
}

static void
start_sum(struct digest_pass *pass, size_t kind)
{
	struct err err = ERR_INIT;

	pass->active[kind] = true;
	if (checksum_start(&pass->sums[kind], (enum checksum_kind)kind, &err) ==
		0)
		return;
	note(pass, &err);
	drop_sum(pass, kind);
}

static void
add_bytes(void *context, const void *data, size_t len)
{
	struct digest_pass *pass = context;
	struct err err = ERR_INIT;
	size_t kind;

	for (kind = 0; kind < CHECKSUM_KINDS; kind++)
		if (pass->active[kind] &&
			checksum_add(&pass->sums[kind], data, len, &err) != 0) {
			note(pass, &err);
			drop_sum(pass, kind);
		}
}

static bool
finish_sum(struct digest_pass *pass, size_t kind,
	unsigned char digest[CHECKSUM_SIZE_MAX])
{
	struct err err = ERR_INIT;
	bool done;

	if (!pass->active[kind])
		return false;
	done = checksum_finish(&pass->sums[kind], digest, &err) == 0;
	note(pass, &err);
	drop_sum(pass, kind);
	return done;
}

/* ------------------------------------------------------------- a folder */

/* Hash an open file; false if it has other bytes than the object had. */
static bool
read_file(struct digest_pass *pass, int fd, const struct build_digest *wanted,
	char *piece, struct fingerprint *fingerprint)
{
	unsigned char found[FINGERPRINT_SIZE];
	uint64_t size = 0;
	ssize_t got;

	fingerprint_start(fingerprint);
	while ((got = file_read_at(fd, size, piece, READ_SIZE)) > 0) {
		fingerprint_add(fingerprint, piece, (size_t)got);
		add_bytes(pass, piece, (size_t)got);
		size += (uint64_t)got;
		if (size > wanted->object->size)
			return false; /* it grows, maybe for ever */
	}
	fingerprint_finish(fingerprint, found);
	return got == 0 &&
	       memcmp(found, wanted->object->fingerprint, sizeof(found)) == 0;
}

static int
make_path(struct buf *path, const char *folder,
	const struct build_options *options, const struct object *object)
{
	buf_clear(path);
	buf_addstr(path, folder);
	if (options->root)
		buf_addf(path, "/%s", options->root);
	buf_addch(path, '/');
	buf_add(path, object->key, object->key_len);
	return path->failed ? -1 : 0;
}

static void
digest_file(struct digest_pass *pass, const char *path,
	struct build_digest *wanted, char *piece,
	struct fingerprint *fingerprint)
{
	struct stat st;
	int fd = open_build(path);

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		start_sum(pass, wanted->kind);
		wanted->found =
			read_file(pass, fd, wanted, piece, fingerprint) &&
			finish_sum(pass, wanted->kind, wanted->digest);
		drop_sums(pass);
	}
	close(fd);
}

static int
find_in_folder(struct digest_pass *pass, const char *folder,
	const struct build_options *options, struct err *err)
{
	struct fingerprint fingerprint = {.state = NULL};
	char *piece = malloc(READ_SIZE);
	struct buf path;
	size_t i;
	int rc;

	buf_init(&path, PATH_BYTES_MAX);
	rc = piece ? fingerprint_init(&fingerprint, err) : err_memory(err);
	for (i = 0; rc == 0 && i < pass->count; i++) {
		if (make_path(&path, folder, options, pass->list[i].object) ==
			0)
			digest_file(pass, buf_str(&path), &pass->list[i], piece,
				&fingerprint);
		else if (path.failed == ERR_MEMORY)
			rc = err_memory(err);
	}
	fingerprint_release(&fingerprint);
	buf_release(&path);
	free(piece);
	return rc;
}

/* ----------------------------------------------------------- an archive */

static int
compare_digests(const void *a, const void *b)
{
	const struct build_digest *x = a, *y = b;

	return memcmp(x->object->fingerprint, y->object->fingerprint,
		FINGERPRINT_SIZE);
}

static int
compare_sizes(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Few contents have the size of one that is wanted. */
static void
begin_content(void *context, int64_t size)
{
	struct digest_pass *pass = context;
	uint64_t key = (uint64_t)size;
	size_t kind;

	drop_sums(pass);
	if (size >= 0 && !bsearch(&key, pass->sizes, pass->count, sizeof(key),
				 compare_sizes))
		return;
	for (kind = 0; kind < CHECKSUM_KINDS; kind++)
		if (pass->wanted[kind])
			start_sum(pass, kind);
}

/* The first with this fingerprint; `count` if there is none. */
static size_t
find_first(const struct digest_pass *pass, const unsigned char *fingerprint)
{
	size_t low = 0, high = pass->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (memcmp(pass->list[middle].object->fingerprint, fingerprint,
			    FINGERPRINT_SIZE) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Several objects may have this content: give it to all. */
static void
end_content(void *context, const unsigned char *fingerprint)
{
	struct digest_pass *pass = context;
	unsigned char digests[CHECKSUM_KINDS][CHECKSUM_SIZE_MAX];
	bool done[CHECKSUM_KINDS];
	size_t kind, i = find_first(pass, fingerprint);
	struct build_digest *wanted;

	for (kind = 0; kind < CHECKSUM_KINDS; kind++)
		done[kind] = finish_sum(pass, kind, digests[kind]);
	for (; i < pass->count; i++) {
		wanted = &pass->list[i];
		if (memcmp(wanted->object->fingerprint, fingerprint,
			    FINGERPRINT_SIZE) != 0)
			break;
		if (!done[wanted->kind])
			continue;
		memcpy(wanted->digest, digests[wanted->kind],
			CHECKSUM_SIZE_MAX);
		wanted->found = true;
	}
}

static int
find_in_archive(struct digest_pass *pass, const char *path,
	const struct build_options *options, struct err *err)
{
	struct content_observer observer = {
		begin_content, add_bytes, end_content, pass};
	struct build_options again = *options;
	struct manifest ignored;
	size_t i;
	int rc;

	pass->sizes = malloc(pass->count * sizeof(*pass->sizes));
	if (!pass->sizes)
		return err_memory(err);
	for (i = 0; i < pass->count; i++) {
		pass->sizes[i] = pass->list[i].object->size;
		pass->wanted[pass->list[i].kind] = true;
	}
	qsort(pass->sizes, pass->count, sizeof(*pass->sizes), compare_sizes);
	qsort(pass->list, pass->count, sizeof(*pass->list), compare_digests);
	again.observer = &observer;
	again.jobs = 1; /* the observer sees one content after the other */
	again.sources = NULL;
	again.progress = NULL;
	rc = build_read(path, &again, &ignored, err);
	manifest_release(&ignored);
	drop_sums(pass);
	return rc != 0 && err->code == ERR_MEMORY ? -1 : 0;
}

int
build_digests_find(const char *path, const struct build_options *options,
	struct build_digest *list, size_t count, struct err *err)
{
	struct digest_pass pass = {.list = list, .count = count};
	struct err reading = ERR_INIT;
	struct stat st;
	size_t i;
	int rc;

	for (i = 0; i < count; i++)
		list[i].found = false;
	if (count == 0 || stat(path, &st) != 0)
		return 0;
	rc = S_ISDIR(st.st_mode)
		     ? find_in_folder(&pass, path, options, &reading)
		     : find_in_archive(&pass, path, options, &reading);
	free(pass.sizes);
	if (rc != 0 || pass.err.code == ERR_MEMORY)
		return err_memory(err);
	return 0;
}
