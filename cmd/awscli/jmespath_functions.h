/* The 26 functions of JMESPath (https://jmespath.org/specification.html). */
#ifndef CMD_AWSCLI_JMESPATH_FUNCTIONS_H
#define CMD_AWSCLI_JMESPATH_FUNCTIONS_H

#include "cmd/awscli/jmespath_run.h"

/*
 * Call a function by its name, after a check of the number and the types of its
 * arguments. Returns NULL on failure: there is no such function, "Unknown
 * function: f()"; the arguments are not those of its signature; or the function
 * fails.
 */
const struct value *jmespath_functions_call(struct jmespath_run *run,
	const char *name, size_t len, const struct value *const *args,
	size_t count);

#endif
