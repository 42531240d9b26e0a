/* Parses a command's arguments, or says what is wrong with them. */
#include "cmd/arguments.h"

#include <stdlib.h>

#include "base/name.h"
#include "cmd/output.h"

bool
arguments_take(struct arguments *arguments, const char *name, int argc,
	char **argv, int operand_count, int *status)
{
	const struct command *command = command_find(name);
	struct settings *settings = &arguments->settings;
	struct err err = ERR_INIT;
	struct shown_name shown;
	int count = 0, rc = -1;

	*settings = (struct settings){0};
	arguments->operands = calloc((size_t)argc + 1, sizeof(char *));
	if (!arguments->operands)
		err_memory(&err);
	else if (options_parse(settings, command->bit, argc, argv,
			 arguments->operands, &count, &err) == 0)
		rc = option_output(settings, &arguments->json, &err);
	if (rc == 0 && settings->help) {
		*status = help_print_command(command);
		arguments_release(arguments);
		return false;
	}
	if (rc == 0 && count > operand_count)
		rc = err_set(&err, ERR_USAGE, "one argument too many: '%s'",
			name_show_str(
				&shown, arguments->operands[operand_count]));
	if (rc == 0 && count < operand_count)
		rc = err_set(&err, ERR_USAGE,
			"too few arguments: edgediff %s %s", name,
			command->operands);
	if (rc == 0)
		return true;
	*status = talk_failure(&err);
	arguments_release(arguments);
	return false;
}

void
arguments_release(struct arguments *arguments)
{
	settings_release(&arguments->settings);
	free(arguments->operands);
	arguments->operands = NULL;
}
