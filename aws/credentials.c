/* Holds a set of credentials, and reads them from JSON. */
#include "aws/credentials.h"

#include <ctype.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#include "aws/secret_json.h"

/*
 * What is wrong with a value, which is a secret and so never shown; NULL if
 * nothing is. AWS has no such values: they are copied from files and forms. A
 * line break would also start another header.
 */
static const char *
fault_of(const char *value)
{
	size_t len = strlen(value);
	const char *p;

	if (len > 0 && value[len - 1] == '\r')
		return "ends with a carriage return (CR), as the lines of "
		       "Windows files do";
	for (p = value; *p; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return "holds a control character, such as a line "
			       "break";
		if (*p == ' ')
			return "holds a blank";
		if (*p == '\'' || *p == '"')
			return "holds a quote";
		if ((unsigned char)*p > 0x7f)
			return "holds a character outside ASCII, such as a "
			       "curly quote or a special blank";
	}
	return NULL;
}

static int
copy_value(char **out, const char *value, const char *name, struct err *err)
{
	const char *fault = fault_of(value);

	if (fault)
		return err_set(err, ERR_INPUT,
			"the %s %s: set it to the bare value", name, fault);
	*out = strdup(value);
	return *out ? 0 : err_memory(err);
}

int
credentials_set(struct credentials *credentials, const char *access_key,
	const char *secret_key, const char *token, struct err *err)
{
	if (!access_key[0] || !secret_key[0])
		return err_set(err, ERR_INPUT, "the %s is empty",
			access_key[0] ? "secret key" : "access key");
	if (copy_value(&credentials->access_key, access_key, "access key",
		    err) != 0 ||
		copy_value(&credentials->secret_key, secret_key, "secret key",
			err) != 0)
		return -1;
	if (!token || !token[0])
		return 0;
	return copy_value(
		&credentials->session_token, token, "session token", err);
}

/* Read exactly `count` digits. */
static bool
read_digits(const char **at, int count, long *out)
{
	for (*out = 0; count > 0; count--, (*at)++) {
		if (!isdigit((unsigned char)**at))
			return false;
		*out = *out * 10 + (**at - '0');
	}
	return true;
}

static bool
read_one_of(const char **at, const char *marks)
{
	if (!**at || !strchr(marks, **at))
		return false;
	(*at)++;
	return true;
}

/* Days from 1970-01-01 to a date of the Gregorian calendar. */
static int64_t
days_to(long year, long month, long day)
{
	/* years begin in March, so that a leap day comes last */
	int64_t y = month > 2 ? year : year - 1;
	int64_t m = month > 2 ? month - 3 : month + 9;

	return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day -
	       1 - 719468;
}

/*
 * Read a time zone, in seconds: Z, +01:00, -0130, or nothing, which means UTC.
 */
static bool
read_zone(const char **at, int64_t *seconds)
{
	bool west = **at == '-';
	long hours, minutes = 0;

	*seconds = 0;
	if (read_one_of(at, "Zz") || !**at)
		return true;
	if (!read_one_of(at, "+-") || !read_digits(at, 2, &hours))
		return false;
	read_one_of(at, ":");
	if (**at && !read_digits(at, 2, &minutes))
		return false;
	*seconds = (hours * 60 + minutes) * 60;
	if (west)
		*seconds = -*seconds;
	return hours < 24 && minutes < 60;
}

static bool
read_time(const char *at, int64_t *out)
{
	long year, month, day, hour, minute, second;
	int64_t zone;

	if (!read_digits(&at, 4, &year) || !read_one_of(&at, "-") ||
		!read_digits(&at, 2, &month) || !read_one_of(&at, "-") ||
		!read_digits(&at, 2, &day) || !read_one_of(&at, "Tt ") ||
		!read_digits(&at, 2, &hour) || !read_one_of(&at, ":") ||
		!read_digits(&at, 2, &minute) || !read_one_of(&at, ":") ||
		!read_digits(&at, 2, &second))
		return false;
	if (*at == '.')
		for (at++; isdigit((unsigned char)*at);)
			at++;
	if (!read_zone(&at, &zone) || *at || month < 1 || month > 12 ||
		day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
		return false;
	*out = days_to(year, month, day) * 86400 + hour * 3600 + minute * 60 +
	       second - zone;
	return true;
}

int
credentials_set_expiry(
	struct credentials *credentials, const char *time, struct err *err)
{
	if (!read_time(time, &credentials->expiry))
		return err_set(err, ERR_INPUT,
			"Expiration is not a time like 2026-01-02T03:04:05Z");
	return 0;
}

static int
missing(const char *key, struct err *err)
{
	return err_set(
		err, ERR_INPUT, "Missing required key in response: '%s'", key);
}

static int
set_from_json(struct credentials *credentials, const cJSON *tree,
	enum credentials_form form, struct err *err)
{
	bool service = form == CREDENTIALS_SERVICE;
	const char *token_key = service ? "Token" : "SessionToken";
	const char *access, *secret, *token, *expiry;

	if (secret_json_string(&access, tree, "AccessKeyId", err) != 0 ||
		secret_json_string(&secret, tree, "SecretAccessKey", err) !=
			0 ||
		secret_json_string(&token, tree, token_key, err) != 0 ||
		secret_json_string(&expiry, tree, "Expiration", err) != 0)
		return -1;
	if (!access)
		return missing("AccessKeyId", err);
	if (!secret)
		return missing("SecretAccessKey", err);
	if (service && !token)
		return missing(token_key, err);
	if (service && !expiry)
		return missing("Expiration", err);
	if (expiry && credentials_set_expiry(credentials, expiry, err) != 0)
		return -1;
	return credentials_set(credentials, access, secret, token, err);
}

static int
check_form(const cJSON *tree, enum credentials_form form, struct err *err)
{
	const cJSON *version;

	if (!cJSON_IsObject(tree))
		return err_set(err, ERR_INPUT, "expected a JSON object");
	if (form != CREDENTIALS_PROCESS)
		return 0;
	version = secret_json_get(tree, "Version");
	if (!cJSON_IsNumber(version) || version->valuedouble != 1)
		return err_set(err, ERR_INPUT,
			"Unsupported version for credential process provider, "
			"supported versions: 1");
	return 0;
}

int
credentials_read_json(struct credentials *credentials, const char *text,
	enum credentials_form form, struct err *err)
{
	cJSON *tree;
	int rc;

	if (secret_json_parse(&tree, text, err) != 0)
		return -1;
	rc = check_form(tree, form, err);
	if (rc == 0)
		rc = set_from_json(credentials, tree, form, err);
	secret_json_free(tree);
	return rc;
}

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool
credentials_are_equal(const struct credentials *a, const struct credentials *b)
{
	return is_same(a->access_key, b->access_key) &&
	       is_same(a->secret_key, b->secret_key) &&
	       is_same(a->session_token, b->session_token);
}

static void
wipe(char *text)
{
	if (text)
		OPENSSL_cleanse(text, strlen(text));
	free(text);
}

void
credentials_release(struct credentials *credentials)
{
	wipe(credentials->access_key);
	wipe(credentials->secret_key);
	wipe(credentials->session_token);
	*credentials = (struct credentials){.access_key = NULL};
}
