/* Reads the global options, and prints the output. */
#include "cmd/awscli/session.h"

#include <string.h>

#include "base/ascii.h"
#include "base/version.h"
#include "cmd/awscli/error_format.h"
#include "cmd/awscli/python_int.h"
#include "cmd/awscli/trace.h"
#include "cmd/console/log.h"
#include "cmd/console/signals.h"
#include "cmd/console/system.h"

enum {
	TIMEOUT_DEFAULT = 60, /* seconds */
	TIMEOUT_MAX = 1000 * 1000, /* longer than anybody waits */
};

int
session_choose_output(
	struct session *session, const char *output, struct fault *fault)
{
	if (session->output)
		output = session->output;
	if (!output)
		output = "json";
	if (output_format_find(&session->format, output))
		return 0;
	return fault_set(
		fault, AWSCLI_GENERAL_ERROR, "Unknown output type: %s", output);
}

/* Read seconds; 0 means no limit, for which a very long one is used. */
static int
take_timeout(struct session *session, const char *text, const char *what,
	long *out, struct fault *fault)
{
	struct value *value;

	*out = TIMEOUT_DEFAULT;
	if (!text)
		return 0;
	value = python_int_of(&session->arena, text, fault);
	if (!value)
		return -1;
	if (value_to_integer(value) < 0)
		return fault_set(fault, AWSCLI_GENERAL_ERROR,
			"Attempted to set %s timeout to %s, but the timeout "
			"cannot be set to a value less than or equal to 0.",
			what, value->text);
	*out = value_to_integer(value) > TIMEOUT_MAX ||
			       value_to_integer(value) == 0
		       ? TIMEOUT_MAX
		       : (long)value_to_integer(value);
	return 0;
}

static bool
has_scheme(const char *url)
{
	size_t len = strcspn(url, ":/?#");

	return url[len] == ':' && len > 0 &&
	       strspn(url, "abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") >= len &&
	       ((url[0] | 0x20) >= 'a' && (url[0] | 0x20) <= 'z');
}

static int
take_endpoint(struct session *session, const char *url, struct fault *fault)
{
	char *own;

	if (!url)
		return 0;
	if (has_scheme(url)) {
		own = arena_copy(&session->arena, url, strlen(url));
		session->options.endpoint_url = own;
		for (; own && *own != ':'; own++)
			*own = ascii_lower(*own);
		return own ? 0 : fault_no_memory(fault);
	}
	return fault_set(fault, AWSCLI_PARAM_ERROR,
		"Bad value for --endpoint-url \"%s\": scheme is missing.  Must "
		"be of the form http://<hostname>/ or https://<hostname>/",
		url);
}

static const char *
global(const struct arg_result *globals, const char *name)
{
	return arg_value(&operation_global_parser, globals, name);
}

/* A profile or a region; an empty name counts as missing. */
static const char *
global_name(const struct arg_result *globals, const char *name)
{
	const char *text = global(globals, name);

	return text && *text ? text : NULL;
}

static bool
is_set(const struct arg_result *globals, const char *name)
{
	return arg_values(&operation_global_parser, globals, name)->given;
}

static int
take_query(struct session *session, const char *query, struct fault *fault)
{
	struct fault why;

	if (!query)
		return 0;
	fault_init(&why);
	session->query = jmespath_compile(&session->arena, query, &why);
	if (!session->query && why.status == AWSCLI_PARAM_ERROR) {
		fault_set(fault, AWSCLI_PARAM_ERROR,
			"Bad value for --query %s: ", query);
		buf_append(&fault->text, &why.text);
	} else if (!session->query) {
		fault_no_memory(fault);
	}
	fault_release(&why);
	return session->query ? 0 : -1;
}

static void
log_credentials(const char *method)
{
	log_debug("credentials from %s", method);
}

int
session_open(struct session *session, const struct arg_result *globals,
	struct fault *fault)
{
	struct connection_options *options = &session->options;

	options->profile = global_name(globals, "--profile");
	options->region = global_name(globals, "--region");
	options->ca_bundle = global(globals, "--ca-bundle");
	options->unverified = is_set(globals, "--no-verify-ssl");
	options->like_sdk = true;
	session->unsigned_requests = is_set(globals, "--no-sign-request");
	session->output = global(globals, "--output");
	session->color = global(globals, "--color");
	session->error_format = global(globals, "--cli-error-format");
	session->paginate = !is_set(globals, "--no-paginate");
	options->user_agent = "edgediff/" EDGEDIFF_VERSION;
	options->system = &session->system;
	options->environment = &system_environment;
	options->interrupted = signals_caught_by;
	options->found_credentials = log_credentials;
	session->system = system_for_aws;
	if (is_set(globals, "--debug"))
		session->system.trace = trace_attempt;
	if (take_query(session, global(globals, "--query"), fault) != 0 ||
		take_endpoint(session, global(globals, "--endpoint-url"),
			fault) != 0 ||
		take_timeout(session, global(globals, "--cli-read-timeout"),
			"read", &options->read_timeout, fault) != 0 ||
		take_timeout(session, global(globals, "--cli-connect-timeout"),
			"connect", &options->connect_timeout, fault) != 0 ||
		session_choose_output(session, NULL, fault) != 0)
		return -1;
	if (is_set(globals, "--cli-auto-prompt") &&
		is_set(globals, "--no-cli-auto-prompt"))
		return fault_set(fault, AWSCLI_PARAM_ERROR,
			"Both --cli-auto-prompt and --no-cli-auto-prompt "
			"cannot be specified at the same time.");
	if (is_set(globals, "--cli-auto-prompt"))
		return fault_set(fault, AWSCLI_PARAM_ERROR,
			"--cli-auto-prompt: edgediff asks no questions; leave "
			"the option out, and give all parameters");
	return 0;
}

void
session_release(struct session *session)
{
	if (session->connected)
		connection_release(&session->connection);
	arena_release(&session->arena);
}

int
session_print(struct session *session, const struct operation *operation,
	const struct value *value, struct fault *fault)
{
	if (session->query && session->format != OUTPUT_FORMAT_OFF)
		value = jmespath_search(
			&session->arena, session->query, value, fault);
	if (!value)
		return -1;
	return output_format_print(session->format, &session->arena,
		operation->api, session->color, value, fault);
}

/* The format that is configured, if the session has got as far or not. */
static enum error_format
configured_format(const struct session *session)
{
	const struct aws_options options = {
		.profile = session->options.profile, .like_sdk = true};
	struct aws_config config;
	struct err ignored = ERR_INIT;
	enum error_format format;

	if (session->connected)
		return error_format_configured(&session->connection.config);
	aws_config_load(&config, &system_environment, &options, &ignored);
	format = error_format_configured(&config);
	aws_config_release(&config);
	return format;
}

void
session_print_fault(const struct session *session, const struct fault *fault)
{
	enum error_format format =
		session->error_format ? error_format_of(session->error_format)
				      : configured_format(session);

	error_format_print(fault, format, session->color);
}
