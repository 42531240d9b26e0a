/* The comparisons of JMESPath: ==, !=, <, <=, > and >=. */
#ifndef CMD_AWSCLI_JMESPATH_COMPARE_H
#define CMD_AWSCLI_JMESPATH_COMPARE_H

#include "cmd/awscli/jmespath_run.h"

/* ==, where 0 and 1 don't equal false and true. Returns false on failure. */
bool jmespath_compare_equal(struct jmespath_run *run, const struct value *left,
	const struct value *right, bool *equal);

/* Does <, <=, > and >= have a result: are both numbers or strings? */
bool jmespath_compare_has_order(
	const struct value *left, const struct value *right);

/*
 * Is left <, <=, > or >= right? Both are numbers or strings. Returns false with
 * a fault if one is a number and the other a string.
 */
bool jmespath_compare_order(struct jmespath_run *run,
	enum jmespath_comparator comparator, const struct value *left,
	const struct value *right, bool *result);

#endif
