/* Reads members of a snapshot's objects, through a strict reader. */
#ifndef EDGE_SNAPSHOT_READER_H
#define EDGE_SNAPSHOT_READER_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/strict_reader.h"

/* An object must have exactly so many members. */
void snapshot_reader_members(
	struct strict_reader *reader, const cJSON *object, int count);

/* A member that is a string; `filled`: not an empty one. */
const char *snapshot_reader_text(struct strict_reader *reader,
	const cJSON *object, const char *name, bool filled);

bool snapshot_reader_bool(
	struct strict_reader *reader, const cJSON *object, const char *name);

/* A whole number, at least 0; -1 for null. */
int64_t snapshot_reader_number(
	struct strict_reader *reader, const cJSON *object, const char *name);

/* Which word of the list a member is; 0 after a failure. */
int snapshot_reader_word(struct strict_reader *reader, const cJSON *object,
	const char *name, const char *const *words);

/* An object; NULL after a failure. */
const cJSON *snapshot_reader_object(
	struct strict_reader *reader, const cJSON *object, const char *name);

/*
 * The first element of an array, or NULL; the others follow by ->next. Sets
 * *count, which is at most `max`.
 */
const cJSON *snapshot_reader_array(struct strict_reader *reader,
	const cJSON *object, const char *name, size_t max, size_t *count);

/* An array of strings; sets *count. */
const char **snapshot_reader_texts(struct strict_reader *reader,
	const cJSON *object, const char *name, size_t max, size_t *count);

#endif
