/* Reads the numbers that options take. */
#include "cmd/option_number.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/escape.h"

/* Read decimal digits, up to `max`; *end is the first byte after them. */
static bool
read_digits(const char *text, unsigned long max, const char **end,
	unsigned long *out)
{
	unsigned long n = 0, digit;

	for (*end = text; isdigit((unsigned char)**end); (*end)++) {
		digit = (unsigned long)(**end - '0');
		if (n > (max - digit) / 10 || digit > max)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return *end > text;
}

int
option_number(const char *name, const char *text, unsigned long min,
	unsigned long max, unsigned long *out, struct err *err)
{
	struct escaped_name shown;
	const char *end;

	if (!read_digits(text, max, &end, out) || *end || *out < min)
		return err_set(err, ERR_USAGE,
			"%s %s: expected a whole number from %lu to %lu", name,
			escape_show_str(&shown, text), min, max);
	return 0;
}

int
option_number_part(const char *name, const char *text, unsigned long max,
	unsigned long *part, unsigned long *parts, struct err *err)
{
	struct escaped_name shown;
	const char *end;

	if (read_digits(text, max, &end, part) && *end == '/' &&
		read_digits(end + 1, max, &end, parts) && !*end && *part >= 1 &&
		*part <= *parts)
		return 0;
	return err_set(err, ERR_USAGE,
		"%s %s: expected I/N, the Ith of N parts: 1/1 to %lu/%lu", name,
		escape_show_str(&shown, text), max, max);
}

int
option_number_millionths(const char *name, const char *text,
	unsigned long max_units, unsigned long *out, struct err *err)
{
	unsigned long units, unit = 1000000;
	struct escaped_name shown;
	const char *end;

	if (!read_digits(text, max_units, &end, &units))
		goto wrong;
	*out = units * unit;
	if (*end == '.') {
		for (end++; isdigit((unsigned char)*end) && unit > 1; end++) {
			unit /= 10;
			*out += (unsigned long)(*end - '0') * unit;
		}
	}
	if (*end || *out > max_units * 1000000)
		goto wrong;
	return 0;
wrong:
	return err_set(err, ERR_USAGE,
		"%s %s: expected a number from 0 to %lu with up to six decimal "
		"places",
		name, escape_show_str(&shown, text), max_units);
}

int
option_number_bytes(const char *name, const char *text, unsigned long min,
	unsigned long *out, struct err *err)
{
	static const char units[] = "KMG";
	const unsigned long max = 1UL << 30; /* of any unit */
	struct escaped_name shown;
	const char *end, *unit = NULL;

	if (read_digits(text, max, &end, out)) {
		unit = *end ? strchr(units, *end) : units;
		if (*end && unit)
			*out <<= 10 * (unit - units + 1);
	}
	if (!unit || (*end && end[1]) || *out < min || *out > max << 10)
		return err_set(err, ERR_USAGE,
			"%s %s: expected a number of bytes from %lu on, like "
			"64M (K, M, G: powers of 1024; at most 1024G)",
			name, escape_show_str(&shown, text), min);
	return 0;
}
