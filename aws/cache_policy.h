/*
 * How long responses are cached, and under which keys: cache policies, as
 * CloudFront's API, version 2020-05-31, describes them in XML, and the legacy
 * settings that a behaviour has instead. See "Understand cache policies",
 * Amazon CloudFront Developer Guide.
 */
#ifndef AWS_CACHE_POLICY_H
#define AWS_CACHE_POLICY_H

#include "aws/xml_reader.h"

enum {
	TTL_UNKNOWN = -1,

	/* Seconds, if a policy has no DefaultTTL and no MaxTTL. */
	TTL_DEFAULT = 86400,
	TTL_MAX = 31536000,
};

/* Which query strings are part of the key. */
enum query_key {
	QUERY_KEY_UNKNOWN,
	QUERY_KEY_NONE,
	QUERY_KEY_SOME, /* a list, or all but a list */
	QUERY_KEY_ALL,
};

struct cache_settings {
	int64_t ttl_min, ttl_default, ttl_max; /* seconds, or TTL_UNKNOWN */
	enum query_key query_key;
};

/* Where the settings are from. */
enum cache_policy_source {
	CACHE_POLICY_READ, /* from CloudFront */
	CACHE_POLICY_MANAGED, /* by its ID it is one of AWS's own */
	CACHE_POLICY_UNKNOWN,
};

struct cache_policy {
	const char *id;
	const char *name; /* "" if it was not read */
	const char *etag, *last_modified; /* the same */
	enum cache_policy_source source;
	struct cache_settings cache;
};

/*
 * Read a <CachePolicy>; the ETag stays "". Texts go to the arena. Fails with
 * ERR_SERVICE if the body is anything else, or is about another policy than
 * `id`.
 */
int cache_policy_read(struct cache_policy *out, struct arena *texts,
	const char *id, const char *body, size_t len, struct err *err);

/*
 * What is known of a policy that could not be read: AWS documents its own
 * ("Use managed cache policies"). `id` is borrowed.
 */
void cache_policy_assume(struct cache_policy *out, const char *id);

/* Read the legacy settings of a behaviour's element. */
void cache_settings_read(struct cache_settings *out,
	struct strict_reader *reader, const xmlNode *behavior);

/* Nothing is known: everything may be cached under any key. */
extern const struct cache_settings cache_settings_unknown;

#endif
