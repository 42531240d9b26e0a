/* The functions of JMESPath about arrays; see jmespath_function.h. */
#ifndef CMD_AWSCLI_JMESPATH_LISTS_H
#define CMD_AWSCLI_JMESPATH_LISTS_H

#include "cmd/awscli/jmespath_function.h"

const struct value *jmespath_map(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_max(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_max_by(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_min(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_min_by(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_sort(struct jmespath_run *run,
	const struct value *const *args, size_t count);
const struct value *jmespath_sort_by(struct jmespath_run *run,
	const struct value *const *args, size_t count);

#endif
