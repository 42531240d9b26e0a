/*
 * The JSON of changes and plans, which several commands and reports print. NULL
 * if memory is short; otherwise the caller deletes the tree.
 */
#ifndef CMD_CONSOLE_JSON_RESULT_H
#define CMD_CONSOLE_JSON_RESULT_H

#include <cjson/cJSON.h>

#include "diff/changes.h"
#include "diff/plan.h"

/* {"added": N, "changed": N, "removed": N} */
cJSON *json_counts(const struct changes *changes);

/* The items of a plan, and what it covers and costs. */
cJSON *json_plan(const struct plan *plan, const struct changes *changes);

#endif
