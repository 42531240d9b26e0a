/*
 * Pages of the list of an account's distributions, as CloudFront's API, version
 * 2020-05-31, describes them in XML: what is needed to find one of them.
 */
#ifndef AWS_DISTRIBUTION_LIST_H
#define AWS_DISTRIBUTION_LIST_H

#include "aws/xml_reader.h"

enum {
	DISTRIBUTIONS_PAGE_MAX = 1000, /* CloudFront's own limit is 100 */
};

struct distribution_summary {
	const char *id;
	const char *domain_name;
	const char **aliases;
	size_t alias_count;
	const char **origins; /* their domain names */
	size_t origin_count;
	bool staging;
};

struct distribution_list {
	struct distribution_summary *list; /* as received */
	size_t count;
	const char *next_marker; /* NULL on the last page */
};

/*
 * Read a <DistributionList>. Texts go to the arena. Fails with ERR_SERVICE if
 * the body is anything else, or exceeds a limit; no error quotes it.
 */
int distribution_list_read(struct distribution_list *out, struct arena *texts,
	const char *body, size_t len, struct err *err);

/* Has it an origin that is this bucket's REST or website endpoint? */
bool distribution_list_has_bucket(
	const struct distribution_summary *summary, const char *bucket);

#endif
