/* Writes and reads the text of a manifest. */
#include <string.h>

#include "base/hex.h"
#include "base/pipeline.h"
#include "manifest/line.h"

enum {
	PIECE = 1024, /* objects whose lines are made at once */
};

/* The lines of the objects of a piece, and before the first the magic. */
static void
make_piece(const void *from, size_t number, struct buf *piece)
{
	const struct manifest *manifest = from;
	size_t i = number * PIECE, end = i + PIECE;

	if (number == 0)
		buf_addstr(piece, line_magic);
	for (; i < end && i < manifest->count; i++)
		line_write(piece, &manifest->objects[i]);
}

int
manifest_write_objects(const struct manifest *manifest, emit_fn *emit, void *to,
	struct err *err)
{
	const struct pipeline pipeline = {
		.count = manifest->count / PIECE + 1,
		.largest = (size_t)PIECE * (MANIFEST_LINE_MAX + 1),
		.threads = manifest->threads,
		.make = make_piece,
		.from = manifest,
		.emit = emit,
		.to = to,
	};

	return pipeline_run(&pipeline, err);
}

int
manifest_write(const struct manifest *manifest, emit_fn *emit, void *to,
	struct err *err)
{
	struct buf end;
	int rc;

	if (manifest_write_objects(manifest, emit, to, err) != 0)
		return -1;
	buf_init(&end, 128);
	line_write_end(&end, manifest->count, manifest->hash);
	rc = buf_check(&end, err);
	if (rc == 0)
		rc = emit(to, end.data, end.len, err);
	buf_release(&end);
	return rc;
}

/* Reading: the text from `at` on, and the number of the line there. */
struct manifest_parser {
	const char *start, *at, *end;
	size_t line;
	struct buf room; /* the current line, in which its key is unescaped */
};

/* The line at r->at, without its newline; *len is its length. */
static int
take_line(struct manifest_parser *r, const char **line, size_t *len,
	struct err *err)
{
	const char *newline = memchr(r->at, '\n', (size_t)(r->end - r->at));

	if (!newline)
		return line_fail_cut(r->line, err);
	*line = r->at;
	*len = (size_t)(newline - r->at);
	r->at = newline + 1;
	return line_check(*line, *len, r->line, err);
}

static int
read_magic(struct manifest_parser *r, struct err *err)
{
	const char *line = NULL;
	size_t len = 0;

	if (take_line(r, &line, &len, err) != 0)
		return -1;
	return line_check_magic(line, len, r->line, err);
}

static int
read_object(struct manifest_parser *r, struct manifest *manifest,
	const char *line, size_t len, struct err *err)
{
	const struct object *last;
	struct object object;

	buf_clear(&r->room);
	buf_add(&r->room, line, len);
	if (buf_check(&r->room, err) != 0 ||
		line_read(r->room.data, len, r->line, &object, err) != 0)
		return -1;
	if (manifest_add(manifest, object.key, object.key_len, object.size,
		    object.fingerprint, err) != 0)
		return err_context(err, "line %zu", r->line);
	if (manifest->count < 2)
		return 0;
	last = &manifest->objects[manifest->count - 2];
	return line_check_order(
		&object, last->key, last->key_len, r->line, err);
}

/* "end <count> <hash>": the hash is of all bytes before this line. */
static int
read_end(struct manifest_parser *r, struct manifest *manifest, const char *line,
	size_t len, struct err *err)
{
	unsigned char digest[SHA256_SIZE];

	if (sha256_of(r->start, (size_t)(line - r->start), digest, err) != 0)
		return -1;
	hex_encode(manifest->hash, digest, sizeof(digest));
	return line_check_end(
		line, len, r->line, manifest->count, manifest->hash, err);
}

int
manifest_read(struct manifest *manifest, const char *text, size_t len,
	size_t first_line, size_t *used, struct err *err)
{
	struct manifest_parser r = {text, text, text + len, first_line, {0}};
	const char *line = NULL;
	size_t line_len = 0;
	int rc;

	buf_init(&r.room, MANIFEST_LINE_MAX);
	rc = read_magic(&r, err);
	while (rc == 0) {
		r.line++;
		rc = take_line(&r, &line, &line_len, err);
		if (rc != 0)
			break;
		if (line_is_end(line, line_len)) {
			rc = read_end(&r, manifest, line, line_len, err);
			*used = (size_t)(r.at - text);
			break;
		}
		rc = read_object(&r, manifest, line, line_len, err);
	}
	buf_release(&r.room);
	return rc;
}
