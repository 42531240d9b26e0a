/* Python's int(), with its error for text that is not an integer. */
#ifndef CMD_AWSCLI_PYTHON_INT_H
#define CMD_AWSCLI_PYTHON_INT_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

enum {
	/* Python's own limit for the conversion from and to text. */
	PYTHON_INT_DIGITS_MAX = 4300,
};

/*
 * int(text): an integer in the arena. Returns NULL for other text, with
 * AWSCLI_GENERAL_ERROR: "invalid literal for int() with base 10: 'x'".
 */
struct value *python_int(
	struct arena *arena, const struct value *text, struct fault *fault);

/* The same for a C string. */
struct value *python_int_of(
	struct arena *arena, const char *text, struct fault *fault);

/* Set the fault of int(value). Returns -1. */
int python_int_fail(const struct value *value, struct fault *fault);

/* Append the message about `digits` of them, which are too many. */
void python_int_add_too_long(struct buf *out, size_t digits);

#endif
