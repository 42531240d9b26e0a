/*
 * A distribution as CloudFront's API, version 2020-05-31, describes it in XML:
 * what of it decides which URLs caches hold, and how long. Enumerations that
 * are not known, which CloudFront may add, become UNKNOWN; all else that is not
 * as documented is an error.
 */
#ifndef AWS_DISTRIBUTION_H
#define AWS_DISTRIBUTION_H

#include "aws/cache_policy.h"
#include "aws/origin.h"

/* Far above CloudFront's quotas, even those that can be raised. */
enum {
	ALIASES_MAX = 10 * 1000,
	ORIGINS_MAX = 1000,
	ORIGIN_GROUPS_MAX = 1000,
	ORIGIN_GROUP_MEMBERS_MAX = 16, /* two */
	BEHAVIORS_MAX = 1000, /* 75 */
	PATH_PATTERN_MAX = 255, /* characters */
	FUNCTIONS_MAX = 16, /* of a behaviour; 4 of each kind */
	ERROR_RESPONSES_MAX = 100, /* one for each of some 16 statuses */
};

/* When a function runs. */
enum function_event {
	EVENT_UNKNOWN,
	EVENT_VIEWER_REQUEST,
	EVENT_VIEWER_RESPONSE,
	EVENT_ORIGIN_REQUEST,
	EVENT_ORIGIN_RESPONSE,
};

struct edge_function {
	const char *arn;
	enum function_event event;
	bool lambda; /* Lambda@Edge, not a CloudFront Function */
};

struct cache_behavior {
	const char *path_pattern; /* NULL: the default behaviour */
	const char *target; /* the ID of an origin or of a group */
	const char *policy_id; /* "" if it has legacy settings */
	struct cache_settings legacy; /* if it has no policy */
	struct edge_function *functions;
	size_t function_count;
	bool signed_urls; /* viewers need signed URLs or cookies */
	bool smooth_streaming;
};

/* A page that CloudFront sends instead of the origin's error. */
struct error_response {
	int64_t code; /* 404 */
	const char *page; /* its URL, or "" */
	const char *response_code; /* "200"; "" for the same code */
	int64_t ttl; /* ErrorCachingMinTTL in seconds */
};

enum {
	ERROR_TTL_DEFAULT = 10, /* seconds, if there is no ErrorCachingMinTTL */
};

enum connection_mode {
	CONNECTION_UNKNOWN,
	CONNECTION_DIRECT,
	CONNECTION_TENANT_ONLY, /* it serves by way of its tenants */
};

struct distribution {
	const char *id;
	const char *etag; /* of GetDistribution; "" if not set */
	const char *last_modified; /* ISO 8601, as received */
	const char *status; /* Deployed, InProgress */
	const char *domain_name; /* d111111abcdef8.cloudfront.net */
	const char **aliases;
	size_t alias_count;
	const char *default_root_object; /* no leading /; "" for none */
	struct origin *origins;
	size_t origin_count;
	struct origin_group *groups;
	size_t group_count;

	/* In the order in which they are tried; the last is the default. */
	struct cache_behavior *behaviors;
	size_t behavior_count; /* at least 1 */

	struct error_response *errors;
	size_t error_count;
	bool enabled;
	bool staging; /* it is the staging twin of another one */
	const char *continuous_policy_id; /* "" for none */
	enum connection_mode connection_mode;
};

/*
 * Read a <Distribution>, as GetDistribution returns it; the ETag is for the
 * caller to set. Texts go to the arena. Fails with ERR_SERVICE if the body is
 * anything else, or exceeds a limit. No error quotes the body, since that holds
 * the values of origins' custom headers, which are secret.
 */
int distribution_read(struct distribution *out, struct arena *texts,
	const char *body, size_t len, struct err *err);

/* The origin, or the group of origins, with this ID; NULL if there is none. */
const struct origin *distribution_origin(
	const struct distribution *distribution, const char *id);
const struct origin_group *distribution_group(
	const struct distribution *distribution, const char *id);

/* Is a change of its configuration in effect everywhere? */
bool distribution_is_deployed(const struct distribution *distribution);

/*
 * Does it answer at this host? True for an alias, one by a wildcard alias
 * (*.example.com covers one more label), and its own domain name; letters'
 * case does not matter.
 */
bool distribution_serves(
	const struct distribution *distribution, const char *host);

/* The same for a single alias. */
bool distribution_alias_covers(const char *alias, const char *host);

#endif
