/* Prepares a call. */
#include "aws/call.h"

enum {
	URL_MAX = 16 * 1024, /* bytes in the path, and in the query */
};

void
aws_call_init(struct aws_call *call, const char *operation)
{
	*call = (struct aws_call){
		.operation = operation,
		.policy = &call_policy_read,
		.method = "GET",
	};
	buf_init(&call->path, URL_MAX);
	buf_init(&call->query, URL_MAX);
}

void
aws_call_release(struct aws_call *call)
{
	buf_release(&call->path);
	buf_release(&call->query);
}
