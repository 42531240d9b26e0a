/* Prints the result of a deployment on standard output. */
#ifndef CMD_PRINT_RESULT_H
#define CMD_PRINT_RESULT_H

#include <cjson/cJSON.h>

#include "cmd/deployment.h"

/*
 * The JSON of a deployment that is done, which the caller deletes; NULL if
 * memory runs out. For a dry run it is the batch, as --cli-input-json of the
 * AWS CLI accepts it; for one of several deployments the section is added.
 */
cJSON *print_result_json(const struct deployment *deployment);

/* The JSON of one of several deployments that failed. */
cJSON *print_result_json_failed(const struct deployment *deployment);

/* The same two as text, printed at once. */
void print_result_text(const struct deployment *deployment);
void print_result_text_failed(const struct deployment *deployment);

#endif
