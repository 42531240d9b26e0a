/*
 * The table of edgediff's own commands: main, help, the manual and completions
 * read it. cmd/command.h has the functions that run them.
 */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

struct example {
	const char *what; /* a sentence */
	const char *line; /* as for a shell */
};

struct command {
	const char *name;
	const char *operands; /* as the usage line shows them */
	const char *summary;
	unsigned bit; /* FOR_..., of its options; 0 if it has none */
	const char *description; /* sentences, for help and the manual */
	const struct example *examples; /* the last row has no line */
};

/* In the order of the manual; the last row has no name. */
extern const struct command commands[];

/* NULL if no command has this name. */
const struct command *command_find(const char *name);

#endif
