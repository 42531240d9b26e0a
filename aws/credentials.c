/* Finds AWS credentials in the environment and the shared credentials file. */
#include "aws/credentials.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "aws/ini.h"
#include "base/name.h"

/* A variable's value; NULL where it is unset or empty. */
static const char *
lookup(const struct environment *environment, const char *name)
{
	const char *value = environment->get(environment->context, name);

	return value && value[0] ? value : NULL;
}

/* They become header lines: a line break in one would be another header. */
static int
take(char **out, const char *value, const char *name, struct err *err)
{
	const char *p;

	for (p = value; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return err_set(err, ERR_INPUT,
				"%s holds a control character, such as a line "
				"break: set it to the bare value",
				name);
	*out = strdup(value);
	return *out ? 0 : err_memory(err);
}

/* 0 found, 1 not there, -1 there but unusable. */
static int
from_environment(struct credentials *credentials,
	const struct environment *environment, struct err *err)
{
	const char *access = lookup(environment, "AWS_ACCESS_KEY_ID");
	const char *secret = lookup(environment, "AWS_SECRET_ACCESS_KEY");
	const char *token = lookup(environment, "AWS_SESSION_TOKEN");

	if (!access)
		return 1;
	if (!secret)
		return err_set(err, ERR_INPUT,
			"Partial credentials found in env, missing: "
			"AWS_SECRET_ACCESS_KEY");
	if (!token)
		token = lookup(environment, "AWS_SECURITY_TOKEN");
	if (take(&credentials->access_key, access, "AWS_ACCESS_KEY_ID", err) !=
			0 ||
		take(&credentials->secret_key, secret, "AWS_SECRET_ACCESS_KEY",
			err) != 0)
		return -1;
	if (token && take(&credentials->session_token, token,
			     "AWS_SESSION_TOKEN", err) != 0)
		return -1;
	return 0;
}

static int
credentials_path(struct buf *path, const struct environment *environment,
	struct err *err)
{
	const char *set = lookup(environment, "AWS_SHARED_CREDENTIALS_FILE");
	const char *home = lookup(environment, "HOME");

	if (!set)
		set = "~/.aws/credentials";
	if (strncmp(set, "~/", 2) == 0) {
		if (!home)
			return err_set(err, ERR_INPUT,
				"Unable to locate credentials: neither "
				"AWS_ACCESS_KEY_ID nor HOME is set");
		buf_addstr(path, home);
		set++;
	}
	buf_addstr(path, set);
	return buf_check(path, err);
}

/* What kind of profile this is, where edgediff can't use its kind. */
static const char *
foreign_kind(const struct ini *ini, const char *profile)
{
	static const char *const kinds[] = {"role_arn", "credential_process",
		"sso_session", "sso_start_url", "web_identity_token_file",
		"login_session"};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (ini_get(ini, profile, kinds[i]))
			return kinds[i];
	return NULL;
}

static int
no_key(const struct ini *ini, const char *profile, struct err *err)
{
	const char *kind = foreign_kind(ini, profile);
	struct shown_name shown;

	name_show_str(&shown, profile);
	if (kind)
		return err_set(err, ERR_INPUT,
			"the profile (%s) has %s, which edgediff does not "
			"follow: export its keys first, with `aws configure "
			"export-credentials --format env`",
			shown.text, kind);
	return err_set(err, ERR_INPUT,
		"the profile (%s) has no aws_access_key_id", shown.text);
}

static int
from_profile(struct credentials *credentials, const struct ini *ini,
	const char *profile, struct err *err)
{
	const char *access = ini_get(ini, profile, "aws_access_key_id");
	const char *secret = ini_get(ini, profile, "aws_secret_access_key");
	const char *token = ini_get(ini, profile, "aws_session_token");
	struct shown_name shown;

	if (!access || !access[0])
		return no_key(ini, profile, err);
	if (!secret || !secret[0])
		return err_set(err, ERR_INPUT,
			"Partial credentials found in the profile (%s), "
			"missing: aws_secret_access_key",
			name_show_str(&shown, profile));
	if (!token || !token[0])
		token = ini_get(ini, profile, "aws_security_token");
	if (take(&credentials->access_key, access, "aws_access_key_id", err) !=
			0 ||
		take(&credentials->secret_key, secret, "aws_secret_access_key",
			err) != 0)
		return -1;
	if (token && token[0] &&
		take(&credentials->session_token, token, "aws_session_token",
			err) != 0)
		return -1;
	return 0;
}

/* Neither a file nor, where `named`, the profile that was asked for. */
static int
not_found(const char *path, const char *profile, bool named, struct err *err)
{
	struct shown_name where, what;

	name_show_str(&where, path);
	if (named)
		return err_set(err, ERR_INPUT,
			"The config profile (%s) could not be found in %s",
			name_show_str(&what, profile), where.text);
	return err_set(err, ERR_INPUT,
		"Unable to locate credentials: AWS_ACCESS_KEY_ID is not set, "
		"and %s has no profile (%s)",
		where.text, name_show_str(&what, profile));
}

static int
from_file(struct credentials *credentials,
	const struct environment *environment, const char *profile, bool named,
	struct err *err)
{
	struct ini ini = {.entries = NULL};
	struct shown_name shown;
	struct buf path;
	int rc = -1;

	buf_init(&path, 64 * 1024);
	if (credentials_path(&path, environment, err) != 0)
		goto out;
	if (ini_read(&ini, buf_str(&path), err) != 0) {
		if (err->code == ERR_SYSTEM &&
			(err->sys_errno == ENOENT || err->sys_errno == ENOTDIR))
			not_found(buf_str(&path), profile, named, err);
		goto out;
	}
	if (!ini_has_section(&ini, profile)) {
		not_found(buf_str(&path), profile, named, err);
		goto out;
	}
	rc = from_profile(credentials, &ini, profile, err);
	if (rc != 0)
		err_context(err, "%s", name_show_str(&shown, buf_str(&path)));
out:
	ini_release(&ini);
	buf_release(&path);
	return rc;
}

int
credentials_load(struct credentials *credentials,
	const struct environment *environment, const char *profile,
	struct err *err)
{
	int rc = 1;

	*credentials = (struct credentials){.access_key = NULL};
	if (!profile) {
		rc = from_environment(credentials, environment, err);
		profile = lookup(environment, "AWS_PROFILE");
	}
	if (!profile)
		profile = lookup(environment, "AWS_DEFAULT_PROFILE");
	if (rc == 1)
		rc = from_file(credentials, environment,
			profile ? profile : "default", profile != NULL, err);
	if (rc != 0)
		credentials_release(credentials);
	return rc;
}

static void
wipe(char **text)
{
	if (*text)
		OPENSSL_cleanse(*text, strlen(*text));
	free(*text);
	*text = NULL;
}

void
credentials_release(struct credentials *credentials)
{
	wipe(&credentials->access_key);
	wipe(&credentials->secret_key);
	wipe(&credentials->session_token);
}
