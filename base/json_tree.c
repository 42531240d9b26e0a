/* Reads JSON texts with cJSON. */
#include "base/json_tree.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { CODE_DIGITS = 4 };

/* Do the characters after \u name one that a C string can contain? */
static bool
is_code(const char *digits, const char *end)
{
	int i;

	if (end - digits < CODE_DIGITS)
		return false;
	for (i = 0; i < CODE_DIGITS; i++)
		if (!isxdigit((unsigned char)digits[i]))
			return false;
	return memcmp(digits, "0000", CODE_DIGITS) != 0;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_control(char c)
{
	return c >= 0 && c < ' ';
}

/* The first byte that cJSON would take for something else, or the end. */
static const char *
find_misread(const char *at, const char *end)
{
	bool in_string = false;

	for (; at < end; at++) {
		if (*at == '"')
			in_string = !in_string;
		else if (is_control(*at) && (in_string || !is_blank(*at)))
			return at;
		else if (*at == '\\' && end - at > 1 && *++at == 'u' &&
			 !is_code(at + 1, end))
			return at - 1;
	}
	return end;
}

cJSON *
json_tree_parse(const char *text, size_t len, const char **fault)
{
	const char *end = text + len;
	cJSON *tree;

	*fault = find_misread(text, end);
	if (len == 0 || *fault != end)
		return NULL;
	tree = cJSON_ParseWithLengthOpts(text, len, fault, 0);
	while (tree && *fault < end && is_blank(**fault))
		++*fault;
	if (tree && *fault == end)
		return tree;
	cJSON_Delete(tree);
	return NULL;
}
