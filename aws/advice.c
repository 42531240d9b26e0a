/* Advises on expired and unknown keys, and on wrong clocks. */
#include "aws/advice.h"

#include <inttypes.h>
#include <string.h>

#include "base/ascii.h"

/* Where credentials come from, and how to renew them. */
static const struct credentials_source {
	const char *method; /* as in struct credentials */
	const char *name;
	const char *renewal;
} sources[] = {
	{"env", "the variables AWS_ACCESS_KEY_ID and so on",
		"set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and "
		"AWS_SESSION_TOKEN to new values"},
	{"shared-credentials-file", "the credentials file",
		"write new credentials into the credentials file, all three "
		"values"},
	{"config-file", "the configuration file",
		"write new credentials into the configuration file, all three "
		"values"},
	{"custom-process", "a credential_process",
		"have the profile's credential_process make new credentials; "
		"if it runs the AWS CLI, sign in: aws sso login"},
	{"assume-role", "a role that was assumed",
		"renew the credentials that the role is assumed with, or run "
		"again"},
	{"assume-role-with-web-identity", "a role assumed by web identity",
		"have the CI system write a new token to "
		"AWS_WEB_IDENTITY_TOKEN_FILE, or run again"},
};

static const struct credentials_source *
find_source(const struct aws_client *client)
{
	static const struct credentials_source service = {"",
		"a container's or an instance's role",
		"run again once its service has new credentials"};
	static const struct credentials_source unknown = {
		"", "an unknown source", "get new credentials"};
	const struct credentials *credentials = client->credentials;
	size_t i;

	if (!credentials || !credentials->method)
		return &unknown;
	for (i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (strcmp(credentials->method, sources[i].method) == 0)
			return &sources[i];
	return &service;
}

const char *
advice_credentials_source(const struct aws_client *client)
{
	return find_source(client)->name;
}

const char *
advice_code(const struct service_error *error)
{
	if (strcmp(error->code, "SignatureDoesNotMatch") == 0 &&
		(ascii_contains_ignoring_case(
			 error->message, "signature expired") ||
			ascii_contains_ignoring_case(
				error->message, "signature not yet current")))
		return "RequestTimeTooSkewed";
	if (strcmp(error->code, "InvalidIdentityToken") == 0 &&
		ascii_contains_ignoring_case(
			error->message, "retrieve verification key"))
		return "IDPCommunicationError";
	return error->code;
}

/* Say how far this machine's clock is off, according to the server's Date. */
static void
add_clock(struct buf *out, const struct aws_client *client)
{
	const struct aws_system *system = client->system;
	int64_t off = client->date - system->now(system->context);
	int64_t size = off < 0 ? -off : off;
	const char *unit = "seconds";

	buf_addstr(out, ": set this machine's clock");
	if (client->date == 0 || size < 60)
		return;
	if (size >= (int64_t)2 * 24 * 3600) {
		size = (size + 12 * 3600) / (24 * 3600);
		unit = "days";
	} else if (size >= (int64_t)2 * 3600) {
		size = (size + 1800) / 3600;
		unit = "hours";
	} else if (size >= 120) {
		size = (size + 30) / 60;
		unit = "minutes";
	}
	buf_addf(out, ", which is %" PRId64 " %s %s", size, unit,
		off > 0 ? "behind" : "ahead");
}

void
advice_add(struct buf *out, const struct aws_client *client)
{
	const struct credentials_source *source = find_source(client);
	const char *code = advice_code(&client->error);

	if (strncmp(code, "ExpiredToken", 12) == 0 ||
		strcmp(code, "RequestExpired") == 0)
		buf_addf(out, ": the session token has expired: %s",
			source->renewal);
	else if (strcmp(code, "InvalidClientTokenId") == 0 ||
		 strcmp(code, "InvalidAccessKeyId") == 0 ||
		 strcmp(code, "UnrecognizedClientException") == 0)
		buf_addf(out,
			": AWS does not know the access key, which comes from "
			"%s: check it and, for temporary keys, the session "
			"token (AWS_SESSION_TOKEN)",
			source->name);
	else if (strcmp(code, "SignatureDoesNotMatch") == 0)
		buf_addf(out,
			": the secret key does not belong to this access key "
			"(both come from %s), or a proxy changes requests",
			source->name);
	else if (strcmp(code, "RequestTimeTooSkewed") == 0)
		add_clock(out, client);
}
