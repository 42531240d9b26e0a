/* Compares ASCII text. */
#include "base/ascii.h"

static bool
begins_with(const char *text, const char *wanted)
{
	for (; *wanted; text++, wanted++)
		if (ascii_lower(*text) != ascii_lower(*wanted))
			return false;
	return true;
}

bool
ascii_contains_ignoring_case(const char *text, const char *wanted)
{
	for (; *text; text++)
		if (begins_with(text, wanted))
			return true;
	return begins_with(text, wanted);
}
