/* Converts text to integers as Python does. */
#include "cmd/awscli/python_int.h"

#include <string.h>

#include "cmd/awscli/value_repr.h"

int
python_int_fail(const struct value *value, struct fault *fault)
{
	if (value->type == VALUE_STRING &&
		value_is_int_text(value->text, value->len))
		return fault_no_memory(fault);
	fault_set(fault, AWSCLI_GENERAL_ERROR,
		"invalid literal for int() with base 10: ");
	value_repr(&fault->text, value);
	return -1;
}

struct value *
python_int(struct arena *arena, const struct value *text, struct fault *fault)
{
	struct value *integer = value_parse_int(arena, text->text, text->len);

	if (!integer)
		python_int_fail(text, fault);
	return integer;
}

struct value *
python_int_of(struct arena *arena, const char *text, struct fault *fault)
{
	const struct value value = {
		.type = VALUE_STRING, .text = text, .len = strlen(text)};

	return python_int(arena, &value, fault);
}

void
python_int_add_too_long(struct buf *out, size_t digits)
{
	buf_addf(out,
		"Exceeds the limit (%d digits) for integer string conversion: "
		"value has %zu digits; use sys.set_int_max_str_digits() to "
		"increase the limit",
		PYTHON_INT_DIGITS_MAX, digits);
}
