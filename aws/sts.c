/* Asks STS for the credentials of a role. */
#include "aws/sts.h"

#include <inttypes.h>
#include <string.h>

#include "aws/endpoint.h"
#include "base/escape.h"

enum {
	FORM_MAX = 128 * 1024, /* a token of 20,000 bytes, all encoded */
	STS_SECONDS_MAX = 20, /* seconds for one try; it takes less than one */
};

/* What the answer is read into. */
struct sts_receiver {
	struct credentials *credentials;
	const char *operation;
};

static int
read_answer(void *into, struct http_answer *answer, struct err *err)
{
	struct sts_receiver *r = into;

	/* a second try after an answer that could not be used */
	credentials_release(r->credentials);
	return xml_read_credentials(r->credentials, r->operation,
		buf_str(&answer->body), answer->body.len, err);
}

static bool
advise(struct buf *out, const struct aws_call *call,
	const struct aws_client *client)
{
	const char *code = client->error.code;
	struct escaped_name shown;

	escape_show_str(&shown, call->resource);
	if (strcmp(code, "AccessDenied") == 0 && call->is_unsigned)
		buf_addf(out,
			": see whether %s exists, and whether its trust policy "
			"allows sts:%s for this token: the provider, and the "
			"conditions on aud and sub",
			shown.text, call->operation);
	else if (strcmp(code, "AccessDenied") == 0)
		buf_addf(out,
			": the credentials lack sts:%s on %s, or it does not "
			"exist, or its trust policy does not name them",
			call->operation, shown.text);
	else if (strncmp(code, "ExpiredToken", 12) == 0 && call->is_unsigned)
		buf_addstr(out, ": the token in AWS_WEB_IDENTITY_TOKEN_FILE "
				"has expired: have the CI system make a new "
				"one, shortly before this runs");
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
	aws_add_encoded(form, value, "");
}

static void
add_form(struct buf *form, const char *operation, const struct sts_role *role,
	const struct providers *from)
{
	buf_reserve(form, FORM_MAX); /* growing would leave copies */
	buf_addf(form, "Action=%s&Version=2011-06-15", operation);
	add_field(form, "RoleArn", role->arn);
	if (role->session_name)
		add_field(form, "RoleSessionName", role->session_name);
	else
		buf_addf(form, "&RoleSessionName=edgediff-session-%" PRId64,
			from->system->now(from->system->context));
	add_field(form, "ExternalId", role->external_id);
	add_field(form, "DurationSeconds", role->duration);
}

/* Send the form to STS; signed unless there is no source. */
static int
ask(struct credentials *out, const struct providers *from,
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
		.http = from->http,
		.system = from->system,
		.credentials = source,
		.endpoint = endpoint.url,
		.service = "sts",
		.region = endpoint.region,
		.max_attempts = from->config->max_attempts,
	};
	struct aws_call call;
	int rc;

	if (buf_check(form, err) != 0 ||
		aws_endpoint_of(&endpoint, from->config, AWS_STS, NULL, err) !=
			0)
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
	call.answer_max = CREDENTIALS_MAX;
	call.time_max = STS_SECONDS_MAX;
	call.is_unsigned = !source;
	call.is_secret = true;
	call.read = read_answer;
	call.into = &receiver;
	call.advise = advise;
	rc = aws_call(&client, &call, err);
	aws_call_release(&call);
	return rc;
}

int
sts_assume_role(struct credentials *out, const struct providers *from,
	const struct sts_role *role, const struct credentials *source,
	struct err *err)
{
	static const char operation[] = "AssumeRole";
	struct buf form;
	int rc;

	buf_init(&form, FORM_MAX);
	add_form(&form, operation, role, from);
	rc = ask(out, from, operation, role, source, &form, err);
	buf_wipe(&form);
	out->method = "assume-role";
	return rc == 0 ? 0 : provider_failed("assume-role", err);
}

int
sts_assume_role_with_web_identity(struct credentials *out,
	const struct providers *from, const struct sts_role *role,
	const char *token, struct err *err)
{
	static const char operation[] = "AssumeRoleWithWebIdentity";
	struct buf form;
	int rc;

	buf_init(&form, FORM_MAX);
	add_form(&form, operation, role, from);
	add_field(&form, "WebIdentityToken", token);
	rc = ask(out, from, operation, role, NULL, &form, err);
	buf_wipe(&form);
	out->method = "assume-role-with-web-identity";
	return rc == 0 ? 0
		       : provider_failed("assume-role-with-web-identity", err);
}
