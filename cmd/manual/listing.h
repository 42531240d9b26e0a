/* The tables of commands and options, in one form for the manual's makers. */
#ifndef CMD_MANUAL_LISTING_H
#define CMD_MANUAL_LISTING_H

#include <stdbool.h>
#include <stddef.h>

enum {
	OPTIONS_MAX = 96, /* of a command */
	COMMANDS_MAX = 32,
};

/* What can stand for an option's value. */
enum listing_value {
	TAKES_NOTHING, /* a flag */
	TAKES_TEXT,
	TAKES_WORD, /* one of a few */
	TAKES_FILE,
	TAKES_FOLDER,
	TAKES_SECTION, /* of edgediff.conf */
};

struct listing_option {
	const char *name; /* with its two dashes */
	const char *value; /* as help shows it; NULL for a flag */
	const char *fallback; /* the default, or NULL */
	const char *help;
	bool required;
	bool repeatable;
	bool per_run; /* and so no key of edgediff.conf */
	bool everywhere; /* all commands in place of the AWS CLI take it */
	enum listing_value takes;
	char words[80]; /* of TAKES_WORD, with a blank between them */
};

struct listing_command {
	const char *group; /* "wait", or NULL */
	const char *name;
	const char *summary;
	const char *operands; /* as the usage line shows them, or an example */
	bool stand_in; /* of the AWS CLI */
	bool takes_files; /* as operands */
	struct listing_option options[OPTIONS_MAX];
	size_t count;
};

struct listing {
	struct listing_command commands[COMMANDS_MAX];
	size_t count;
};

/*
 * The commands in the order of `edgediff help`, with the options that help
 * shows. Borrows from the tables; ends the process where they have grown past
 * the maximum.
 */
void listing_make(struct listing *listing);

/* "wait invalidation-completed", or the command's name. */
const char *listing_command_words(
	const struct listing_command *command, char room[128]);

#endif
