/* Chooses the kind of store. */
#include "deploy/store_open.h"

#include <string.h>

#include "deploy/store_file.h"
#include "deploy/store_s3.h"

bool
store_is_s3(const char *where)
{
	return strncmp(where, "s3://", strlen("s3://")) == 0;
}

static int
open_bucket(const char *where, struct connection *connection, struct err *err)
{
	struct s3_location location;

	if (s3_location_parse(&location, where, err) != 0)
		return -1;
	return connection_open_s3(connection, location.bucket, err);
}

int
store_open(struct store **out, const char *where, struct connection *connection,
	struct err *err)
{
	*out = NULL;
	if (!store_is_s3(where))
		return store_file_open(out, where, err);
	if (open_bucket(where, connection, err) != 0)
		return -1;
	return store_s3_open(out, &connection->s3.client, where, err);
}

int
store_check(const char *where, struct connection *connection, struct err *err)
{
	return store_is_s3(where) ? open_bucket(where, connection, err) : 0;
}
