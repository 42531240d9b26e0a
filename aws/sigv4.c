/* Signs a request with AWS Signature Version 4. */
#include "aws/sigv4.h"

#include <openssl/crypto.h>
#include <string.h>
#include <time.h>

#include "base/hex.h"
#include "base/sha256.h"

enum {
	SECRET_MAX = 64 * 1024, /* bytes of a secret key; AWS's have 40 */
	STRING_TO_SIGN_MAX = 64 * 1024,
	STAMP_SIZE = sizeof("20150830T123600Z"),
	DAY_LEN = 8, /* length of the date in a stamp */
};

/* A signature that is being made. */
struct signature {
	const struct credentials *credentials;
	char stamp[STAMP_SIZE];
	struct canonical_request canonical;
	char hex[SHA256_HEX_SIZE];
};

static int
format_stamp(char stamp[STAMP_SIZE], int64_t now, struct err *err)
{
	time_t seconds = (time_t)now;
	struct tm tm;

	if (now < 0 || !gmtime_r(&seconds, &tm) ||
		strftime(stamp, STAMP_SIZE, "%Y%m%dT%H%M%SZ", &tm) !=
			STAMP_SIZE - 1)
		return err_set(err, ERR_INPUT,
			"the clock is not between the years 1970 and 9999");
	return 0;
}

/* Refuse control characters: a line break would start another header. */
static int
check_line(const char *text, const char *what, struct err *err)
{
	for (; *text; text++)
		if (((unsigned char)*text < 0x20 && *text != '\t') ||
			*text == 0x7f)
			return err_set(err, ERR_INPUT,
				"%s contains a control character", what);
	return 0;
}

static int
check_lines(const struct sigv4_request *request,
	const struct credentials *credentials, struct err *err)
{
	const char *token = credentials->session_token;
	size_t i;

	for (i = 0; i < request->header_count; i++)
		if (check_line(request->headers[i], "a header", err) != 0)
			return -1;
	if (check_line(request->method, "the method", err) != 0 ||
		check_line(request->host, "the host", err) != 0 ||
		check_line(request->path, "the path", err) != 0 ||
		check_line(request->query, "the query", err) != 0 ||
		check_line(request->region, "the region", err) != 0 ||
		check_line(request->service, "the service", err) != 0 ||
		check_line(credentials->access_key, "the access key", err) != 0)
		return -1;
	return token ? check_line(token, "the session token", err) : 0;
}

/* Append what a signature is valid for: DAY/REGION/SERVICE/aws4_request. */
static void
add_scope(struct buf *out, const struct signature *s)
{
	const struct sigv4_request *request = s->canonical.request;

	buf_add(out, s->stamp, DAY_LEN);
	buf_addf(out, "/%s/%s/aws4_request", request->region, request->service);
}

/* Derive the key for a day, region and service by a chain of HMACs. */
static int
derive_key(unsigned char key[SHA256_SIZE], const struct signature *s,
	struct err *err)
{
	const char *region = s->canonical.request->region;
	const char *service = s->canonical.request->service;
	struct buf first;
	int rc;

	buf_init(&first, SECRET_MAX);
	buf_addf(&first, "AWS4%s", s->credentials->secret_key);
	rc = buf_check(&first, err);
	if (rc == 0)
		rc = sha256_hmac(
			first.data, first.len, s->stamp, DAY_LEN, key, err);
	buf_wipe(&first);
	if (rc == 0)
		rc = sha256_hmac(
			key, SHA256_SIZE, region, strlen(region), key, err);
	if (rc == 0)
		rc = sha256_hmac(
			key, SHA256_SIZE, service, strlen(service), key, err);
	if (rc == 0)
		rc = sha256_hmac(key, SHA256_SIZE, "aws4_request",
			strlen("aws4_request"), key, err);
	return rc;
}

static int
make_signature(struct signature *s, struct err *err)
{
	unsigned char key[SHA256_SIZE], digest[SHA256_SIZE];
	char canonical[SHA256_HEX_SIZE];
	struct buf text;
	int rc = -1;

	buf_init(&text, STRING_TO_SIGN_MAX);
	if (canonical_request_hash(&s->canonical, canonical, err) != 0)
		goto out;
	buf_addf(&text, "AWS4-HMAC-SHA256\n%s\n", s->stamp);
	add_scope(&text, s);
	buf_addf(&text, "\n%s", canonical);
	if (buf_check(&text, err) != 0 || derive_key(key, s, err) != 0 ||
		sha256_hmac(key, sizeof(key), text.data, text.len, digest,
			err) != 0)
		goto out;
	hex_encode(s->hex, digest, sizeof(digest));
	rc = 0;
out:
	OPENSSL_cleanse(key, sizeof(key));
	buf_release(&text);
	return rc;
}

static void
write_headers(struct buf *out, const struct signature *s)
{
	const char *token = s->credentials->session_token;

	buf_addf(out, "X-Amz-Date: %s", s->stamp);
	buf_addch(out, '\0');
	if (token) {
		buf_addf(out, "X-Amz-Security-Token: %s", token);
		buf_addch(out, '\0');
	}
	if (s->canonical.request->s3) {
		buf_addf(out, "X-Amz-Content-SHA256: %s",
			s->canonical.body_hash);
		buf_addch(out, '\0');
	}
	buf_addf(out, "Authorization: AWS4-HMAC-SHA256 Credential=%s/",
		s->credentials->access_key);
	add_scope(out, s);
	buf_addstr(out, ", SignedHeaders=");
	canonical_request_add_names(out, &s->canonical);
	buf_addf(out, ", Signature=%s", s->hex);
	buf_addch(out, '\0');
}

int
sigv4_sign(struct buf *out, const struct sigv4_request *request,
	const struct credentials *credentials, int64_t now, struct err *err)
{
	struct signature s = {.credentials = credentials};
	int rc = -1;

	if (check_lines(request, credentials, err) != 0 ||
		format_stamp(s.stamp, now, err) != 0)
		return -1;
	if (canonical_request_init(&s.canonical, request, s.stamp,
		    credentials->session_token, err) != 0 ||
		make_signature(&s, err) != 0)
		goto out;
	write_headers(out, &s);
	rc = buf_check(out, err);
out:
	canonical_request_release(&s.canonical);
	return rc;
}
