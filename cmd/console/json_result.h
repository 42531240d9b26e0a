/*
 * The JSON of changes and plans, which several commands print. Whoever holds a
 * tree deletes it.
 */
#ifndef CMD_CONSOLE_JSON_RESULT_H
#define CMD_CONSOLE_JSON_RESULT_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "diff/changes.h"
#include "diff/delta.h"

/* {"added": N, "changed": N, "removed": N}; NULL if memory is short */
cJSON *json_counts(const struct changes *changes);

/*
 * Add to `object` the items of the delta's plan, what it covers and costs, and
 * the fallback page that is the reason for it. False if memory is short.
 */
bool json_put_plan(cJSON *object, const struct delta *delta);

#endif
