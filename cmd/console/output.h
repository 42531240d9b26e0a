/*
 * Standard output is data, the same bytes for the same inputs; standard error
 * is talk (cmd/console/log.h). Every write to standard output is checked.
 */
#ifndef CMD_CONSOLE_OUTPUT_H
#define CMD_CONSOLE_OUTPUT_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "cmd/console/log.h"
#include "diff/plan.h"

/* An emit_fn of base/emit.h for standard output; `to` is unused. */
int output_emit(void *to, const void *bytes, size_t len, struct err *err);

/* Flush and check: ERR_SYSTEM where the output could not be written. */
int output_finish(struct err *err);

/* Say the error, and the exit status that its code stands for. */
int log_failure(const struct err *err);

/*
 * JSON by cJSON, printed with four spaces a level and one element a line, as
 * the AWS CLI does: cJSON's own printer puts an array on one line, which
 * nobody can review. The second of two # is written \u0023, for the sake of
 * those who read the output along: escape_name_for_ci of base/escape.h. Takes the
 * tree, NULL included (no memory), and frees it.
 */
int json_output(cJSON *tree, struct err *err);
void json_print(struct buf *out, const cJSON *tree);

/* A key as a JSON string: as it is where it is UTF-8, else escaped. */
cJSON *json_key(const char *key, size_t len);

/* What several commands share. NULL where there is no memory. */
cJSON *json_texts(const char *const *texts, size_t count);
cJSON *json_counts(const struct changes *changes);
cJSON *json_plan(const struct plan *plan, const struct changes *changes);

/* Move `item` into `object` under `name`; false where either is NULL. */
bool json_put(cJSON *object, const char *name, cJSON *item);

#endif
