/* The global options, and the calls that are made by them. */
#ifndef CMD_AWSCLI_SESSION_H
#define CMD_AWSCLI_SESSION_H

#include "cmd/awscli/operations.h"
#include "cmd/awscli/query.h"
#include "cmd/awscli/wire.h"
#include "deploy/connect.h"

/* What the calls of one command share. */
struct session {
	struct settings settings;
	struct connection connection;
	bool connected;
	struct aws_system system; /* with the trace where it is wanted */

	const char *output; /* the option, or NULL */
	bool text;
	bool wire_times; /* as they came: the profile's choice */
	bool paginate;
	bool queried;
	struct query query;
	struct arena arena; /* all values of the command */
};

/*
 * Read the global options. Release in any case. AWS_WRONG and AWS_FAILED as
 * the CLI has them.
 */
int session_open(struct session *session, const struct arg_result *globals,
	struct fault *fault);
void session_release(struct session *session);

/*
 * Read the shared settings, once: the calls do it, and what prints without
 * one. AWS_UNCONFIGURED and AWS_FAILED.
 */
int session_connect(struct session *session, struct fault *fault);

/* How the CLI exits with it. */
int session_status_of(const struct err *err);

/* The form of the output where no option says: json for NULL. */
int session_choose_output(
	struct session *session, const char *output, struct fault *fault);

/* How a call ended that the service answered. */
struct reply {
	struct value *output; /* NULL where it was refused */
	struct refusal refusal;
	int retries;
	bool retries_spent; /* there were no more tries */
};

/*
 * Check the parameters and make the call. -1 where there is no answer to it;
 * a refusal is a reply, which session_refused makes a fault of.
 */
int session_call(struct session *session, const struct operation *operation,
	const struct value *parameters, struct reply *reply,
	struct fault *fault);

/* AWS_REFUSED: "An error occurred (Code) when calling ..." */
int session_refused(const struct operation *operation,
	const struct reply *reply, struct fault *fault);

/* Print what the query makes of a value, as JSON or text. */
int session_print(struct session *session, const struct value *value,
	struct fault *fault);

#endif
