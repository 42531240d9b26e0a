/*
 * What the environment and AWS's two files say, in the order of the SDKs: an
 * option, then a variable, then the active profile. Everything that talks to
 * AWS reads its settings here; the files are read once.
 *
 *   AWS_CONFIG_FILE, else ~/.aws/config: [default], [profile NAME] (NAME may
 *   be quoted), [services NAME]; other sections are not looked at
 *   AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials: [NAME]; its keys
 *   take the place of those the same profile has in the config file
 *
 * A file that is not there, or is no regular one such as /dev/null, is an
 * empty one. Beyond botocore: a variable that is set to nothing is as unset,
 * and a file that is there but can't be opened is an error.
 */
#ifndef AWS_CONFIG_H
#define AWS_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/ini.h"

enum {
	CONFIG_PATH_MAX = 4096, /* PATH_MAX */
	REGION_MAX = 63, /* a label of a host's name */
	ATTEMPTS_MAX = 100, /* with 20 s each, over half an hour for one call */
};

/* The process environment, handed in so that tests can make their own. */
struct environment {
	const char *(*get)(void *context, const char *name); /* NULL: unset */
	void *context;
};

/* A variable's value; NULL where it is unset or empty. */
const char *environment_get(
	const struct environment *environment, const char *name);

/* What the command line says; NULL where it says nothing. */
struct aws_options {
	const char *profile;
	const char *region;
	const char *ca_bundle;
};

/* A section of the config file that has a name of its own. */
struct config_section {
	const char *kind; /* profile or services */
	const char *name;
	const char *section; /* as it stands in the file */
};

struct aws_config {
	const struct environment *environment;
	struct ini config, credentials;
	struct config_section *sections; /* in the file's order */
	size_t section_count;
	struct arena texts; /* what follows, and the sections' names */

	const char *profile; /* the active one's name: "default" for none */
	bool profile_by_option; /* then the environment's keys don't count */
	const char *region; /* NULL: none is set; a refused one too */
	const char *ca_bundle; /* a file, or NULL for the system's */
	int max_attempts; /* for each call */
	bool fips, dualstack; /* which of AWS's own endpoints */
};

/*
 * `options` is borrowed for this call, `environment` until the release, which
 * is due after a failure too. ERR_USAGE for a region that is none, ERR_INPUT
 * for a profile that isn't there, a setting that can't be, a broken file.
 */
int aws_config_load(struct aws_config *config,
	const struct environment *environment,
	const struct aws_options *options, struct err *err);

/* Read both files again, for what has changed in them; settings stay. */
int aws_config_reload(struct aws_config *config, struct err *err);
void aws_config_release(struct aws_config *config);

/* A label of a host's name, and not a number. */
bool aws_config_is_region(const char *region);

bool aws_config_has_profile(
	const struct aws_config *config, const char *profile);

/* A key of a profile, of both files or of one; NULL where it is not there. */
const char *aws_config_of(
	const struct aws_config *config, const char *profile, const char *key);
const char *aws_config_of_credentials_file(
	const struct aws_config *config, const char *profile, const char *key);
const char *aws_config_of_config_file(
	const struct aws_config *config, const char *profile, const char *key);

/* A variable (NULL: there is none), else the active profile's key. */
const char *aws_config_get(
	const struct aws_config *config, const char *variable, const char *key);

/* The same as a yes or no: "true", whatever the case, is yes. */
bool aws_config_is_true(
	const struct aws_config *config, const char *variable, const char *key);

/*
 * The same as a whole number; `fallback` where it is not set, ERR_INPUT where
 * it is none from min to max.
 */
int aws_config_number(const struct aws_config *config, const char *variable,
	const char *key, long min, long max, long fallback, long *out,
	struct err *err);

/*
 * Append a key of a nested section: of the active profile's `outer`, or of
 * `outer` in the [services] section that the profile names. False where it is
 * not there.
 */
bool aws_config_nested(const struct aws_config *config, struct buf *out,
	const char *outer, const char *key);
bool aws_config_service(const struct aws_config *config, struct buf *out,
	const char *outer, const char *key);

#endif
