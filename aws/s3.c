/* Gets and puts one object in S3. */
#include "aws/s3.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "aws/endpoint.h"
#include "aws/send.h"
#include "base/escape.h"
#include "base/percent.h"

enum {
	HTTP_NOT_MODIFIED = 304,
};

static const char bucket_characters[] =
	"abcdefghijklmnopqrstuvwxyz0123456789.-";

/* The main rules for names of general purpose buckets; AWS has more. */
static bool
is_bucket(const char *name, size_t len)
{
	return len >= S3_BUCKET_MIN && len <= S3_BUCKET_MAX &&
	       strspn(name, bucket_characters) >= len && name[0] != '.' &&
	       name[0] != '-' && name[len - 1] != '.' && name[len - 1] != '-';
}

int
s3_location_parse(
	struct s3_location *location, const char *text, struct err *err)
{
	const char *bucket = text + strlen("s3://");
	struct escaped_name shown;
	const char *key;
	size_t len;

	if (strncmp(text, "s3://", strlen("s3://")) != 0)
		goto wrong;
	len = strcspn(bucket, "/");
	key = bucket + len + 1;
	if (!is_bucket(bucket, len) || !bucket[len] || !key[0] ||
		key[0] == '/' || key[strlen(key) - 1] == '/' ||
		strlen(key) > S3_KEY_MAX)
		goto wrong;
	memcpy(location->bucket, bucket, len);
	location->bucket[len] = '\0';
	memcpy(location->key, key, strlen(key) + 1);
	return 0;
wrong:
	return err_set(err, ERR_USAGE,
		"'%s': expected s3://BUCKET/KEY, with a bucket of %d to %d "
		"characters a-z 0-9 . - and a key of at most %d bytes",
		escape_show_str(&shown, text), S3_BUCKET_MIN, S3_BUCKET_MAX,
		S3_KEY_MAX);
}

int
s3_prefix_parse(struct s3_location *location, const char *text, struct err *err)
{
	const char *bucket = text + strlen("s3://");
	struct escaped_name shown;
	const char *prefix;
	size_t len, prefix_len;

	if (strncmp(text, "s3://", strlen("s3://")) != 0)
		goto wrong;
	len = strcspn(bucket, "/");
	prefix = bucket + len + (bucket[len] == '/');
	prefix_len = strlen(prefix);
	if (prefix_len > 0 && prefix[prefix_len - 1] == '/')
		prefix_len--;
	if (!is_bucket(bucket, len) || prefix[0] == '/' ||
		prefix_len >= S3_KEY_MAX ||
		(prefix_len > 0 && prefix[prefix_len - 1] == '/'))
		goto wrong;
	memcpy(location->bucket, bucket, len);
	location->bucket[len] = '\0';
	memcpy(location->key, prefix, prefix_len);
	if (prefix_len > 0)
		location->key[prefix_len++] = '/';
	location->key[prefix_len] = '\0';
	return 0;
wrong:
	return err_set(err, ERR_USAGE,
		"'%s': expected s3://BUCKET or s3://BUCKET/PREFIX, with a "
		"bucket of %d to %d characters a-z 0-9 . -",
		escape_show_str(&shown, text), S3_BUCKET_MIN, S3_BUCKET_MAX);
}

/* The region becomes part of a host name, so it must be lower case. */
static bool
is_region(const char *region)
{
	size_t len = strlen(region);

	return len > 0 && len <= 63 &&
	       strspn(region, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

int
s3_endpoint(struct buf *out, const char *given, const char *label,
	const char *region, const char *bucket, enum s3_style style,
	struct err *err)
{
	const char *suffix = aws_endpoint_suffix(region);
	struct escaped_name shown;
	const char *host;

	if (!is_region(region))
		return err_set(err, ERR_USAGE,
			"'%s' is not an AWS region: expected one like "
			"eu-west-1",
			escape_show_str(&shown, region));
	if (style == S3_STYLE_AUTO)
		style = given || strchr(bucket, '.') ? S3_STYLE_PATH
						     : S3_STYLE_VIRTUAL;
	if (!given && style == S3_STYLE_VIRTUAL) {
		buf_addf(out, "https://%s.%s.%s.%s", bucket, label, region,
			suffix);
	} else if (!given) {
		buf_addf(out, "https://%s.%s.%s/%s", label, region, suffix,
			bucket);
	} else if (style == S3_STYLE_PATH) {
		size_t len = strlen(given);

		while (len > 0 && given[len - 1] == '/')
			len--;
		buf_add(out, given, len);
		buf_addf(out, "/%s", bucket);
	} else {
		host = strstr(given, "://");
		host = host ? host + 3 : given;
		buf_add(out, given, (size_t)(host - given));
		buf_addf(out, "%s.%s", bucket, host);
	}
	return buf_check(out, err);
}

/* Does this error say that the bucket is in another region? */
static bool
is_elsewhere(const char *code)
{
	return strcmp(code, "PermanentRedirect") == 0 ||
	       strcmp(code, "TemporaryRedirect") == 0 ||
	       strcmp(code, "AuthorizationHeaderMalformed") == 0 ||
	       strcmp(code, "IllegalLocationConstraintException") == 0;
}

static bool
advise(struct buf *out, const struct aws_call *call,
	const struct aws_client *client)
{
	const struct service_error *error = &client->error;
	const char *code = error->code;

	if (strcmp(code, "AccessDenied") == 0 && call->policy->is_write)
		buf_addf(out,
			": the credentials lack s3:PutObject on %s (edgediff "
			"needs it for the baseline's name, and for that name "
			"followed by .probe)",
			call->resource);
	else if (strcmp(code, "AccessDenied") == 0)
		buf_addf(out,
			": the credentials lack s3:GetObject on %s or, if the "
			"object does not exist yet, s3:ListBucket on its "
			"bucket (without it, S3 does not report that the "
			"object is missing)",
			call->resource);
	else if (strcmp(code, "NoSuchBucket") == 0)
		buf_addstr(out,
			": check the bucket's name and the credentials' "
			"account");
	else if (error->region[0] && is_elsewhere(code))
		buf_addf(out, ": the bucket is in %s: pass --region %s",
			error->region, error->region);
	else
		return false;
	return true;
}

/* What a response is read into. */
struct s3_receiver {
	struct buf *body; /* NULL if not wanted */
	char *etag;
};

void
s3_read_etag(char *out, const struct http_response *response)
{
	char raw[S3_ETAG_MAX + 1];
	const char *at = raw;
	size_t len;

	out[0] = '\0';
	if (!http_response_header(response, "ETag", raw, sizeof(raw)))
		return;
	len = strlen(at);
	if (len >= 2 && at[0] == '"' && at[len - 1] == '"') {
		at++;
		len -= 2;
	}
	if (len > 0 &&
		strspn(at,
			"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			"0123456789-_.:+=") >= len) {
		memcpy(out, at, len);
		out[len] = '\0';
	}
}

static int
read_object(void *into, struct http_response *response, struct err *err)
{
	struct s3_receiver *r = into;
	size_t max;

	if (response->status != 200)
		return err_set(err, ERR_SERVICE, "unexpected status");
	s3_read_etag(r->etag, response);
	if (!r->body)
		return 0;
	max = r->body->max;
	buf_release(r->body);
	*r->body = response->body;
	r->body->max = max;
	buf_init(&response->body, HTTP_RESPONSE_MAX);
	return 0;
}

static void
begin(struct aws_call *call, const char *operation,
	const struct s3_location *location, struct buf *resource,
	struct s3_receiver *receiver)
{
	aws_call_init(call, operation);
	buf_init(resource, sizeof(*location) + 8);
	buf_addf(resource, "s3://%s/%s", location->bucket, location->key);
	call->service_name = "S3";
	call->resource = buf_shown(resource);
	call->time_max = S3_SECONDS_MAX;
	call->read = read_object;
	call->into = receiver;
	call->advise = advise;
	buf_addch(&call->path, '/');
	percent_encode_str(&call->path, location->key, "/");
}

/*
 * Get the object, with a line of a header or NULL. The endpoint contains the bucket,
 * so the path is just the key.
 */
static int
get_object(struct aws_client *client, const struct s3_location *location,
	const char *header, struct buf *body, char *etag, bool *found,
	struct err *err)
{
	struct s3_receiver receiver = {.body = body, .etag = etag};
	struct buf resource;
	struct aws_call call;
	int rc;

	begin(&call, "GetObject", location, &resource, &receiver);
	call.response_max = body->max;
	call.headers = &header;
	call.header_count = header ? 1 : 0;
	rc = aws_send(client, &call, err);
	*found = rc == 0;
	if (rc != 0 && client->status == 404 &&
		strcmp(client->error.code, "NoSuchKey") == 0) {
		err->code = ERR_NONE;
		rc = 0;
	}
	aws_call_release(&call);
	buf_release(&resource);
	return rc;
}

int
s3_get(struct aws_client *client, const struct s3_location *location,
	struct buf *body, char *etag, bool *found, struct err *err)
{
	return get_object(client, location, NULL, body, etag, found, err);
}

int
s3_is_same(struct aws_client *client, const struct s3_location *location,
	const char *etag, size_t max, bool *same, struct err *err)
{
	char line[S3_ETAG_MAX + sizeof("If-None-Match: \"\"")];
	char now[S3_ETAG_MAX + 1];
	struct buf body;
	bool found;
	int rc;

	assert(!etag || strlen(etag) <= S3_ETAG_MAX);
	buf_init(&body, max);
	if (etag)
		snprintf(line, sizeof(line), "If-None-Match: \"%s\"", etag);
	rc = get_object(
		client, location, etag ? line : NULL, &body, now, &found, err);
	buf_release(&body);
	/* a service that ignores the condition sends the object */
	*same = rc == 0 && (etag ? found && strcmp(now, etag) == 0 : !found);
	if (rc != 0 && client->status == HTTP_NOT_MODIFIED && etag) {
		err->code = ERR_NONE;
		*same = true;
		rc = 0;
	}
	return rc;
}

static bool
is_about_condition(const struct service_error *error, long status)
{
	return status == 412 || status == 409 ||
	       (status == 404 && strcmp(error->code, "NoSuchKey") == 0);
}

int
s3_put(struct aws_client *client, const struct s3_location *location,
	const void *body, size_t len, enum s3_condition condition, char *etag,
	enum s3_outcome *outcome, struct err *err)
{
	static const char type[] = "Content-Type: text/plain; charset=utf-8";
	char line[S3_ETAG_MAX + sizeof("If-None-Match: \"\"")];
	const char *const headers[] = {type, line};
	struct s3_receiver receiver = {.etag = etag};
	struct buf resource;
	struct aws_call call;
	int rc;

	assert(condition == S3_IF_ABSENT || strlen(etag) <= S3_ETAG_MAX);
	snprintf(line, sizeof(line),
		condition == S3_IF_ABSENT  ? "If-None-Match: *%.0s"
		: condition == S3_IF_MATCH ? "If-Match: \"%s\""
					   : "If-Match: %s",
		etag);
	begin(&call, "PutObject", location, &resource, &receiver);
	call.method = "PUT";
	call.headers = headers;
	call.header_count = 2;
	call.body = body;
	call.body_len = len;
	call.policy = &call_policy_write;
	call.is_about_earlier_attempt = is_about_condition;
	rc = aws_send(client, &call, err);
	*outcome = S3_WRITTEN;
	if (rc != 0 && err->code == ERR_SERVICE &&
		is_about_condition(&client->error, client->status)) {
		*outcome = client->status == 409 ? S3_CONFLICT : S3_UNMET;
		err->code = ERR_NONE;
		rc = 0;
	}
	aws_call_release(&call);
	buf_release(&resource);
	return rc;
}
