/* Parses and checks a command's arguments. */
#include "cmd/arguments.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "cmd/commands.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/exit_status.h"
#include "cmd/help.h"
#include "cmd/option_parser.h"
#include "cmd/settings.h"

static int
read_output(struct arguments *arguments, const struct command *command,
	struct err *err)
{
	const char *output = arguments->settings.output;
	bool plans = command->bit & (FOR_PLAN | FOR_INVALIDATE);
	struct escaped_name shown;

	arguments->json = strcmp(output, "json") == 0;
	arguments->paths = plans && strcmp(output, "paths") == 0;
	if (arguments->json || arguments->paths || strcmp(output, "text") == 0)
		return 0;
	return err_set(err, ERR_USAGE, "--output %s: expected %s",
		escape_show_str(&shown, output),
		plans ? "text, json or paths" : "text or json");
}

static int
parse(struct arguments *arguments, const struct command *command, int argc,
	char **argv, struct err *err)
{
	struct settings *given = &arguments->given;
	struct settings *settings = &arguments->settings;
	int count = 0, rc;

	*given = (struct settings){0};
	settings_default(settings);
	arguments->operands = calloc((size_t)argc + 1, sizeof(char *));
	if (!arguments->operands)
		return err_memory(err);
	rc = option_parse(
		given, command, argc, argv, arguments->operands, &count, err);
	arguments->count = (size_t)count;
	/* if an argument is wrong, those before it decide what is logged */
	log_set_level(given->quiet     ? LOG_WARNING
		      : given->verbose ? LOG_DEBUG
				       : LOG_INFO);
	if (rc != 0 || settings_overlay(settings, given, err) != 0 ||
		read_output(arguments, command, err) != 0)
		return -1;
	if (settings->quiet && settings->verbose)
		return err_set(err, ERR_USAGE,
			"--quiet and --verbose cannot be combined");
	return 0;
}

static int
check_operands(const struct arguments *arguments, const struct command *command,
	size_t min, size_t max, struct err *err)
{
	struct escaped_name shown;

	if (arguments->count > max)
		return err_set(err, ERR_USAGE,
			"one argument too many: '%s': expected edgediff %s%s%s",
			escape_show_str(&shown, arguments->operands[max]),
			command->name, command->operands[0] ? " " : "",
			command->operands);
	if (arguments->count < min)
		return err_set(err, ERR_USAGE,
			"too few arguments: edgediff %s %s", command->name,
			command->operands);
	return 0;
}

static bool
take(struct arguments *arguments, const char *name, int argc, char **argv,
	size_t min, size_t max, int *status)
{
	const struct command *command = command_find(name);
	struct err err = ERR_INIT;
	int rc;

	assert(command);
	rc = parse(arguments, command, argc, argv, &err);

	if (rc == 0 && arguments->settings.help) {
		help_print_command(command);
		rc = output_finish(&err);
		*status = rc == 0 ? EXIT_DONE : exit_status_log(&err);
		arguments_release(arguments);
		return false;
	}
	if (rc == 0)
		rc = check_operands(arguments, command, min, max, &err);
	if (rc == 0)
		return true;
	*status = exit_status_log(&err);
	arguments_release(arguments);
	return false;
}

bool
arguments_take(struct arguments *arguments, const char *name, int argc,
	char **argv, size_t operand_count, int *status)
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
