/*
 * Origins: where CloudFront fetches from. See "Use various origins with
 * CloudFront distributions", Amazon CloudFront Developer Guide.
 */
#ifndef AWS_ORIGIN_H
#define AWS_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>

enum origin_kind {
	/* A server that may answer a folder's URL with anything. */
	ORIGIN_CUSTOM,

	/* S3's REST endpoint: each key answers at its own URL only. */
	ORIGIN_S3,

	/* An S3 website endpoint: has index documents in every folder. */
	ORIGIN_WEBSITE,
};

/* Its custom headers, which hold secrets, are never read into this. */
struct origin {
	const char *id;
	const char *domain_name;
	const char *path; /* OriginPath: "" or like /public */
	enum origin_kind kind;
};

/* Several origins, of which the first that answers counts. */
struct origin_group {
	const char *id;
	const char **members; /* the IDs of origins */
	size_t member_count;
};

/*
 * The kind of an origin by its host, and by which of S3OriginConfig and
 * CustomOriginConfig it has.
 */
enum origin_kind origin_kind_of(const char *domain_name, bool s3, bool custom);

/* Do these fetch the same, whatever their IDs? */
bool origin_is_same(const struct origin *a, const struct origin *b);

/* Is this host S3's, REST or website endpoint, for the bucket? */
bool origin_is_bucket(const char *domain_name, const char *bucket);

enum {
	ORIGIN_BUCKET_SIZE = 256, /* bytes of a host's label, and more */
};

/*
 * The bucket that a host of S3's is for, and its region, "" if the host does not
 * say it; both have ORIGIN_BUCKET_SIZE bytes. False for other hosts, and for those
 * of access points and of transfer acceleration.
 */
bool origin_get_bucket(const char *domain_name, char *bucket, char *region);

#endif
