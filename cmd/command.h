/* The commands: each parses its arguments, calls the libraries, prints. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include <stdbool.h>

/* Exit statuses of edgediff's own commands. */
enum exit_status {
	EXIT_DONE = 0, /* done, or nothing to do */
	EXIT_FAILED = 1, /* failed, and nothing was sent */
	EXIT_USAGE = 2, /* the arguments are off */
	EXIT_PENDING = 3, /* a batch was or may have been sent: run again */
	EXIT_AFTER = 4, /* accepted and recorded, then something failed */
};

struct example {
	const char *what; /* what it is for, a sentence */
	const char *line; /* as for a shell */
};

struct command {
	const char *name;
	const char *operands; /* as the usage line shows them */
	const char *summary;
	unsigned bit; /* of the options it takes: cmd/options.h */
	int (*run)(int argc, char **argv); /* argv[0] is the command's name */
	const char *description; /* sentences, for help and the manual */
	const struct example *examples; /* ended by a row without a line */
};

/* All of them, ended by a row without a name. */
extern const struct command commands[];

const struct command *command_find(const char *name);

/* What a status means for the commands whose bits it has. */
struct exit_row {
	enum exit_status status;
	const char *meaning;
	unsigned commands;
};

/* In order, ended by a row without a meaning. */
extern const struct exit_row exit_rows[];

/* Is it a status of this command? NULL stands for edgediff as a whole. */
bool exit_row_is_of(const struct exit_row *row, const struct command *command);

int command_manifest(int argc, char **argv);
int command_merge(int argc, char **argv);
int command_diff(int argc, char **argv);
int command_plan(int argc, char **argv);
int command_invalidate(int argc, char **argv);
int command_status(int argc, char **argv);
int command_help(int argc, char **argv);

/* All about one command, on standard output. */
int help_print_command(const struct command *command);

#endif
