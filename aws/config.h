/*
 * The settings in the environment and in AWS's two files. As in the SDKs, an
 * option comes before a variable, and a variable before the active profile.
 * Everything that uses AWS gets its settings from here, and the files are read
 * once.
 *
 *   AWS_CONFIG_FILE, by default ~/.aws/config: [default], [profile NAME] (NAME
 *   may be quoted), [services NAME] and [sso-session NAME]; other sections are
 *   ignored
 *   AWS_SHARED_CREDENTIALS_FILE, by default ~/.aws/credentials: [NAME]; its
 *   keys override those of the same profile in the config file
 *
 * A file that is missing, or is not a regular file, such as /dev/null, counts
 * as empty. Unlike in botocore, an empty variable counts as unset, and a file
 * that exists but can't be opened is an error.
 */
#ifndef AWS_CONFIG_H
#define AWS_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "aws/environment.h"
#include "base/arena.h"
#include "base/ini.h"

enum {
	REGION_MAX = 63, /* a label of a host name */
	ATTEMPTS_MAX = 100, /* at 20 s each, half an hour for one call */
};

/* Options of the command line; NULL for those that are not given. */
struct aws_options {
	const char *profile;
	const char *region;
	const char *ca_bundle;
	bool like_sdk; /* messages are botocore's, and add no advice */
};

/* A named section of the config file. */
struct config_section {
	const char *kind; /* profile, services or sso-session */
	const char *name;
	const char *section; /* its heading in the file */
};

struct aws_config {
	const struct environment *environment;
	struct ini config, credentials;
	struct config_section *sections; /* in the file's order */
	size_t section_count;
	struct arena texts; /* owns what follows, and the sections' names */

	const char *profile; /* the active one; "default" if none is named */
	bool profile_by_option; /* if so, keys in the environment don't count */
	const char *region; /* NULL if not set */
	const char *ca_bundle; /* a file; NULL for the system's */
	int max_attempts; /* for each call */
	bool like_sdk; /* see struct aws_options */
	bool fips, dualstack; /* which of AWS's own endpoints */
};

/*
 * Load the configuration. `options` is borrowed for this call, and
 * `environment` until the release. Release the configuration even after a
 * failure. Fails with ERR_USAGE if the region is malformed, and with ERR_INPUT
 * if the profile is missing, a setting is out of range or a file is broken.
 */
int aws_config_load(struct aws_config *config,
	const struct environment *environment,
	const struct aws_options *options, struct err *err);

/* Read both files again. Profile, region and the rest stay as they are. */
int aws_config_reload(struct aws_config *config, struct err *err);
void aws_config_release(struct aws_config *config);

/* Is this a valid label of a host name, and not just a number? */
bool aws_config_is_region(const char *region);

bool aws_config_has_profile(
	const struct aws_config *config, const char *profile);

/*
 * Append to an error about a profile that does not exist where it was looked
 * for, unless messages are the SDK's. Returns -1.
 */
int aws_config_searched(
	const struct aws_config *config, const char *profile, struct err *err);

/*
 * The value of a profile's key, or NULL: from both files, the credentials file
 * first, or from one of them. Borrowed until the next reload.
 */
const char *aws_config_in_profile(
	const struct aws_config *config, const char *profile, const char *key);
const char *aws_config_in_credentials_file(
	const struct aws_config *config, const char *profile, const char *key);
const char *aws_config_in_config_file(
	const struct aws_config *config, const char *profile, const char *key);

/*
 * The value of a variable (NULL to skip it), or else of the active profile's
 * key (NULL to skip it). Returns NULL if the value is missing, empty or a
 * nested section.
 */
const char *aws_config_get(
	const struct aws_config *config, const char *variable, const char *key);

/* The same as a boolean: true if the value is "true" in upper or lower case. */
bool aws_config_is_true(
	const struct aws_config *config, const char *variable, const char *key);

/*
 * The same as a whole number, or `fallback` if it is not set. Fails with
 * ERR_INPUT if the value is not a number from `min` to `max`.
 */
int aws_config_number(const struct aws_config *config, const char *variable,
	const char *key, long min, long max, long fallback, long *out,
	struct err *err);

/*
 * Append the value of a key in a nested section: in `outer` of the active
 * profile, or in `outer` of the [services] section that the profile names.
 * Returns false if it is missing.
 */
bool aws_config_nested(const struct aws_config *config, struct buf *out,
	const char *outer, const char *key);
bool aws_config_service(const struct aws_config *config, struct buf *out,
	const char *outer, const char *key);

/* The [services] section that the profile names, if there is none; or NULL. */
const char *aws_config_missing_services(const struct aws_config *config);

/* The value of a key in an [sso-session NAME], or NULL. */
const char *aws_config_in_sso_session(
	const struct aws_config *config, const char *name, const char *key);

#endif
