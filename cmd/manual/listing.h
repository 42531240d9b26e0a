/*
 * The tables of commands and options, in one form for the manual and the
 * completions: those of edgediff itself (cmd/command.h, cmd/options.h) and
 * those of the stand-in for the AWS CLI (cmd/awscli/operations.h).
 */
#ifndef CMD_MANUAL_LISTING_H
#define CMD_MANUAL_LISTING_H

#include <stdbool.h>
#include <stddef.h>

enum {
	LISTING_OPTIONS_MAX = 96, /* of a command */
	LISTING_COMMANDS_MAX = 32,
	LISTING_WORDS_SIZE = 128, /* "wait invalidation-completed", with NUL */
};

/* What can be completed as an option's value. */
enum listing_value {
	LISTING_FLAG, /* nothing: it takes no value */
	LISTING_TEXT,
	LISTING_CHOICE, /* one of a few words */
	LISTING_FILE,
	LISTING_FOLDER,
	LISTING_SECTION, /* of edgediff.conf */
};

struct listing_option {
	const char *name; /* with its two dashes */
	const char *letter; /* the same with one dash, or NULL */
	const char *value; /* as the help shows it; NULL for a flag */
	const char *fallback; /* the default, or NULL */
	const char *help;
	bool required;
	bool repeatable;
	bool per_run; /* cannot be a key of edgediff.conf */
	bool global; /* every command of the stand-in takes it */
	enum listing_value kind;
	char choices[80]; /* of LISTING_CHOICE, separated by blanks */
};

struct listing_command {
	const char *group; /* "wait", or NULL */
	const char *name;
	const char *summary;
	const char *operands; /* as in the usage; of a stand-in, an example */
	bool stand_in; /* for the AWS CLI */
	bool takes_files; /* as operands */
	struct listing_option options[LISTING_OPTIONS_MAX];
	size_t count;
};

struct listing {
	struct listing_command commands[LISTING_COMMANDS_MAX];
	size_t count;
};

/*
 * List the commands in the order of `edgediff help`, with the options that the
 * help shows. Borrows from the tables. Ends the process if they have outgrown
 * one of the maxima above.
 */
void listing_make(struct listing *listing);

/* The end of the commands, for loops. */
const struct listing_command *listing_end(const struct listing *listing);

/* How a command is typed: "wait invalidation-completed", or its name. */
const char *listing_command_words(
	const struct listing_command *command, char words[LISTING_WORDS_SIZE]);

#endif
