/* edgediff help, --help and --version. */
#include "cmd/command.h"

#include <string.h>

#include "base/escape.h"
#include "cmd/awscli/awscli_help.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/console/versions.h"
#include "cmd/exit_status.h"
#include "cmd/help.h"

int
command_help(int argc, char **argv)
{
	const struct command *command;
	struct escaped_name shown;
	struct err err = ERR_INIT;

	command = argc == 2 ? command_find(argv[1]) : NULL;
	if (strcmp(argv[0], "--version") == 0) {
		versions_print();
	} else if (argc < 2) {
		help_print_commands();
	} else if (command) {
		help_print_command(command);
	} else if (argc > 3 ||
		   !awscli_help_print(argv[1], argc == 3 ? argv[2] : NULL)) {
		log_error("no help on '%s': 'edgediff help' lists the commands",
			escape_show_str(&shown, argv[1]));
		return EXIT_USAGE;
	}
	return output_finish(&err) == 0 ? EXIT_DONE : exit_status_log(&err);
}
