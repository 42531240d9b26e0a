/* Evaluates the tree of a JMESPath expression. */
#ifndef CMD_AWSCLI_JMESPATH_EVALUATOR_H
#define CMD_AWSCLI_JMESPATH_EVALUATOR_H

#include "cmd/awscli/jmespath_run.h"

/*
 * The value of a node for a value. It shares parts of that, or lives in the
 * run's arena. Returns NULL on failure.
 */
const struct value *jmespath_evaluator_visit(struct jmespath_run *run,
	const struct jmespath_node *node, const struct value *value);

#endif
