/* Tells the hosts of origins apart. */
#include "aws/origin.h"

#include <string.h>
#include <strings.h>

/*
 * The part of a host from ".s3" on, of the last ".s3." or ".s3-" in it, since a
 * bucket's name may contain one, too; NULL if AWS has no such host.
 */
static const char *
find_s3(const char *domain_name)
{
	static const char *const ends[] = {
		".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu"};
	size_t len = strlen(domain_name), i, end;
	const char *found = NULL, *at;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		end = strlen(ends[i]);
		if (len > end &&
			strcasecmp(domain_name + len - end, ends[i]) == 0)
			break;
	}
	if (i == sizeof(ends) / sizeof(ends[0]))
		return NULL;
	for (at = domain_name; *at; at++)
		if (strncasecmp(at, ".s3.", 4) == 0 ||
			strncasecmp(at, ".s3-", 4) == 0)
			found = at;
	return found;
}

static bool
is_website(const char *s3)
{
	return strncasecmp(s3, ".s3-website.", 12) == 0 ||
	       strncasecmp(s3, ".s3-website-", 12) == 0;
}

enum origin_kind
origin_kind_of(const char *domain_name, bool s3, bool custom)
{
	const char *at = find_s3(domain_name);

	if (!at)
		return ORIGIN_CUSTOM;
	if (is_website(at))
		return ORIGIN_WEBSITE;
	/* a custom origin may send any Host, such as that of a website */
	return s3 && !custom ? ORIGIN_S3 : ORIGIN_CUSTOM;
}

bool
origin_is_same(const struct origin *a, const struct origin *b)
{
	return strcasecmp(a->domain_name, b->domain_name) == 0 &&
	       strcmp(a->path, b->path) == 0;
}

bool
origin_is_bucket(const char *domain_name, const char *bucket)
{
	const char *at = find_s3(domain_name);
	size_t len = strlen(bucket);

	return at && (size_t)(at - domain_name) == len &&
	       strncasecmp(domain_name, bucket, len) == 0;
}

/* Skip a word, and the . or - behind it. */
static bool
skip_word(const char **at, const char *word)
{
	size_t len = strlen(word);

	if (strncasecmp(*at, word, len) != 0 ||
		((*at)[len] != '.' && (*at)[len] != '-'))
		return false;
	*at += len + 1;
	return true;
}

bool
origin_get_bucket(const char *domain_name, char *bucket, char *region)
{
	const char *s3 = find_s3(domain_name), *at = s3;
	size_t len = s3 ? (size_t)(s3 - domain_name) : 0;

	if (len == 0 || len >= ORIGIN_BUCKET_SIZE)
		return false;
	at += strlen(".s3.");
	if (skip_word(&at, "accesspoint") || skip_word(&at, "accelerate") ||
		skip_word(&at, "object-lambda"))
		return false;
	(void)skip_word(&at, "website");
	(void)skip_word(&at, "fips");
	(void)skip_word(&at, "dualstack");
	memcpy(bucket, domain_name, len);
	bucket[len] = '\0';
	len = strncasecmp(at, "amazonaws.", 10) == 0 ? 0 : strcspn(at, ".");
	if (len >= ORIGIN_BUCKET_SIZE)
		return false;
	memcpy(region, at, len);
	region[len] = '\0';
	return true;
}
