/* Reads arguments by the table of options. */
#include "cmd/options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

static void *
slot(struct settings *settings, const struct option_row *row)
{
	return (char *)settings + row->offset;
}

static const void *
slot_of(const struct settings *settings, const struct option_row *row)
{
	return (const char *)settings + row->offset;
}

void
settings_default(struct settings *settings)
{
	const struct option_row *row;

	*settings = (struct settings){0};
	for (row = option_rows; row->name; row++)
		if (row->kind == OPTION_TEXT)
			*(const char **)slot(settings, row) = row->fallback;
}

static const struct option_row *
find_row(const char *arg, size_t len, unsigned bit)
{
	const struct option_row *row;

	for (row = option_rows; row->name; row++)
		if ((row->commands & bit) && strlen(row->name) == len &&
			memcmp(row->name, arg, len) == 0)
			return row;
	return NULL;
}

/* The long name of an option that was given as a letter. */
static const char *
long_name(const char *arg)
{
	if (strcmp(arg, "-h") == 0)
		return "--help";
	return strcmp(arg, "-0") == 0 ? "--null" : arg;
}

static int
append(struct string_list *list, const char *item, struct err *err)
{
	const char **items =
		realloc(list->items, (list->count + 1) * sizeof(*list->items));

	if (!items)
		return err_memory(err);
	items[list->count++] = item;
	list->items = items;
	return 0;
}

/* The place of a flag in the list of those that are off, or behind it. */
static size_t
find_off(const struct settings *settings, const struct option_row *row)
{
	size_t i;

	for (i = 0; i < settings->off.count; i++)
		if (strcmp(settings->off.items[i], row->name) == 0)
			break;
	return i;
}

static int
set_flag(struct settings *settings, const struct option_row *row,
	const char *value, struct err *err)
{
	bool on = strcmp(value, "true") == 0, *flag = slot(settings, row);
	struct escaped_name shown;

	if (!on && strcmp(value, "false") != 0)
		return err_set(err, ERR_USAGE, "%s=%s: want true or false",
			row->name, escape_show_str(&shown, value));
	settings_clear(settings, row);
	*flag = on;
	return on ? 0 : append(&settings->off, row->name, err);
}

int
settings_set(struct settings *settings, const struct option_row *row,
	const char *value, struct err *err)
{
	if (row->kind == OPTION_LIST)
		return append(slot(settings, row), value, err);
	if (row->kind == OPTION_FLAG)
		return set_flag(settings, row, value, err);
	*(const char **)slot(settings, row) = value;
	return 0;
}

static void
clear_list(struct string_list *list)
{
	free(list->items);
	*list = (struct string_list){NULL, 0};
}

void
settings_clear(struct settings *settings, const struct option_row *row)
{
	struct string_list *off = &settings->off;
	size_t at;

	if (row->kind == OPTION_LIST) {
		clear_list(slot(settings, row));
	} else if (row->kind == OPTION_FLAG) {
		at = find_off(settings, row);
		if (at < off->count)
			off->items[at] = off->items[--off->count];
		*(bool *)slot(settings, row) = false;
	} else {
		*(const char **)slot(settings, row) = NULL;
	}
}

bool
settings_has(const struct settings *settings, const struct option_row *row)
{
	if (row->kind == OPTION_LIST)
		return ((const struct string_list *)slot_of(settings, row))
			       ->count > 0;
	if (row->kind == OPTION_FLAG)
		return *(const bool *)slot_of(settings, row) ||
		       find_off(settings, row) < settings->off.count;
	return *(const char *const *)slot_of(settings, row) != NULL;
}

static int
take_over(struct settings *settings, const struct option_row *row,
	const struct settings *over, struct err *err)
{
	const struct string_list *list;
	size_t i;

	if (row->kind == OPTION_FLAG)
		return settings_set(settings, row,
			*(const bool *)slot_of(over, row) ? "true" : "false",
			err);
	if (row->kind == OPTION_TEXT)
		return settings_set(settings, row,
			*(const char *const *)slot_of(over, row), err);
	list = slot_of(over, row);
	settings_clear(settings, row);
	for (i = 0; i < list->count; i++)
		if (append(slot(settings, row), list->items[i], err) != 0)
			return -1;
	return 0;
}

int
settings_overlay(
	struct settings *settings, const struct settings *over, struct err *err)
{
	const struct option_row *row;

	for (row = option_rows; row->name; row++)
		if (settings_has(over, row) &&
			take_over(settings, row, over, err) != 0)
			return -1;
	return 0;
}

/* Take argv[*i] as an option, and its value from behind it where needed. */
static int
take_option(struct settings *settings, unsigned bit, int argc, char **argv,
	int *i, struct err *err)
{
	const char *arg = long_name(argv[*i]);
	const char *equals = strchr(arg, '='), *value;
	size_t len = equals ? (size_t)(equals - arg) : strlen(arg);
	const struct option_row *row = find_row(arg, len, bit);
	struct escaped_name shown;

	if (!row)
		return err_set(err, ERR_USAGE, "unknown option %s",
			escape_show(&shown, argv[*i], strcspn(argv[*i], "=")));
	if (row->kind == OPTION_FLAG)
		return settings_set(
			settings, row, equals ? equals + 1 : "true", err);
	value = equals ? equals + 1 : NULL;
	if (!value && ++*i < argc)
		value = argv[*i];
	if (!value)
		return err_set(err, ERR_USAGE, "%s needs a value: %s %s",
			row->name, row->name, row->value);
	return settings_set(settings, row, value, err);
}

int
options_parse(struct settings *settings, unsigned bit, int argc, char **argv,
	const char **operands, int *operand_count, struct err *err)
{
	bool options = true;
	int i;

	*settings = (struct settings){0};
	*operand_count = 0;
	for (i = 1; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0)
			options = false;
		else if (!options || argv[i][0] != '-' || !argv[i][1])
			operands[(*operand_count)++] = argv[i];
		else if (take_option(settings, bit, argc, argv, &i, err) != 0)
			return -1;
	}
	return 0;
}

void
settings_release(struct settings *settings)
{
	const struct option_row *row;

	for (row = option_rows; row->name; row++)
		if (row->kind == OPTION_LIST)
			settings_clear(settings, row);
	clear_list(&settings->off);
	*settings = (struct settings){0};
}

/* Decimal digits only, up to `max`; the first byte behind them in *end. */
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
			"%s %s: want a whole number from %lu to %lu", name,
			escape_show_str(&shown, text), min, max);
	return 0;
}

int
option_part(const char *name, const char *text, unsigned long most,
	unsigned long *part, unsigned long *parts, struct err *err)
{
	struct escaped_name shown;
	const char *end;

	if (read_digits(text, most, &end, part) && *end == '/' &&
		read_digits(end + 1, most, &end, parts) && !*end &&
		*part >= 1 && *part <= *parts)
		return 0;
	return err_set(err, ERR_USAGE,
		"%s %s: want I/N, the Ith of N parts: 1/1 to %lu/%lu", name,
		escape_show_str(&shown, text), most, most);
}

int
option_millionths(const char *name, const char *text, unsigned long max_units,
	unsigned long *out, struct err *err)
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
		"%s %s: want a number from 0 to %lu with up to six decimal "
		"places",
		name, escape_show_str(&shown, text), max_units);
}

int
option_output(const struct settings *settings, bool *json, struct err *err)
{
	struct escaped_name shown;

	*json = strcmp(settings->output, "json") == 0;
	if (*json || strcmp(settings->output, "text") == 0)
		return 0;
	return err_set(err, ERR_USAGE, "--output %s: want text or json",
		escape_show_str(&shown, settings->output));
}
