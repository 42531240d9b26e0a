/* edgediff help, --help, version and --version. */
#include "cmd/command.h"

#include <string.h>

#include "base/closest.h"
#include "base/escape.h"
#include "cmd/awscli/awscli.h"
#include "cmd/awscli/awscli_help.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/console/versions.h"
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

static bool
asks_for_version(const char *word)
{
	return strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0 ||
	       strcmp(word, "version") == 0;
}

int
command_help(int argc, char **argv)
{
	const struct command *command;
	struct err err = ERR_INIT;

	command = argc == 2 ? command_find(argv[1]) : NULL;
	if (asks_for_version(argv[0])) {
		versions_print();
	} else if (argc < 2) {
		help_print_commands();
	} else if (command) {
		help_print_command(command);
	} else if (argc > 3 ||
		   !awscli_help_print(argv[1], argc == 3 ? argv[2] : NULL)) {
		return fail_unknown(argv[1]);
	}
	return output_finish(&err) == 0 ? EXIT_DONE : exit_status_log(&err);
}
