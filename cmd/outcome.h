/* Prints what came of a deployment, on standard output. */
#ifndef CMD_OUTCOME_H
#define CMD_OUTCOME_H

#include "cmd/job.h"

/*
 * JSON of a job that is done; of a dry run the batch, of one among several
 * inside of what says which. NULL without memory.
 */
cJSON *outcome_json(const struct job *job);

/* JSON of a job that has failed, of several. */
cJSON *outcome_json_failed(const struct job *job);

/* The same in text. */
void outcome_print(const struct job *job);
void outcome_print_failed(const struct job *job);

#endif
