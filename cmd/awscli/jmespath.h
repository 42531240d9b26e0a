/*
 * JMESPath (https://jmespath.org), as the AWS CLI's --query takes it.
 *
 * All of the grammar, and the 26 functions. It follows jmespath.py 1.0 in what
 * an expression means and in the text of each error, also where that is not
 * what the specification says; tests/queries.py compares the two.
 *
 *   jmespath_compile()    text -> tokens (jmespath_lexer.h) -> tree
 *                         (jmespath_parser.h)
 *   jmespath_search()     tree and value -> value, any number of times
 *
 * An implementation of its own: none of those in C (Debian has none) knows
 * Python's integers and messages. Limits: an expression is nested no deeper
 * than JMESPATH_DEPTH_MAX (jmespath_node.h); one search takes no more than
 * JMESPATH_STEPS_MAX and JMESPATH_VALUES_MAX (jmespath_run.h).
 */
#ifndef CMD_AWSCLI_JMESPATH_H
#define CMD_AWSCLI_JMESPATH_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

struct jmespath_node;

/*
 * Compile an expression. The text outlives the result, which lives in the
 * arena; no fault is set yet. Returns NULL with AWSCLI_PARAM_ERROR if it is not
 * JMESPath.
 */
const struct jmespath_node *jmespath_compile(
	struct arena *arena, const char *text, struct fault *fault);

/*
 * Apply an expression to a value. The result shares parts of the value, or
 * lives in the arena. Returns NULL with AWSCLI_GENERAL_ERROR on failure: a
 * function was given wrong arguments, memory ran out, or one of the limits was
 * reached.
 */
const struct value *jmespath_search(struct arena *arena,
	const struct jmespath_node *expression, const struct value *value,
	struct fault *fault);

#endif
