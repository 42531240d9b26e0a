/* Lists the words of snapshots. */
#include "edge/snapshot_words.h"

#include <stddef.h>

#include "edge/reading.h"

const char *const snapshot_words_origin[] = {
	[ORIGIN_CUSTOM] = "custom",
	[ORIGIN_S3] = "s3",
	[ORIGIN_WEBSITE] = "website",
	NULL,
};

const char *const snapshot_words_event[] = {
	[EVENT_UNKNOWN] = "unknown",
	[EVENT_VIEWER_REQUEST] = "viewer-request",
	[EVENT_VIEWER_RESPONSE] = "viewer-response",
	[EVENT_ORIGIN_REQUEST] = "origin-request",
	[EVENT_ORIGIN_RESPONSE] = "origin-response",
	NULL,
};

const char *const snapshot_words_connection[] = {
	[CONNECTION_UNKNOWN] = "unknown",
	[CONNECTION_DIRECT] = "direct",
	[CONNECTION_TENANT_ONLY] = "tenant-only",
	NULL,
};

const char *const snapshot_words_query_key[] = {
	[QUERY_KEY_UNKNOWN] = "unknown",
	[QUERY_KEY_NONE] = "none",
	[QUERY_KEY_SOME] = "some",
	[QUERY_KEY_ALL] = "all",
	NULL,
};

const char *const snapshot_words_source[] = {
	[CACHE_POLICY_READ] = "read",
	[CACHE_POLICY_MANAGED] = "documented",
	[CACHE_POLICY_UNKNOWN] = "unknown",
	NULL,
};

const char *const snapshot_words_continuous[] = {
	[CONTINUOUS_NONE] = "none",
	[CONTINUOUS_READ] = "read",
	[CONTINUOUS_UNKNOWN] = "unknown",
	NULL,
};
