/*
 * What the parts of one command share: the global options, the connection to
 * CloudFront and the arena of all values.
 *
 *   arena_init(&session.arena)
 *   session_open()       the global options
 *   session_connect()    the shared configuration (session_connect.h)
 *   api_call_make() ...  any number of calls (api_call.h)
 *   session_print()      the output
 *   session_release()
 */
#ifndef CMD_AWSCLI_SESSION_H
#define CMD_AWSCLI_SESSION_H

#include "aws/connection.h"
#include "cmd/awscli/jmespath.h"
#include "cmd/awscli/operations.h"
#include "cmd/awscli/output_format.h"

struct session {
	struct connection_options options;
	bool unsigned_requests; /* look for no credentials */
	struct connection connection;
	bool connected;
	struct aws_system system; /* with a trace if --debug is given */

	const char *output; /* the option, or NULL */
	enum output_format format; /* of the output */
	const char *color; /* the option, or NULL */
	const char *error_format; /* the option, or NULL */
	bool wire_times; /* the profile asks for times as they were received */
	bool paginate;
	const struct jmespath_node *query; /* NULL if none is given */
	struct arena arena; /* all values of the command */
};

/*
 * Read the global options. `session` is zero but for its arena, which the
 * caller has initialized; release it even on failure. Fails with
 * AWSCLI_PARAM_ERROR or AWSCLI_GENERAL_ERROR, as the AWS CLI does.
 */
int session_open(struct session *session, const struct arg_result *globals,
	struct fault *fault);
void session_release(struct session *session);

/*
 * Choose the format of the output, unless --output has done so; NULL means
 * json.
 */
int session_choose_output(
	struct session *session, const char *output, struct fault *fault);

/*
 * Print the result of applying --query to an output of an operation, in the
 * format that was chosen.
 */
int session_print(struct session *session, const struct operation *operation,
	const struct value *value, struct fault *fault);

/*
 * Print a fault in the format of --cli-error-format, the environment or the
 * profile, whose configuration is read for that if need be. The session may be
 * one that session_open has not seen.
 */
void session_print_fault(
	const struct session *session, const struct fault *fault);

#endif
