/*
 * The options of every command, in one table: parsing, help and whatever else
 * lists them reads it.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Which commands take an option. */
enum {
	FOR_MANIFEST = 1 << 0,
	FOR_DIFF = 1 << 1,
	FOR_PLAN = 1 << 2,
	FOR_INVALIDATE = 1 << 3,
	FOR_STATUS = 1 << 4,
	FOR_MERGE = 1 << 5,

	/* It is about a run, and so in no configuration: cmd/config.h. */
	PER_RUN = 1 << 16,
};

struct string_list {
	const char **items; /* borrowed strings */
	size_t count;
};

/* What was given, as text, with the defaults where nothing was. */
struct settings {
	/* the build */
	const char *root;
	struct string_list exclude;
	const char *jobs;
	const char *cache;
	bool no_cache;
	const char *shard;

	/* the plan */
	const char *prefix;
	const char *index_document;
	const char *index_urls;
	bool clean_urls;
	bool query_strings;
	bool skip_added;
	struct string_list immutable;
	struct string_list never_widen;
	const char *doubtful;
	const char *max_paths;
	const char *max_wildcards;
	const char *collateral_cost;
	const char *explain;

	/* the differences */
	bool name_only;
	bool null;
	const char *filter;

	/* the deployment */
	const char *config;
	struct string_list sections; /* of it: --distribution */
	const char *distribution;
	const char *baseline;
	const char *first_run;
	bool allow_empty;
	bool dry_run;
	const char *reviewed;
	const char *stamp;
	const char *depfile;
	bool wait;
	const char *wait_timeout;

	/* AWS */
	const char *profile;
	const char *region;
	const char *endpoint_url;
	const char *ca_bundle;
	const char *s3_addressing_style;
	bool unverified; /* take any certificate */
	bool unsigned_requests; /* look for no credentials */
	long connect_timeout, read_timeout; /* seconds; 0 for the default */

	/* output */
	struct string_list report;
	const char *output;
	bool quiet, verbose;
	bool help;

	struct string_list off; /* flags that were given as false: names */
};

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_LIST };

struct option_row {
	const char *name; /* with its two dashes */
	const char *value; /* what the help calls its value; NULL for a flag */
	const char *fallback; /* the default, or NULL */
	const char *help;
	enum option_kind kind;
	size_t offset; /* into struct settings */
	unsigned commands;
};

/* All of them, ended by a row without a name. */
extern const struct option_row option_rows[];

/* One option's value: "true" or "false" for a flag; a list grows. ERR_USAGE. */
int settings_set(struct settings *settings, const struct option_row *row,
	const char *value, struct err *err);

/* Take it back, a default too. */
void settings_clear(struct settings *settings, const struct option_row *row);

/* Was it given, or has it a default? A flag was also where it is false. */
bool settings_has(
	const struct settings *settings, const struct option_row *row);

/* What holds where nothing is given. */
void settings_default(struct settings *settings);

/* Whatever there is in `over` takes the place of what is there. */
int settings_overlay(struct settings *settings, const struct settings *over,
	struct err *err);

/*
 * Parse `--name value`, `--name=value` (true or false for a flag, which may
 * have none), `--` and the letters -h (--help) and -0 (--null) for the command
 * of `bit`. Operands go to `operands` (room for argc).
 * The last of a repeated option wins; a list keeps them all. The settings have
 * no defaults. ERR_USAGE names the argument.
 */
int options_parse(struct settings *settings, unsigned bit, int argc,
	char **argv, const char **operands, int *operand_count,
	struct err *err);
void settings_release(struct settings *settings);

/* Strict numbers: ERR_USAGE names the option and the range. */
int option_number(const char *name, const char *text, unsigned long min,
	unsigned long max, unsigned long *out, struct err *err);

/* "I/N": the Ith of N (1 to `most`) parts. */
int option_part(const char *name, const char *text, unsigned long most,
	unsigned long *part, unsigned long *parts, struct err *err);

/* A decimal with up to six places, in millionths. */
int option_millionths(const char *name, const char *text,
	unsigned long max_units, unsigned long *out, struct err *err);

/* "text" or "json". */
int option_output(const struct settings *settings, bool *json, struct err *err);

#endif
