/* HTTP status codes. */
#ifndef AWS_HTTP_STATUS_H
#define AWS_HTTP_STATUS_H

/*
 * The reason phrase of a 3xx, 4xx or 5xx status ("Not Found"); "" if it is
 * not known. These are the phrases of Python's http.client, which the AWS CLI
 * prints.
 */
const char *http_status_reason(long status);

#endif
