/* Sets the process up, then hands over to the command that is named. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/escape.h"
#include "cmd/awscli/awscli.h"
#include "cmd/command.h"
#include "cmd/console/output.h"

/*
 * A descriptor 0 to 2 that is closed would be taken by the next file opened,
 * and get what is meant for a person.
 */
static void
hold_standard_descriptors(void)
{
	int fd;

	/* read-only for output, so that writing it fails as it must */
	for (fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
			open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) !=
				fd) {
			log_error("cannot open /dev/null: %s", strerror(errno));
			exit(EXIT_FAILED);
		}
}

/*
 * libarchive makes a time of each date in a zip, for which the C library looks
 * whether the machine's zone has changed, unless a zone is named: this names
 * the one it is.
 */
static void
keep_zone(void)
{
	setenv("TZ", ":/etc/localtime", 0);
}

/*
 * UTF-8 names whatever the user's locale is; a write to a closed pipe or past
 * a file size limit is an error we see, not a signal; and no core file, since
 * it could hold credentials.
 */
static void
set_up_process(void)
{
	const struct rlimit no_core = {0, 0};

	hold_standard_descriptors();
	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_CORE, &no_core);
}

int
main(int argc, char **argv)
{
	const struct command *command;
	struct escaped_name shown;

	set_up_process();
	if (argc < 2) {
		log_error("no command: 'edgediff help' lists them");
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
		strcmp(argv[1], "--version") == 0)
		return command_help(argc - 1, argv + 1);
	command = command_find(argv[1]);
	if (!command && awscli_knows(argv[1]))
		return awscli_run(argc - 1, argv + 1);
	if (!command) {
		log_error("unknown command '%s': 'edgediff help' lists them",
			escape_show_str(&shown, argv[1]));
		return EXIT_USAGE;
	}
	keep_zone();
	return command->run(argc - 1, argv + 1);
}
