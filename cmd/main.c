/* Sets up the process and runs the command that the arguments name. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/closest.h"
#include "base/escape.h"
#include "cmd/awscli/awscli.h"
#include "cmd/command.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/exit_status.h"
#include "cmd/help.h"

typedef int command_fn(int argc, char **argv);

/*
 * The functions that run the commands. They are not in cmd/commands.c, so that
 * help can be linked without them.
 */
static const struct {
	const char *name;
	command_fn *run;
} runners[] = {
	{"announce", command_announce},
	{"diff", command_diff},
	{"help", command_help},
	{"inspect", command_inspect},
	{"verify", command_verify},
	{"invalidate", command_invalidate},
	{"manifest", command_manifest},
	{"merge", command_merge},
	{"plan", command_plan},
	{"status", command_status},
	{"version", command_version},
	/* options that ask for a command */
	{"--help", command_help},
	{"-h", command_help},
	{"--version", command_version},
	{"-V", command_version},
};

/* The option or command that may have been meant, or where they are listed. */
static int
fail_unknown(const char *word)
{
	bool option = word[0] == '-';
	struct closest closest;
	struct escaped_name shown;
	size_t i;

	closest_init(&closest, word, strcspn(word, "="));
	for (i = 0; i < sizeof(runners) / sizeof(runners[0]); i++)
		if (option == (runners[i].name[0] == '-'))
			closest_offer(&closest, runners[i].name);
	if (!option)
		awscli_offer(&closest);
	escape_show_str(&shown, word);
	if (closest.found)
		log_error("unknown %s '%s': did you mean %s?",
			option ? "option" : "command", shown.text,
			closest.found);
	else if (option)
		log_error("unknown option '%s': expected a command first; "
			  "'edgediff help' lists them",
			shown.text);
	else
		log_error("unknown command '%s': 'edgediff help' lists them",
			shown.text);
	return EXIT_USAGE;
}

static int
fail_without_command(void)
{
	struct err err = ERR_INIT;

	help_print_commands();
	if (output_finish(&err) != 0)
		exit_status_log(&err);
	log_error("no command: expected one of these");
	return EXIT_USAGE;
}

static command_fn *
find_runner(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(runners) / sizeof(runners[0]); i++)
		if (strcmp(runners[i].name, name) == 0)
			return runners[i].run;
	return NULL;
}

/*
 * If one of the descriptors 0 to 2 is closed, the next file to be opened would
 * get its number, and the text that is meant for a person.
 */
static void
hold_standard_descriptors(void)
{
	int fd;

	/* for the wrong direction, so that using it fails as it must */
	for (fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
			open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) !=
				fd) {
			log_error("cannot open /dev/null: %s", strerror(errno));
			exit(EXIT_FAILED);
		}
}

/*
 * libarchive converts the date of each entry in a zip, and the C library then
 * looks each time if the machine's time zone has changed, unless TZ is set. This
 * sets it to that zone.
 */
static void
keep_zone(void)
{
	setenv("TZ", ":/etc/localtime", 0);
}

/*
 * Names are UTF-8, whatever the user's locale is; a write to a closed pipe or
 * past the limit of a file's size is an error, not a signal; and there is no
 * core file, since it could contain credentials.
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
	command_fn *run;

	set_up_process();
	if (argc < 2)
		return fail_without_command();
	run = find_runner(argv[1]);
	if (!run && awscli_knows(argv[1]))
		return awscli_run(argc - 1, argv + 1);
	if (!run)
		return fail_unknown(argv[1]);
	keep_zone();
	return run(argc - 1, argv + 1);
}
