/* Reads the options that say what to connect to. */
#include "cmd/connect.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/hex.h"
#include "base/percent.h"
#include "base/sha256.h"
#include "base/version.h"
#include "cmd/console/log.h"
#include "cmd/console/signals.h"
#include "cmd/console/system.h"
#include "cmd/option_values.h"
#include "cmd/settings.h"
#include "deploy/store_open.h"

static void
log_credentials(const char *method)
{
	log_debug("credentials from %s", method);
}

int
connect_open(struct connection *connection, const struct settings *settings,
	struct err *err)
{
	const struct connection_options options = {
		.profile = settings->profile,
		.region = settings->region,
		.ca_bundle = settings->ca_bundle,
		.endpoint_url = settings->endpoint_url,
		.s3_addressing_style = settings->s3_addressing_style,
		.user_agent = "edgediff/" EDGEDIFF_VERSION,
		.system = &system_for_aws,
		.environment = &system_environment,
		.interrupted = signals_caught_by,
		.found_credentials = log_credentials,
	};

	if (connection_open(connection, &options, err) == 0)
		return 0;
	return connection->wrong_option
		       ? settings_blame(settings, connection->wrong_option, err)
		       : -1;
}

int
connect_check(
	const struct settings *settings, const char *where, struct err *err)
{
	struct connection trial;
	int rc = connect_open(&trial, settings, err);

	if (rc == 0)
		rc = store_check(where, &trial, err);
	connection_release(&trial);
	return rc;
}

static void
bad_distribution(const char *id, struct err *err)
{
	const char *last = strrchr(id, '/');
	struct escaped_name shown, end;

	escape_show_str(&shown, id);
	if (strncmp(id, "arn:", 4) == 0 && last &&
		distribution_is_valid(last + 1))
		err_set(err, ERR_USAGE,
			"--distribution-id '%s': this is an ARN; the ID is "
			"what follows its last slash: %s",
			shown.text, escape_show_str(&end, last + 1));
	else if (strchr(id, '.'))
		err_set(err, ERR_USAGE,
			"--distribution-id '%s': this is a host name; expected "
			"an "
			"ID like " DISTRIBUTION_EXAMPLE ", which the "
			"CloudFront console lists beside it",
			shown.text);
	else
		err_set(err, ERR_USAGE,
			"--distribution-id '%s': expected an ID "
			"like " DISTRIBUTION_EXAMPLE
			": 1 to %d characters of A-Z a-z 0-9 _ -",
			shown.text, DISTRIBUTION_MAX);
}

int
connect_distribution(
	const char **id, const struct settings *settings, struct err *err)
{
	*id = settings->distribution;
	if (*id && distribution_is_valid(*id))
		return 0;
	if (!*id)
		err_set(err, ERR_USAGE,
			"--distribution-id is missing, or --distribution with "
			"a section of edgediff.conf");
	else
		bad_distribution(*id, err);
	return settings_blame(settings, *id, err);
}

static int
check_baseline(const char *given, struct err *err)
{
	struct s3_location location;
	struct escaped_name shown;

	if (store_is_s3(given))
		return s3_location_parse(&location, given, err) == 0
			       ? 0
			       : err_context(err, "--baseline");
	if (*given && !strstr(given, "://") && given[strlen(given) - 1] != '/')
		return 0;
	return err_set(err, ERR_USAGE,
		"--baseline '%s': expected the path of a local file, or "
		"s3://BUCKET/KEY",
		escape_show_str(&shown, given));
}

/* Append the prefix, which is not /, as it appears in a file's name. */
static int
add_prefix(struct buf *name, const char *prefix, struct err *err)
{
	enum {
		DIGITS = 16,
	};
	unsigned char digest[SHA256_SIZE];
	char digits[DIGITS + 1];
	size_t len = strlen(prefix), start;

	buf_addch(name, '.');
	start = name->len;
	percent_encode(name, prefix + 1, len > 1 ? len - 2 : 0, "");
	if (name->len - start <= WHERE_PREFIX_MAX)
		return 0;
	if (sha256_of(prefix, len, digest, err) != 0)
		return -1;
	hex_encode(digits, digest, DIGITS / 2);
	buf_cut(name, start + WHERE_PREFIX_MAX - 1 - DIGITS);
	buf_addf(name, "+%s", digits);
	return 0;
}

static int
make_default(char room[WHERE_SIZE], const char *id, const char *prefix,
	struct err *err)
{
	struct buf name;
	int rc = 0;

	/* with room for a prefix that is yet to be shortened */
	buf_init(&name, WHERE_SIZE + 3 * strlen(prefix));
	buf_addf(&name, ".edgediff/%s", id);
	if (strcmp(prefix, "/") != 0)
		rc = add_prefix(&name, prefix, err);
	buf_addstr(&name, ".baseline");
	if (rc == 0)
		rc = buf_check(&name, err);
	if (rc == 0)
		snprintf(room, WHERE_SIZE, "%s", buf_str(&name));
	buf_release(&name);
	return rc;
}

static int
check_prefix(const struct settings *settings, struct err *err)
{
	const char *prefix = settings->prefix;

	return option_values_url_path("--prefix", prefix, err) == 0 &&
			       url_rules_check_prefix(prefix, err) == 0
		       ? 0
		       : settings_blame(settings, prefix, err);
}

int
connect_where(const char **where, char room[WHERE_SIZE],
	const struct settings *settings, struct err *err)
{
	const char *style = settings->s3_addressing_style, *id;

	if (connection_check_style(style, err) != 0)
		return settings_blame(settings, style, err);
	*where = settings->baseline;
	if (*where && check_baseline(*where, err) != 0)
		return settings_blame(settings, *where, err);
	if (*where && !settings->distribution)
		return 0;
	if (connect_distribution(&id, settings, err) != 0 ||
		check_prefix(settings, err) != 0 ||
		make_default(room, id, settings->prefix, err) != 0)
		return -1;
	if (!*where)
		*where = room;
	return 0;
}
