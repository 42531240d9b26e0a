/* The functions of JMESPath about numbers; see jmespath_function.h. */
#ifndef CMD_AWSCLI_JMESPATH_NUMBERS_H
#define CMD_AWSCLI_JMESPATH_NUMBERS_H

#include "cmd/awscli/jmespath_function.h"

const struct value *jmespath_abs(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_avg(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_ceil(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_floor(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_sum(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_to_number(struct jmespath_run *run,
	const struct value *const *args, size_t count);

#endif
