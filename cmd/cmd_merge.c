/* edgediff merge MANIFEST...: prints one manifest for a build hashed in parts. */
#include "cmd/command.h"

#include <stdlib.h>

#include "cmd/arguments.h"
#include "cmd/console/output.h"
#include "cmd/exit_status.h"
#include "manifest/merge.h"

/*
 * The folder for rounds of merging, if there are too many manifests to read at
 * once.
 */
static const char *
temporary_folder(void)
{
	const char *folder = getenv("TMPDIR");

	return folder && *folder ? folder : "/tmp";
}

int
command_merge(int argc, char **argv)
{
	struct arguments arguments;
	struct err err = ERR_INIT;
	int status, rc;

	if (!arguments_take_some(&arguments, "merge", argc, argv, &status))
		return status;
	rc = merge_manifests(arguments.operands, arguments.count,
		arguments.settings.partial, temporary_folder(), output_emit,
		NULL, &err);
	if (rc == 0)
		rc = output_finish(&err);
	status = rc == 0 ? EXIT_DONE : exit_status_log(&err);
	arguments_release(&arguments);
	return status;
}
