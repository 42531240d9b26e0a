/* Reads and checks the shared configuration. */
#include "cmd/awscli/session_connect.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/awscli/python_int.h"
#include "cmd/awscli/value_repr.h"
#include "cmd/console/signals.h"

/* Both modes do the same here: "adaptive" only matters for many calls. */
static int
check_mode(const char *mode, struct fault *fault)
{
	if (!mode || strcmp(mode, "standard") == 0 ||
		strcmp(mode, "adaptive") == 0)
		return 0;
	return fault_set(fault, AWSCLI_GENERAL_ERROR,
		"Invalid value provided to \"mode\": \"%s\" must be one of: "
		"\"standard\" or \"adaptive\"",
		mode);
}

static int
check_attempts(struct session *session, const char *text, struct fault *fault)
{
	struct value *value;

	if (!text)
		return 0;
	value = python_int_of(&session->arena, text, fault);
	if (!value)
		return -1;
	if (value_to_integer(value) < 1)
		return fault_set(fault, AWSCLI_GENERAL_ERROR,
			"Value provided to \"max_attempts\": %s must be an "
			"integer greater than or equal to one.",
			value->text);
	return 0;
}

/* The value of a variable, even an empty one, or else of the profile's key. */
static const char *
setting(const struct session *session, const char *variable, const char *key)
{
	const struct aws_config *config = &session->connection.config;
	const char *text = variable ? getenv(variable) : NULL;

	return text ? text
		    : aws_config_in_profile(config, config->profile, key);
}

static int
check_region(const char *region, struct fault *fault)
{
	if (!region || aws_config_is_region(region))
		return 0;
	return fault_set(fault, AWSCLI_GENERAL_ERROR,
		"Provided region_name '%s' doesn't match a supported format.",
		region);
}

static bool
is_host(const char *host, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (host[i] <= ' ' || host[i] > '~')
			return false;
	return len > 0;
}

/* Check a port, which ends at `end`. */
static int
check_port(const char *port, const char *end, struct fault *fault)
{
	struct value shown = {.type = VALUE_STRING, .text = port};

	shown.len = (size_t)(end - port);
	if (strspn(port, "0123456789") >= shown.len) {
		if (strtol(port, NULL, 10) <= 65535)
			return 0;
		return fault_set(fault, AWSCLI_GENERAL_ERROR,
			"Port out of range 0-65535");
	}
	fault_set(fault, AWSCLI_GENERAL_ERROR,
		"Port could not be cast to integer value as ");
	value_repr(&fault->text, &shown);
	return -1;
}

static int
check_endpoint(const char *url, struct fault *fault)
{
	const char *colon = url ? strchr(url, ':') : NULL, *host, *end, *at;
	size_t scheme = colon ? (size_t)(colon - url) : 0, len;

	if (!colon)
		return 0;
	host = strncmp(colon, "://", 3) == 0 ? colon + 3 : "";
	end = host + strcspn(host, "/?#");
	for (at = host; at < end; at++)
		if (*at == '@')
			host = at + 1;
	len = strcspn(host, *host == '[' ? "]/?#" : ":/?#");
	if (!is_host(host, len))
		return fault_set(fault, AWSCLI_GENERAL_ERROR,
			"Invalid endpoint: %s", url);
	if (host[len] == ']')
		len++;
	if (host[len] == ':' && check_port(host + len + 1, end, fault) != 0)
		return -1;
	if (strncmp(url, "http:", 5) == 0 || strncmp(url, "https:", 6) == 0)
		return 0;
	return fault_set(fault, AWSCLI_GENERAL_ERROR,
		"An HTTP Client raised an unhandled exception: Not supported "
		"URL scheme %.*s",
		(int)scheme, url);
}

static int
take_timestamp_format(struct session *session, struct fault *fault)
{
	const char *format = setting(session, NULL, "cli_timestamp_format");

	session->wire_times = format && strcmp(format, "wire") == 0;
	if (!format || session->wire_times || strcmp(format, "iso8601") == 0)
		return 0;
	return fault_set(fault, AWSCLI_CONFIG_ERROR,
		"Unknown cli_timestamp_format value: %s, valid values are "
		"\"wire\" or \"iso8601\"",
		format);
}

static int
check_settings(struct session *session, struct fault *fault)
{
	if (take_timestamp_format(session, fault) != 0 ||
		check_region(session->connection.config.region, fault) != 0 ||
		check_mode(setting(session, "AWS_RETRY_MODE", "retry_mode"),
			fault) != 0)
		return -1;
	if (check_attempts(session,
		    setting(session, "AWS_MAX_ATTEMPTS", "max_attempts"),
		    fault) != 0)
		return -1;
	return check_endpoint(session->options.endpoint_url, fault);
}

/* Leave out the line of a broken file, as the CLI does. */
static int
fail_connect(struct fault *fault, const struct err *err)
{
	const char *text = err->message, *line = NULL, *next;

	if (strncmp(text, "Unable to parse config file: ", 29) == 0)
		for (next = text; (next = strstr(next, ", line ")); next++)
			line = next;
	return fault_set(fault, fault_status_of(err), "%.*s",
		(int)(line ? (size_t)(line - text) : strlen(text)), text);
}

int
session_connect(struct session *session, struct fault *fault)
{
	struct connection *connection = &session->connection;
	struct err err = ERR_INIT;
	int rc;

	if (session->connected)
		return 0;
	session->connected = true;
	signals_hold(); /* before this, a signal ends the process at once */
	rc = connection_open(connection, &session->options, &err);
	/* without one, the files or the profile itself are broken */
	if (connection->config.profile && check_settings(session, fault) != 0)
		return -1;
	if (rc != 0)
		return fail_connect(fault, &err);
	return session_choose_output(session,
		aws_config_get(
			&connection->config, "AWS_DEFAULT_OUTPUT", "output"),
		fault);
}
