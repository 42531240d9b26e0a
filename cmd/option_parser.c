/* Reads a command's arguments according to the table of options. */
#include "cmd/option_parser.h"

#include <string.h>

#include "base/closest.h"
#include "base/escape.h"
#include "cmd/option_rows.h"
#include "cmd/settings.h"

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

/* The long name of a one-letter option. */
static const char *
long_name(const char *arg)
{
	if (strcmp(arg, "-h") == 0)
		return "--help";
	return strcmp(arg, "-0") == 0 ? "--null" : arg;
}

static int
fail_unknown(const struct command *command, const char *arg, size_t len,
	struct err *err)
{
	const struct option_row *row;
	struct closest closest;
	struct escaped_name shown;

	closest_init(&closest, arg, len);
	for (row = option_rows; row->name; row++)
		if (row->commands & command->bit)
			closest_offer(&closest, row->name);
	escape_show(&shown, arg, len);
	if (closest.found)
		return err_set(err, ERR_USAGE,
			"unknown option %s: did you mean %s?", shown.text,
			closest.found);
	return err_set(err, ERR_USAGE,
		"unknown option %s: 'edgediff help %s' lists the options of %s",
		shown.text, command->name, command->name);
}

/*
 * The value from the next argument, unless that is an option itself: then the
 * value was forgotten, and the option must not be lost. NULL if there is none.
 */
static const char *
next_value(unsigned bit, int argc, char **argv, int *i)
{
	const char *next = *i + 1 < argc ? argv[*i + 1] : NULL;

	if (!next || find_row(next, strcspn(next, "="), bit))
		return NULL;
	++*i;
	return next;
}

/* Read the option at argv[*i], and its value from the next argument if needed. */
static int
take_option(struct settings *settings, const struct command *command, int argc,
	char **argv, int *i, struct err *err)
{
	const char *arg = long_name(argv[*i]);
	const char *equals = strchr(arg, '='), *value;
	size_t len = equals ? (size_t)(equals - arg) : strlen(arg);
	const struct option_row *row = find_row(arg, len, command->bit);

	if (!row)
		return fail_unknown(
			command, argv[*i], strcspn(argv[*i], "="), err);
	if (row->kind == OPTION_FLAG)
		return settings_set(
			settings, row, equals ? equals + 1 : "true", err);
	value = equals ? equals + 1 : next_value(command->bit, argc, argv, i);
	if (!value)
		return err_set(err, ERR_USAGE, "%s needs a value: %s %s",
			row->name, row->name, row->value);
	return settings_set(settings, row, value, err);
}

int
option_parse(struct settings *settings, const struct command *command, int argc,
	char **argv, const char **operands, int *operand_count, struct err *err)
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
		else if (take_option(settings, command, argc, argv, &i, err) !=
			 0)
			return -1;
	}
	return 0;
}
