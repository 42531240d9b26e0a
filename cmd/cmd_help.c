/* edgediff help [COMMAND]: explains a command, or lists all. */
#include "cmd/command.h"

#include <string.h>

#include "base/closest.h"
#include "base/escape.h"
#include "cmd/awscli/awscli.h"
#include "cmd/awscli/awscli_help.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/exit_status.h"
#include "cmd/help.h"

static int
fail_unknown(const char *name)
{
	const struct command *command;
	struct closest closest;
	struct escaped_name shown;

	closest_init(&closest, name, strlen(name));
	for (command = commands; command->name; command++)
		closest_offer(&closest, command->name);
	awscli_offer(&closest);
	escape_show_str(&shown, name);
	if (closest.found)
		log_error("no help on '%s': did you mean %s?", shown.text,
			closest.found);
	else
		log_error("no help on '%s': 'edgediff help' lists the commands",
			shown.text);
	return EXIT_USAGE;
}

static int
fail_too_many(const char *word)
{
	struct escaped_name shown;

	log_error("one argument too many: '%s': expected edgediff help "
		  "[COMMAND]",
		escape_show_str(&shown, word));
	return EXIT_USAGE;
}

/* The command that is explained, or NULL: `help --help` explains help. */
static const struct command *
find_command(const char *name)
{
	bool help = strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0;

	return command_find(help ? "help" : name);
}

int
command_help(int argc, char **argv)
{
	const struct command *command;
	struct err err = ERR_INIT;

	command = argc > 1 ? find_command(argv[1]) : NULL;
	if (command && argc > 2)
		return fail_too_many(argv[2]);
	if (argc < 2) {
		help_print_commands();
	} else if (command) {
		help_print_command(command);
	} else if (argc > 3 ||
		   !awscli_help_print(argv[1], argc == 3 ? argv[2] : NULL)) {
		return fail_unknown(argv[1]);
	}
	return output_finish(&err) == 0 ? EXIT_DONE : exit_status_log(&err);
}
