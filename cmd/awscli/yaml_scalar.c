/* Resolves plain scalars of YAML. */
#include "cmd/awscli/yaml_scalar.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/awscli/python_int.h"

static const char integer_form[] =
	"^[-+]?(0b[0-1_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)$";
static const char real_form[] =
	"^([-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+]?[0-9]+)?"
	"|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
	"|[-+]?\\.[0-9_]+([eE][-+][0-9]+)?"
	"|[-+]?\\.(inf|Inf|INF)"
	"|\\.(nan|NaN|NAN))$";
static const char time_form[] =
	"^[0-9]{4}-([0-9]{2}-[0-9]{2}"
	"|[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
	"(\\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?)$";

bool
yaml_scalars_init(struct yaml_scalars *scalars)
{
	const int flags = REG_EXTENDED | REG_NOSUB;

	if (regcomp(&scalars->integer, integer_form, flags) != 0)
		return false;
	if (regcomp(&scalars->real, real_form, flags) != 0) {
		regfree(&scalars->integer);
		return false;
	}
	if (regcomp(&scalars->time, time_form, flags) != 0) {
		regfree(&scalars->integer);
		regfree(&scalars->real);
		return false;
	}
	return true;
}

void
yaml_scalars_release(struct yaml_scalars *scalars)
{
	regfree(&scalars->integer);
	regfree(&scalars->real);
	regfree(&scalars->time);
}

static void *
fail(struct buf *problem, const char *what)
{
	if (!problem->len)
		buf_addstr(problem, what);
	return NULL;
}

/* An integer in base 2, 8 or 16: `digits` follow 0b, 0o or 0x. */
static struct value *
read_based(struct arena *arena, const char *digits, int base, bool minus,
	struct buf *problem)
{
	long long number;

	errno = 0;
	number = strtoll(digits, NULL, base);
	if (errno != 0)
		return fail(problem, "a number of more than 63 bits");
	return value_new_int(arena, minus ? -number : number);
}

/* `text` has no underscores. */
static struct value *
read_integer(struct arena *arena, const char *text, struct buf *problem)
{
	static const char letters[] = "box";
	static const int bases[] = {2, 8, 16};
	bool minus = *text == '-';
	const char *digits = text + (minus || *text == '+'), *letter;

	if (*digits == '0' && digits[1]) {
		letter = strchr(letters, digits[1]);
		if (letter && digits[2])
			return read_based(arena, digits + 2,
				bases[letter - letters], minus, problem);
	}
	if (!value_is_int_text(text, strlen(text)))
		return fail(problem, "a number without digits");
	return value_parse_int(arena, text, strlen(text));
}

/* `text` has no underscores. Only numbers have digits. */
static struct value *
read_real(struct arena *arena, const char *text, struct buf *problem)
{
	bool minus = *text == '-';
	const char *rest = text + (minus || *text == '+');

	if (strpbrk(rest, "0123456789"))
		return value_new_float(arena, strtod(text, NULL));
	if (strpbrk(rest, "iI"))
		return value_new_text(arena, VALUE_FLOAT,
			minus ? "-inf" : "inf", minus ? 4 : 3);
	if (strpbrk(rest, "nN"))
		return value_new_text(arena, VALUE_FLOAT, "nan", 3);
	return fail(problem, "a number without digits");
}

static struct value *
read_number(const struct yaml_scalars *scalars, struct arena *arena,
	const char *text, struct buf *problem)
{
	char digits[PYTHON_INT_DIGITS_MAX + 1], *to = digits;
	bool is_real = regexec(&scalars->real, text, 0, NULL, 0) == 0;
	bool is_integer =
		!is_real && regexec(&scalars->integer, text, 0, NULL, 0) == 0;

	if (!is_real && !is_integer &&
		regexec(&scalars->time, text, 0, NULL, 0) == 0)
		return fail(problem, "a date");
	if (!is_real && !is_integer)
		return value_new_string(arena, text);
	for (; *text; text++)
		if (*text != '_')
			*to++ = *text;
	*to = '\0';
	return is_real ? read_real(arena, digits, problem)
		       : read_integer(arena, digits, problem);
}

/* null, true, false, and what only YAML has; NULL for other words. */
static struct value *
read_word(struct arena *arena, const char *text)
{
	static const struct {
		const char *word;
		enum value_type type;
		bool truth;
	} words[] = {
		{"", VALUE_NULL, false},
		{"~", VALUE_NULL, false},
		{"null", VALUE_NULL, false},
		{"Null", VALUE_NULL, false},
		{"NULL", VALUE_NULL, false},
		{"true", VALUE_BOOL, true},
		{"True", VALUE_BOOL, true},
		{"TRUE", VALUE_BOOL, true},
		{"false", VALUE_BOOL, false},
		{"False", VALUE_BOOL, false},
		{"FALSE", VALUE_BOOL, false},
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, text) == 0)
			return words[i].type == VALUE_NULL
				       ? value_new(arena, VALUE_NULL)
				       : value_new_bool(arena, words[i].truth);
	return value_new_string(arena, text);
}

struct value *
yaml_scalar_read(const struct yaml_scalars *scalars, struct arena *arena,
	const char *text, size_t len, struct buf *problem)
{
	static const char numeric[] = "0123456789abcdefABCDEFoxinINTtZ_+-.: \t";
	struct value *value;

	if (*text && strchr("+-.0123456789", *text) &&
		strspn(text, numeric) == len)
		value = len > PYTHON_INT_DIGITS_MAX
				? fail(problem, "a number of too many digits")
				: read_number(scalars, arena, text, problem);
	else
		value = read_word(arena, text);
	return value ? value : fail(problem, "out of memory");
}
