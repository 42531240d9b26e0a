/* What a function of JMESPath is. */
#ifndef CMD_AWSCLI_JMESPATH_FUNCTION_H
#define CMD_AWSCLI_JMESPATH_FUNCTION_H

#include "cmd/awscli/jmespath_run.h"

/*
 * The value of a function for arguments, whose number and types are checked,
 * but not the types of those beyond the signature. NULL with a fault on failure.
 */
typedef const struct value *jmespath_function_fn(struct jmespath_run *run,
	const struct value *const *args, size_t count);

#endif
