/* Makes, gets and lists invalidations. */
#include "aws/cloudfront.h"

#include <string.h>

#include "aws/advice.h"
#include "aws/send.h"
#include "base/ascii.h"
#include "base/percent.h"

bool
cloudfront_reference_was_used(const struct service_error *error)
{
	if (strcmp(error->code, "InvalidationBatchAlreadyExists") == 0)
		return true;
	return strcmp(error->code, "InvalidArgument") == 0 &&
	       (ascii_contains_ignoring_case(
			error->message, "caller reference") ||
		       ascii_contains_ignoring_case(
			       error->message, "callerreference"));
}

static bool
is_about_earlier_attempt(const struct service_error *error, long status)
{
	(void)status;
	return cloudfront_reference_was_used(error);
}

static bool
advise(struct buf *out, const struct aws_call *call,
	const struct aws_client *client)
{
	const char *code = client->error.code;

	if (strcmp(code, "AccessDenied") == 0)
		buf_addf(out,
			": the credentials lack cloudfront:%s on distribution "
			"%s",
			call->operation, call->resource);
	else if (strcmp(code, "NoSuchDistribution") == 0)
		buf_addf(out,
			": the account of these credentials, which come from "
			"%s, has no distribution %s: check --distribution-id "
			"or, if it belongs to another account, --profile "
			"('aws sts get-caller-identity' shows the account)",
			advice_credentials_source(client), call->resource);
	else if (strcmp(code, "TooManyInvalidationsInProgress") == 0)
		buf_addstr(out, ": at most 3,000 paths and 15 wildcards can be "
				"in progress for a distribution");
	else
		return false;
	return true;
}

/* What a response is read into. */
struct cloudfront_receiver {
	struct cloudfront *cf;
	struct invalidation *one;
	struct invalidation_list *list;
};

static int
read_one(void *into, struct http_response *response, struct err *err)
{
	const struct cloudfront_receiver *r = into;
	int rc = invalidation_read(
		r->one, buf_str(&response->body), response->body.len, err);

	if (rc != 0)
		invalidation_release(r->one);
	else if (!http_response_header(response, "Location", r->cf->location,
			 sizeof(r->cf->location)))
		r->cf->location[0] = '\0';
	return rc;
}

static int
read_list(void *into, struct http_response *response, struct err *err)
{
	const struct cloudfront_receiver *r = into;
	int rc = invalidation_list_read(
		r->list, buf_str(&response->body), response->body.len, err);

	if (rc != 0)
		invalidation_list_release(r->list);
	return rc;
}

/* Append a name as one segment of the path. */
static int
add_segment(struct aws_call *call, const char *name, const char *what,
	struct err *err)
{
	if (!name[0] || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return err_set(err, ERR_USAGE, "no %s", what);
	buf_addch(&call->path, '/');
	percent_encode_str(&call->path, name, "");
	return 0;
}

/* Begin a call to /2020-05-31/distribution/ID/invalidation. */
static int
begin(struct aws_call *call, const char *operation, const char *distribution,
	struct cloudfront_receiver *receiver, struct err *err)
{
	int rc;

	aws_call_init(call, operation);
	call->service_name = "CloudFront";
	call->resource = distribution;
	call->read = receiver->list ? read_list : read_one;
	call->into = receiver;
	call->advise = advise;
	receiver->cf->location[0] = '\0';
	buf_addstr(&call->path, "/2020-05-31/distribution");
	rc = add_segment(call, distribution, "distribution id", err);
	buf_addstr(&call->path, "/invalidation");
	return rc;
}

int
cloudfront_create_invalidation(struct cloudfront *cf, const char *distribution,
	const void *body, size_t len, struct invalidation *out, struct err *err)
{
	static const char *const typed[] = {"Content-Type: text/xml"};
	struct cloudfront_receiver receiver = {.cf = cf, .one = out};
	struct aws_call call;
	int rc;

	*out = (struct invalidation){.id = NULL};
	cf->client.error = (struct service_error){.code = ""};
	rc = begin(&call, "CreateInvalidation", distribution, &receiver, err);
	call.method = "POST";
	call.headers = typed;
	call.header_count = 1;
	call.body = body;
	call.body_len = len;
	call.policy = &call_policy_write;
	call.is_about_earlier_attempt = is_about_earlier_attempt;
	if (rc == 0)
		rc = aws_send(&cf->client, &call, err);
	if (rc != 0 && cloudfront_reference_was_used(&cf->client.error))
		err_context(err, "the caller reference was used before");
	aws_call_release(&call);
	return rc;
}

int
cloudfront_get_invalidation(struct cloudfront *cf, const char *distribution,
	const char *id, struct invalidation *out, struct err *err)
{
	struct cloudfront_receiver receiver = {.cf = cf, .one = out};
	struct aws_call call;
	int rc;

	*out = (struct invalidation){.id = NULL};
	rc = begin(&call, "GetInvalidation", distribution, &receiver, err);
	if (rc == 0)
		rc = add_segment(&call, id, "invalidation id", err);
	if (rc == 0)
		rc = aws_send(&cf->client, &call, err);
	aws_call_release(&call);
	return rc;
}

int
cloudfront_list_invalidations(struct cloudfront *cf, const char *distribution,
	const char *marker, long items_max, struct invalidation_list *out,
	struct err *err)
{
	struct cloudfront_receiver receiver = {.cf = cf, .list = out};
	struct aws_call call;
	int rc;

	*out = (struct invalidation_list){.list = NULL};
	rc = begin(&call, "ListInvalidations", distribution, &receiver, err);
	if (marker) {
		buf_addstr(&call.query, "Marker=");
		percent_encode_str(&call.query, marker, "");
	}
	if (items_max > 0)
		buf_addf(&call.query, "%sMaxItems=%ld", marker ? "&" : "",
			items_max);
	if (rc == 0)
		rc = aws_send(&cf->client, &call, err);
	aws_call_release(&call);
	return rc;
}
