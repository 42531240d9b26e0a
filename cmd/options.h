/*
 * What an option is, and the values that a command was given.
 *
 * cmd/option_rows.h has the table of all options, cmd/option_parser.h reads the
 * command line, cmd/config.h reads edgediff.conf, and cmd/settings.h keeps the
 * values.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/string_list.h"

/* The commands that take an option. */
enum {
	FOR_MANIFEST = 1 << 0,
	FOR_DIFF = 1 << 1,
	FOR_PLAN = 1 << 2,
	FOR_INVALIDATE = 1 << 3,
	FOR_STATUS = 1 << 4,
	FOR_MERGE = 1 << 5,
	FOR_VERSION = 1 << 6,
	FOR_ANNOUNCE = 1 << 7,
	FOR_INSPECT = 1 << 8,
	FOR_VERIFY = 1 << 9,

	/* It concerns a single run, so edgediff.conf cannot have it. */
	PER_RUN = 1 << 16,
};

/*
 * The value of each option, as text: NULL or an empty list if it was not given
 * and has no default. Strings are borrowed.
 */
struct settings {
	/* the build */
	const char *root;
	struct string_list exclude;
	bool no_follow;
	const char *jobs;
	const char *cache;
	bool no_cache;
	const char *shard;
	bool partial;
	struct string_list allow;

	/* the plan */
	const char *prefix;
	const char *index_document;
	const char *index_urls;
	bool clean_urls;
	bool query_strings;
	bool skip_added;
	struct string_list immutable;
	struct string_list never_widen;
	struct string_list fallback;
	const char *doubtful;
	const char *max_paths;
	const char *max_wildcards;
	const char *collateral_cost;
	const char *foreign_cost;
	const char *inspect;
	struct string_list expect_alias;
	const char *explain;

	/* the differences */
	bool name_only;
	bool null;
	const char *filter;

	/* the deployment */
	const char *config;
	struct string_list sections; /* --distribution: names of its sections */
	const char *distribution;
	const char *alias;
	const char *bucket;
	const char *save;
	const char *baseline;
	const char *first_run;
	bool allow_empty;
	bool dry_run;
	const char *reviewed;
	const char *stamp;
	const char *depfile;
	bool wait;
	const char *wait_timeout;
	const char *lock_timeout;
	bool no_history;
	const char *check_upload;
	const char *check_wait;

	/* what the edge serves */
	bool verify;
	const char *old;
	const char *url;
	struct string_list resolve;
	struct string_list header; /* secrets: never printed */
	const char *verify_requests;
	const char *verify_bytes;

	/* AWS */
	const char *profile;
	const char *region;
	const char *endpoint_url;
	const char *ca_bundle;
	const char *s3_addressing_style;

	/* output */
	struct string_list report;
	const char *output;
	bool quiet, verbose;
	bool help;

	struct string_list off; /* names of the flags given as false */

	/*
	 * The section of edgediff.conf that values may come from; `file` is
	 * NULL if there is none. Such a value points to the entry's own text,
	 * so that settings_blame can find its line by the address.
	 */
	struct {
		const char *file, *section;
		const struct ini *ini;
	} source;
};

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_LIST };

struct option_row {
	const char *name; /* with its two dashes */
	const char *value; /* what help calls the value; NULL for a flag */
	const char *fallback; /* the default value, or NULL */
	const char *help;
	enum option_kind kind;
	size_t offset; /* into struct settings */
	unsigned commands; /* FOR_... */
};

#endif
