/*
 * The types of JMESPath, which arguments of functions must have, and the error
 * that they have not: "In function length(), invalid type for value: 1,
 * expected one of: ['string', 'array', 'object'], received: "number"".
 */
#ifndef CMD_AWSCLI_JMESPATH_TYPES_H
#define CMD_AWSCLI_JMESPATH_TYPES_H

#include "cmd/awscli/jmespath_run.h"

enum jmespath_type {
	JMESPATH_ANY, /* ends a list of types; alone, it fits any value */
	JMESPATH_STRING,
	JMESPATH_NUMBER,
	JMESPATH_ARRAY,
	JMESPATH_OBJECT,
	JMESPATH_EXPRESSION,
	JMESPATH_STRINGS, /* an array of strings */
	JMESPATH_NUMBERS, /* an array of numbers */
};

enum {
	JMESPATH_TYPES_MAX = 4, /* in a list, with its end */
};

/* The name of a value's type: "array". */
const char *jmespath_type_name(const struct value *value);

/*
 * Does a value have one of the types? Returns false with a fault otherwise. If
 * both kinds of arrays are listed, the first element decides between them.
 */
bool jmespath_types_check(struct jmespath_run *run, const char *function,
	const struct value *value, const enum jmespath_type *types);

/* Fail because of the type `received` of a value. Returns NULL. */
void *jmespath_types_fail(struct jmespath_run *run, const char *function,
	const struct value *value, const enum jmespath_type *types,
	const char *received);

#endif
