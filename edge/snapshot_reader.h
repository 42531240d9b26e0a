/*
 * Reads members of a snapshot's objects. The first failure sticks, as in
 * aws/xml_reader.h; what is read after it is empty.
 */
#ifndef EDGE_SNAPSHOT_READER_H
#define EDGE_SNAPSHOT_READER_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct snapshot_reader {
	struct arena *texts; /* owns what is read */
	struct err err; /* the first failure */
};

void snapshot_reader_fail(struct snapshot_reader *reader, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* `size` bytes of zeros; NULL after a failure. */
void *snapshot_reader_alloc(struct snapshot_reader *reader, size_t size);

/* An object must have exactly so many members. */
void snapshot_reader_members(
	struct snapshot_reader *reader, const cJSON *object, int count);

/* A member that is a string; `filled`: not an empty one. */
const char *snapshot_reader_text(struct snapshot_reader *reader,
	const cJSON *object, const char *name, bool filled);

bool snapshot_reader_bool(
	struct snapshot_reader *reader, const cJSON *object, const char *name);

/* A whole number, at least 0; -1 for null. */
int64_t snapshot_reader_number(
	struct snapshot_reader *reader, const cJSON *object, const char *name);

/* Which word of the list a member is; 0 after a failure. */
int snapshot_reader_word(struct snapshot_reader *reader, const cJSON *object,
	const char *name, const char *const *words);

/* An object; NULL after a failure. */
const cJSON *snapshot_reader_object(
	struct snapshot_reader *reader, const cJSON *object, const char *name);

/*
 * The first element of an array, or NULL; the others follow by ->next. Sets
 * *count, which is at most `max`.
 */
const cJSON *snapshot_reader_array(struct snapshot_reader *reader,
	const cJSON *object, const char *name, size_t max, size_t *count);

/* An array of strings; sets *count. */
const char **snapshot_reader_texts(struct snapshot_reader *reader,
	const cJSON *object, const char *name, size_t max, size_t *count);

#endif
