/* Asks STS for the credentials of a role. */
#include "aws/sts.h"

#include <inttypes.h>
#include <string.h>

#include "aws/endpoint.h"
#include "aws/send.h"
#include "aws/sts_credentials.h"
#include "base/escape.h"
#include "base/percent.h"

enum {
	FORM_MAX = 128 * 1024, /* bytes; a token of 20,000, encoded, fits */
	STS_SECONDS_MAX = 20, /* for one attempt; most take under a second */
};

/* What the response is read into. */
struct sts_receiver {
	struct credentials *credentials;
	const char *operation;
};

static int
read_response(void *into, struct http_response *response, struct err *err)
{
	struct sts_receiver *r = into;

	/* drop what is left from a response that could not be read */
	credentials_release(r->credentials);
	return sts_credentials_read(r->credentials, r->operation,
		buf_str(&response->body), response->body.len, err);
}

static bool
advise(struct buf *out, const struct aws_call *call,
	const struct aws_client *client)
{
	const char *code = client->error.code;
	struct escaped_name shown;

	escape_show_str(&shown, call->resource);
	if (strcmp(code, "AccessDenied") == 0 && !call->policy->is_signed)
		buf_addf(out,
			": check that %s exists and that its trust policy "
			"allows sts:%s for this token (the provider, and the "
			"conditions on aud and sub)",
			shown.text, call->operation);
	else if (strcmp(code, "AccessDenied") == 0)
		buf_addf(out,
			": the credentials lack sts:%s on %s, or it does not "
			"exist, or its trust policy does not name them",
			call->operation, shown.text);
	else if (strncmp(code, "ExpiredToken", 12) == 0 &&
		 !call->policy->is_signed)
		buf_addstr(out, ": the token in AWS_WEB_IDENTITY_TOKEN_FILE "
				"has expired: have the CI system make a new "
				"one shortly before edgediff runs");
	else
		return false;
	return true;
}

static void
add_field(struct buf *form, const char *name, const char *value)
{
	if (!value)
		return;
	buf_addf(form, "&%s=", name);
	percent_encode_str(form, value, "");
}

static void
add_form(struct buf *form, const char *operation, const struct sts_role *role,
	const struct provider_context *context)
{
	buf_reserve(form, FORM_MAX); /* growing leaves copies */
	buf_addf(form, "Action=%s&Version=2011-06-15", operation);
	add_field(form, "RoleArn", role->arn);
	if (role->session_name)
		add_field(form, "RoleSessionName", role->session_name);
	else
		buf_addf(form, "&RoleSessionName=edgediff-session-%" PRId64,
			context->system->now(context->system->context));
	add_field(form, "ExternalId", role->external_id);
	add_field(form, "DurationSeconds", role->duration);
}

/* Send the form to STS, signed with `source` unless that is NULL. */
static int
ask(struct credentials *out, const struct provider_context *context,
	const char *operation, const struct sts_role *role,
	const struct credentials *source, const struct buf *form,
	struct err *err)
{
	static const char *const headers[] = {
		"Content-Type: application/x-www-form-urlencoded; "
		"charset=utf-8"};
	struct sts_receiver receiver = {out, operation};
	struct aws_endpoint endpoint;
	struct aws_client client = {
		.http = context->http,
		.system = context->system,
		.credentials = source,
		.endpoint = endpoint.url,
		.service = "sts",
		.region = endpoint.region,
		.max_attempts = context->config->max_attempts,
	};
	struct aws_call call;
	int rc;

	if (provider_may_ask(context, err) != 0 || buf_check(form, err) != 0 ||
		aws_endpoint_resolve(
			&endpoint, context->config, AWS_STS, NULL, err) != 0)
		return -1;
	aws_call_init(&call, operation);
	call.service_name = "STS";
	call.resource = role->arn;
	call.method = "POST";
	buf_addch(&call.path, '/');
	call.headers = headers;
	call.header_count = 1;
	call.body = buf_str(form);
	call.body_len = form->len;
	call.response_max = CREDENTIALS_MAX;
	call.time_max = STS_SECONDS_MAX;
	call.policy =
		source ? &call_policy_credentials : &call_policy_web_identity;
	call.read = read_response;
	call.into = &receiver;
	call.advise = advise;
	rc = aws_send(&client, &call, err);
	aws_call_release(&call);
	return rc;
}

int
sts_assume_role(struct credentials *out, const struct provider_context *context,
	const struct sts_role *role, const struct credentials *source,
	struct err *err)
{
	static const char operation[] = "AssumeRole";
	struct buf form;
	int rc;

	buf_init(&form, FORM_MAX);
	add_form(&form, operation, role, context);
	rc = ask(out, context, operation, role, source, &form, err);
	buf_wipe(&form);
	out->method = "assume-role";
	return rc == 0 ? 0 : provider_failed("assume-role", err);
}

int
sts_assume_role_with_web_identity(struct credentials *out,
	const struct provider_context *context, const struct sts_role *role,
	const char *token, struct err *err)
{
	static const char operation[] = "AssumeRoleWithWebIdentity";
	struct buf form;
	int rc;

	buf_init(&form, FORM_MAX);
	add_form(&form, operation, role, context);
	add_field(&form, "WebIdentityToken", token);
	rc = ask(out, context, operation, role, NULL, &form, err);
	buf_wipe(&form);
	out->method = "assume-role-with-web-identity";
	return rc == 0 ? 0
		       : provider_failed("assume-role-with-web-identity", err);
}
