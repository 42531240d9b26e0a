/* edgediff version: prints the versions of edgediff and its libraries. */
#include "cmd/command.h"

#include "cmd/arguments.h"
#include "cmd/console/output.h"
#include "cmd/console/versions.h"

int
command_version(int argc, char **argv)
{
	struct arguments arguments;
	struct err err = ERR_INIT;
	int status;

	if (!arguments_take(&arguments, "version", argc, argv, 0, &status))
		return status;
	versions_print();
	status = output_finish(&err) == 0 ? EXIT_DONE : exit_status_log(&err);
	arguments_release(&arguments);
	return status;
}
