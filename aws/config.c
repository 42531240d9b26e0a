/* Reads AWS's two files, and combines them with the environment. */
#include "aws/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/escape.h"
#include "base/shell_words.h"

/* AWS's two files: the variable that names each, and where it is by default. */
static const struct file_place {
	const char *variable, *fallback;
} config_place = {"AWS_CONFIG_FILE", "~/.aws/config"},
  credentials_place = {"AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"};

/*
 * Make the path that the variable names, or the default path; ~ becomes HOME.
 * *exists is false if HOME is needed but not set.
 */
static int
make_path(struct buf *path, const struct environment *environment,
	const struct file_place *place, bool *exists, struct err *err)
{
	const char *set = environment_get(environment, place->variable);
	const char *home = environment_get(environment, "HOME");

	if (!set)
		set = place->fallback;
	*exists = true;
	if (strncmp(set, "~/", 2) == 0) {
		*exists = home != NULL;
		buf_addstr(path, home ? home : "");
		set++;
	}
	buf_addstr(path, set);
	if (buf_check(path, err) != 0)
		return err_context(err, "%s", place->variable);
	return 0;
}

static bool
is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? S_ISREG(st.st_mode)
				    : errno != ENOENT && errno != ENOTDIR;
}

static int
read_file(struct ini *ini, const struct environment *environment,
	const struct file_place *place, struct err *err)
{
	struct buf path;
	bool exists;
	int rc;

	*ini = (struct ini){.entries = NULL};
	buf_init(&path, CONFIG_PATH_MAX);
	rc = make_path(&path, environment, place, &exists, err);
	if (rc == 0 && exists && is_file(buf_str(&path))) {
		rc = ini_read(ini, INI_AWS, buf_str(&path), err);
		if (rc == 0)
			rc = ini_check_nested(ini, buf_str(&path), err);
	}
	buf_release(&path);
	return rc;
}

/*
 * Add a section as botocore does: the first word must begin with "profile" or
 * "services", and a section that does not consist of two words is ignored.
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
	if (read_file(&config->config, config->environment, &config_place,
		    err) != 0 ||
		read_file(&config->credentials, config->environment,
			&credentials_place, err) != 0)
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

/* "PATH (SECTION)", or why there is no such file. */
static int
add_place(struct buf *out, const struct environment *environment,
	const struct file_place *place, const char *section, struct err *err)
{
	struct escaped_name shown;
	struct buf path;
	bool exists;
	int rc;

	buf_init(&path, CONFIG_PATH_MAX);
	rc = make_path(&path, environment, place, &exists, err);
	if (rc == 0 && !exists)
		buf_addf(out, "%s (HOME is not set)", place->fallback);
	else if (rc == 0)
		buf_addf(out, "%s (%s)",
			escape_show_str(&shown, buf_str(&path)),
			is_file(buf_str(&path)) ? section : "no such file");
	buf_release(&path);
	return rc;
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
	rc = add_place(&text, config->environment, &config_place, section, err);
	buf_addstr(&text, " and ");
	snprintf(section, sizeof(section), "no [%s]", shown.text);
	if (rc == 0)
		rc = add_place(&text, config->environment, &credentials_place,
			section, err);
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
