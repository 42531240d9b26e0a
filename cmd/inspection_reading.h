/* Where an inspection has its reading from: CloudFront, or a file. */
#ifndef CMD_INSPECTION_READING_H
#define CMD_INSPECTION_READING_H

#include "aws/cloudfront.h"
#include "cmd/options.h"
#include "edge/reading.h"

struct inspection_reading {
	/* set by the caller, and borrowed */
	const struct settings *settings;
	const char *distribution; /* its ID; NULL: any */
	struct cloudfront *cloudfront; /* NULL: no call is made */

	/* A batch follows, which fails without the distribution, and says so. */
	bool batch_follows;

	/* its own */
	bool was_asked, was_read;
	struct err no_credentials; /* why none were found */
	struct reading reading;
};

/*
 * Ask CloudFront, with few attempts and a short time for each: a service that is
 * slow or fails does not hold up a site. What could not be read is said, and is
 * no failure, unless an --expect-alias cannot be checked (ERR_INPUT).
 */
int inspection_reading_ask(struct inspection_reading *source, struct err *err);

/*
 * Ask for another distribution of the same account, as quickly. Its texts go to
 * the arena. Returns false if it could not be read, which is not said.
 */
bool inspection_reading_peek(const struct inspection_reading *source,
	const char *id, struct distribution *out, struct arena *texts);

/*
 * Load the file that --inspect names. ERR_SYSTEM if it cannot be read,
 * ERR_INPUT if it is no reading, or one of another distribution.
 */
int inspection_reading_load(struct inspection_reading *source, struct err *err);

#endif
