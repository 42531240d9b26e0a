/* Combines AWS's two files with the environment. */
#include "aws/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "aws/config_file.h"
#include "base/escape.h"
#include "base/shell_words.h"

/*
 * Add a section as botocore does: the first word must begin with "profile",
 * "services" or "sso-session", and a section that does not consist of two words is ignored.
 */
static int
add_section(struct aws_config *config, const char *section, struct err *err)
{
	struct config_section *s = &config->sections[config->section_count];
	struct err ignored = ERR_INIT;
	struct shell_words words;
	int rc = 0;

	*s = (struct config_section){"profile", section, section};
	if (strcmp(section, "default") == 0) {
		config->section_count++;
		return 0;
	}
	if (strncmp(section, "services", strlen("services")) == 0)
		s->kind = "services";
	else if (strncmp(section, "sso-session", strlen("sso-session")) == 0)
		s->kind = "sso-session";
	else if (strncmp(section, "profile", strlen("profile")) != 0)
		return 0;
	if (shell_words_split(&words, section, &ignored) == 0 &&
		words.count == 2) {
		s->name = arena_copy(
			&config->texts, words.list[1], strlen(words.list[1]));
		config->section_count++;
		rc = s->name ? 0 : err_memory(err);
	} else if (ignored.code == ERR_MEMORY) {
		rc = err_memory(err);
	}
	shell_words_release(&words);
	return rc;
}

static int
add_sections(struct aws_config *config, struct err *err)
{
	const struct ini *ini = &config->config;
	size_t i;

	config->section_count = 0;
	config->sections = calloc(ini->count + 1, sizeof(*config->sections));
	if (!config->sections)
		return err_memory(err);
	for (i = 0; i < ini->count; i++)
		if (!ini->entries[i].key &&
			strcmp(ini->entries[i].section, "DEFAULT") != 0 &&
			add_section(config, ini->entries[i].section, err) != 0)
			return -1;
	return 0;
}

static int
read_files(struct aws_config *config, struct err *err)
{
	if (config_file_read(&config->config, config->environment,
		    &config_file_config, err) != 0 ||
		config_file_read(&config->credentials, config->environment,
			&config_file_credentials, err) != 0)
		return err_context(err, "Unable to parse config file");
	return add_sections(config, err);
}

/* The last section of that kind and name in the config file, or NULL. */
static const char *
find_section(
	const struct aws_config *config, const char *kind, const char *name)
{
	size_t i = config->section_count;

	while (i-- > 0)
		if (strcmp(config->sections[i].kind, kind) == 0 &&
			strcmp(config->sections[i].name, name) == 0)
			return config->sections[i].section;
	return NULL;
}

int
aws_config_searched(
	const struct aws_config *config, const char *profile, struct err *err)
{
	struct err said = *err;
	struct escaped_name shown;
	char section[sizeof(shown.text) + 16];
	size_t len = strlen(said.message);
	struct buf text;
	int rc;

	len -= len > 0 && said.message[len - 1] == '.';
	if (config->like_sdk)
		return -1;
	escape_show_str(&shown, profile);
	snprintf(section, sizeof(section),
		strcmp(profile, "default") == 0 ? "no [%s]" : "no [profile %s]",
		shown.text);
	buf_init(&text, sizeof(err->message));
	buf_addf(&text, "%.*s: searched ", (int)len, said.message);
	rc = config_file_describe(
		&text, config->environment, &config_file_config, section, err);
	buf_addstr(&text, " and ");
	snprintf(section, sizeof(section), "no [%s]", shown.text);
	if (rc == 0)
		rc = config_file_describe(&text, config->environment,
			&config_file_credentials, section, err);
	if (rc == 0 && buf_check(&text, &said) == 0)
		err_set(err, said.code, "%s", buf_str(&text));
	buf_release(&text);
	return -1;
}

bool
aws_config_has_profile(const struct aws_config *config, const char *profile)
{
	return ini_has_section(&config->credentials, profile) ||
	       find_section(config, "profile", profile);
}

const char *
aws_config_in_credentials_file(
	const struct aws_config *config, const char *profile, const char *key)
{
	return ini_has_section(&config->credentials, profile)
		       ? ini_get(&config->credentials, profile, key)
		       : NULL;
}

const char *
aws_config_in_config_file(
	const struct aws_config *config, const char *profile, const char *key)
{
	const char *section = find_section(config, "profile", profile);

	return section ? ini_get(&config->config, section, key) : NULL;
}

const char *
aws_config_in_profile(
	const struct aws_config *config, const char *profile, const char *key)
{
	const char *value =
		aws_config_in_credentials_file(config, profile, key);

	return value ? value : aws_config_in_config_file(config, profile, key);
}

const char *
aws_config_get(
	const struct aws_config *config, const char *variable, const char *key)
{
	const char *value =
		variable ? environment_get(config->environment, variable)
			 : NULL;

	if (!value && key)
		value = aws_config_in_profile(config, config->profile, key);
	return value && value[0] && !ini_is_nested(value) ? value : NULL;
}

bool
aws_config_is_true(
	const struct aws_config *config, const char *variable, const char *key)
{
	const char *value = aws_config_get(config, variable, key);

	return value && strcasecmp(value, "true") == 0;
}

int
aws_config_number(const struct aws_config *config, const char *variable,
	const char *key, long min, long max, long fallback, long *out,
	struct err *err)
{
	const char *text = aws_config_get(config, variable, key);
	struct escaped_name shown;
	char *end;

	*out = fallback;
	if (!text)
		return 0;
	errno = 0;
	*out = strtol(text, &end, 10);
	if (end != text && !end[strspn(end, " \t\r\n\f\v")] && errno == 0 &&
		*out >= min && *out <= max)
		return 0;
	return err_set(err, ERR_INPUT,
		"%s or the profile's %s is '%s': expected a whole number from "
		"%ld to %ld",
		variable, key, escape_show_str(&shown, text), min, max);
}

bool
aws_config_nested(const struct aws_config *config, struct buf *out,
	const char *outer, const char *key)
{
	const char *value =
		aws_config_in_profile(config, config->profile, outer);

	return value && ini_is_nested(value) && ini_get_nested(out, value, key);
}

bool
aws_config_service(const struct aws_config *config, struct buf *out,
	const char *outer, const char *key)
{
	const char *name = aws_config_get(config, NULL, "services");
	const char *section =
		name ? find_section(config, "services", name) : NULL;
	const char *value =
		section ? ini_get(&config->config, section, outer) : NULL;

	return value && ini_is_nested(value) && ini_get_nested(out, value, key);
}

const char *
aws_config_missing_services(const struct aws_config *config)
{
	const char *name = aws_config_get(config, NULL, "services");

	return name && !find_section(config, "services", name) ? name : NULL;
}

const char *
aws_config_in_sso_session(
	const struct aws_config *config, const char *name, const char *key)
{
	const char *section = find_section(config, "sso-session", name);

	return section ? ini_get(&config->config, section, key) : NULL;
}

/* Copy a value that must outlive the files; NULL stays NULL. */
static int
keep(struct aws_config *config, const char **out, const char *value,
	struct err *err)
{
	*out = NULL;
	if (!value)
		return 0;
	*out = arena_copy(&config->texts, value, strlen(value));
	return *out ? 0 : err_memory(err);
}

static int
choose_profile(struct aws_config *config, const char *option, struct err *err)
{
	const char *name = option;
	struct escaped_name shown;

	if (!name)
		name = environment_get(config->environment, "AWS_PROFILE");
	if (!name)
		name = environment_get(
			config->environment, "AWS_DEFAULT_PROFILE");
	config->profile_by_option = option != NULL;
	if (name && !aws_config_has_profile(config, name)) {
		err_set(err, ERR_INPUT,
			"The config profile (%s) could not be found",
			escape_show_str(&shown, name));
		return aws_config_searched(config, name, err);
	}
	return keep(config, &config->profile, name ? name : "default", err);
}

bool
aws_config_is_region(const char *region)
{
	size_t len = strlen(region);

	return len > 0 && len <= REGION_MAX &&
	       strspn(region, "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == len &&
	       region[0] != '-' && region[len - 1] != '-' &&
	       strspn(region, "0123456789") != len;
}

static int
choose_region(struct aws_config *config, const char *option, struct err *err)
{
	const char *region = option;
	struct escaped_name shown;

	if (!region)
		region = environment_get(config->environment, "AWS_REGION");
	if (!region)
		region = aws_config_get(config, "AWS_DEFAULT_REGION", "region");
	if (keep(config, &config->region, region, err) != 0)
		return -1;
	if (!region || aws_config_is_region(region))
		return 0;
	return err_set(err, ERR_USAGE,
		"%s '%s' is not an AWS region: expected one like eu-west-1",
		option ? "--region" : "the region",
		escape_show_str(&shown, region));
}

static int
choose_attempts(struct aws_config *config, struct err *err)
{
	const char *mode =
		aws_config_get(config, "AWS_RETRY_MODE", "retry_mode");
	struct escaped_name shown;
	long attempts, fallback = 3;

	if (mode && strcmp(mode, "legacy") == 0)
		fallback = 5;
	else if (mode && strcmp(mode, "standard") != 0 &&
		 strcmp(mode, "adaptive") != 0)
		return err_set(err, ERR_INPUT,
			"AWS_RETRY_MODE or the profile's retry_mode is '%s': "
			"expected legacy, standard or adaptive",
			escape_show_str(&shown, mode));
	if (aws_config_number(config, "AWS_MAX_ATTEMPTS", "max_attempts", 1,
		    ATTEMPTS_MAX, fallback, &attempts, err) != 0)
		return -1;
	config->max_attempts = (int)attempts;
	return 0;
}

static int
choose_all(struct aws_config *config, const struct aws_options *options,
	struct err *err)
{
	const char *bundle = options->ca_bundle;

	if (choose_profile(config, options->profile, err) != 0 ||
		choose_region(config, options->region, err) != 0 ||
		choose_attempts(config, err) != 0)
		return -1;
	config->fips = aws_config_is_true(
		config, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
	config->dualstack = aws_config_is_true(
		config, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
	if (!bundle)
		bundle = aws_config_get(config, "AWS_CA_BUNDLE", "ca_bundle");
	return keep(config, &config->ca_bundle, bundle, err);
}

int
aws_config_load(struct aws_config *config,
	const struct environment *environment,
	const struct aws_options *options, struct err *err)
{
	*config = (struct aws_config){
		.environment = environment, .like_sdk = options->like_sdk};
	arena_init(&config->texts);
	if (read_files(config, err) != 0)
		return -1;
	return choose_all(config, options, err);
}

static void
release_files(struct aws_config *config)
{
	ini_release(&config->config);
	ini_release(&config->credentials);
	free(config->sections);
	config->sections = NULL;
	config->section_count = 0;
}

int
aws_config_reload(struct aws_config *config, struct err *err)
{
	release_files(config);
	return read_files(config, err);
}

void
aws_config_release(struct aws_config *config)
{
	release_files(config);
	arena_release(&config->texts);
}
