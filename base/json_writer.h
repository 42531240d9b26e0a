/*
 * Writes JSON (RFC 8259) as a stream, so a list of any length needs no tree in
 * memory. For a small tree, or to read JSON, use cJSON.
 *
 *   json_writer_init(&json, output_emit, NULL, JSON_INDENTED);
 *   json_begin_object(&json);
 *   json_write_key(&json, "keys");
 *   json_begin_array(&json);
 *   for (...)
 *           json_write_name(&json, key, len);
 *   json_end_array(&json);
 *   json_end_object(&json);
 *   return json_writer_finish(&json, &err);
 *
 * The first failure sticks: later calls write nothing, and json_writer_finish()
 * reports it. So a caller writes freely and checks once, at the end. The writer
 * owns no memory, so it needs no release even if it is not finished.
 *
 * It is a bug (an assert fails) if the calls don't form one JSON value, for
 * example if a member lacks its key or an array is closed as an object.
 */
#ifndef BASE_JSON_WRITER_H
#define BASE_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/emit.h"

enum {
	JSON_DEPTH_MAX = 1024, /* containers open at once */
	JSON_PENDING_MAX = 4096, /* bytes gathered before they are emitted */
};

/*
 * How the text is laid out. Without options it is a single line, with no spaces
 * between tokens and no newline at the end.
 */
enum json_option {
	/*
	 * Four spaces a level, one element or member a line, a space after the
	 * colon, a newline at the end. The AWS CLI prints JSON like this, and
	 * so does Python's json.dump with indent=4 and ensure_ascii=False.
	 */
	JSON_INDENTED = 1,

	/* Write \b and \f, as Python does, instead of \u0008 and \u000c. */
	JSON_SHORT_ESCAPES = 2,

	/*
	 * Write the second of two # as \u0023, and U+007F to U+009F as \u007f
	 * to \u009f, so that neither a CI system nor a terminal that reads the
	 * output takes a string for a command: see escape_name_for_ci.
	 */
	JSON_SAFE_IN_LOG = 4,

	/* Write < as \u003c, so that no string can end a script element. */
	JSON_SAFE_IN_SCRIPT = 8,
};

struct json_writer {
	emit_fn *emit;
	void *to;
	unsigned options; /* of enum json_option */
	bool in_object[JSON_DEPTH_MAX]; /* for each open container */
	size_t depth;
	bool empty; /* the innermost container has no element yet */
	bool has_key; /* a key was written, its value was not */
	bool breaks_line; /* json_break_line() was called */
	char pending[JSON_PENDING_MAX];
	size_t pending_len;
	struct err err; /* the first failure */
};

/* Write to `emit`; to write to a buffer, use buf_emit of base/buf.h. */
void json_writer_init(
	struct json_writer *json, emit_fn *emit, void *to, unsigned options);

/*
 * Emit what is left. Returns 0, or -1 with the first failure of the whole
 * document.
 */
int json_writer_finish(struct json_writer *json, struct err *err);

void json_begin_object(struct json_writer *json);
void json_end_object(struct json_writer *json);
void json_begin_array(struct json_writer *json);
void json_end_array(struct json_writer *json);

/* The name of the object's next member; its value must follow. */
void json_write_key(struct json_writer *json, const char *key);
void json_write_key_len(
	struct json_writer *json, const char *key, size_t key_len);

/* A string. The caller ensures that it is UTF-8; the writer does not check. */
void json_write_string(struct json_writer *json, const char *text);
void json_write_string_len(
	struct json_writer *json, const char *text, size_t len);

/* Write a buffer's content as a string; if it has failed, the writer fails. */
void json_write_buf(struct json_writer *json, const struct buf *text);

/*
 * A file name, which may be any bytes. If it is UTF-8, it is written as a
 * string; otherwise escape_name_utf8 of base/escape.h escapes it first.
 */
void json_write_name(struct json_writer *json, const char *name, size_t len);

void json_write_uint(struct json_writer *json, uint64_t number);

/*
 * Write a whole number from 0 to below 2^53 without a fraction, and any other
 * number with up to 15 digits.
 */
void json_write_double(struct json_writer *json, double number);

void json_write_bool(struct json_writer *json, bool truth);
void json_write_null(struct json_writer *json);

/* A value that is already JSON, such as a number too large for a double. */
void json_write_raw(struct json_writer *json, const char *value, size_t len);

/*
 * Without JSON_INDENTED, begin a new line before the next member, element or
 * closing bracket (after the comma, if there is one).
 */
void json_break_line(struct json_writer *json);

#endif
