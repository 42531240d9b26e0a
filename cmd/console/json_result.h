/*
 * The JSON of changes and plans, which several commands and reports print. NULL
 * if memory is short; otherwise the caller deletes the tree.
 */
#ifndef CMD_CONSOLE_JSON_RESULT_H
#define CMD_CONSOLE_JSON_RESULT_H

#include <cjson/cJSON.h>

#include "diff/changes.h"
#include "diff/delta.h"

/* {"added": N, "changed": N, "removed": N} */
cJSON *json_counts(const struct changes *changes);

/*
 * The items of the delta's plan, what it covers and costs, and the fallback page
 * that is the reason for it.
 */
cJSON *json_plan(const struct delta *delta);

#endif
