/* Reads a manifest's text line by line. */
#include "manifest/manifest_parser.h"

#include <string.h>

#include "base/hex.h"
#include "manifest/manifest_line.h"

/* The text from `at` on is still to be read; `line` is its line number. */
struct manifest_parser {
	const char *start, *at, *end;
	size_t line;
	struct buf room; /* a copy of the line, in which its key is unescaped */
};

/* Take the line at r->at: *len bytes without the newline. */
static int
take_line(struct manifest_parser *r, const char **line, size_t *len,
	struct err *err)
{
	const char *newline = memchr(r->at, '\n', (size_t)(r->end - r->at));

	if (!newline)
		return manifest_line_fail_cut(r->line, err);
	*line = r->at;
	*len = (size_t)(newline - r->at);
	r->at = newline + 1;
	return manifest_line_check(*line, *len, r->line, err);
}

static int
read_first_line(struct manifest_parser *r, struct err *err)
{
	const char *line = NULL;
	size_t len = 0;
	struct shard shard;

	if (take_line(r, &line, &len, err) != 0 ||
		manifest_line_read_first(line, len, r->line, &shard, err) != 0)
		return -1;
	return manifest_line_check_whole(&shard, r->line, err);
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
		manifest_line_read(r->room.data, len, r->line, &object, err) !=
			0)
		return -1;
	if (manifest_append(manifest, &object, err) != 0)
		return err_context(err, "line %zu", r->line);
	if (manifest->count < 2)
		return 0;
	last = &manifest->objects[manifest->count - 2];
	return manifest_line_check_order(
		&object, last->key, last->key_len, r->line, err);
}

/* The hash in the end line is of all bytes before that line. */
static int
read_end(struct manifest_parser *r, struct manifest *manifest, const char *line,
	size_t len, struct err *err)
{
	unsigned char digest[SHA256_SIZE];

	if (sha256_of(r->start, (size_t)(line - r->start), digest, err) != 0)
		return -1;
	hex_encode(manifest->hash, digest, sizeof(digest));
	return manifest_line_check_end(
		line, len, r->line, manifest->count, manifest->hash, err);
}

int
manifest_parse(struct manifest *manifest, const char *text, size_t len,
	size_t first_line, size_t *used, struct err *err)
{
	struct manifest_parser r = {text, text, text + len, first_line, {0}};
	const char *line = NULL;
	size_t line_len = 0;
	int rc;

	buf_init(&r.room, MANIFEST_LINE_MAX);
	rc = read_first_line(&r, err);
	while (rc == 0) {
		r.line++;
		rc = take_line(&r, &line, &line_len, err);
		if (rc != 0)
			break;
		if (manifest_line_is_end(line, line_len)) {
			rc = read_end(&r, manifest, line, line_len, err);
			*used = (size_t)(r.at - text);
			break;
		}
		rc = read_object(&r, manifest, line, line_len, err);
	}
	buf_release(&r.room);
	return rc;
}
