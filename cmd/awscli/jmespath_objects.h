/*
 * The functions of JMESPath about objects, and those that take any value; see
 * jmespath_function.h.
 */
#ifndef CMD_AWSCLI_JMESPATH_OBJECTS_H
#define CMD_AWSCLI_JMESPATH_OBJECTS_H

#include "cmd/awscli/jmespath_function.h"

const struct value *jmespath_keys(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_merge(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_not_null(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_to_array(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_type(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_values(struct jmespath_run *run,
	const struct value *const *args, size_t count);

#endif
