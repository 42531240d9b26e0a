/* Exchanges the token of a sign-in for credentials. */
#include "aws/sso.h"

#include <string.h>

#include "aws/endpoint.h"
#include "aws/metadata.h"
#include "aws/secret_json.h"
#include "aws/sso_token.h"
#include "base/escape.h"
#include "base/percent.h"

enum {
	SSO_SECONDS_MAX = 20, /* for one attempt; most take under a second */
	PAUSE = 1000, /* ms before the second attempt; each later one doubles */
	PAUSE_MAX = 20 * 1000,
	URL_BYTES_MAX = ENDPOINT_MAX + 4096,
};

static const char method[] = "sso";

/* What a profile says. All are borrowed, and none is NULL. */
struct sso_settings {
	const char *account, *role, *region;
	const char *start_url;
	const char *token_name; /* what the token is for */
};

static int
fail_missing(const char *profile, const char *what, struct err *err)
{
	struct escaped_name shown;

	return err_set(err, ERR_INPUT,
		"The profile \"%s\" is configured to use SSO but is missing "
		"required configuration: %s",
		escape_show_str(&shown, profile), what);
}

/* Returns 1 if the profile does not sign in by SSO. */
static int
read_settings(struct sso_settings *out, const struct aws_config *config,
	const char *profile, struct err *err)
{
	const char *session =
		aws_config_in_profile(config, profile, "sso_session");
	struct escaped_name shown;

	out->account = aws_config_in_profile(config, profile, "sso_account_id");
	out->role = aws_config_in_profile(config, profile, "sso_role_name");
	if (!out->account && !out->role)
		return 1;
	out->region =
		session ? aws_config_in_sso_session(
				  config, session, "sso_region")
			: aws_config_in_profile(config, profile, "sso_region");
	out->start_url = session ? aws_config_in_sso_session(
					   config, session, "sso_start_url")
				 : aws_config_in_profile(
					   config, profile, "sso_start_url");
	out->token_name = session ? session : out->start_url;
	if (!out->account)
		return fail_missing(profile, "sso_account_id", err);
	if (!out->role)
		return fail_missing(profile, "sso_role_name", err);
	if (!out->region)
		return fail_missing(profile, "sso_region", err);
	if (!out->start_url)
		return fail_missing(profile, "sso_start_url", err);
	if (!aws_config_is_region(out->region))
		return err_set(err, ERR_INPUT,
			"the sso_region '%s' is not an AWS region",
			escape_show_str(&shown, out->region));
	return 0;
}

static int
fail_expired(const char *profile, struct err *err)
{
	struct escaped_name shown;

	return err_set(err, ERR_INPUT,
		"The SSO session associated with this profile has expired or "
		"is otherwise invalid. To refresh this SSO session run aws sso "
		"login --profile %s",
		escape_show_str(&shown, profile));
}

static int
find_token(struct buf *token, const struct provider_context *context,
	const struct sso_settings *settings, const char *profile,
	struct err *err)
{
	const struct aws_system *system = context->system;
	struct escaped_name shown, shown_name;
	int64_t expiry;
	int rc = sso_token_read(token, &expiry, context->config->environment,
		settings->token_name, err);

	if (rc == 1)
		return err_set(err, ERR_INPUT,
			"Error loading SSO Token: Token for %s does not exist: "
			"run aws sso login --profile %s",
			escape_show_str(&shown_name, settings->token_name),
			escape_show_str(&shown, profile));
	if (rc != 0)
		return err_context(err, "Error loading SSO Token");
	return expiry <= system->now(system->context)
		       ? fail_expired(profile, err)
		       : 0;
}

static int
make_url(struct buf *url, const struct provider_context *context,
	const struct sso_settings *settings, struct err *err)
{
	struct aws_endpoint endpoint;
	size_t len;

	if (aws_endpoint_resolve_sso(
		    &endpoint, context->config, settings->region, err) != 0)
		return -1;
	len = strlen(endpoint.url);
	while (len > 0 && endpoint.url[len - 1] == '/')
		len--;
	buf_add(url, endpoint.url, len);
	buf_addstr(url, "/federation/credentials?role_name=");
	percent_encode_str(url, settings->role, "");
	buf_addstr(url, "&account_id=");
	percent_encode_str(url, settings->account, "");
	return buf_check(url, err);
}

/* {"roleCredentials": {..., "expiration": milliseconds since 1970}} */
static int
read_credentials(
	struct credentials *out, const struct buf *body, struct err *err)
{
	const cJSON *keys, *expiry;
	const char *access, *secret, *session;
	cJSON *tree;
	int rc = -1;

	if (secret_json_parse(&tree, buf_str(body), err) != 0)
		return -1;
	keys = secret_json_get(tree, "roleCredentials");
	expiry = secret_json_get(keys, "expiration");
	if (secret_json_string(&access, keys, "accessKeyId", err) != 0 ||
		secret_json_string(&secret, keys, "secretAccessKey", err) !=
			0 ||
		secret_json_string(&session, keys, "sessionToken", err) != 0)
		goto out;
	if (!access || !secret || !session || !cJSON_IsNumber(expiry) ||
		!(expiry->valuedouble >= 0 && expiry->valuedouble < 1e16)) {
		err_set(err, ERR_SERVICE,
			"expected accessKeyId, secretAccessKey, sessionToken "
			"and expiration in roleCredentials");
		goto out;
	}
	out->expiry = (int64_t)(expiry->valuedouble / 1000);
	rc = credentials_set(out, access, secret, session, err);
out:
	secret_json_free(tree);
	return rc;
}

/* Say what the portal says: a type in a header, and a message in JSON. */
static int
fail_refused(const struct http_response *response,
	const struct sso_settings *settings, struct err *err)
{
	struct escaped_name shown, role, account;
	struct err ignored = ERR_INIT;
	const char *message = NULL;
	char type[128];
	cJSON *tree;

	if (!http_response_header(
		    response, "x-amzn-ErrorType", type, sizeof(type)))
		type[0] = '\0';
	type[strcspn(type, ":")] = '\0';
	if (secret_json_parse(&tree, buf_shown(&response->body), &ignored) == 0)
		secret_json_string(&message, tree, "message", &ignored);
	err_set(err, ERR_SERVICE,
		"GetRoleCredentials of the role %s in the account %s: status "
		"%ld%s%s: %s",
		escape_show_str(&role, settings->role),
		escape_show_str(&account, settings->account), response->status,
		type[0] ? " " : "", type,
		escape_show_str(&shown, message ? message : "no message"));
	secret_json_free(tree);
	return -1;
}

/* Make one attempt. *transient is set if another one may succeed. */
static int
ask_once(struct credentials *out, const struct provider_context *context,
	const struct http_request *request, const struct sso_settings *settings,
	const char *profile, bool *transient, struct err *err)
{
	struct http_response response;
	int rc = -1;

	*transient = false;
	credentials_release(out); /* of an answer that could not be read */
	metadata_response_init(&response);
	if (http_send(context->http, request, &response, err) != 0)
		goto out;
	if (response.outcome != HTTP_ANSWERED) {
		*transient = !response.interrupted;
		err_set(err, ERR_NETWORK, "%s", response.problem);
	} else if (response.status == 401) {
		fail_expired(profile, err);
	} else if (response.status != 200) {
		*transient = response.status >= 500 || response.status == 429;
		fail_refused(&response, settings, err);
	} else {
		rc = read_credentials(out, &response.body, err);
	}
out:
	http_response_wipe(&response);
	return rc;
}

static int
ask(struct credentials *out, const struct provider_context *context,
	const struct http_request *request, const struct sso_settings *settings,
	const char *profile, struct err *err)
{
	const struct aws_system *system = context->system;
	long pause = PAUSE;
	bool transient;
	int attempts = 1;

	while (ask_once(out, context, request, settings, profile, &transient,
		       err) != 0) {
		if (!transient || attempts++ >= context->config->max_attempts)
			return -1;
		if (system->wait(system->context, pause) != 0)
			return -1;
		pause = pause < PAUSE_MAX / 2 ? 2 * pause : PAUSE_MAX;
	}
	return 0;
}

int
sso_load(struct credentials *out, const struct provider_context *context,
	const char *profile, struct err *err)
{
	const char *headers[1];
	struct http_request request = {
		.operation = "GetRoleCredentials",
		.method = "GET",
		.headers = headers,
		.header_count = 1,
		.response_max = CREDENTIALS_MAX,
		.time_max = SSO_SECONDS_MAX,
	};
	static const char header_name[] = "x-amz-sso_bearer_token: ";
	struct sso_settings settings;
	struct buf url, header;
	int rc = read_settings(&settings, context->config, profile, err);

	if (rc != 0)
		return rc;
	buf_init(&url, URL_BYTES_MAX);
	buf_init(&header, sizeof(header_name) + SSO_TOKEN_MAX);
	buf_addstr(&header, header_name);
	rc = find_token(&header, context, &settings, profile, err);
	if (rc == 0)
		rc = provider_may_ask(context, err);
	if (rc == 0)
		rc = make_url(&url, context, &settings, err);
	if (rc == 0) {
		request.url = buf_str(&url);
		headers[0] = buf_str(&header);
		rc = ask(out, context, &request, &settings, profile, err);
	}
	out->method = method;
	buf_release(&url);
	buf_wipe(&header);
	return rc < 0 ? provider_failed(method, err) : rc;
}
