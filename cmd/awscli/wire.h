/* Parameters as requests, and answers as values, as botocore has them. */
#ifndef CMD_AWSCLI_WIRE_H
#define CMD_AWSCLI_WIRE_H

#include "aws/call.h"
#include "cmd/awscli/fault.h"
#include "cmd/awscli/operations.h"
#include "cmd/awscli/value.h"

/* An error of the service, in its own words. */
struct refusal {
	const char *code, *message;
	size_t message_len;
};

/* Path and query of a call, from parameters that have been checked. */
void wire_write_uri(struct buf *path, struct buf *query,
	const struct operation *operation, const struct value *parameters);

/*
 * The body: elements in the order of the keys, only & < and > escaped, no XML
 * declaration. Nothing where the operation has none.
 */
void wire_write_body(struct buf *out, const struct operation *operation,
	const struct value *parameters);

/*
 * An answer in the model's order; what it does not hold is left out. An empty
 * body is an empty payload; times are as they came, or as isoformat() has them.
 * AWS_FAILED where it is no XML.
 */
int wire_read(struct value **out, struct arena *arena,
	const struct operation *operation, const struct http_answer *answer,
	bool wire_times, struct fault *fault);

/* False with what is wrong, in dateutil's words. */
bool wire_show_time(char out[64], const char *text, const char **why);

/*
 * An error answer: the code is the status where it is no XML, and nothing
 * where that has none. AWS_FAILED where there is no memory.
 */
int wire_read_refusal(struct refusal *out, struct arena *arena, long status,
	const char *body, size_t len, struct fault *fault);

/* The fault of an answer that is no XML. */
int wire_not_xml(const char *body, size_t len, struct fault *fault);

#endif
