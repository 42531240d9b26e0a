/*
 * edgediff.conf: options that are kept in a file, for each distribution.
 *
 *	# for all sections
 *	index-urls = file,slash,bare
 *
 *	[docs]
 *	distribution-id = EDFDVBD6EXAMPLE
 *	prefix = /docs/
 *	clean-urls = true
 *	exclude = drafts/
 *	exclude = *.map
 *
 * --distribution names a section. A key is an option's name without its dashes.
 * The value of a flag is true or false; an option that is a list is repeated. A
 * section's keys override those above the first section, and the command line
 * overrides both; a list replaces the other list. Paths are relative to the
 * current folder, as on the command line. Options that concern a single run
 * (--dry-run, --output) are for the command line only.
 */
#ifndef CMD_CONFIG_H
#define CMD_CONFIG_H

#include "base/ini.h"
#include "cmd/arguments.h"

/* The file that is read unless --config names another. */
#define CONFIG_PATH "edgediff.conf"

enum {
	SECTIONS_MAX = 1000, /* that one command can name */
};

struct config {
	const char *path; /* borrowed; NULL if no section was named */
	struct ini ini;
};

/*
 * If the command line names sections, read the file, and check that it has them
 * and that all its keys are valid. ERR_USAGE names the file and the line.
 * Release it even after a failure.
 */
int config_open(
	struct config *config, const struct settings *given, struct err *err);
void config_release(struct config *config);

/*
 * Read edgediff.conf though no section was named, for what its sections may
 * tell. The config is empty if there is no such file, or it has a mistake.
 */
void config_open_unnamed(struct config *config);

/* The name of the section with this index; NULL if there are not as many. */
const char *config_section(const struct config *config, size_t index);

/*
 * If several sections are named, refuse the options that only make sense for
 * one distribution.
 */
int config_check_several(const struct settings *given, struct err *err);

/*
 * Make the settings of a section (NULL: none) for the command with this FOR_
 * bit: the defaults, overlaid with the file, overlaid with the command line. They
 * borrow from `config` and `given`. Release them even after a failure.
 */
int config_settings(const struct config *config, const char *section,
	unsigned bit, const struct settings *given, struct settings *out,
	struct err *err);

/*
 * config_open, then config_settings into arguments->settings, for a command
 * that takes at most one section.
 */
int config_take_one(struct config *config, struct arguments *arguments,
	unsigned bit, struct err *err);

#endif
