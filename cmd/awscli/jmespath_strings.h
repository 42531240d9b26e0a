/*
 * The functions of JMESPath about strings, and those that take strings and
 * arrays; see jmespath_function.h. Characters are code points.
 */
#ifndef CMD_AWSCLI_JMESPATH_STRINGS_H
#define CMD_AWSCLI_JMESPATH_STRINGS_H

#include "cmd/awscli/jmespath_function.h"

const struct value *jmespath_contains(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_ends_with(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_join(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_length(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_reverse(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_starts_with(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_to_string(struct jmespath_run *run,
	const struct value *const *args, size_t count);

#endif
