/* Parses a command's arguments, or says what is wrong with them. */
#include "cmd/arguments.h"

#include <limits.h>
#include <stdlib.h>

#include "base/escape.h"
#include "cmd/console/output.h"

static bool
take(struct arguments *arguments, const char *name, int argc, char **argv,
	int least, int most, int *status)
{
	const struct command *command = command_find(name);
	struct settings *settings = &arguments->settings;
	struct err err = ERR_INIT;
	struct escaped_name shown;
	int count = 0, rc = -1;

	arguments->given = (struct settings){0};
	settings_default(settings);
	arguments->operands = calloc((size_t)argc + 1, sizeof(char *));
	if (!arguments->operands)
		err_memory(&err);
	else if (options_parse(&arguments->given, command->bit, argc, argv,
			 arguments->operands, &count, &err) == 0 &&
		 settings_overlay(settings, &arguments->given, &err) == 0)
		rc = option_output(settings, &arguments->json, &err);
	/* where an argument is wrong, by those that stand before it */
	log_set_level(arguments->given.quiet     ? LOG_WARNING
		      : arguments->given.verbose ? LOG_DEBUG
						 : LOG_INFO);
	if (rc == 0 && settings->quiet && settings->verbose)
		rc = err_set(&err, ERR_USAGE,
			"--quiet and --verbose don't go together");
	if (rc == 0 && settings->help) {
		*status = help_print_command(command);
		arguments_release(arguments);
		return false;
	}
	if (rc == 0 && count > most)
		rc = err_set(&err, ERR_USAGE, "one argument too many: '%s'",
			escape_show_str(&shown, arguments->operands[most]));
	if (rc == 0 && count < least)
		rc = err_set(&err, ERR_USAGE,
			"too few arguments: edgediff %s %s", name,
			command->operands);
	arguments->count = (size_t)count;
	if (rc == 0)
		return true;
	*status = log_failure(&err);
	arguments_release(arguments);
	return false;
}

bool
arguments_take(struct arguments *arguments, const char *name, int argc,
	char **argv, int operand_count, int *status)
{
	return take(arguments, name, argc, argv, operand_count, operand_count,
		status);
}

bool
arguments_take_some(struct arguments *arguments, const char *name, int argc,
	char **argv, int *status)
{
	return take(arguments, name, argc, argv, 1, INT_MAX, status);
}

void
arguments_release(struct arguments *arguments)
{
	settings_release(&arguments->settings);
	settings_release(&arguments->given);
	free(arguments->operands);
	arguments->operands = NULL;
}
