/* Prints what came of a deployment, on standard output. */
#ifndef CMD_PRINT_RESULT_H
#define CMD_PRINT_RESULT_H

#include "cmd/deployment.h"

/*
 * JSON of a deployment that is done; of a dry run the batch, of one among several
 * inside of what says which. NULL without memory.
 */
cJSON *print_result_json(const struct deployment *deployment);

/* JSON of a deployment that has failed, of several. */
cJSON *print_result_json_failed(const struct deployment *deployment);

/* The same in text. */
void print_result_text(const struct deployment *deployment);
void print_result_text_failed(const struct deployment *deployment);

#endif
