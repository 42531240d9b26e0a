/*
 * Prints small JSON documents, which are built with cJSON, as the AWS CLI prints
 * its own: four spaces a level, one element a line. (cJSON's printer puts an
 * array on one line, which nobody can review.) The second of two # is written
 * as \u0023, since CI systems take "##[" for a command wherever they log it; see
 * escape_name_for_ci of base/escape.h.
 */
#ifndef CMD_CONSOLE_JSON_PRINT_H
#define CMD_CONSOLE_JSON_PRINT_H

#include <cjson/cJSON.h>

#include "base/buf.h"

/*
 * Print the document on standard output and delete it. NULL is ERR_MEMORY, so
 * that the result of a builder can be passed on unchecked.
 */
int json_output(cJSON *tree, struct err *err);

#endif
