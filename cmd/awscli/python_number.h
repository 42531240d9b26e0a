/*
 * Arithmetic on integers of any length and floats, as Python 3.11 does it.
 *
 * All values are a VALUE_INT or a VALUE_FLOAT, but for python_number_parse.
 * What returns a value returns NULL on failure, with Python's message as an
 * AWSCLI_GENERAL_ERROR.
 */
#ifndef CMD_AWSCLI_PYTHON_NUMBER_H
#define CMD_AWSCLI_PYTHON_NUMBER_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

enum python_order {
	PYTHON_LESS = -1,
	PYTHON_EQUAL = 0,
	PYTHON_GREATER = 1,
	PYTHON_UNORDERED = 2, /* one of them is NaN */
};

bool python_number_is(const struct value *value);

/* The exact order, of an integer and a float too. */
enum python_order python_number_compare(
	const struct value *left, const struct value *right);

struct value *python_number_add(struct arena *arena, const struct value *left,
	const struct value *right, struct fault *fault);

/* float(value) / count */
struct value *python_number_divide(struct arena *arena,
	const struct value *value, size_t count, struct fault *fault);

/* abs(value) */
struct value *python_number_abs(
	struct arena *arena, const struct value *value, struct fault *fault);

/* math.ceil(value) if `up` is true, otherwise math.floor(value). */
struct value *python_number_round(struct arena *arena,
	const struct value *value, bool up, struct fault *fault);

/*
 * int(text), or else float(text). `out` is NULL if the text is neither. Digits
 * and white space are those of ASCII. Returns -1 if memory runs out.
 */
int python_number_parse(struct arena *arena, const char *text, size_t len,
	struct value **out, struct fault *fault);

#endif
