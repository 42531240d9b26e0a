/*
 * One line of a manifest's text (manifest/manifest_text.h): written, and read
 * strictly. The caller finds the lines and counts them.
 *
 * A `line` that is passed in has no newline; `number` is its line number, with
 * which every error (ERR_INPUT) begins.
 */
#ifndef MANIFEST_MANIFEST_LINE_H
#define MANIFEST_MANIFEST_LINE_H

#include "base/buf.h"
#include "manifest/object.h"
#include "manifest/shard.h"

enum {
	/* Longest line: digits, a size, and a key of escaped bytes only. */
	MANIFEST_LINE_MAX = 2 * FINGERPRINT_SIZE + 1 + 20 + 1 + 4 * KEY_MAX,
};

/*
 * Append the first line, which says which part of a build this is, unless it is
 * the whole; an object's line; or the end line, each with its newline.
 */
void manifest_line_write_first(struct buf *out, const struct shard *shard);
void manifest_line_write(struct buf *out, const struct object *object);
void manifest_line_write_end(struct buf *out, size_t count, const char *hash);

/* Set the error that the text ends in or before this line. Returns -1. */
int manifest_line_fail_cut(size_t number, struct err *err);

/* Refuse a line that is too long, or that ends in CR LF. Call it first. */
int manifest_line_check(
	const char *line, size_t len, size_t number, struct err *err);

/*
 * Read the first line. Refuse it if it is not that of this version of the format.
 * The whole build is a shard with a count of 0.
 */
int manifest_line_read_first(const char *line, size_t len, size_t number,
	struct shard *shard, struct err *err);

/* Refuse what is only a part of a build. */
int manifest_line_check_whole(
	const struct shard *shard, size_t number, struct err *err);

/*
 * Read an object's line; its key is one that a manifest can hold. The key is
 * unescaped in place: object->key points into the line and is NUL-terminated,
 * which overwrites the newline or an earlier byte.
 */
int manifest_line_read(char *line, size_t len, size_t number,
	struct object *object, struct err *err);

/* The same for what is only a key; sets only the object's key and key_len. */
int manifest_line_read_key(char *key, size_t len, size_t number,
	struct object *object, struct err *err);

/* Refuse an object whose key does not sort after `last`, the key before it. */
int manifest_line_check_order(const struct object *object, const char *last,
	size_t last_len, size_t number, struct err *err);

bool manifest_line_is_end(const char *line, size_t len);

/*
 * Refuse an end line whose number of objects is not `count`, or whose SHA-256
 * is not `hash`: that of all bytes before the line, in hex.
 */
int manifest_line_check_end(const char *line, size_t len, size_t number,
	size_t count, const char *hash, struct err *err);

#endif
