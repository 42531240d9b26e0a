/*
 * edgediff.conf: options that are kept in a file, for each distribution.
 *
 *	# for all of them
 *	index-urls = file,slash,bare
 *
 *	[docs]
 *	distribution-id = EDFDVBD6EXAMPLE
 *	prefix = /docs/
 *	clean-urls = true
 *	exclude = drafts/
 *	exclude = *.map
 *
 * A section is named by --distribution. A key is an option's name without its
 * dashes; a flag's value is true or false; an option that is repeatable is
 * repeated. A section's keys win over those above the first section, and the
 * command line over both: a list replaces the other's. Paths are relative to
 * the current folder, as on the command line. Options about a run (--dry-run,
 * --output) stand on the command line only.
 */
#ifndef CMD_CONFIG_H
#define CMD_CONFIG_H

#include "base/ini.h"
#include "cmd/arguments.h"

/* What is read where --config names no other file. */
#define CONFIG_PATH "edgediff.conf"

enum {
	SECTIONS_MAX = 1000, /* that a command can be given */
};

struct config {
	const char *path; /* borrowed; NULL where no section is named */
	struct ini ini;
};

/*
 * Read the file where the command line names sections, and check them, and the
 * keys of all. ERR_USAGE names file and line. Release in any case.
 */
int config_open(
	struct config *config, const struct settings *given, struct err *err);
void config_release(struct config *config);

/*
 * Where several sections are named, refuse the options that would be the same
 * for all of them.
 */
int config_check_several(const struct settings *given, struct err *err);

/*
 * The settings of a section, NULL for none, for the command of `bit`: the
 * defaults, the file, the command line. They borrow the file's texts. Release
 * in any case.
 */
int config_settings(const struct config *config, const char *section,
	unsigned bit, const struct settings *given, struct settings *out,
	struct err *err);

/*
 * Both at once, for a command that takes one section at most: the arguments'
 * settings are those.
 */
int config_take_one(struct config *config, struct arguments *arguments,
	unsigned bit, struct err *err);

/*
 * Say where the value that an error is about stands, if it is in the file:
 * ERR_USAGE, whose message begins with the option's name. Returns -1.
 */
int config_blame(const struct config *config, const char *section,
	const struct settings *given, struct err *err);

#endif
