/* Gets distributions and policies, and lists distributions. */
#include "aws/cloudfront_configuration.h"

#include <string.h>

#include "aws/advice.h"
#include "aws/send.h"
#include "base/percent.h"

/* What a response is read into: one of the four. */
struct configuration_receiver {
	struct arena *texts;
	const char *id;
	struct distribution *distribution;
	struct cache_policy *policy;
	struct continuous_deployment *continuous;
	struct distribution_list *list;
};

static bool
advise(struct buf *out, const struct aws_call *call,
	const struct aws_client *client)
{
	const char *code = client->error.code;

	if (strcmp(code, "AccessDenied") == 0)
		buf_addf(out, ": the credentials lack cloudfront:%s on %s",
			call->operation, call->resource);
	else if (strcmp(code, "NoSuchDistribution") == 0)
		buf_addf(out,
			": the account of these credentials, which come from "
			"%s, has no %s: check --distribution-id or, if it "
			"belongs to another account, --profile",
			advice_credentials_source(client), call->resource);
	else if (strncmp(code, "NoSuch", strlen("NoSuch")) == 0)
		buf_addf(out, ": there is no %s any more", call->resource);
	else
		return false;
	return true;
}

/* The ETag, or "" for none and for one that is no word. */
static const char *
read_etag(struct arena *texts, const struct http_response *response)
{
	char etag[ETAG_MAX + 1];
	const char *at = etag;

	if (!http_response_header(response, "ETag", etag, sizeof(etag)))
		return "";
	while (*at > ' ' && *at < 0x7f)
		at++;
	return *at ? "" : arena_copy(texts, etag, (size_t)(at - etag));
}

static int
read_distribution(const struct configuration_receiver *r,
	const struct http_response *response, struct err *err)
{
	if (distribution_read(r->distribution, r->texts,
		    buf_str(&response->body), response->body.len, err) != 0)
		return -1;
	if (strcmp(r->distribution->id, r->id) != 0)
		return err_set(err, ERR_SERVICE,
			"this is another distribution than was asked for");
	r->distribution->etag = read_etag(r->texts, response);
	return r->distribution->etag ? 0 : err_memory(err);
}

static int
read_policy(const struct configuration_receiver *r,
	const struct http_response *response, struct err *err)
{
	if (cache_policy_read(r->policy, r->texts, r->id,
		    buf_str(&response->body), response->body.len, err) != 0)
		return -1;
	r->policy->etag = read_etag(r->texts, response);
	return r->policy->etag ? 0 : err_memory(err);
}

static int
read_continuous(const struct configuration_receiver *r,
	const struct http_response *response, struct err *err)
{
	if (continuous_deployment_read(r->continuous, r->texts, r->id,
		    buf_str(&response->body), response->body.len, err) != 0)
		return -1;
	r->continuous->etag = read_etag(r->texts, response);
	return r->continuous->etag ? 0 : err_memory(err);
}

static int
read_response(void *into, struct http_response *response, struct err *err)
{
	const struct configuration_receiver *r = into;

	if (r->distribution)
		return read_distribution(r, response, err);
	if (r->policy)
		return read_policy(r, response, err);
	if (r->continuous)
		return read_continuous(r, response, err);
	return distribution_list_read(r->list, r->texts,
		buf_str(&response->body), response->body.len, err);
}

/* Call GET /2020-05-31/KIND/ID, or without an id, with this query. */
static int
get(struct cloudfront *cf, const char *operation, const char *kind,
	const char *id, const char *query,
	struct configuration_receiver *receiver, struct err *err)
{
	struct aws_call call;
	struct buf resource;
	int rc;

	if (id && (!id[0] || strcmp(id, ".") == 0 || strcmp(id, "..") == 0))
		return err_set(err, ERR_SERVICE, "'%s' is no ID", id);
	buf_init(&resource, XML_TEXT_MAX + 64);
	buf_addf(&resource, "%s %s",
		strcmp(kind, "cache-policy") == 0   ? "cache policy"
		: strcmp(kind, "distribution") == 0 ? "distribution"
						    : "policy",
		id ? id : "*");
	receiver->id = id;
	aws_call_init(&call, operation);
	call.service_name = "CloudFront";
	call.resource = buf_shown(&resource);
	call.policy = &call_policy_configuration;
	call.response_max = CONFIGURATION_SIZE_MAX;
	call.read = read_response;
	call.into = receiver;
	call.advise = advise;
	buf_addf(&call.path, "/2020-05-31/%s", kind);
	if (id) {
		buf_addch(&call.path, '/');
		percent_encode_str(&call.path, id, "");
	}
	buf_addstr(&call.query, query);
	cf->client.error = (struct service_error){.code = ""};
	rc = aws_send(&cf->client, &call, err);
	aws_call_release(&call);
	buf_release(&resource);
	return rc;
}

int
cloudfront_get_distribution(struct cloudfront *cf, const char *id,
	struct distribution *out, struct arena *texts, struct err *err)
{
	struct configuration_receiver receiver = {
		.texts = texts, .distribution = out};

	return get(
		cf, "GetDistribution", "distribution", id, "", &receiver, err);
}

int
cloudfront_get_cache_policy(struct cloudfront *cf, const char *id,
	struct cache_policy *out, struct arena *texts, struct err *err)
{
	struct configuration_receiver receiver = {
		.texts = texts, .policy = out};

	return get(
		cf, "GetCachePolicy", "cache-policy", id, "", &receiver, err);
}

int
cloudfront_get_continuous_deployment_policy(struct cloudfront *cf,
	const char *id, struct continuous_deployment *out, struct arena *texts,
	struct err *err)
{
	struct configuration_receiver receiver = {
		.texts = texts, .continuous = out};

	return get(cf, "GetContinuousDeploymentPolicy",
		"continuous-deployment-policy", id, "", &receiver, err);
}

int
cloudfront_list_distributions(struct cloudfront *cf, const char *marker,
	struct distribution_list *out, struct arena *texts, struct err *err)
{
	struct configuration_receiver receiver = {.texts = texts, .list = out};
	struct buf query;
	int rc;

	buf_init(&query, 16 * 1024);
	if (marker) {
		buf_addstr(&query, "Marker=");
		percent_encode_str(&query, marker, "");
	}
	rc = buf_check(&query, err);
	if (rc == 0)
		rc = get(cf, "ListDistributions", "distribution", NULL,
			buf_str(&query), &receiver, err);
	buf_release(&query);
	return rc;
}
