/* Compiles and evaluates an expression. */
#include "cmd/awscli/jmespath.h"

#include <assert.h>

#include "cmd/awscli/jmespath_evaluator.h"
#include "cmd/awscli/jmespath_parser.h"

const struct jmespath_node *
jmespath_compile(struct arena *arena, const char *text, struct fault *fault)
{
	const struct jmespath_source source = {text, arena, fault};

	assert(fault->status == AWSCLI_OK);
	return jmespath_parser_parse(&source);
}

const struct value *
jmespath_search(struct arena *arena, const struct jmespath_node *expression,
	const struct value *value, struct fault *fault)
{
	struct jmespath_run run = {
		.arena = arena,
		.fault = fault,
		.visit = jmespath_evaluator_visit,
	};

	return jmespath_run_check_printable(
		&run, jmespath_evaluator_visit(&run, expression, value));
}
