/* Python's == on values. */
#ifndef CMD_AWSCLI_VALUE_EQUAL_H
#define CMD_AWSCLI_VALUE_EQUAL_H

#include "cmd/awscli/value.h"

/*
 * left == right: integers, floats and bools are compared as numbers, dicts
 * without regard to the order of keys. NaN equals only itself, and that only as
 * an element. The caller knows that the two are not nested too deep for a
 * recursion.
 */
bool value_equal(const struct value *left, const struct value *right);

/* left is right or left == right, as lists and `in` compare their elements. */
bool value_same(const struct value *left, const struct value *right);

#endif
